"""The table behind any chart of a document, as cells with values: for workbooks, and for charts
that a presentation has no kind for."""

from __future__ import annotations

from typing import Any

from crm_pilot.charts import BarList, Distribution, TimeChart
from crm_pilot.datatable import DataTable, Heading, data_table, written
from crm_pilot.i18n import Message, Translator
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
    own = getattr(chart, "table", None)
    return own() if callable(own) else None


def _cell(heading: Heading, value: Any, shown: Translator) -> ContentCell:
    text = written(heading, value, shown)
    held: Value = Share(value) if heading.kind == "percent" and value is not None else value
    return ContentCell(text, text if isinstance(value, Message) else held)
