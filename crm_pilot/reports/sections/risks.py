"""The risk register: the matrix, the register with its trend, and the problems."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.governance.problems import ProblemRow, problems
from crm_pilot.governance.risks import RiskTableRow, matrix, risk_table
from crm_pilot.governance.rows import HIGH_RISK
from crm_pilot.governance.terms import (
    PROBLEM_STATUSES,
    RISK_RESPONSES,
    RISK_STATUSES,
    RISK_TRENDS,
    ProblemStatus,
    Trend,
)
from crm_pilot.reports.bars import score_bar
from crm_pilot.reports.blocks import Block, Columns, Empty, Facts, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.risk_matrix import RiskGrid
from crm_pilot.reports.styles import NOTE, SIDE
from crm_pilot.reports.table import Cell, Column, Table, TableRow
from crm_pilot.reports.weather_marks import trend_arrow

HIGHEST = 16  # probability 4 × impact 4
GRAVEST = 4


def build(context: Context) -> list[Page]:
    """The page, or pages where the registers are long."""
    rows = risk_table(context.reader, context.today)
    hindering = problems(context.reader, context.today)
    blocks = [
        Columns(_matrix(context, rows), _facts(context, rows, hindering), SIDE),
        _register(context, rows),
        _problems(context, hindering),
    ]
    if not rows:
        blocks = blocks[1:]
    name = context.tr("Risks and problems")
    return [context.page(name, "risks", blocks, empty=not rows and not hindering)]


# matrix ----------------------------------------------------------------------------------------


def _matrix(context: Context, rows: Sequence[RiskTableRow]) -> Block:
    turns = {row.code: row.trend for row in rows if row.trend in (Trend.WORSE, Trend.BETTER)}
    return Section(
        context.tr("Where the risks stand"),
        RiskGrid(context, matrix(rows), turns),
        context.tr("open risks; ↘ worsens, ↗ eases"),
    )


def _facts(
    context: Context, rows: Sequence[RiskTableRow], hindering: Sequence[ProblemRow]
) -> Block:
    open_ones = [row for row in rows if row.open]
    high = sum(row.score >= HIGH_RISK for row in open_ones)
    worse = sum(row.trend is Trend.WORSE for row in open_ones)
    better = sum(row.trend is Trend.BETTER for row in open_ones)
    late = sum(row.late for row in open_ones)
    open_problems = sum(row.open for row in hindering)
    items = [
        (
            context.tr("{n} of {all}", n=high, all=len(open_ones)),
            context.tr("open risks are high: probability × impact from {high}", high=HIGH_RISK),
        ),
        (
            context.tr("{worse} ↘  {better} ↗", worse=worse, better=better),
            context.tr("got worse, got better since the last committee"),
        ),
        (
            context.number(late),
            context.ntr("response past its date", "responses past their date", late),
        ),
        (
            context.number(open_problems),
            context.ntr("open problem", "open problems", open_problems),
        ),
    ]
    return Section(context.tr("Key figures"), Facts(items))


# registers -------------------------------------------------------------------------------------


def _register(context: Context, rows: Sequence[RiskTableRow]) -> Block:
    title = context.tr("Register of risks")
    if not rows:
        return Section(title, Empty(context.tr("No risk is recorded yet.")))
    columns = [
        Column(context.tr("No."), 30),
        Column(context.tr("Risk and response"), share=1, lines=3),
        Column(context.tr("P × I / {most}", most=HIGHEST), 48),
        Column(context.tr("Trend"), 57),
        Column(context.tr("Owner"), 70, lines=2),
        Column(context.tr("Response by"), 76, align="right"),
    ]
    return Section(
        title,
        Table(columns, [_risk(context, row) for row in rows]),
        context.tr("probability × impact, 1 to 4 each; ▼ past its date"),
    )


def _risk(context: Context, row: RiskTableRow) -> TableRow:
    ink = "text" if row.open else "muted"
    name, _, role = row.owner.partition(",")
    answer = context.own(row.response)
    if row.response_kind is not None:
        kind = context.tr(RISK_RESPONSES[row.response_kind])
        answer = context.tr("{kind}: {response}", kind=kind, response=answer) if answer else kind
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(context.own(row.title), bold=row.open, ink=ink, second=answer, second_lines=2),
            _score(context, row),
            _trend(context, row),
            Cell(context.own(name), ink=ink, second=context.own(role.strip())),
            _due(context, row),
        ]
    )


def _score(context: Context, row: RiskTableRow) -> Cell:
    told = context.tr("{p} × {i}", p=row.probability, i=row.impact)

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        bold = row.open and row.score >= HIGH_RISK
        pen.text(x + 13, y + 12.6, str(row.score), bold=bold, align="right", tabular=True)
        score_bar(pen, x + 18, y, 19, row.score, HIGHEST)
        if high > 22:
            pen.text(x + 1, y + 24.6, told, NOTE, ink="muted")

    return Cell(paint=paint, told=str(row.score), value=row.score)


def _trend(context: Context, row: RiskTableRow) -> Cell:
    if not row.open:
        return Cell(context.tr(RISK_STATUSES[row.status]), ink="muted")
    if row.trend is None:
        return Cell(context.tr("new"), ink="muted")
    trend, word = row.trend, context.tr(RISK_TRENDS[row.trend])

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        trend_arrow(pen, trend, x + 5, y + 9.2, 8.5)
        pen.text(x + 13, y + 12.4, word, NOTE, bold=trend is Trend.WORSE, room=wide - 12)

    return Cell(paint=paint, told=word)


def _due(context: Context, row: RiskTableRow) -> Cell:
    text = context.day(row.due_on, year=True)
    return Cell(
        f"▼ {text}" if row.late else text,
        bold=row.late,
        ink="text" if row.open else "muted",
        value=row.due_on,
    )


def _problems(context: Context, rows: Sequence[ProblemRow]) -> Block:
    title = context.tr("Problems")
    if not rows:
        return Section(title, Empty(context.tr("No problem is recorded.")))
    columns = [
        Column(context.tr("No."), 30),
        Column(context.tr("Problem and response"), share=1, lines=3),
        Column(context.tr("Severity / {most}", most=GRAVEST), 48),
        Column(context.tr("Status"), 57),
        Column(context.tr("Owner"), 70, lines=2),
        Column(context.tr("Due"), 76, align="right"),
    ]
    return Section(
        title,
        Table(columns, [_problem(context, row) for row in rows]),
        context.tr("what happened; 4 stops the project; ▼ past its date"),
    )


def _problem(context: Context, row: ProblemRow) -> TableRow:
    ink = "text" if row.status is not ProblemStatus.CLOSED else "muted"
    name, _, role = row.owner.partition(",")
    due = context.day(row.due_on, year=True)

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        bold = row.open and row.severity >= 3
        pen.text(x + 13, y + 12.6, str(row.severity), bold=bold, align="right", tabular=True)
        score_bar(pen, x + 18, y, 19, row.severity, GRAVEST)

    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(
                context.own(row.title),
                bold=row.open,
                ink=ink,
                second=context.own(row.response),
                second_lines=2,
            ),
            Cell(paint=paint, told=str(row.severity), value=row.severity),
            Cell(context.tr(PROBLEM_STATUSES[row.status]), ink=ink),
            Cell(context.own(name), ink=ink, second=context.own(role.strip())),
            Cell(f"▼ {due}" if row.late else due, bold=row.late, ink=ink, value=row.due_on),
        ]
    )
