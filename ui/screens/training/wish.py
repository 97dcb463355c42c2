"""Who is to be enrolled, as one view asks another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """Persons already ticked, or a department or profile to choose from; for a session where it is
    known, else for one that teaches `course_id` or covers `feature_id`."""

    session_id: int | None = None
    persons: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    profile_id: int | None = None
    course_id: int | None = None
    feature_id: int | None = None
    title: str = ""  # translated: of whom the dialog tells
