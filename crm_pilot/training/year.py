"""What training costs, and the training plan by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class PlanMonth:
    """A month of the training plan, by its first day; `trained` came to a session of it."""

    first: dt.date
    sessions: int
    half_days: int
    minutes: int
    seats: int
    enrolled: int
    trained: int
    cost_cents: int
    without_cost: int  # sessions whose cost is not known


@dataclass(frozen=True)
class Cost:
    """What the sessions held cost, and per person who was trained in one with a known cost."""

    cents: int = 0
    sessions: int = 0
    without_cost: int = 0
    trained: int = 0
    per_person: float | None = None  # cents


def plan(reader: Reader, today: dt.date) -> tuple[PlanMonth, ...]:
    """Every month from the first session to the last one."""
    return ()


def cost(reader: Reader, today: dt.date) -> Cost:
    """Cost of the sessions held by a day."""
    return Cost()
