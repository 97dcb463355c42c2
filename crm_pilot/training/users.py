"""Who is to be trained, and who is: the persons and trainings that every figure counts.

A user is a person with at least one CRM account that is not closed, opened or still to open, of a
measured profile. A training is one formal session somebody was present at, by the day asked for;
it counts until it expires.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

USER_TABLES = ("account", "profile", "person", "department", "wave")
TRAINED_TABLES = ("attendance", "training_session", "course")

# Persons with an account in scope on a day (?1).
USERS = (
    "SELECT DISTINCT a.person_id AS person_id FROM account a"
    " LEFT JOIN profile f ON f.id = a.profile_id"
    " WHERE a.person_id IS NOT NULL AND COALESCE(f.measured, 1) = 1"
    " AND (a.closed_on IS NULL OR a.closed_on > ?1)"
)
# The day a training expires: so many months later, the last day of a shorter month.
_EXPIRES = (
    "MIN(DATE(s.held_on, '+' || c.valid_months || ' months'),"
    " DATE(s.held_on, 'start of month', '+' || (c.valid_months + 1) || ' months', '-1 day'))"
)
# Attendances t at sessions s that make somebody trained on a day (?1).
_COUNTED = (
    "FROM attendance t JOIN training_session s ON s.id = t.session_id"
    " JOIN course c ON c.id = s.course_id"
    " WHERE t.presence = 'present' AND s.held_on <= ?1 AND c.formal"
    f" AND (c.valid_months IS NULL OR {_EXPIRES} > ?1)"
)
# Persons trained on a day (?1).
TRAINED = f"SELECT DISTINCT t.person_id AS person_id {_COUNTED}"


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class User:
    """A person with an account in scope; `opened` is when the first of their accounts was."""

    id: int
    name: str
    department_id: int | None
    department: str | None
    wave_id: int | None
    wave: str | None
    profiles: frozenset[int]
    opened: dt.date | None


@dataclass(frozen=True)
class Training:
    """A session somebody was present at; `expires_on` None: never."""

    person_id: int
    session_id: int
    course_id: int
    course: str
    held_on: dt.date
    formal: bool
    valid_months: int | None

    @property
    def expires_on(self) -> dt.date | None:
        """The first day on which it counts no longer."""
        months = self.valid_months
        return None if months is None else months_later(self.held_on, months)

    def counts(self, today: dt.date) -> bool:
        """Whether it makes somebody trained on a day."""
        expires = self.expires_on
        held = self.held_on <= today
        return held and self.formal and (expires is None or today < expires)


@remembered(*USER_TABLES)
def users(reader: Reader, today: dt.date) -> tuple[User, ...]:
    """Every user, by family name."""
    rows = reader.select(
        f"SELECT p.id, {FULL_NAME.format(table='p')}, d.id, d.name, w.id, w.name, a.profile_id,"
        " a.opened_on FROM account a JOIN person p ON p.id = a.person_id"
        " LEFT JOIN profile f ON f.id = a.profile_id"
        " LEFT JOIN department d ON d.id = p.department_id LEFT JOIN wave w ON w.id = d.wave_id"
        " WHERE COALESCE(f.measured, 1) = 1 AND (a.closed_on IS NULL OR a.closed_on > ?1)"
        " ORDER BY p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
        today,
    )
    accounts: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        accounts.setdefault(row[0], []).append(row)
    return tuple(_user(some) for some in accounts.values())


def _user(accounts: list[tuple[Any, ...]]) -> User:
    """A user by their accounts, which end with profile and opening day."""
    profiles = frozenset(row[-2] for row in accounts if row[-2] is not None)
    opened = [row[-1] for row in accounts]
    first = None if None in opened else date_from_iso(min(opened))
    person, name, department, called, wave, wave_name = accounts[0][:6]
    return User(person, name, department, called, wave, wave_name, profiles, first)


@remembered(*TRAINED_TABLES)
def trainings(reader: Reader) -> tuple[Training, ...]:
    """Every session somebody was present at, formal or not, by day."""
    return tuple(
        reader.rows(
            Training,
            "SELECT t.person_id, s.id, c.id, c.title, s.held_on, c.formal, c.valid_months"
            " FROM attendance t JOIN training_session s ON s.id = t.session_id"
            " JOIN course c ON c.id = s.course_id WHERE t.presence = 'present'"
            " ORDER BY s.held_on, s.id, t.id",
        )
    )


@remembered(*TRAINED_TABLES)
def trained(reader: Reader, today: dt.date) -> Mapping[int, frozenset[int]]:
    """The courses whose training counts on a day, by person; who has none is not trained."""
    made: dict[int, set[int]] = {}
    for person, course in reader.select(
        f"SELECT DISTINCT t.person_id, s.course_id {_COUNTED}", today
    ):
        made.setdefault(person, set()).add(course)
    return {person: frozenset(courses) for person, courses in made.items()}


@remembered("course_profile")
def course_profiles(reader: Reader) -> Mapping[int, frozenset[int]]:
    """The profiles of the courses that are not for everybody."""
    made: dict[int, set[int]] = {}
    for course, profile in reader.select("SELECT course_id, profile_id FROM course_profile"):
        made.setdefault(course, set()).add(profile)
    return {course: frozenset(profiles) for course, profiles in made.items()}


def meant_for(user: User, profiles: frozenset[int] | None) -> bool:
    """Whether something is meant for a user: for everybody where no profile is named."""
    return not profiles or bool(user.profiles & profiles)
