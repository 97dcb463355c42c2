"""Which days somebody works: by calendar and month, as whole numbers whose bits are days.

The same rules as the plan's working hours, by the day: a day with any shift is worked. Bit n is
the n-th day of the stretch that is asked for. Somebody's calendar is their own, else that of the
project, else Monday to Friday without the public holidays of the project's country.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum

from crm_pilot.people.calendar import public_holidays
from crm_pilot.people.terms import DayPart
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

CALENDAR_TABLES = ("project", "calendar", "calendar_exception")
TABLES = (*CALENDAR_TABLES, "absence")  # what working days depend on, beside the persons
OFFICE = (True,) * 5 + (False,) * 2  # Monday first
ONE_DAY = dt.timedelta(days=1)
Away = tuple[int, int]  # bits of the mornings, and of the afternoons


class DayOff(StrEnum):
    """Why a day is not worked."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Week:
    """A calendar by the day: weekdays worked, stretches that differ (the later one counts), and
    the country whose public holidays are kept."""

    days: tuple[bool, ...] = OFFICE
    country: str = ""
    differ: tuple[tuple[dt.date, dt.date, bool, str], ...] = ()  # first, last, worked, name

    def exception(self, day: dt.date) -> tuple[bool, str] | None:
        """Whether a day that differs is worked, and what it is called."""
        for first, last, worked, name in reversed(self.differ):
            if first <= day <= last:
                return worked, name
        return None

    def works(self, day: dt.date) -> bool:
        """Whether a day is worked."""
        found = self.exception(day)
        if found is not None:
            return found[0]
        if not self.days[day.weekday()]:
            return False
        return not self.country or day not in public_holidays(self.country, day.year)

    def off(self, day: dt.date) -> tuple[DayOff, str] | None:
        """Why a day is not worked, with the name of a closure; None on a working day."""
        if self.works(day):
            return None
        found = self.exception(day)
        if found is not None:
            return DayOff.CLOSURE, found[1]
        return (DayOff.HOLIDAY if self.days[day.weekday()] else DayOff.WEEKEND), ""


class WorkingDays:
    """The working days of every calendar of a project, a mask a calendar and month."""

    def __init__(self, weeks: Mapping[int, Week], project: Week) -> None:
        self.project = project
        self._weeks = weeks
        self._months: dict[tuple[Week, int, int], int] = {}

    def week(self, calendar: int | None) -> Week:
        """A calendar by id; None, or an unknown id, means that of the project."""
        return self.project if calendar is None else self._weeks.get(calendar, self.project)

    def mask(self, calendar: int | None, first: dt.date, last: dt.date) -> int:
        """Bits of the days worked from `first` to `last`, both included."""
        if last < first:
            return 0
        week, begin, found, offset = self.week(calendar), first.replace(day=1), 0, 0
        month = begin
        while month <= last:
            found |= self._month(week, month) << offset
            following = (month + dt.timedelta(days=31)).replace(day=1)
            offset += (following - month).days
            month = following
        return found >> (first - begin).days & (1 << (last - first).days + 1) - 1

    def count(self, calendar: int | None, first: dt.date, last: dt.date) -> int:
        """How many days are worked from `first` to `last`."""
        return self.mask(calendar, first, last).bit_count()

    def reached(self, number: int, first: dt.date, last: dt.date) -> dt.date:
        """The working day of the project by its number (1 is the first one from `first` on);
        `last` when there are fewer."""
        day = first
        while day < last and number - self.project.works(day) > 0:
            number -= self.project.works(day)
            day += ONE_DAY
        return day

    def _month(self, week: Week, month: dt.date) -> int:
        key = (week, month.year, month.month)
        if key not in self._months:
            found, day, bit = 0, month, 1
            while day.month == month.month:
                found |= bit if week.works(day) else 0
                day, bit = day + ONE_DAY, bit << 1
            self._months[key] = found
        return self._months[key]


@remembered(*CALENDAR_TABLES)
def working_days(reader: Reader) -> WorkingDays:
    """The calendars of the project."""
    stored = {
        row[0]: row[1:] for row in reader.select("SELECT id, base_id, country, week FROM calendar")
    }
    differ: dict[int, list[tuple[dt.date, dt.date, bool, str]]] = defaultdict(list)
    for key, first, last, shifts, name in reader.select(
        "SELECT calendar_id, first, last, shifts, name FROM calendar_exception ORDER BY id"
    ):
        stretch = (date_from_iso(first), date_from_iso(last), bool(json.loads(shifts)), name)
        differ[key].append(stretch)
    weeks = {key: _week(key, stored, differ) for key in stored}
    country, own = reader.one("SELECT country, calendar_id FROM project") or ("", None)
    return WorkingDays(weeks, weeks.get(own, Week(OFFICE, country)))


def _week(
    key: int,
    stored: Mapping[int, tuple[int | None, str, str]],
    differ: Mapping[int, list[tuple[dt.date, dt.date, bool, str]]],
) -> Week:
    """A calendar with those it is based on; the nearest one counts."""
    chain = [key]
    while (base := stored[chain[-1]][0]) is not None and base in stored and base not in chain:
        chain.append(base)
    days, country = list(OFFICE), ""
    stretches: list[tuple[dt.date, dt.date, bool, str]] = []
    for one in reversed(chain):
        _base, holidays, text = stored[one]
        for weekday, shifts in json.loads(text).items():
            days[int(weekday)] = bool(shifts)
        country = holidays or country
        stretches += differ.get(one, ())
    return Week(tuple(days), country, tuple(stretches))


@remembered("absence")
def _absences(reader: Reader) -> tuple[tuple[int, dt.date, dt.date, DayPart], ...]:
    rows = reader.select("SELECT person_id, first, last, part FROM absence ORDER BY id")
    return tuple(
        (person, date_from_iso(first), date_from_iso(last), DayPart(part))
        for person, first, last, part in rows
    )


def away(reader: Reader, first: dt.date, last: dt.date) -> dict[int, Away]:
    """Person → mornings and afternoons away from `first` to `last`, as bits; whoever is never
    away is left out. A half-day counts half: half the bits of both together."""
    found: dict[int, Away] = {}
    for person, begin, end, part in _absences(reader):
        low, high = max(begin, first), min(end, last)
        if low > high:
            continue
        bits = ((1 << (high - low).days + 1) - 1) << (low - first).days
        mornings, afternoons = found.get(person, (0, 0))
        found[person] = (
            mornings | (0 if part is DayPart.AFTERNOON else bits),
            afternoons | (0 if part is DayPart.MORNING else bits),
        )
    return found
