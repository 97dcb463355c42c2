"""Numbers and dates of time charts in the language of the window."""

from __future__ import annotations

import datetime as dt

from crm_pilot.charts import Step, TimeChart
from ui.language import formats, lang


def figure(chart: TimeChart, value: float, decimals: int) -> str:
    """A value as it is written on the chart: a share as percent, else a number."""
    if chart.percent:
        return formats.percent(value, lang())
    return formats.number(value, lang(), decimals)


def tick(chart: TimeChart, value: float) -> str:
    """A value on the axis, without needless decimals."""
    if chart.percent:
        return formats.percent(value, lang())
    return formats.number(value, lang(), 0 if value == round(value) else 1)


def step_name(chart: TimeChart, day: dt.date) -> str:
    """`S47` or `nov.`"""
    return formats.week(day, lang()) if chart.step is Step.WEEK else formats.month(day, lang())


def point_words(chart: TimeChart, day: dt.date, value: float, decimals: int) -> str:
    """`S47 2,1`."""
    return f"{step_name(chart, day)} {figure(chart, value, decimals)}"
