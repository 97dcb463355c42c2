"""A page as a list of what is drawn on it: the same for PDF, SVG, the preview and the printer.

Points from the top left corner, y downwards. Colours are tokens of the light theme, as in
`styles.colour`. Nothing is clipped while drawing: what stands here already fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Protocol

from crm_pilot.palette import palette
from crm_pilot.records import dataclass
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import shorten, width

Point = tuple[float, float]
Dash = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text from its left end on the baseline; `wide` is its width in the house font."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    ink: str
    tabular: bool
    wide: float
    align: str = "left"  # what holds where another font is wider: left, middle or right
    turn: float = 0.0  # degrees against the clock, round its left end


@dataclass(frozen=True, slots=True)
class Strokes:
    """Open lines in one ink, each through two points or more."""

    lines: tuple[tuple[Point, ...], ...]
    ink: str
    weight: float
    dash: Dash | None = None
    round: bool = False  # ends and corners; a line of no length is then a dot


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon, filled, outlined, or both."""

    points: tuple[Point, ...]
    fill: str | None
    ink: str | None
    weight: float
    round: bool = False  # corners of its outline


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; its outline lies inside its edge."""

    x: float
    y: float
    wide: float
    high: float
    fill: str | None
    ink: str | None = None
    weight: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle round its centre."""

    x: float
    y: float
    radius: float
    fill: str | None
    ink: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """A closed outline of Bézier curves: a start, then two handles and an end for each curve."""

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]
    fill: str | None
    ink: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (PNG or JPEG as it was read) filling a rectangle."""

    x: float
    y: float
    wide: float
    high: float
    data: bytes


Item = Text | Strokes | Shape | Box | Disc | Path | Image


@dataclass
class Sheet:
    """One page being drawn."""

    wide: float
    high: float
    number: int
    name: str = ""  # for the outline of the document
    items: list[Item] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = NOTE,
        *,
        bold: bool = False,
        ink: str = "text",
        align: str = "left",
        tabular: bool = False,
        room: float | None = None,
        halo: bool = False,
    ) -> float:
        """Write on the baseline `y`, shortened to `room`; `halo` on a patch of the ground, so
        that lines behind it stay clear. Returns the width."""
        if room is not None:
            text = shorten(text, room, size, bold=bold, tabular=tabular)
        wide = width(text, size, bold, tabular)
        left = x - wide if align == "right" else x - wide / 2 if align == "middle" else x
        if halo:
            self.box(left - 1.2, y - size * 0.8, wide + 2.4, size * 1.02, fill="surface")
        if text:
            self.items.append(Text(left, y, text, size, bold, ink, tabular, wide, align))
        return wide

    def turned(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        turn: float,
        *,
        bold: bool = False,
        ink: str = "text",
    ) -> None:
        """Write round a centre, turned by degrees against the clock."""
        wide = width(text, size, bold)
        angle = math.radians(turn)
        along, across = -wide / 2, size * 0.35  # from the centre to the left end of the baseline
        left = x + along * math.cos(angle) + across * math.sin(angle)
        low = y - along * math.sin(angle) + across * math.cos(angle)
        self.items.append(Text(left, low, text, size, bold, ink, False, wide, "left", turn))

    def line(
        self,
        *points: Point,
        ink: str = "line",
        weight: float = 0.5,
        dash: Dash | None = None,
    ) -> None:
        """A line through points."""
        self.items.append(Strokes((points,), ink, weight, dash))

    def lines(
        self, lines: Sequence[tuple[Point, ...]], ink: str, weight: float, dash: Dash | None = None
    ) -> None:
        """Many lines in one ink."""
        if lines:
            self.items.append(Strokes(tuple(lines), ink, weight, dash))

    def shape(
        self,
        *points: Point,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 0.8,
    ) -> None:
        """A closed polygon."""
        self.items.append(Shape(points, fill, ink, weight))

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 0.8,
        radius: float = 0.0,
    ) -> None:
        """A rectangle from its top left corner."""
        if wide > 0 and high > 0:
            self.items.append(Box(x, y, wide, high, fill, ink, weight if ink else 0.0, radius))

    def diamond(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "surface",
        ink: str = "text",
        weight: float = 0.8,
    ) -> None:
        """A milestone round its centre."""
        self.shape(
            (x, y - radius),
            (x + radius, y),
            (x, y + radius),
            (x - radius, y),
            fill=fill,
            ink=ink,
            weight=weight,
        )

    def hatch(self, x: float, y: float, wide: float, high: float, ink: str, step: float) -> None:
        """Diagonal lines inside a rectangle, each cut at its edges."""
        self.lines(list(diagonals(x, y, wide, high, step)), ink, 0.4)


class Pages(Protocol):
    """A print, drawn page by page."""

    @property
    def count(self) -> int:
        """How many pages."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""

    def page(self, number: int) -> Sheet:
        """A page, counted from 1."""


def diagonals(
    x: float, y: float, wide: float, high: float, step: float
) -> Iterator[tuple[Point, ...]]:
    """Rising lines on which x + y is a multiple of `step`: neighbouring areas match."""
    if wide <= 0 or high <= 0:
        return
    total = (int((x + y) // step) + 1) * step
    while total < x + wide + y + high:
        low = max(x, total - y - high)
        top = min(x + wide, total - y)
        if top > low:
            yield (low, total - low), (top, total - top)
        total += step


def plain_colour(token: str) -> str:
    """The `#RRGGBB` of a token; `muted 40%` is a tint on white."""
    if token.startswith("#"):
        return token
    name, _, share = token.partition(" ")
    theme = palette("light")
    return theme.mix(name, int(share.rstrip("%")) / 100) if share else theme[name]
