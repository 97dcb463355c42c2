"""The working hours of a project: its calendar, those of tasks and of people, and the days off.

Without a calendar of its own a project works from Monday to Friday, 08:00–12:00 and 13:00–17:00,
and keeps the public holidays of its country.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.people.calendar import public_holidays
from crm_pilot.people.terms import DayPart
from crm_pilot.planning.engine.worktime import DAY, Calendar, Shifts, at, tidy
from crm_pilot.records import dataclass

Select = Callable[..., list[tuple[Any, ...]]]
Week = tuple[Shifts, ...]  # Monday first

OFFICE: Shifts = ((480, 720), (780, 1020))
OFFICE_WEEK: Week = (OFFICE,) * 5 + ((),) * 2
NOON = 720
YEARS_BACK, YEARS_AHEAD = 1, 12  # public holidays known around the plan
ONE_DAY = dt.timedelta(days=1)


class DayOff(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@dataclass(frozen=True)
class FreeDays:
    """Days in a row that are not worked, both included; closures bear their name."""

    first: dt.date
    last: dt.date
    kind: DayOff
    name: str = ""


@dataclass(frozen=True)
class Pattern:
    """What a calendar is compiled from: a week, and the days that differ, by ordinal."""

    week: Week
    exceptions: Mapping[int, Shifts]
    country: str = ""
    names: tuple[tuple[dt.date, dt.date, str], ...] = ()  # closures that have a name


class Hours:
    """Compiled calendars of one project for the years `first` to `last`.

    Compiled once for equal content: calendars of equal content are the same object, which the
    engine relies on.
    """

    def __init__(self, select: Select, first: int, last: int) -> None:
        self.years = (first - YEARS_BACK, last + YEARS_AHEAD)
        country, own = (select("SELECT country, calendar_id FROM project") or [("", None)])[0]
        self._country = str(country)
        self._patterns: dict[int | None, Pattern] = {}
        self._stored = {row[0]: row[1:] for row in select(_CALENDARS)}
        self._exceptions = _by_first(select(_EXCEPTIONS))
        self._absences = _by_first(select(_ABSENCES))
        self._people = {row[0]: row[1:] for row in select(_PEOPLE)}
        self._project = own if own in self._stored else None
        self._compiled: dict[int | None, Calendar] = {}
        self._persons: dict[int, Calendar] = {}

    @property
    def content(self) -> tuple[Any, ...]:
        """What all calendars follow from, to compare with that of another moment."""
        return (
            self._country,
            self._project,
            self._stored,
            self._exceptions,
            self._absences,
            self._people,
        )

    @property
    def default(self) -> Calendar:
        """The calendar of the project."""
        return self.of(None)

    def of(self, key: int | None) -> Calendar:
        """A calendar by id; None, or an unknown id, means that of the project."""
        key = key if key in self._stored else self._project
        if key not in self._compiled:
            self._compiled[key] = _compiled(self.pattern(key))
        return self._compiled[key]

    def person(self, key: int) -> Calendar:
        """When a person works: their calendar, or that of the project, without their absences."""
        if key not in self._persons:
            calendar, _units = self._people.get(key, (None, 100))
            away = self._absences.get(key, ())
            known = self.of(calendar)
            self._persons[key] = (
                _compiled(_without(self.pattern(self._known(calendar)), away)) if away else known
            )
        return self._persons[key]

    def units(self, key: int) -> int:
        """How much of a full person someone is, in per cent."""
        return int(self._people[key][1]) if key in self._people else 100

    def absences(self, key: int) -> tuple[tuple[dt.date, dt.date, DayPart], ...]:
        """When a person is away: first and last day, and which part of them."""
        return tuple(
            (dt.date.fromisoformat(first), dt.date.fromisoformat(last), DayPart(part))
            for first, last, part in self._absences.get(key, ())
        )

    def pattern(self, key: int | None) -> Pattern:
        """Week and exceptions of a calendar, with those of the calendars it is based on."""
        if key not in self._patterns:
            self._patterns[key] = self._resolved(key)
        return self._patterns[key]

    def free(self, first: dt.date, last: dt.date, key: int | None = None) -> list[FreeDays]:
        """Stretches of days in `first` to `last` that are not worked at all, by calendar."""
        pattern = self.pattern(self._known(key))
        calendar = self.of(key)
        made: list[FreeDays] = []
        day = first
        while day <= last:
            if not calendar.worked(day.toordinal()):
                made.append(_why_free(pattern, day))
            day += ONE_DAY
        return _joined(made)

    def day_start(self, day: dt.date, key: int | None = None) -> int:
        """The minute at which the work of a day begins; as on a usual day when it is not worked."""
        return begins_at(self.of(key), day.toordinal())

    def day_finish(self, day: dt.date, key: int | None = None) -> int:
        """The minute at which the work of a day ends; as on a usual day when it is not worked."""
        return ends_at(self.of(key), day.toordinal())

    def _known(self, key: int | None) -> int | None:
        return key if key in self._stored else self._project

    def _resolved(self, key: int | None) -> Pattern:
        if key is None:
            return _with_holidays(OFFICE_WEEK, {}, self._country, (), self.years)
        chain = [key]
        while (base := self._stored[chain[-1]][1]) in self._stored and base not in chain:
            chain.append(base)
        week = list(OFFICE_WEEK)
        exceptions: dict[int, Shifts] = {}
        country = ""
        names: list[tuple[dt.date, dt.date, str]] = []
        for one in reversed(chain):
            name, _base, holidays, text = self._stored[one]
            for weekday, shifts in read_week(text, name).items():
                week[weekday] = shifts
            country = holidays or country
            for first, last, text, said in self._exceptions.get(one, ()):
                start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
                shifts = read_shifts(text, name)
                names.append((start, end, said))
                for day in range(start.toordinal(), end.toordinal() + 1):
                    exceptions[day] = shifts
        return _with_holidays(tuple(week), exceptions, country, tuple(names), self.years)


_CALENDARS = "SELECT id, name, base_id, country, week FROM calendar ORDER BY id"
_EXCEPTIONS = (
    "SELECT calendar_id, first, last, shifts, name FROM calendar_exception ORDER BY calendar_id, id"
)
_ABSENCES = "SELECT person_id, first, last, part FROM absence ORDER BY person_id, id"
_PEOPLE = "SELECT id, calendar_id, units FROM person WHERE calendar_id IS NOT NULL OR units <> 100"


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[tuple[Any, ...], ...]]:
    made: dict[int, tuple[tuple[Any, ...], ...]] = {}
    for row in rows:
        made[row[0]] = (*made.get(row[0], ()), row[1:])
    return made


def read_week(text: str, name: str) -> dict[int, Shifts]:
    """Weekday (0 is Monday) → shifts, from the JSON of a calendar called `name`."""
    try:
        found = {int(day): _shifts(shifts) for day, shifts in json.loads(text).items()}
        if not all(0 <= day <= 6 for day in found):
            raise ValueError(found)
    except (ValueError, TypeError, AttributeError) as error:
        raise UserError(
            N_("The week of the calendar “{name}” cannot be read: {text}"), name=name, text=text
        ) from error
    return found


def read_shifts(text: str, name: str) -> Shifts:
    """Shifts of a day, from the JSON of an exception of the calendar called `name`."""
    try:
        return _shifts(json.loads(text))
    except (ValueError, TypeError) as error:
        raise UserError(
            N_("The hours of a day of the calendar “{name}” cannot be read: {text}"),
            name=name,
            text=text,
        ) from error


def _shifts(value: Any) -> Shifts:
    made = tuple((int(begin), int(end)) for begin, end in value)
    if not all(0 <= begin < end <= DAY for begin, end in made):
        raise ValueError(value)
    return tidy(made)


def write_week(week: Mapping[int, Shifts]) -> str:
    """The JSON of a week; days that are missing are as in the base calendar."""
    return json.dumps({str(day): [list(s) for s in shifts] for day, shifts in week.items()})


def write_shifts(shifts: Shifts) -> str:
    """The JSON of the shifts of a day."""
    return json.dumps([list(shift) for shift in shifts])


def _with_holidays(
    week: Week,
    exceptions: Mapping[int, Shifts],
    country: str,
    names: tuple[tuple[dt.date, dt.date, str], ...],
    years: tuple[int, int],
) -> Pattern:
    made: dict[int, Shifts] = {}
    if country:
        for year in range(max(1900, years[0]), min(2200, years[1]) + 1):
            made.update((day.toordinal(), ()) for day in public_holidays(country, year))
    return Pattern(week, made | dict(exceptions), country, names)  # a worked holiday is said so


def _without(pattern: Pattern, away: Iterable[tuple[str, str, str]]) -> Pattern:
    """A pattern in which someone is away."""
    exceptions = dict(pattern.exceptions)
    for first, last, part in away:
        begin, end = (
            dt.date.fromisoformat(first).toordinal(),
            dt.date.fromisoformat(last).toordinal(),
        )
        for day in range(begin, end + 1):
            usual = exceptions.get(day, pattern.week[(day - 1) % 7])
            exceptions[day] = _left(usual, DayPart(part))
    return Pattern(pattern.week, exceptions, pattern.country, pattern.names)


def _left(shifts: Shifts, part: DayPart) -> Shifts:
    """What is left of a day's shifts for someone who is away for a part of it."""
    if part is DayPart.DAY or not shifts:
        return ()
    split = midday(shifts)
    morning = tidy([(begin, min(end, split)) for begin, end in shifts])
    afternoon = tidy([(max(begin, split), end) for begin, end in shifts])
    return afternoon if part is DayPart.MORNING else morning


