"""Edits of many cells at once: worked out and checked first, then carried out as one step.

Filling down, one value for many rows, pasting and replacing all become an `EditPlan`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import Message, msg, tr
from crm_pilot.project import Command, SetFields, SetRows, Several
from ui.models.columns import Column
from ui.models.grid import GridModel

READ_ONLY = msg("this column follows from others and cannot be edited")
LOCKED = msg("this cell cannot be edited")
TABLE_ENDS = msg("the table ends here, and rows cannot be added to it by pasting")


@dataclass(frozen=True)
class CellEdit:
    """One cell that changes, or cannot: `item` is None in the `new`-th new row (from 1)."""

    item: Any
    column: Column
    before: str
    after: str
    value: Any = None
    problem: Message | None = None
    new: int = 0


@dataclass
class EditPlan:
    """What would change. Cells that have the value already are counted, not listed."""

    model: GridModel
    edits: list[CellEdit] = field(default_factory=list)
    same: int = 0
    more: int = 0  # cells that will change as well and were not worked out

    @property
    def changes(self) -> list[CellEdit]:
        """Cells that will change."""
        return [edit for edit in self.edits if edit.problem is None]

    @property
    def problems(self) -> list[CellEdit]:
        """Cells that cannot take what is wanted."""
        return [edit for edit in self.edits if edit.problem is not None]

    @property
    def rows(self) -> int:
        """Number of rows that change or are added."""
        return len({(edit.new, _key(self.model, edit.item)) for edit in self.changes})

    @property
    def added(self) -> int:
        """Number of new rows."""
        return len({edit.new for edit in self.changes if edit.new})

    def want(self, item: Any, column: Column, value: Any) -> None:
        """Ask for a stored value in a cell."""
        if not self.model.can_edit(item, column):
            problem = READ_ONLY if column.column is None else LOCKED
            self._refuse(item, column, column.written(value), problem)
        elif value == column.value(item):
            self.same += 1
        else:
            self._check(item, column, value)

    def type(self, item: Any, column: Column, text: str) -> None:
        """Ask for a typed or pasted text in a cell."""
        if column.shown(item) == text or column.plain(item) == text:
            self.same += 1
            return
        if not self.model.can_edit(item, column):
            self._refuse(item, column, text, READ_ONLY if column.column is None else LOCKED)
            return
        try:
            value = column.read(text, self.model.bridge.today)
        except UserError as error:
            self._refuse(item, column, text, error.message)
            return
        if value == column.value(item):
            self.same += 1
        else:
            self._check(item, column, value)

    def add(self, number: int, cells: Sequence[tuple[Column, str]]) -> None:
        """Ask for a new row with these texts; `number` counts new rows from 1."""
        can = self.model.fresh is not None and not self.model.read_only
        for column, text in cells:
            if not text or (can and column.column is None):
                continue
            edit = CellEdit(None, column, "", text, new=number)
            if not can:
                edit = CellEdit(None, column, "", text, None, TABLE_ENDS, number)
            else:
                try:
                    value = column.read(text, self.model.bridge.today)
                    edit = CellEdit(None, column, "", column.written(value), value, None, number)
                except UserError as error:
                    edit = CellEdit(None, column, "", text, None, error.message, number)
            self.edits.append(edit)

    def _check(self, item: Any, column: Column, value: Any) -> None:
        try:
            self.model.commands(item, {column.key: value})
        except UserError as error:
            self._refuse(item, column, column.written(value), error.message)
            return
        before = column.shown(item) or column.written(column.value(item))
        self.edits.append(CellEdit(item, column, before, column.written(value), value))

    def _refuse(self, item: Any, column: Column, text: str, problem: Message) -> None:
        self.edits.append(CellEdit(item, column, column.shown(item), text, None, problem))

    def command(self, label: Message) -> Command | None:
        """All changes as one step; cells with a problem are left out. None: nothing changes.

        Raises `UserError` when a rule forbids the cells of a row together.
        """
        old: dict[int, tuple[Any, dict[str, Any]]] = {}
        new: dict[int, dict[str, Any]] = {}
        for edit in self.changes:
            if edit.new:
                new.setdefault(edit.new, {})[edit.column.key] = edit.value
            else:
                key = self.model.key(edit.item)
                old.setdefault(key, (edit.item, {}))[1][edit.column.key] = edit.value
        made: list[Command] = []
        for item, values in old.values():
            made += self.model.commands(item, values)
        for values in new.values():
            adding = self.model.add_command(values)
            if adding is not None:
                made.append(adding)
        return together(made, label) if made else None


def together(commands: Sequence[Command], label: Message) -> Command:
    """Commands as one step; plain changes of one table are written at once."""
    plain = [command for command in commands if isinstance(command, SetFields)]
    tables = {command.table for command in plain}
    keys = {command.key for command in plain}
    if len(plain) == len(commands) == len(keys) and len(tables) == 1:
        return SetRows(tables.pop(), {one.key: one.values for one in plain}, label)
    return Several(tuple(commands), label)


def fill(model: GridModel, items: Sequence[Any], column: Column, value: Any) -> EditPlan:
    """One value into a column of many rows."""
    made = EditPlan(model)
    for item in items:
        made.want(item, column, value)
    return made


def named(columns: Sequence[Column], cells: Sequence[str]) -> list[Column | None] | None:
    """The columns that a row of headings names, or None when it is no row of headings."""
    titles = {folded(tr(column.title)): column for column in columns}
    found = [titles.get(folded(cell)) for cell in cells]
    filled = sum(bool(cell) for cell in cells)
    known = sum(column is not None for column in found)
    return found if known and known * 2 >= filled else None


def paste(
    model: GridModel,
    columns: Sequence[Column | None],
    cells: Sequence[Sequence[str]],
    onto: Sequence[Any],
) -> EditPlan:
    """A pasted table over the rows `onto` and, when it is longer, into new rows.

    `columns` are those from the current one on, in the order shown; headings in the first row
    are recognised by the caller (`named`), which passes the columns they name.
    """
    made = EditPlan(model)
    for place, row in enumerate(cells):
        pairs = [(c, text) for c, text in zip(columns, row, strict=False) if c is not None]
        if place < len(onto):
            for column, text in pairs:
                made.type(onto[place], column, text)
        else:
            made.add(place - len(onto) + 1, pairs)
    return made


@dataclass(frozen=True)
class Search:
    """What find and replace looks for."""

    text: str
    by: str
    case: bool = False
    whole: bool = False  # the whole cell

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = re.escape(self.text)
        if self.whole:
            pattern = rf"\A{pattern}\Z"
        return re.compile(pattern, 0 if self.case else re.IGNORECASE)

    def changes(self, cell: str) -> bool:
        """Whether replacing would change the cell."""
        return self._pattern.search(cell) is not None and self.replaced(cell) != cell

    def replaced(self, cell: str) -> str:
        """The cell with every occurrence replaced."""
        return self._pattern.sub(lambda _: self.by, cell)


def replace(
    model: GridModel,
    items: Iterable[Any],
    columns: Sequence[Column],
    search: Search,
    most: int | None = None,
) -> EditPlan:
    """Every occurrence of a text in the text columns of these rows; `most` cells are worked out
    for a look, the others only counted (`more`)."""
    made = EditPlan(model)
    if not search.text:
        return made
    texts = [column for column in columns if column.kind == "text"]
    for item in items:
        for column in texts:
            cell = str(column.typed_text(item))
            if not search.changes(cell) or not model.can_edit(item, column):
                continue
            if most is not None and len(made.edits) >= most:
                made.more += 1
            else:
                made.type(item, column, search.replaced(cell))
    return made


def _key(model: GridModel, item: Any) -> int:
    return 0 if item is None else model.key(item)
