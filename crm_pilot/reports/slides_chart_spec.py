"""What a chart of a presentation is made of, before it is written: series over categories, or
over a second axis of values, with labels at single points."""

from __future__ import annotations

import datetime as dt

from crm_pilot.records import dataclass

Category = str | dt.date


@dataclass(frozen=True)
class PointLabel:
    """Words at one point of a series: its name, its value, or both.

    `dx`, `dy`: how far it is moved from its place, as parts of the chart's width and height.
    `text`: fixed words instead of what the sheet holds.
    """

    at: int
    place: str = "r"  # of the format: r, l, t, b, ctr, outEnd, inEnd
    name: bool = True
    value: bool = True
    bold: bool = False
    ink: str = "text"
    dx: float = 0.0
    dy: float = 0.0
    text: str = ""


@dataclass(frozen=True)
class PointLook:
    """One bar that looks different."""

    at: int
    fill: str
    pattern: str = ""
    ink: str = ""


@dataclass(frozen=True)
class DataSeries:
    """One series. `form`: line, bar or area; `marks`: points that get a mark (None: all)."""

    name: str
    values: tuple[float | None, ...]
    form: str = "line"
    fill: str = ""
    pattern: str = ""
    ink: str = ""
    weight: float = 2.0
    dash: str = ""
    labels: tuple[PointLabel, ...] = ()
    looks: tuple[PointLook, ...] = ()
    marks: tuple[int, ...] | None = ()
    mark_fill: str = ""
    end: str = ""  # the last point: `done` (filled diamond), `ahead` (hollow, dotted before it)
    stem: bool = False  # a dotted line from each point down to the axis
    xs: tuple[float, ...] = ()  # of a chart with two axes of values


@dataclass(frozen=True)
class ValueAxis:
    """An axis of values; `shown`: with numbers; `rules`: with grid lines."""

    low: float
    high: float
    step: float
    format: str = "#,##0"
    shown: bool = True
    rules: bool = True


@dataclass(frozen=True)
class ChartSpec:
    """A chart. `plot`: the inner frame of the plot (left, top, width, height) as parts of the
    chart, so that everything has a known place."""

    categories: tuple[Category, ...]
    series: tuple[DataSeries, ...]
    values: ValueAxis
    plot: tuple[float, float, float, float]
    horizontal: bool = False
    stacked: bool = False
    overlap: int = 0
    gap: int = 60
    every: int = 1  # categories between two labels
    hidden: bool = False  # no axis of categories
    span: bool = False  # lines go over what is missing
    label_format: str = "#,##0"
    date_format: str = "mmm"  # of categories that are days
    heading: str = ""  # of the categories in the sheet
    across: ValueAxis | None = None  # the second axis of values


def date_format(language: str, form: str) -> str:
    """A format of days with months in the language of the document, whatever that of the machine
    is that shows it: with the number of the language, as Windows counts them."""
    return f"[$-{'40C' if language == 'fr' else '809'}]{form}"
