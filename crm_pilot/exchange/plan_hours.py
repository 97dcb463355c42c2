"""The calendars of a plan file as rows of the project, and the days its people are away."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from crm_pilot.i18n import Translator
from crm_pilot.planning import queries
from crm_pilot.planning.calendars import write_week
from crm_pilot.planning.document import DocCalendar, DocException, PlanDocument, Shifts
from crm_pilot.planning.document_hours import DocumentHours
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

ONE_DAY = dt.timedelta(days=1)
AROUND = dt.timedelta(days=366)  # days after the plan in which calendars are compared
MOST_DAYS = 15_000  # looked at when calendars are compared
MOST_EXCEPTIONS = 20_000


@dataclass(frozen=True)
class NewCalendar:
    """A calendar to insert; `base` is its place among the new ones, or −1 − an id that is there."""

    uid: int
    name: str
    week: str
    base: int | None
    exceptions: tuple[tuple[str, dt.date, dt.date, str], ...]
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HoursFound:
    """What becomes of the calendars: `of` maps them to a place among the new ones, or −1 − id.

    `project` is that of the plan, None where the project's own already says the same.
    """

    new: tuple[NewCalendar, ...] = ()
    of: Mapping[int, int] = field(default_factory=dict)
    project: int | None = None
    persons: Mapping[int, int] = field(default_factory=dict)  # resource → calendar
    absences: tuple[tuple[int, dt.date, dt.date], ...] = ()  # resource, first and last day
    idle: tuple[str, ...] = ()  # calendars that never work, left out


def take_over(document: PlanDocument, reader: Reader, language: str) -> HoursFound:
    """Decide what becomes of every calendar of a plan."""
    return _Taker(document, reader, Translator(language)).found()


class _Taker:
    def __init__(self, document: PlanDocument, reader: Reader, words: Translator) -> None:
        self.document, self.reader, self.words = document, reader, words
        self.hours = DocumentHours(document)
        self.by_uid = {calendar.uid: calendar for calendar in document.calendars}
        self.names: dict[str, int] = dict(reader.select("SELECT name, id FROM calendar"))
        self.days = tuple(_span(document))
        self.new: list[NewCalendar] = []
        self.of: dict[int, int] = {}
        self.idle: list[str] = []

    def found(self) -> HoursFound:
        document = self.document
        people = {r.calendar for r in document.resources if r.kind == "work" and r.calendar}
        used = {t.calendar for t in document.tasks} | {document.calendar}
        for calendar in document.calendars:
            own = calendar.uid not in people or calendar.uid in used
            if own and calendar.uid != document.calendar:
                self._put(calendar.uid)
        project = self._project()
        persons: dict[int, int] = {}
        absences: list[tuple[int, dt.date, dt.date]] = []
        for resource in document.resources:
            if resource.kind != "work" or resource.calendar not in self.by_uid:
                continue
            calendar = self.by_uid[resource.calendar]
            if _only_away(calendar):
                absences += [(resource.uid, e.first, e.last) for e in calendar.exceptions]
                other = calendar.base if calendar.base != document.calendar else None
            else:
                other = calendar.uid if calendar.uid != document.calendar else None
            if other is not None and (place := self._put(other)) is not None:
                persons[resource.uid] = place
        return HoursFound(
            tuple(self.new), self.of, project, persons, tuple(absences), tuple(self.idle)
        )

    def _project(self) -> int | None:
        """The calendar of the plan, unless the project already works like it."""
        uid = self.document.calendar
        if uid is None or uid not in self.by_uid:
            return None
        own = queries.hours(self.reader).default
        if self._same(self.hours.of(uid), own):
            self.of[uid] = PROJECT
            return None
        return self._put(uid)

    def _same(self, one: Calendar | None, other: Calendar) -> bool:
        return one is not None and all(one.shifts(day) == other.shifts(day) for day in self.days)

    def _put(self, uid: int) -> int | None:
        """The place of a calendar, made when it is first needed."""
        if uid in self.of:
            return self.of[uid]
        calendar = self.by_uid[uid]
        compiled = self.hours.of(uid)
        if compiled is None:
            if calendar.name not in self.idle:
                self.idle.append(calendar.name)
            return None
        known = self.names.get(calendar.name)
        if (
            known is not None
            and known > 0
            and self._same(compiled, queries.hours(self.reader).of(known))
        ):
            self.of[uid] = -1 - known
            return self.of[uid]
        base = self._put(calendar.base) if calendar.base is not None else None
        if base == PROJECT:  # what it stands on is not in the project by itself
            base, calendar = None, _flat(calendar, self.by_uid)
        self.of[uid] = place = len(self.new)
        self.new.append(self._row(calendar, base))
        self.names[self.new[-1].name] = -1
        return place

    def _row(self, calendar: DocCalendar, base: int | None) -> NewCalendar:
        week = {day: shifts for day, shifts in enumerate(calendar.days) if shifts is not None}
        return NewCalendar(
            calendar.uid,
            self._free_name(calendar.name or self.words.tr("Calendar")),
            write_week(week),
            base,
            tuple(_exceptions(calendar)),
            calendar.extras,
        )

    def _free_name(self, name: str) -> str:
        number, free = 2, name
        while free in self.names:
            free, number = f"{name} ({number})", number + 1
        return free


PROJECT = -1_000_000_000  # a calendar that is the project's own already


def _span(document: PlanDocument) -> Iterator[int]:
    """The days (ordinals) on which calendars of the plan matter."""
    dates = [at.date() for t in document.tasks for at in (t.start, t.finish) if at is not None]
    dates += [at.date() for at in (document.start, document.finish) if at is not None]
    if not dates:
        return iter(())
    first, last = min(dates).toordinal(), (max(dates) + AROUND).toordinal()
    return iter(range(first, min(last, first + MOST_DAYS)))


def _only_away(calendar: DocCalendar) -> bool:
    """Whether a calendar says nothing but when someone is away."""
    plain = all(day is None for day in calendar.days) and not calendar.weeks
    return plain and calendar.base is not None and not any(e.shifts for e in calendar.exceptions)


def _flat(calendar: DocCalendar, by_uid: Mapping[int, DocCalendar]) -> DocCalendar:
    """A calendar with the days and exceptions of the one below it."""
    base = by_uid[calendar.base] if calendar.base is not None else calendar
    days = tuple(
        own if own is not None else below
        for own, below in zip(calendar.days, base.days, strict=True)
    )
    return replace(
        calendar,
        days=days,
        base=base.base,
        exceptions=(*base.exceptions, *calendar.exceptions),
        weeks=(*calendar.weeks, *base.weeks),
    )


def _exceptions(calendar: DocCalendar) -> Iterator[tuple[str, dt.date, dt.date, str]]:
    """Exceptions of a calendar; other weeks are written out day by day, before them."""
    found = [*_of_weeks(calendar), *calendar.exceptions]
    for exception in found[-MOST_EXCEPTIONS:]:
        shifts = json.dumps([list(shift) for shift in exception.shifts])
        yield exception.name, exception.first, exception.last, shifts


def _of_weeks(calendar: DocCalendar) -> Iterator[DocException]:
    for week in reversed(calendar.weeks):  # the first that speaks of a day counts
        run: DocException | None = None
        day = week.first
        while day <= week.last and (day - week.first).days < MOST_DAYS:
            shifts: Shifts | None = week.days[day.weekday()]
            if run is not None and (shifts is None or shifts != run.shifts):
                yield run
                run = None
            if shifts is not None:
                first = run.first if run is not None else day
                run = DocException(first, day, shifts, week.name)
            day += ONE_DAY
        if run is not None:
            yield run


def exceptions_of(
    rows: Sequence[tuple[str, dt.date, dt.date, str]], calendar: int
) -> list[dict[str, Any]]:
    """Exceptions as rows of the database."""
    return [
        {"calendar_id": calendar, "name": name, "first": first, "last": last, "shifts": shifts}
        for name, first, last, shifts in rows
    ]
