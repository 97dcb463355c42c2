"""Drawing on a page with heights counted from the top; text, rules, marks and patterns.

Everything is vector. The marks carry form before colour: they stay readable in grey.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from crm_pilot.reports.styles import BODY, PAGE_HEIGHT, colour, font
from crm_pilot.reports.typography import Placed, shorten, width

Point = tuple[float, float]
DASH = (3.0, 2.2)
DOTS = (0.8, 2.2)


class Pen:
    """A canvas seen from the top left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

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
        left = x - wide if align == "right" else x - wide / 2 if align == "middle" else x
        self.canvas.setFont(font(bold=bold, tabular=tabular), size)
        self._fill(colour(ink))
        self.canvas.drawString(left, PAGE_HEIGHT - y, text)
        return wide

    def _fill(self, wanted: Color) -> None:
        """Ask for a colour where it is not the canvas's already: most texts follow one alike."""
        if self.canvas._fillColorObj is not wanted:
            self.canvas.setFillColor(wanted)

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

    @contextmanager
    def _stroke(
        self, ink: str, weight: float, dash: tuple[float, ...] | None, cap: int = 0
    ) -> Iterator[None]:
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColor(colour(ink))
        canvas.setLineWidth(weight)
        canvas.setLineCap(cap)
        canvas.setLineJoin(1)
        if dash:
            canvas.setDash(list(dash))
        yield
        canvas.restoreState()

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
        with self._stroke(ink, weight, dash):
            self.canvas.line(x1, PAGE_HEIGHT - y1, x2, PAGE_HEIGHT - y2)

    def rule(self, x: float, y: float, wide: float, weight: float = 0.5, ink: str = "line") -> None:
        """A horizontal rule."""
        self.line(x, y, x + wide, y, ink=ink, weight=weight)

    def polyline(
        self,
        points: Sequence[Point],
        *,
        ink: str = "text",
        weight: float = 1.2,
        dash: tuple[float, ...] | None = None,
    ) -> None:
        """A broken line through two points or more."""
        if len(points) < 2:
            return
        with self._stroke(ink, weight, dash, cap=1):
            path = self._path(points)
            self.canvas.drawPath(path, stroke=1, fill=0)

    def _path(self, points: Sequence[Point], *, close: bool = False) -> Any:
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, PAGE_HEIGHT - y)
        if close:
            path.close()
        return path

    def shape(
        self,
        points: Sequence[Point],
        *,
        fill: str | None = None,
        ink: str | None = None,
        weight: float = 1.0,
    ) -> None:
        """A closed polygon."""
        with self._stroke(ink or "text", weight, None):
            if fill:
                self.canvas.setFillColor(colour(fill))
            self.canvas.drawPath(
                self._path(points, close=True), stroke=int(bool(ink)), fill=int(bool(fill))
            )

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
        inset = weight / 2 if ink else 0.0
        with self._stroke(ink or "text", weight, None):
            if fill:
                self.canvas.setFillColor(colour(fill))
            left, low = x + inset, PAGE_HEIGHT - y - high + inset
            size = max(wide - 2 * inset, 0.0), max(high - 2 * inset, 0.0)
            style = {"stroke": int(bool(ink)), "fill": int(bool(fill))}
            if radius:
                self.canvas.roundRect(left, low, *size, radius, **style)
            else:
                self.canvas.rect(left, low, *size, **style)

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
        with self._stroke(ink or "text", weight, None):
            if fill:
                self.canvas.setFillColor(colour(fill))
            self.canvas.circle(
                x, PAGE_HEIGHT - y, radius, stroke=int(bool(ink)), fill=int(bool(fill))
            )

    @contextmanager
    def clipped(self, x: float, y: float, wide: float, high: float) -> Iterator[None]:
        """Draw inside a rectangle only."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(x, PAGE_HEIGHT - y - high, wide, high)
        self.canvas.clipPath(path, stroke=0, fill=0)
        yield
        self.canvas.restoreState()

    # patterns ----------------------------------------------------------------------------------

    def plain(self, x: float, y: float, wide: float, high: float, ink: str) -> None:
        """A filled bar without a pattern."""
        if wide > 0:
            self.box(x, y, wide, high, fill=ink)

    def hatched(
        self, x: float, y: float, wide: float, high: float, ink: str, *, step: float = 4.2
    ) -> None:
        """A filled bar with white diagonal hatch: a second sign beside the colour."""
        if wide <= 0:
            return
        self.box(x, y, wide, high, fill=ink)
        with self.clipped(x, y, wide, high), self._stroke("surface", 1.1, None):
            at = x - high
            while at < x + wide:
                low = PAGE_HEIGHT - y - high
                self.canvas.line(at, low, at + high, low + high)
                at += step

    def dotted(
        self, x: float, y: float, wide: float, high: float, ink: str, *, step: float = 4.0
    ) -> None:
        """A filled bar with white dots."""
        if wide <= 0:
            return
        self.box(x, y, wide, high, fill=ink)
        rows = max(1, int(high // step))
        with self.clipped(x, y, wide, high):
            for row in range(rows):  # a dash of no length with round ends is a dot
                middle = y + high * (row + 0.5) / rows
                left = x + step * (0.5 if row % 2 else 1.0)
                with self._stroke("surface", 1.25, (0.0, step), cap=1):
                    at = PAGE_HEIGHT - middle
                    self.canvas.line(left, at, x + wide, at)

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
        canvas, half = self.canvas, size / 2
        with self._stroke("text", 1.4, None, cap=1):
            canvas.translate(x, PAGE_HEIGHT - y)
            canvas.rotate(turn)
            canvas.line(-half, 0, half, 0)
            canvas.line(half, 0, half - size * 0.34, size * 0.3)
            canvas.line(half, 0, half - size * 0.34, -size * 0.3)

    def tick(self, x: float, y: float, size: float = 6.0, *, ink: str = "text") -> None:
        """A check mark whose lower tip is on the baseline `y`."""
        self.polyline(
            [(x, y - size * 0.42), (x + size * 0.36, y - size * 0.05), (x + size, y - size * 0.8)],
            ink=ink,
            weight=1.3,
        )
