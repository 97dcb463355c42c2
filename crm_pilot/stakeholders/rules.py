"""Computations on positions: distribution by headcount, crossings, drift. No SQL and no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import Trio
from crm_pilot.stakeholders.zones import acting, ally
from crm_pilot.why import dated

# Seed 001: 20 % want change, 60 % wait, 20 % resist. A rule of thumb, not a statistic.
REFERENCE_SHARES = {Trio.LOCOMOTIVE: 0.2, Trio.HESITANT: 0.6, Trio.OPPONENT: 0.2}
DAYS_PER_MONTH = 365.25 / 12

Position = tuple[int, int]  # synergy, antagonism


def headcounts(placed: Iterable[tuple[Trio, int]]) -> dict[Trio, int]:
    """Headcount per trio of units given as (trio, headcount); every trio has an entry."""
    counts = dict.fromkeys(Trio, 0)
    for trio, headcount in placed:
        counts[trio] += headcount
    return counts


def shares(counts: dict[Trio, int]) -> dict[Trio, float]:
    """Shares of 1 of the rated headcount; all zero when nobody is rated."""
    total = sum(counts.values())
    return {trio: count / total if total else 0.0 for trio, count in counts.items()}


@dataclass(frozen=True)
class Crossing:
    """Which frontiers a unit crossed between two positions: +1 towards us, -1 away, 0 not."""

    allies: int  # the diagonal S ≥ A
    initiative: int  # the line between synergy 2 and 3

    @property
    def none(self) -> bool:
        """Whether no frontier was crossed."""
        return not self.allies and not self.initiative


def crossing(before: Position, after: Position) -> Crossing:
    """Frontiers crossed between two positions (synergy, antagonism)."""
    return Crossing(
        int(ally(*after)) - int(ally(*before)), int(acting(after[0])) - int(acting(before[0]))
    )


def drift(ratings: Sequence[tuple[dt.date, int, int]]) -> float | None:
    """Δ(S−A) in levels per month (of 30.44 days) between the first and the last day of ratings.

    `ratings` are (date, synergy, antagonism) in any order, those of one day in order of entry: the
    last entry of a day is the position in force on it. None with fewer than two dates.
    """
    places = {day: synergy - antagonism for day, synergy, antagonism in ratings}
    if len(places) < 2:
        return None
    first, last = min(places), max(places)
    return (places[last] - places[first]) * DAYS_PER_MONTH / (last - first).days


def stale(rated_on: dt.date, today: dt.date, days: int) -> bool:
    """Whether a rating is more than `days` old, so that somebody should ask if it still holds."""
    return (today - rated_on).days > days


def check_day(rated_on: dt.date, today: dt.date, starts_on: dt.date | None) -> None:
    """Raise `UserError` for a rating of a day that has not come or lies before the project; while
    the project has not started, it is being prepared and the map with it."""
    if rated_on > today:
        raise UserError(
            N_(
                "The rating is dated {day}, after today ({today}): a position is rated once it was"
                " observed. Nothing was changed."
            ),
            day=dated(rated_on),
            today=dated(today),
        )
    if starts_on is not None and rated_on < starts_on <= today:
        raise UserError(
            N_(
                "The rating is dated {day}, before the project, which starts on {start}. Give a"
                " day of the project, or change its start. Nothing was changed."
            ),
            day=dated(rated_on),
            start=dated(starts_on),
        )


def next_code(taken: Iterable[str]) -> str:
    """The next free code for a person: `P-01`, `P-02` … (never a number used before)."""
    numbers = [int(code[2:]) for code in taken if code[:2] == "P-" and code[2:].isdigit()]
    return f"P-{max(numbers, default=0) + 1:02d}"
