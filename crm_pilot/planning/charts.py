"""What is drawn of the plan: the macro-Gantt, the milestone table and the dates-dates diagram."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from crm_pilot.charts import Text
from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import Message, msg
from crm_pilot.planning.history import TrendFigures
from crm_pilot.planning.rows import MilestoneRow, PhaseRow, PlanningFigures
from crm_pilot.planning.rules import ONE_DAY
from crm_pilot.planning.terms import PILLARS, SLIP_REASONS, Pillar
from crm_pilot.planning.trend import Announced, History, Origin, Point
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class MacroBar:
    """One row of the macro-Gantt: a phase, or the milestones of a pillar that lie in no phase.

    Days are included at both ends; `percent` (0 to 100) is drawn solid, the rest outlined;
    `slip_days` is written at the end of the bar when it is not 0 or unknown.
    """

    name: Text
    start: dt.date | None
    finish: dt.date | None
    baseline_start: dt.date | None
    baseline_finish: dt.date | None
    percent: int
    slip_days: int | None
    milestones: tuple[MilestoneRow, ...]


@dataclass(frozen=True)
class MacroPillar:
    """The rows of one pillar; `colour` is a palette token."""

    pillar: Pillar
    name: Text
    colour: str
    bars: tuple[MacroBar, ...]


@dataclass(frozen=True)
class MacroGantt:
    """Phases by pillar on one axis from `start` to `finish` (whole months), with today."""

    title: Text
    caption: Text
    start: dt.date
    finish: dt.date
    today: dt.date
    pillars: tuple[MacroPillar, ...]


def macro_gantt(
    figures: PlanningFigures, today: dt.date, *, committee: bool = True
) -> MacroGantt | None:
    """The macro-Gantt, or None without a dated phase or milestone.

    With `committee` only milestones marked for the committee are shown.
    """
    shown = tuple(m for m in figures.milestones if m.committee or not committee)
    pillars = tuple(
        MacroPillar(pillar, msg(PILLARS[pillar]), pillar.value, bars)
        for pillar in Pillar
        if (bars := _bars(figures, pillar, shown))
    )
    days = [day for found in pillars for bar in found.bars for day in _days(bar)]
    if not days:
        return None
    caption = (
        msg(
            "grey: reference plan of {day}; solid: done; diamond: milestone",
            day=figures.baseline_set_on,
        )
        if figures.baseline_set_on
        else msg("solid: done; diamond: milestone; no reference plan yet")
    )
    return MacroGantt(
        msg("Plan by phase"),
        caption,
        min(days).replace(day=1),
        _month_end(max(days)),
        today,
        pillars,
    )


def _bars(
    figures: PlanningFigures, pillar: Pillar, shown: tuple[MilestoneRow, ...]
) -> tuple[MacroBar, ...]:
    phases = [p for p in figures.phases if p.pillar is pillar and p.start and p.finish]
    inside = {m.id for phase in figures.phases for m in phase.milestones}
    loose = tuple(m for m in shown if m.pillar is pillar and m.id not in inside)
    bars = [_phase_bar(phase, shown) for phase in phases]
    if loose:
        bars.append(MacroBar(msg("Milestones"), None, None, None, None, 0, None, loose))
    return tuple(bars)


def _phase_bar(phase: PhaseRow, shown: tuple[MilestoneRow, ...]) -> MacroBar:
    return MacroBar(
        phase.title,
        phase.start,
        phase.finish,
        phase.baseline_start,
        phase.baseline_finish,
        phase.percent,
        phase.slip_days,
        tuple(m for m in phase.milestones if m in shown),
    )


def _days(bar: MacroBar) -> list[dt.date]:
    ends = [bar.start, bar.finish, bar.baseline_start, bar.baseline_finish]
    ends += [day for m in bar.milestones for day in (m.forecast, m.baseline)]
    return [day for day in ends if day is not None]


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY


def milestone_table(
    figures: PlanningFigures, *, committee: bool = True
) -> tuple[MilestoneRow, ...]:
    """Milestones for the table baseline / previous / forecast, by forecast. With `committee`
    those marked for it; when none is marked, all."""
    marked = tuple(m for m in figures.milestones if m.committee)
    return marked if committee and marked else figures.milestones


# dates-dates -------------------------------------------------------------------------------------

MOST_LINES = 8  # milestones shown unless others are chosen
MARGIN = 6  # days left free before the first report and after the last date


@dataclass(frozen=True)
class TrendLine:
    """A milestone of the dates-dates diagram: `points` are (report, date in force), the last one
    that of today or, on the diagonal, the day it was reached."""

    key: int
    name: Text  # the wave of a go-live, else the title
    points: tuple[Point, ...]
    date: dt.date  # at which the line meets the diagonal
    done: bool
    slip: int | None  # days since the first announcement
    strong: bool  # the next go-live
    dashed: bool  # not a go-live


@dataclass(frozen=True)
class TrendChart:
    """Announced dates (upwards) against the day of the report (to the right), both in days on
    one scale, so that the diagonal on which milestones are reached stands at 45 degrees."""

    title: Text
    caption: Text
    lines: tuple[TrendLine, ...]  # by date
    reports: tuple[tuple[dt.date, int], ...]  # committees held: day, number
    number: int | None  # of the committee to come
    today: dt.date
    first: dt.date  # of the reports' axis
    low: dt.date  # of the dates' axis
    last: dt.date  # of both
    why: str = "planning.announcements"


def trend_chart(
    told: TrendFigures,
    today: dt.date,
    chosen: Collection[int] | None = None,
    *,
    most: int = MOST_LINES,
    apart: int = 0,
) -> TrendChart | None:
    """The dates-dates diagram of the milestones `chosen`, or None without any announced date.

    None chosen: those for the committee, go-lives first, then those that moved, at most `most`
    and at least `apart` days from each other.
    """
    if chosen is None:
        rows = _usual(told, most, apart)
    else:
        rows = [one for one in told.histories if one.id in chosen]
    if not rows:
        return None
    lines = tuple(_trend_line(told, one) for one in rows)
    dates = [date for line in lines for _, date in line.points]
    reports = [day for line in lines for day, _ in line.points]
    first = min(reports) - MARGIN * ONE_DAY
    return TrendChart(
        msg("Announced dates, committee after committee"),
        msg("flat: kept; diagonal: met"),
        lines,
        tuple(one for one in told.reports if one[0] >= first),
        told.number,
        today,
        first,
        min(dates) - MARGIN * ONE_DAY,
        max(*dates, today) + MARGIN * ONE_DAY,
    )


def _usual(told: TrendFigures, most: int, apart: int) -> list[History]:
    shown = [one for one in told.histories if one.go_live or one.committee]
    shown.sort(key=lambda one: (not one.go_live, one.done, not one.postponed))
    kept: list[History] = []
    for one in shown:
        far = all(abs((one.forecast - other.forecast).days) >= apart for other in kept)
        if len(kept) < most and (far or one.go_live) and len(told.lines[one.id]) > 1:
            kept.append(one)
    return sorted(kept, key=lambda one: (one.forecast, one.id))


def _trend_line(told: TrendFigures, one: History) -> TrendLine:
    strong = told.next_go_live is not None and one.id == told.next_go_live.id
    name = one.wave if one.go_live and one.wave else one.title
    return TrendLine(
        one.id,
        name,
        told.lines[one.id],
        one.forecast,
        one.done,
        one.slip,
        strong,
        not one.go_live,
    )


def trend_table(told: TrendFigures, shown: Collection[int]) -> DataTable:
    """The rows behind the diagram: every announcement of the milestones `shown`."""
    rows = []
    for one in told.histories:
        if one.id in shown:
            moves = [None, *(days for _, days in one.steps())]
            rows += [
                (one.title, said.reported_on, said.expected_on, moved, reason_words(said, moved))
                for said, moved in zip(one.said, moves, strict=True)
            ]
    headings = (
        Heading(msg("Milestone")),
        Heading(msg("Announced on"), "day"),
        Heading(msg("Date"), "day"),
        Heading(msg("Moved by, days"), "signed"),
        Heading(msg("Reason")),
    )
    return DataTable(headings, tuple(rows), msg("Announced dates"))


def reason_words(said: Announced, moved: int | None) -> Text:
    """Why a date moved, in the words of the code and of the lead; that the reason is missing where
    it was put off without any."""
    if said.origin is Origin.REFERENCE:
        return said.reason or msg("Reference plan")
    code = Message(SLIP_REASONS[said.code]) if said.code is not None else None
    if code is not None and said.reason:
        return msg("{code}: {reason}", code=code, reason=said.reason)
    if code is not None or said.reason:
        return code or said.reason
    return msg("Reason missing") if moved else ""
