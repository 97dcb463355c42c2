"""The one way to edit: frozen commands. The generic ones are here, rooms add their own.

A command has a `label` (the name of the step in the undo menu), `apply(work)`, and may have a
`merge_key`: two commands in a row with the same key become one step (typing, dragging a slider).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Value = str | int | float | bool | dt.date | dt.datetime | StrEnum | None


class Command(Protocol):
    """Something that changes the project, as one step."""

    @property
    def label(self) -> Message:
        """Name of the step, translated when shown."""

    def apply(self, work: Work) -> Any:
        """Make the change; the result is handed back by `Project.execute`."""


def merge_key(command: Command) -> Hashable | None:
    """Key under which a command joins the step before it, or None."""
    found: Hashable | None = getattr(command, "merge_key", None)
    return found


@dataclass(frozen=True)
class SetField:
    """Change one column of one row. `what` is the column's heading (marked text)."""

    table: str
    key: int
    column: str
    value: Value
    what: str = ""

    @property
    def label(self) -> Message:
        return msg("Change {what}", what=Message(self.what or self.column))

    def apply(self, work: Work) -> None:
        work.set(self.table, self.key, **{self.column: self.value})


@dataclass(frozen=True)
class SetFields:
    """Change several columns of one row in one step."""

    table: str
    key: int
    values: Mapping[str, Value]
    label: Message = field(default_factory=lambda: msg("Change a row"))

    def apply(self, work: Work) -> None:
        work.set(self.table, self.key, **self.values)


@dataclass(frozen=True)
class SetRows:
    """Change columns of many rows of one table in one step: id → column → value."""

    table: str
    rows: Mapping[int, Mapping[str, Value]]
    label: Message

    def apply(self, work: Work) -> None:
        work.set_many(self.table, self.rows)


@dataclass(frozen=True)
class Duplicate:
    """Insert copies of rows; the result is their ids.

    A text that must be unique gets the next free number: `R-03` becomes `R-07` when six are
    taken, `Sales` becomes `Sales 2`. What belongs to the rows is not copied.
    """

    table: str
    keys: tuple[int, ...]
    what: str = ""

    @property
    def label(self) -> Message:
        return msg("Duplicate {what}", what=Message(self.what or self.table))

    def apply(self, work: Work) -> list[int]:
        return [work.copy(self.table, key) for key in self.keys]


@dataclass(frozen=True)
class Add:
    """Insert a row; the result is its id. `what` names the thing (marked text)."""

    table: str
    values: Mapping[str, Value]
    what: str = ""

    @property
    def label(self) -> Message:
        return msg("Add {what}", what=Message(self.what or self.table))

    def apply(self, work: Work) -> int:
        return work.add(self.table, **self.values)


@dataclass(frozen=True)
class AddWith:
    """Add a row by its room's own command, then set columns of it; the result is its id."""

    adding: Command
    table: str
    values: Mapping[str, Value]

    @property
    def label(self) -> Message:
        return self.adding.label

    def apply(self, work: Work) -> int:
        key: int = self.adding.apply(work)
        if self.values:
            work.set(self.table, key, **self.values)
        return key


@dataclass(frozen=True)
class Remove:
    """Delete rows; what belongs to them goes with them."""

    table: str
    keys: tuple[int, ...]
    what: str = ""

    @property
    def label(self) -> Message:
        return msg("Delete {what}", what=Message(self.what or self.table))

    def apply(self, work: Work) -> None:
        work.get(self.table, self.keys[0])  # all gone meanwhile: says so
        for key in self.keys:
            if work.select(f"SELECT 1 FROM {self.table} WHERE id = ?", key):
                work.remove(self.table, key)  # not yet gone with one of the others


@dataclass(frozen=True)
class Move:
    """Put a row of an outline (`parent_id`, `position`) under another parent or place.

    `position` counts from 0 among the new siblings, the moved row left out.
    """

    table: str
    key: int
    parent_id: int | None
    position: int
    what: str = ""

    @property
    def label(self) -> Message:
        return msg("Move {what}", what=Message(self.what or self.table))

    def apply(self, work: Work) -> None:
        siblings = [
            row[0]
            for row in work.select(
                f"SELECT id FROM {self.table} WHERE parent_id IS ? AND id <> ?"
                " ORDER BY position, id",
                self.parent_id,
                self.key,
            )
        ]
        siblings.insert(self.position, self.key)
        work.set(self.table, self.key, parent_id=self.parent_id)
        for position, key in enumerate(siblings):
            work.set(self.table, key, position=position)


@dataclass(frozen=True)
class Several:
    """Several commands as one step, with one name."""

    commands: tuple[Command, ...]
    label: Message

    def apply(self, work: Work) -> list[Any]:
        return [command.apply(work) for command in self.commands]
