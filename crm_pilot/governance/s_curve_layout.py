"""Where everything of an S-curve stands, in points or pixels from the top left corner.

Screen and paper draw the same strokes, discs, bars and texts; `measure` says how wide a text is, so
nothing here knows fonts. Dash, weight and rings tell the lines apart without colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise

from crm_pilot import formats
from crm_pilot.charts import Text
from crm_pilot.governance.budget_charts import THOUSAND, Points, SCurve
from crm_pilot.governance.earned_value import EarnedValue, last_day, month_of
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass

Measure = Callable[[str, bool], float]  # text, bold
Show = Callable[[Text], str]
Spot = tuple[float, float]
QUARTERS = (1, 4, 7, 10)
MONTHS_ALL, MONTHS_QUARTERS = 5, 30  # axis labels: every month up to, every quarter up to, January


@dataclass(frozen=True)
class Sizes:
    """Lengths that differ between screen and paper."""

    line: float  # height of a line of text
    cap: float  # height of its capitals
    pad: float
    bar: float  # height of a bar of the inset
    track: float  # length of its longest bar
    foot: float  # below the axis


@dataclass(frozen=True)
class Stroke:
    """A broken line: grid, axis, tick, leader, today, planned, forecast, actual or earned."""

    kind: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Dot:
    """A point: earned (ring), or now of planned (ring), actual and earned (filled)."""

    kind: str
    at: Spot


@dataclass(frozen=True)
class Bar:
    """A bar of the inset: planned (dashed, empty), actual (filled) or earned (hatched)."""

    kind: str
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class Words:
    """A text with its baseline; align: left, middle or right."""

    x: float
    y: float
    text: str
    ink: str = "muted"
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True)
class Layout:
    """An S-curve, placed: strokes first, then dots, bars and texts."""

    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    words: tuple[Words, ...]
    plot: tuple[float, float, float, float]  # left, top, right, foot
    inset: bool  # whether the values of today found room


def layout(
    chart: SCurve,
    wide: float,
    high: float,
    sizes: Sizes,
    measure: Measure,
    language: str,
    show: Show,
) -> Layout:
    """Place `chart` in a box. `show` gives a chart's text in `language`."""
    made = _Placing(chart, wide, high, sizes, measure, language, show)
    made.ground()
    made.months()
    made.lines()
    made.ends()
    made.today()
    inset = made.inset()
    made.names()
    plot = (made.left, made.top, made.right, made.foot)
    return Layout(
        tuple(made.strokes), tuple(made.dots), tuple(made.bars), tuple(made.texts), plot, inset
    )


