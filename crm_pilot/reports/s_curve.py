"""The S-curve on paper, an index over time, and the internal share by month. Dash, weight, rings
and hatch say what colour says, so they print in grey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot import formats
from crm_pilot.charts import TimeChart
from crm_pilot.governance.budget_charts import SCurve
from crm_pilot.governance.s_curve_layout import Bar, Dot, Layout, Sizes, Words, layout
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import DASH, DOTS, Pen
from crm_pilot.reports.styles import KEY, NOTE
from crm_pilot.reports.typography import width, wrap

SIZES = Sizes(line=10.6, cap=5.9, pad=5.0, bar=8.5, track=46.0, foot=17.0)
Dashes = tuple[float, ...] | None
LINES: dict[str, tuple[str, float, Dashes]] = {  # ink, weight, dash of each kind of stroke
    "grid": ("line", 0.5, None),
    "axis": ("text", 0.75, None),
    "tick": ("text", 0.75, None),
    "today": ("accent", 1.0, None),
    "planned": ("muted", 1.2, DASH),
    "forecast": ("text", 1.2, DOTS),
    "actual": ("text", 2.0, None),
    "earned": ("deployment", 2.0, None),
    "leader_planned": ("muted", 0.6, None),
    "leader_actual": ("text", 0.6, None),
    "leader_earned": ("deployment", 0.6, None),
}
SPAN = 0.16  # least height of an index's scale: a hundredth is not to look like a fall


def s_curve(
    pen: Pen, x: float, y: float, room: float, high: float, chart: SCurve, context: Context
) -> Layout:
    """Draw the S-curve in a box of `room` × `high` points; the layout tells what found room."""
    at = layout(chart, room, high, SIZES, _measure, context.language, context.show)
    for stroke in at.strokes:
        ink, weight, dash = LINES[stroke.kind]
        spots = [(x + left, y + top) for left, top in stroke.spots]
        pen.polyline(spots, ink=ink, weight=weight, dash=dash)
    for dot in at.dots:
        _dot(pen, x, y, dot)
    for bar in at.bars:
        _bar(pen, x, y, bar)
    for words in at.words:
        _words(pen, x, y, words)
    return at


def _measure(text: str, bold: bool) -> float:
    return width(text, NOTE, bold)


def _dot(pen: Pen, x: float, y: float, dot: Dot) -> None:
    at = x + dot.at[0], y + dot.at[1]
    if dot.kind == "earned":
        pen.disc(*at, 2.3, fill="surface", ink="deployment", weight=1.1)
    elif dot.kind == "now_planned":
        pen.disc(*at, 2.8, fill="surface", ink="muted", weight=1.2)
    else:
        pen.disc(*at, 3.0, fill="text" if dot.kind == "now_actual" else "deployment")


def _bar(pen: Pen, x: float, y: float, bar: Bar) -> None:
    left, top = x + bar.x, y + bar.y
    if bar.kind == "actual":
        pen.box(left, top, bar.wide, bar.high, fill="text")
    elif bar.kind == "earned":
        pen.hatched(left, top, bar.wide, bar.high, "deployment", step=4.6)
        pen.box(left, top, bar.wide, bar.high, ink="deployment", weight=0.9)
    else:
        right, low = left + bar.wide, top + bar.high
        corners = [(left, top), (right, top), (right, low), (left, low), (left, top)]
        pen.polyline(corners, ink="muted", weight=0.9, dash=(2.4, 1.6))


def _words(pen: Pen, x: float, y: float, words: Words) -> None:
    style = {"bold": words.bold, "ink": words.ink, "align": words.align}
    pen.haloed(x + words.x, y + words.y, words.text, NOTE, **style)


# small charts ------------------------------------------------------------------------------------


def index_line(
    pen: Pen,
    x: float,
    y: float,
    room: float,
    high: float,
    points: Sequence[tuple[dt.date, float]],
    context: Context,
) -> None:
    """An index over time beside 1.00, which is dashed and named; the last value is a disc."""
    values = [1.0, *(value for _, value in points)]
    low, top = min(values), max(values)
    if top - low < SPAN:
        low, top = (top - SPAN, top) if top - 1.0 < 1.0 - low else (low, low + SPAN)
    days = max((points[-1][0] - points[0][0]).days, 1)

    def at(day: dt.date, value: float) -> tuple[float, float]:
        part = (day - points[0][0]).days / days if len(points) > 1 else 1.0
        return x + (room - 4) * part, y + high * (top - value) / (top - low)

    level = at(points[0][0], 1.0)[1]
    pen.line(x, level, x + room, level, ink="text", weight=0.8, dash=DASH)
    one = context.number(1, 2)
    above = points[-1][1] <= 1.0
    pen.text(x + room, level + (-3 if above else 9), one, NOTE, ink="muted", align="right")
    spots = [at(day, value) for day, value in points]
    pen.polyline(spots, ink="deployment", weight=1.8)
    pen.disc(*spots[-1], 2.8, fill="deployment")


def share_chart(
    pen: Pen, x: float, y: float, room: float, high: float, chart: TimeChart, context: Context
) -> None:
    """The internal share by month over its band, both edges named, the last value large."""
    known = [(day, value) for day, value in chart.series[0].points if value is not None]
    band = chart.bands[0]
    last = context.percent(known[-1][1])
    edge = context.percent(band.high)
    wide = room - max(width(last, KEY, True) + 10, width(edge, NOTE) + 6)
    foot = y + high - 14
    first, days = known[0][0], max((known[-1][0] - known[0][0]).days, 1)

    def level(value: float) -> float:
        return y + 12 + (foot - y - 12) * (1 - value / chart.high)

    pen.box(x, level(band.high), wide, level(band.low) - level(band.high), fill="raised")
    for value in (band.high, band.low):
        pen.line(x, level(value), x + wide, level(value), ink="muted", weight=0.7, dash=DASH)
    pen.text(x + wide + 4, level(band.high) + 2.8, edge, NOTE, ink="muted")
    lines = wrap(context.show(band.name), wide, NOTE, most=2)
    below = level(band.low) + 2 + 10 * len(lines) < foot
    base = level(band.low) + 1 if below else level(band.high) - 3 - 10 * len(lines)
    for line in lines:
        base += 10
        pen.text(x, base, line, NOTE, ink="muted")
    pen.rule(x, foot, wide, 0.75, "text")
    spots = [(x + 4 + (wide - 8) * (day - first).days / days, level(v)) for day, v in known]
    pen.polyline(spots, ink="text", weight=1.8)
    pen.disc(*spots[-1], 3.0, fill="text")
    pen.text(spots[-1][0] + 7, spots[-1][1] + 4.6, last, KEY, bold=True)
    if len(known) > 1:
        start = context.percent(known[0][1])
        pen.haloed(spots[0][0] + 2, spots[0][1] - 5, start, NOTE)
        pen.text(x, foot + 11, formats.month(first, context.language), NOTE, ink="muted")
    month = formats.month(known[-1][0], context.language)
    pen.text(x + wide, foot + 11, month, NOTE, ink="muted", align="right")
