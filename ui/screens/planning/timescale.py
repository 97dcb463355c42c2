"""Moments and pixels of the Gantt: zoom, scroll, and the ticks of its header.

Pixels run evenly with the clock. A *moment* is that of `crm_pilot.planning.engine.worktime`:
minutes since the beginning of the calendar, day ordinal × 1440.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from crm_pilot.planning.engine.worktime import DAY

# Pixels a day of the named zooms, from the narrowest span to the widest.
DAY_PX = {"hour": 480.0, "day": 28.0, "week": 6.5, "month": 2.0, "year": 0.5}
ZOOMS = tuple(DAY_PX)
FROM = {"hour": 110.0, "day": 19.0, "week": 4.7, "month": 1.0}  # pixels a day they begin at
HALF_DAYS = 14.0  # pixels a day from which half a day can be told from a whole one
SMALLEST, LARGEST = 0.1, 1440.0
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # what is drawn; 9999 means never
BEFORE, AFTER = 35, 120  # days of room around the plan
STEPS = (30, 60, 120, 240)  # minutes a bar can be moved by, where they can be told apart
SNAP = 6.0  # pixels that the eye tells apart
OFFICE_MINUTES = 480  # a day's work, which a day of the middle zooms stands for


@dataclass
class TimeScale:
    """`left` is the first day that can be scrolled to; `offset` the pixels scrolled."""

    left: dt.date
    right: dt.date
    px: float = DAY_PX["week"]
    offset: float = 0.0

    def x(self, day: dt.date) -> float:
        """Pixel of the beginning of `day`."""
        return (day - self.left).days * self.px - self.offset

    def end(self, day: dt.date) -> float:
        """Pixel of the end of `day`."""
        return self.x(day) + self.px

    def at(self, moment: float) -> float:
        """Pixel of a moment on the clock."""
        return (moment / DAY - self.left.toordinal()) * self.px - self.offset

    def clock(self, x: float) -> float:
        """The moment on the clock at pixel `x`, in minutes with fraction."""
        return ((x + self.offset) / self.px + self.left.toordinal()) * DAY

    def moment(self, x: float) -> float:
        """Days from `left` at pixel `x`, with fraction."""
        return (x + self.offset) / self.px

    def day(self, x: float) -> dt.date:
        """The day at pixel `x`."""
        days = int((x + self.offset) // self.px)
        last = (dt.date.max - self.left).days
        return self.left + dt.timedelta(days=min(days, last))

    @property
    def length(self) -> int:
        """Pixels from the first to the last day."""
        return round(((self.right - self.left).days + 1) * self.px)

    @property
    def zoom(self) -> str:
        """The named zoom nearest to the present one."""
        return next((name for name, px in FROM.items() if self.px >= px), "year")

    @property
    def by_clock(self) -> bool:
        """Whether the hours of the day can be read off."""
        return self.px >= FROM["hour"]

    @property
    def by_minute(self) -> bool:
        """Whether half a day can be told from a whole one."""
        return self.px >= HALF_DAYS

    @property
    def step(self) -> int:
        """Minutes a held bar moves by at least: a day, or less where that can be seen."""
        if not self.by_minute:
            return DAY
        shown = DAY if self.by_clock else OFFICE_MINUTES
        return next((step for step in STEPS if step * self.px / shown >= SNAP), STEPS[-1])

    def zoomed(self, px: float, x: float) -> None:
        """Zoom to `px` pixels a day; the moment under pixel `x` stays there."""
        px = min(LARGEST, max(SMALLEST, px))
        moment = (x + self.offset) / self.px
        self.px = px
        self.offset = max(0.0, moment * px - x)

    def cover(self, first: dt.date, last: dt.date) -> None:
        """Make room for a plan from `first` to `last`; what is seen stays where it is."""
        first, last = max(first, EARLIEST), min(last, LATEST)
        left = first - dt.timedelta(days=BEFORE + first.weekday())
        right = max(first, last) + dt.timedelta(days=AFTER)
        self.offset += (self.left - left).days * self.px
        self.left, self.right = left, right


def months(first: dt.date, last: dt.date, step: int = 1) -> Iterator[dt.date]:
    """First days of the months that touch `first` to `last`; of quarters with a step of 3."""
    day = first.replace(month=(first.month - 1) // step * step + 1, day=1)
    while day <= last:
        yield day
        day = next_month(day, step)


def next_month(day: dt.date, step: int = 1) -> dt.date:
    """The first day of the month `step` months after that of `day`."""
    month = day.month - 1 + step
    return dt.date(day.year + month // 12, month % 12 + 1, 1)


def weeks(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Mondays of the weeks that touch `first` to `last`."""
    day = first - dt.timedelta(days=first.weekday())
    while day <= last:
        yield day
        day += dt.timedelta(days=7)


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from `first` to `last`."""
    day = first
    while day <= last:
        yield day
        day += dt.timedelta(days=1)


def hour_step(px: float, room: float) -> int:
    """Hours between two labels that need `room` pixels each, at `px` pixels a day."""
    return next((step for step in (1, 2, 3, 4, 6, 12) if px / 24 * step >= room), 24)
