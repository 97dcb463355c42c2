"""Decisions: the band of what is asked on page 1, and the whole register; risks of page 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_pilot.governance import queries as governance
from crm_pilot.governance.rows import CommitteeFigures, DecisionRow, RiskRow
from crm_pilot.governance.terms import DECISION_STATUSES, DecisionStatus
from crm_pilot.reports.bars import score_bar
from crm_pilot.reports.blocks import Block, Drawn, Empty, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import CONTENT, NOTE, SECTION
from crm_pilot.reports.table import Cell, Column, Table, TableRow, day

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

HIGHEST = 16  # probability 4 × impact 4
INSET = 10.0


def build(context: Context) -> list[Page]:
    """The register page, or pages when the registers are long."""
    figures = governance.figures(context.reader, context.today)
    return [
        context.page(
            context.tr("Decisions"),
            "registers",
            [_decisions(context, figures)],
            empty=not figures.decisions,
        )
    ]


# page 1 ----------------------------------------------------------------------------------------


def ask_band(context: Context, figures: CommitteeFigures, most: int, lines: int) -> Block:
    """The one filled band of the page: what the reader must decide."""
    asked = figures.asked
    if not asked:
        return Section(
            context.tr("Decisions asked of the committee"),
            Empty(context.tr("No decision is asked of this committee.")),
        )
    table = Table(
        [
            Column(context.tr("No."), 34),
            Column(context.tr("To decide"), share=1, lines=lines),
            Column(context.tr("Owner"), 118),
            Column(context.tr("Due"), 70, align="right"),
        ],
        [_asked(context, row) for row in asked[:most]],
        last_rule=False,
    )
    left = len(asked) - most
    title = context.tr("Decisions asked of the committee")
    inner = CONTENT - 2 * INSET

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        pen.box(x, y, room, high, fill="raised")
        pen.rule(x, y + 0.8, room, 1.6, "accent")
        pen.text(x + INSET, y + 17, title, SECTION, bold=True, ink="accent")
        if left > 0:
            more = context.ntr("{n} more in the register", "{n} more in the register", left)
            pen.text(x + room - INSET, y + 17, more, NOTE, ink="muted", align="right")
        table.draw(pen, x + INSET, y + 22, inner)

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import titled

        return titled(table.parts(), title)

    return Drawn(table.height(inner) + 26, paint, shows=shows)


def _asked(context: Context, row: DecisionRow) -> TableRow:
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(context.own(row.wording), bold=True),
            context.own(row.owner),
            day(context, row.due_on, bold=True),
        ]
    )


def risk_table(
    context: Context, rows: Sequence[RiskRow], *, lines: int = 2, responses: int = 1
) -> Table:
    """Risks with response (at most so many lines), score and owner, for the narrow column of
    page 1."""
    columns = [
        Column(context.tr("No."), 30),
        Column(context.tr("Risk and response"), share=1, lines=lines),
        Column(context.tr("P × I / {most}", most=HIGHEST), 52),
        Column(context.tr("Owner"), 62, lines=1),
    ]
    return Table(columns, [_risk(context, row, responses) for row in rows])


def _risk(context: Context, row: RiskRow, responses: int) -> TableRow:
    def score(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        pen.text(x + 13, y + 12.6, str(row.score), bold=True, align="right", tabular=True)
        score_bar(pen, x + 18, y, 19, row.score, HIGHEST)

    name, _, role = row.owner.partition(",")
    owner = Cell(context.own(name), second=context.own(role.strip()))
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(
                context.own(row.title),
                bold=True,
                second=context.own(row.response),
                second_lines=responses,
            ),
            Cell(paint=score, told=str(row.score), value=row.score),
            owner,
        ]
    )


# registers -------------------------------------------------------------------------------------


def _decisions(context: Context, figures: CommitteeFigures) -> Block:
    title = context.tr("Register of decisions")
    if not figures.decisions:
        return Section(title, Empty(context.tr("No decision is recorded yet.")))
    columns = [
        Column(context.tr("No."), 34),
        Column(context.tr("Decision"), share=1, lines=3),
        Column(context.tr("Committee"), 44),
        Column(context.tr("Owner"), 106, lines=2),
        Column(context.tr("Due"), 72, align="right"),
        Column("", 1),
        Column(context.tr("Status"), 56),
    ]
    rows = [_decision(context, row) for row in figures.decisions]
    return Section(title, Table(columns, rows), context.tr("▼ past its date"))


def _decision(context: Context, row: DecisionRow) -> TableRow:
    closed = row.status == DecisionStatus.CLOSED
    late = not closed and row.due_on < context.today
    ink = "muted" if closed else "text"
    due = context.day(row.due_on, year=True)
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(context.own(row.wording), ink=ink),
            Cell(
                "–" if row.committee is None else str(row.committee),
                ink="muted",
                value=row.committee,
            ),
            Cell(context.own(row.owner), ink=ink),
            Cell(f"▼ {due}" if late else due, bold=late, ink=ink, value=row.due_on),
            "",
            Cell(context.tr(DECISION_STATUSES[row.status]), ink=ink),
        ]
    )
