"""Week-by-week means and shares, computed from days already read. Pure functions of their input."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from crm_pilot.adoption import rules

Days = dict[int, set[str]]  # account -> ISO days on which it did something


@dataclass(frozen=True)
class Account:
    """A measured account with the days expected of it."""

    id: int
    opened: dt.date | None
    closed: dt.date | None
    profile_id: int | None
    low: int | None
    high: int | None
    department_id: int | None


def stretches(last: dt.date, count: int) -> dict[str, int]:
    """ISO day -> number of its seven-day stretch; the stretch that ends on `last` is 0, the one
    before it 1."""
    return {(last - dt.timedelta(days=n)).isoformat(): n // 7 for n in range(7 * count)}


class WeeklyDays:
    """Login days by ISO week, of the accounts open all week."""

    def __init__(
        self,
        accounts: list[Account],
        until: dt.date | None,
        weeks: int,
        country: str,
        logins: Days,
    ) -> None:
        self._accounts = accounts
        last = rules.last_full_week(until, country) if until else None
        self.weeks = rules.weeks_back(last, weeks) if last else []
        self._working = [len(rules.working_days(week, country)) for week in self.weeks]
        self._days: dict[int, Counter[int | None]] = {}  # by weeks back; None: outside
        if last:
            number = stretches(last + dt.timedelta(days=6), weeks)
            for account, days in logins.items():
                self._days[account] = Counter(map(number.get, days))

    def mean(self, number: int, wanted: Callable[[Account], bool]) -> tuple[float | None, int]:
        """Days per week in week `number`, and over how many accounts."""
        week = self.weeks[number]
        counted = [
            a
            for a in self._accounts
            if wanted(a) and rules.is_open_all_week(a.opened, a.closed, week)
        ]
        back = -number - 1 if number < 0 else len(self.weeks) - 1 - number
        days = sum(self._days[a.id][back] for a in counted if a.id in self._days)
        return rules.days_per_week(days, len(counted), self._working[number]), len(counted)


class ActiveShares:
    """Active accounts at `last` and at the same weekday of the weeks before."""

    def __init__(
        self,
        accounts: list[Account],
        last: dt.date | None,
        weeks: int,
        logins: Days,
        actions: Days | None,
    ) -> None:
        self._accounts = accounts
        self._last = last
        self._points = max(weeks, 2)
        self._active: list[set[int]] = []
        if last is not None:
            stretch = stretches(last, self._points + rules.WINDOW_DAYS // 7)
            self._active = self._windows(logins, stretch)
            if actions is not None:
                acting = self._windows(actions, stretch)
                self._active = [a & b for a, b in zip(self._active, acting, strict=True)]
        self.now = frozenset(self._active[0]) if self._active else frozenset()

    def _windows(self, days: Days, stretch: dict[str, int]) -> list[set[int]]:
        """Accounts with a day in the window that ends 0, 1, 2 ... weeks before the last day."""
        found: list[set[int]] = [set() for _ in range(self._points)]
        for account, theirs in days.items():
            for number in set(map(stretch.get, theirs)):
                if number is None:
                    continue
                for back in range(number, number - rules.WINDOW_DAYS // 7, -1):
                    if 0 <= back < self._points:
                        found[back].add(account)
        return found

    def share(self, back: int) -> float | None:
        """Active ÷ open accounts, `back` weeks before the last day."""
        if self._last is None:
            return None
        day = self._last - dt.timedelta(days=7 * back)
        opened = [a.id for a in self._accounts if rules.is_open(a.opened, a.closed, day)]
        active = self._active[back]
        return sum(1 for key in opened if key in active) / len(opened) if opened else None

    def curve(self) -> tuple[tuple[dt.date, float | None], ...]:
        """The share week by week, from the first week with an open account."""
        if self._last is None:
            return ()
        points = [
            (rules.monday(self._last - dt.timedelta(days=7 * back)), self.share(back))
            for back in range(self._points - 1, -1, -1)
        ]
        start = next((i for i, (_, share) in enumerate(points) if share is not None), len(points))
        return tuple(points[start:])
