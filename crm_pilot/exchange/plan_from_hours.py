"""The working hours of the project as calendars of a plan document, each complete by itself.

MS Project knows no public holidays: they are written as exceptions, with what the calendars of the
project say of single days, for the years of the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from crm_pilot.i18n import Translator
from crm_pilot.people.calendar import holiday_name
from crm_pilot.people.terms import DayPart
from crm_pilot.planning import queries
from crm_pilot.planning.calendars import Hours, Pattern
from crm_pilot.planning.document import DocCalendar, DocException, Shifts
from crm_pilot.store.reader import Reader

MAIN = 1  # uid of the calendar of the project
YEARS_AFTER = 2  # for which days off are written beyond the plan


class HoursOut:
    """Calendars of a project under numbers of their own."""

    def __init__(self, reader: Reader, language: str, years: tuple[int, int]) -> None:
        self.hours: Hours = queries.hours(reader)
        self.language = language
        self.first = dt.date(years[0], 1, 1).toordinal()
        self.last = dt.date(min(9998, years[1] + YEARS_AFTER), 12, 31).toordinal()
        stored = reader.select("SELECT id, name FROM calendar ORDER BY id")
        own = reader.value("SELECT calendar_id FROM project")
        self._names: dict[int | None, str] = {None: "Standard", **dict(stored)}
        self._own = own if own in self._names else None
        others = [key for key, _name in stored if key != self._own]
        self._uids: dict[int | None, int] = {None: MAIN, self._own: MAIN}
        self._uids |= {key: number for number, key in enumerate(others, MAIN + 1)}
        self._words = Translator(language)

    def uid(self, key: int | None) -> int | None:
        """The number of a calendar of a line; None for that of the project."""
        found = self._uids.get(key, MAIN)
        return found if found != MAIN else None

    def calendars(self, extras: Mapping[int, Mapping[str, str]]) -> Iterator[DocCalendar]:
        """Every calendar, that of the project first; `extras` are kept parts by id."""
        main = self._own
        yield self._calendar(MAIN, main, extras)
        for key, uid in self._uids.items():
            if uid != MAIN:
                yield self._calendar(uid, key, extras)

    def _calendar(
        self, uid: int, key: int | None, extras: Mapping[int, Mapping[str, str]]
    ) -> DocCalendar:
        pattern = self.hours.pattern(key)
        return DocCalendar(
            uid=uid,
            name=self._names[key],
            days=tuple(pattern.week),
            exceptions=tuple(self._exceptions(pattern)),
            extras=extras.get(key, {}) if key is not None else {},
        )

    def person(self, key: int, uid: int, name: str, calendar: int | None) -> DocCalendar | None:
        """The calendar of a person who is away at some time or works otherwise; None: neither."""
        away = self.hours.absences(key)
        base = self._uids.get(calendar, MAIN)
        if not away and base == MAIN:
            return None
        days = {
            day: self.hours.person(key).shifts(day) if part is not DayPart.DAY else ()
            for first, last, part in away
            for day in range(first.toordinal(), last.toordinal() + 1)
        }
        found = tuple(joined((day, shifts, "") for day, shifts in sorted(days.items())))
        return DocCalendar(uid, name, (None,) * 7, base, exceptions=found)

    @property
    def free(self) -> int:
        """The first number that no calendar has."""
        return max(self._uids.values()) + 1

    def _exceptions(self, pattern: Pattern) -> Iterator[DocException]:
        named: dict[int, str] = {}
        for first, last, name in pattern.names:
            low, high = max(self.first, first.toordinal()), min(self.last, last.toordinal())
            named.update(dict.fromkeys(range(low, high + 1), name))
        days = (
            (day, shifts, named[day] if day in named else self._holiday(pattern, day))
            for day, shifts in sorted(pattern.exceptions.items())
            if self.first <= day <= self.last and (shifts or pattern.week[(day - 1) % 7])
        )
        return joined(days)

    def _holiday(self, pattern: Pattern, day: int) -> str:
        if not pattern.country:
            return ""
        known = holiday_name(pattern.country, dt.date.fromordinal(day), self.language)
        return known or self._words.tr("Public holiday")


def joined(days: Iterable[tuple[int, Shifts, str]]) -> Iterator[DocException]:
    """Days (ordinals, in order) made stretches where hours and name are the same."""
    run: tuple[int, int, Shifts, str] | None = None
    for day, shifts, name in days:
        if run is not None and run[1] + 1 == day and run[2:] == (shifts, name):
            run = (run[0], day, shifts, name)
            continue
        if run is not None:
            yield _exception(*run)
        run = (day, day, shifts, name)
    if run is not None:
        yield _exception(*run)


def _exception(first: int, last: int, shifts: Shifts, name: str) -> DocException:
    return DocException(dt.date.fromordinal(first), dt.date.fromordinal(last), shifts, name)


def years_between(days: Iterable[dt.date], today: dt.date) -> tuple[int, int]:
    """First and last year of the plan."""
    years = {day.year for day in days} | {today.year}
    return min(years), max(years)
