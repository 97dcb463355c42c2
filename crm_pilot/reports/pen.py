"""Drawing on a sheet: text, rules, marks and patterns, heights counted from the top.

Everything is vector. The marks carry form before colour: they stay readable in grey. What is drawn
is a list of items (`sheets.Sheet`), which the pens of PDF, preview and printer draw alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from crm_pilot.reports.sheets import Box, Disc, Image, Path, Point, Shape, Sheet, Strokes, Text
from crm_pilot.reports.styles import BODY
from crm_pilot.reports.typography import Placed, shorten, width

DASH = (3.0, 2.2)
DOTS = (0.8, 2.2)
HATCH_WEIGHT, DOT_WEIGHT = 1.1, 1.25


class Pen:
    """Draws on one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._put = sheet.items.append

    # text --------------------------------------------------------------------------------------

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        ink: str = "text",
        align: str = "left",
        tabular: bool = False,
        room: float | None = None,
    ) -> float:
        """Write on the baseline `y`; shortened to `room` points. Returns the width."""
        if room is not None:
            text = shorten(text, room, size, bold=bold, tabular=tabular)
        wide = width(text, size, bold, tabular)
        if text:
            left = x - wide if align == "right" else x - wide / 2 if align == "middle" else x
            self._put(Text(left, y, text, size, bold, ink, tabular, wide, align))
        return wide

    def haloed(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Text on a patch of the ground colour, so that lines behind it stay clear."""
        wide = width(text, size, bool(style.get("bold")))
        align = style.get("align", "left")
        left = x - wide if align == "right" else x - wide / 2 if align == "middle" else x
        self.box(left - 1.5, y - size * 0.82, wide + 3, size * 1.06, fill="surface")
        self.text(x, y, text, size, **style)

    def runs(self, x: float, y: float, line: Sequence[Placed], size: float = BODY) -> None:
        """A line of runs as `wrap_runs` placed them."""
        for at, run in line:
            self.text(x + at, y, run.text, size, bold=run.bold, ink=run.colour)

    # lines and areas ---------------------------------------------------------------------------

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        ink: str = "line",
        weight: float = 0.5,
        dash: tuple[float, ...] | None = None,
    ) -> None:
        """A straight line."""
        self._put(Strokes((((x1, y1), (x2, y2)),), ink, weight, dash))

    def rule(self, x: float, y: float, wide: float, weight: float = 0.5, ink: str = "line") -> None:
        """A horizontal rule."""
        self._put(Strokes((((x, y), (x + wide, y)),), ink, weight))

    def polyline(
        self,
        points: Sequence[Point],
        *,
        ink: str = "text",
        weight: float = 1.2,
        dash: tuple[float, ...] | None = None,
    ) -> None:
        """A broken line through two points or more."""
        if len(points) >= 2:
            self._put(Strokes((tuple(points),), ink, weight, dash, round=True))

    def shape(
        self,
        points: Sequence[Point],
        *,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 1.0,
    ) -> None:
        """A closed polygon."""
        self._put(Shape(tuple(points), fill, ink, weight, round=True))

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """A rectangle from its top left corner; an outline is drawn inside the edge."""
        if wide > 0 and high > 0:
            self._put(Box(x, y, wide, high, fill, ink, weight if ink else 0.0, radius))

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 1.2,
    ) -> None:
        """A circle round its centre."""
        self._put(Disc(x, y, radius, fill, ink, weight if ink else 0.0))

    def path(
        self,
        start: Point,
        *curves: tuple[Point, Point, Point],
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 1.0,
    ) -> None:
        """A closed outline of Bézier curves: two handles and an end each."""
        self._put(Path(start, curves, fill, ink, weight if ink else 0.0))

    def image(self, x: float, y: float, wide: float, high: float, data: bytes) -> None:
        """A picture (PNG or JPEG) filling a rectangle."""
        self._put(Image(x, y, wide, high, data))

    # patterns ----------------------------------------------------------------------------------

    def plain(self, x: float, y: float, wide: float, high: float, ink: str) -> None:
        """A filled bar without a pattern."""
        self.box(x, y, wide, high, fill=ink)

    def hatched(
        self, x: float, y: float, wide: float, high: float, ink: str, *, step: float = 4.2
    ) -> None:
        """A filled bar with white diagonal hatch: a second sign beside the colour."""
        if wide <= 0:
            return
        self.box(x, y, wide, high, fill=ink)
        lines = []
        at = x - high
        while at < x + wide:
            near, far = max(x - at, 0.0), min(x + wide - at, high)
            lines.append(((at + near, y + high - near), (at + far, y + high - far)))
            at += step
        self._put(Strokes(tuple(lines), "surface", HATCH_WEIGHT))

    def dotted(
        self, x: float, y: float, wide: float, high: float, ink: str, *, step: float = 4.0
    ) -> None:
        """A filled bar with white dots."""
        if wide <= 0:
            return
        self.box(x, y, wide, high, fill=ink)
        rows = max(1, int(high // step))
        dots = []
        for row in range(rows):
            middle = y + high * (row + 0.5) / rows
            at = x + step * (0.5 if row % 2 else 1.0)
            while at < x + wide - DOT_WEIGHT / 2:
                dots.append(((at, middle), (at, middle)))
                at += step
        if dots:
            self._put(Strokes(tuple(dots), "surface", DOT_WEIGHT, round=True))

    # marks -------------------------------------------------------------------------------------

    def mark(self, shape: str, x: float, y: float, size: float, ink: str) -> None:
        """Triangle, circle or square of equal area round (x, y); `size` is the circle's
        diameter."""
        radius = size / 2
        if shape == "circle":
            self.disc(x, y, radius, fill=ink)
        elif shape == "square":
            side = radius * math.sqrt(math.pi)
            self.box(x - side / 2, y - side / 2, side, side, fill=ink)
        else:
            side = radius * math.sqrt(4 * math.pi / math.sqrt(3))
            high = side * math.sqrt(3) / 2
            top = y - high * 2 / 3
            self.shape([(x, top), (x + side / 2, top + high), (x - side / 2, top + high)], fill=ink)

    def diamond(
        self, x: float, y: float, radius: float, *, ink: str = "text", filled: bool = True
    ) -> None:
        """A milestone: filled when reached or forecast, hollow for the reference."""
        points = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self.shape(points, fill=ink if filled else "surface", ink=ink, weight=0.8)

    def arrow(self, x: float, y: float, turn: float, *, size: float = 11.0) -> None:
        """A trend arrow centred on (x, y); `turn` in degrees, 0 to the right, positive up."""
        half, angle = size / 2, math.radians(turn)
        cosine, sine = math.cos(angle), math.sin(angle)

        def turned(along: float, up: float) -> Point:
            return x + along * cosine - up * sine, y - along * sine - up * cosine

        tip, back = turned(half, 0), half - size * 0.34
        barbs = (turned(back, size * 0.3), tip, turned(back, -size * 0.3))
        self._put(Strokes(((turned(-half, 0), tip), barbs), "text", 1.4, round=True))

    def tick(self, x: float, y: float, size: float = 6.0, *, ink: str = "text") -> None:
        """A check mark whose lower tip is on the baseline `y`."""
        self.polyline(
            [(x, y - size * 0.42), (x + size * 0.36, y - size * 0.05), (x + size, y - size * 0.8)],
            ink=ink,
            weight=1.3,
        )
