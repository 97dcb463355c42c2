"""Planned, earned and actual value of the whole budget, month by month and today.

Each month with estimates gives a point on the last day somebody re-estimated; what a line was on a
day is its last estimate up to then. Earned value uses the baseline of today, of which there is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from crm_pilot.governance.budget import (
    BudgetLineRow,
    EstimateRow,
    budget,
    estimates,
    plans,
)
from crm_pilot.governance.earned_value import (
    EarnedValue,
    done_share,
    last_day,
    month_of,
    planned,
)
from crm_pilot.governance.terms import BudgetKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

State = BudgetLineRow | EstimateRow  # what a line stood at: both name their columns alike
Months = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class ValuePoint:
    """The budget at the end of a day: its values in cents, days in hundredths of person-days."""

    day: dt.date
    value: EarnedValue
    spent_days: int
    internal_days: int  # of them, the internal team's


@dataclass(frozen=True)
class MonthShare:
    """Internal share of the person-days spent since the point before; None: nothing was spent."""

    day: dt.date
    share: float | None


@dataclass(frozen=True)
class ValueFigures:
    """Earned value over time. `points`: a point a month of estimates, `now` being the last.

    `curve`: planned cents at month ends from the first planned day to the last; empty while the
    plan of a line with a baseline is not known (`unplanned` names those). `unestimated`: lines
    that should have begun and nobody estimated, for which the earned value is not known.
    `off_plan`: lines whose months do not add up to their baseline.
    """

    points: tuple[ValuePoint, ...]
    curve: tuple[tuple[dt.date, float], ...]
    unplanned: tuple[str, ...]
    unestimated: tuple[str, ...]
    off_plan: tuple[str, ...]

    @property
    def now(self) -> ValuePoint | None:
        """The last point; None without any line or estimate."""
        return self.points[-1] if self.points else None

    @property
    def months(self) -> tuple[MonthShare, ...]:
        """The internal share of each period between two points, the first since the start; not
        known where no internal day was ever counted."""
        if not any(point.internal_days for point in self.points):
            return tuple(MonthShare(point.day, None) for point in self.points)
        before = [(0, 0), *((p.spent_days, p.internal_days) for p in self.points)]
        return tuple(
            MonthShare(point.day, (b[1] - a[1]) / (b[0] - a[0]) if b[0] > a[0] else None)
            for point, (a, b) in zip(self.points, pairwise(before), strict=True)
        )


@remembered("budget_line", "budget_estimate", "budget_plan")
def value(reader: Reader, today: dt.date) -> ValueFigures:
    """Planned, earned and actual value up to `today`."""
    lines, told, months = budget(reader).lines, estimates(reader), plans(reader)
    past = [one for one in told if one.as_of <= today]
    unplanned = tuple(_unplanned(line, months) for line in lines)
    points = _points(lines, past, months, today)
    return ValueFigures(
        points=points,
        curve=() if any(unplanned) else _curve(lines, months),
        unplanned=tuple(name for name in unplanned if name),
        unestimated=_unestimated(lines, past, months, points),
        off_plan=tuple(
            line.name
            for line in lines
            if line.id in months and sum(months[line.id].values()) != line.baseline_cents
        ),
    )


def _unplanned(line: BudgetLineRow, months: Months) -> str:
    known = line.id in months or (line.starts_on is not None and line.ends_on is not None)
    return "" if known or not line.baseline_cents else line.name


def _points(
    lines: Sequence[BudgetLineRow], past: Sequence[EstimateRow], months: Months, today: dt.date
) -> tuple[ValuePoint, ...]:
    """A point a month of estimates; the last one is the lines as they stand."""
    days = _last_days(past)
    states: list[tuple[dt.date, dict[int, State]]] = []
    known: dict[int, State] = {}
    left = iter([*past, None])
    one = next(left)
    for day in days:
        while one is not None and one.as_of <= day:
            known[one.line_id] = one
            one = next(left)
        states.append((day, dict(known)))
    standing = {line.id: line for line in lines if line.id in known or line.revised_cents}
    if not standing:
        return ()
    agree = all(_same(line, known.get(key)) for key, line in standing.items())
    last = days[-1] if days and agree else today
    if states and month_of(states[-1][0]) == month_of(last):
        states.pop()
    states.append((last, dict(standing)))
    return tuple(_point(day, lines, stood, months) for day, stood in states)


def _last_days(past: Iterable[EstimateRow]) -> list[dt.date]:
    """The last day with an estimate of each month."""
    return sorted({month_of(one.as_of): one.as_of for one in past}.values())


def _same(line: BudgetLineRow, told: State | None) -> bool:
    """Whether a line stands as it was last estimated."""
    return told is not None and all(
        getattr(line, name) == getattr(told, name)
        for name in (
            *("spent_cents", "remaining_cents", "spent_days", "remaining_days"),
            "done_percent",
        )
    )


def _point(
    day: dt.date, lines: Sequence[BudgetLineRow], stood: Mapping[int, State], months: Months
) -> ValuePoint:
    plan = [_planned(line, months, day) for line in lines]
    done = [_earned(line, stood.get(line.id), at) for line, at in zip(lines, plan, strict=True)]
    found = EarnedValue(
        planned=_sum(plan),
        earned=_sum(done),
        actual=sum(state.spent_cents for state in stood.values()),
        budget=sum(line.baseline_cents for line in lines),
        remaining=sum(state.remaining_cents for state in stood.values()),
    )
    internal = {line.id for line in lines if line.kind is BudgetKind.INTERNAL}
    return ValuePoint(
        day,
        found,
        sum(state.spent_days for state in stood.values()),
        sum(state.spent_days for key, state in stood.items() if key in internal),
    )


def _planned(line: BudgetLineRow, months: Months, day: dt.date) -> float | None:
    return planned(line.baseline_cents, line.starts_on, line.ends_on, months.get(line.id, {}), day)


def _earned(line: BudgetLineRow, state: State | None, plan: float | None) -> float | None:
    """Baseline × share done. A line nobody estimated has earned nothing as long as nothing was
    planned for it, and an unknown value from then on."""
    if not line.baseline_cents:
        return 0.0
    if state is None:
        return 0.0 if plan == 0 else None
    share = done_share(state.spent_cents, state.remaining_cents, state.done_percent)
    return line.baseline_cents * (share or 0.0)


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum, or None where one of them is not known."""
    total = 0.0
    for one in values:
        if one is None:
            return None
        total += one
    return total


