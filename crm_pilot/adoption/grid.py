"""The month grid: which share of a department, or which account, was connected on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from crm_pilot.adoption.facts import day_number, day_of, first_of, last_of
from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.store.reader import Reader


class DayKind(StrEnum):
    """What a day of the grid is."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # or a closure of the project's calendar
    FUTURE = "future"  # after the last day known


@dataclass(frozen=True)
class GridDay:
    """A day of the month by the project's calendar; `name` is that of a holiday or closure."""

    day: dt.date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class GridRow:
    """A department or an account; a cell a day, a part of 1: None where nobody was open, on days
    not known yet, and on days off on which nobody was connected."""

    key: int | None
    name: str
    accounts: int  # open on the last day known
    cells: tuple[float | None, ...]
    per_week: float | None  # login days ÷ working days × 5
    low: float | None
    high: float | None
    below: bool


@dataclass(frozen=True)
class MonthGrid:
    """The days of a month and the rows over them."""

    month: int
    until: dt.date | None
    days: tuple[GridDay, ...]
    rows: tuple[GridRow, ...]


def month_grid(
    reader: Reader,
    month: int,
    today: dt.date,
    scope: Scope = EVERYONE,
    by: Literal["department", "user"] = "department",
    language: str = "en",
) -> MonthGrid:
    """The grid of a month; `language` is that of the names of public holidays."""
    first, last = day_number(first_of(month)), day_number(last_of(month))
    days = (day_of(number) for number in range(first, last + 1))
    return MonthGrid(month, None, tuple(GridDay(day, DayKind.FUTURE) for day in days), ())
