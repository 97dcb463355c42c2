"""The command that what was typed in a cell of the outline makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, msg
from crm_pilot.planning.calendars import Hours
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.moments import When, day_of, ending, minute_of, when
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import (
    NEEDS_DATE,
    SetConstraint,
    SetDuration,
    SetMode,
    SetPredecessors,
    SetRemaining,
    SetStart,
    whole_day,
)
from crm_pilot.planning.terms import ConstraintKind, TaskKind
from crm_pilot.project import Command, SetFields

PLAIN = {  # column → the field it sets as it is, and the name of the step
    "owner": ("owner_id", N_("Change the owner of “{title}”")),
    "wave": ("wave_id", N_("Change the wave of “{title}”")),
    "note": ("note", N_("Change the note of “{title}”")),
    "work": ("work", N_("Change the work of “{title}”")),
}
BY_FINISH = frozenset({ConstraintKind.MFO, ConstraintKind.FNET, ConstraintKind.FNLT})


class CellChanges:
    """Makes commands from values of cells. `hours()` are the calendars of the project; `today`
    the day of announcements."""

    def __init__(self, hours: Callable[[], Hours], today: Callable[[], dt.date]) -> None:
        self._hours, self._today = hours, today
        self._makers: dict[str, Callable[[TaskRow, Any], Command | None]] = {
            "title": _title,
            "start": self._start,
            "finish": self._finish,
            "duration": lambda row, value: SetDuration(row.id, value[0], value[1], row.title),
            "percent": lambda row, value: SetPercent(row.id, value or 0, row.title),
            "predecessors": lambda row, value: SetPredecessors(row.id, value, row.title),
            "mode": lambda row, value: SetMode((row.id,), value),
            "constraint": self._constraint,
            "constraint_at": self._constraint_at,
            "deadline": self._deadline,
            "remaining": _remaining,
        }

    def command(self, row: TaskRow, column: str, value: Any) -> Command | None:
        """The command of one cell, None when nothing changes. Raises `UserError`."""
        if column in PLAIN:
            field, label = PLAIN[column]
            return SetFields("task", row.id, {field: value}, msg(label, title=row.title))
        return self._makers[column](row, value)

    def dates(self, row: TaskRow, start: When, finish: When) -> Command:
        """Start and finish given together."""
        last, minute = ending(finish)
        return SetTaskDates(
            row.id,
            day_of(start),
            last,
            self._today(),
            row.title,
            start_minute=minute_of(start),
            finish_minute=minute,
        )

    def constraint(self, row: TaskRow, kind: ConstraintKind, at: When) -> Command:
        """A constraint with the day that was typed; without one, the line stays where it is."""
        if kind not in NEEDS_DATE:
            return SetConstraint(row.id, kind, None, row.title)
        if at is None:
            by_finish = kind in BY_FINISH
            day = row.finish if by_finish else row.start
            at = when(day, row.finish_minute if by_finish else row.start_minute)
        moment = self.moment(at, end=kind in BY_FINISH, of=row)
        return SetConstraint(row.id, kind, moment, row.title)

    def moment(self, value: When, *, end: bool, of: TaskRow) -> dt.datetime | None:
        """A typed day as a moment: begin or end of the day's work in the hours of a line."""
        if value is None or isinstance(value, dt.datetime):
            return value
        return whole_day(self._hours(), value, end=end, key=of.calendar_id)

    def _start(self, row: TaskRow, value: When) -> Command | None:
        day = day_of(value)
        if day is None or row.finish is None:
            return self.dates(row, value, row.finish or value)
        return SetStart(row.id, day, minute_of(value), row.title)

    def _finish(self, row: TaskRow, value: When) -> Command:
        if row.start is None or row.kind is TaskKind.MILESTONE:
            return self.dates(row, value, value)
        return self.dates(row, when(row.start, row.start_minute), value)

    def _constraint(self, row: TaskRow, kind: ConstraintKind) -> Command:
        return self.constraint(row, kind, row.constraint_at)

    def _constraint_at(self, row: TaskRow, value: When) -> Command:
        if value is None:
            return self.constraint(row, ConstraintKind.ASAP, None)
        kind = row.constraint_kind if row.constraint_kind in NEEDS_DATE else ConstraintKind.SNET
        return self.constraint(row, kind, value)

    def _deadline(self, row: TaskRow, value: When) -> Command:
        at = self.moment(value, end=True, of=row)
        label = msg("Change the deadline of “{title}”", title=row.title)
        return SetFields("task", row.id, {"deadline_at": at}, label)


def _title(row: TaskRow, value: str) -> Command:
    if not value:
        raise UserError(N_("A line of the plan needs a title. Nothing was changed."))
    return SetFields("task", row.id, {"title": value}, msg("Rename “{title}”", title=row.title))


def _remaining(row: TaskRow, value: int | None) -> Command | None:
    if value is None:
        return SetFields(
            "task",
            row.id,
            {"remaining": None},
            msg("Remaining work of “{title}”", title=row.title),
        )
    return SetRemaining(row.id, value, row.title)


def together(changes: CellChanges, row: TaskRow, values: Mapping[str, Any]) -> list[Command]:
    """The commands of several cells of a row: start and finish together are set together."""
    left = dict(values)
    made: list[Command] = []
    if {"start", "finish"} <= left.keys():
        made.append(changes.dates(row, left.pop("start"), left.pop("finish")))
    if {"constraint", "constraint_at"} <= left.keys():
        made.append(changes.constraint(row, left.pop("constraint"), left.pop("constraint_at")))
    for column, value in left.items():
        command = changes.command(row, column, value)
        if command is not None:
            made.append(command)
    return made
