"""What training changed in use: level 3 of Kirkpatrick, read from login days.

After: 30, 60 and 90 days after each trainee's session, their days a week and active share beside
those of the users of the same departments who were not trained by then. Before and after: the 28
days before a session beside the 28 days after it. Groups under five users say "not enough".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader

AFTER_DAYS = (30, 60, 90)
WINDOW_DAYS = 28
ENOUGH = 5  # users on each side, below which nothing is said


@dataclass(frozen=True)
class Side:
    """Trained or untrained users at a point: how many were counted, mean login days a week at five
    working days, mean regularity (login days ÷ working days) and active share. The means are None
    under five users (`enough` False)."""

    users: int
    days_per_week: float | None
    regularity: float | None
    active_share: float | None

    @property
    def enough(self) -> bool:
        """Whether there are users enough to say something."""
        return self.users >= ENOUGH


@dataclass(frozen=True)
class TransferPoint:
    """`days` after the session: the 28 days that end there. `waiting`: trainees whose point is
    still to come."""

    days: int
    trained: Side
    untrained: Side
    waiting: int


@dataclass(frozen=True)
class BeforeAfter:
    """The same users in the 28 days before their session and in the 28 days after it."""

    before: Side
    after: Side


@dataclass(frozen=True)
class Transfer:
    """Level 3 of a course, or of all (`course_id` None): each trainee's first session counts."""

    course_id: int | None
    trainees: int  # with an account
    until: dt.date | None  # last login day known
    by_actions: bool  # whether the active share asks for an action too
    points: tuple[TransferPoint, ...]
    change: BeforeAfter


_NOBODY = Side(0, None, None, None)


def after(reader: Reader, today: dt.date, course_id: int | None = None) -> Transfer:
    """Level 3 on `today`."""
    points = tuple(TransferPoint(days, _NOBODY, _NOBODY, 0) for days in AFTER_DAYS)
    return Transfer(course_id, 0, None, False, points, BeforeAfter(_NOBODY, _NOBODY))
