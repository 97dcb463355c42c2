"""Who is active: a login and a record created or updated within 28 days (DOMAIN.md 2.1)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.scope import UserAccount
from crm_pilot.adoption.use_days import UseDays, stretch, trailing
from crm_pilot.store.reader import Reader, remembered

Points = tuple[tuple[dt.date, float | None], ...]  # (Monday, value)


@remembered(*facts.TABLES)
def active_accounts(reader: Reader, day: dt.date) -> frozenset[int]:
    """Accounts with a login and a record created or updated in the 28 days up to `day` (adoption
    rate, DOMAIN.md 2.1); with a login alone where no action was imported by then."""
    first = day - dt.timedelta(days=rules.WINDOW_DAYS - 1)
    found = frozenset(facts.login_days(reader, first, day).bits)
    if facts.last_action(reader, day) is None:
        return found
    return found & facts.acted_accounts(reader, first, day)


@remembered(*facts.TABLES)
def active_day(reader: Reader, today: dt.date) -> dt.date | None:
    """The last day, not after `today`, known of both logins and actions; None without a login."""
    until = facts.last_login(reader, today)
    acted = facts.last_action(reader, today)
    return min(until, acted) if until and acted else until


class ActiveShares:
    """Active ÷ open accounts on `last` and on the same weekday of the weeks before.

    Bit n of a window stands for a day; the days asked for are every seventh up to `last`."""

    def __init__(
        self,
        accounts: Iterable[UserAccount],
        last: dt.date | None,
        weeks: int,
        logins: UseDays,
        actions: UseDays | None,
        kept: dt.date | None = None,
    ) -> None:
        self._last, self._points = last, max(weeks, 2)
        self._opened = self._active = [0] * self._points
        if last is not None:
            first = weeks_before(last, self._points + 4)
            opened, active = _counted(accounts, first, last, logins, actions)
            self._opened = self._at_weeks(opened, (last - first).days)
            self._active = self._at_weeks(active, (last - first).days)
        self._kept = kept

    def _at_weeks(self, counted: Counter[int], top: int) -> list[int]:
        """How many accounts have the bit of 0, 1, 2 … weeks before the last day."""
        return [
            sum(count for bits, count in counted.items() if bits >> top - 7 * back & 1)
            for back in range(self._points)
        ]

    @property
    def now(self) -> tuple[int, int]:
        """Active and open accounts on the last day."""
        return self._active[0], self._opened[0]

    def share(self, back: int) -> float | None:
        """Active ÷ open accounts, `back` weeks before the last day; None where not all days of
        the window are kept."""
        if self._last is None or not self._opened[back]:
            return None
        begun = weeks_before(self._last, back) - dt.timedelta(days=rules.WINDOW_DAYS)
        if self._kept is not None and begun < self._kept:
            return None
        return self._active[back] / self._opened[back]

    def curve(self) -> Points:
        """The share week by week, from the first week with an open account."""
        if self._last is None:
            return ()
        points = [
            (rules.monday(self._last - dt.timedelta(days=7 * back)), self.share(back))
            for back in range(self._points - 1, -1, -1)
        ]
        start = next((i for i, (_, share) in enumerate(points) if share is not None), len(points))
        return tuple(points[start:])


def weeks_before(last: dt.date, weeks: int) -> dt.date:
    """First day of the `weeks` weeks that end on `last`."""
    return last - dt.timedelta(days=7 * weeks - 1)


def _counted(
    accounts: Iterable[UserAccount],
    first: dt.date,
    last: dt.date,
    logins: UseDays,
    actions: UseDays | None,
) -> tuple[Counter[int], Counter[int]]:
    """How many accounts have the same days open, and active, on every seventh day up to `last`."""
    days = (last - first).days
    asked = sum(1 << n for n in range(days, -1, -7))
    opened: Counter[int] = Counter()
    active: Counter[int] = Counter()
    for account in accounts:
        here = stretch(first, account.opened, account.closed, days + 1) & asked
        opened[here] += 1
        used = trailing(logins.between(account.id, first, last), rules.WINDOW_DAYS)
        if used and actions is not None:
            used &= trailing(actions.between(account.id, first, last), rules.WINDOW_DAYS)
        active[used & here] += 1
    return opened, active
