"""What cannot be in a session as it is planned: pure rules, and what the trainees' tables tell.

A sheet signed on a public holiday or a day of leave, by a trainer booked elsewhere, or by more
people than there are seats is worth nothing (DOMAIN.md 3, sources W50 and W51). The days nobody
works need the calendars of the plan: `governance/training_clashes.py` joins them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from crm_pilot.i18n import Message
from crm_pilot.training.halves import HalfDay


class ClashKind(StrEnum):
    """What is wrong with a session."""

    HOLIDAY = "holiday"
    CLOSURE = "closure"
    WEEKEND = "weekend"
    TRAINEE_ABSENT = "trainee_absent"
    TRAINER_ABSENT = "trainer_absent"
    TRAINEE_TWICE = "trainee_twice"
    TRAINER_TWICE = "trainer_twice"
    SEATS = "seats"
    DUPLICATE = "duplicate"
    NO_TRAINER = "no_trainer"  # of a sign-in sheet only


@dataclass(frozen=True)
class Clash:
    """Something wrong with a session, and the sentence that says who and what."""

    session_id: int
    kind: ClashKind
    what: Message
    person_id: int | None = None
    other_id: int | None = None  # the other session
    half: HalfDay | None = None

    @property
    def day(self) -> dt.date | None:
        """The day it is about."""
        return self.half.day if self.half else None
