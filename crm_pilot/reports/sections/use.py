"""Adoption: login days against the profile, active share, and use by department."""

from __future__ import annotations

from crm_pilot.adoption import charts
from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import AdoptionFigures, DepartmentUse
from crm_pilot.charts import TimeChart
from crm_pilot.figures import SMALL, departments
from crm_pilot.reports.blocks import Block, Drawn, Empty, Note, Section, Stack
from crm_pilot.reports.charts import time_chart
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.table import Cell, Column, Table, TableRow, number


def build(context: Context) -> list[Page]:
    """The adoption page."""
    figures = adoption.figures(context.reader, context.today)
    name, sentence = context.tr("Adoption"), context.sentence("adoption")
    if figures.data_until is None:
        empty = Empty(
            context.tr("No login was imported yet."),
            context.tr("Import the login export of the CRM: it is read as days per user."),
        )
        return [Page(name, sentence, (Section(name, empty),), empty=True)]
    blocks = (
        time_section(context, charts.login_days(figures), 150, 70),
        time_section(context, charts.active_share(figures), 110, 50),
        _departments(context, figures),
    )
    return [Page(name, sentence, blocks)]


def time_section(context: Context, chart: TimeChart, least: float, growth: float) -> Block:
    """A headed chart over time."""

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        time_chart(pen, x, y, room, high, chart, context)

    title, unit = context.show(chart.title), context.show(chart.unit)
    if not any(series.last for series in chart.series):
        return Section(title, Empty(context.tr("No complete week yet.")))
    return Section(title, Drawn(least, paint, growth), unit)


def _departments(context: Context, figures: AdoptionFigures) -> Block:
    title = context.tr("Use by department")
    if not figures.departments:
        return Section(title, Empty(context.tr("No department has an open account.")))
    columns = [
        Column(context.tr("Department"), share=1),
        Column(context.tr("Wave"), 66),
        Column(context.tr("Accounts"), 54, align="right"),
        Column(context.tr("Days a week"), 62, align="right", strong=True),
        Column(context.tr("Expected"), 62, align="right"),
        Column(context.tr("Active"), 50, align="right"),
    ]
    rows = [_department(context, row) for row in departments(figures, context.level)]
    tail = context.tr("▼ below the days expected of its profiles")
    if figures.week is not None:
        tail = context.tr(
            "week of {date}; ▼ below the days expected of its profiles",
            date=context.day(figures.week),
        )
    note = context.tr(
        "Data until {date}. Departments with fewer than {small} accounts show no figure.",
        date=context.day(figures.data_until, year=True),
        small=SMALL,
    )
    return Section(title, Stack([Table(columns, rows), Note(note)], gap=2), tail)


def _department(context: Context, row: DepartmentUse) -> TableRow:
    days = context.number(row.days_per_week, 1)
    return TableRow(
        [
            context.own(row.department),
            Cell(context.own(row.wave), ink="muted"),
            number(context.number(row.accounts), ink="muted"),
            number(f"▼ {days}" if row.below else days, bold=row.below),
            Cell(expected(context, row.expected_low, row.expected_high), ink="muted"),
            number(context.percent(row.active_share)),
        ]
    )


def expected(context: Context, low: float | None, high: float | None) -> str:
    """`3 à 5`; decimals only where a department mixes profiles."""
    if low is None or high is None:
        return "–"
    shown = [context.number(v, 0 if v == int(v) else 1) for v in (low, high)]
    if shown[0] == shown[1]:
        return shown[0]
    return context.tr("{low} to {high}", low=shown[0], high=shown[1])
