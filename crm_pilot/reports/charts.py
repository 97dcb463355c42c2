"""Charts over time on paper, from the same specifications as on screen (`crm_pilot.charts`).

Lines are labelled at their end with the last value; bands, references and events are quiet and
named; dash, fill and weight tell series apart in black and white.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from crm_pilot import formats
from crm_pilot.charts import Mark, Series, Step, TimeChart
from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import label_width
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import DASH, DOTS, Pen
from crm_pilot.reports.styles import KEY, NOTE
from crm_pilot.reports.typography import shorten, width

LABEL_LINE = 10.5  # least distance of two labels at the right
AXIS = 15.0  # height of the axis labels
MOST_LABEL = 0.34  # of the width, for the labels at the right


@dataclass(frozen=True)
class Label:
    """A text at the right of the plot, wanted at height `y`."""

    y: float
    text: str
    value: str = ""  # never shortened
    bold: bool = False
    ink: str = "text"
    swatch: Mark | None = None
    colour: str = ""


@dataclass(frozen=True)
class Plot:
    """Where values and days fall on the page."""

    x: float
    y: float  # top
    wide: float
    high: float
    first: dt.date
    days: int
    top: float  # value at the top

    def at_day(self, day: dt.date) -> float:
        """Left edge of a day."""
        return self.x + self.wide * (day - self.first).days / self.days

    def at_value(self, value: float) -> float:
        """Height of a value."""
        return self.y + self.high * (1 - min(max(value / self.top, 0.0), 1.0))

    @property
    def foot(self) -> float:
        """The zero line."""
        return self.y + self.high


def time_chart(
    pen: Pen, x: float, y: float, room: float, high: float, chart: TimeChart, context: Context
) -> None:
    """Draw a `TimeChart` in a box of `room` × `high` points."""
    days = sorted({day for series in chart.series for day, _ in series.points})
    if not days:
        return
    ticks = [_value(tick, chart, context, 0) for tick in chart.ticks]
    axis = max(width(text, NOTE, False, True) for text in ticks) + 6
    wanted = _wanted(chart, context)
    labels_wide = min(label_width(wanted, NOTE, bold=True) + 12, room * MOST_LABEL)
    unit = 7 if chart.step == Step.WEEK else 31
    plot = Plot(
        x + axis,
        y + 6,
        room - axis - labels_wide - 6,
        high - AXIS - 6,
        days[0],
        (days[-1] - days[0]).days + unit,
        chart.high,
    )
    _draw_ground(pen, plot, chart, ticks, x + axis - 5)
    _draw_days(pen, plot, days, chart.step, context)
    labels = _references(pen, plot, chart, context)
    bars = [s for s in chart.series if s.mark != Mark.LINE]
    for number, series in enumerate(bars):
        _draw_bars(pen, plot, series, number, len(bars), unit)
        labels.append(_bar_label(plot, series, chart, context))
    _draw_events(pen, plot, chart, context)
    for series in chart.series:
        if series.mark == Mark.LINE:
            labels += _draw_line(pen, plot, series, chart, context, unit)
    _draw_labels(pen, plot, labels, labels_wide)


def _value(value: float, chart: TimeChart, context: Context, decimals: int) -> str:
    if chart.percent:
        return context.percent(value)
    if not decimals and value != int(value):
        decimals = 1
    return context.number(value, decimals)


def _wanted(chart: TimeChart, context: Context) -> list[str]:
    """Texts that will stand at the right, to know how much room they need."""
    texts = [context.show(band.name) for band in chart.bands]
    texts += [
        f"{context.show(r.name)} {_value(r.value, chart, context, 0)}" for r in chart.references
    ]
    for series in chart.series:
        last = series.last
        if last:
            shown = _value(last[1], chart, context, series.decimals)
            texts.append(f"{context.show(series.name)} {shown}")
    return texts


def _draw_ground(
    pen: Pen, plot: Plot, chart: TimeChart, ticks: Sequence[str], right: float
) -> None:
    for band in chart.bands:
        top, low = plot.at_value(band.high), plot.at_value(band.low)
        pen.box(plot.x, top, plot.wide, low - top, fill=f"{band.colour} 11%")
        pen.line(
            plot.x, low, plot.x + plot.wide, low, ink=f"{band.colour} 70%", weight=0.7, dash=DOTS
        )
    for tick, text in zip(chart.ticks, ticks, strict=True):
        at = plot.at_value(tick)
        if tick:
            pen.rule(plot.x, at, plot.wide)
        pen.text(right, at + 2.9, text, NOTE, ink="muted", align="right", tabular=True)
    pen.rule(plot.x, plot.foot, plot.wide, 0.75, "text")


def _draw_days(pen: Pen, plot: Plot, days: Sequence[dt.date], step: Step, context: Context) -> None:
    """Labels of weeks or months, as many as fit without touching; the last one always."""
    unit = 7 if step == Step.WEEK else 31
    texts = [
        formats.week(day, context.language)
        if step == Step.WEEK
        else formats.month(day, context.language)
        for day in days
    ]
    apart = max(label_width(texts) + 8, 20)
    every = max(1, -(-int(apart) // max(int(plot.wide / len(days)), 1)))
    chosen = list(range(len(days) - 1, -1, -every))
    for number in chosen:
        at = plot.at_day(days[number]) + plot.wide * unit / plot.days / 2
        pen.text(at, plot.foot + 11, texts[number], NOTE, ink="muted", align="middle")


def _references(pen: Pen, plot: Plot, chart: TimeChart, context: Context) -> list[Label]:
    labels = []
    for band in chart.bands:
        middle = plot.at_value((band.high + band.low) / 2)
        labels.append(Label(middle, context.show(band.name), ink="muted"))
    for reference in chart.references:
        at = plot.at_value(reference.value)
        pen.line(plot.x, at, plot.x + plot.wide, at, ink="text", weight=0.9, dash=DASH)
        shown = _value(reference.value, chart, context, 0)
        labels.append(Label(at, context.show(reference.name), shown, ink="muted"))
    return labels


def _draw_events(pen: Pen, plot: Plot, chart: TimeChart, context: Context, top: float = 0) -> None:
    """Dotted lines with their name at the foot, on the side where there is room; a name that
    would touch another is left out."""
    taken: list[tuple[float, float]] = []
    for event in chart.events:
        at = plot.at_day(event.day)
        if not plot.x <= at <= plot.x + plot.wide + 0.5:
            continue
        pen.line(at, plot.y + top, at, plot.foot, ink="muted", weight=0.8, dash=DOTS)
        text = shorten(context.show(event.name), min(plot.wide * 0.45, 90), NOTE)
        wide = width(text, NOTE)
        for left in (at - wide - 3, at + 3):
            inside = left >= plot.x and left + wide <= plot.x + plot.wide + 6
            free = all(left > right + 2 or left + wide < start - 2 for start, right in taken)
            if inside and free:
                taken.append((left, left + wide))
                pen.haloed(left, plot.foot - 4, text, NOTE, ink="muted")
                break


def _draw_bars(pen: Pen, plot: Plot, series: Series, number: int, count: int, unit: int) -> None:
    slot = plot.wide * unit / plot.days
    bar = min(slot * 0.72 / count, 11.0)
    for day, value in series.points:
        if not value:
            continue
        left = plot.at_day(day) + slot / 2 + (number - count / 2) * bar
        top = plot.at_value(value)
        hollow = series.mark == Mark.HOLLOW_BAR
        pen.box(
            left + 0.4,
            top,
            bar - 0.8,
            plot.foot - top,
            fill="surface" if hollow else series.colour,
            ink=series.colour if hollow else None,
            weight=0.9,
        )


def _bar_label(plot: Plot, series: Series, chart: TimeChart, context: Context) -> Label:
    last = series.last
    shown = "" if last is None else _value(last[1], chart, context, series.decimals)
    at = plot.foot - 8 if last is None else plot.at_value(last[1])
    return Label(at, context.show(series.name), shown, swatch=series.mark, colour=series.colour)


def _draw_line(
    pen: Pen, plot: Plot, series: Series, chart: TimeChart, context: Context, unit: int
) -> list[Label]:
    half = plot.wide * unit / plot.days / 2
    dash = DASH if series.dashed else None
    weight = 2.2 if series.strong else 1.3
    stretch: list[tuple[float, float]] = []
    for day, value in [*series.points, (series.points[-1][0], None)]:
        if value is not None:
            stretch.append((plot.at_day(day) + half, plot.at_value(value)))
            continue
        pen.polyline(stretch, ink=series.colour, weight=weight, dash=dash)
        stretch = []
    last = series.last
    if last is None:
        return []
    at = plot.at_day(last[0]) + half, plot.at_value(last[1])
    pen.disc(*at, 2.6 if series.strong else 2.0, fill=series.colour)
    shown = _value(last[1], chart, context, series.decimals)
    ink = "text" if series.strong else "muted"
    return [Label(at[1], context.show(series.name), shown, bold=series.strong, ink=ink)]


def _draw_labels(pen: Pen, plot: Plot, labels: Sequence[Label], room: float) -> None:
    """Labels in one column at the right, moved apart where they would touch."""
    placed: list[tuple[float, Label]] = []
    for label in sorted(labels, key=lambda item: item.y):
        least = placed[-1][0] + LABEL_LINE if placed else plot.y
        placed.append((max(label.y, least), label))
    over = placed[-1][0] - plot.foot if placed else 0.0
    lowest = plot.foot
    for number in range(len(placed) - 1, -1, -1):
        if over <= 0:
            break
        at, label = placed[number]
        placed[number] = (min(at, lowest), label)
        lowest = placed[number][0] - LABEL_LINE
    left = plot.x + plot.wide + 7
    for at, label in placed:
        indent = 0.0
        if label.swatch is not None:
            hollow = label.swatch == Mark.HOLLOW_BAR
            pen.box(
                left,
                at - 3.5,
                7,
                7,
                fill="surface" if hollow else label.colour,
                ink=label.colour,
                weight=0.9,
            )
            indent = 10.0
        tail = f" {label.value}" if label.value else ""
        free = room - indent - 2 - width(tail, NOTE, label.bold)
        text = shorten(label.text, free, NOTE, bold=label.bold) + tail
        pen.text(left + indent, at + 2.9, text, NOTE, bold=label.bold, ink=label.ink)


def spark(
    pen: Pen,
    x: float,
    y: float,
    room: float,
    high: float,
    chart: TimeChart,
    context: Context,
    *,
    ring: dt.date | None = None,
) -> None:
    """A small chart of one line for the first page: target dashed with its name, first value, a
    ring at the last committee (`ring`), and the last value large at the line's end."""
    series = chart.series[0]
    known = [(day, value) for day, value in series.points if value is not None]
    if not known:
        return
    last = _value(known[-1][1], chart, context, series.decimals)
    unit = 7
    plot = Plot(
        x,
        y + 4,
        room - width(last, KEY, True) - 12,
        high - AXIS - 4,
        known[0][0],
        max((known[-1][0] - known[0][0]).days, unit),
        chart.high,
    )
    _draw_events(pen, plot, chart, context, top=14)
    points = [(plot.at_day(day), plot.at_value(value)) for day, value in known]
    for reference in chart.references:
        at = plot.at_value(reference.value)
        pen.line(x, at, x + plot.wide, at, ink="text", weight=0.9, dash=DASH)
        text = f"{context.show(reference.name)} {_value(reference.value, chart, context, 0)}"
        noted = ring_label(plot, known, ring, chart)
        pen.haloed(*_free_place(plot, points, at, width(text, NOTE), noted), text, NOTE)
    pen.polyline(points, ink=series.colour, weight=2.2)
    pen.rule(x, plot.foot, plot.wide, 0.75, "text")
    first, final = known[0], known[-1]
    if len(known) > 1:
        under = all(known[0][1] < r.value for r in chart.references)
        below = 12 if under and points[0][1] + 14 < plot.foot else -6
        pen.haloed(
            x + 2, points[0][1] + below, _value(first[1], chart, context, 0), NOTE, ink="muted"
        )
        pen.text(x, plot.foot + 11, formats.week(first[0], context.language), NOTE, ink="muted")
    noted = ring_at(plot, known, ring)
    if noted is not None:
        value = next(v for d, v in reversed(known) if ring is not None and d <= ring)
        pen.disc(*noted, 2.6, fill="surface", ink=series.colour, weight=1.2)
        shown = _value(value, chart, context, 0)
        label = ring_label(plot, known, ring, chart) or noted
        pen.haloed(*label, shown, NOTE, ink="muted", align="middle")
    pen.disc(*points[-1], 3.2, fill=series.colour)
    pen.text(points[-1][0] + 7, points[-1][1] + 5, last, KEY, bold=True)
    pen.text(
        x + plot.wide,
        plot.foot + 11,
        formats.week(final[0], context.language),
        NOTE,
        ink="muted",
        align="right" if len(known) > 1 else "left",
    )


