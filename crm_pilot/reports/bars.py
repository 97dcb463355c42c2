"""Bars and shares on paper: horizontal bars from zero, and parts of a whole beside 20/60/20."""

from __future__ import annotations

from crm_pilot.charts import Bar, BarList, Distribution
from crm_pilot.formats import signed
from crm_pilot.reports.blocks import label_width
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BODY, KEY, NOTE
from crm_pilot.reports.typography import shorten, width, wrap

LINE = 15.5  # one bar
BAR = 8.0
PARTS_HEIGHT = 128.0


def bar_list_height(chart: BarList) -> float:
    """Height of a `BarList`."""
    return len(chart.bars) * LINE + 2


def bar_list(
    pen: Pen, x: float, y: float, room: float, high: float, chart: BarList, context: Context
) -> None:
    """Group, name, bar, count and share; the figure to act on is bold."""
    if not chart.bars:
        return
    shares = chart.high is None
    groups = [context.show(bar.group) for bar in chart.bars]
    names = [context.show(bar.name) for bar in chart.bars]
    group_wide = min(label_width(groups, NOTE) + 8, room * 0.18) if any(groups) else 0.0
    name_wide = min(label_width(names, BODY) + 8, room * 0.38)
    counts = [_count(bar, context, shares=shares) for bar in chart.bars]
    count_wide = label_width(counts, BODY) + 6
    share_wide = 34.0 if shares else 0.0
    left = x + group_wide + name_wide
    track = max(room - group_wide - name_wide - count_wide - share_wide - 8, 20.0)
    line = (high - 2) / len(chart.bars)
    before = ""
    for bar, group, name, count in zip(chart.bars, groups, names, counts, strict=True):
        base = y + line / 2 + 3.4
        if group != before:
            if before:
                pen.rule(x, y, room)
            pen.text(x, base, group, NOTE, ink="muted", room=group_wide - 4)
            before = group
        pen.text(x + group_wide, base, name, room=name_wide - 8)
        _draw_bar(pen, left, y + line / 2, track, bar, chart.high)
        right = left + track + 8 + count_wide
        pen.text(
            right - 2,
            base,
            count,
            align="right",
            tabular=True,
            ink="muted" if shares else "text",
            bold=bar.strong and not shares,
        )
        if shares:
            text = context.percent(bar.share)
            pen.text(x + room, base, text, bold=bar.strong, align="right", tabular=True)
        y += line


def _count(bar: Bar, context: Context, *, shares: bool) -> str:
    return (
        f"{context.number(bar.value)}/{context.number(bar.total)}"
        if shares
        else (context.number(bar.value))
    )


def _draw_bar(pen: Pen, x: float, middle: float, track: float, bar: Bar, high: int | None) -> None:
    share = bar.share or 0.0 if high is None else bar.value / high if high else 0.0
    long = track * min(max(share, 0.0), 1.0)
    pen.rule(x, middle, track)
    pen.box(x, middle - BAR / 2, long, BAR, fill=bar.colour)
    pen.line(x, middle - BAR / 2 - 1.5, x, middle + BAR / 2 + 1.5, ink="text", weight=0.75)


def distribution(
    pen: Pen, x: float, y: float, room: float, high: float, chart: Distribution, context: Context
) -> None:
    """Shares with shape and words above, one bar (plain, dotted, hatched), changes below, the
    practitioner's 20/60/20 as empty shapes."""
    total = sum(part.count for part in chart.parts)
    cell = room / len(chart.parts)
    figures = [context.percent(part.share) for part in chart.parts]
    size = min(KEY, *(KEY * (cell - 17) / width(text, KEY, True) for text in figures))
    for number, part in enumerate(chart.parts):
        at = x + number * cell
        pen.mark(part.shape, at + 6.5, y + 9, 9.5, part.colour)
        pen.text(at + 16, y + 14, figures[number], size, bold=True)
        pen.text(at, y + 26, context.show(part.name), NOTE, room=cell - 4)
    top, left = y + 33, x
    gap = 2.0
    usable = room - gap * (len(chart.parts) - 1)
    for number, part in enumerate(chart.parts):
        long = usable * part.share if total else 0.0
        paint = (pen.plain, pen.dotted, pen.hatched)[number % 3]
        paint(left, top, long, 18, part.colour)
        left += long + gap
    for number, part in enumerate(chart.parts):
        if part.change is not None:
            at = x + number * cell
            text = _change(part.change, total, context)
            pen.text(at, top + 28, text, NOTE, ink="muted", room=cell - 4)
    _draw_reference(pen, x, top + 36, room, chart, context)
    _draw_caption(pen, x, top + 62, room, chart, context)


def _change(change: int, total: int, context: Context) -> str:
    return context.ntr(
        "{change} person", "{change} people", abs(change), change=signed(change, context.language)
    )


def _draw_reference(
    pen: Pen, x: float, y: float, room: float, chart: Distribution, context: Context
) -> None:
    references = [part.reference for part in chart.parts if part.reference is not None]
    if len(references) != len(chart.parts):
        return
    gap, left = 2.0, x
    usable = room - gap * (len(references) - 1)
    for part, reference in zip(chart.parts, references, strict=True):
        pen.box(left, y, usable * reference, 8, fill="surface", ink=part.colour, weight=1.0)
        left += usable * reference + gap
    shares = " / ".join(context.number(reference * 100) for reference in references)
    text = context.tr("{shares}: {name}", shares=shares, name=context.show(chart.reference_name))
    pen.text(x, y + 17, shorten(text, room, NOTE), NOTE, ink="muted")


def _draw_caption(
    pen: Pen, x: float, y: float, room: float, chart: Distribution, context: Context
) -> None:
    for line in wrap(context.show(chart.caption), room, NOTE, most=2):
        pen.text(x, y + 4, line, NOTE, ink="muted")
        y += 10.5


def gap_bar(
    pen: Pen, x: float, y: float, wide: float, high: float, value: float, most: float, text: str
) -> None:
    """A gap to the baseline on a common zero line: filled when more, hollow when less."""
    zero, half = x + wide * 0.32, wide * 0.30
    middle = y + high / 2 - 0.5
    pen.line(zero, y + 3, zero, y + high - 3, ink="text", weight=0.75)
    long = half * abs(value) / most if most else 0.0
    if value > 0:
        pen.box(zero, middle - 3.4, max(long, 1.0), 6.8, fill="text")
        pen.text(zero + max(long, 1.0) + 4, middle + 3.4, text, bold=True, tabular=True)
    elif value < 0:
        pen.box(zero - long, middle - 3.4, max(long, 1.0), 6.8, ink="text", weight=1)
        beside = width(text, BODY, tabular=True) + long + 4 <= zero - x + 3
        at, align = (zero - long - 4, "right") if beside else (zero + 4, "left")
        pen.text(at, middle + 3.4, text, align=align, tabular=True)
    else:
        pen.text(zero + 4, middle + 3.4, text, tabular=True)


def score_bar(pen: Pen, x: float, y: float, high: float, score: int, most: int) -> None:
    """Probability × impact as a short bar from zero."""
    middle = y + high / 2 - 0.5
    ink = "alert" if score * 2 > most else "muted"
    pen.box(x, middle - 3, 24 * score / most, 6, fill=ink)
