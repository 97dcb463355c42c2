"""Days and pixels of the Gantt: zoom, scroll, and the ticks of its header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY_PX = {"day": 28.0, "week": 6.5, "month": 2.0}  # pixels a day of the three zooms
SMALLEST, LARGEST = 0.8, 48.0
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # what is drawn; 9999 means never
BEFORE, AFTER = 35, 120  # days of room around the plan


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

    def moment(self, x: float) -> float:
        """Days from `left` at pixel `x`, with fraction."""
        return (x + self.offset) / self.px

    def day(self, x: float) -> dt.date:
        """The day at pixel `x`."""
        return self.left + dt.timedelta(days=int((x + self.offset) // self.px))

    @property
    def length(self) -> int:
        """Pixels from the first to the last day."""
        return round(((self.right - self.left).days + 1) * self.px)

    @property
    def zoom(self) -> str:
        """The named zoom nearest to the present one."""
        return "day" if self.px >= 14 else "week" if self.px >= 3.6 else "month"

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


def months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """First days of the months that touch `first` to `last`."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = next_month(day)


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def weeks(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Mondays of the weeks that touch `first` to `last`."""
    day = first - dt.timedelta(days=first.weekday())
    while day <= last:
        yield day
        day += dt.timedelta(days=7)
