"""Who is behind a bar of the coverage: the users it lacks, and the sessions about it.

The same users and trainings as in `coverage.py`, one by one, so that they can be enrolled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.coverage import TABLES, feature_courses
from crm_pilot.training.newcomers import SOON, go_lives
from crm_pilot.training.users import (
    User,
    course_profiles,
    meant_for,
    trained,
    trainings,
    users,
)


class By(StrEnum):
    """By what coverage is told."""

    DEPARTMENT = "department"
    FEATURE = "feature"
    WAVE = "wave"
    PROFILE = "profile"
    COURSE = "course"


@remembered(*TABLES, "course_feature", "course_profile", "feature_profile")
def lacking(reader: Reader, today: dt.date, by: By, key: int | None) -> tuple[int, ...]:
    """Persons of a bar who are not trained, by family name: users − trained of that bar."""
    courses = _courses(reader, by, key)
    known = trained(reader, today)
    member = _member(reader, by, key)

    def able(user: User) -> bool:
        followed = known.get(user.id, frozenset())
        return bool(followed if courses is None else followed & courses)

    return tuple(u.id for u in users(reader, today) if member(u) and not able(u))


def _courses(reader: Reader, by: By, key: int | None) -> frozenset[int] | None:
    """The courses that make somebody trained for a bar; None: any."""
    if by is By.COURSE:
        return frozenset() if key is None else frozenset({key})
    if by is By.FEATURE:
        return feature_courses(reader).get(key or 0, frozenset())
    return None


def _member(reader: Reader, by: By, key: int | None) -> Callable[[User], bool]:
    if by is By.DEPARTMENT:
        return lambda user: user.department_id == key
    if by is By.WAVE:
        return lambda user: user.wave_id == key
    if by is By.PROFILE:
        return lambda user: key in user.profiles if key is not None else not user.profiles
    if by is By.COURSE:
        profiles = course_profiles(reader).get(key or 0)
    else:
        found = reader.select("SELECT profile_id FROM feature_profile WHERE feature_id = ?", key)
        profiles = frozenset(row[0] for row in found)
    return lambda user: meant_for(user, profiles)


SESSIONS = {
    By.DEPARTMENT: (
        "SELECT DISTINCT t.session_id FROM attendance t JOIN person p ON p.id = t.person_id"
        " WHERE p.department_id IS ?"
    ),
    By.WAVE: (
        "SELECT DISTINCT t.session_id FROM attendance t JOIN person p ON p.id = t.person_id"
        " LEFT JOIN department d ON d.id = p.department_id WHERE d.wave_id IS ?"
    ),
    By.PROFILE: (
        "SELECT DISTINCT t.session_id FROM attendance t JOIN account a"
        " ON a.person_id = t.person_id WHERE a.profile_id IS ?"
    ),
    By.FEATURE: (
        "SELECT DISTINCT s.id FROM training_session s JOIN course_feature f"
        " ON f.course_id = s.course_id WHERE f.feature_id IS ?"
    ),
    By.COURSE: "SELECT s.id FROM training_session s WHERE s.course_id IS ?",
}


def sessions_about(reader: Reader, by: By, key: int | None) -> frozenset[int]:
    """Sessions with trainees of a group, or that teach a course or cover a feature."""
    return frozenset(row[0] for row in reader.select(SESSIONS[by], key))


@dataclass(frozen=True)
class Arrival:
    """A newcomer without a formal session: `days` since the account was opened, `due` once these
    are 30, `planned_on` the next session they are enrolled in; `id` is the person's."""

    id: int
    name: str
    department: str | None
    opened: dt.date
    days: int
    due: bool
    planned_on: dt.date | None


@remembered(*TABLES, "task")
def arrivals(reader: Reader, today: dt.date) -> tuple[Arrival, ...]:
    """Newcomers who had no formal session yet, the longest waiting first."""
    live = go_lives(reader)
    formal = {one.person_id for one in trainings(reader) if one.formal and one.held_on <= today}
    planned = {
        person: dt.date.fromisoformat(day)
        for person, day in reader.select(
            "SELECT t.person_id, MIN(s.held_on) FROM attendance t JOIN training_session s"
            " ON s.id = t.session_id WHERE t.presence = 'invited' AND s.held_on > ? GROUP BY 1",
            today,
        )
    }
    made = []
    for user in users(reader, today):
        start = live.get(user.wave_id or 0)
        if user.id in formal or user.opened is None or user.opened > today:
            continue
        if start is None or start > today or not is_newcomer(user.opened, start):
            continue
        days = (today - user.opened).days
        made.append(
            Arrival(
                user.id,
                user.name,
                user.department,
                user.opened,
                days,
                days >= SOON,
                planned.get(user.id),
            )
        )
    return tuple(sorted(made, key=lambda one: (one.opened, one.name, one.id)))