def midday(shifts: Shifts) -> int:
    """The minute that parts morning and afternoon: the first shift from noon on begins it; in a
    day without a break, half of the work is done."""
    later = [begin for begin, _ in shifts if begin >= NOON]
    if later and later[0] > shifts[0][0]:
        return later[0]
    half = sum(end - begin for begin, end in shifts) // 2
    for begin, end in shifts:
        if half <= end - begin:
            return begin + half
        half -= end - begin
    return shifts[-1][1]


@lru_cache(maxsize=512)
def _calendar(week: Week, exceptions: tuple[tuple[int, Shifts], ...]) -> Calendar:
    return Calendar(week, dict(exceptions))


def _compiled(pattern: Pattern) -> Calendar:
    """The engine's calendar; equal content gives the same object."""
    return _calendar(pattern.week, tuple(sorted(pattern.exceptions.items())))


def _why_free(pattern: Pattern, day: dt.date) -> FreeDays:
    for first, last, name in reversed(pattern.names):
        if first <= day <= last:
            return FreeDays(day, day, DayOff.CLOSURE, name)
    if not pattern.week[day.weekday()]:
        return FreeDays(day, day, DayOff.WEEKEND)
    return FreeDays(day, day, DayOff.HOLIDAY)


def _joined(days: list[FreeDays]) -> list[FreeDays]:
    made: list[FreeDays] = []
    for one in days:
        last = made[-1] if made else None
        if (
            last is not None
            and last.last + ONE_DAY == one.first
            and (last.kind, last.name) == (one.kind, one.name)
        ):
            made[-1] = FreeDays(last.first, one.last, one.kind, one.name)
        else:
            made.append(one)
    return made


