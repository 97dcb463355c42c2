"""What the calendars of a plan document say of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_pilot.planning.document import DocCalendar, Shifts

DAY = dt.timedelta(days=1)
LONGEST = 400  # days looked through for working time


class Days:
    """The hours of each day by calendar, with their bases; an unknown calendar never works."""

    def __init__(self, calendars: Iterable[DocCalendar]) -> None:
        self._by_uid = {calendar.uid: calendar for calendar in calendars}
        self._said: dict[int, dict[dt.date, Shifts]] = {}

    def shifts(self, uid: int, day: dt.date) -> Shifts:
        """The hours of a day in minutes from midnight."""
        seen: set[int] = set()
        at: int | None = uid
        while at is not None and at in self._by_uid and at not in seen:
            seen.add(at)
            calendar = self._by_uid[at]
            said = self._exceptions(calendar).get(day)
            if said is None:
                said = self._week(calendar, day)
            if said is not None:
                return said
            at = calendar.base
        return ()

    def works_between(self, uid: int, start: dt.datetime, finish: dt.datetime) -> bool:
        """Whether there is working time between two moments."""
        day = start.date()
        for _ in range(LONGEST):
            if day > finish.date():
                return False
            low = start.hour * 60 + start.minute if day == start.date() else 0
            high = finish.hour * 60 + finish.minute if day == finish.date() else 1440
            if any(max(low, a) < min(high, b) for a, b in self.shifts(uid, day)):
                return True
            day += DAY
        return True

    def between(self, uid: int, start: dt.datetime, finish: dt.datetime) -> int:
        """Minutes of working time between two moments, to the nearest."""
        seconds, day = 0, start.date()
        for _ in range(LONGEST * 50):
            if day > finish.date():
                break
            midnight = dt.datetime.combine(day, dt.time())
            low, high = (max(0, (at - midnight).total_seconds()) for at in (start, finish))
            for a, b in self.shifts(uid, day):
                seconds += max(0, int(min(high, b * 60) - max(low, a * 60)))
            day += DAY
        return (seconds + 30) // 60

    def _exceptions(self, calendar: DocCalendar) -> dict[dt.date, Shifts]:
        found = self._said.get(calendar.uid)
        if found is None:
            found = self._said[calendar.uid] = {}
            for exception in calendar.exceptions:
                day = exception.first
                for _ in range(min(LONGEST * 10, (exception.last - day).days + 1)):
                    found[day] = exception.shifts
                    day += DAY
        return found

    @staticmethod
    def _week(calendar: DocCalendar, day: dt.date) -> Shifts | None:
        for week in calendar.weeks:
            if week.first <= day <= week.last:
                said = week.days[day.weekday()]
                if said is not None:
                    return said
        return calendar.days[day.weekday()]
