"""Evaluations at the end (à chaud) and three months later (à froid): Kirkpatrick's first level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import Evaluated

COLD_AFTER = 90  # days after the session (DOMAIN.md 3, design)
REMIND_AFTER = 97
ASPECTS = ("satisfaction", "content", "trainer", "pace", "usefulness", "application")


@dataclass(frozen=True)
class Mark:
    """The mean of marks 1 to 4 and how many were given; no mean without marks."""

    mean: float | None
    count: int


@dataclass(frozen=True)
class Evaluations:
    """What was answered: of `asked` trainees who came, `answered` forms; marks by aspect."""

    asked: int = 0
    answered: int = 0
    overall: Mark = Mark(None, 0)  # every mark of every form
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class ColdDue:
    """A session whose trainees are to be asked what they use of it (`remind`: asked again)."""

    session_id: int
    course: str
    held_on: dt.date
    due_on: dt.date
    remind: bool
    asked_on: dt.date | None
    reminded_on: dt.date | None
    asked: int
    answered: int


def evaluated(
    reader: Reader,
    kind: Evaluated = Evaluated.HOT,
    *,
    session_id: int | None = None,
    course_id: int | None = None,
) -> Evaluations:
    """The evaluations of a session, of a course, or of everything."""
    return Evaluations()


def cold_due(reader: Reader, today: dt.date) -> tuple[ColdDue, ...]:
    """Sessions to ask about 90 days after, and to remind of 97 days after, oldest first."""
    return ()


def comments(reader: Reader, session_id: int) -> tuple[tuple[Evaluated, str], ...]:
    """Free comments of a session's forms, without names: for the lead's own eyes."""
    return ()
