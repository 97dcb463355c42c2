"""The dates-dates diagram as a chart of a presentation: both axes are days on one scale."""

from __future__ import annotations

from dataclasses import replace

from crm_pilot import formats
from crm_pilot.i18n import Translator
from crm_pilot.planning.charts import TrendChart, TrendLine
from crm_pilot.planning.trend_layout import end_text
from crm_pilot.reports.context import Words
from crm_pilot.reports.slides_chart_series import serial
from crm_pilot.reports.slides_chart_spec import (
    ChartSpec,
    DataSeries,
    PointLabel,
    ValueAxis,
    date_format,
)
from crm_pilot.reports.slides_style import NOTE, cut, leading, wide
from crm_pilot.reports.spreading import spread

LABEL = leading(NOTE)


def trend_spec(chart: TrendChart, language: str, across: float, high: float) -> ChartSpec:
    """Lines of announced dates, the diagonal, today; each line ends in its name and date."""
    words = Words(Translator(language))
    texts = [_end(line, words) for line in chart.lines]
    low, last, first = serial(chart.low), serial(chart.last), serial(chart.first)
    left, top, bottom = 50.0, 8.0, 26.0
    right = max(
        _free(line, text, chart, across - left)
        for line, text in zip(chart.lines, texts, strict=True)
    )
    right = min(max(right, 10.0), across * 0.4)
    down = high - top - bottom
    series = [
        _line(line, cut(text, across * 0.4, NOTE, bold=True))
        for line, text in zip(chart.lines, texts, strict=True)
    ]
    wanted = [top + down * (1 - (serial(line.date) - low) / (last - low)) for line in chart.lines]
    series = _apart(series, wanted, high, top, down)
    series.append(_straight(words.tr("reached"), (low, last), (low, last), "muted", "sysDot"))
    today = serial(chart.today)
    named = PointLabel(
        1,
        "t",
        value=False,
        name=False,
        bold=True,
        ink="accent",
        text=formats.day(chart.today, language),
    )
    series.append(
        _straight(words.tr("today"), (today, today), (low, today), "accent", "", (named,))
    )
    days = date_format(language, "d mmm")
    return ChartSpec(
        categories=(),
        series=tuple(series),
        values=_axis(low, last, days),
        plot=(left / across, top / high, (across - left - right) / across, down / high),
        across=_axis(first, last, days, rules=False),
        label_format=days,
    )


def _free(line: TrendLine, text: str, chart: TrendChart, room: float) -> float:
    """What a plot leaves free at the right, so that the words at the end of a line have room."""
    share = max((line.date - chart.first).days / (chart.last - chart.first).days, 0.2)
    return room - (room - wide(text, NOTE, bold=True) - 14) / share


def _axis(low: int, high: int, form: str, *, rules: bool = True) -> ValueAxis:
    """A label every four weeks, or as many times four as seven labels take."""
    return ValueAxis(low, high, 28 * max(1, round((high - low) / 28 / 6)), form, rules=rules)


def _end(line: TrendLine, words: Words) -> str:
    """Name, date in force and slip, as they stand at the end of a line."""
    return f"{words.show(line.name)}, {end_text(line, words.language)}"


def _line(line: TrendLine, text: str) -> DataSeries:
    """The announcements, and their last date on the diagonal."""
    points = [*line.points]
    if not line.done:
        points.append((line.date, line.date))
    xs = tuple(float(serial(day)) for day, _ in points)
    ys = tuple(float(serial(date)) for _, date in points)
    ink = "deployment" if line.strong else "text"
    label = PointLabel(len(xs) - 1, "r", value=False, bold=line.strong, ink=ink, text=text)
    return DataSeries(
        text.split(",")[0],
        ys,
        ink=ink,
        weight=3.0 if line.strong else 1.75,
        dash="sysDash" if line.dashed else "",
        marks=None,
        mark_fill="surface",
        end="done" if line.done else "ahead",
        labels=(label,),
        xs=xs,
    )


def _apart(
    series: list[DataSeries], wanted: list[float], high: float, top: float, down: float
) -> list[DataSeries]:
    """The same with labels that do not cover each other."""
    order = sorted(range(len(series)), key=lambda n: wanted[n])
    placed = spread([wanted[n] for n in order], LABEL, top, top + down)
    for number, place in zip(order, placed, strict=True):
        label = replace(series[number].labels[0], dy=(place - wanted[number]) / high)
        series[number] = replace(series[number], labels=(label,))
    return series


def _straight(
    name: str,
    xs: tuple[int, int],
    ys: tuple[int, int],
    ink: str,
    dash: str,
    labels: tuple[PointLabel, ...] = (),
) -> DataSeries:
    return DataSeries(
        name,
        tuple(float(y) for y in ys),
        ink=ink,
        weight=1.25,
        dash=dash,
        xs=tuple(float(x) for x in xs),
        labels=labels,
    )
