"""What changed since the last committee, and the warnings with rule, data and action."""

from __future__ import annotations

from crm_pilot.governance import queries as governance
from crm_pilot.governance.rows import ChangeRow, CommitteeFigures, Warning
from crm_pilot.governance.terms import AXES, TRENDS, WEATHERS, Weather
from crm_pilot.reports.blocks import Block, Empty, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.table import Cell, Column, Table, TableRow
from crm_pilot.reports.weather_marks import weather_mark


def build(context: Context) -> list[Page]:
    """The page of signals."""
    figures = governance.figures(context.reader, context.today)
    blocks = (_warnings(context, figures), _changes(context, figures), _weather(context, figures))
    empty = not figures.warnings and not figures.changes
    name = context.tr("Warnings and changes")
    return [context.page(name, "cockpit", blocks, empty=empty)]


def _warnings(context: Context, figures: CommitteeFigures) -> Block:
    title = context.tr("Warnings")
    if not figures.warnings:
        return Section(title, Empty(context.tr("No rule raises a warning today.")))
    columns = [
        Column("", 20),
        Column(context.tr("Warning and data"), share=1.75, lines=3),
        Column(context.tr("Suggested action"), share=1, lines=3),
        Column(context.tr("Rule"), share=0.75, lines=6, size=8),
    ]
    rows = [_warning(context, warning) for warning in figures.warnings]
    return Section(title, Table(columns, rows), context.tr("rule, data and suggested action"))


def _sign(context: Context, weather: Weather) -> Cell:
    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        weather_mark(pen, weather, x + 8, y + 9.5, 15)

    return Cell(paint=paint, told=context.tr(WEATHERS[weather]))


def _warning(context: Context, warning: Warning) -> TableRow:
    data = context.show(warning.data)
    return TableRow(
        [
            _sign(context, warning.weather),
            Cell(context.show(warning.title), bold=True, second=data, second_lines=4),
            context.show(warning.action),
            Cell(context.show(warning.source), ink="muted"),
        ]
    )


def _changes(context: Context, figures: CommitteeFigures) -> Block:
    title = context.tr("Since the last committee")
    last = figures.last
    if last is None:
        return Section(title, Empty(context.tr("No committee was held yet.")))
    if not figures.changes:
        return Section(title, Empty(context.tr("No figure changed since the last committee.")))
    columns = [
        Column(context.tr("Figure"), share=1),
        Column(context.day(last.held_on, year=True), 90, align="right"),
        Column(context.day(context.today, year=True), 90, align="right", strong=True),
    ]
    return Section(title, Table(columns, [_change(context, row) for row in figures.changes]))


def _change(context: Context, row: ChangeRow) -> TableRow:
    return TableRow(
        [
            context.show(row.label),
            Cell(context.show(row.before), ink="muted", tabular=True),
            Cell(context.show(row.after), bold=True, tabular=True),
        ]
    )


def _weather(context: Context, figures: CommitteeFigures) -> Block:
    """How each weather is computed, and the lead's reason where they decided otherwise."""
    columns = [
        Column("", 20),
        Column(context.tr("Weather"), 58),
        Column("", 66),
        Column(context.tr("Trend"), 58),
        Column(context.tr("Rule"), share=1, lines=3, size=8),
    ]
    rows = [
        TableRow(
            [
                _sign(context, row.weather),
                context.tr(AXES[row.axis]),
                Cell(context.tr(WEATHERS[row.weather]), bold=True),
                "–" if row.trend is None else context.tr(TRENDS[row.trend]),
                Cell(
                    context.show(row.rule)
                    if not row.reason
                    else context.tr("The lead's reason: {reason}", reason=context.own(row.reason)),
                    ink="muted",
                ),
            ]
        )
        for row in figures.weather
    ]
    return Section(context.tr("How the weather is computed"), Table(columns, rows))
