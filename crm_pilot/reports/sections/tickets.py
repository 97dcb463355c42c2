"""Maintenance: the flow of tickets, their age, their kinds and priorities."""

from __future__ import annotations

from crm_pilot.maintenance import charts
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.maintenance.queries import MaintenanceFigures
from crm_pilot.maintenance.terms import PRIORITIES, TICKET_KINDS
from crm_pilot.reports.blocks import Block, Columns, Empty, Facts, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.sections.training import bars_section
from crm_pilot.reports.sections.use import time_section
from crm_pilot.reports.styles import CONTENT, GUTTER
from crm_pilot.reports.table import Cell, Column, Table, TableRow, count, share


def build(context: Context) -> list[Page]:
    """The maintenance page."""
    figures = maintenance.figures(context.reader, context.today)
    name = context.tr("Maintenance")
    if not figures.total:
        empty = Empty(
            context.tr("No ticket yet."),
            context.tr("Import the export of Jira, ServiceNow or GLPI, or type tickets in."),
        )
        return [context.page(name, "maintenance", [Section(name, empty)], empty=True)]
    half = (CONTENT - GUTTER) / 2
    ageing = charts.ageing_chart(figures)
    blocks = (
        time_section(context, charts.flow_chart(figures), 170, 90),
        Columns(
            bars_section(context, context.show(ageing.title), ageing, context.show(ageing.caption)),
            _priorities(context, figures),
            half,
        ),
        Columns(
            _kinds(context, figures),
            Section(context.tr("Figures"), Facts(_facts(context, figures))),
            150,
        ),
    )
    return [context.page(name, "maintenance", blocks)]


def _priorities(context: Context, figures: MaintenanceFigures) -> Block:
    columns = [
        Column(context.tr("Priority"), share=1),
        Column(context.tr("Open"), 50, align="right", strong=True),
    ]
    rows = [
        TableRow(
            [
                context.tr(PRIORITIES[priority]) if priority else context.tr("Unknown"),
                count(context, open_, bold=priority in (1, 2) and open_ > 0),
            ]
        )
        for priority, open_ in figures.by_priority
    ]
    return Section(context.tr("Open by priority"), Table(columns, rows))


def _kinds(context: Context, figures: MaintenanceFigures) -> Block:
    columns = [
        Column(context.tr("Kind"), share=1),
        Column(context.tr("Open"), 50, align="right", strong=True),
        Column(context.tr("All"), 50, align="right"),
        Column(context.tr("Share of all"), 66, align="right"),
    ]
    rows = [
        TableRow(
            [
                context.tr(TICKET_KINDS[kind]),
                count(context, is_open, bold=True),
                count(context, total, ink="muted"),
                share(context, total / figures.total, ink="muted"),
            ]
        )
        for kind, is_open, total in figures.by_kind
        if total
    ]
    total = [
        Cell(context.tr("Total"), bold=True),
        count(context, figures.open, bold=True),
        count(context, figures.total),
        Cell(),
    ]
    rows.append(TableRow(total, strong_rule=True))
    caption = context.show(charts.corrective_caption(figures))
    return Section(context.tr("Kinds of maintenance"), Table(columns, rows), caption)


def _facts(context: Context, figures: MaintenanceFigures) -> list[tuple[str, str]]:
    facts = [
        (
            context.number(figures.evolutive_waiting),
            context.tr("evolutive requests waiting"),
        ),
        (context.number(figures.overdue), context.tr("past their due date")),
    ]
    if figures.resolution_days_median is not None:
        text = context.tr(
            "median time to resolve; mean {mean} d",
            mean=context.number(figures.resolution_days_mean, 1),
        )
        days = context.tr("{n} d", n=context.number(figures.resolution_days_median, 1))
        facts.append((days, text))
    if figures.unsorted:
        facts.append((context.number(figures.unsorted), context.tr("tickets to be sorted")))
    return facts
