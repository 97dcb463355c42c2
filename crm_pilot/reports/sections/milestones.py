"""Milestones on paper: their table, and what became of their announced dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_pilot import formats
from crm_pilot.governance.rows import CommitteeFigures
from crm_pilot.planning import history, trend
from crm_pilot.planning.charts import TrendChart, trend_chart
from crm_pilot.planning.history import TrendFigures
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.planning.terms import SLIP_REASONS
from crm_pilot.planning.trend import Cause
from crm_pilot.reports.blocks import Block, Columns, Drawn, Facts, Section
from crm_pilot.reports.context import Context
from crm_pilot.reports.dates import dates_dates, dates_height
from crm_pilot.reports.gantt import Days, milestone_axis, milestone_marks, milestone_today
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BODY, CONTENT, GUTTER, NOTE
from crm_pilot.reports.table import HEAD_ROW, PAD, Cell, Column, Table, TableRow, day
from crm_pilot.reports.typography import width

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

AXIS = 96.0
MOST_LINES = 6  # milestones in the dates-dates diagram
APART = 12  # days between two that are not go-lives, so that their labels stay clear
FACTS = 153.0
LEAST = 168.0  # height of the diagram; what the page has to spare goes to it
BARS = 86.0
_NUMBERED = re.compile(r"(\w)\w*[\s\u00a0\u202f](\d+)")


class MilestoneTable(Block):
    """Rows by date; a forecast that moved since the last committee is bold, the next go-live is
    the one raised row."""

    def __init__(
        self,
        context: Context,
        rows: Sequence[MilestoneRow],
        figures: CommitteeFigures,
        go_lives: frozenset[int],
    ) -> None:
        self._context = context
        self._rows = list(rows)
        self._axis = milestone_axis(self._rows, context.today)
        self._previous = figures.last is not None
        pending = [row for row in rows if row.id in go_lives and not row.done]
        self._next = min(pending, key=lambda row: row.forecast, default=None)
        self._table = Table(self._columns(figures), [self._row(row) for row in rows])

    def _columns(self, figures: CommitteeFigures) -> list[Column]:
        context = self._context
        columns = [
            Column(context.tr("Milestone"), share=1),
            Column(context.tr("Baseline"), 67, align="right"),
        ]
        if figures.last is not None:
            head = context.tr("Committee {number}", number=figures.last.number)
            columns.append(Column(head, 67, align="right"))
        now = context.tr("Forecast")
        if figures.next is not None and figures.last is not None:
            now = context.tr("Committee {number}", number=figures.next.number)
        columns += [
            Column(now, 76, align="right", strong=True),
            Column("", AXIS),
            Column(context.tr("Gap"), 34, align="right"),
        ]
        return columns

    def _row(self, row: MilestoneRow) -> TableRow:
        context, raised = self._context, row is self._next
        cells: list[Cell | str] = [Cell(context.own(row.title), bold=raised)]
        cells.append(day(context, row.baseline, ink="muted"))
        if self._previous:
            cells.append(day(context, row.previous, ink="muted"))
        moved = bool(row.moved_days) and not row.done
        forecast = context.day(row.forecast, year=True)

        def tick(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
            if row.done:
                pen.tick(x + wide - width(forecast, BODY, moved) - 10, y + 12.6, 6.5)

        def marks(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
            milestone_marks(pen, x, y, wide, high, row, self._axis)

        slip = context.slip(row.slip_days)
        cells.append(Cell(forecast, bold=moved, paint=tick, value=row.forecast))
        cells.append(Cell(paint=marks))
        ink = "text" if row.slip_days else "muted"
        cells.append(Cell(slip, bold=bool(row.slip_days), ink=ink, value=row.slip_days))
        return TableRow(cells, raised=raised)

    def height(self, room: float) -> float:
        return self._table.height(room)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        return (self, None) if self.height(room) <= high else (None, self)

    def parts(self) -> tuple[Part, ...]:
        return self._table.parts()

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        self._table.draw(pen, x, y, room)
        widths = self._table.widths(room)
        left = x + sum(widths[:-2]) + PAD * (len(widths) - 2)
        foot = y + self.height(room)
        at = milestone_today(pen, left, y + HEAD_ROW, AXIS, foot, self._axis, self._context.today)
        self._draw_ends(pen, left, y + 9.5, at)

    def _draw_ends(self, pen: Pen, left: float, y: float, at: float) -> None:
        """Today over its line; the months at both ends where there is room."""
        context = self._context
        today = context.day(context.today)
        half = width(today, NOTE, True) / 2
        middle = min(max(at, left + half), left + AXIS - half)
        days: Days = self._axis
        first = formats.month(days.first, context.language)
        last = formats.month(days.last, context.language)
        if middle - half - width(first, NOTE) - 4 > left:
            pen.text(left, y, first, NOTE, ink="muted")
        pen.text(middle, y, today, NOTE, bold=True, ink="accent", align="middle")
        if middle + half + width(last, NOTE) + 4 < left + AXIS:
            pen.text(left + AXIS, y, last, NOTE, ink="muted", align="right")


# announced dates ---------------------------------------------------------------------------------


def announced(context: Context) -> list[Block]:
    """The dates-dates diagram beside predictability, and the causes of slips; nothing before the
    first date was announced."""
    told = history.figures(context.reader, context.today)
    chart = trend_chart(told, context.today, most=MOST_LINES, apart=APART)
    blocks: list[Block] = []
    if chart is not None and any(len(line.points) > 1 for line in chart.lines):
        blocks.append(_diagram(context, told, chart))
    if told.causes:
        blocks.append(_causes(context, told))
    return blocks


def _diagram(context: Context, told: TrendFigures, chart: TrendChart) -> Block:
    room = CONTENT - FACTS - GUTTER

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        dates_dates(pen, x, y, wide, high, chart, context)

    full = dates_height(chart, room, context)
    least = min(full, LEAST)
    drawn = Section(
        context.show(chart.title),
        Drawn(least, paint, full - least, chart),
        context.show(chart.caption),
    )
    facts = Section(context.tr("Predictability"), Facts(_facts(context, told)))
    return Columns(drawn, facts, FACTS)


def _facts(context: Context, told: TrendFigures) -> list[tuple[str, str]]:
    """Postponements, mean slip, milestones held, slope: a figure and what it counts."""
    live = told.go_lives
    found = []
    if live:
        figure = context.ntr("{n} postponement", "{n} postponements", told.postponements)
        found.append((figure, _postponements(context, told)))
    if told.mean_slip is not None and live:
        slips = ", ".join(context.number(one.slip or 0) for one in live)
        text = context.ntr(
            "mean slip of {n} go-live ({slips} days)",
            "mean slip of {n} go-lives ({slips} days)",
            len(live),
            slips=slips,
        )
        found.append((context.slip(round(told.mean_slip)), text))
    if told.due:
        found.append((context.tr("{n} of {all}", n=told.held, all=told.due), _held(context, told)))
    if told.slope is not None and told.next_go_live is not None:
        found.append((context.number(told.slope, 2), _slope(context, told)))
    return found


def _postponements(context: Context, told: TrendFigures) -> str:
    moved = [
        context.tr("{title}: {n}", title=context.own(one.wave or one.title), n=one.postponed)
        for one in told.go_lives
        if one.postponed
    ]
    reports = len(told.reports) + (told.number is not None)
    if not reports or not moved:
        return context.tr("of go-lives")
    return context.ntr(
        "of go-lives in {n} committee ({list})",
        "of go-lives in {n} committees ({list})",
        reports,
        list=", ".join(moved),
    )


def _held(context: Context, told: TrendFigures) -> str:
    text = context.tr("milestones due held to {days} working days", days=trend.TOLERANCE)
    if told.due_before:
        before = context.tr(
            "{n} of {all} at committee {number}",
            n=told.held_before,
            all=told.due_before,
            number=told.reports[-1][1],
        )
        return context.tr("{first}; {second}", first=text, second=before)
    return text


def _slope(context: Context, told: TrendFigures) -> str:
    live = told.next_go_live
    assert live is not None
    return context.tr(
        "slope of {title} over three reports; alert at {limit}; at 1 the date never comes nearer",
        title=context.own(live.wave or live.title),
        limit=context.number(trend.SLOPE, 1),
    )


def _causes(context: Context, told: TrendFigures) -> Block:
    """Days lost by reason over the go-lives; what was regained comes last, and the total adds up
    to the slips."""
    most = max(abs(cause.days) for cause in told.causes)
    columns = [
        Column(context.tr("Cause"), 108, lines=2),
        Column(_total(context, told), BARS),
        Column(context.tr("Waves"), 52, lines=2),
        Column(context.tr("Last said"), share=1, lines=2, size=NOTE),
    ]
    rows = [
        _cause(context, cause, most, first=not place) for place, cause in enumerate(told.causes)
    ]
    return Section(context.tr("Causes of slips"), Table(columns, rows), context.tr("go-lives only"))


def _total(context: Context, told: TrendFigures) -> str:
    """What the rows add up to; with what was regained, as a sum."""
    regained = -sum(cause.days for cause in told.causes if cause.regained)
    if not regained:
        return context.ntr("Days lost, total {n}", "Days lost, total {n}", told.days_lost)
    lost = told.days_lost + regained
    return context.tr(
        "Days: {lost} − {regained} = {net}", lost=lost, regained=regained, net=told.days_lost
    )


def _cause(context: Context, cause: Cause, most: int, *, first: bool) -> TableRow:
    bold = first and cause.code is not None
    name = context.tr("Regained") if cause.regained else context.tr("Reason missing")
    if cause.code is not None:
        name = context.tr(SLIP_REASONS[cause.code])
    days = formats.days(cause.days, context.language)

    def bar(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        long = (wide - 34) * abs(cause.days) / most
        pen.line(x, y + 3, x, y + 15, ink="text", weight=0.75)
        ink = "text" if bold else "muted"
        if cause.days > 0 and cause.code is not None:
            pen.box(x, y + 6, long, 6, fill=ink)
        else:
            pen.box(x, y + 6, long, 6, fill="surface", ink=ink, weight=0.8)
        pen.text(x + long + 5, y + 12.4, days, BODY, bold=bold)

    said = context.own(cause.latest.reason)
    day = context.day(cause.latest.reported_on)
    last = context.tr("{day}: {reason}", day=day, reason=said) if said else day
    waves = [short_wave(context.own(one)) for one in cause.milestones]
    return TableRow(
        [
            Cell(name, bold=bold),
            Cell(paint=bar, told=days, value=cause.days),
            Cell(", ".join(waves), ink="muted"),
            Cell(last),
        ]
    )


def short_wave(name: str) -> str:
    """`V3` for “Vague 3” where there is little room; other names as they are."""
    found = _NUMBERED.fullmatch(name)
    return found[1] + found[2] if found else name
