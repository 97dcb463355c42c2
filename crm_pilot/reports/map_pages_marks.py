"""Marks of the printed map: equal areas, told apart by form and filling before colour.

Locomotives are solid triangles, hesitants dotted discs, opponents hatched squares; a person is the
same form, small and hollow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from crm_pilot.reports.sheets import Point, Sheet, diagonals
from crm_pilot.stakeholders.terms import Trio

ROUND = 28  # corners of a disc
DOT_STEP, DOT = 3.4, 1.05
HATCH_STEP, HATCH = 3.6, 0.9
_CLOUD = (  # curves on a unit square, y upwards: two bends and the end of each
    (0.26, 0.22),
    (0.10, 0.22, 0.04, 0.34, 0.06, 0.43),
    (0.08, 0.53, 0.17, 0.58, 0.25, 0.57),
    (0.28, 0.72, 0.40, 0.80, 0.53, 0.78),
    (0.65, 0.76, 0.73, 0.67, 0.74, 0.57),
    (0.87, 0.58, 0.95, 0.49, 0.94, 0.39),
    (0.93, 0.28, 0.85, 0.22, 0.75, 0.22),
)
_BOLT = ((0.6, -2.6), (-1.5, 0.5), (-0.1, 0.5), (-0.9, 3.2), (1.7, -0.5), (0.3, -0.5))
LEAST_PATTERN = 2.4  # radius; on smaller marks a pattern is not seen


def mark(
    sheet: Sheet, trio: Trio, x: float, y: float, radius: float, *, hollow: bool = False
) -> None:
    """A mark as large as a circle of `radius`, round (x, y)."""
    points = outline(trio, x, y, radius)
    if hollow:
        sheet.shape(*points, fill="surface", ink=trio.value, weight=1.1)
        return
    sheet.shape(*points, fill=trio.value)
    if radius < LEAST_PATTERN:
        return
    if trio is Trio.HESITANT:
        _dots(sheet, x, y, radius)
    elif trio is Trio.OPPONENT:
        half = radius * math.sqrt(math.pi) / 2
        lines = tuple(diagonals(x - half, y - half, 2 * half, 2 * half, HATCH_STEP))
        sheet.lines(lines, "surface", HATCH)


def outline(trio: Trio, x: float, y: float, radius: float) -> tuple[Point, ...]:
    """The corners of a mark: triangle, disc or square of one area."""
    if trio is Trio.HESITANT:
        return ring(x, y, radius)
    if trio is Trio.OPPONENT:
        half = radius * math.sqrt(math.pi) / 2
        return (
            (x - half, y - half),
            (x + half, y - half),
            (x + half, y + half),
            (x - half, y + half),
        )
    side = radius * math.sqrt(4 * math.pi / math.sqrt(3))
    high = side * math.sqrt(3) / 2
    top = y - high / 2  # its box round the middle, so that the label stands beside it
    return (x, top), (x + side / 2, top + high), (x - side / 2, top + high)


def ring(x: float, y: float, radius: float) -> tuple[Point, ...]:
    """A circle as a polygon."""
    turns = [2 * math.pi * step / ROUND for step in range(ROUND)]
    return tuple((x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns)


def _dots(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """White dots inside a disc: short strokes, as wide as they are long."""
    found: list[tuple[Point, ...]] = []
    inner = radius - DOT * 0.9
    rows = int(radius // (DOT_STEP * 0.87)) + 1
    for row in range(-rows, rows + 1):
        middle = y + row * DOT_STEP * 0.87
        for column in range(-rows, rows + 1):
            at = x + (column + (0.5 if row % 2 else 0.0)) * DOT_STEP
            if math.hypot(at - x, middle - y) <= inner:
                found.append(((at - DOT / 2, middle), (at + DOT / 2, middle)))
    sheet.lines(found, "surface", DOT)


def bar(sheet: Sheet, trio: Trio, x: float, y: float, wide: float, high: float) -> None:
    """A part of a bar in the filling of its mark."""
    sheet.box(x, y, wide, high, fill=trio.value)
    if trio is Trio.OPPONENT:
        sheet.lines(tuple(diagonals(x, y, wide, high, HATCH_STEP)), "surface", HATCH)
    elif trio is Trio.HESITANT:
        rows = max(1, int(high // DOT_STEP))
        found: list[tuple[Point, ...]] = []
        for row in range(rows):
            middle = y + high * (row + 0.5) / rows
            at = x + DOT_STEP * (0.5 if row % 2 else 1.0)
            while at + DOT / 2 < x + wide - 0.6:
                found.append(((at - DOT / 2, middle), (at + DOT / 2, middle)))
                at += DOT_STEP
        sheet.lines(found, "surface", DOT)


def storm(sheet: Sheet, x: float, y: float, size: float) -> None:
    """What warns, round (x, y): the filled cloud with a bolt of the bad weather."""
    left, top = x - size / 2, y - size * 0.58
    cloud = [_curve(before[-2:], after) for before, after in pairwise(_CLOUD)]
    points = [(left + px * size, top + (1 - py) * size) for part in cloud for px, py in part]
    sheet.shape(*points, fill="alert", ink="alert", weight=0.4)
    unit = size / 10
    bolt = [(x + px * unit, y + size * 0.2 + py * unit) for px, py in _BOLT]
    sheet.shape(*bolt, fill="alert", ink="surface", weight=0.6)


def _curve(start: Sequence[float], bend: Sequence[float]) -> list[Point]:
    """Points of a cubic curve from the end of the one before."""
    xs, ys = (start[0], *bend[::2]), (start[1], *bend[1::2])
    made = []
    for step in range(8):
        t = step / 8
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(w * v for w, v in zip(shares, line, strict=True)) for line in (xs, ys))
        made.append((x, y))
    return made


def arrow_head(sheet: Sheet, before: Point, tip: Point, ink: str, size: float = 4.4) -> None:
    """A head that ends at `tip`."""
    turn = math.atan2(tip[1] - before[1], tip[0] - before[0])
    back = [
        (
            tip[0] - size * math.cos(turn + side),
            tip[1] - size * math.sin(turn + side),
        )
        for side in (0.42, -0.42)
    ]
    sheet.shape(tip, *back, fill=ink)


def short_of(before: Point, end: Point, by: float) -> Point:
    """The point `by` before `end`, coming from `before`."""
    long = math.hypot(end[0] - before[0], end[1] - before[1])
    share = max(long - by, 0.0) / long if long else 0.0
    return before[0] + (end[0] - before[0]) * share, before[1] + (end[1] - before[1]) * share


def crosses(start: Point, end: Point, edges: tuple[float, float, float, float]) -> bool:
    """Whether a straight line touches a rectangle (left, top, right, bottom)."""
    left, top, right, bottom = edges
    wide, high = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-wide, start[0] - left),
        (wide, right - start[0]),
        (-high, start[1] - top),
        (high, bottom - start[1]),
    ):
        if abs(step) < 1e-9:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last
