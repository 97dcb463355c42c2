"""The figures of a month: by department, profile and wave, in total, and by account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from crm_pilot.adoption import facts
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, within
from crm_pilot.store.reader import Reader


class ChangeKind(StrEnum):
    """Whether a month can be compared with the one before."""

    NONE = "none"  # nothing is known of this month
    NEW = "new"  # nothing happened the month before, or nobody was open then
    COMPARED = "compared"


@dataclass(frozen=True)
class Change:
    """Month over month, (m - m₋₁) ÷ m₋₁ (DOMAIN.md 2.1), a part of 1.

    `before` and `now` are what is compared; `partial`: the month is not over, and as many working
    days of both are compared.
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
    active: int
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
    never: int  # accounts that never logged in
    idle7: int  # that logged in once, not in the last 7 days
    idle21: int  # that logged in once, not in the last 21 days; among `idle7`, too


@dataclass(frozen=True)
class MonthFigures:
    """A month of use. `until`: the last day that counts, None when no login is known of it."""

    month: int
    until: dt.date | None
    partial: bool  # the month is not over, or its data end before it does
    totals_only: bool  # its days are no longer kept
    total: MonthRow
    departments: tuple[MonthRow, ...]
    profiles: tuple[MonthRow, ...]
    waves: tuple[MonthRow, ...]


def month_figures(
    reader: Reader, month: int, today: dt.date, scope: Scope = EVERYONE
) -> MonthFigures:
    """The figures of a month as known on `today`."""
    found = within(reader, scope)
    return MonthFigures(month, None, True, False, _row(None, "", found), (), (), ())


def user_months(
    reader: Reader, month: int, today: dt.date, scope: Scope = EVERYONE
) -> tuple[MonthRow, ...]:
    """The same by account, for the lead's own eyes and behind the lock of the works council."""
    return ()


def months_known(reader: Reader, today: dt.date) -> tuple[int, ...]:
    """Months, oldest first, of which something is known: days or totals."""
    rows = reader.select(
        f"SELECT month FROM login_fact WHERE {facts.KEPT} AND month <= ?1"
        " UNION SELECT month FROM use_total WHERE month <= ?1 ORDER BY 1",
        facts.month_of(today),
    )
    return tuple(month for (month,) in rows)


def _row(key: int | None, name: str, found: tuple[UserAccount, ...]) -> MonthRow:
    """A row of which nothing is known but the accounts."""
    return MonthRow(
        *(key, name, len(found), 0, None, 0, 0.0, None, None, None, None, False, 0, 0, ()),
        *(NO_CHANGE, NO_CHANGE, 0, 0, 0),
    )
