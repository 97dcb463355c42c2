"""What changed since the last committee, and the warnings with rule, data and action."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.formats import NO_BREAK
from crm_pilot.governance import queries as governance
from crm_pilot.governance.rows import ChangeRow, CommitteeFigures, Warning, WeatherRow
from crm_pilot.governance.terms import AXES, TRENDS, WEATHERS, Weather
from crm_pilot.reports.blocks import Block, Empty, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.table import Cell, Column, Table, TableRow
from crm_pilot.reports.weather_marks import trend_arrow, weather_mark

COMMITTEES = 6  # of the past, beside the weather of today


def build(context: Context) -> list[Page]:
    """A page of warnings, and one of the weather and what changed."""
    figures = governance.figures(context.reader, context.today)
    empty = not figures.warnings and not figures.changes
    moved = (_history(context, figures), _weather(context, figures), _changes(context, figures))
    return [
        context.page(context.tr("Warnings"), "cockpit", [_warnings(context, figures)], empty=empty),
        context.page(context.tr("Weather and changes"), "weather", moved, empty=empty),
    ]


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


def _history(context: Context, figures: CommitteeFigures) -> Block:
    """The weather committee after committee: sign and word, today's last."""
    numbers = sorted({number for row in figures.weather for number, _ in row.history})
    numbers = numbers[-COMMITTEES:]
    title = context.tr("Weather, committee after committee")
    now = context.tr("Today")
    if figures.next is not None:
        now = context.tr("Committee {number}", number=figures.next.number)
    columns = [Column("", share=1)]
    columns += [
        Column(context.tr("Committee {number}", number=number), 50, size=NOTE) for number in numbers
    ]
    columns += [Column(now, 58, strong=True), Column(context.tr("Trend"), 52)]
    rows = [_past(context, row, numbers) for row in figures.weather]
    return Section(title, Table(columns, rows), context.tr("as it was told then"))


def _past(context: Context, row: WeatherRow, numbers: Sequence[int]) -> TableRow:
    told = dict(row.history)
    cells: list[Cell | str] = [Cell(context.tr(AXES[row.axis]), bold=True)]
    cells += [_told(context, told.get(number)) for number in numbers]
    cells.append(_told(context, row.weather))
    cells.append(_trend(context, row))
    return TableRow(cells)


def _told(context: Context, weather: Weather | None) -> Cell:
    """A sign with its word below."""
    if weather is None:
        return Cell("–", ink="muted")
    word = context.tr(WEATHERS[weather])

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        weather_mark(pen, weather, x + 8, y + 8.8, 14)

    return Cell(NO_BREAK, paint=paint, second=word, told=word, value=word)


def _trend(context: Context, row: WeatherRow) -> Cell:
    if row.trend is None:
        return Cell("–", ink="muted")
    trend, word = row.trend, context.tr(TRENDS[row.trend])

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        trend_arrow(pen, trend, x + 5, y + 9.2, 8.5)
        pen.text(x + 13, y + 12.4, word, NOTE, room=wide - 13)

    return Cell(paint=paint, told=word)


def _weather(context: Context, figures: CommitteeFigures) -> Block:
    """What the rule says and what the lead says, with the rule and the reason."""
    columns = [
        Column(context.tr("Weather"), 58),
        Column(context.tr("Rule says"), 62),
        Column(context.tr("Printed"), 62, strong=True),
        Column(
            context.tr("Rule, and the lead's reason where it differs"), share=1, lines=4, size=8
        ),
    ]
    rows = []
    for row in figures.weather:
        reason = context.show(row.rule)
        if row.reason:
            own = context.tr("The lead's reason: {reason}", reason=context.own(row.reason))
            reason = f"{own} {reason}"
        rows.append(
            TableRow(
                [
                    context.tr(AXES[row.axis]),
                    Cell(context.tr(WEATHERS[row.proposed]), ink="muted"),
                    Cell(context.tr(WEATHERS[row.weather]), bold=True),
                    Cell(reason, ink="muted"),
                ]
            )
        )
    return Section(context.tr("How the weather is computed"), Table(columns, rows))