def _free_place(
    plot: Plot,
    points: Sequence[tuple[float, float]],
    at: float,
    wide: float,
    noted: tuple[float, float] | None,
) -> tuple[float, float]:
    """Where the target's name crosses the line least: over or under it, left, middle or right."""
    lefts = [plot.x + 2, plot.x + plot.wide - wide, plot.x + (plot.wide - wide) / 2]
    places = [(left, base) for base in (at - 4, at + 11) for left in lefts]

    def crossed(place: tuple[float, float]) -> int:
        left, base = place
        hidden = 0
        if noted is not None:
            beside = noted[0] + 14 < left or noted[0] - 14 > left + wide
            hidden = 0 if beside or abs(noted[1] - base) > 9 else 20
        return hidden + sum(
            base - 9 < _height_at(points, left + wide * step / 12) < base + 4 for step in range(13)
        )

    return min(places, key=crossed)


def _height_at(points: Sequence[tuple[float, float]], x: float) -> float:
    """Height of a broken line at `x`."""
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= x <= x2 and x2 > x1:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[0][1] if x < points[0][0] else points[-1][1]


def ring_at(
    plot: Plot, known: Sequence[tuple[dt.date, float]], ring: dt.date | None
) -> tuple[float, float] | None:
    """Where the value at the last committee stands; None at either end of the line."""
    before = [point for point in known[:-1] if ring is not None and point[0] <= ring][1:]
    return (plot.at_day(before[-1][0]), plot.at_value(before[-1][1])) if before else None


def ring_label(
    plot: Plot, known: Sequence[tuple[dt.date, float]], ring: dt.date | None, chart: TimeChart
) -> tuple[float, float] | None:
    """Baseline of the ring's value: over the line above the target, under it below."""
    at = ring_at(plot, known, ring)
    if at is None:
        return None
    above = any(at[1] < plot.at_value(reference.value) for reference in chart.references)
    return at[0], at[1] - 6 if above else at[1] + 13
