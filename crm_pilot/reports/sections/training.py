"""Training: coverage by department and the next sessions."""

from __future__ import annotations

from crm_pilot.charts import BarList
from crm_pilot.reports.bars import bar_list, bar_list_height
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Facts, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections.coverage import told_chart
from crm_pilot.reports.table import Cell, Column, Table, TableRow, count, day
from crm_pilot.training import queries as training
from crm_pilot.training.queries import SessionRow, TrainingFigures

FACTS = 140.0
MOST_SESSIONS = 10


def build(context: Context) -> list[Page]:
    """The training page."""
    figures = training.figures(context.reader, context.today)
    blocks = (_coverage(context, figures), _sessions(context, figures))
    empty = not figures.users and not figures.next_sessions and not figures.sessions_held
    return [context.page(context.tr("Training"), "training", blocks, empty=empty)]


def _coverage(context: Context, figures: TrainingFigures) -> Block:
    title = context.tr("Coverage by department")
    if not figures.users:
        return Section(
            title,
            Empty(
                context.tr("No user is known yet."),
                context.tr("Import the people and their accounts."),
            ),
        )
    chart = told_chart(context, figures)
    section = bars_section(
        context, title, chart, context.tr("trained of users; bold under 70%"), 70
    )
    return Columns(section, Section(context.tr("Figures"), Facts(_facts(context, figures))), FACTS)


def bars_section(
    context: Context, title: str, chart: BarList, tail: str, growth: float = 0.0
) -> Section:
    """A headed list of bars."""

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        bar_list(pen, x, y, room, high, chart, context)

    return Section(title, Drawn(bar_list_height(chart), paint, growth, chart), tail)


def _facts(context: Context, figures: TrainingFigures) -> list[tuple[str, str]]:
    facts = [
        (
            context.percent(figures.share),
            context.tr(
                "{trained} trained of {users} users",
                trained=context.number(figures.trained),
                users=context.number(figures.users),
            ),
        ),
        (
            context.tr(
                "{held} of {all}",
                held=figures.sessions_held,
                all=figures.sessions_held + figures.sessions_planned,
            ),
            context.tr("sessions held"),
        ),
        (
            context.number(figures.places_open),
            context.tr("free places in the sessions to come"),
        ),
    ]
    if figures.sheets_waiting:
        text = context.tr("attendance sheets not typed in yet")
        facts.append((context.number(figures.sheets_waiting), text))
    return facts


def _sessions(context: Context, figures: TrainingFigures) -> Block:
    title = context.tr("Next sessions")
    if not figures.next_sessions:
        return Section(title, Empty(context.tr("No session is planned.")))
    columns = [
        Column(context.tr("Date"), 66),
        Column(context.tr("Course"), share=1, lines=2),
        Column(context.tr("Place"), 100, lines=2),
        Column(context.tr("Trainer"), 80, lines=2),
        Column(context.tr("Enrolled"), 42, align="right"),
        Column(context.tr("Seats"), 36, align="right"),
        Column(context.tr("Free"), 34, align="right", strong=True),
    ]
    rows = [_session(context, row) for row in figures.next_sessions[:MOST_SESSIONS]]
    more = figures.sessions_planned - len(rows)
    tail = context.ntr("{n} more planned", "{n} more planned", more) if more > 0 else ""
    return Section(title, Table(columns, rows), tail)


def _session(context: Context, row: SessionRow) -> TableRow:
    free = max(row.seats - row.enrolled, 0)
    return TableRow(
        [
            day(context, row.held_on),
            context.own(row.course),
            Cell(context.own(row.place), ink="muted"),
            Cell(context.own(row.trainer), ink="muted"),
            count(context, row.enrolled),
            count(context, row.seats),
            count(context, free, bold=free > 0),
        ]
    )
