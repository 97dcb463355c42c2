"""What is summed of a month: by department and profile, or by account.

Days count by the masks of `worked.py`; records are summed by the database. Every figure of a row
(`months.py`) follows from such sums, those of months whose days are no longer kept alike.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import field
from typing import TypeVar

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.active import active_accounts
from crm_pilot.adoption.scope import UserAccount
from crm_pilot.adoption.worked import worked
from crm_pilot.people.working import working_days
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

K = TypeVar("K", bound=Hashable)
Counts = dict[int, tuple[int, int]]  # object → created, updated


@dataclass(slots=True)
class Sums:
    """Sums over accounts. `now` and `before` are what month over month compares: login days,
    actions and working days of the accounts that can be compared, this month and the last."""

    accounts: int = 0
    active: int = 0
    login_days: int = 0
    working_days: float = 0.0
    low: int = 0
    high: int = 0
    expecting: int = 0  # accounts of which days are expected
    never: int = 0
    idle7: int = 0
    idle21: int = 0
    now: tuple[int, int, float] = (0, 0, 0.0)
    before: tuple[int, int, float] = (0, 0, 0.0)
    counts: Counts = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Nobody was open and nothing happened."""
        return not (self.accounts or self.login_days or self.working_days or self.counts)

    def add(self, other: Sums) -> None:
        """Take the sums of others in."""
        for name in _PLAIN:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.now = _both(self.now, other.now)
        self.before = _both(self.before, other.before)
        for thing, (created, updated) in other.counts.items():
            self.count(thing, created, updated)

    def count(self, thing: int, created: int, updated: int) -> None:
        """Take records of an object in."""
        had = self.counts.get(thing, (0, 0))
        self.counts[thing] = (had[0] + created, had[1] + updated)


_PLAIN = (
    *("accounts", "active", "login_days", "working_days", "low", "high", "expecting"),
    *("never", "idle7", "idle21"),
)


def _both(one: tuple[int, int, float], other: tuple[int, int, float]) -> tuple[int, int, float]:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2])


def together(every: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    made = Sums()
    for one in every:
        made.add(one)
    return made


@dataclass(frozen=True)
class Period:
    """The days of a month that count, and those of the month before they are compared with.

    `before` is None where the days of the month before are not kept one by one."""

    first: dt.date
    until: dt.date
    partial: bool
    before: tuple[dt.date, dt.date] | None
    active_on: dt.date | None  # the active share is measured on this day; None: not in this month


def period(reader: Reader, month: int, today: dt.date) -> Period | None:
    """The period of a month; None when nobody is known to have been connected in it.

    A month that is not over is compared with as many working days of the one before, counted from
    its first ("compare equal working days", DOMAIN.md 2.1).
    """
    first = facts.first_of(month)
    last = min(facts.last_of(month), today)
    known = facts.last_login(reader, last)
    if known is None or known < first:
        return None
    newest = facts.last_login(reader, today)
    until = last if newest is not None and newest > last else known
    rest = working_days(reader).count(None, until + rules.ONE_DAY, facts.last_of(month))
    if not rest:  # a weekend or a holiday ends the month
        until = last
    before = _before(reader, month, until, bool(rest))
    return Period(first, until, bool(rest), before, _active_on(reader, first, until))


def _before(
    reader: Reader, month: int, until: dt.date, partial: bool
) -> tuple[dt.date, dt.date] | None:
    """The days of the month before that are compared; None when they are not kept."""
    first = facts.first_of(facts.after(month, -1))
    last = facts.first_of(month) - rules.ONE_DAY
    if first < (facts.kept_from(reader) or first):
        return None
    if partial:
        calendars = working_days(reader)
        number = calendars.count(None, facts.first_of(month), until)
        last = calendars.reached(number, first, last)
    return first, last


def _active_on(reader: Reader, first: dt.date, until: dt.date) -> dt.date | None:
    """The last day, not after `until`, known of both logins and actions."""
    acted = facts.last_action(reader, until)
    day = until if acted is None else min(until, acted)
    return day if day >= first else None


def sums(
    reader: Reader, span: Period, accounts: Iterable[UserAccount], key: Callable[[UserAccount], K]
) -> dict[K, Sums]:
    """The sums of a period over some accounts, by a key of theirs."""
    made: dict[K, Sums] = {}
    places: dict[int, Sums] = {}
    chosen = tuple(accounts)
    for account in chosen:
        places[account.id] = made.setdefault(key(account), Sums())
    _open_accounts(reader, span, chosen, places)
    comparable = _days(reader, span, chosen, places)
    _records(reader, span, places, comparable)
    return made


def _open_accounts(
    reader: Reader, span: Period, accounts: Iterable[UserAccount], places: Mapping[int, Sums]
) -> None:
    """Accounts open on the last day of the period: active, never logged, idle, expected."""
    active = active_accounts(reader, span.active_on) if span.active_on else frozenset()
    last, kept = facts.last_logins(reader, span.until), facts.kept_from(reader)
    for account in accounts:
        if not rules.is_open(account.opened, account.closed, span.until):
            continue
        place = places[account.id]
        place.accounts += 1
        place.active += account.id in active
        if account.low is not None and account.high is not None:
            place.low += account.low
            place.high += account.high
            place.expecting += 1
        idle = rules.idle_days(last.get(account.id), account.opened, kept, span.until)
        place.never += idle is None
        place.idle7 += idle is not None and idle >= rules.IDLE_DAYS[0]
        place.idle21 += idle is not None and idle >= rules.IDLE_DAYS[1]


def _days(
    reader: Reader, span: Period, accounts: Iterable[UserAccount], places: Mapping[int, Sums]
) -> frozenset[int]:
    """Login and working days; the accounts that can be compared with the month before."""
    logins = facts.login_days(reader, span.first, span.until).bits
    mine = worked(reader, span.first, span.until)
    then = worked(reader, *span.before) if span.before else None
    earlier = facts.login_days(reader, *span.before).bits if span.before else {}
    comparable = set()
    for account in accounts:
        key = account.id
        place, days, working = places[key], logins.get(key, 0).bit_count(), mine.total(key)
        place.login_days += days
        place.working_days += working
        past = then.total(key) if then is not None else 0.0
        if working and past:
            comparable.add(key)
            place.now = _both(place.now, (days, 0, working))
            place.before = _both(place.before, (earlier.get(key, 0).bit_count(), 0, past))
    return frozenset(comparable)


def _records(
    reader: Reader, span: Period, places: Mapping[int, Sums], comparable: frozenset[int]
) -> None:
    """Records by object, and the actions that are compared."""
    done: dict[int, int] = defaultdict(int)
    for account, thing, created, updated in facts.records(reader, span.first, span.until):
        if account in places:
            places[account].count(thing, created, updated)
            done[account] += created + updated
    earlier = facts.actions(reader, *span.before) if span.before else {}
    for account in comparable:
        place = places[account]
        place.now = _both(place.now, (0, done.get(account, 0), 0.0))
        place.before = _both(place.before, (0, earlier.get(account, 0), 0.0))
