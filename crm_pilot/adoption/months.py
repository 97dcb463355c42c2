"""The figures of a month: by department, profile and wave, in total, and by account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.curves import TABLES, Place
from crm_pilot.adoption.scope import (
    EVERYONE,
    Scope,
    departments,
    profiles,
    user_names,
    waves,
    within,
)
from crm_pilot.adoption.sums import Sums, period, sums, together
from crm_pilot.adoption.totals import compare_totals, stored
from crm_pilot.folding import folded
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


class ChangeKind(StrEnum):
    """Whether a month can be compared with the one before."""

    NONE = "none"  # nothing is known of this month
    NEW = "new"  # nothing happened the month before, or nobody was open then
    COMPARED = "compared"


@dataclass(frozen=True)
class Change:
    """Month over month, (m - m₋₁) ÷ m₋₁ (DOMAIN.md 2.1), a part of 1.

    `now` is what happened this month and `before` what happened the month before, brought to the
    working days of this month: m₋₁ × working days of m ÷ working days of m₋₁. Both are of the
    accounts that could work in both months, so that a wave that opens is no rise. `partial`: the
    month is not over, and is compared with as many working days of the month before.
    """

    value: float | None
    kind: ChangeKind
    before: float = 0.0
    now: float = 0.0
    partial: bool = False


NO_CHANGE = Change(None, ChangeKind.NONE)


@dataclass(frozen=True)
class ObjectCount:
    """Records of an object created and updated."""

    object_id: int
    name: str
    created: int
    updated: int


@dataclass(frozen=True)
class MonthRow:
    """A department, profile, wave, account, or everybody, in a month; shares are parts of 1.

    `key` None: accounts without a department (profile, wave), whose name is empty.
    """

    key: int | None
    name: str
    accounts: int  # open on the last day of the period
    active: int | None  # in the 28 days up to `active_on`; None: not measured in this month
    active_share: float | None  # adoption rate: active ÷ open accounts
    login_days: int
    working_days: float  # working days less absences, summed over the accounts
    regularity: float | None  # login days ÷ working days
    days_per_week: float | None  # login days ÷ working days × 5
    expected_low: float | None  # mean over the accounts
    expected_high: float | None
    below: bool
    created: int
    updated: int
    objects: tuple[ObjectCount, ...]
    change: Change  # of the login days
    actions_change: Change  # of created + updated
    never: int | None  # accounts that never logged in; None: totals alone are kept
    idle7: int | None  # accounts not logged in for 7 days or longer, that were before
    idle21: int | None  # the same for 21 days; they are among `idle7`

    @property
    def expected_days(self) -> float | None:
        """Login days expected of all accounts together (`rules.expected_days`)."""
        if self.expected_low is None:
            return None
        return rules.expected_days(self.expected_low, self.working_days)


@dataclass(frozen=True)
class MonthFigures:
    """A month of use. `until`: the last day that counts, None when no login is known of it.

    `totals_only`: its days are no longer kept one by one; then it cannot be told by account, and
    a scope of accounts finds nothing (`available` is False).
    """

    month: int
    until: dt.date | None
    partial: bool  # working days of the month are still to come, or their data
    active_on: dt.date | None  # the last day known of both logins and actions
    by_actions: bool  # False: no action was imported by then, logins alone decide
    totals_only: bool
    available: bool
    total: MonthRow
    departments: tuple[MonthRow, ...]
    profiles: tuple[MonthRow, ...]
    waves: tuple[MonthRow, ...]


@remembered("crm_object", "use_total", "action_total", "task", *TABLES)
def month_figures(
    reader: Reader, month: int, today: dt.date, scope: Scope = EVERYONE
) -> MonthFigures:
    """The figures of a month as known on `today`.

    Departments in the order of the waves, profiles by the days expected of them, waves in the
    lead's order; accounts of none of them last. Rows of one kind add up to the total.
    """
    kept = facts.kept_from(reader)
    if kept is not None and facts.first_of(month) < kept:
        return _folded(reader, month, scope)
    span = period(reader, month, today)
    if span is None:
        return _unknown(month)
    by = sums(reader, span, within(reader, scope), lambda a: (a.department_id, a.profile_id))
    known = span.before is not None or compare_totals(reader, facts.after(month, -1), scope, by)
    rows = _Rows(reader, span.partial, span.active_on is not None, compared=known)
    return MonthFigures(
        month=month,
        until=span.until,
        partial=span.partial,
        active_on=span.active_on,
        by_actions=facts.last_action(reader, span.until) is not None,
        totals_only=False,
        available=True,
        **rows.all(by),
    )


def _folded(reader: Reader, month: int, scope: Scope) -> MonthFigures:
    """A month of which the totals alone are kept."""
    if scope.accounts is not None:
        return replace(_unknown(month), totals_only=True, available=False)
    by = stored(reader, month, scope)
    if not by:
        return replace(_unknown(month), totals_only=True)
    known = compare_totals(reader, facts.after(month, -1), scope, by)
    measured = any(one.active for one in stored(reader, month, EVERYONE).values())
    rows = _Rows(reader, False, measured, totals_only=True, compared=known)
    until = facts.last_of(month)
    acted = any(one.counts for one in by.values())
    on = until if measured else None
    return MonthFigures(month, until, False, on, acted, True, True, **rows.all(by))


def _unknown(month: int) -> MonthFigures:
    """A month of which no login is known."""
    nothing = MonthRow(
        *(None, "", 0, None, None, 0, 0.0, None, None, None, None, False, 0, 0, ()),
        *(NO_CHANGE, NO_CHANGE, None, None, None),
    )
    return MonthFigures(month, None, False, None, False, False, True, nothing, (), (), ())


@remembered("crm_object", *TABLES)
def user_months(
    reader: Reader, month: int, today: dt.date, scope: Scope = EVERYONE
) -> tuple[MonthRow, ...]:
    """The same by account, for the lead's own eyes and behind the lock of the works council.

    By name, never by use: there is no ranking of persons (DOMAIN.md 6). Accounts that were open
    in the month."""
    kept = facts.kept_from(reader)
    span = period(reader, month, today)
    if span is None or (kept is not None and facts.first_of(month) < kept):
        return ()
    by = sums(reader, span, within(reader, scope), lambda account: account.id)
    measured, compared = span.active_on is not None, span.before is not None
    rows = _Rows(reader, span.partial, measured, compared=compared)
    named = user_names(reader)
    made = [rows.row(key, named.get(key, ""), one) for key, one in by.items() if not one.empty]
    return tuple(sorted(made, key=lambda row: (folded(row.name), row.key or 0)))


@remembered("use_total", *facts.TABLES)
def months_known(reader: Reader, today: dt.date) -> tuple[int, ...]:
    """Months, oldest first, of which something is known: days or totals."""
    rows = reader.select(
        f"SELECT month FROM login_fact WHERE {facts.KEPT} AND month <= ?1"
        " UNION SELECT month FROM use_total WHERE month <= ?1 ORDER BY 1",
        facts.month_of(today),
    )
    return tuple(month for (month,) in rows)


class _Rows:
    """Makes rows of sums."""

    def __init__(
        self,
        reader: Reader,
        partial: bool,
        measured: bool,
        *,
        compared: bool,
        totals_only: bool = False,
    ) -> None:
        self._reader = reader
        self._partial, self._measured = partial, measured
        self._compared, self._totals_only = compared, totals_only
        self._objects = dict(reader.select("SELECT id, name FROM crm_object"))

    def all(self, by: Mapping[Place, Sums]) -> dict[str, Any]:
        """The total and the rows of departments, profiles and waves."""
        wave_of = {place.id: place.wave_id for place in departments(self._reader)}
        places = [(place.id, place.name) for place in departments(self._reader)]
        kinds = [(profile.id, profile.name) for profile in profiles(self._reader)]
        parts = [(wave.id, wave.name) for wave in waves(self._reader)]
        return {
            "total": self.row(None, "", together(by.values())),
            "departments": self._some(by, places, lambda place: place[0]),
            "profiles": self._some(by, kinds, lambda place: place[1]),
            "waves": self._some(by, parts, lambda place: wave_of.get(place[0] or 0)),
        }

    def _some(
        self,
        by: Mapping[Place, Sums],
        named: list[tuple[int, str]],
        key: Callable[[Place], int | None],
    ) -> tuple[MonthRow, ...]:
        """A row for each that has accounts, and one for those that have no place."""
        known = {number for number, _ in named}
        found: dict[int | None, Sums] = defaultdict(Sums)
        for place, one in by.items():
            number = key(place)
            found[number if number in known else None].add(one)
        every: list[tuple[int | None, str]] = [*named, (None, "")]
        return tuple(
            self.row(number, name, found[number])
            for number, name in every
            if number in found and not found[number].empty
        )

    def row(self, key: int | None, name: str, one: Sums) -> MonthRow:
        """A row of sums; every figure of it is computed here."""
        per_week = rules.days_per_week(one.login_days, one.working_days)
        low = one.low / one.expecting if one.expecting else None
        active = one.active if self._measured else None
        return MonthRow(
            key=key,
            name=name,
            accounts=one.accounts,
            active=active,
            active_share=None if active is None or not one.accounts else active / one.accounts,
            login_days=one.login_days,
            working_days=one.working_days,
            regularity=rules.regularity(one.login_days, one.working_days),
            days_per_week=per_week,
            expected_low=low,
            expected_high=one.high / one.expecting if one.expecting else None,
            below=rules.is_below(per_week, low),
            created=sum(created for created, _ in one.counts.values()),
            updated=sum(updated for _, updated in one.counts.values()),
            objects=self._counted(one),
            change=self._change(one, 0),
            actions_change=self._change(one, 1),
            never=None if self._totals_only else one.never,
            idle7=None if self._totals_only else one.idle7,
            idle21=None if self._totals_only else one.idle21,
        )

    def _counted(self, one: Sums) -> tuple[ObjectCount, ...]:
        """Records by object, the most first."""
        made = [
            ObjectCount(thing, self._objects[thing], created, updated)
            for thing, (created, updated) in one.counts.items()
            if thing in self._objects and (created or updated)
        ]
        return tuple(sorted(made, key=lambda o: (-o.created - o.updated, o.name)))

    def _change(self, one: Sums, what: int) -> Change:
        """Of login days (0) or of actions (1)."""
        now, working, past = float(one.now[what]), one.now[2], one.before[2]
        if not self._compared or one.empty:
            return NO_CHANGE
        before = one.before[what] * working / past if past else 0.0
        if not before:
            return Change(None, ChangeKind.NEW, 0.0, now, self._partial)
        return Change((now - before) / before, ChangeKind.COMPARED, before, now, self._partial)
