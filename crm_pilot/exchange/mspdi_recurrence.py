"""The days of a recurring exception of a calendar, as MS Project counts them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, takewhile

from crm_pilot.records import dataclass

MOST_DAYS = 5000  # of one exception; MS Project stops at 999
DAY = dt.timedelta(days=1)
# MonthItem: any day, a weekday, a day of the weekend, then Sunday to Saturday
_ITEMS = (
    frozenset(range(7)),
    frozenset(range(5)),
    frozenset((5, 6)),
    *(frozenset({(number + 6) % 7}) for number in range(7)),
)
LAST = 4  # MonthPosition


@dataclass(frozen=True)
class Recurrence:
    """How often, in the words of the file. `kind`: 2 and 3 yearly, 4 and 5 monthly (by day, by
    position), 6 weekly, 7 every `period` days, 8 every weekday."""

    kind: int
    first: dt.date
    last: dt.date
    count: int | None = None
    period: int = 1
    weekdays: int = 0  # bits from Sunday
    day: int = 1
    month: int = 0  # from 0
    item: int = 0
    position: int = 0

    def days(self) -> list[dt.date]:
        """Every day, in order."""
        most = MOST_DAYS if self.count is None else min(self.count, MOST_DAYS)
        inside = takewhile(lambda day: day <= self.last, self._endless())
        found: list[dt.date] = []
        with suppress(OverflowError, ValueError):  # beyond the year 9999
            found.extend(islice(inside, max(0, most)))
        return found

    def _endless(self) -> Iterator[dt.date]:
        if self.kind in (2, 3):
            return self._monthly(12, self.month)
        if self.kind in (4, 5):
            return self._monthly(max(1, self.period), None)
        if self.kind == 6:
            return self._weekly()
        return self._daily()

    def _daily(self) -> Iterator[dt.date]:
        day = self.first
        while True:
            if self.kind != 8 or day.weekday() < 5:
                yield day
            day += DAY * (1 if self.kind == 8 else max(1, self.period))

    def _weekly(self) -> Iterator[dt.date]:
        """Weeks begin on Sunday, whatever the project says."""
        week = self.first - DAY * ((self.first.weekday() + 1) % 7)
        chosen = [number for number in range(7) if self.weekdays >> number & 1]
        while chosen:
            for number in chosen:
                if (day := week + DAY * number) >= self.first:
                    yield day
            week += DAY * 7 * max(1, self.period)

    def _monthly(self, step: int, month: int | None) -> Iterator[dt.date]:
        year, at = self.first.year, self.first.month - 1
        if month is not None:
            at = month
        if self._in(year, at) < self.first:
            year, at = (year + 1, at) if month is not None else _later(year, at, 1)
        while True:
            yield self._in(year, at)
            year, at = _later(year, at, step)

    def _in(self, year: int, month: int) -> dt.date:
        """The day of a month (from 0); a day the month does not have is its last."""
        length = calendar.monthrange(year, month + 1)[1]
        if self.kind in (2, 4):
            return dt.date(year, month + 1, min(max(1, self.day), length))
        wanted = _ITEMS[self.item] if 0 <= self.item < len(_ITEMS) else _ITEMS[0]
        days = [dt.date(year, month + 1, number) for number in range(1, length + 1)]
        fitting = [day for day in days if day.weekday() in wanted]
        return fitting[-1] if self.position >= LAST else fitting[max(0, self.position)]


def _later(year: int, month: int, step: int) -> tuple[int, int]:
    total = year * 12 + month + step
    return total // 12, total % 12
