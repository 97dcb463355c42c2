"""The time axis of the printed Gantt: two rows of units that fit, cut into pages at whole weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from crm_pilot import formats
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import width

PAD = 3.0  # beside a label in its cell
WEEK = 7


class Unit(StrEnum):
    """What a cell of the axis holds."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


PAIRS = (  # above and below, from the finest to the coarsest
    (Unit.WEEK, Unit.DAY),
    (Unit.MONTH, Unit.WEEK),
    (Unit.QUARTER, Unit.MONTH),
    (Unit.YEAR, Unit.QUARTER),
    (None, Unit.YEAR),
)
DAYS = {  # fewest days of a unit
    Unit.DAY: 1,
    Unit.WEEK: 7,
    Unit.MONTH: 28,
    Unit.QUARTER: 90,
    Unit.YEAR: 365,
}


@dataclass(frozen=True)
class Cell:
    """A unit on the axis, from its first day to the first day of the next; labels long to short."""

    first: int
    after: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """The units of all pages of one print."""

    upper: Unit | None
    lower: Unit


def axis_for(day_wide: float, language: str) -> Axis:
    """The finest units whose labels fit where a day is `day_wide` points wide."""
    for upper, lower in PAIRS[:-1]:
        if DAYS[lower] * day_wide >= _least(lower, language):
            return Axis(upper, lower)
    return Axis(*PAIRS[-1])


@lru_cache(maxsize=16)
def _least(unit: Unit, language: str) -> float:
    """Width of the widest short label of a unit, with air."""
    day = dt.date(2026, 1, 1)
    samples = {
        Unit.DAY: ["28"],
        Unit.WEEK: [formats.week(dt.date(2026, 12, 30), language)],
        Unit.MONTH: [formats.month(day.replace(month=n), language) for n in range(1, 13)],
        Unit.QUARTER: [quarter(day, language)],
    }[unit]
    return max(width(text, NOTE) for text in samples) + (2 if unit is Unit.DAY else PAD + 2)


def cells(
    unit: Unit, first: int, after: int, words: Wording, *, lower: bool = False
) -> Iterator[Cell]:
    """The cells that touch the days from `first` to before `after`, the outer ones cut; `lower`
    ones stand under others that say the year."""
    language = words.language
    day = _begin(unit, dt.date.fromordinal(first))
    while (start := day.toordinal()) < after:
        following = _next(unit, day)
        labels = _short(unit, day, language) if lower else _labels(unit, day, language)
        yield Cell(max(start, first), min(following.toordinal(), after), labels)
        day = following


def quarter(day: dt.date, language: str) -> str:
    """`T2` in French, `Q2` in English."""
    return f"{'T' if language == 'fr' else 'Q'}{(day.month + 2) // 3}"


def _short(unit: Unit, day: dt.date, language: str) -> tuple[str, ...]:
    """One label without the year; months as they are written inside a sentence."""
    if unit is Unit.MONTH:
        return (formats.month(day, language),)
    return _labels(unit, day, language)[-1:]


def _labels(unit: Unit, day: dt.date, language: str) -> tuple[str, ...]:
    if unit is Unit.YEAR:
        return (str(day.year),)
    if unit is Unit.QUARTER:
        short = quarter(day, language)
        return (f"{short}{formats.NO_BREAK}{day.year}", short)
    if unit is Unit.MONTH:
        whole = formats.month(day, language, year=True, full=True)
        short = formats.month(day, language, year=True)
        bare = formats.month(day, language)
        return (_capital(whole), _capital(short), _capital(bare))
    if unit is Unit.WEEK:
        week = formats.week(day, language)
        return (
            f"{week} · {formats.day(day, language, year=True)}",
            f"{week} · {formats.day(day, language)}",
            week,
        )
    return (str(day.day),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begin(unit: Unit, day: dt.date) -> dt.date:
    if unit is Unit.WEEK:
        return day - dt.timedelta(days=day.weekday())
    if unit is Unit.MONTH:
        return day.replace(day=1)
    if unit is Unit.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if unit is Unit.YEAR:
        return day.replace(month=1, day=1)
    return day


def _next(unit: Unit, day: dt.date) -> dt.date:
    if unit is Unit.DAY:
        return day + dt.timedelta(days=1)
    if unit is Unit.WEEK:
        return day + dt.timedelta(days=WEEK)
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    return dt.date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)


def cuts(first: int, after: int, pages: int) -> list[tuple[int, int]]:
    """The days from `first` to before `after` on so many pages, as evenly as whole weeks allow;
    single days where there are few weeks. The last page may be shorter; none is empty."""
    span = after - first
    pages = max(1, min(pages, span))
    unit = WEEK if span >= pages * 2 * WEEK else 1
    start = first - (dt.date.fromordinal(first).weekday() if unit == WEEK and pages > 1 else 0)
    edges = [first]
    for number in range(1, pages):
        edge = start + round((after - start) * number / pages / unit) * unit
        if edges[-1] < edge < after:
            edges.append(edge)
    edges.append(after)
    return list(pairwise(edges))
