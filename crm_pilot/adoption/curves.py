"""Login days by ISO week: sums by department and profile, from which all curves are drawn."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import field

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption import worked as working
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, within
from crm_pilot.adoption.use_days import UseDays, lanes, spread
from crm_pilot.adoption.worked import Worked, worked
from crm_pilot.people.working import working_days
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

WEEKS = 10
TABLES = (*working.TABLES, *facts.TABLES)
Place = tuple[int | None, int | None]  # department, profile
ALL_WEEK = (1 << 7) - 1


@dataclass(frozen=True)
class WeekUse:
    """A week of some accounts: those open from Monday to Friday, their login days, and their
    working days without absences."""

    accounts: int = 0
    login_days: int = 0
    working_days: float = 0.0

    @property
    def per_week(self) -> float | None:
        """Login days a week, scaled to five working days."""
        return rules.days_per_week(self.login_days, self.working_days)


@dataclass(frozen=True)
class PlaceUse:
    """The weeks of a department and profile; the accounts open on the last day known, and the
    sums of the days expected of those of them that have a profile."""

    weeks: tuple[WeekUse, ...]
    accounts: int
    expecting: int
    low: int
    high: int


@dataclass(frozen=True)
class WeeklyUse:
    """Weeks of use; `until` is the last day known of logins."""

    until: dt.date | None
    weeks: tuple[dt.date, ...]  # Mondays
    places: Mapping[Place, PlaceUse]

    def by_department(self) -> dict[int | None, PlaceUse]:
        """The sums of every department; None: accounts of none."""
        return self._by(0)

    def by_profile(self) -> dict[int | None, PlaceUse]:
        """The sums of every profile; None: accounts of none."""
        return self._by(1)

    def _by(self, part: int) -> dict[int | None, PlaceUse]:
        groups: dict[int | None, list[PlaceUse]] = defaultdict(list)
        for place, use in self.places.items():
            groups[place[part]].append(use)
        return {key: _together(uses) for key, uses in groups.items()}


def _together(uses: list[PlaceUse]) -> PlaceUse:
    """The sum of some places."""
    weeks = tuple(
        WeekUse(
            sum(week.accounts for week in same),
            sum(week.login_days for week in same),
            sum(week.working_days for week in same),
        )
        for same in zip(*(use.weeks for use in uses), strict=True)
    )
    return PlaceUse(
        weeks,
        sum(use.accounts for use in uses),
        sum(use.expecting for use in uses),
        sum(use.low for use in uses),
        sum(use.high for use in uses),
    )


@remembered(*TABLES)
def weekly(
    reader: Reader, today: dt.date, weeks: int = WEEKS, scope: Scope = EVERYONE
) -> WeeklyUse:
    """The last `weeks` full weeks known on `today`; none without a login."""
    until = facts.last_login(reader, today)
    if until is None:
        return WeeklyUse(None, (), {})
    mondays = rules.weeks_back(rules.last_full_week(until, working_days(reader)), weeks)
    first, last = mondays[0], mondays[-1] + dt.timedelta(days=6)
    made = _Weeks(
        _known_from(reader, until),
        mondays,
        until,
        facts.login_days(reader, first, last),
        worked(reader, first, last),
    )
    for account in within(reader, scope):
        made.take(account)
    return WeeklyUse(until, tuple(mondays), made.places())


def _known_from(reader: Reader, until: dt.date) -> dt.date:
    """Monday of the first week of which something may be known: not before the first login that
    was imported, nor before the days that are kept one by one."""
    first = facts.first_login(reader, until) or until
    kept = facts.kept_from(reader)
    return rules.monday(first) if kept is None else max(rules.monday(first), kept)


@dataclass
class _Taken:
    """What was summed of a place: login days and half-days away a lane each, and how many accounts
    share the same working days, and the same weeks."""

    logins: int = 0
    halves: int = 0
    working: Counter[int] = field(default_factory=Counter)
    whole: Counter[int] = field(default_factory=Counter)
    accounts: int = 0
    expecting: int = 0
    low: int = 0
    high: int = 0


class _Weeks:
    """Takes accounts in, one after the other. An account counts in the weeks in which it was open
    from Monday to Friday; weeks before `since` are not known."""

    def __init__(
        self, since: dt.date, mondays: list[dt.date], until: dt.date, logins: UseDays, work: Worked
    ) -> None:
        self._since, self._mondays, self._until = since, mondays, until
        self._logins, self._work = logins.bits, work
        self._places: dict[Place, _Taken] = defaultdict(_Taken)
        self._spans: dict[tuple[dt.date | None, dt.date | None], int] = {}

    def take(self, account: UserAccount) -> None:
        """Take an account in."""
        place = self._places[account.department_id, account.profile_id]
        if rules.is_open(account.opened, account.closed, self._until):
            place.accounts += 1
            if account.low is not None and account.high is not None:
                place.expecting += 1
                place.low += account.low
                place.high += account.high
        whole = self._whole(account.opened, account.closed)
        if not whole:
            return
        place.whole[whole] += 1
        place.logins += spread(self._logins.get(account.id, 0) & whole)
        days = self._work.bits.get(account.id, 0) & whole
        place.working[days] += 1
        if account.id in self._work.away:
            mornings, afternoons = self._work.away[account.id]
            place.halves += spread(days & mornings) + spread(days & afternoons)

    def _whole(self, opened: dt.date | None, closed: dt.date | None) -> int:
        """Bits of the days of the weeks in which an account is open from Monday to Friday."""
        span = (opened, closed)
        if span not in self._spans:
            self._spans[span] = sum(
                ALL_WEEK << 7 * n
                for n, week in enumerate(self._mondays)
                if week >= self._since and rules.is_open_all_week(opened, closed, week)
            )
        return self._spans[span]

    def places(self) -> dict[Place, PlaceUse]:
        """The sums of every place."""
        return {place: self._summed(taken) for place, taken in self._places.items()}

    def _summed(self, taken: _Taken) -> PlaceUse:
        days = 7 * len(self._mondays)
        logins, halves = lanes(taken.logins, days), lanes(taken.halves, days)
        weeks = tuple(
            WeekUse(
                sum(count for bits, count in taken.whole.items() if bits >> at & 1),
                sum(logins[at : at + 7]),
                sum((b >> at & ALL_WEEK).bit_count() * c for b, c in taken.working.items())
                - sum(halves[at : at + 7]) / 2,
            )
            for at in range(0, days, 7)
        )
        return PlaceUse(weeks, taken.accounts, taken.expecting, taken.low, taken.high)
