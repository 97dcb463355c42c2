"""Charts over time, bars and shares as charts of a presentation, labelled at the line."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from itertools import pairwise

from crm_pilot import formats
from crm_pilot.charts import Bar, BarList, Mark, Series, Step, TimeChart, nice_ticks
from crm_pilot.i18n import Translator
from crm_pilot.reports.context import Words
from crm_pilot.reports.slides_chart_spec import (
    ChartSpec,
    DataSeries,
    PointLabel,
    PointLook,
    ValueAxis,
    date_format,
)
from crm_pilot.reports.slides_style import NOTE, cut, leading, wide
from crm_pilot.reports.spreading import spread

LABEL = leading(NOTE)
BAR_LINE = 22.0  # one horizontal bar
_DASH = "sysDash"
_MOST_LABEL = 0.4  # of a chart's width, for the words at the end of its lines
_LONG, _EVENT, _INSIDE = 0.3, 0.26, 0.55  # of its width, for words inside the plot
Label = tuple[int, int, float, str]  # series, point, height of the point, words


def percent_format(language: str, decimals: int = 0) -> str:
    """The format of shares in a chart's sheet."""
    places = "." + "0" * decimals if decimals else ""
    return f"0{places}\\ %" if language == "fr" else f"0{places}%"


class TimeSpec:
    """A `TimeChart` for a frame of a width and height in points."""

    def __init__(self, chart: TimeChart, language: str, wide_: float, high: float) -> None:
        self.chart, self.words = chart, Words(Translator(language))
        self.wide, self.high = wide_, high
        self.days = sorted({day for one in chart.series for day, _ in one.points})
        self.dated = chart.step is Step.MONTH and not _month_by_month(self.days)
        self.bars = [one for one in chart.series if one.mark is not Mark.LINE]
        self._series: list[DataSeries] = []
        self._labels: list[Label] = []
        self._flags: list[tuple[int, int]] = []  # events: series, point
        self._inside: list[tuple[int, float, float]] = []  # bands named in the plot: low, high

    def spec(self) -> ChartSpec:
        """The chart; the words at the ends stand apart from each other."""
        chart = self.chart
        for band in chart.bands:
            self._band(band.low, band.high, self.words.show(band.name), band.colour)
        for one in chart.series:
            self._line(one) if one.mark is Mark.LINE else self._bar(one)
        for reference in chart.references:
            self._reference(reference.value, self.words.show(reference.name))
        for event in chart.events:
            self._event(event.day, self.words.show(event.name))
        left, right, top, bottom = self._margins()
        across, down = self.wide - left - right, self.high - top - bottom
        self._spread(top, down)
        self._name_inside(down)
        self._name_events(left, across)
        return ChartSpec(
            categories=self._categories(),
            series=tuple(self._series),
            values=self._axis(),
            plot=(left / self.wide, top / self.high, across / self.wide, down / self.high),
            gap=50,
            overlap=-10 if len(self.bars) > 1 else 0,
            every=self._every(across),
            span=self.dated,
            label_format=self._format(),
            date_format=date_format(self.words.language, "mmm"),
            heading=self.words.tr("Week of") if chart.step is Step.WEEK else self.words.tr("Month"),
        )

    # places ----------------------------------------------------------------------------------

    def _margins(self) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of the plot."""
        texts = [self._written(tick) for tick in self.chart.ticks]
        left = max((wide(text, NOTE) for text in texts), default=20) + 10
        last = len(self.days) - 1
        ends = [wide(text, NOTE, bold=True) for _, at, _, text in self._labels if at == last]
        right = min(max(ends, default=0) + 12, self.wide * _MOST_LABEL)
        return left, max(right, 14.0), 22.0 if self.chart.events else 9.0, 24.0

    def _spread(self, top: float, down: float) -> None:
        """Move labels at the last point up or down until none covers another; the words of lines
        that end before it stand above or below their end."""
        last = len(self.days) - 1
        ends = [label for label in self._labels if label[1] == last]
        ends.sort(key=lambda label: -label[2])
        wanted = [top + down * (1 - label[2] / (self.chart.high or 1)) for label in ends]
        placed = spread(wanted, LABEL, top - 4, top + down + 6)
        for label, before, after in zip(ends, wanted, placed, strict=True):
            self._tell(label, "r", (after - before) / self.high)
        others = sorted((one for one in self._labels if one[1] < last), key=lambda one: -one[2])
        for number, label in enumerate(others):
            self._tell(label, "l" if number == 0 else "r", 0.02 + number * LABEL / self.high)

    def _tell(self, label: Label, place: str, dy: float) -> None:
        number, at, _, words = label
        one = self._series[number]
        room = self.wide * _MOST_LABEL
        shown = cut(words, room, NOTE, bold=True)
        told = PointLabel(
            at,
            place,
            value=one.weight > 0,  # an unseen line carries a name alone
            bold=one.weight > 2.5,
            ink="text" if one.weight > 2.5 else "muted",  # colours of lines are too light for text
            dy=dy if place == "r" or at == len(self.days) - 1 else -0.02,
            text=shown if shown != words else "",
        )
        self._series[number] = replace(one, labels=(told,))

    def _every(self, across: float) -> int:
        if self.dated:
            months = max(1, round((self.days[-1] - self.days[0]).days / 30.4))
            return max(1, math.ceil(months * 42 / across))
        texts = [self._named(day) for day in self.days]
        longest = max((wide(text, NOTE) for text in texts), default=30) + 8
        return max(1, math.ceil(longest * max(len(self.days), 1) / across))

    # series ----------------------------------------------------------------------------------

    def _line(self, one: Series) -> None:
        values = self._values(one)
        last = max((at for at, value in enumerate(values) if value is not None), default=None)
        made = DataSeries(
            self.words.show(one.name),
            values,
            ink=one.colour,
            weight=3.0 if one.strong else 2.0,
            dash=_DASH if one.dashed else "",
            marks=() if last is None else (last,),
        )
        self._add(made, last, one.decimals)

    def _bar(self, one: Series) -> None:
        hollow = one.mark is Mark.HOLLOW_BAR
        self._series.append(
            DataSeries(
                self.words.show(one.name),
                self._values(one),
                form="bar",
                fill="surface" if hollow else one.colour,
                ink=one.colour if hollow else "",
                weight=1.25,
            )
        )

    def _reference(self, value: float, name: str) -> None:
        values = (value,) * len(self.days)
        made = DataSeries(name, values, ink="muted", weight=1.25, dash="sysDot")
        if self._long(f"{name} {self._written(value)}"):
            above = -0.5 * LABEL / self.high
            text = self._fitting(f"{name} {self._written(value)}")
            label = PointLabel(0, "r", ink="muted", dy=above, text=text)
            made = replace(made, labels=(label,))
            self._series.append(made)
        else:
            self._add(made, len(self.days) - 1, 0)

    def _band(self, low: float, high: float, name: str, colour: str) -> None:
        """Two areas, the lower one unseen, and an unseen line that carries the name."""
        count = len(self.days)
        floor = DataSeries(f"{name} ({self._written(low)})", (low,) * count, form="area")
        tint = DataSeries(
            f"{name} ({self._written(high)})",
            (high - low,) * count,
            form="area",
            fill=f"{colour} 12%",
        )
        middle = DataSeries(name, ((low + high) / 2,) * count, weight=0.0)
        self._series += [floor, tint]
        if self._long(name):
            self._series.append(middle)
            self._inside.append((len(self._series) - 1, low, high))
        else:
            self._add(middle, count - 1, 0, value=False)

    def _name_inside(self, down: float) -> None:
        """The long name of a band stands below it at the left, or above it where lines run."""
        early = self.days[: max(len(self.days) // 2, 1)]
        values = [v for one in self.chart.series for day, v in one.points if day in early]
        known = [value for value in values if value is not None]
        for number, low, high in self._inside:
            below = all(value >= low for value in known) and low > 0
            edge = ((high - low) / 2 / (self.chart.high or 1) * down + LABEL * 0.55) / self.high
            dy = edge if below else -edge
            text = self._fitting(self._series[number].name)
            label = PointLabel(0, "r", value=False, ink="muted", dy=dy, text=text)
            self._series[number] = replace(self._series[number], labels=(label,))

    def _fitting(self, words: str) -> str:
        """Words cut to the plot, or nothing where they fit as they are."""
        shown = cut(words, self.wide * _INSIDE, NOTE)
        return shown if shown != words else ""

    def _long(self, words: str) -> bool:
        """Whether words would take too much of the plot beside it: then they stand inside."""
        return wide(words, NOTE) > self.wide * _LONG

    def _event(self, day: dt.date, name: str) -> None:
        """A mark at the top of the plot with its name above and a dotted line down."""
        at = min(range(len(self.days)), key=lambda n: abs((self.days[n] - day).days), default=None)
        if at is None:
            return
        values = tuple(self.chart.high if n == at else None for n in range(len(self.days)))
        self._series.append(DataSeries(name, values, weight=0.0, stem=True))
        self._flags.append((len(self._series) - 1, at))

    def _name_events(self, left: float, across: float) -> None:
        """Names above their lines, kept inside the plot; a name that would cover the one before
        it stands a line lower."""
        end, lower = -1.0, 0
        for number, at in sorted(self._flags, key=lambda one: one[1]):
            name = self._series[number].name
            shown = cut(name, self.wide * _EVENT, NOTE)
            room = wide(shown, NOTE)
            x = left + across * (at + (0.5 if self.bars else 0.0)) / max(len(self.days) - 1, 1)
            place = "r" if x - room / 2 < left else "l" if x + room / 2 > self.wide else "t"
            start = x + {"r": 6.0, "l": -room - 6.0, "t": -room / 2}[place]
            lower = lower + 1 if start < end else 0
            end = max(end, start + room + 4)
            text = shown if shown != name else ""
            dy = lower * LABEL / self.high
            label = PointLabel(at, place, value=False, ink="muted", text=text, dy=dy)
            self._series[number] = replace(self._series[number], labels=(label,))

    def _add(self, made: DataSeries, at: int | None, decimals: int, *, value: bool = True) -> None:
        self._series.append(made)
        known = made.values[at] if at is not None else None
        if at is not None and known is not None:
            words = f"{made.name} {self._written(known, decimals)}" if value else made.name
            self._labels.append((len(self._series) - 1, at, known, words))

    def _values(self, one: Series) -> tuple[float | None, ...]:
        known = dict(one.points)
        return tuple(known.get(day) for day in self.days)

    # words -----------------------------------------------------------------------------------

    def _written(self, value: float, decimals: int = 0) -> str:
        if self.chart.percent:
            return self.words.percent(value, decimals)
        ticks = self.chart.ticks
        whole = all(tick == int(tick) for tick in ticks)
        return self.words.number(value, max(decimals, 0 if whole else 1))

    def _format(self) -> str:
        decimals = max((one.decimals for one in self.chart.series), default=0)
        if self.chart.percent:
            return percent_format(self.words.language, decimals)
        return "#,##0" + ("." + "0" * decimals if decimals else "")

    def _axis(self) -> ValueAxis:
        ticks, high = self.chart.ticks, self.chart.high or 1.0
        steps = {round(after - before, 6) for before, after in pairwise(ticks)}
        step = steps.pop() if len(steps) == 1 else nice_ticks(high)[1]
        whole = self.chart.percent or step == int(step)
        form = percent_format(self.words.language) if self.chart.percent else "#,##0"
        return ValueAxis(0.0, high, step, form if whole else "#,##0.0")

    def _categories(self) -> tuple[str | dt.date, ...]:
        if self.dated:
            return tuple(self.days)
        return tuple(self._named(day) for day in self.days)

    def _named(self, day: dt.date) -> str:
        language = self.words.language
        if self.chart.step is Step.WEEK:
            return formats.week(day, language)
        named = formats.month(day, language, year=day.month == 1)
        return named.replace(formats.NO_BREAK, " ")  # else it is broken within the year


def _month_by_month(days: list[dt.date]) -> bool:
    """Whether there is one point in every month: then the months are its categories."""
    return len({(day.year, day.month) for day in days}) == len(days)


# horizontal bars ---------------------------------------------------------------------------------


def bar_rows(chart: BarList, words: Words) -> list[tuple[str, str, Bar | None]]:
    """Name, count and bar from top to bottom; a row without a bar names the group after it."""
    rows: list[tuple[str, str, Bar | None]] = []
    before = ""
    for bar in chart.bars:
        group = words.show(bar.group)
        if group and group != before:
            rows.append((group, "", None))
            before = group
        count = ""
        if chart.high is None:
            count = f"  {words.number(bar.value)}/{words.number(bar.total)}"
        rows.append((words.show(bar.name), count, bar))
    return rows


def bar_height(chart: BarList, language: str) -> float:
    """Height of a `BarList`."""
    return len(bar_rows(chart, Words(Translator(language)))) * BAR_LINE + 6


def bar_spec(chart: BarList, language: str, wide_: float, high: float) -> ChartSpec:
    """Bars from zero, each with its value at its end; those to act on are bold."""
    words = Words(Translator(language))
    rows = bar_rows(chart, words)
    shares = chart.high is None
    left = min(max(wide(name + count, NOTE) for name, count, _ in rows) + 12, wide_ * 0.46)
    values = tuple(None if bar is None else _amount(bar, shares=shares) for _, _, bar in rows)
    top = 1.0 if shares else float(chart.high or max(v or 0 for v in values) or 1)
    bars = [(at, bar) for at, (_, _, bar) in enumerate(rows) if bar is not None]
    labels = tuple(
        PointLabel(at, "outEnd", name=False, bold=bar.strong, ink="text") for at, bar in bars
    )
    series = DataSeries(
        words.show(chart.title),
        values,
        form="bar",
        fill=bars[0][1].colour,
        labels=labels,
        looks=tuple(PointLook(at, bar.colour) for at, bar in bars),
    )
    names = (cut(name, left - 8 - wide(count, NOTE), NOTE) + count for name, count, _ in rows)
    return ChartSpec(
        categories=tuple(names),
        series=(series,),
        values=ValueAxis(0.0, top, top, shown=False, rules=False),
        plot=(left / wide_, 2 / high, (wide_ - left - 52) / wide_, (high - 4) / high),
        horizontal=True,
        gap=90,
        label_format=percent_format(language) if shares else "#,##0",
        heading=words.show(chart.caption),
    )


def _amount(bar: Bar, *, shares: bool) -> float | None:
    return bar.share if shares else float(bar.value)
