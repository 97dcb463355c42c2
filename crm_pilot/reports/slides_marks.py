"""Sun, cloud and storm as free forms of a slide, the same paths as on paper."""

from __future__ import annotations

import math

from crm_pilot.governance.terms import Trend, Weather
from crm_pilot.reports.slides_shapes import Outline

_CLOUD = (
    "M 260 780 C 100 780 40 660 60 570 C 80 470 170 420 250 430 "
    "C 280 280 400 200 530 220 C 650 240 730 330 740 430 "
    "C 870 420 950 510 940 610 C 930 720 850 780 750 780 Z"
)
_HIGHER = 80  # of a cloud with a bolt
RISES = {Trend.BETTER: -1, Trend.STABLE: 0, Trend.WORSE: 1}  # of an arrow, downwards


def weather_outlines(weather: Weather) -> tuple[Outline, ...]:
    """The paths of a sign on a square of 1000."""
    if weather == Weather.GOOD:
        return (Outline(_ring() + _rays(), ink="good"),)
    if weather == Weather.WATCH:
        return (Outline(_CLOUD, ink="watch"),)
    return (
        Outline(_raised(_CLOUD, _HIGHER), fill="alert", ink="alert"),
        Outline(_bolt(), fill="alert", ink="surface"),
    )


def _ring(radius: float = 210.0) -> str:
    bend = radius * 0.5523
    x = y = 500.0
    return (
        f"M {x + radius} {y} C {x + radius} {y + bend} {x + bend} {y + radius} {x} {y + radius} "
        f"C {x - bend} {y + radius} {x - radius} {y + bend} {x - radius} {y} "
        f"C {x - radius} {y - bend} {x - bend} {y - radius} {x} {y - radius} "
        f"C {x + bend} {y - radius} {x + radius} {y - bend} {x + radius} {y} Z "
    )


def _rays() -> str:
    turns = [(math.cos(n * math.pi / 4), math.sin(n * math.pi / 4)) for n in range(8)]
    return " ".join(
        f"M {500 + 340 * x} {500 + 340 * y} L {500 + 470 * x} {500 + 470 * y}" for x, y in turns
    )


def _raised(steps: str, by: int) -> str:
    """A path moved upwards."""
    made, across = [], True
    for word in steps.split():
        if word.isalpha():
            made.append(word)
        else:
            made.append(word if across else str(int(word) - by))
            across = not across
    return " ".join(made)


def _bolt() -> str:
    points = [(0.6, -2.6), (-1.5, 0.5), (-0.1, 0.5), (-0.9, 3.2), (1.7, -0.5), (0.3, -0.5)]
    (x, y), *rest = [(500 + 100 * px, 700 + 100 * py) for px, py in points]
    return f"M {x} {y} " + " ".join(f"L {px} {py}" for px, py in rest) + " Z"
