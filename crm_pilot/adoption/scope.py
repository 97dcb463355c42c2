"""Whose use is looked at: the measured accounts, and the part of them somebody asks about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.people.terms import ProfileKind
from crm_pilot.store.reader import Reader, remembered

TABLES = ("account", "profile", "person", "department", "wave")  # of whom the accounts are


@dataclass(frozen=True, slots=True)
class UserAccount:
    """An account of a measured profile with its person's department and wave.

    `low` and `high` are the days a week expected of the profile; None without a profile. `wave`
    is that of the department. `calendar_id` is the person's own calendar; None: the project's.
    """

    id: int
    person_id: int | None
    profile_id: int | None
    profile: str
    profile_kind: ProfileKind | None
    low: int | None
    high: int | None
    department_id: int | None
    department: str
    short: str
    wave_id: int | None
    wave: str
    pilot: bool
    opened: dt.date | None
    closed: dt.date | None
    licence: str
    calendar_id: int | None


@dataclass(frozen=True)
class Scope:
    """A part of the accounts; None: all of them. Parts given together must all hold."""

    profiles: frozenset[int] | None = None
    departments: frozenset[int] | None = None
    waves: frozenset[int] | None = None
    accounts: frozenset[int] | None = None

    def keeps(self, account: UserAccount) -> bool:
        """Whether an account is looked at."""
        return (
            (self.profiles is None or account.profile_id in self.profiles)
            and (self.departments is None or account.department_id in self.departments)
            and (self.waves is None or account.wave_id in self.waves)
            and (self.accounts is None or account.id in self.accounts)
        )


EVERYONE = Scope()


@remembered(*TABLES)
def accounts(reader: Reader) -> tuple[UserAccount, ...]:
    """Measured accounts, also closed ones; one without a profile is measured, without expectation.

    In the order of the departments: by wave, then as the lead put them; those of no department
    last."""
    return tuple(
        reader.rows(
            UserAccount,
            "SELECT a.id, a.person_id, a.profile_id, coalesce(f.name, ''), f.kind, f.expected_low,"
            " f.expected_high, d.id, coalesce(d.name, ''), coalesce(d.short, ''), w.id,"
            " coalesce(w.name, ''), coalesce(w.pilot, 0), a.opened_on, a.closed_on, a.licence,"
            " p.calendar_id FROM account a LEFT JOIN profile f ON f.id = a.profile_id"
            " LEFT JOIN person p ON p.id = a.person_id LEFT JOIN department d"
            " ON d.id = p.department_id LEFT JOIN wave w ON w.id = d.wave_id"
            " WHERE coalesce(f.measured, 1)"
            " ORDER BY d.id IS NULL, coalesce(w.position, 999), d.position, d.id, a.id",
        )
    )


def within(reader: Reader, scope: Scope) -> tuple[UserAccount, ...]:
    """The accounts of a scope."""
    everyone = accounts(reader)
    return everyone if scope == EVERYONE else tuple(a for a in everyone if scope.keeps(a))
