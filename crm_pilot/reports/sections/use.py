"""Adoption: login days against the profile, active share, and use by department."""

from __future__ import annotations

from crm_pilot.adoption import charts
from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.checkpoints import Point, WaveCheckpoints
from crm_pilot.adoption.checkpoints import checkpoints as waves_live
from crm_pilot.adoption.needs import needs
from crm_pilot.adoption.queries import AdoptionFigures, DepartmentUse
from crm_pilot.charts import TimeChart
from crm_pilot.figures import SMALL, departments
from crm_pilot.reports.blocks import Block, Drawn, Empty, Note, Section, Stack
from crm_pilot.reports.charts import time_chart
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.table import (
    SHARE,
    Cell,
    Column,
    Table,
    TableRow,
    count,
    day,
    number,
    share,
)


def build(context: Context) -> list[Page]:
    """The adoption page."""
    figures = adoption.figures(context.reader, context.today)
    name = context.tr("Adoption")
    if figures.data_until is None:
        empty = Empty(
            context.tr("No login was imported yet."),
            context.tr("Import the login export of the CRM: it is read as days per user."),
        )
        return [context.page(name, "adoption", [Section(name, empty)], empty=True)]
    blocks = (
        time_section(context, charts.login_days(figures), 150, 70),
        time_section(context, charts.active_share(figures), 110, 50),
        _departments(context, figures),
        *_checkpoints(context),
    )
    return [context.page(name, "adoption", blocks)]


def time_section(context: Context, chart: TimeChart, least: float, growth: float) -> Block:
    """A headed chart over time."""

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        time_chart(pen, x, y, room, high, chart, context)

    title, unit = context.show(chart.title), context.show(chart.unit)
    if not any(series.last for series in chart.series):
        return Section(title, Empty(context.tr("No complete week yet.")))
    return Section(title, Drawn(least, paint, growth, chart), unit)


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


def _checkpoints(context: Context) -> list[Block]:
    """Waves that are live at 30 and 60 days, beside their goals; how many accounts need help."""
    found = [w for w in waves_live(context.reader, context.today) if w.accounts >= SMALL]
    if not found:
        return []
    columns = [
        Column(context.tr("Wave"), share=1),
        Column(context.tr("Go-live"), 90),
        Column(context.tr("Accounts"), 54, align="right"),
        *(
            Column(context.tr("D+{n}", n=point.days), 62, align="right", strong=True)
            for point in found[0].points
        ),
        Column(context.tr("Now"), 62, align="right"),
    ]
    goals = " · ".join(
        context.tr("D+{n}: {goal}", n=point.days, goal=context.percent(point.goal))
        for point in found[0].points
    )
    note = context.tr("Share of active accounts; goals {goals}; ▼ missed.", goals=goals)
    rows = [_wave(context, wave) for wave in found]
    body = Stack([Table(columns, rows), Note(f"{note} {_to_help(context)}".rstrip())], gap=2)
    return [Section(context.tr("Checkpoints at 30 and 60 days"), body)]


def _wave(context: Context, wave: WaveCheckpoints) -> TableRow:
    return TableRow(
        [
            context.own(wave.wave),
            day(context, wave.go_live, ink="muted"),
            count(context, wave.accounts, ink="muted"),
            *(_point(context, point) for point in wave.points),
            share(context, wave.now_share, ink="muted"),
        ]
    )


def _point(context: Context, point: Point) -> Cell:
    """The share at a checkpoint; the day it is due while it is to come."""
    if point.share is None:
        coming = point.due_on > context.today
        return number(context.day(point.due_on) if coming else "–", ink="muted")
    text = context.percent(point.share)
    missed = point.met is False
    return number(f"▼ {text}" if missed else text, bold=missed, value=point.share, unit=SHARE)


def _to_help(context: Context) -> str:
    """How many accounts need help, never of a handful of people."""
    accounts = sum(need.accounts for need in needs(context.reader, context.today))
    if accounts < SMALL:
        return ""
    return context.tr("{n} accounts need help.", n=accounts)


def _department(context: Context, row: DepartmentUse) -> TableRow:
    days = context.number(row.days_per_week, 1)
    return TableRow(
        [
            context.own(row.department),
            Cell(context.own(row.wave), ink="muted"),
            count(context, row.accounts, ink="muted"),
            number(f"▼ {days}" if row.below else days, bold=row.below, value=row.days_per_week),
            Cell(expected(context, row.expected_low, row.expected_high), ink="muted"),
            share(context, row.active_share),
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
