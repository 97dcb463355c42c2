"""Where everything of a dates-dates diagram stands, in points or pixels from the top left corner.

Screen and paper draw from the same layout: one scale for both axes, labels that do not touch, and
a name for every line. `measure` says how wide a text is, so nothing here knows fonts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from crm_pilot import formats
from crm_pilot.charts import Text
from crm_pilot.planning.charts import TrendChart, TrendLine
from crm_pilot.planning.rules import ONE_DAY
from crm_pilot.records import dataclass

Measure = Callable[[str, bool], float]  # text, bold
Spot = tuple[float, float]
NAME = 0.5  # of the plot's width, the longest name at the start of a line
BEHIND = 0.25  # of the box's width, a name at the end of its line
YEAR = 366  # days: on a longer axis January says its year
MONTHS_APART = 1.35  # of a line of text, between two months of the dates' axis


@dataclass(frozen=True)
class Sizes:
    """Lengths that differ between screen and paper."""

    line: float  # height of a line of text
    cap: float  # height of its capitals
    pad: float  # between an axis and its labels
    mark: float  # radius of the diamond
    head: float  # above the plot, for the date of today
    foot: float  # below the axis, for its labels


@dataclass(frozen=True)
class Label:
    """A text with its baseline; `line` is the place of the line it names."""

    x: float
    y: float
    text: str
    line: int
    bold: bool = False
    tick: bool = False  # a check mark stands before it
    wide: float = 0.0
    leader: tuple[Spot, Spot] | None = None  # to its mark, where it had to move away


@dataclass(frozen=True)
class Axis:
    """A label of an axis at its place; `strong`: today's report."""

    at: float
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Layout:
    """A dates-dates diagram, placed. Lengths grow to the right and downwards."""

    scale: float  # a day, on both axes
    left: float
    foot: float
    right: float
    top: float
    first: dt.date
    low: dt.date
    months: tuple[Axis, ...]
    reports: tuple[Axis, ...]
    committees: bool  # the reports are numbered committees, not months
    diagonal: tuple[Spot, Spot]
    today: tuple[Spot, Spot]
    names: tuple[Label, ...]
    ends: tuple[Label, ...]

    def x(self, day: dt.date) -> float:
        """Where a report stands."""
        return self.left + (day - self.first).days * self.scale

    def y(self, day: dt.date) -> float:
        """Where a date stands."""
        return self.foot - (day - self.low).days * self.scale

    def spots(self, line: TrendLine) -> list[Spot]:
        """The reports of a line."""
        return [(self.x(day), self.y(date)) for day, date in line.points]

    def mark(self, line: TrendLine) -> Spot:
        """Where a line meets the diagonal."""
        return self.x(line.date), self.y(line.date)


def natural_height(
    chart: TrendChart, wide: float, sizes: Sizes, measure: Measure, language: str
) -> float:
    """The height that uses `wide` fully."""
    left = _left(chart, sizes, measure, language)
    scale = _widest(chart, wide - left, sizes, measure, language, {})
    return scale * (chart.last - chart.low).days + sizes.head + sizes.foot


def layout(
    chart: TrendChart,
    wide: float,
    high: float,
    sizes: Sizes,
    measure: Measure,
    language: str,
    show: Callable[[Text], str],
) -> Layout:
    """Place `chart` in a box. `show` gives a chart's text in `language`."""
    made, homeless = _placed(chart, wide, high, sizes, measure, language, show, {})
    if homeless:  # again, with room for these names behind the ends
        made, _ = _placed(chart, wide, high, sizes, measure, language, show, homeless)
    return made


def _placed(
    chart: TrendChart,
    wide: float,
    high: float,
    sizes: Sizes,
    measure: Measure,
    language: str,
    show: Callable[[Text], str],
    behind: dict[int, str],
) -> tuple[Layout, dict[int, str]]:
    """The diagram with the names `behind` (by line) at the ends of their lines, and all names that
    have no room at the start."""
    left = _left(chart, sizes, measure, language)
    room = high - sizes.head - sizes.foot
    scale = _widest(chart, wide - left, sizes, measure, language, behind)
    scale = max(min(scale, room / (chart.last - chart.low).days), 0.01)
    foot = high - sizes.foot
    bare = Layout(
        scale,
        left,
        foot,
        left + (chart.last - chart.first).days * scale,
        foot - (chart.last - chart.low).days * scale,
        chart.first,
        chart.low,
        (),
        (),
        bool(chart.reports),
        ((0, 0), (0, 0)),
        ((0, 0), (0, 0)),
        (),
        (),
    )
    start = max(chart.first, chart.low)
    made = replace(
        bare,
        months=_months(chart, bare, sizes, language),
        reports=_reports(chart, bare, sizes, measure, language),
        diagonal=((bare.x(start), bare.y(start)), (bare.right, bare.top)),
        today=(
            (bare.x(chart.today), bare.top),
            (bare.x(chart.today), min(bare.y(chart.today), foot)),
        ),
        ends=_ends(chart, bare, wide, sizes, measure, language, behind),
    )
    names, homeless = _names(chart, made, sizes, measure, show, behind)
    if homeless != behind:
        made = replace(made, ends=_ends(chart, bare, wide, sizes, measure, language, homeless))
    return replace(made, names=names), homeless


