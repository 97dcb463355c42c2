"""Coverage by department, profile, wave, feature and course, and skills that expire.

coverage = trained active users ÷ active users in scope (DOMAIN.md 3). `users.py` says who is a
user and who is trained. A person of two profiles counts in both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Set

from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.rules import share
from crm_pilot.training.users import (
    TRAINED_TABLES,
    USER_TABLES,
    Training,
    User,
    course_profiles,
    trained,
    trainings,
    users,
)

TABLES = (*USER_TABLES, *TRAINED_TABLES)


@dataclass(frozen=True)
class Covered:
    """Trained users of a group; `name` is None for those in no group."""

    id: int | None
    name: str | None
    trained: int
    users: int
    share: float | None


@dataclass(frozen=True)
class Expiring:
    """A skill somebody learned that has to be refreshed; `expired` already. `planned_on` is the
    session of the course they are enrolled in."""

    person_id: int
    name: str
    department: str | None
    course_id: int
    course: str
    held_on: dt.date
    expires_on: dt.date
    expired: bool
    planned_on: dt.date | None = None


def _covered(key: int | None, name: str | None, some: Set[int], able: Set[int]) -> Covered:
    """Of the persons `some` those who are among the trained."""
    count = len(some & able)
    return Covered(key, name, count, len(some), share(count, len(some)))


@remembered(*USER_TABLES)
def _targets(reader: Reader, today: dt.date) -> Mapping[int | None, frozenset[int]]:
    """Users by profile; all of them under None."""
    made: dict[int | None, set[int]] = {None: set()}
    for user in users(reader, today):
        for profile in (None, *user.profiles):
            made.setdefault(profile, set()).add(user.id)
    return {profile: frozenset(some) for profile, some in made.items()}


def _meant(targets: Mapping[int | None, frozenset[int]], profiles: Collection[int]) -> Set[int]:
    """Users something is meant for: those of its profiles, all of them where it has none."""
    if not profiles:
        return targets[None]
    return frozenset().union(*(targets.get(profile, frozenset()) for profile in profiles))


@remembered(*TABLES)
def overall(reader: Reader, today: dt.date) -> Covered:
    """Trained users of the whole project."""
    return _covered(None, None, _targets(reader, today)[None], trained(reader, today).keys())


@remembered(*TABLES)
def by_department(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Trained users of each department in their order; those without one come last."""
    names = reader.select(
        "SELECT d.id, d.name FROM department d LEFT JOIN wave w ON w.id = d.wave_id"
        " ORDER BY w.position IS NULL, w.position, w.id, d.position, d.id"
    )
    return _grouped(reader, today, names, lambda user: (user.department_id,))


@remembered(*TABLES)
def by_wave(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Trained users of each wave, in their order; those without one come last."""
    names = reader.select("SELECT id, name FROM wave ORDER BY position, id")
    return _grouped(reader, today, names, lambda user: (user.wave_id,))


@remembered(*TABLES)
def by_profile(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Trained users of each profile, by its name; those without one come last."""
    names = reader.select("SELECT id, name FROM profile ORDER BY name COLLATE NOCASE, id")
    return _grouped(reader, today, names, lambda user: user.profiles or (None,))


def _grouped(
    reader: Reader,
    today: dt.date,
    names: Iterable[tuple[int, str]],
    groups: Callable[[User], Iterable[int | None]],
) -> tuple[Covered, ...]:
    """Trained users by group; groups without users are left out."""
    found: dict[int | None, set[int]] = {}
    for user in users(reader, today):
        for group in groups(user):
            found.setdefault(group, set()).add(user.id)
    able = trained(reader, today).keys()
    named: list[tuple[int | None, str | None]] = [*names, (None, None)]
    return tuple(_covered(key, name, found[key], able) for key, name in named if key in found)


@remembered("course_feature")
def feature_courses(reader: Reader) -> Mapping[int, frozenset[int]]:
    """The courses that cover a feature, by feature."""
    made: dict[int, set[int]] = {}
    for feature, course in reader.select("SELECT feature_id, course_id FROM course_feature"):
        made.setdefault(feature, set()).add(course)
    return {feature: frozenset(courses) for feature, courses in made.items()}


@remembered(*TABLES, "course_feature", "feature", "feature_profile")
def by_feature(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Users a feature is meant for who attended a course covering it, for every feature that is
    not withdrawn; a feature that no course covers has nobody trained."""
    profiles: dict[int, set[int]] = {}
    for feature, profile in reader.select("SELECT feature_id, profile_id FROM feature_profile"):
        profiles.setdefault(feature, set()).add(profile)
    courses, able = feature_courses(reader), _by_course(reader, today)
    targets = _targets(reader, today)
    features = reader.select(
        "SELECT id, name FROM feature WHERE withdrawn_on IS NULL OR withdrawn_on > ?"
        " ORDER BY position, id",
        today,
    )
    return tuple(
        _covered(
            key,
            name,
            _meant(targets, profiles.get(key, ())),
            frozenset().union(*(able.get(course, frozenset()) for course in courses.get(key, ()))),
        )
        for key, name in features
    )


@remembered(*TABLES, "course_profile")
def by_course(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Users a formal course is meant for who attended it, by its title."""
    profiles, able = course_profiles(reader), _by_course(reader, today)
    targets = _targets(reader, today)
    courses = reader.select(
        "SELECT id, title FROM course WHERE formal ORDER BY title COLLATE NOCASE, id"
    )
    return tuple(
        _covered(key, title, _meant(targets, profiles.get(key, ())), able.get(key, frozenset()))
        for key, title in courses
    )


def _by_course(reader: Reader, today: dt.date) -> Mapping[int, frozenset[int]]:
    """Persons trained in each course."""
    made: dict[int, set[int]] = {}
    for person, courses in trained(reader, today).items():
        for course in courses:
            made.setdefault(course, set()).add(person)
    return {course: frozenset(some) for course, some in made.items()}


@remembered(*TABLES)
def expiring(reader: Reader, today: dt.date, days: int = 60) -> tuple[Expiring, ...]:
    """Users' skills that expire within `days` or already did, and were not refreshed; soonest
    first. The latest session of a course somebody attended is what counts."""
    last: dict[tuple[int, int], Training] = {}
    for one in trainings(reader):
        if one.held_on <= today and one.valid_months is not None:
            last[one.person_id, one.course_id] = one
    limit = today + dt.timedelta(days=days)
    known, planned = {user.id: user for user in users(reader, today)}, _planned(reader, today)
    made = [
        _expiring(known[person], one, today, planned.get((person, course)))
        for (person, course), one in last.items()
        if person in known and one.expires_on is not None and one.expires_on <= limit
    ]
    return tuple(sorted(made, key=lambda row: (row.expires_on, row.name, row.course_id)))


def _expiring(user: User, one: Training, today: dt.date, planned: dt.date | None) -> Expiring:
    expires = one.expires_on or one.held_on
    return Expiring(
        user.id,
        user.name,
        user.department,
        one.course_id,
        one.course,
        one.held_on,
        expires,
        expires <= today,
        planned,
    )


def _planned(reader: Reader, today: dt.date) -> dict[tuple[int, int], dt.date]:
    """The next session of a course a person is enrolled in."""
    rows = reader.select(
        "SELECT t.person_id, s.course_id, MIN(s.held_on) FROM attendance t"
        " JOIN training_session s ON s.id = t.session_id"
        " WHERE t.presence = 'invited' AND s.held_on > ? GROUP BY 1, 2",
        today,
    )
    return {(person, course): dt.date.fromisoformat(day) for person, course, day in rows}
