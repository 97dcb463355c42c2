"""What the Gantt is told beside its lines: options, hours of work, spans of bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from crm_pilot.people.terms import DayPart
from crm_pilot.planning.calendars import (
    OFFICE_WEEK,
    DayOff,
    FreeDays,
    begins_at,
    ends_at,
    midday,
    usual_hours,
)
from crm_pilot.planning.engine.worktime import ALWAYS, DAY, Calendar, Shifts, at
from crm_pilot.planning.rows import TaskRow

ONE_DAY = dt.timedelta(days=1)
WEEKEND = OFFICE_WEEK.index(())  # the weekday a usual week ends before


class ColourBy(StrEnum):
    """What the colour of a bar stands for."""

    PILLAR = "pillar"
    CRITICAL = "critical"
    OWNER = "owner"
    DEPARTMENT = "department"


class Labels(StrEnum):
    """What is written after a bar."""

    SLIP = "slip"
    TITLE = "title"
    OWNER = "owner"


@dataclass(frozen=True)
class GanttOptions:
    """What the person chose to see."""

    colour_by: ColourBy = ColourBy.PILLAR
    critical: bool = False
    slack: bool = False
    progress_line: bool = False
    baseline: bool = True
    links: bool = True
    labels: Labels = Labels.SLIP


class Span(NamedTuple):
    """When a bar begins and ends; a minute of None is the begin or end of the day's work."""

    start: dt.date
    finish: dt.date
    start_minute: int | None = None
    finish_minute: int | None = None


class HoursLike(Protocol):
    """What the Gantt needs of `crm_pilot.planning.calendars.Hours`."""

    @property
    def default(self) -> Calendar: ...

    def of(self, key: int | None) -> Calendar: ...

    def free(self, first: dt.date, last: dt.date) -> list[FreeDays]: ...

    def absences(self, key: int) -> Sequence[tuple[dt.date, dt.date, DayPart]]: ...


@lru_cache(maxsize=1)
def _office() -> Calendar:
    return Calendar(OFFICE_WEEK)


class PlainHours:
    """Monday to Friday, for a plan whose hours are not known yet."""

    @property
    def default(self) -> Calendar:
        return _office()

    def of(self, key: int | None) -> Calendar:
        return _office()

    def free(self, first: dt.date, last: dt.date) -> list[FreeDays]:
        day = first - dt.timedelta(days=first.weekday()) + WEEKEND * ONE_DAY
        made = []
        while day <= last:
            made.append(FreeDays(day, day + ONE_DAY, DayOff.WEEKEND))
            day += 7 * ONE_DAY
        return made

    def absences(self, key: int) -> Sequence[tuple[dt.date, dt.date, DayPart]]:
        return ()


class WorkHours:
    """The hours of a project, remembered as the Gantt asks for them: by year, and by minute."""

    def __init__(self, hours: HoursLike | None = None, day_minutes: int = 480) -> None:
        self.source: HoursLike = hours or PlainHours()
        self.day_minutes = day_minutes  # that people call a day
        self.calendar = self.source.default
        self._free: dict[int, list[FreeDays]] = {}

    def free(self, first: dt.date, last: dt.date) -> list[FreeDays]:
        """Stretches of days that nobody works and that touch `first` to `last`."""
        made: list[FreeDays] = []
        for year in range(first.year, last.year + 1):
            if year not in self._free:
                ends = dt.date(year, 1, 1), dt.date(year, 12, 31)
                self._free[year] = self.source.free(*ends)
            for one in self._free[year]:
                if one.last < first or one.first > last:
                    continue
                before = made[-1] if made else None
                if before is not None and _goes_on(before, one):  # over New Year
                    made[-1] = replace(before, last=one.last)
                else:
                    made.append(one)
        return made

    def of(self, row: TaskRow | None) -> Calendar:
        """The hours in which the days of a line begin and end."""
        if row is None:
            return self.calendar
        if row.elapsed:
            return ALWAYS
        return self.source.of(row.calendar_id) if row.calendar_id else self.calendar

    def away(self, row: TaskRow) -> Sequence[tuple[dt.date, dt.date, DayPart]]:
        """When the owner of a line does not work."""
        return self.source.absences(row.owner_id) if row.owner_id is not None else ()

    def shifts(self, day: dt.date) -> Shifts:
        """When work is done on a day; the hours of a usual day where there is none."""
        found = self.calendar.shifts(day.toordinal())
        return found or (usual_hours(self.calendar),)

    def part(self, day: dt.date, part: DayPart) -> tuple[int, int]:
        """The minutes of a part of a day."""
        if part is DayPart.DAY:
            return 0, DAY
        split = midday(self.shifts(day))
        return (0, split) if part is DayPart.MORNING else (split, DAY)


def _goes_on(before: FreeDays, one: FreeDays) -> bool:
    alike = (before.kind, before.name) == (one.kind, one.name)
    return alike and before.last + ONE_DAY == one.first


def share(calendar: Calendar, day: dt.date, minute: int) -> float:
    """How much of a day's work is done by `minute`, 0 to 1."""
    shifts = calendar.shifts(day.toordinal()) or (usual_hours(calendar),)
    total = sum(end - begin for begin, end in shifts)
    done = sum(min(max(minute, begin), end) - begin for begin, end in shifts)
    return done / total


def minute_of(calendar: Calendar, day: dt.date, part: float, *, finish: bool) -> int:
    """The minute at which `part` (0 to 1) of a day's work is done; noon of a begin is the end of
    the break, that of a `finish` its beginning."""
    shifts = calendar.shifts(day.toordinal()) or (usual_hours(calendar),)
    left = part * sum(end - begin for begin, end in shifts)
    for begin, end in shifts:
        if left < end - begin or (finish and left == end - begin):
            return round(begin + left)
        left -= end - begin
    return shifts[-1][1]


def begin_of(span: Span, calendar: Calendar) -> int:
    """The moment at which a bar begins."""
    minute = span.start_minute
    if minute is None:
        minute = begins_at(calendar, span.start.toordinal())
    return at(span.start, minute)


def end_of(span: Span, calendar: Calendar) -> int:
    """The moment at which a bar ends."""
    minute = span.finish_minute
    if minute is None:
        minute = ends_at(calendar, span.finish.toordinal())
    return at(span.finish, minute)
