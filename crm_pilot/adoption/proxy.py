"""Proxy typing (saisie par procuration): records of salespeople that assistants created.

Told in sums only, never of one salesperson (D9, DOMAIN.md 7).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crm_pilot.adoption import facts, facts_rare
from crm_pilot.adoption.rules import ONE_DAY
from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.adoption.scope import UserAccount, accounts
from crm_pilot.people.terms import ProfileKind
from crm_pilot.people.working import CALENDAR_TABLES, working_days
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

HALF = 0.5  # from here on somebody's records are mostly typed by others
SMALL = 5  # fewer salespeople are told together, or not at all
NOT_SELLING = {ProfileKind.ASSISTANT, ProfileKind.ADMINISTRATOR, ProfileKind.INTEGRATION}


@dataclass(frozen=True)
class ProxyDepartment:
    """A department with five salespeople or more; `department` None: the smaller ones together.
    `share` None: even together they are fewer than five."""

    department_id: int | None
    department: str | None
    owners: int
    share: float | None


@dataclass(frozen=True)
class ProxyShare:
    """The last full month. `known`: some profile is of assistants, and an export of that month
    named owners. `share` None: fewer than five salespeople, or nothing known."""

    known: bool
    month: int | None  # 202610
    owners: int  # salespeople with records created in the month
    proxied: int  # of them, those with at least half of the records created by assistants
    records: int
    by_assistants: int
    share: float | None
    departments: tuple[ProxyDepartment, ...]


@dataclass
class _Sums:
    """Records of a salesperson: created by themselves, by assistants, by others."""

    account: UserAccount
    own: int = 0
    assistants: int = 0
    others: int = 0

    @property
    def records(self) -> int:
        return self.own + self.assistants + self.others

    @property
    def proxied(self) -> bool:
        return self.assistants >= HALF * self.records


@remembered(*SCOPE_TABLES, *CALENDAR_TABLES, *facts.TABLES)
def share(reader: Reader, today: dt.date) -> ProxyShare:
    """Records of salespeople created by assistants ÷ records of salespeople (D9, DOMAIN.md 7).

    A salesperson's records of a month are those they created and those that others created in
    their name. Salespeople are all owners but assistants, administrators and interfaces.
    """
    month = last_full_month(reader, today)
    assistants = _assistants(reader)
    owned = {} if month is None else facts_rare.owned(reader, month)
    if month is None or not owned or not assistants:
        return ProxyShare(False, month, 0, 0, 0, 0, None, ())
    rows = _sums(reader, month, owned, assistants)
    enough = len(rows) >= SMALL
    return ProxyShare(
        known=True,
        month=month,
        owners=len(rows),
        proxied=sum(one.proxied for one in rows) if enough else 0,
        records=sum(one.records for one in rows),
        by_assistants=sum(one.assistants for one in rows) if enough else 0,
        share=_share(rows),
        departments=_departments(rows),
    )


def last_full_month(reader: Reader, today: dt.date) -> int | None:
    """The last month of which no working day comes after the last action known."""
    until = facts.last_action(reader, today)
    if until is None:
        return None
    month = facts.month_of(until)
    rest = working_days(reader).count(None, until + ONE_DAY, facts.last_of(month))
    return facts.after(month, -1) if rest else month


def _assistants(reader: Reader) -> frozenset[int]:
    """Accounts of assistants, measured or not."""
    rows = reader.select(
        "SELECT a.id FROM account a JOIN profile f ON f.id = a.profile_id WHERE f.kind = ?",
        ProfileKind.ASSISTANT,
    )
    return frozenset(key for (key,) in rows)


def _sums(
    reader: Reader,
    month: int,
    owned: Mapping[tuple[int, int], int],
    assistants: frozenset[int],
) -> list[_Sums]:
    """The records of every salesperson who has some."""
    rows = {a.id: _Sums(a) for a in accounts(reader) if a.profile_kind not in NOT_SELLING}
    for account, _, created, _ in facts.records(
        reader, facts.first_of(month), facts.last_of(month)
    ):
        if account in rows:
            rows[account].own += created
    for (owner, account), created in owned.items():
        if owner in rows and account in assistants:
            rows[owner].assistants += created
        elif owner in rows and account != owner:  # their own are counted above
            rows[owner].others += created
    return [one for one in rows.values() if one.records]


def _share(rows: Sequence[_Sums]) -> float | None:
    """Σ created by assistants ÷ Σ records, None of fewer than five salespeople."""
    if len(rows) < SMALL:
        return None
    return sum(one.assistants for one in rows) / sum(one.records for one in rows)


def _departments(rows: Sequence[_Sums]) -> tuple[ProxyDepartment, ...]:
    by_department: dict[int | None, list[_Sums]] = defaultdict(list)
    for one in rows:
        by_department[one.account.department_id].append(one)
    large = {
        key: some for key, some in by_department.items() if key is not None and len(some) >= SMALL
    }
    rest = [one for key, some in by_department.items() if key not in large for one in some]
    while 0 < len(rest) < SMALL and large:  # what is missing from the whole would tell them
        rest += large.pop(min(large, key=lambda key: len(large[key])))
    found = [
        ProxyDepartment(key, some[0].account.department, len(some), _share(some))
        for key, some in large.items()
    ]
    if rest:
        found.append(ProxyDepartment(None, None, len(rest), _share(rest)))
    return tuple(found)
