"""The dates-dates chart (diagramme temps-temps): every announcement of a milestone's date against
the day it was made, on one scale. Flat is kept, the diagonal is reached (DOMAIN.md 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import DOTS, Pen
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import shorten, width

LEFT, LABELS, FOOT, HEAD = 40.0, 72.0, 28.0, 14.0


@dataclass(frozen=True)
class Announced:
    """A milestone with the date in force at each committee, oldest first."""

    milestone: MilestoneRow
    reports: tuple[tuple[dt.date, dt.date], ...]  # committee day, date announced
    strong: bool = False  # the next go-live


@dataclass(frozen=True)
class _Frame:
    x: float
    foot: float
    scale: float  # points a day, the same on both axes
    first: dt.date  # of the report days
    low: dt.date  # of the announced dates

    def at(self, reported: dt.date) -> float:
        return self.x + (reported - self.first).days * self.scale

    def up(self, expected: dt.date) -> float:
        return self.foot - (expected - self.low).days * self.scale


def in_force(
    milestone: MilestoneRow,
    announcements: Sequence[tuple[dt.date, dt.date]],
    committees: Sequence[dt.date],
    today: dt.date,
) -> tuple[tuple[dt.date, dt.date], ...]:
    """The date in force at each committee up to `today`, then today's forecast; a reached
    milestone ends on its own day."""
    end = min(milestone.forecast, today) if milestone.done else today
    points = []
    for day in [d for d in committees if d < end]:
        known = [expected for reported, expected in announcements if reported <= day]
        date = known[-1] if known else milestone.baseline
        if date is not None:
            points.append((day, date))
    return (*points, (end, milestone.forecast))


def dates_height(rows: Sequence[Announced], today: dt.date, room: float) -> float:
    """Height at which both axes have the same scale for this width."""
    _first, _low, across, up = _range(rows, today)
    return max(min((room - LEFT - LABELS) / across * up + FOOT + HEAD, 270.0), 120.0)


def _range(rows: Sequence[Announced], today: dt.date) -> tuple[dt.date, dt.date, int, int]:
    reported = [day for row in rows for day, _ in row.reports]
    expected = [day for row in rows for _, day in row.reports]
    first = min(reported) - dt.timedelta(days=6)
    low = min(expected).replace(day=1)
    last = max(max(expected), today) + dt.timedelta(days=4)
    return first, low, max((last - first).days, 30), max((last - low).days, 30)


def dates_dates(
    pen: Pen,
    x: float,
    y: float,
    room: float,
    high: float,
    rows: Sequence[Announced],
    committees: Sequence[tuple[dt.date, int]],
    today: dt.date,
    context: Context,
) -> None:
    """Draw the chart in a box of `room` × `high` points."""
    first, low, across, up = _range(rows, today)
    scale = min((room - LEFT - LABELS) / across, (high - FOOT - HEAD) / up)
    frame = _Frame(x + LEFT, y + high - FOOT, scale, first, low)
    last = first + dt.timedelta(days=across)
    _draw_axes(pen, x, frame, last, [c for c in committees if c[0] <= today], today, context)
    starts: list[float] = []
    ends: list[float] = []
    for row in sorted(rows, key=lambda r: r.milestone.forecast, reverse=True):
        _draw_line(pen, frame, row, today)
        _draw_name(pen, frame, row, starts, context)
        _draw_end(pen, frame, row, ends, x + room, context)


def _draw_axes(
    pen: Pen,
    x: float,
    frame: _Frame,
    last: dt.date,
    committees: Sequence[tuple[dt.date, int]],
    today: dt.date,
    context: Context,
) -> None:
    right = frame.at(last)
    month, at = frame.low, frame.foot + 20.0
    while month <= last:
        height = frame.up(month)
        if at - height >= 13:
            pen.rule(frame.x, height, right - frame.x)
            pen.text(
                frame.x - 5, height + 2.9, context.day(month), NOTE, ink="muted", align="right"
            )
            at = height
        month = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    pen.rule(frame.x, frame.foot, right - frame.x, 0.75, "text")
    start = max(frame.low, frame.first)
    pen.line(
        frame.at(start), frame.up(start), right, frame.up(last), ink="text", weight=0.8, dash=DOTS
    )
    free = frame.x - 20
    for day, number in committees:
        pen.line(frame.at(day), frame.foot, frame.at(day), frame.foot + 3, ink="text", weight=0.75)
        if frame.at(day) - free >= 11:
            free = frame.at(day)
            pen.text(free, frame.foot + 12, str(number), NOTE, ink="muted", align="middle")
    label = context.tr("Date of the committee (no.)")
    pen.text(frame.x, frame.foot + 23, label, NOTE, ink="muted")
    now, top = frame.at(today), frame.up(last) - 4
    pen.line(now, top, now, min(frame.up(today), frame.foot), ink="accent", weight=1.2)
    pen.text(now, top - 3, context.day(today), NOTE, bold=True, ink="accent", align="middle")


def _draw_line(pen: Pen, frame: _Frame, row: Announced, today: dt.date) -> None:
    ink = "deployment" if row.strong else "text"
    points = [(frame.at(day), frame.up(date)) for day, date in row.reports]
    pen.polyline(points, ink=ink, weight=2.0 if row.strong else 1.3)
    for point in points[:-1] if row.milestone.done else points:
        pen.disc(*point, 2.2, fill="surface", ink=ink, weight=1.1)
    reached = frame.at(row.milestone.forecast), frame.up(row.milestone.forecast)
    if not row.milestone.done and row.milestone.forecast > today:
        pen.line(*points[-1], *reached, ink=ink, weight=1.1, dash=DOTS)
    pen.diamond(*reached, 4.2, ink=ink, filled=row.milestone.done)


def _draw_name(
    pen: Pen, frame: _Frame, row: Announced, taken: list[float], context: Context
) -> None:
    """The milestone's name over the start of its line, or under it where that is taken."""
    left = frame.at(row.reports[0][0]) + 2
    name = shorten(context.own(row.milestone.title), 150, NOTE, bold=True)
    right = left + width(name, NOTE, True)
    heights = [frame.up(date) for day, date in row.reports if frame.at(day) <= right + 12]
    base = min(heights) - 5
    if any(abs(base - other) < 9 for other in taken):
        base = max(heights) + 11
    if any(abs(base - other) < 9 for other in taken):
        return
    taken.append(base)
    ink = "deployment" if row.strong else "text"
    pen.haloed(left, base, name, NOTE, bold=True, ink=ink)


def _draw_end(
    pen: Pen, frame: _Frame, row: Announced, taken: list[float], right: float, context: Context
) -> None:
    """Date and slip at the end of the line, moved down where labels would touch."""
    milestone = row.milestone
    at = frame.at(milestone.forecast) + 8
    base = frame.up(milestone.forecast) + 3
    while any(abs(base - other) < 9.5 for other in taken):
        base += 2
    taken.append(base)
    slip = f" ({context.slip(milestone.slip_days)})" if milestone.slip_days else ""
    ink = "deployment" if row.strong else "text"
    if milestone.done:
        pen.tick(at, base, 6.0)
        at += 9
    pen.haloed(
        at,
        base,
        shorten(context.day(milestone.forecast) + slip, right - at, NOTE),
        NOTE,
        bold=row.strong,
        ink=ink,
    )
