"""The way of a link from one bar to another: right angles, round the bars and texts between.

Pure geometry. `y` of an end is the top of its row; pixels grow to the right and downwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crm_pilot.planning.terms import LinkKind
from ui.widgets.grid import ROW_HEIGHT

BAR_TOP, BAR = 6, 11
MIDDLE = BAR_TOP + BAR / 2  # of a bar, below the top of its row
HALF_ROW = ROW_HEIGHT / 2
GAP = 26  # below the top of a row, under its reference bar: where links may run along
OUT = 6.0  # pixels a link goes straight on before it turns
IN = 5.0  # pixels after the begin of a bar at which a link meets it from above or below
HEAD_LONG, HEAD_WIDE = 5.0, 3.5  # arrow: length, and half its width
BLOCKED = 1.0
TEXT_BLOCKED = 3.0  # what it costs to run along the text of the bar it leaves
Point = tuple[float, float]


class End(NamedTuple):
    """A bar or milestone that a link touches."""

    left: float
    right: float
    y: float
    milestone: bool
    text: bool = False  # whether something is written after it

    @property
    def centre(self) -> float:
        """Pixel of the middle, where a milestone stands."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.y + (HALF_ROW if self.milestone else MIDDLE)


class Route(NamedTuple):
    """Corners of the line, and its tip with the way the arrow points."""

    points: tuple[Point, ...]
    tip: Point
    way: tuple[int, int]

    def head(self) -> tuple[Point, Point, Point]:
        """Corners of the arrow."""
        (x, y), (dx, dy) = self.tip, self.way
        back_x, back_y = x - dx * HEAD_LONG, y - dy * HEAD_LONG
        return (
            self.tip,
            (back_x + dy * HEAD_WIDE, back_y + dx * HEAD_WIDE),
            (back_x - dy * HEAD_WIDE, back_y - dx * HEAD_WIDE),
        )

    def sharp_head(self) -> tuple[Point, Point, Point]:
        """The same with its tip on a whole pixel."""
        return self._replace(tip=(int(self.tip[0]), self.tip[1])).head()


class Taken:
    """What is drawn in the visible rows, by place: left and right ends, texts included."""

    def __init__(self, boxes: Mapping[int, tuple[float, float]], top: float) -> None:
        self.boxes, self.top = boxes, top  # `top` is that of row 0
        self._first, self._stop = min(boxes, default=0), max(boxes, default=-1) + 1

    def crossed(self, x: float, y1: float, y2: float) -> int:
        """How many rows between two heights have something at pixel `x`."""
        if y1 > y2:
            y1, y2 = y2, y1
        first = max(self._first, int((y1 - self.top) // ROW_HEIGHT) + 1)
        last = min(self._stop, int((y2 - self.top) // ROW_HEIGHT))
        boxes, found = self.boxes, 0
        for place in range(first, last):
            box = boxes.get(place)
            if box is not None and box[0] - 2 <= x <= box[1] + 2:
                found += 1
        return found


def route(kind: LinkKind, before: End, after: End, taken: Taken) -> Route:
    """The way of a link of `kind` from `before` to `after`."""
    if kind is LinkKind.FS:
        return _finish_start(before, after, taken)
    if kind is LinkKind.SS:
        x = min(before.left, after.left) - OUT - 1
        return _beside(before.left, before, x, after.left, after, 1)
    if kind is LinkKind.FF:
        x = max(before.right, after.right) + OUT + 2
        return _beside(before.right, before, x, after.right, after, -1)
    return _start_finish(before, after)


def _beside(start: float, before: End, x: float, tip: float, after: End, way: int) -> Route:
    """Out of one end, along both bars, into the same end of the other."""
    y1, y2 = before.middle, after.middle
    points = ((start, y1), (x, y1), (x, y2), (tip - way * HEAD_LONG, y2))
    return Route(points, (tip, y2), (way, 0))


def _start_finish(before: End, after: End) -> Route:
    out, into = before.left - OUT - 1, after.right + OUT + 2
    y1, y2 = before.middle, after.middle
    gap = _gap(after, after.y > before.y)
    points = (
        *((before.left, y1), (out, y1), (out, gap), (into, gap), (into, y2)),
        (after.right + HEAD_LONG, y2),
    )
    return Route(points, (after.right, y2), (-1, 0))


def _finish_start(before: End, after: End, taken: Taken) -> Route:
    """From the finish down or up onto the begin of the other bar."""
    down = after.y > before.y
    way = 1 if down else -1
    if after.milestone:
        tip_x, tip_y = after.centre, after.y + HALF_ROW - way * (after.right - after.left) / 2
    else:
        tip_x = after.left + min(IN, (after.right - after.left) / 2)
        tip_y = after.y + (BAR_TOP - 0.5 if down else BAR_TOP + BAR + 0.5)
    end = (tip_x, tip_y - way * HEAD_LONG)
    if before.milestone:  # up or down, so that its text stays clear
        x = before.centre
        start = (x, before.y + HALF_ROW + way * (before.right - before.left) / 2)
        points: tuple[Point, ...] = (start, *_turn(x, _gap(after, down), tip_x), end)
        return Route(points, (tip_x, tip_y), (0, way))
    start = (before.right, before.middle)
    best = min(
        _ways(before, after, tip_x, down=down),
        key=lambda found: found[0] + BLOCKED * taken.crossed(found[1], before.y + 1, after.y + 1),
    )
    return Route((start, *best[2], end), (tip_x, tip_y), (0, way))


def _ways(
    before: End, after: End, tip_x: float, *, down: bool
) -> list[tuple[float, float, tuple[Point, ...]]]:
    """Possible ways: what they cost before anything is crossed, where they run up or down, and
    their corners."""
    out, y1 = before.right + OUT, before.middle
    far, near = _gap(after, down), before.y + (GAP if down else -2)
    late = (0.5, out, ((out, y1), *_turn(out, far, tip_x)))
    if tip_x >= before.right + 2:
        straight = (TEXT_BLOCKED if before.text else 0.0, tip_x, ((tip_x, y1),))
        return [straight, late] if tip_x >= out else [straight]
    early = (0.6, tip_x, ((out, y1), *_turn(out, near, tip_x)))
    return [late, early]


def _turn(x: float, y: float, to_x: float) -> tuple[Point, ...]:
    """Along a gap between rows from `x` to `to_x`; nothing when they are one."""
    return () if abs(to_x - x) < 0.5 else ((x, y), (to_x, y))


def _gap(after: End, down: bool) -> float:
    """The gap between the rows on the near side of the bar a link goes to."""
    return after.y - ROW_HEIGHT + GAP if down else after.y + GAP
