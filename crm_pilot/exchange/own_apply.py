"""The command that writes an edited export back, as one undoable step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange import own_dated, own_schedule
from crm_pilot.exchange.apply import STALE
from crm_pilot.exchange.tables import TableColumn
from crm_pilot.exchange.tables_kinds import stored
from crm_pilot.exchange.tables_list import TABLES
from crm_pilot.governance.registers import next_code
from crm_pilot.i18n import Message
from crm_pilot.planning.announcements import announce
from crm_pilot.planning.predecessors import Wait
from crm_pilot.records import dataclass
from crm_pilot.training import presence
from crm_pilot.training.terms import Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

CODES = {  # given to rows that come without one
    "decision": ("D-", 3),
    "risk": ("R-", 2),
    "problem": ("P-", 2),
    "committee_action": ("A-", 3),
}


@dataclass(frozen=True)
class TableChange:
    """Rows to insert (with their ids) and columns to change, in one table; values as they are
    meant, not as they are stored."""

    table: str
    new: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[int, Mapping[str, Any]], ...]

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns of the table."""
        return next(table.stored for table in TABLES if table.table == self.table)


@dataclass(frozen=True, eq=False)
class ImportRows:
    """Insert and change rows of our own tables. What a milestone of the reference plan is moved
    to is announced, as it is when it is moved on the screen."""

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    tables: tuple[TableChange, ...]
    links: tuple[tuple[int, tuple[Wait, ...]], ...] = ()  # line, what it waits for
    announced: tuple[tuple[int, dt.date], ...] = ()  # milestone, its new date
    calendar: tuple[int | None, ...] = ()  # that the project gets

    def apply(self, work: Work) -> None:
        work.select("PRAGMA defer_foreign_keys = ON")  # rows may name rows that come later
        self._refuse_stale(work)
        for change in self.tables:
            rows = [stored(change.columns, row) for row in _coded(work, change)]
            if change.table == "task":
                rows = own_schedule.arriving(work, rows)
            work.insert_many(change.table, rows)
        lines = [
            line for change in self.tables if change.table == "task" for line in change.changed
        ]
        for change in self.tables:
            if change.table != "task":
                for key, values in change.changed:
                    _change(work, change.table, key, stored(change.columns, values))
        own_schedule.write(work, lines)  # after the calendars they count with
        new = {row["id"] for change in self.tables if change.table == "task" for row in change.new}
        for calendar in self.calendar:
            work.set("project", 1, calendar_id=calendar)
        own_schedule.complete(work)
        for task, waits in self.links:
            own_schedule.link(work, task, waits, new=task in new)
        for task, day in self.announced:
            announce(work, task, day, self.imported.date())
        own_dated.write(work, self.tables, self.imported.date())
        work.add(
            "import_batch",
            kind="table",
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=sum(len(change.new) + len(change.changed) for change in self.tables),
        )

    def _refuse_stale(self, work: Work) -> None:
        for change in self.tables:
            known = {row[0] for row in work.select(f"SELECT id FROM {change.table}")}
            new = {row["id"] for row in change.new}
            if known & new or {key for key, _ in change.changed} - known:
                raise UserError(STALE)


def _change(work: Work, table: str, key: int, values: dict[str, Any]) -> None:
    """Write columns of a row. The presence of a whole session outweighs that of its half-days."""
    if table == "attendance" and "presence" in values:
        presence.write_all(work, key, Presence(values.pop("presence")))
    if values:
        work.set(table, key, **values)


def _coded(work: Work, change: TableChange) -> list[Mapping[str, Any]]:
    """The new rows, those of a register with a code of their own."""
    if change.table not in CODES:
        return list(change.new)
    prefix, digits = CODES[change.table]
    given = [str(row.get("code")) for row in change.new]
    numbers = [int(code[2:]) for code in given if code[:2] == prefix and code[2:].isdecimal()]
    first = int(next_code(work, change.table, prefix, digits).removeprefix(prefix))
    following = max([first, *(number + 1 for number in numbers)])
    rows: list[Mapping[str, Any]] = []
    for row in change.new:
        if not row.get("code"):
            row = {**row, "code": f"{prefix}{following:0{digits}d}"}
            following += 1
        rows.append(row)
    return rows
