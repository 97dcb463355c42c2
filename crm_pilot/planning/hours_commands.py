"""Edits of the working hours: calendars, their weeks and days, and absences.

`settling` moves what follows from them in the same step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.people.terms import DayPart
from crm_pilot.planning.calendars import OFFICE_WEEK, write_shifts, write_week
from crm_pilot.planning.engine.worktime import Shifts
from crm_pilot.planning.shifts import minutes_of
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.commands import Command
    from crm_pilot.store.work import Work

Week = Sequence[Shifts]  # Monday first


def day_and_week(week: Week) -> tuple[int, int]:
    """Working minutes that “1 d” and “1 wk” mean in a week: the longest usual day, and the sum.

    The usual day is the one most weekdays have; of several, the longest.
    """
    days = [minutes_of(shifts) for shifts in week if shifts]
    if not days:
        raise UserError(N_("A week without working time moves nothing. Give one day its hours."))
    usual = max(set(days), key=lambda size: (days.count(size), size))
    return usual, sum(days)


@dataclass(frozen=True)
class AddCalendar:
    """Add a calendar with the week of office hours, or that of another one; returns its id."""

    name: str
    country: str = ""
    like: int | None = None
    of_project: bool = False

    @property
    def label(self) -> Message:
        return msg("Add the calendar “{name}”", name=self.name)

    def apply(self, work: Work) -> int:
        name = unused(work, self.name.strip())
        week = write_week(dict(enumerate(OFFICE_WEEK)))
        base = None
        if self.like is not None:
            model = work.get("calendar", self.like)
            week, base = model.week, model.base_id
        key = work.add("calendar", name=name, country=self.country, week=week, base_id=base)
        if self.of_project:
            work.set("project", 1, calendar_id=key)
        return key


def unused(work: Work, name: str, key: int | None = None) -> str:
    """The name of a calendar when no other one has it. Raises `UserError`."""
    if not name:
        raise UserError(N_("A calendar needs a name. Nothing was changed."))
    if work.select("SELECT 1 FROM calendar WHERE name = ? AND id IS NOT ?", name, key):
        raise UserError(
            N_("Another calendar is called “{name}”. Give this one another name."), name=name
        )
    return name


@dataclass(frozen=True)
class RenameCalendar:
    """Give a calendar another name."""

    key: int
    name: str

    @property
    def label(self) -> Message:
        return msg("Rename the calendar “{name}”", name=self.name)

    def apply(self, work: Work) -> None:
        work.set("calendar", self.key, name=unused(work, self.name.strip(), self.key))


@dataclass(frozen=True)
class SetWeek:
    """Give a calendar the hours of its seven weekdays.

    In the project's own calendar “1 d” and “1 wk” follow; with `keep_days` what lasts ten days
    still does, whatever the hours of a day are now.
    """

    key: int
    week: tuple[Shifts, ...]
    keep_days: bool = True
    name: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the week of the calendar “{name}”", name=self.name)

    def apply(self, work: Work) -> None:
        day, week = day_and_week(self.week)
        work.set("calendar", self.key, week=write_week(dict(enumerate(self.week))))
        project = work.get("project", 1)
        if project.calendar_id != self.key:
            return
        before = project.day_minutes
        work.set("project", 1, day_minutes=day, week_minutes=week)
        if self.keep_days and before != day:
            _keep_days(work, before, day)


def _keep_days(work: Work, before: int, day: int) -> None:
    """Let durations and work that were given in days of `before` minutes count in new ones."""
    rows: dict[int, dict[str, Any]] = {}
    for key, elapsed, *values in work.select(
        "SELECT id, elapsed, duration, work, remaining FROM task WHERE actual_finish IS NULL"
    ):
        changed = {
            name: round(value * day / before)
            for name, value in zip(("duration", "work", "remaining"), values, strict=True)
            if value and not (elapsed and name == "duration")
        }
        if changed:
            rows[key] = changed
    if rows:
        work.set_many("task", rows)


@dataclass(frozen=True)
class SetProjectCalendar:
    """Let the project work by a calendar; None: weekdays, office hours and public holidays."""

    key: int | None
    name: str = ""

    @property
    def label(self) -> Message:
        return msg("The project works by “{name}”", name=self.name)

    def apply(self, work: Work) -> None:
        work.set("project", 1, calendar_id=self.key)


@dataclass(frozen=True)
class AddClosure:
    """Days of a calendar with other hours, both included; without shifts nobody works."""

    calendar: int
    name: str
    first: dt.date
    last: dt.date
    shifts: Shifts = ()

    @property
    def label(self) -> Message:
        return msg("Add “{name}” to the calendar", name=self.name or "…")

    def apply(self, work: Work) -> int:
        return work.add(
            "calendar_exception",
            calendar_id=self.calendar,
            name=self.name,
            first=in_order(self.first, self.last)[0],
            last=self.last,
            shifts=write_shifts(self.shifts),
        )


@dataclass(frozen=True)
class AddAbsence:
    """Someone is away. The reason is asked nowhere: it is nobody's business here."""

    person: int
    first: dt.date
    last: dt.date
    part: DayPart = DayPart.DAY
    name: str = ""

    @property
    def label(self) -> Message:
        return msg("Add an absence of {name}", name=self.name)

    def apply(self, work: Work) -> int:
        first, last = in_order(self.first, self.last)
        return work.add("absence", person_id=self.person, first=first, last=last, part=self.part)


def in_order(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Both days as they are. Raises `UserError` when the last comes first."""
    if last < first:
        raise UserError(
            N_("The last day, {last}, comes before the first, {first}. Nothing was changed."),
            first=first,
            last=last,
        )
    return first, last


@dataclass(frozen=True)
class SetDays:
    """Change the first or last day of an absence or of days of a calendar; the other follows
    where it would come out of order."""

    table: str  # absence, calendar_exception
    key: int
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Change the days off")

    def apply(self, work: Work) -> None:
        row = work.get(self.table, self.key)
        first, last = self.first or row.first, self.last or row.last
        if last < first:
            first, last = (first, first) if self.first is not None else (last, last)
        work.set(self.table, self.key, first=first, last=last)


@dataclass(frozen=True)
class WithNewCalendar:
    """Give the project a calendar of its own, and change that one at once; returns its id."""

    adding: AddCalendar
    then: Callable[[int], Command]

    @property
    def label(self) -> Message:
        return self.then(0).label

    def apply(self, work: Work) -> int:
        key = self.adding.apply(work)
        self.then(key).apply(work)
        return key
