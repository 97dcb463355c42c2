"""Dates, durations and constraints of an edited export of the plan: they do what typing them does.

A start that was changed keeps the duration, a finish changes it, a duration moves the finish; what
was left to do gives the rest. `settling` then lets the engine place what follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from crm_pilot.exchange.own_compare import Entry, Part
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.tables import Record
from crm_pilot.exchange.tables_kinds import Length, stored
from crm_pilot.exchange.tables_plan import PLAN
from crm_pilot.i18n import Message, msg
from crm_pilot.planning.calendars import Hours, finish_moment, finish_of, start_moment, start_of
from crm_pilot.planning.commands import single
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, at, moment
from crm_pilot.planning.moving import from_start, hours_around
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.schedule_commands import (
    NEEDS_DATE,
    SetActual,
    SetDuration,
    SetPredecessors,
    SetRemaining,
)
from crm_pilot.planning.terms import CONSTRAINTS, ConstraintKind, Mode, TaskKind
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

LINES = PLAN[0].stored
WHENS = ("constraint_at", "deadline_at", "actual_start", "actual_finish")
ENDS = frozenset({ConstraintKind.MFO, ConstraintKind.FNET, ConstraintKind.FNLT})
BEGIN = frozenset({"start", "start_minute"})
END = frozenset({"finish", "finish_minute"})
SAID = frozenset({"duration", "mode", "constraint_kind", "constraint_at", *WHENS[2:]})
"""What tells the engine something else than dates: dates beside them are not looked at."""


# what the file says ---------------------------------------------------------------------------


def check(part: Part, reader: Reader, problems: Problems) -> None:
    """Make moments of days, and check what the file says about the schedule of its lines."""
    hours = _FileHours(part, reader)
    for entry in part.touched:
        row = {**part.stored.get(entry.id, {}), **entry.changed}
        _resolve(part, entry, row, hours)
        _check_constraint(part, entry, row, problems)
        if row.get("kind") == TaskKind.MILESTONE:
            _check_milestone(part, entry, problems)
        elif not entry.new:
            _leave_finish(part, entry, row, hours, problems)


class _FileHours:
    """The calendars of the project for the years of a file, compiled when they are needed."""

    def __init__(self, part: Part, reader: Reader) -> None:
        self._part, self._reader = part, reader

    @cached_property
    def _hours(self) -> Hours:
        days = [
            row.get(name) for row in self._part.final().values() for name in ("start", "finish")
        ]
        years = [day.year for day in days if day is not None] or [2020]
        return Hours(self._reader.select, min(years), max(years))

    def of(self, row: Record) -> Calendar:
        length = row.get("duration")
        return ALWAYS if length and length.elapsed else self._hours.of(row.get("calendar_id"))


def _resolve(part: Part, entry: Entry, row: Record, hours: _FileHours) -> None:
    """A day without a time is the begin of its work, or its end where something is due."""
    for name in WHENS:
        day = entry.changed.get(name)
        if day is None or isinstance(day, dt.datetime):
            continue
        end = name in ("deadline_at", "actual_finish") or (
            name == "constraint_at" and row.get("constraint_kind") in ENDS
        )
        calendar = hours.of(row)
        found = finish_moment(calendar, day, None) if end else start_moment(calendar, day, None)
        row[name] = entry.changed[name] = moment(found)
        if not entry.new and part.stored[entry.id][name] == row[name]:
            del entry.changed[name]


def _check_constraint(part: Part, entry: Entry, row: Record, problems: Problems) -> None:
    if not entry.changed.keys() & {"constraint_kind", "constraint_at"}:
        return
    kind, when = row.get("constraint_kind"), row.get("constraint_at")
    if kind in NEEDS_DATE and when is None:
        column = "constraint_at" if "constraint_at" in part.mapping else "constraint_kind"
        words = Message(CONSTRAINTS[ConstraintKind(kind)])
        part.wrong(problems, entry, column, msg("“{constraint}” needs a date", constraint=words))
    elif kind not in NEEDS_DATE and when is not None:
        if "constraint_at" in entry.changed and entry.changed["constraint_at"] is not None:
            problems.warn(
                entry.line,
                part.header("constraint_at"),
                entry.raw.get("constraint_at", ""),
                msg("a date without a constraint such as “{constraint}” says nothing; left out",
                    constraint=Message(CONSTRAINTS[ConstraintKind.SNET])),
            )  # fmt: skip
        entry.changed["constraint_at"] = None


def _check_milestone(part: Part, entry: Entry, problems: Problems) -> None:
    for name in ("work", "remaining"):
        if entry.changed.get(name):
            part.wrong(problems, entry, name, msg("a milestone has no work"))
    length = entry.changed.get("duration")
    if entry.new and length is not None and length.minutes:
        part.wrong(problems, entry, "duration", msg("a milestone has no duration"))


def _leave_finish(
    part: Part, entry: Entry, row: Record, hours: _FileHours, problems: Problems
) -> None:
    """Where both finish and duration were changed, the duration counts."""
    length, start = row.get("duration"), row.get("start")
    if "duration" not in entry.changed or not entry.changed.keys() & END:
        return
    if length is None or start is None:
        return
    calendar = hours.of(row)
    begin = start_moment(calendar, start, row.get("start_minute"))
    follows = finish_of(calendar, calendar.add(begin, length.minutes))
    if (row.get("finish"), row.get("finish_minute")) != follows:
        problems.warn(
            entry.line,
            part.header("finish"),
            entry.raw.get("finish", ""),
            msg("follows from the start and the duration, which changed too"),
        )
    for name in END:
        entry.changed.pop(name, None)


# what is written ------------------------------------------------------------------------------


def write(work: Work, lines: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Change lines of the plan as if what the file says had been typed."""
    days = [values[name] for _, values in lines for name in ("start", "finish") if name in values]
    hours = _WorkHours(work, [day for day in days if day is not None])
    for key, values in lines:
        _write(work, key, values, hours)


