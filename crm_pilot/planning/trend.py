"""What became of announced dates: the trend of milestones, predictability, causes, rule D4.

Pure functions over the dates a milestone was announced for; days are calendar days unless they
are called working days. Sources: the dates-dates diagram (milestone trend chart: flat is kept, on
the diagonal the milestone is reached) and DOMAIN.md 5 and 7; the tolerance is this program's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise

from crm_pilot.planning.rules import ONE_DAY, working_days
from crm_pilot.planning.terms import Pillar, SlipReason
from crm_pilot.records import dataclass

TOLERANCE = 3  # working days after the first announced date within which a milestone is held
MOVES = 2  # D4: postponements of one go-live
SLOPE = 0.7  # D4: Δ forecast ÷ Δ report; 1 = never nearer
REPORTS = 3  # D4: reports the slope looks at
TOTAL_SLIP = 60  # D4: calendar days since the first announcement

Point = tuple[dt.date, dt.date]  # day of the report, date announced


class Origin(StrEnum):
    """Where an announced date comes from."""

    REFERENCE = "reference"  # a reference plan
    SAID = "said"  # an announcement that was recorded
    PLAN = "plan"  # the present plan, which says another date than the last announcement


@dataclass(frozen=True)
class Announced:
    """A date as it was known on a day. `id` is that of a recorded announcement."""

    reported_on: dt.date
    expected_on: dt.date
    code: SlipReason | None = None
    reason: str = ""
    origin: Origin = Origin.SAID
    id: int | None = None


@dataclass(frozen=True)
class History:
    """A milestone with everything ever announced of it, oldest first, the present plan last."""

    id: int
    title: str
    wave: str
    pillar: Pillar
    committee: bool  # shown to the committee
    go_live: bool  # of a wave, or marked as one
    done: bool
    forecast: dt.date  # the present date; of a reached milestone, its day
    said: tuple[Announced, ...]

    @property
    def first(self) -> dt.date | None:
        """The date announced first."""
        return self.said[0].expected_on if self.said else None

    @property
    def slip(self) -> int | None:
        """Present date − first announced date, in days."""
        return (self.forecast - self.said[0].expected_on).days if self.said else None

    @property
    def postponed(self) -> int:
        """How many times the date was put off."""
        return sum(days > 0 for _, days in self.steps())

    def steps(self) -> list[tuple[Announced, int]]:
        """Every announcement but the first, with the days it moved the date by; 0: confirmed."""
        return [(b, (b.expected_on - a.expected_on).days) for a, b in pairwise(self.said)]

    def in_force(self, day: dt.date) -> dt.date | None:
        """The date that was announced last on or before `day`."""
        known = [one.expected_on for one in self.said if one.reported_on <= day]
        return known[-1] if known else None


def said(
    references: Iterable[Announced],
    recorded: Iterable[Announced],
    forecast: dt.date,
    today: dt.date,
    *,
    done: bool = False,
) -> tuple[Announced, ...]:
    """Reference plans and recorded announcements up to `today` in one row, oldest first; then the
    present plan where it says another date than the last of them.

    On one day a reference plan comes before an announcement. A reference plan that repeats the
    date in force announces nothing. A milestone in no reference plan was never announced.
    """
    known = [*references, *recorded]
    known = [one for one in known if one.reported_on <= today]
    known.sort(key=lambda one: (one.reported_on, one.origin is not Origin.REFERENCE, one.id or 0))
    made: list[Announced] = []
    for one in known:
        repeats = made and one.origin is Origin.REFERENCE
        if not repeats or one.expected_on != made[-1].expected_on:
            made.append(one)
    if made and made[-1].expected_on != forecast:
        day = min(today, forecast) if done else today
        made.append(Announced(max(day, made[-1].reported_on), forecast, origin=Origin.PLAN))
    return tuple(made)


# the line of the dates-dates diagram -------------------------------------------------------------


def points(history: History, committees: Sequence[dt.date], today: dt.date) -> tuple[Point, ...]:
    """(report, date in force) up to today, or to the day a milestone was reached, which lies on
    the diagonal.

    Reports are the committees held since the first announcement, and the report of today; where
    that makes fewer than three, the days of announcements are reports too. A date that was given
    up before the first of them has its own point.
    """
    if not history.said:
        return ()
    first = history.said[0].reported_on
    end = max(min(history.forecast, today) if history.done else today, first)
    days = {day for day in committees if first <= day < end}
    if len(days) + 1 < REPORTS:
        days |= {one.reported_on for one in history.said if one.reported_on < end}
    if not days or history.in_force(min(days)) != history.first:
        days |= {first}
    made = [(day, date) for day in sorted(days) if (date := history.in_force(day)) and day < end]
    return (*made, (end, history.forecast))


def slope(line: Sequence[Point]) -> float | None:
    """Δ date announced ÷ Δ report over the last three reports (rule D4): 0 the date holds, 1 it
    comes never nearer. None with fewer reports."""
    recent = line[-REPORTS:]
    if len(recent) < REPORTS:
        return None
    days = (recent[-1][0] - recent[0][0]).days
    return (recent[-1][1] - recent[0][1]).days / days if days > 0 else None


# predictability ----------------------------------------------------------------------------------


def days_late(first: dt.date, day: dt.date) -> int:
    """Working days (Monday to Friday) from the first announced date to `day`; 0 when not after."""
    return working_days(first + ONE_DAY, day)


def held(history: History, day: dt.date) -> bool | None:
    """Whether a milestone due by `day` was reached at most `TOLERANCE` working days after the
    date announced first; None while that is open, and where no date was promised ahead."""
    if history.first is None or history.said[0].reported_on >= min(history.first, day):
        return None
    if history.done and history.forecast <= day:
        return days_late(history.first, history.forecast) <= TOLERANCE
    return False if days_late(history.first, day) > TOLERANCE else None


def predictability(histories: Iterable[History], day: dt.date) -> tuple[int, int]:
    """Milestones held at their first announced date, and milestones due, as known on `day`."""
    verdicts = [found for one in histories if (found := held(one, day)) is not None]
    return sum(verdicts), len(verdicts)


def mean_slip(histories: Iterable[History]) -> float | None:
    """Mean of present date − first announced date, in days; None without any announced date."""
    slips = [one.slip for one in histories if one.slip is not None]
    return sum(slips) / len(slips) if slips else None


# causes ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cause:
    """Days lost for one reason over several milestones. `code` None: no reason was given;
    `regained`: dates that were brought forward, whose days are negative."""

    code: SlipReason | None
    days: int
    milestones: tuple[str, ...]  # waves or titles, in the order of the plan
    latest: Announced  # of the announcements that moved dates for this reason
    regained: bool = False


def causes(histories: Sequence[History]) -> tuple[Cause, ...]:
    """Days lost by reason: each announcement counts with the days it moved the date by.

    The most days first, then what has no reason, then what was regained. The total is the sum of
    the slips since the first announcement: 7 + 21 + 7 = 35.
    """
    found: dict[tuple[bool, SlipReason | None], list[tuple[Announced, int, History]]] = {}
    for history in histories:
        for one, days in history.steps():
            if days:
                key = (True, None) if days < 0 else (False, one.code)
                found.setdefault(key, []).append((one, days, history))
    made = [
        Cause(
            code,
            sum(days for _, days, _ in rows),
            tuple(dict.fromkeys(history.wave or history.title for _, _, history in rows)),
            max((one for one, _, _ in rows), key=lambda one: one.reported_on),
            regained,
        )
        for (regained, code), rows in found.items()
    ]
    return tuple(sorted(made, key=lambda c: (c.regained, c.code is None, -c.days, c.code or "")))


# rule D4 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Postponed:
    """A go-live ever postponed, with the data of the rule."""

    history: History
    moves: int
    slip: int
    slope: float | None
    codes: tuple[SlipReason | None, ...]  # most days lost first; None: a move without reason


def ever_postponed(history: History, line: Sequence[Point]) -> Postponed | None:
    """Rule D4 (DOMAIN.md 7): a go-live to come that was put off at least twice with a slope of at
    least 0.7 over the last three reports, or that slipped by 60 days or more in all."""
    if history.done or not history.go_live or history.slip is None:
        return None
    steep = slope(line)
    often = history.postponed >= MOVES and steep is not None and steep >= SLOPE
    if not often and history.slip < TOTAL_SLIP:
        return None
    codes = tuple(cause.code for cause in causes([history]) if not cause.regained)
    return Postponed(history, history.postponed, history.slip, steep, codes)
