"""Sun, cloud and storm drawn as paths: ring with rays, outline, filled cloud with a bolt."""

from __future__ import annotations

import math

from crm_pilot.governance.terms import Trend, Weather
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sheets import Point

TURNS = {Trend.BETTER: 45.0, Trend.STABLE: 0.0, Trend.WORSE: -45.0}
# handles and ends of the curves of a cloud, on a unit square, upwards; its base closes it
CLOUD_START: Point = (0.26, 0.22)
CLOUD: tuple[tuple[Point, Point, Point], ...] = (
    ((0.10, 0.22), (0.04, 0.34), (0.06, 0.43)),
    ((0.08, 0.53), (0.17, 0.58), (0.25, 0.57)),
    ((0.28, 0.72), (0.40, 0.80), (0.53, 0.78)),
    ((0.65, 0.76), (0.73, 0.67), (0.74, 0.57)),
    ((0.87, 0.58), (0.95, 0.49), (0.94, 0.39)),
    ((0.93, 0.28), (0.85, 0.22), (0.75, 0.22)),
)


def weather_mark(pen: Pen, weather: Weather, x: float, y: float, size: float) -> None:
    """The sign of a weather centred on (x, y), `size` points wide."""
    if weather == Weather.GOOD:
        _sun(pen, x, y, size)
    elif weather == Weather.WATCH:
        _cloud(pen, x, y, size, filled=False)
    else:
        _cloud(pen, x, y - size * 0.08, size, filled=True)
        _bolt(pen, x, y + size * 0.2, size)


def _sun(pen: Pen, x: float, y: float, size: float) -> None:
    weight = max(size * 0.075, 0.9)
    pen.disc(x, y, size * 0.21, ink="good", weight=weight)
    for step in range(8):
        angle = step * math.pi / 4
        near, far = size * 0.34, size * 0.47
        pen.polyline(
            [
                (x + near * math.cos(angle), y + near * math.sin(angle)),
                (x + far * math.cos(angle), y + far * math.sin(angle)),
            ],
            ink="good",
            weight=weight,
        )


def _cloud(pen: Pen, x: float, y: float, size: float, *, filled: bool) -> None:
    """Three arcs over a flat base, from Bézier curves on a unit square."""
    ink = "alert" if filled else "watch"

    def at(right: float, up: float) -> Point:
        return x + (right - 0.5) * size, y + (0.5 - up) * size

    pen.path(
        at(*CLOUD_START),
        *((at(*one), at(*two), at(*end)) for one, two, end in CLOUD),
        fill=ink if filled else None,
        ink=ink,
        weight=max(size * 0.075, 0.9),
    )


def _bolt(pen: Pen, x: float, y: float, size: float) -> None:
    unit = size / 10
    points = [(0.6, -2.6), (-1.5, 0.5), (-0.1, 0.5), (-0.9, 3.2), (1.7, -0.5), (0.3, -0.5)]
    pen.shape(
        [(x + px * unit, y + py * unit) for px, py in points],
        fill="alert",
        ink="surface",
        weight=size * 0.045,
    )


def trend_arrow(pen: Pen, trend: Trend, x: float, y: float, size: float = 11.0) -> None:
    """The arrow of a trend centred on (x, y)."""
    pen.arrow(x, y, TURNS[trend], size=size)