class _WorkHours:
    """The calendars of the project for all lines of a file, compiled once."""

    def __init__(self, work: Work, days: Sequence[dt.date]) -> None:
        self._work, self._days = work, days

    @cached_property
    def _hours(self) -> Hours:
        found = self._work.select("SELECT min(start), max(finish) FROM task")[0]
        plan = [dt.date.fromisoformat(day) for day in found if day is not None]
        return hours_around(self._work, *plan, *self._days)

    def of(self, row: Any) -> Calendar:
        return ALWAYS if row.elapsed else self._hours.of(row.calendar_id)


def _write(work: Work, key: int, values: Mapping[str, Any], hours: _WorkHours) -> None:
    made = dict(values)
    row = single(work, key)
    commands = []
    if row is not None and row.duration is not None:
        after = _after(row, made)
        if after.start is not None and after.finish is not None:
            _dates(hours, after, made)
        commands = _commands(key, after, made)
    if made:
        work.set("task", key, **stored(LINES, made))
    for command in commands:
        command.apply(work)


def _after(row: Any, made: Mapping[str, Any]) -> SimpleNamespace:
    """The stored row with what the file changes."""
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return SimpleNamespace(**(values | stored(LINES, made)))


def _dates(hours: _WorkHours, after: SimpleNamespace, made: dict[str, Any]) -> None:
    begins, ends = bool(made.keys() & BEGIN), bool(made.keys() & END)
    if not (begins or ends):
        return
    calendar = hours.of(after)
    start = start_moment(calendar, after.start, after.start_minute)
    milestone = after.kind == TaskKind.MILESTONE
    if begins and not ends and not milestone:
        made |= from_start(after, calendar, start)
    if not made.keys() & SAID:
        return
    if ends and not milestone and "duration" not in made:
        lasted = calendar.between(start, finish_moment(calendar, after.finish, after.finish_minute))
        if lasted > 0:
            made["duration"] = Length(lasted, after.elapsed)
    if begins:
        held = _held(after, calendar, start)
        made |= {name: value for name, value in held.items() if not made.keys() & held.keys()}


def _held(after: SimpleNamespace, calendar: Calendar, start: int) -> dict[str, Any]:
    """What keeps a line where its start says: the day it really began, or a constraint."""
    if after.mode != Mode.AUTO:
        return {}
    if after.actual_start is not None:
        done = moment(calendar.add(start, after.duration or 0))
        finish = {} if after.actual_finish is None else {"actual_finish": done}
        return {"actual_start": moment(start)} | finish
    mso = after.constraint_kind == ConstraintKind.MSO
    kind = ConstraintKind.MSO if mso else ConstraintKind.SNET
    return {"constraint_kind": kind, "constraint_at": moment(start)}


def _commands(key: int, after: SimpleNamespace, made: dict[str, Any]) -> list[Any]:
    """What has a meaning of its own, taken out of the values to write."""
    found: list[Any] = []
    dates = made.keys() & (BEGIN | END)
    length = made.get("duration")
    if length is not None and not dates:
        del made["duration"]
        found.append(SetDuration(key, length.minutes, length.elapsed))
    elif made.keys() & {"actual_start", "actual_finish"} and not dates | (
        made.keys() & {"percent"}
    ):
        found.append(SetActual(key, after.actual_start, after.actual_finish))
        made.pop("actual_start", None)
        made.pop("actual_finish", None)
    elif made.get("remaining") is not None and not dates | (made.keys() & {"percent", "work"}):
        found.append(SetRemaining(key, made.pop("remaining")))
    return found


def arriving(work: Work, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """New lines as they are inserted: those that lie where the engine puts them anyway come
    without dates, since a date would hold them there."""
    begin = work.select("SELECT starts_on FROM project")[0][0]
    first = None
    if begin is not None:
        day = dt.date.fromisoformat(begin)
        calendar = hours_around(work, day).default
        first = start_of(calendar, calendar.next_work(at(day)))[0]
    nothing = dict.fromkeys(BEGIN | END)
    return [{**row, **nothing} if _as_placed(row, first) else row for row in rows]


def _as_placed(row: Mapping[str, Any], first: dt.date | None) -> bool:
    if row["mode"] != Mode.AUTO or row["constraint_kind"] != ConstraintKind.ASAP:
        return False
    if row["duration"] is None or row["start"] is None:
        return False
    return row["actual_start"] is not None or row["start"] == first


def complete(work: Work) -> None:
    """Lines that came with a start and a duration only get their finish."""
    hours = _WorkHours(work, [])
    for (key,) in work.select(
        "SELECT id FROM task t WHERE start IS NOT NULL AND finish IS NULL AND duration IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM task WHERE parent_id = t.id)"
    ):
        row = work.get("task", key)
        calendar = hours.of(row)
        start = start_moment(calendar, row.start, row.start_minute)
        work.set("task", key, **from_start(row, calendar, start))


def link(work: Work, task: int, waits: tuple[Wait, ...], *, new: bool) -> None:
    """Let a line wait for what the file says, and for nothing else."""
    if not new:
        SetPredecessors(task, waits).apply(work)
        return
    for wait in waits:
        work.add(
            "link",
            predecessor_id=wait.before,
            successor_id=task,
            kind=wait.kind,
            lag=wait.lag,
            lag_unit=wait.lag_unit,
        )
