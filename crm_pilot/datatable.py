"""The table behind a chart: what it draws, as rows and columns, for those who read figures.

One function for the screen, for the annex of the report and for copying to a spreadsheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crm_pilot import formats
from crm_pilot.charts import BarList, Chart, Distribution, Step, Text, TimeChart
from crm_pilot.i18n import Message, Translator, msg
from crm_pilot.records import dataclass

UNKNOWN = "–"


@dataclass(frozen=True)
class Heading:
    """A column: its title and how its values are written.

    kind: text, day, week (a Monday), month, number, percent (a share of 1), signed.
    """

    title: Text
    kind: str = "text"
    decimals: int = 0

    @property
    def right(self) -> bool:
        """Whether its values are figures, which stand at the right."""
        return self.kind in ("number", "percent", "signed")


@dataclass(frozen=True)
class DataTable:
    """Rows of plain values under their headings; None is unknown."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: Text = ""

    def heads(self, shown: Translator) -> list[str]:
        """The titles of the columns in a language."""
        return [text(heading.title, shown) for heading in self.headings]

    def cells(self, shown: Translator) -> list[list[str]]:
        """Every row as people read it."""
        return [
            [written(h, value, shown) for h, value in zip(self.headings, row, strict=True)]
            for row in self.rows
        ]

    def for_spreadsheet(self, shown: Translator, rows: Sequence[int] | None = None) -> str:
        """Headings and rows (all, or those numbered) separated by tabs. Dates are ISO and numbers
        have no grouping, so that a spreadsheet takes them as dates and numbers."""
        wanted = range(len(self.rows)) if rows is None else rows
        lines = [self.heads(shown)]
        lines += [
            [bare(h, v, shown) for h, v in zip(self.headings, self.rows[place], strict=True)]
            for place in wanted
        ]
        return "\n".join("\t".join(line) for line in lines)


def text(value: Text, shown: Translator) -> str:
    """A chart's text; plain strings are data and stay as they are."""
    return shown.show(value) if isinstance(value, Message) else value


def written(heading: Heading, value: Any, shown: Translator) -> str:
    """One value as it is read in the language of `shown`."""
    language = shown.language
    if value is None:
        return UNKNOWN
    if heading.kind == "week":
        day = formats.day(value, language, year=True)
        return shown.tr("{week}, {day}", week=formats.week(value, language), day=day)
    if heading.kind == "day":
        return formats.day(value, language, year=True)
    if heading.kind == "month":
        return formats.month(value, language, year=True)
    if heading.kind == "number":
        return formats.number(value, language, heading.decimals)
    if heading.kind == "signed":
        return formats.signed(value, language, heading.decimals)
    if heading.kind == "percent":
        return formats.percent(value, language, heading.decimals)
    return text(value, shown)


def bare(heading: Heading, value: Any, shown: Translator) -> str:
    """One value as a spreadsheet of that language takes it."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        number = value * 100 if heading.kind == "percent" else value
        plain = f"{number:.{heading.decimals}f}" + ("%" if heading.kind == "percent" else "")
        return plain.replace(".", ",") if shown.language == "fr" else plain
    return " ".join(text(value, shown).split())


def data_table(chart: Chart) -> DataTable:
    """The rows behind a chart of any kind."""
    if isinstance(chart, TimeChart):
        return _over_time(chart)
    if isinstance(chart, BarList):
        return _bars(chart)
    return _parts(chart)


def _over_time(chart: TimeChart) -> DataTable:
    """A row a step, a column a series, and the references, which are the same every time."""
    kind = "percent" if chart.percent else "number"
    known = [dict(series.points) for series in chart.series]
    steps = sorted({day for points in known for day in points})
    week = chart.step is Step.WEEK
    first = Heading(msg("Week of"), "week") if week else Heading(msg("Month"), "month")
    headings = [first]
    headings += [Heading(series.name, kind, series.decimals) for series in chart.series]
    headings += [Heading(one.name, kind) for one in chart.references]
    references = [one.value for one in chart.references]
    return DataTable(
        tuple(headings),
        tuple((day, *(points.get(day) for points in known), *references) for day in steps),
        chart.title,
    )


def _bars(chart: BarList) -> DataTable:
    """A row a bar; the group only where some bar has one, the share where each has its whole."""
    grouped = any(bar.group for bar in chart.bars)
    shared = chart.high is None
    headings = [Heading(msg("Group"))] if grouped else []
    headings += [Heading(msg("Name")), Heading(msg("Count"), "number")]
    if shared:
        headings += [Heading(msg("Of"), "number"), Heading(msg("Share"), "percent")]
    rows = []
    for bar in chart.bars:
        row = ([bar.group] if grouped else []) + [bar.name, bar.value]
        rows.append(tuple(row + ([bar.total, bar.share] if shared else [])))
    return DataTable(tuple(headings), tuple(rows), chart.title)


def _parts(chart: Distribution) -> DataTable:
    """A row a part; change and reference only where they are known."""
    changes = any(part.change is not None for part in chart.parts)
    references = any(part.reference is not None for part in chart.parts)
    headings = [
        Heading(msg("Name")),
        Heading(msg("Count"), "number"),
        Heading(msg("Share"), "percent"),
    ]
    headings += [Heading(msg("Variation"), "signed")] if changes else []
    headings += [Heading(chart.reference_name or msg("Reference"), "percent")] if references else []
    rows = []
    for part in chart.parts:
        row: list[Any] = [part.name, part.count, part.share]
        row += [part.change] if changes else []
        rows.append(tuple(row + ([part.reference] if references else [])))
    return DataTable(tuple(headings), tuple(rows), chart.title)
