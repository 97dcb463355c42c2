"""Week-by-week means and shares, computed from days already read. Pure functions of their input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from crm_pilot.adoption import rules
from crm_pilot.adoption.facts import UseDays


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


class WeeklyDays:
    """Login days by ISO week, of the accounts open all week."""

    def __init__(
        self,
        accounts: list[Account],
        until: dt.date | None,
        weeks: int,
        country: str,
        logins: UseDays,
    ) -> None:
        self._accounts = accounts
        self._logins = logins
        last = rules.last_full_week(until, country) if until else None
        self.weeks = rules.weeks_back(last, weeks) if last else []
        self._working = [len(rules.working_days(week, country)) for week in self.weeks]

    def mean(self, number: int, wanted: Callable[[Account], bool]) -> tuple[float | None, int]:
        """Days per week in week `number`, and over how many accounts."""
        week = self.weeks[number]
        counted = [
            a
            for a in self._accounts
            if wanted(a) and rules.is_open_all_week(a.opened, a.closed, week)
        ]
        sunday = week + dt.timedelta(days=6)
        days = sum(self._logins.count(a.id, week, sunday) for a in counted)
        return rules.days_per_week(days, len(counted), self._working[number]), len(counted)


class ActiveShares:
    """Active accounts at `last` and at the same weekday of the weeks before."""

    def __init__(
        self,
        accounts: list[Account],
        last: dt.date | None,
        weeks: int,
        logins: UseDays,
        actions: UseDays | None,
    ) -> None:
        self._accounts = accounts
        self._last = last
        self._points = max(weeks, 2)
        self._active: list[set[int]] = []
        if last is not None:
            self._active = self._windows(logins, last)
            if actions is not None:
                acting = self._windows(actions, last)
                self._active = [a & b for a, b in zip(self._active, acting, strict=True)]
        self.now = frozenset(self._active[0]) if self._active else frozenset()

    def _windows(self, days: UseDays, last: dt.date) -> list[set[int]]:
        """Accounts with a day in the window that ends 0, 1, 2 ... weeks before the last day."""
        top = (last - days.first).days - rules.WINDOW_DAYS + 1  # first bit of the last window
        keep = (1 << rules.WINDOW_DAYS) - 1
        found: list[set[int]] = [set() for _ in range(self._points)]
        for account, bits in days.bits.items():
            for back, one in enumerate(found):
                start = top - 7 * back
                window = bits >> start & keep if start >= 0 else bits << -start & keep
                if window:
                    one.add(account)
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