def _curve(lines: Sequence[BudgetLineRow], months: Months) -> tuple[tuple[dt.date, float], ...]:
    """Planned value at the start and at every month's end of the plan."""
    first, last = _span(lines, months)
    if first is None or last is None:
        return ()
    days = [first - dt.timedelta(days=1)]
    day = last_day(month_of(first))
    while day < last:
        days.append(day)
        day = last_day(month_of(day + dt.timedelta(days=1)))
    days.append(last)
    return tuple((day, sum(_planned(line, months, day) or 0.0 for line in lines)) for day in days)


def _span(lines: Sequence[BudgetLineRow], months: Months) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that anything is planned for."""
    first, last = [], []
    for line in lines:
        if line.id in months:
            told = [month for month, cents in months[line.id].items() if cents]
            first += [last_day(month).replace(day=1) for month in told]
            last += [last_day(month) for month in told]
        elif line.starts_on and line.ends_on and line.baseline_cents:
            first.append(line.starts_on)
            last.append(max(line.ends_on, line.starts_on))
    return min(first, default=None), max(last, default=None)


def _unestimated(
    lines: Sequence[BudgetLineRow],
    past: Sequence[EstimateRow],
    months: Months,
    points: Sequence[ValuePoint],
) -> tuple[str, ...]:
    if not points:
        return ()
    told = {one.line_id for one in past} | {line.id for line in lines if line.revised_cents}
    return tuple(
        line.name
        for line in lines
        if line.baseline_cents
        and line.id not in told
        and _planned(line, months, points[-1].day) != 0
    )
