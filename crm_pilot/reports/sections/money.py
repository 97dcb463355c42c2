"""The budget: lines, S-curve with earned value, indices, workload, internal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.governance import budget_charts, budget_shares, budget_value
from crm_pilot.governance import queries as governance
from crm_pilot.governance.budget import BudgetFigures, BudgetLineRow, workload
from crm_pilot.governance.budget_value import ValueFigures
from crm_pilot.governance.terms import EFFORTS
from crm_pilot.i18n import msg
from crm_pilot.reports.bars import gap_bar
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Note, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.fitting import fitted
from crm_pilot.reports.pen import DASH, Pen
from crm_pilot.reports.s_curve import s_curve, share_chart
from crm_pilot.reports.sections.money_indices import indices
from crm_pilot.reports.sections.money_work import work_table
from crm_pilot.reports.styles import BODY, KEY, ROW
from crm_pilot.reports.table import MONEY, Cell, Column, Table, TableRow, number
from crm_pilot.reports.typography import width

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

CURVE, CURVE_GROWTH = 196.0, 70.0  # height of the S-curve, and the most it is stretched by
GAP = 5  # the column of the gaps
INDICES, SHARE = 158.0, 158.0  # widths of what stands at the right


def build(context: Context) -> list[Page]:
    """The budget page."""
    figures = governance.budget(context.reader)
    name = context.tr("Budget")
    if not figures.lines:
        empty = Empty(
            context.tr("No budget line yet."),
            context.tr("Enter lines with their baseline, what is spent and what is still needed."),
        )
        return [context.page(name, "budget", [Section(name, empty)], empty=True)]
    value = budget_value.value(context.reader, context.today)
    blocks = (
        _lines(context, figures),
        _curve(context, figures, value),
        *_work(context, value),
        Note(_note(context, value), most=7),
    )
    return [context.page(name, "budget", blocks)]


# lines -------------------------------------------------------------------------------------------


def _lines(context: Context, figures: BudgetFigures) -> Block:
    columns = [
        Column(context.tr("Line"), share=1.25, lines=2),
        Column(context.tr("Baseline"), 43, align="right"),
        Column(context.tr("Spent"), 45, align="right"),
        Column(context.tr("RAF"), 28, align="right"),
        Column(context.tr("Revised"), 36, align="right", strong=True),
        Column(context.tr("Gap"), 76),
        Column(context.tr("Reason"), share=1, lines=2),
    ]
    thousands = [_rounded(line) for line in figures.lines]
    most = max([1, *(abs(revised - baseline) for baseline, _, _, revised in thousands)])
    most = max(most, abs(sum(revised - baseline for baseline, _, _, revised in thousands)))
    rows = [
        _row(context, line, values, most)
        for line, values in zip(figures.lines, thousands, strict=True)
    ]
    rows.append(_total(context, figures, thousands, most))
    columns = fitted(columns, rows)
    columns[GAP] = replace(columns[GAP], wide=max(76.0, _gap_room(rows)))
    return Section(
        context.tr("Budget by line"),
        Table(columns, rows),
        context.tr("k€; revised = spent + still needed (RAF)"),
    )


def _gap_room(rows: Sequence[TableRow]) -> float:
    """The width at which the longest bar and its figure stand inside their column."""
    texts = [cell.told for row in rows if isinstance(cell := row.cells[GAP], Cell)]
    return (max(width(text, BODY, True, True) for text in texts) + 2) / 0.38


def _rounded(line: BudgetLineRow) -> tuple[int, int, int, int]:
    """Baseline, spent, RAF and revised in whole thousands; revised adds up as printed."""
    baseline, spent, remaining = (
        round(cents / 100_000)
        for cents in (line.baseline_cents, line.spent_cents, line.remaining_cents)
    )
    return baseline, spent, remaining, spent + remaining


def _row(
    context: Context, line: BudgetLineRow, values: tuple[int, int, int, int], most: int
) -> TableRow:
    baseline, spent, remaining, revised = values
    return TableRow(
        [
            context.own(line.name),
            _amount(context, baseline, line.baseline_cents, ink="muted"),
            _amount(context, spent, line.spent_cents),
            _amount(context, remaining, line.remaining_cents),
            _amount(context, revised, line.revised_cents, bold=True),
            _gap(context, revised - baseline, most, line.gap_cents),
            Cell(context.own(line.reason), ink="muted"),
        ]
    )


def _amount(context: Context, thousands: int, cents: int, **style: Any) -> Cell:
    """Thousands as printed, which add up, standing for cents."""
    return number(context.number(thousands), value=cents, unit=MONEY, **style)


def _gap(context: Context, value: int, most: int, cents: int) -> Cell:
    text = context.thousands(value * 100_000, sign=True)

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        gap_bar(pen, x, y, wide, ROW, value, most, text)

    return Cell(paint=paint, told=text, value=cents, unit=MONEY)


def _total(
    context: Context,
    figures: BudgetFigures,
    thousands: list[tuple[int, int, int, int]],
    most: int,
) -> TableRow:
    baseline, spent, remaining, revised = (
        sum(row[column] for row in thousands) for column in range(4)
    )
    drift = figures.drift_share
    reason = ""
    if drift is not None:
        sign = "+" if drift > 0 else ""
        reason = context.tr("Drift {share}", share=sign + context.percent(drift, 1))
    return TableRow(
        [
            Cell(context.tr("Total"), bold=True),
            _amount(context, baseline, figures.baseline_cents, bold=True),
            _amount(context, spent, figures.spent_cents, bold=True),
            _amount(context, remaining, figures.remaining_cents, bold=True),
            _amount(context, revised, figures.revised_cents, bold=True),
            _gap(
                context,
                revised - baseline,
                most,
                figures.revised_cents - figures.baseline_cents,
            ),
            Cell(reason, bold=True),
        ],
        strong_rule=True,
    )


# curve and indices -------------------------------------------------------------------------------


def _curve(context: Context, figures: BudgetFigures, value: ValueFigures) -> Block:
    """The S-curve beside its indices; without a plan or a history, the amounts as bars."""
    chart = budget_charts.s_curve(value)
    if chart is None:
        return _totals(context, figures)

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        s_curve(pen, x, y, room, high, chart, context)

    left = Section(
        context.show(chart.title),
        Drawn(CURVE, paint, CURVE_GROWTH, chart.time_chart()),
        context.show(chart.caption),
    )
    right = indices(context, figures, value)
    return left if right is None else Columns(left, right, INDICES)


def _totals(context: Context, figures: BudgetFigures) -> Block:
    """Baseline, spent and revised as bars from zero, in k€."""
    bars = [
        (context.tr("Baseline"), figures.baseline_cents, 0),
        (context.tr("Spent"), figures.spent_cents, 0),
        (context.tr("Revised"), figures.spent_cents, figures.remaining_cents),
    ]
    top = max(solid + hollow for _, solid, hollow in bars) or 1

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        line, left, track = high / 3, x + 76, room - 76 - 60
        for name, solid, hollow in bars:
            middle = y + line / 2
            pen.text(x, middle + 3.3, name, BODY)
            reach = track * solid / top
            if name == bars[0][0]:
                pen.box(left, middle - 6, reach, 12, ink="muted", weight=1)
            else:
                pen.box(left, middle - 6, reach, 12, fill="text")
            if hollow:
                pen.hatched(left + reach, middle - 6, track * hollow / top, 12, "muted")
                reach += track * hollow / top
            text = context.thousands(solid + hollow)
            pen.text(left + reach + 6, middle + 4.6, text, KEY, bold=True)
            y += line
        edge = left + track * figures.baseline_cents / top
        pen.line(edge, y - high, edge, y, ink="muted", weight=0.8, dash=DASH)
        pen.line(left, y - high, left, y, ink="text", weight=0.75)

    progress = ""
    if figures.progress_share is not None:
        progress = context.tr(
            "k€; hatched: still needed; progress = spent ÷ revised = {share}",
            share=context.percent(figures.progress_share),
        )

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import FactsPart

        told = tuple((formats.money(a + b, context.language), name) for name, a, b in bars)
        return (FactsPart("", told),)

    title = context.tr("Where the money stands")
    return Section(title, Drawn(84, paint, 40, shows), progress)


# workload ----------------------------------------------------------------------------------------


def _work(context: Context, value: ValueFigures) -> list[Block]:
    """Workload in person-days beside the internal share by month; nothing without any day."""
    rows = workload(context.reader)
    if not rows:
        return []
    tail = context.tr("person-days, RAF re-estimated by those who do the work")
    table = Section(context.tr("Workload"), work_table(context, rows), tail)
    chart = budget_charts.internal_chart(value)
    if chart is None:
        return [table]

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        share_chart(pen, x, y, room, high, chart, context)

    share = Section(
        context.show(chart.title), Drawn(88.0, paint, 30.0, chart), context.show(chart.unit)
    )
    return [Columns(table, share, SHARE)]


# notes -------------------------------------------------------------------------------------------


def _note(context: Context, value: ValueFigures) -> str:
    told = [_missing(context, value)]
    if value.now is not None and value.now.value.earned is not None:
        told.append(
            context.tr(
                "PV: budgeted cost of planned work. EV: budgeted cost of done work. AC: actual cost"
                " of done work. EAC: estimate at completion. CPI\u00a0= EV\u00a0÷\u00a0AC;"
                " SPI\u00a0= EV\u00a0÷\u00a0PV; above 1, favourable."
            )
        )
    told.append(
        context.tr(
            "RAF: what is still needed to finish, re-estimated by those who do the work; it is not"
            " the money left. Drift = (spent + RAF − baseline) ÷ baseline, this report's own"
            " definition."
        )
    )
    told.append(_thumbs(context))
    return " ".join(one for one in told if one)


def _missing(context: Context, value: ValueFigures) -> str:
    """What is not known for want of dates or estimates; it is not counted as zero."""
    if value.unplanned:
        return context.ntr(
            "{n} line has a baseline and no dates: planned value and SPI are not known.",
            "{n} lines have a baseline and no dates: planned value and SPI are not known.",
            len(value.unplanned),
        )
    if value.unestimated:
        return context.ntr(
            "{n} line should have begun and was not estimated: earned value is not known.",
            "{n} lines should have begun and were not estimated: earned value is not known.",
            len(value.unestimated),
        )
    return ""


def _thumbs(context: Context) -> str:
    """Effort and maintenance beside what practitioners say."""
    lines = governance.budget(context.reader).lines
    effort = budget_shares.effort_shares(lines)
    told = "–"
    if effort:
        told = ", ".join(
            f"{context.tr(EFFORTS[one.effort]).lower()} {context.percent(one.share)}"
            for one in effort
        )
    share = budget_shares.maintenance_share(lines)
    upkeep = context.percent(share) if share is not None else context.tr("no line yet")
    return context.show(
        msg(
            "Practitioners' rules of thumb, not norms: effort 25% technology, 25% process, 50%"
            " people (here {effort}); maintenance more than 60% of the cost (here {upkeep}).",
            effort=told,
            upkeep=upkeep,
        )
    )
