"""Where the bars of lines stand: pixels of their ends at every zoom, and moments under a pixel.

A bar that works whole days is as wide as the days it touches, weekends within included. A day is as
wide as its work, so that half a day is half as wide; where hours can be read, it is as the clock
says.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

from crm_pilot.planning.calendars import begins_at, ends_at
from crm_pilot.planning.engine.worktime import DAY, Calendar, at
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from ui.screens.planning.gantt_data import Span, WorkHours, minute_of, share
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import TimeScale

DIAMOND = 7.5  # half the width of a milestone
NARROW = 3.0  # pixels that a bar has at least
LAST_DAY = dt.date.max.toordinal()


class Extent(NamedTuple):
    """Pixels of the ends of a bar, or of the tips of a milestone."""

    left: float
    right: float


def span_of(line: Line) -> Span | None:
    """When a line begins and ends, None without dates. Phases are as long as days."""
    if line.start is None or line.finish is None:
        return None
    row = line.row
    if row is None or line.holds:
        return Span(line.start, line.finish)
    return Span(line.start, line.finish, row.start_minute, row.finish_minute)


class Places:
    """Pixels of one time scale and the hours of a project."""

    __slots__ = ("hours", "scale")

    def __init__(self, scale: TimeScale, hours: WorkHours) -> None:
        self.scale, self.hours = scale, hours

    def extent(self, row: TaskRow | None, span: Span) -> Extent:
        """Where a line is drawn."""
        if row is not None and row.kind is TaskKind.MILESTONE:
            x = self.point(row, span)
            return Extent(x - DIAMOND, x + DIAMOND)
        left = self.begin(row, span.start, span.start_minute)
        right = self.finish(row, span.finish, span.finish_minute)
        return Extent(left, max(right, left + NARROW))

    def begin(self, row: TaskRow | None, day: dt.date, minute: int | None) -> float:
        """Pixel at which work that starts on `day` begins."""
        scale = self.scale
        if scale.by_clock:
            if minute is None:
                minute = begins_at(self.hours.of(row), day.toordinal())
            return scale.x(day) + minute * scale.px / DAY
        if minute is None:
            return scale.x(day)
        return scale.x(day) + share(self.hours.of(row), day, minute) * scale.px

    def finish(self, row: TaskRow | None, day: dt.date, minute: int | None) -> float:
        """Pixel at which work that finishes on `day` ends."""
        scale = self.scale
        if scale.by_clock:
            if minute is None:
                minute = ends_at(self.hours.of(row), day.toordinal())
            return scale.x(day) + minute * scale.px / DAY
        if minute is None:
            return scale.end(day)
        return scale.x(day) + share(self.hours.of(row), day, minute) * scale.px

    def point(self, row: TaskRow | None, span: Span) -> float:
        """Pixel of a milestone: the middle of its day, its moment where hours can be read."""
        if self.scale.by_clock:
            return self.begin(row, span.finish, span.start_minute)
        return self.scale.x(span.finish) + self.scale.px / 2

    def middle(self, day: dt.date) -> float:
        """Pixel of the middle of a day."""
        return self.scale.x(day) + self.scale.px / 2

    def of_moment(self, calendar: Calendar, moment: int) -> float:
        """Pixel of a moment of the schedule, drawn as a finish is."""
        ordinal, minute = divmod(moment, DAY)
        if minute == 0:
            ordinal, minute = ordinal - 1, DAY
        day = dt.date.fromordinal(min(max(ordinal, 1), LAST_DAY))
        if self.scale.by_clock:
            return self.scale.x(day) + minute * self.scale.px / DAY
        return self.scale.x(day) + share(calendar, day, minute) * self.scale.px

    def moment(self, calendar: Calendar, x: float, *, finish: bool = False) -> int:
        """The moment nearest to pixel `x` at which a bar can begin, or `finish`: a whole day, or
        a step of it where that can be seen."""
        scale, step = self.scale, self.scale.step
        if scale.by_clock:
            return round(scale.clock(x) / step) * step
        days = scale.moment(x)
        if not scale.by_minute:
            day = scale.left + dt.timedelta(days=round(days) - finish)
            return at(day, (ends_at if finish else begins_at)(calendar, day.toordinal()))
        whole = math.floor(days)
        parts = round((days - whole) * 480 / step) * step / 480
        if parts >= 1 and not finish:
            whole, parts = whole + 1, 0.0
        elif parts <= 0 and finish:
            whole, parts = whole - 1, 1.0
        day = scale.left + dt.timedelta(days=whole)
        return at(day, minute_of(calendar, day, parts, finish=finish))
