"""The budget by line: reference, spent, still needed (RAF), revised, gap."""

from __future__ import annotations

from crm_pilot.governance import queries as governance
from crm_pilot.governance.budget import BudgetFigures, BudgetLineRow
from crm_pilot.reports.bars import gap_bar
from crm_pilot.reports.blocks import Block, Drawn, Empty, Note, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import DASH, Pen
from crm_pilot.reports.styles import BODY, KEY, ROW
from crm_pilot.reports.table import Cell, Column, Table, TableRow, number


def build(context: Context) -> list[Page]:
    """The budget page."""
    figures = governance.budget(context.reader)
    name, sentence = context.tr("Budget"), context.sentence("budget")
    if not figures.lines:
        empty = Empty(
            context.tr("No budget line yet."),
            context.tr("Enter lines with their baseline, what is spent and what is still needed."),
        )
        return [Page(name, sentence, (Section(name, empty),), empty=True)]
    blocks = (_lines(context, figures), _totals(context, figures), Note(_note(context)))
    return [Page(name, sentence, blocks)]


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
    return Section(
        context.tr("Budget by line"),
        Table(columns, rows),
        context.tr("k€; revised = spent + still needed (RAF)"),
    )


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
            number(context.number(baseline), ink="muted"),
            number(context.number(spent)),
            number(context.number(remaining)),
            number(context.number(revised), bold=True),
            _gap(context, revised - baseline, most),
            Cell(context.own(line.reason), ink="muted"),
        ]
    )


def _gap(context: Context, value: int, most: int) -> Cell:
    text = context.thousands(value * 100_000, sign=True)

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        gap_bar(pen, x, y, wide, ROW, value, most, text)

    return Cell(paint=paint)


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
            number(context.number(baseline), bold=True),
            number(context.number(spent), bold=True),
            number(context.number(remaining), bold=True),
            number(context.number(revised), bold=True),
            _gap(context, revised - baseline, most),
            Cell(reason, bold=True),
        ],
        strong_rule=True,
    )


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
    return Section(context.tr("Where the money stands"), Drawn(84, paint, 40), progress)


def _note(context: Context) -> str:
    return context.tr(
        "RAF: what is still needed to finish, re-estimated by those who do the work; it is not the"
        " money left. Drift = (spent + RAF − baseline) ÷ baseline, this report's own definition."
    )
