"""Edits that tell the scheduling engine something: durations, constraints, modes, links, people.

They write what was meant and nothing else; `settling` writes the dates that follow.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.planning.calendars import Hours, finish_moment, start_moment
from crm_pilot.planning.commands import single
from crm_pilot.planning.engine.worktime import ALWAYS, DAY, moment, of_datetime
from crm_pilot.planning.moving import from_start, hours_around
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

LONGEST = 100 * 366 * DAY  # minutes; more is a slip of the finger
NEEDS_DATE = frozenset(ConstraintKind) - {ConstraintKind.ASAP, ConstraintKind.ALAP}


def alone(work: Work, key: int) -> Any:
    """The stored row `key`. Raises `UserError` for a phase: its lines make its schedule."""
    row = single(work, key)
    if row is None:
        raise UserError(
            N_("The schedule of “{title}” follows from its lines. Nothing was changed."),
            title=work.get("task", key).title,
        )
    return row


@dataclass(frozen=True)
class SetStart:
    """Let a line start on a day, its duration kept. `minute` of the day; None: with the work."""

    key: int
    day: dt.date
    minute: int | None = None
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the dates of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        row = alone(work, self.key)
        if row.duration is None:
            finish = row.finish if row.finish is not None else self.day
            work.set("task", self.key, start=self.day, finish=max(self.day, finish))
            return
        hours = hours_around(work, self.day, row.start)
        calendar = ALWAYS if row.elapsed else hours.of(row.calendar_id)
        start = start_moment(calendar, self.day, self.minute)
        work.set("task", self.key, **from_start(row, calendar, start))


@dataclass(frozen=True)
class SetDuration:
    """Give a line its duration in minutes of work, or of the clock when `elapsed`."""

    key: int
    minutes: int
    elapsed: bool = False
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the duration of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        row = alone(work, self.key)
        if not 0 <= self.minutes <= LONGEST:
            raise UserError(
                N_("A line of the plan lasts from nothing to a hundred years. Nothing was changed.")
            )
        if row.kind == TaskKind.MILESTONE and self.minutes:
            work.set("task", self.key, kind=TaskKind.TASK)
        if self.minutes == 0 and row.kind == TaskKind.TASK and row.start is not None:
            work.set(
                "task", self.key, kind=TaskKind.MILESTONE, finish=row.start, finish_minute=None
            )
        changed: dict[str, Any] = {"duration": self.minutes, "elapsed": self.elapsed}
        if row.percent and row.actual_finish is not None:
            hours = hours_around(work, row.start)
            calendar = ALWAYS if self.elapsed else hours.of(row.calendar_id)
            begin = of_datetime(row.actual_start)
            changed["actual_finish"] = moment(calendar.add(begin, self.minutes))
        work.set("task", self.key, **changed)


@dataclass(frozen=True)
class SetConstraint:
    """Hold the dates of a line; as soon or as late as possible need no moment."""

    key: int
    kind: ConstraintKind
    at: dt.datetime | None = None
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the constraint of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        row = alone(work, self.key)
        needs = self.kind in NEEDS_DATE
        if needs and self.at is None:
            raise UserError(
                N_("This constraint of “{title}” needs a date. Nothing was changed."),
                title=row.title,
            )
        work.set(
            "task",
            self.key,
            constraint_kind=self.kind,
            constraint_at=self.at if needs else None,
            mode=Mode.AUTO,
        )


@dataclass(frozen=True)
class SetMode:
    """Let the engine place lines, or keep their dates by hand."""

    keys: tuple[int, ...]
    mode: Mode

    @property
    def label(self) -> Message:
        if self.mode is Mode.AUTO:
            return nmsg("Plan a line automatically", "Plan {n} lines automatically", len(self.keys))
        return nmsg("Plan a line by hand", "Plan {n} lines by hand", len(self.keys))

    def apply(self, work: Work) -> None:
        work.set_many("task", {key: {"mode": self.mode} for key in self.keys})


@dataclass(frozen=True)
class SetActive:
    """Take lines out of the plan without deleting them, or back in."""

    keys: tuple[int, ...]
    active: bool

    @property
    def label(self) -> Message:
        if self.active:
            return nmsg("Activate a line", "Activate {n} lines", len(self.keys))
        return nmsg("Deactivate a line", "Deactivate {n} lines", len(self.keys))

    def apply(self, work: Work) -> None:
        work.set_many("task", {key: {"active": self.active} for key in self.keys})


@dataclass(frozen=True)
class SetLink:
    """Let `after` wait for `before`; a link between the two is changed. Returns its id."""

    before: int
    after: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING

    @property
    def label(self) -> Message:
        return msg("Link lines of the plan")

    def apply(self, work: Work) -> int:
        return put_link(work, self.after, Wait(self.before, self.kind, self.lag, self.lag_unit))


def put_link(work: Work, after: int, wait: Wait) -> int:
    """Add or change the link that makes `after` wait; returns its id. Raises `UserError` for a
    line that would wait for itself or for what holds it."""
    row, before = work.get("task", after), work.get("task", wait.before)
    if after == wait.before or _holds(work, wait.before, after) or _holds(work, after, wait.before):
        raise UserError(
            N_(
                "“{title}” cannot wait for “{other}”: a line does not wait for itself or its phase."
            ),
            title=row.title,
            other=before.title,
        )
    known = work.select(
        "SELECT id FROM link WHERE predecessor_id = ? AND successor_id = ?", wait.before, after
    )
    values = {"kind": wait.kind, "lag": wait.lag, "lag_unit": wait.lag_unit}
    if known:
        work.set("link", known[0][0], **values)
        return int(known[0][0])
    if row.start is None and row.duration is None and single(work, after) is not None:
        day = work.select("SELECT day_minutes FROM project")[0][0]
        work.set("task", after, duration=0 if row.kind == TaskKind.MILESTONE else day)
    return work.add("link", predecessor_id=wait.before, successor_id=after, **values)


def _holds(work: Work, above: int, below: int) -> bool:
    """Whether line `above` holds line `below`, at any depth."""
    found = work.select(
        "WITH RECURSIVE up(id) AS (SELECT parent_id FROM task WHERE id = ? UNION"
        " SELECT t.parent_id FROM task t JOIN up ON t.id = up.id)"
        " SELECT 1 FROM up WHERE id = ?",
        below,
        above,
    )
    return bool(found)


@dataclass(frozen=True)
class RemoveLinks:
    """Take links away, by id."""

    ids: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg("Remove a link of the plan", "Remove {n} links of the plan", len(self.ids))

    def apply(self, work: Work) -> None:
        for key in self.ids:
            work.remove("link", key)


@dataclass(frozen=True)
class SetPredecessors:
    """Say all that a line waits for; links that are not named are taken away."""

    key: int
    waits: tuple[Wait, ...]
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change what “{title}” waits for", title=self.title)

    def apply(self, work: Work) -> None:
        known = dict(
            work.select("SELECT predecessor_id, id FROM link WHERE successor_id = ?", self.key)
        )
        wanted = {wait.before: wait for wait in self.waits}
        for before, link in known.items():
            if before not in wanted:
                work.remove("link", link)
        for wait in wanted.values():
            put_link(work, self.key, wait)


@dataclass(frozen=True)
class SetAssignments:
    """Say who works on a line: persons and their units in per cent. Nobody: its owner does."""

    key: int
    people: tuple[tuple[int, int], ...]
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change who works on “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        known = dict(
            work.select("SELECT person_id, id FROM assignment WHERE task_id = ?", self.key)
        )
        wanted = dict(self.people)
        for person, row in known.items():
            if person not in wanted:
                work.remove("assignment", row)
        for person, units in wanted.items():
            if person in known:
                work.set("assignment", known[person], units=units)
            else:
                work.add("assignment", task_id=self.key, person_id=person, units=units)


@dataclass(frozen=True)
class SetRemaining:
    """Re-estimate what is left to do (RAF, reste à faire), in minutes of work of all people.

    The time that is left follows: RAF ÷ units of those who work on the line. What was worked so
    far stays, so the duration and the progress change: percent = worked ÷ (worked + left).
    """

    key: int
    minutes: int
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Remaining work of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        row = alone(work, self.key)
        if not 0 <= self.minutes <= LONGEST:
            raise UserError(N_("The remaining work cannot be less than nothing."))
        if row.kind == TaskKind.MILESTONE:
            raise UserError(N_("“{title}” is a milestone: it has no work."), title=row.title)
        units = sum(
            one[0] for one in work.select("SELECT units FROM assignment WHERE task_id = ?", row.id)
        )
        left = round(self.minutes * 100 / (units or 100))
        worked = round((row.duration or 0) * row.percent / 100)
        total = worked + left
        values: dict[str, Any] = {"remaining": self.minutes, "duration": total}
        values["work"] = round(worked * (units or 100) / 100) + self.minutes
        if not left:
            values["percent"] = 100
        elif worked:
            values["percent"] = max(1, min(99, round(100 * worked / total)))
        if left and row.percent == 100:
            values |= {"actual_finish": None}
        work.set("task", self.key, **values)


@dataclass(frozen=True)
class SetActual:
    """Say when a line really started, and when it really finished."""

    key: int
    start: dt.datetime | None
    finish: dt.datetime | None = None
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Actual dates of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        row = alone(work, self.key)
        start, finish = self.start, self.finish
        if finish is not None and start is None:
            start = row.actual_start or finish
        if start is not None and finish is not None and finish < start:
            raise UserError(
                N_("“{title}” would end on {finish}, before it starts on {start}."),
                title=row.title,
                start=start.date(),
                finish=finish.date(),
            )
        values: dict[str, Any] = {"actual_start": start, "actual_finish": finish}
        if start is None:
            values["percent"] = 0
        elif finish is not None:
            hours = hours_around(work, start.date(), finish.date())
            calendar = ALWAYS if row.elapsed else hours.of(row.calendar_id)
            lasted = calendar.between(of_datetime(start), of_datetime(finish))
            values |= {"percent": 100}
            values |= {} if row.kind == TaskKind.MILESTONE else {"duration": lasted}
        elif row.percent == 100:
            values["percent"] = 99
        work.set("task", self.key, **values)


def whole_day(hours: Hours, day: dt.date, *, end: bool, key: int | None = None) -> dt.datetime:
    """The moment meant by a day alone: the begin of its work, or with `end` its end."""
    calendar = hours.of(key)
    found = finish_moment(calendar, day, None) if end else start_moment(calendar, day, None)
    return moment(found)
