"""The calendars of a plan document, compiled for the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from crm_pilot.errors import UserError
from crm_pilot.planning.document import DocCalendar, PlanDocument, Shifts
from crm_pilot.planning.engine.worktime import Calendar

USUAL: tuple[Shifts, ...] = (((480, 720), (780, 1020)),) * 5 + ((), ())  # Monday to Friday, 8 to 17
LONGEST = 40 * 366  # days of one exception that are taken: "every day until 2049"
ONE_DAY = dt.timedelta(days=1)


class DocumentHours:
    """Compiled calendars by number. Of a day, the exceptions of a calendar speak first, then those
    of its bases, then its other weeks and its week, then those of its bases."""

    def __init__(self, document: PlanDocument) -> None:
        self._by_uid = {calendar.uid: calendar for calendar in document.calendars}
        self._compiled: dict[int, Calendar | None] = {}
        self.project = self.of(document.calendar) or Calendar(USUAL)

    def of(self, uid: int | None) -> Calendar | None:
        """A calendar; None for one that is not there or never works."""
        if uid is None:
            return None
        if uid not in self._compiled:
            self._compiled[uid] = self._compile(uid)
        return self._compiled[uid]

    def _compile(self, uid: int) -> Calendar | None:
        line = self._line(uid)
        if not line:
            return None
        week = [self._weekday(line, day) for day in range(7)]
        exceptions: dict[int, Shifts] = {}
        for calendar in reversed(line):
            for day in _other_days(calendar):
                exceptions[day.toordinal()] = self._ordinary(line, day)
        for calendar in reversed(line):
            for first, last, shifts in _exceptions(calendar):
                exceptions |= dict.fromkeys(range(first, last + 1), shifts)
        try:
            return Calendar(week, exceptions)
        except UserError:
            return None

    def _line(self, uid: int) -> list[DocCalendar]:
        """A calendar and its bases."""
        line: list[DocCalendar] = []
        at: int | None = uid
        while at is not None and at in self._by_uid and self._by_uid[at] not in line:
            line.append(self._by_uid[at])
            at = line[-1].base
        return line

    def _weekday(self, line: list[DocCalendar], weekday: int) -> Shifts:
        for calendar in line:
            said = calendar.days[weekday]
            if said is not None:
                return said
        return ()

    def _ordinary(self, line: list[DocCalendar], day: dt.date) -> Shifts:
        """The hours of a day without exceptions."""
        for calendar in line:
            for week in calendar.weeks:
                said = week.days[day.weekday()] if week.first <= day <= week.last else None
                if said is not None:
                    return said
            said = calendar.days[day.weekday()]
            if said is not None:
                return said
        return ()


def _exceptions(calendar: DocCalendar) -> Iterator[tuple[int, int, Shifts]]:
    for exception in calendar.exceptions:
        first, last = exception.first.toordinal(), exception.last.toordinal()
        yield first, min(last, first + LONGEST), exception.shifts


def _other_days(calendar: DocCalendar) -> Iterator[dt.date]:
    """Days that another week speaks of."""
    for week in calendar.weeks:
        day = week.first
        for _ in range(min((week.last - week.first).days + 1, LONGEST)):
            yield day
            day += ONE_DAY
