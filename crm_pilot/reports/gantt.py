"""The plan on paper: macro-Gantt by pillar and the milestones' small axis.

Done is solid, to do outlined, the reference a grey line under the bar, the reference of a
milestone a hollow diamond; today is the one accent line.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot import formats
from crm_pilot.planning.charts import MacroBar, MacroGantt
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import width

AXIS = 30.0
LEAST_LINE, MOST_LINE = 13.6, 19.0
PILLAR_LINE = 14.0
NAMES = 158.0
SLIP = 30.0  # kept free at the right for the slips


@dataclass(frozen=True)
class Days:
    """Days on a horizontal axis."""

    x: float
    wide: float
    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        """Left edge of a day, kept inside the axis."""
        span = max((self.last - self.first).days + 1, 1)
        share = (day - self.first).days / span
        return self.x + self.wide * min(max(share, 0.0), 1.0)

    def months(self) -> list[dt.date]:
        """First days of the months on the axis."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                found.append(day)
            day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return found


def macro_height(chart: MacroGantt) -> float:
    """Least height of a macro-Gantt."""
    bars = sum(len(pillar.bars) for pillar in chart.pillars)
    return AXIS + len(chart.pillars) * PILLAR_LINE + bars * LEAST_LINE + 4


def macro_growth(chart: MacroGantt) -> float:
    """How much higher it may be drawn."""
    return sum(len(pillar.bars) for pillar in chart.pillars) * (MOST_LINE - LEAST_LINE)


def macro_gantt(
    pen: Pen, x: float, y: float, room: float, high: float, chart: MacroGantt, context: Context
) -> None:
    """Phases by pillar on one axis of months."""
    days = Days(x + NAMES, room - NAMES - SLIP, chart.start, chart.finish)
    count = sum(len(pillar.bars) for pillar in chart.pillars)
    line = (high - AXIS - len(chart.pillars) * PILLAR_LINE - 4) / max(count, 1)
    foot = y + high - 2
    _draw_months(pen, days, y, foot, context)
    pen.rule(x, y + AXIS, room, 0.75, "text")
    if chart.start <= chart.today <= chart.finish:
        _draw_today(pen, days.at(chart.today), y + 8, foot, context.day(chart.today))
    at = y + AXIS
    for pillar in chart.pillars:
        pen.text(x, at + 11, context.show(pillar.name), NOTE, bold=True, ink=pillar.colour)
        pen.rule(x + NAMES, at + 8.5, room - NAMES, 0.7, pillar.colour)
        at += PILLAR_LINE
        for bar in pillar.bars:
            pen.text(x + 8, at + line / 2 + 3.2, context.show(bar.name), room=NAMES - 14)
            _draw_bar(pen, days, at, line, bar, pillar.colour, chart.today, context)
            at += line


def _draw_months(pen: Pen, days: Days, y: float, foot: float, context: Context) -> None:
    months = days.months()
    step = max(1, -(-len(months) * 25 // max(int(days.wide), 1)))
    year = None
    for number, month in enumerate(months):
        at = days.at(month)
        new_year = month.year != year
        pen.line(at, y + (8 if new_year else AXIS), at, foot, ink="line", weight=0.5)
        if new_year and (days.x + days.wide - at > 24):
            pen.text(at + 3, y + 12, str(month.year), NOTE, bold=True)
            year = month.year
        if number % step == 0 and days.x + days.wide - at > 16:
            pen.text(at + 3, y + 24, formats.month(month, context.language), NOTE, ink="muted")


def _draw_today(pen: Pen, at: float, y: float, foot: float, text: str) -> None:
    pen.line(at, y, at, foot, ink="accent", weight=1.2)
    wide = width(text, NOTE, True) + 10
    pen.box(at - wide / 2, y - 5, wide, 12, fill="accent", radius=2)
    pen.text(at, y + 4, text, NOTE, bold=True, ink="surface", align="middle")


def _draw_bar(
    pen: Pen,
    days: Days,
    y: float,
    line: float,
    bar: MacroBar,
    ink: str,
    today: dt.date,
    context: Context,
) -> None:
    middle = y + line / 2 - 1
    if bar.baseline_start and bar.baseline_finish:
        left, right = days.at(bar.baseline_start), days.at(_after(bar.baseline_finish))
        pen.line(left, middle + 6.3, right, middle + 6.3, ink="muted", weight=1.6)
    end = days.x
    if bar.start and bar.finish:
        left, right = days.at(bar.start), days.at(_after(bar.finish))
        right = max(right, left + 2)
        done = (right - left) * bar.percent / 100
        pen.box(left, middle - 3.6, right - left, 7.2, fill="surface", ink=ink, weight=1)
        pen.box(left, middle - 3.6, done, 7.2, fill=ink)
        end = right
    for milestone in bar.milestones:
        end = max(end, _draw_milestone(pen, days, middle, milestone, ink, bar.start is None))
    if bar.slip_days:
        _draw_slip(pen, days, end, middle, context.slip(bar.slip_days))


def _draw_milestone(
    pen: Pen, days: Days, middle: float, milestone: MilestoneRow, ink: str, alone: bool
) -> float:
    """A diamond on the bar's line; in a row of its own with its hollow reference."""
    at = days.at(milestone.forecast)
    if alone and milestone.baseline and milestone.baseline != milestone.forecast:
        pen.diamond(days.at(milestone.baseline), middle, 3.2, ink="muted", filled=False)
    pen.diamond(at, middle, 4.6, ink="text" if not alone else ink, filled=milestone.done or alone)
    return at + 4.6


def _draw_slip(pen: Pen, days: Days, end: float, middle: float, text: str) -> None:
    left = min(end + 5, days.x + days.wide + SLIP - width(text, NOTE, True))
    pen.haloed(left, middle + 3, text, NOTE, bold=True)


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


# milestones' axis --------------------------------------------------------------------------------


def milestone_axis(rows: list[MilestoneRow], today: dt.date) -> Days:
    """One axis for all rows of a milestone table; place it with `Days.x` and `Days.wide`."""
    dates = [day for row in rows for day in (row.forecast, row.baseline) if day] + [today]
    return Days(0.0, 1.0, min(dates), max(dates))


def milestone_marks(
    pen: Pen, x: float, y: float, wide: float, high: float, row: MilestoneRow, axis: Days
) -> None:
    """Hollow diamond for the reference, filled for reached or forecast, joined by a line."""
    days = Days(x + 5, wide - 10, axis.first, axis.last)
    middle = y + high / 2 - 0.5
    at = days.at(row.forecast)
    if row.baseline and row.baseline != row.forecast:
        before = days.at(row.baseline)
        pen.line(before, middle, at, middle, ink="text", weight=0.8)
        pen.diamond(before, middle, 3.2, filled=False)
    pen.diamond(at, middle, 3.4)


def milestone_today(
    pen: Pen, x: float, y: float, wide: float, foot: float, axis: Days, today: dt.date
) -> float:
    """The line of today through all rows; returns where it stands."""
    at = Days(x + 5, wide - 10, axis.first, axis.last).at(today)
    pen.line(at, y, at, foot, ink="accent", weight=1.0)
    return at
