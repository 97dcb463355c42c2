"""Reads of people: departments, persons, profiles and accounts as rows, and owners to choose."""

from __future__ import annotations

import datetime as dt

from crm_pilot.folding import folded
from crm_pilot.people.terms import ProfileKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

# A person's name as lists show it: family name last, as people say it.
FULL_NAME = "TRIM({table}.first_name || ' ' || {table}.last_name)"


@dataclass(frozen=True)
class DepartmentRow:
    """A department with the wave it belongs to and how many persons it has."""

    id: int
    name: str
    short: str
    wave_id: int | None
    wave: str | None
    position: int
    persons: int


@dataclass(frozen=True)
class PersonRow:
    """A person; `name` is first and last name."""

    id: int
    code: str | None
    name: str
    first_name: str
    last_name: str
    email: str
    external_id: str | None
    job: str
    department_id: int | None
    department: str | None
    arrived_on: dt.date | None
    note: str


@dataclass(frozen=True)
class ProfileRow:
    """A CRM user profile; expected connection days a week, and its accounts that are not closed."""

    id: int
    name: str
    expected_low: int
    expected_high: int
    measured: bool
    accounts: int
    kind: ProfileKind = ProfileKind.OTHER


@dataclass(frozen=True)
class AccountRow:
    """A CRM account with its person, profile and department where they are known."""

    id: int
    external_id: str
    username: str
    person_id: int | None
    person: str | None
    department_id: int | None
    department: str | None
    profile_id: int | None
    profile: str | None
    opened_on: dt.date | None
    closed_on: dt.date | None


@remembered("department", "wave", "person")
def departments(reader: Reader) -> tuple[DepartmentRow, ...]:
    """Every department: by wave, then in the order the lead gave them."""
    return tuple(
        reader.rows(
            DepartmentRow,
            "SELECT d.id, d.name, d.short, d.wave_id, w.name, d.position,"
            " (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id)"
            " FROM department d LEFT JOIN wave w ON w.id = d.wave_id"
            " ORDER BY w.position IS NULL, w.position, w.id, d.position, d.id",
        )
    )


@remembered("person", "department")
def persons(reader: Reader) -> tuple[PersonRow, ...]:
    """Every person by family name, accents left out of the order."""
    found = reader.rows(
        PersonRow,
        f"SELECT p.id, p.code, {FULL_NAME.format(table='p')}, p.first_name, p.last_name,"
        " p.email, p.external_id, p.job, p.department_id, d.name, p.arrived_on, p.note"
        " FROM person p LEFT JOIN department d ON d.id = p.department_id",
    )
    return tuple(sorted(found, key=lambda p: (folded(p.last_name), folded(p.first_name), p.id)))


@remembered("profile", "account")
def profiles(reader: Reader) -> tuple[ProfileRow, ...]:
    """Every user profile by name."""
    return tuple(
        reader.rows(
            ProfileRow,
            "SELECT f.id, f.name, f.expected_low, f.expected_high, f.measured,"
            " (SELECT COUNT(*) FROM account a WHERE a.profile_id = f.id AND a.closed_on IS NULL),"
            " f.kind FROM profile f ORDER BY f.name COLLATE NOCASE, f.id",
        )
    )


@remembered("account", "person", "department", "profile")
def accounts(reader: Reader) -> tuple[AccountRow, ...]:
    """Every account by username."""
    return tuple(
        reader.rows(
            AccountRow,
            f"SELECT a.id, a.external_id, a.username, a.person_id, {FULL_NAME.format(table='p')},"
            " p.department_id, d.name, a.profile_id, f.name, a.opened_on, a.closed_on"
            " FROM account a LEFT JOIN person p ON p.id = a.person_id"
            " LEFT JOIN department d ON d.id = p.department_id"
            " LEFT JOIN profile f ON f.id = a.profile_id"
            " ORDER BY a.username COLLATE NOCASE, a.id",
        )
    )


@remembered("person", "department")
def owners(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Persons to choose an owner from: id and name, by family name."""
    return tuple((row.id, row.name) for row in persons(reader))
