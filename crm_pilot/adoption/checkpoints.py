"""Checkpoints 30 and 60 days after each go-live: day 60 is when habits slip (DOMAIN.md 2.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.store.reader import Reader

RULE = "checkpoint"  # in the table of thresholds, per cent
GOALS = {30: ("day_30", 70), 60: ("day_60", 75)}


@dataclass(frozen=True)
class Point:
    """The active share on a day after go-live; `share` None: not due yet, or nobody was open, or
    no data of that day. `met` None: as long as there is no share."""

    days: int
    due_on: dt.date
    share: float | None
    goal: float
    met: bool | None


@dataclass(frozen=True)
class DepartmentCheckpoints:
    """The same of a department of the wave."""

    department_id: int
    department: str
    accounts: int
    points: tuple[Point, ...]


@dataclass(frozen=True)
class WaveCheckpoints:
    """A wave that is live, with its checkpoints; the share of the last day known beside them."""

    wave_id: int
    wave: str
    pilot: bool
    go_live: dt.date
    accounts: int  # open on the last day known
    points: tuple[Point, ...]
    departments: tuple[DepartmentCheckpoints, ...]
    now_share: float | None
    now_day: int | None  # days since go-live


def checkpoints(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE
) -> tuple[WaveCheckpoints, ...]:
    """The checkpoints of every wave that has a go-live date, by date."""
    return ()
