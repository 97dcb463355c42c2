"""Coverage by department, profile, wave, feature and course, and skills that expire.

coverage = trained active users ÷ active users in scope (DOMAIN.md 3). `queries.py` says who is a
user and who is trained.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader


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
    """A skill somebody learned that has to be refreshed; `expired` already."""

    person_id: int
    name: str
    department: str | None
    course_id: int
    course: str
    held_on: dt.date
    expires_on: dt.date
    expired: bool


def by_profile(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Trained users of each profile, by name."""
    return ()


def by_wave(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Trained users of each wave, in their order."""
    return ()


def by_feature(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Users a feature is meant for who attended a course covering it; features a course covers."""
    return ()


def by_course(reader: Reader, today: dt.date) -> tuple[Covered, ...]:
    """Users a course is meant for who attended it."""
    return ()


def expiring(reader: Reader, today: dt.date, days: int = 60) -> tuple[Expiring, ...]:
    """Skills that expire within `days` or already did, and were not refreshed; soonest first."""
    return ()