@lru_cache(maxsize=256)
def usual_hours(calendar: Calendar) -> tuple[int, int]:
    """When the work of a usual day begins and ends: of the first weekday that is worked."""
    for shifts in calendar.week:
        if shifts:
            return shifts[0][0], shifts[-1][1]
    return OFFICE[0][0], OFFICE[-1][1]


def begins_at(calendar: Calendar, day: int) -> int:
    """The minute at which the work of a day (ordinal) begins, or would on a usual day."""
    shifts = calendar.shifts(day)
    return shifts[0][0] if shifts else usual_hours(calendar)[0]


def ends_at(calendar: Calendar, day: int) -> int:
    """The minute at which the work of a day (ordinal) ends, or would on a usual day."""
    shifts = calendar.shifts(day)
    return shifts[-1][1] if shifts else usual_hours(calendar)[1]


def start_moment(calendar: Calendar, day: dt.date, minute: int | None) -> int:
    """The moment of a start: of a day and its minute, None being the begin of the day's work."""
    return at(day, begins_at(calendar, day.toordinal()) if minute is None else minute)


def finish_moment(calendar: Calendar, day: dt.date, minute: int | None) -> int:
    """The moment of a finish: of a day and its minute, None being the end of the day's work."""
    return at(day, ends_at(calendar, day.toordinal()) if minute is None else minute)


def start_of(calendar: Calendar, moment: int) -> tuple[dt.date, int | None]:
    """Day and minute of a start, as the file keeps them."""
    day, minute = divmod(moment, DAY)
    usual = begins_at(calendar, day)
    return _date(day), None if minute == usual else minute


def finish_of(calendar: Calendar, moment: int) -> tuple[dt.date, int | None]:
    """Day (the last one worked) and minute of a finish, as the file keeps them."""
    day, minute = divmod(moment, DAY)
    if minute == 0:
        day, minute = day - 1, DAY
    usual = ends_at(calendar, day)
    return _date(day), None if minute == usual else minute


def _date(ordinal: int) -> dt.date:
    """A day by its ordinal; after the last day of the calendar comes nothing."""
    return dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))