def cut(text: str, room: float, bold: bool, measure: Measure) -> str:
    """`text` shortened with “…” to `room`; nothing where not even a few letters fit."""
    if measure(text, bold) <= room:
        return text
    for end in range(len(text) - 1, 2, -1):
        shorter = f"{text[:end].rstrip()}…"
        if measure(shorter, bold) <= room:
            return shorter
    return ""


# scale -------------------------------------------------------------------------------------------


def _left(chart: TrendChart, sizes: Sizes, measure: Measure, language: str) -> float:
    texts = [_month(day, chart, language) for day in _firsts(chart.low, chart.last)]
    return max((measure(text, False) for text in texts), default=0.0) + sizes.pad


def _widest(
    chart: TrendChart,
    room: float,
    sizes: Sizes,
    measure: Measure,
    language: str,
    behind: dict[int, str],
) -> float:
    """The largest scale at which every label at the end of a line stays inside."""
    best = room / (chart.last - chart.first).days
    for place, line in enumerate(chart.lines):
        text = end_text(line, language)
        if place in behind:
            text = cut(behind[place], BEHIND * room, line.strong, measure) + f" · {text}"
        label = sizes.mark + sizes.pad + measure(text, line.strong) + _tick(line, sizes)
        days = max((line.date - chart.first).days, 1)
        best = min(best, max(room - label, room * 0.3) / days)
    return best


def end_text(line: TrendLine, language: str) -> str:
    """`12 janv. (+7 j)`; without slip the date alone."""
    date = formats.day(line.date, language)
    return f"{date} ({formats.days(line.slip, language, sign=True)})" if line.slip else date


def _tick(line: TrendLine, sizes: Sizes) -> float:
    return sizes.line * 0.85 if line.done else 0.0


# axes --------------------------------------------------------------------------------------------


def _firsts(start: dt.date, end: dt.date) -> list[dt.date]:
    """First days of the months from `start` to `end`."""
    day = start if start.day == 1 else _next_month(start)
    found = []
    while day <= end:
        found.append(day)
        day = _next_month(day)
    return found


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)


def _month(day: dt.date, chart: TrendChart, language: str) -> str:
    long = (chart.last - chart.low).days > YEAR
    return formats.day(day, language, year=long and day.month == 1)


def _months(chart: TrendChart, at: Layout, sizes: Sizes, language: str) -> tuple[Axis, ...]:
    found = _firsts(chart.low, chart.last)
    every = 1
    apart = MONTHS_APART * sizes.line
    while every < 12 and len(found) > 1 and every * 28 * at.scale < apart:
        every += 1 if every < 3 else 3
    found = [day for day in found if (day.month - 1) % every == 0]
    return tuple(Axis(at.y(day), _month(day, chart, language)) for day in found)


def _reports(
    chart: TrendChart, at: Layout, sizes: Sizes, measure: Measure, language: str
) -> tuple[Axis, ...]:
    """Numbers of the committees, or months where there are none; today's number strong."""
    now = at.x(chart.today)
    if not chart.reports:
        days = _firsts(chart.first, chart.last)
        every = max(1, round(measure("sept.", False) * 1.4 / (28 * at.scale) + 0.5))
        return tuple(
            Axis(at.x(day), formats.month(day, language))
            for place, day in enumerate(days)
            if place % every == 0
        )
    made: list[Axis] = []
    for day, number in chart.reports:
        text = str(number)
        free = made[-1].at + measure(made[-1].text, False) / 2 + sizes.pad if made else -1e9
        tail = chart.number is not None and at.x(day) + measure(text, False) + sizes.pad > now
        if at.x(day) - measure(text, False) / 2 >= free and not tail:
            made.append(Axis(at.x(day), text))
    if chart.number is not None:
        made.append(Axis(now, str(chart.number), strong=True))
    return tuple(made)


# labels ------------------------------------------------------------------------------------------


