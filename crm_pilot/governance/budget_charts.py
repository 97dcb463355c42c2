"""What the charts of the budget show: S-curve, indices over time, internal share by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.charts import Band, Reference, Series, Step, Text, TimeChart, nice_ticks
from crm_pilot.datatable import DataTable, Heading
from crm_pilot.governance.budget import BudgetLineRow, WorkloadRow
from crm_pilot.governance.budget_shares import (
    EFFORTS_EXPECTED,
    INTERNAL_HIGH,
    INTERNAL_LOW,
    MAINTENANCE,
    effort_shares,
    internal_shares,
    maintenance_share,
)
from crm_pilot.governance.budget_value import ValueFigures, ValuePoint
from crm_pilot.governance.earned_value import EarnedValue, month_of
from crm_pilot.governance.terms import BUDGET_KINDS, EFFORTS, Trend
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass

Points = tuple[tuple[dt.date, float], ...]
THOUSAND = 100_000  # cents in a thousand euros
STEADY = 0.005  # an index moves when its second decimal does
RULE_OF_THUMB = msg("practitioner's rule of thumb, 20 to 30%")


@dataclass(frozen=True)
class SCurve:
    """Cumulated cents by day: planned over the whole project, actual and earned up to `now`, and
    from there to the revised end. Empty where not known."""

    title: Text
    caption: Text
    planned: Points
    actual: Points
    earned: Points
    forecast: Points
    now: ValuePoint | None
    first: dt.date
    last: dt.date
    high: float
    ticks: tuple[float, ...]
    why: str = "committee.s_curve"

    @property
    def value(self) -> EarnedValue | None:
        """The values of the last estimate."""
        return self.now.value if self.now is not None else None

    def time_chart(self) -> TimeChart:
        """The same in thousands of euros as a plain chart, a point a month, for slides and
        workbooks: the month of the last estimate stands at its day."""
        named = (
            (msg("PV, planned"), self.planned, "muted", True),
            (msg("AC, actual"), self.actual, "text", False),
            (msg("EV, earned"), self.earned, "deployment", False),
            (msg("Revised"), self.forecast, "text", True),
        )
        lines = tuple(
            Series(
                name,
                tuple((day, cents / THOUSAND) for day, cents in self._monthly(points)),
                colour,
                dashed=dashed,
                strong=not dashed,
            )
            for name, points, colour, dashed in named
            if points
        )
        return TimeChart(
            self.title,
            self.caption,
            lines,
            Step.MONTH,
            self.high / THOUSAND,
            tuple(tick / THOUSAND for tick in self.ticks),
            why=self.why,
        )

    def _monthly(self, points: Points) -> Points:
        """One point a month: the last, or the one of the day of the last estimate."""
        found = {month_of(day): (day, cents) for day, cents in points}
        if self.now is not None:
            found |= {month_of(day): (day, c) for day, c in points if day == self.now.day}
        return tuple(found.values())


def s_curve(figures: ValueFigures) -> SCurve | None:
    """The S-curve, or None while there is neither a plan nor two points to draw a line through."""
    points, now = figures.points, figures.now
    if not figures.curve and len(points) < 2:
        return None
    days = [*(day for day, _ in figures.curve), *(point.day for point in points)]
    first, last = min(days), max(days)
    start = ((first, 0.0),) if figures.curve and points and points[0].day > first else ()
    actual = start + tuple((p.day, p.value.actual) for p in points)
    earned = start + tuple((p.day, p.value.earned) for p in points if p.value.earned is not None)
    planned = _with_now(figures.curve, now)
    forecast = _forecast(planned, now, last)
    top = max(value for line in (planned, actual, earned, forecast) for _, value in line)
    ticks = tuple(tick * THOUSAND for tick in nice_ticks(top / THOUSAND, 5))
    return SCurve(
        msg("S-curve"),
        msg("€k, cumulated"),
        planned,
        actual,
        earned,
        forecast,
        now,
        first,
        last,
        max(ticks[-1], top),
        ticks,
    )


def _with_now(curve: Points, now: ValuePoint | None) -> Points:
    """The planned curve with its value on the day of the last estimate."""
    if not curve or now is None or now.value.planned is None:
        return curve
    inside = curve[0][0] <= now.day <= curve[-1][0]
    told = dict(curve) | ({now.day: now.value.planned} if inside else {})
    return tuple(sorted(told.items()))


def _forecast(planned: Points, now: ValuePoint | None, last: dt.date) -> Points:
    """From the actual cost to the revised end (AC + RAF), in the rhythm the plan has left."""
    value = now.value if now is not None else None
    if now is None or value is None or value.remaining is None or not planned or now.day >= last:
        return ()
    left = planned[-1][1] - (value.planned or 0.0)
    ahead = [(day, cents) for day, cents in planned if day > now.day]
    if left <= 0:
        return ((now.day, value.actual), (last, value.actual + value.remaining))
    begun = value.planned or 0.0
    return (
        (now.day, value.actual),
        *((day, value.actual + value.remaining * (cents - begun) / left) for day, cents in ahead),
    )


# indices -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Index:
    """An index of earned value: now, its trend against the period before, and over time."""

    key: str  # cost_index or schedule_index
    value: float | None
    trend: Trend | None
    points: tuple[tuple[dt.date, float], ...]


def index(figures: ValueFigures, key: str) -> Index:
    """CPI (`cost_index`) or SPI (`schedule_index`) at every point where it is known."""
    known = tuple(
        (point.day, value)
        for point in figures.points
        if (value := getattr(point.value, key)) is not None
    )
    now = figures.now
    current = getattr(now.value, key) if now is not None else None
    return Index(key, current, _trend(known) if current is not None else None, known)


def _trend(known: Sequence[tuple[dt.date, float]]) -> Trend | None:
    """Against the period before, as printed with two decimals."""
    if len(known) < 2:
        return None
    step = round(known[-1][1], 2) - round(known[-2][1], 2)
    return Trend.BETTER if step > STEADY else Trend.WORSE if step < -STEADY else Trend.STABLE


def index_chart(figures: ValueFigures, key: str) -> TimeChart | None:
    """An index as a chart beside 1.00; None without any value."""
    one = index(figures, key)
    if not one.points:
        return None
    name = msg("CPI") if key == "cost_index" else msg("SPI")
    top = max(1.2, *(value for _, value in one.points))
    line = Series(name, one.points, "deployment", strong=True, decimals=2)
    return TimeChart(
        name,
        msg("by month"),
        (line,),
        Step.MONTH,
        top,
        nice_ticks(top),
        references=(Reference(1.0, msg("as planned")),),
        why=f"committee.{key}",
    )


# internal share ----------------------------------------------------------------------------------


def internal_chart(figures: ValueFigures) -> TimeChart | None:
    """Internal share of the days of each period beside 20 to 30 %; None without any day."""
    points = tuple((month.day, month.share) for month in figures.months)
    if not any(share is not None for _, share in points):
        return None
    top = max(0.4, *(share for _, share in points if share is not None))
    return TimeChart(
        msg("Internal share by month"),
        msg("% of p-d"),
        (Series(msg("Internal share"), points, "text", strong=True),),
        Step.MONTH,
        top,
        nice_ticks(top),
        percent=True,
        bands=(Band(INTERNAL_LOW, INTERNAL_HIGH, RULE_OF_THUMB, "muted"),),
        why="committee.internal_share",
    )


# shares beside rules of thumb --------------------------------------------------------------------


@dataclass(frozen=True)
class ShareBar:
    """A share beside what practitioners say, from `low` to `high` (the same: one value)."""

    name: Text
    share: float | None  # None: not known
    low: float
    high: float
    why: str


def share_bars(lines: Sequence[BudgetLineRow], rows: Sequence[WorkloadRow]) -> tuple[ShareBar, ...]:
    """Internal share of the days revised, effort, and maintenance."""
    effort = {one.effort: one.share for one in effort_shares(lines)}
    return (
        ShareBar(
            msg("Internal share"),
            internal_shares(rows).revised,
            INTERNAL_LOW,
            INTERNAL_HIGH,
            "committee.internal_share",
        ),
        *(
            ShareBar(
                msg("Effort: {effort}", effort=msg(EFFORTS[one])),
                effort.get(one),
                expected,
                expected,
                "committee.effort_shares",
            )
            for one, expected in EFFORTS_EXPECTED.items()
        ),
        ShareBar(
            msg("Maintenance"),
            maintenance_share(lines),
            MAINTENANCE,
            1.0,
            "committee.maintenance_share",
        ),
    )


# tables ------------------------------------------------------------------------------------------


def share_table(bars: Sequence[ShareBar]) -> DataTable:
    """Every share with its rule of thumb."""
    headings = (
        Heading(msg("Name")),
        Heading(msg("Share"), "percent"),
        Heading(msg("Rule of thumb, from"), "percent"),
        Heading(msg("to"), "percent"),
    )
    rows = tuple((bar.name, bar.share, bar.low, bar.high) for bar in bars)
    return DataTable(headings, rows, msg("Shares beside rules of thumb"))


def value_table(figures: ValueFigures) -> DataTable:
    """Every point of the S-curve with its indices; amounts in thousands of euros."""
    headings = (
        Heading(msg("Date"), "day"),
        *(Heading(name, "number") for name in (msg("PV, €k"), msg("EV, €k"), msg("AC, €k"))),
        *(Heading(name, "number", 2) for name in (msg("CPI"), msg("SPI"))),
    )
    rows = tuple(
        (
            point.day,
            *(_thousands(getattr(point.value, key)) for key in ("planned", "earned", "actual")),
            point.value.cost_index,
            point.value.schedule_index,
        )
        for point in figures.points
    )
    return DataTable(headings, rows, msg("S-curve"))


def workload_table(rows: Sequence[WorkloadRow]) -> DataTable:
    """Person-days by kind of line."""
    columns = ("baseline_days", "spent_days", "remaining_days", "revised_days")
    heads = (msg("Baseline"), msg("Spent"), msg("RAF"), msg("Revised"))
    headings = (
        Heading(msg("Resource")),
        *(Heading(head, "number", 1) for head in heads),
        Heading(msg("Gap"), "signed", 1),
    )
    made = tuple(
        (
            msg(BUDGET_KINDS[row.kind]),
            *(getattr(row, column) / 100 for column in columns),
            row.gap_days / 100,
        )
        for row in rows
    )
    return DataTable(headings, made, msg("Workload"))


def _thousands(cents: float | None) -> float | None:
    return None if cents is None else cents / THOUSAND
