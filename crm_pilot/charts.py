"""What a chart shows, without saying how it is drawn.

A room's queries build these from its figures; `ui/charts` draws them with pyqtgraph and QPainter,
`crm_pilot/reports/charts.py` with reportlab. Screen and paper therefore show the same figures in
the same colours (tokens of `crm_pilot.palette`) with the same words (Messages).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from crm_pilot.i18n import Message
from crm_pilot.records import dataclass

Text = Message | str


class Mark(StrEnum):
    """How a series is drawn."""

    LINE = "line"
    BAR = "bar"
    HOLLOW_BAR = "hollow_bar"


class Step(StrEnum):
    """What one unit of the time axis is; labels follow the reader's language."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Series:
    """One line or set of bars over time. A None value is a gap."""

    name: Text
    points: tuple[tuple[dt.date, float | None], ...]
    colour: str  # palette token
    mark: Mark = Mark.LINE
    dashed: bool = False
    strong: bool = False  # the series the chart is about: thicker, bold end label
    decimals: int = 0

    @property
    def last(self) -> tuple[dt.date, float] | None:
        """The last known point."""
        for day, value in reversed(self.points):
            if value is not None:
                return day, value
        return None


@dataclass(frozen=True)
class Band:
    """A quiet horizontal band such as the days expected of a profile."""

    low: float
    high: float
    name: Text
    colour: str


@dataclass(frozen=True)
class Reference:
    """A quiet dashed horizontal line with its own label."""

    value: float
    name: Text


@dataclass(frozen=True)
class Event:
    """A dotted vertical line at a date, named on the plot."""

    day: dt.date
    name: Text


@dataclass(frozen=True)
class TimeChart:
    """Series over weeks or months on one value axis that starts at zero."""

    title: Text
    unit: Text  # goes into the caption beside the title
    series: tuple[Series, ...]
    step: Step
    high: float  # top of the value axis
    ticks: tuple[float, ...]  # values that get a grid line and a number
    percent: bool = False  # values are shares of 1
    bands: tuple[Band, ...] = ()
    references: tuple[Reference, ...] = ()
    events: tuple[Event, ...] = ()
    why: str = ""  # key of `crm_pilot.figures.why`, such as "adoption.profiles"


@dataclass(frozen=True)
class Bar:
    """One horizontal bar: `value` of `total`, with its share written out."""

    name: Text
    value: int
    total: int
    colour: str
    group: Text = ""  # written once before the first bar of the group
    strong: bool = False  # the figure to act on is bold

    @property
    def share(self) -> float | None:
        """value ÷ total, None when there is no total."""
        return self.value / self.total if self.total else None


@dataclass(frozen=True)
class BarList:
    """Horizontal bars from zero on one scale (0 to 100 % of each total, or of `high`)."""

    title: Text
    caption: Text
    bars: tuple[Bar, ...]
    high: int | None = None  # None: each bar is a share of its own total
    why: str = ""
    reference: Reference | None = None  # of shares: a quiet line across the bars


@dataclass(frozen=True)
class Part:
    """One part of a whole: positions of the trio, ticket kinds."""

    name: Text
    count: int
    share: float
    colour: str
    shape: str = ""  # triangle, circle, square: never colour alone
    change: int | None = None  # of count, since the comparison date
    reference: float | None = None  # practitioner's rule of thumb, as a share


@dataclass(frozen=True)
class Distribution:
    """Parts of one whole beside their reference shares."""

    title: Text
    caption: Text
    parts: tuple[Part, ...]
    reference_name: Text = ""
    why: str = ""


Chart = TimeChart | BarList | Distribution


def nice_ticks(high: float, steps: int = 4, *, whole: bool = False) -> tuple[float, ...]:
    """Round tick values from 0 to at least `high` (1, 2, 2.5 or 5 times a power of ten).

    `whole`: only whole numbers, for what is counted.
    """
    if high <= 0:
        return (0.0, 1.0)
    raw = high / steps
    power = 1.0
    while power * 10 <= raw:
        power *= 10
    while power > raw:
        power /= 10
    sizes = [power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw * 0.999]
    size = next((s for s in sizes if s == int(s)), 1.0) if whole else sizes[0]
    ticks = [0.0]
    while ticks[-1] < high * 0.999:
        ticks.append(round(ticks[-1] + size, 10))
    return tuple(ticks)