def _ends(
    chart: TrendChart,
    at: Layout,
    full: float,
    sizes: Sizes,
    measure: Measure,
    language: str,
    homeless: dict[int, str],
) -> tuple[Label, ...]:
    """Date and slip beside each mark, moved apart; with the name of lines that have no room for
    it at their start."""
    made = []
    for place, line in enumerate(chart.lines):
        x, y = at.mark(line)
        text = end_text(line, language)
        start = x + sizes.mark + sizes.pad
        if place in homeless:
            tail = f"{formats.NO_BREAK}· {text}"
            room = full - start - _tick(line, sizes) - measure(tail, line.strong)
            name = cut(homeless[place], room, line.strong, measure)
            text = name + tail if name else text
        wide = measure(text, line.strong) + _tick(line, sizes)
        made.append(Label(start, y + sizes.cap / 2, text, place, line.strong, line.done, wide))
    made.sort(key=lambda label: label.y)
    placed = _apart(made, sizes.line, at.top, at.foot - 2)
    return tuple(
        replace(label, leader=_leader(label, at.mark(chart.lines[label.line]), sizes))
        for label in placed
    )


def _apart(labels: Sequence[Label], line: float, top: float, bottom: float) -> list[Label]:
    """Move labels down, then up, until none touches another, in their order from the top."""
    ys = [label.y for label in labels]
    for place in range(1, len(ys)):
        ys[place] = max(ys[place], ys[place - 1] + line)
    limit = bottom
    for place in range(len(ys) - 1, -1, -1):
        ys[place] = min(ys[place], limit)
        limit = ys[place] - line
    return [replace(label, y=y) for label, y in zip(labels, ys, strict=True)]


def _leader(label: Label, mark: Spot, sizes: Sizes) -> tuple[Spot, Spot] | None:
    middle = label.y - sizes.cap / 2
    if abs(middle - mark[1]) < sizes.line * 0.6:
        return None
    return (mark[0] + sizes.mark, mark[1]), (label.x - 1, middle)


def _names(
    chart: TrendChart,
    at: Layout,
    sizes: Sizes,
    measure: Measure,
    show: Callable[[Text], str],
    behind: dict[int, str],
) -> tuple[tuple[Label, ...], dict[int, str]]:
    """A name over or under the start of each line where nothing else stands; the names of lines
    without such a place, by line, those `behind` among them."""
    placed: list[Label] = []
    homeless = dict(behind)
    spots = [at.spots(line) for line in chart.lines]
    order = sorted(range(len(chart.lines)), key=lambda place: not chart.lines[place].strong)
    for place in order:
        if place in behind:
            continue
        name = cut(show(chart.lines[place].name), NAME * (at.right - at.left), True, measure)
        wide = measure(name, True)
        label = next(
            (
                found
                for found in _places(name, wide, place, spots[place], sizes)
                if _free(found, placed, spots, at, sizes)
            ),
            None,
        )
        if label is None:
            homeless[place] = name
        else:
            placed.append(label)
    return tuple(placed), homeless


def _places(name: str, wide: float, place: int, own: Sequence[Spot], sizes: Sizes) -> list[Label]:
    """Where a name may stand: over its line, under it, first at the start, then further on."""
    found = []
    for start in [x for x, _ in own[:-1]] or [own[0][0]]:
        heights = [y for y in (_height(own, start + wide * n / 8) for n in range(9)) if y]
        if heights:
            above = min(heights) - sizes.mark - sizes.cap * 0.25
            below = max(heights) + sizes.mark + sizes.cap * 1.15
            found += [Label(start + 2, y, name, place, True, wide=wide) for y in (above, below)]
    return found


def _free(
    label: Label, placed: Sequence[Label], spots: Sequence[Sequence[Spot]], at: Layout, sizes: Sizes
) -> bool:
    """Whether a name crosses no line, no other text, and stays above the diagonal."""
    right, top, low = label.x + label.wide, label.y - sizes.cap, label.y + sizes.cap * 0.3
    if top < at.top - sizes.head or low > at.foot or right > at.right:
        return False
    (x1, y1), (x2, y2) = at.diagonal
    if low > _height([(x1, y1), (x2, y2)], min(right, x2), before=at.foot) and right > x1:
        return False
    for line in spots:
        heights = (_height(line, label.x + label.wide * n / 10) for n in range(11))
        if any(top - 1 < y < low + 1 for y in heights if y):
            return False
    now = at.today[0][0]
    if label.x < now < right and top < at.today[1][1]:
        return False
    return not any(
        label.x < other.x + other.wide and other.x < right and abs(label.y - other.y) < sizes.line
        for other in placed
    )


def _height(line: Sequence[Spot], x: float, *, before: float = 0.0) -> float:
    """Height of a broken line at `x`; `before` where it has none."""
    for (x1, y1), (x2, y2) in pairwise(line):
        if x1 <= x <= x2 and x2 > x1:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return before
