"""The table behind any chart of a document, as cells with values: for workbooks, and for charts
that a presentation has no kind for."""

from __future__ import annotations

from typing import Any

from crm_pilot.charts import BarList, Distribution, TimeChart
from crm_pilot.datatable import DataTable, Heading, data_table, written
from crm_pilot.i18n import Message, Translator, msg
from crm_pilot.planning.charts import MacroGantt, TrendChart
from crm_pilot.reports.content import ContentCell, Share, Value


def chart_cells(chart: Any, shown: Translator) -> tuple[list[str], list[list[ContentCell]]]:
    """Titles and rows; none for a chart without a table."""
    table = table_of(chart)
    if table is None:
        return [], []
    rows = [
        [_cell(h, value, shown) for h, value in zip(table.headings, row, strict=True)]
        for row in table.rows
    ]
    return table.heads(shown), rows


def table_of(chart: Any) -> DataTable | None:
    """The rows behind a chart."""
    if isinstance(chart, DataTable):
        return chart
    if isinstance(chart, (TimeChart, BarList, Distribution)):
        return data_table(chart)
    if isinstance(chart, MacroGantt):
        return _gantt(chart)
    if isinstance(chart, TrendChart):
        return _trend(chart)
    for name in ("table", "time_chart"):
        own = getattr(chart, name, None)
        if callable(own):
            return table_of(own())
    return None


def _gantt(chart: MacroGantt) -> DataTable:
    """A row a phase and a row a milestone."""
    days = (msg("Start"), msg("Finish"), msg("Baseline, start"), msg("Baseline, finish"))
    headings = (
        Heading(msg("Pillar")),
        Heading(msg("Phase")),
        Heading(msg("Milestone")),
        *(Heading(name, "day") for name in days),
        Heading(msg("Done"), "percent"),
        Heading(msg("Gap, days"), "signed"),
    )
    rows: list[tuple[Any, ...]] = []
    for pillar in chart.pillars:
        for bar in pillar.bars:
            ends = (bar.start, bar.finish, bar.baseline_start, bar.baseline_finish)
            if bar.start is not None:
                slip = bar.slip_days
                rows.append((pillar.name, bar.name, "", *ends, bar.percent / 100, slip))
            for one in bar.milestones:
                told = (one.title, None, one.forecast, None, one.baseline, None, one.slip_days)
                rows.append((pillar.name, bar.name, *told))
    return DataTable(headings, tuple(rows), chart.title)


def _trend(chart: TrendChart) -> DataTable:
    """A row an announcement."""
    headings = (
        Heading(msg("Milestone")),
        Heading(msg("Announced on"), "day"),
        Heading(msg("Date"), "day"),
    )
    rows = tuple((line.name, day, date) for line in chart.lines for day, date in line.points)
    return DataTable(headings, rows, chart.title)


def _cell(heading: Heading, value: Any, shown: Translator) -> ContentCell:
    text = written(heading, value, shown)
    held: Value = Share(value) if heading.kind == "percent" and value is not None else value
    return ContentCell(text, text if isinstance(value, Message) else held)
