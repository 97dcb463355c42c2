"""What a new session begins with."""

from __future__ import annotations

from dataclasses import dataclass

from crm_pilot.training.room import SessionLine


@dataclass(frozen=True)
class Start:
    """Like `like`, of a course, for `persons`; `makes_up` is the session it makes up."""

    like: SessionLine | None = None
    course_id: int | None = None
    persons: tuple[int, ...] = ()
    makes_up: int | None = None
