"""What training costs, and the training plan by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered
from crm_pilot.training.halves import halves

TABLES = ("training_session", "session_half", "attendance")


@dataclass(frozen=True)
class PlanMonth:
    """A month of the training plan, by its first day: the sessions that begin in it, `held` of
    them by the day asked for.

    `enrolled` leaves the excused out; `trained` were present; `without_cost` are sessions whose
    cost is not known."""

    first: dt.date
    sessions: int = 0
    held: int = 0
    half_days: int = 0
    minutes: int = 0
    seats: int = 0
    enrolled: int = 0
    trained: int = 0
    cost_cents: int = 0
    without_cost: int = 0


@dataclass(frozen=True)
class Cost:
    """What the sessions held cost, and per person who was trained in one with a known cost."""

    cents: int = 0
    sessions: int = 0
    without_cost: int = 0
    trained: int = 0
    per_person: float | None = None  # cents


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)


@remembered(*TABLES)
def plan(reader: Reader, today: dt.date) -> tuple[PlanMonth, ...]:
    """Every month from the first session to the last one, those without a session too."""
    days = halves(reader)
    made: dict[dt.date, PlanMonth] = {}
    for key, held_on, seats, cents, enrolled, trained in reader.select(
        "SELECT s.id, s.held_on, s.seats, s.cost_cents,"
        " COUNT(CASE WHEN t.presence <> 'excused' THEN 1 END),"
        " COUNT(CASE WHEN t.presence = 'present' THEN 1 END)"
        " FROM training_session s LEFT JOIN attendance t ON t.session_id = s.id"
        " GROUP BY s.id ORDER BY s.held_on"
    ):
        first = date_from_iso(held_on).replace(day=1)
        known = made.get(first, PlanMonth(first))
        made[first] = replace(
            known,
            sessions=known.sessions + 1,
            held=known.held + (date_from_iso(held_on) <= today),
            half_days=known.half_days + len(days[key]),
            minutes=known.minutes + sum(half.minutes for half in days[key]),
            seats=known.seats + seats,
            enrolled=known.enrolled + enrolled,
            trained=known.trained + trained,
            cost_cents=known.cost_cents + (cents or 0),
            without_cost=known.without_cost + (cents is None),
        )
    return _without_gaps(made)


def _without_gaps(made: dict[dt.date, PlanMonth]) -> tuple[PlanMonth, ...]:
    if not made:
        return ()
    month, last = min(made), max(made)
    found = []
    while month <= last:
        found.append(made.get(month, PlanMonth(month)))
        month = next_month(month)
    return tuple(found)


@remembered(*TABLES)
def cost(reader: Reader, today: dt.date) -> Cost:
    """Cost of the sessions held by a day.

    per person = known cost ÷ distinct persons present at a session whose cost is known."""
    cents, sessions, without = reader.one(
        "SELECT COALESCE(SUM(cost_cents), 0), COUNT(*), COUNT(*) - COUNT(cost_cents)"
        " FROM training_session WHERE held_on <= ?",
        today,
    ) or (0, 0, 0)
    trained = reader.value(
        "SELECT COUNT(DISTINCT t.person_id) FROM attendance t"
        " JOIN training_session s ON s.id = t.session_id"
        " WHERE t.presence = 'present' AND s.held_on <= ? AND s.cost_cents IS NOT NULL",
        today,
    )
    per_person = cents / trained if trained and sessions > without else None
    return Cost(cents, sessions, without, trained, per_person)