class _Placing:
    """The layout while it is made."""

    def __init__(
        self,
        chart: SCurve,
        wide: float,
        high: float,
        sizes: Sizes,
        measure: Measure,
        language: str,
        show: Show,
    ) -> None:
        self.chart, self.sizes, self.measure = chart, sizes, measure
        self.language, self.show = language, show
        self.strokes: list[Stroke] = []
        self.dots: list[Dot] = []
        self.bars: list[Bar] = []
        self.texts: list[Words] = []
        self.taken: list[tuple[float, float, float, float]] = []  # left, top, right, low
        axis = max(measure(self._money(tick), False) for tick in chart.ticks)
        self.left = axis + sizes.pad
        self.right = wide - self._ends_wide() - sizes.pad * 2
        self.wide, self.ends_low = wide, 0.0
        self.top, self.foot = sizes.line, high - sizes.foot
        self.days = max((chart.last - chart.first).days, 1)

    # scales ----------------------------------------------------------------------------------

    def x(self, day: dt.date) -> float:
        """Where the end of a day stands."""
        return self.left + (self.right - self.left) * (day - self.chart.first).days / self.days

    def y(self, cents: float) -> float:
        """Where an amount stands."""
        return self.foot - (self.foot - self.top) * cents / self.chart.high

    def _money(self, cents: float) -> str:
        return formats.number(cents / THOUSAND, self.language)

    def _spots(self, points: Points) -> tuple[Spot, ...]:
        return tuple((self.x(day), self.y(cents)) for day, cents in points)

    def _tr(self, text: Text) -> str:
        return self.show(text)

    # ground ----------------------------------------------------------------------------------

    def ground(self) -> None:
        """Grid lines with their amounts, and the zero line."""
        for tick in self.chart.ticks:
            y = self.y(tick)
            if tick:
                self.strokes.append(Stroke("grid", ((self.left, y), (self.right, y))))
            at = y + self.sizes.cap / 2
            self.texts.append(
                Words(self.left - self.sizes.pad, at, self._money(tick), align="right")
            )
        line = ((self.left, self.foot), (self.right, self.foot))
        self.strokes.append(Stroke("axis", line))

    def months(self) -> None:
        """Months, quarters or years below the axis, none touching another."""
        end, free = self.right + self.sizes.pad, self.left - self.sizes.pad
        for place, month in enumerate(self._labelled()):
            start = last_day(month).replace(day=1)
            at = max(self.x(start), self.left)
            year = place == 0 or start.month == 1
            text = formats.month(start, self.language, year=year)
            wide = self.measure(text, False)
            if at < free or at + wide > end:
                continue
            self.strokes.append(Stroke("tick", ((at, self.foot), (at, self.foot + 3))))
            self.texts.append(Words(at, self.foot + self.sizes.line + 1, text))
            free = at + wide + self.sizes.pad

    def _labelled(self) -> list[int]:
        """The months (202611) that may have a label."""
        day, found = self.chart.first + dt.timedelta(days=1), []
        while day <= self.chart.last:
            found.append(month_of(day))
            day = last_day(month_of(day)) + dt.timedelta(days=1)
        if len(found) <= MONTHS_ALL:
            return found
        wanted = QUARTERS if len(found) <= MONTHS_QUARTERS else (1,)
        return [m for place, m in enumerate(found) if place == 0 or m % 100 in wanted]

    # lines -----------------------------------------------------------------------------------

    def lines(self) -> None:
        """The four lines; a ring at every estimate of the earned value."""
        chart = self.chart
        for kind, points in (
            ("planned", chart.planned),
            ("forecast", chart.forecast),
            ("actual", chart.actual),
            ("earned", chart.earned),
        ):
            if len(points) > 1:
                self.strokes.append(Stroke(kind, self._spots(points)))
        for spot in self._spots(chart.earned[:-1]):
            if spot[1] < self.foot - 1:
                self.dots.append(Dot("earned", spot))

    def today(self) -> None:
        """The day of the last estimate, with the three values on it."""
        now = self.chart.now
        if now is None:
            return
        x = self.x(now.day)
        self.strokes.append(Stroke("today", ((x, self.top - self.sizes.cap), (x, self.foot))))
        day = formats.day(now.day, self.language)
        on_left = x - self.measure(day, True) - 4 > self.left
        at = x - 4 if on_left else x + 4
        align = "right" if on_left else "left"
        self.texts.append(Words(at, self.top, day, "accent", bold=True, align=align))
        for kind in ("planned", "actual", "earned"):
            cents = getattr(now.value, kind)
            if cents is not None:
                self.dots.append(Dot(f"now_{kind}", (x, self.y(cents))))

    # labels ----------------------------------------------------------------------------------

    def _ends(self) -> list[tuple[float, str, str, bool]]:
        """(amount, its text, name, strong) at the right of the plot, the highest first."""
        chart, found = self.chart, []
        value = chart.value
        if value is not None and value.estimate is not None:
            found.append((value.estimate, self._money(value.estimate), msg("Revised"), True))
        if chart.planned:
            end = chart.planned[-1][1]
            found.append((end, self._money(end), msg("Baseline"), False))
        found.sort(key=lambda one: -one[0])
        return [(at, text, self._tr(name), strong) for at, text, name, strong in found]

    def _ends_wide(self) -> float:
        texts = [(text, bold) for _, *both, bold in self._ends() for text in both]
        return max((self.measure(str(text), bold) for text, bold in texts), default=0.0)

    def ends(self) -> None:
        """Revised and baseline at the right: amount over name, kept apart."""
        x, line = self.right + self.sizes.pad, self.sizes.line
        least = self.top - line / 2
        for at, text, name, strong in self._ends():
            y = max(self.y(at), least)
            ink = "text" if strong else "muted"
            self.texts.append(Words(x, y, text, ink, bold=strong))
            self.texts.append(Words(x, y + line, name, ink, bold=strong))
            least = y + line * 2.4
            self.ends_low = y + line * 1.5

    def names(self) -> None:
        """The names of the three lines with their leaders, where the past is wide enough."""
        chart, now = self.chart, self.chart.now
        if now is None or len(chart.actual) < 3:
            return
        past, deep = self.x(now.day) - self.left, self.foot - self.top
        if past < self.measure(self._tr(msg("AC, actual")), True) * 2.2:
            return
        if chart.planned:
            self._name(chart.planned, 0.60, -deep * 0.10, "planned", msg("PV, planned"))
        self._name(chart.actual, 0.72, deep * 0.13, "actual", msg("AC, actual"))
        self._name(chart.earned, 0.62, deep * 0.25, "earned", msg("EV, earned"))

    def _name(self, points: Points, part: float, off: float, kind: str, name: Text) -> None:
        now = self.chart.now
        if now is None or len(points) < 2:
            return
        x = self.left + (self.x(now.day) - self.left) * part
        y = height_at(self._spots(points), x)
        text, above = self._tr(name), off < 0
        wide = self.measure(text, kind != "planned")
        base = min(max(y + off, self.top + self.sizes.cap), self.foot - 4)
        left = x - wide - self.sizes.pad if above else min(x - 4, self.x(now.day) - wide - 3)
        left = max(left, self.left + 2)
        box = (left, base - self.sizes.cap, left + wide, base + 2)
        if any(_touch(box, other) for other in self.taken) or (not above and base - y < 8):
            return
        self.taken.append(box)
        to = (left + wide + 2, base - self.sizes.cap / 2) if above else (x, base - self.sizes.line)
        self.strokes.append(Stroke(f"leader_{kind}", ((x, y), to)))
        ink = {"planned": "muted", "actual": "text", "earned": "deployment"}[kind]
        self.texts.append(Words(left, base, text, ink, bold=kind != "planned"))

    # inset -----------------------------------------------------------------------------------

    def inset(self) -> bool:
        """PV, AC and EV as bars with both variances: right of today below the curves, or left
        above them; nowhere where neither has room."""
        chart, value = self.chart, self.chart.value
        if chart.now is None or value is None:
            return False
        rows, notes = self._rows(value), self._notes(value)
        day = formats.day(chart.now.day, self.language)
        head = self._tr(msg("On {date}, €k", date=day))
        names = max(self.measure(name, False) for name, *_ in rows) + self.sizes.pad
        figures = max(self.measure(text, True) for _, _, _, text in rows) + self.sizes.pad
        wide = max(
            names + self.sizes.track + figures,
            self.measure(head, True),
            *(self.measure(note, False) for note in notes),
        )
        high = self.sizes.line * (1 + len(rows) * 1.45 + len(notes) + 0.6)
        spot = self._inset_spot(wide, high)
        if spot is None:
            return False
        self._draw_inset(spot, head, rows, notes, names)
        self.taken.append((spot[0] - 4, spot[1], spot[0] + wide + 4, spot[1] + high))
        return True

    def _rows(self, value: EarnedValue) -> list[tuple[str, str, float | None, str]]:
        named = ((msg("PV"), "planned"), (msg("AC"), "actual"), (msg("EV"), "earned"))
        return [
            (self._tr(name), kind, cents, "–" if cents is None else self._money(cents))
            for name, kind in named
            for cents in (getattr(value, kind),)
        ]

    def _notes(self, value: EarnedValue) -> list[str]:
        found = []
        if value.schedule_variance is not None:
            told = self._signed(value.earned, value.planned)
            found.append(self._tr(msg("Schedule, EV − PV: {gap}", gap=told)))
        if value.cost_variance is not None:
            told = self._signed(value.earned, value.actual)
            found.append(self._tr(msg("Cost, EV − AC: {gap}", gap=told)))
        return found

    def _signed(self, over: float | None, under: float | None) -> str:
        """The difference of what is printed, so that it adds up for the reader."""
        gap = round((over or 0) / THOUSAND) - round((under or 0) / THOUSAND)
        return formats.signed(gap, self.language)

    def _inset_spot(self, wide: float, high: float) -> Spot | None:
        assert self.chart.now is not None
        x, gap = self.x(self.chart.now.day), self.sizes.pad * 2
        lines = [self._spots(p) for p in (self.chart.planned, self.chart.actual) if len(p) > 1]
        under = max(height_at(line, x + gap) for line in lines) + gap
        top = self.foot - high - gap / 2
        edge = self.wide if top > self.ends_low else self.right
        if x + gap + wide <= edge and top >= under:
            return x + gap, top
        over = min(height_at(line, self.left + gap + wide) for line in lines) - gap
        if self.left + gap + wide <= x and self.top + high <= over:
            return self.left + gap, self.top
        return None

    def _draw_inset(
        self,
        spot: Spot,
        head: str,
        rows: Sequence[tuple[str, str, float | None, str]],
        notes: Sequence[str],
        names: float,
    ) -> None:
        x, y = spot
        line, bar = self.sizes.line, self.sizes.bar
        most = max([1.0, *(cents for _, _, cents, _ in rows if cents is not None)])
        y += self.sizes.cap
        self.texts.append(Words(x, y, head, "text", bold=True))
        for name, kind, cents, text in rows:
            y += line * 1.45
            self.texts.append(Words(x, y, name, "text"))
            long = self.sizes.track * max(cents or 0.0, 0.0) / most
            if long:
                middle = y - self.sizes.cap / 2
                self.bars.append(Bar(kind, x + names, middle - bar / 2, long, bar))
            at = x + names + long + self.sizes.pad
            self.texts.append(Words(at, y, text, "text", bold=True))
        y += line * 0.5
        for note in notes:
            y += line
            self.texts.append(Words(x, y, note, "text"))


def height_at(spots: Sequence[Spot], x: float) -> float:
    """Height of a broken line at `x`; its nearest end outside."""
    for (x1, y1), (x2, y2) in pairwise(spots):
        if x1 <= x <= x2 and x2 > x1:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return spots[0][1] if x < spots[0][0] else spots[-1][1]


def _touch(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
