"""The workload in person-days as a table, with the internal share of each column."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot import formats
from crm_pilot.governance.budget import PERSON_DAY, WorkloadRow
from crm_pilot.governance.budget_shares import internal_shares
from crm_pilot.governance.terms import BUDGET_KINDS, BudgetKind
from crm_pilot.reports.context import Context
from crm_pilot.reports.fitting import fitted
from crm_pilot.reports.table import Cell, Column, Table, TableRow, count, number, share

COLUMNS = ("baseline_days", "spent_days", "remaining_days", "revised_days")
Days = tuple[int | None, int, int, int]  # the same; a baseline that nobody entered is None


def work_table(context: Context, rows: Sequence[WorkloadRow]) -> Table:
    """A row a kind of line, the total, and the share of the internal team."""
    columns = [
        Column(context.tr("Resource"), share=1),
        Column(context.tr("Baseline"), 43, align="right"),
        Column(context.tr("Spent"), 45, align="right"),
        Column(context.tr("RAF"), 34, align="right"),
        Column(context.tr("Revised"), 38, align="right", strong=True),
        Column(context.tr("Gap"), 40, align="right"),
    ]
    made = [_row(context, row) for row in rows]
    made.append(_total(context, rows))
    if any(row.kind is BudgetKind.INTERNAL for row in rows):
        made.append(_shares(context, rows))
    return Table(fitted(columns, made), made)


def _whole(row: WorkloadRow) -> Days:
    """Whole days; revised adds up as printed. A baseline that nobody entered is not known."""
    spent, remaining = (round(getattr(row, column) / PERSON_DAY) for column in COLUMNS[1:3])
    baseline = round(row.baseline_days / PERSON_DAY) if row.baseline_days else None
    return baseline, spent, remaining, spent + remaining


def _row(context: Context, row: WorkloadRow) -> TableRow:
    name = context.tr(BUDGET_KINDS[row.kind])
    return TableRow([name, *_cells(context, _whole(row), bold=False)])


def _total(context: Context, rows: Sequence[WorkloadRow]) -> TableRow:
    whole = [_whole(row) for row in rows]
    known = [baseline for baseline, *_ in whole if baseline is not None]
    baseline = sum(known) if len(known) == len(whole) else None
    spent, remaining, revised = (sum(row[place] or 0 for row in whole) for place in (1, 2, 3))
    named = Cell(context.tr("Total"), bold=True)
    cells = _cells(context, (baseline, spent, remaining, revised), bold=True)
    return TableRow([named, *cells], strong_rule=True)


def _cells(context: Context, values: Days, *, bold: bool) -> list[Cell]:
    baseline, spent, remaining, revised = values
    gap = None if baseline is None else revised - baseline
    told = "–" if gap is None else formats.signed(gap, context.language)
    return [
        count(context, baseline, bold=bold, ink="text" if bold else "muted"),
        count(context, spent, bold=bold),
        count(context, remaining, bold=bold),
        count(context, revised, bold=True),
        number(told, bold=bold, value=gap),
    ]


def _shares(context: Context, rows: Sequence[WorkloadRow]) -> TableRow:
    shares = internal_shares(rows)
    change = "–"
    if shares.revised is not None and shares.baseline is not None:
        points = round((shares.revised - shares.baseline) * 100, 1)
        told = formats.signed(points, context.language, 1)
        change = context.tr("{points} pts", points=told)
    return TableRow(
        [
            context.tr("Internal share"),
            share(context, shares.baseline, 1, ink="muted"),
            share(context, shares.spent, 1),
            share(context, shares.remaining, 1),
            share(context, shares.revised, 1, bold=True),
            number(change),
        ],
        strong_rule=True,
    )
