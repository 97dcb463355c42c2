"""What a document says, page by page, without saying how it is drawn: what slides and workbooks are
made of, and what is frozen when a report is issued.

Texts are in the language of the document, typeset for paper (no-break spaces). Values are typed, so
that a workbook holds dates, numbers, money and shares; None is unknown and never zero. Charts are
the specifications of `crm_pilot.charts` and of the rooms, drawn on screen and on paper alike; their
own texts are Messages, shown with `Translator(content.language)`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.governance.terms import Trend, Weather
from crm_pilot.records import dataclass

UNKNOWN = "–"


@dataclass(frozen=True)
class Money:
    """An amount in cents of a euro; its text may be in thousands."""

    cents: int


@dataclass(frozen=True)
class Share:
    """A share of 1: 0.68 is 68 %."""

    value: float


Value = dt.date | int | float | Money | Share | str | None


@dataclass(frozen=True)
class ContentColumn:
    """A column: its title (empty above a mark) and `left`, `right` or `middle`."""

    title: str
    align: str = "left"


@dataclass(frozen=True)
class ContentCell:
    """A cell as it is read, and what it stands for; `second` is its grey second line, `tint` the
    ground of a cell of a matrix (`alert 20%`)."""

    text: str
    value: Value = None
    bold: bool = False
    second: str = ""
    tint: str = ""


@dataclass(frozen=True)
class TablePart:
    """A table. A row that names the group of the rows after it has that name in its first cell,
    bold, and empty cells after it."""

    title: str
    tail: str  # beside the title, quieter: unit, scope, key
    columns: tuple[ContentColumn, ...]
    rows: tuple[tuple[ContentCell, ...], ...]


@dataclass(frozen=True)
class ChartPart:
    """A chart: `TimeChart`, `BarList`, `Distribution`, `MacroGantt`, `TrendChart` or a room's."""

    title: str
    tail: str
    chart: Any


@dataclass(frozen=True)
class ListPart:
    """Facts one under the other: a few words in bold, and the detail."""

    title: str
    items: tuple[tuple[str, str], ...]
    tail: str = ""


@dataclass(frozen=True)
class FactsPart:
    """Key figures: the figure as it is read, and what it counts."""

    title: str
    items: tuple[tuple[str, str], ...]
    tail: str = ""


@dataclass(frozen=True)
class NotePart:
    """A sentence: a footnote, or what is said where a section has no data."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class WeatherCell:
    """The weather of one axis: signs, their words, and the line below."""

    axis: str
    weather: Weather
    word: str
    trend: Trend | None
    trend_word: str
    line: str


@dataclass(frozen=True)
class WeatherPart:
    """The weather of all axes."""

    rows: tuple[WeatherCell, ...]
    title: str = ""
    tail: str = ""


Part = TablePart | ChartPart | ListPart | FactsPart | NotePart | WeatherPart
PARTS = (TablePart, ChartPart, ListPart, FactsPart, NotePart, WeatherPart)


@dataclass(frozen=True)
class ContentPage:
    """A page before it is cut to paper: the section it belongs to, its name in the outline, its
    sentence, and its parts from top to bottom."""

    key: str
    name: str
    sentence: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Content:
    """A document. `mark` is what the level allows, as printed on every page."""

    title: str
    subject: str
    language: str
    mark: str
    pages: tuple[ContentPage, ...]


def titled(parts: tuple[Part, ...], title: str, tail: str = "") -> tuple[Part, ...]:
    """The same parts, the first of them headed where it has no title of its own."""
    if not parts or parts[0].title:
        return parts
    first = parts[0]
    if isinstance(first, NotePart):
        return (NotePart(first.text, title), *parts[1:])
    if isinstance(first, WeatherPart):
        return (WeatherPart(first.rows, title, tail), *parts[1:])
    if isinstance(first, TablePart):
        return (TablePart(title, tail, first.columns, first.rows), *parts[1:])
    if isinstance(first, ChartPart):
        return (ChartPart(title, tail, first.chart), *parts[1:])
    if isinstance(first, ListPart):
        return (ListPart(title, first.items, tail), *parts[1:])
    return (FactsPart(title, first.items, tail), *parts[1:])
