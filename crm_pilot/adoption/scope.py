"""Whose use is looked at: the measured accounts, and the part of them somebody asks about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from crm_pilot.people.queries import FULL_NAME
from crm_pilot.people.terms import ProfileKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

TABLES = ("account", "profile", "person", "department", "wave")  # of whom the accounts are


class UserAccount(NamedTuple):  # made by the thousand: a third of the time of a frozen class
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

    def keeps_department(self, department: int | None, wave: int | None) -> bool:
        """Whether accounts of a department of a wave may be looked at."""
        return (self.departments is None or department in self.departments) and (
            self.waves is None or wave in self.waves
        )

    def keeps(self, account: UserAccount) -> bool:
        """Whether an account is looked at."""
        return (
            (self.profiles is None or account.profile_id in self.profiles)
            and (self.departments is None or account.department_id in self.departments)
            and (self.waves is None or account.wave_id in self.waves)
            and (self.accounts is None or account.id in self.accounts)
        )


EVERYONE = Scope()
NOBODY = ("", None, None, None)  # what is said of an account without a profile
NOWHERE = (None, "", "")  # and without a department


@dataclass(frozen=True, slots=True)
class WavePlace:
    """A wave and the day its milestone is set to."""

    id: int
    name: str
    pilot: bool
    go_live: dt.date | None


@dataclass(frozen=True, slots=True)
class DepartmentPlace:
    """A department with its wave."""

    id: int
    name: str
    short: str
    wave_id: int | None
    go_live: dt.date | None


@dataclass(frozen=True, slots=True)
class ProfilePlace:
    """A measured profile and the days a week expected of it."""

    id: int
    name: str
    kind: ProfileKind
    low: int
    high: int


@remembered("wave", "task")
def waves(reader: Reader) -> tuple[WavePlace, ...]:
    """Every wave in the lead's order."""
    return tuple(
        reader.rows(
            WavePlace,
            "SELECT w.id, w.name, w.pilot, t.start FROM wave w"
            " LEFT JOIN task t ON t.id = w.milestone_id ORDER BY w.position, w.id",
        )
    )


@remembered("department", "wave", "task")
def departments(reader: Reader) -> tuple[DepartmentPlace, ...]:
    """Every department: by wave, then as the lead put them."""
    return tuple(
        reader.rows(
            DepartmentPlace,
            "SELECT d.id, d.name, d.short, w.id, t.start FROM department d LEFT JOIN wave w"
            " ON w.id = d.wave_id LEFT JOIN task t ON t.id = w.milestone_id"
            " ORDER BY coalesce(w.position, 999), d.position, d.id",
        )
    )


@remembered("profile")
def profiles(reader: Reader) -> tuple[ProfilePlace, ...]:
    """Measured profiles, those of whom the fewest days are expected first."""
    return tuple(
        reader.rows(
            ProfilePlace,
            "SELECT id, name, kind, expected_low, expected_high FROM profile WHERE measured"
            " ORDER BY expected_low, name",
        )
    )


@remembered("wave", "task")
def go_lives(reader: Reader) -> tuple[tuple[dt.date, str], ...]:
    """Day and wave of every go-live that is dated, by day."""
    dated = [(wave.go_live, wave.name) for wave in waves(reader) if wave.go_live is not None]
    return tuple(sorted(dated, key=lambda one: one[0]))


@remembered("account", "person")
def user_names(reader: Reader) -> Mapping[int, str]:
    """Account → the name of its person, else as the CRM writes it."""
    return dict(
        reader.select(
            f"SELECT a.id, coalesce(nullif({FULL_NAME.format(table='p')}, ''),"
            " nullif(a.full_name, ''), nullif(a.username, ''), a.external_id)"
            " FROM account a LEFT JOIN person p ON p.id = a.person_id"
        )
    )


@remembered(*TABLES)
def accounts(reader: Reader) -> tuple[UserAccount, ...]:
    """Measured accounts, also closed ones; one without a profile is measured, without expectation.

    In the order of the departments: by wave, then as the lead put them; those of no department
    last."""
    profile_of = {profile.id: profile for profile in profiles(reader)}
    place_of = {place.id: place for place in departments(reader)}
    wave_of = {wave.id: wave for wave in waves(reader)}
    made: dict[int | None, list[UserAccount]] = {key: [] for key in (*place_of, None)}
    for key, person, profile_id, opened, closed, licence, department, calendar in reader.select(
        "SELECT a.id, a.person_id, a.profile_id, a.opened_on, a.closed_on, a.licence,"
        " p.department_id, p.calendar_id FROM account a LEFT JOIN person p ON p.id = a.person_id"
        " LEFT JOIN profile f ON f.id = a.profile_id WHERE coalesce(f.measured, 1) ORDER BY a.id"
    ):
        profile, place = profile_of.get(profile_id), place_of.get(department)
        wave = wave_of.get(place.wave_id) if place and place.wave_id else None
        row = (
            *(key, person, profile_id),
            *((profile.name, profile.kind, profile.low, profile.high) if profile else NOBODY),
            *((place.id, place.name, place.short) if place else NOWHERE),
            *((wave.id, wave.name, wave.pilot) if wave else (None, "", False)),
            *(opened and date_from_iso(opened), closed and date_from_iso(closed)),
            *(licence, calendar),
        )
        made[department].append(UserAccount._make(row))
    return tuple(account for some in made.values() for account in some)


@remembered(*TABLES)
def within(reader: Reader, scope: Scope) -> tuple[UserAccount, ...]:
    """The accounts of a scope."""
    everyone = accounts(reader)
    return everyone if scope == EVERYONE else tuple(a for a in everyone if scope.keeps(a))
