"""Where a line goes when it is moved: by days, its duration kept, in the hours of its calendar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.planning.calendars import Hours, finish_of, start_moment, start_of
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar
from crm_pilot.planning.rules import moved
from crm_pilot.planning.terms import TaskKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def hours_around(work: Work, *days: dt.date | None) -> Hours:
    """The calendars of the project for the years of some days, inside a command."""
    years = [day.year for day in days if day is not None] or [2020]
    return Hours(work.select, min(years), max(years))


def shifted(row: Any, days: int, hours: Hours) -> dict[str, Any] | None:
    """Dates of a stored line moved by calendar `days`, its duration kept; None without dates.

    What starts on a working day starts on one again: days off are jumped over in the direction of
    the move. What starts on a day off, such as a go-live at a weekend, moves as it is.
    """
    if row.start is None or row.finish is None:
        return None
    if row.duration is None:
        plain = moved(row, days)
        return None if plain is None else {"start": plain[0], "finish": plain[1]}
    calendar = ALWAYS if row.elapsed else hours.of(row.calendar_id)
    day = row.start + dt.timedelta(days=days)
    if calendar.worked(row.start.toordinal()):
        while not calendar.worked(day.toordinal()):
            day += dt.timedelta(days=1 if days > 0 else -1)
    return from_start(row, calendar, start_moment(calendar, day, row.start_minute))


def from_start(row: Any, calendar: Calendar, start: int) -> dict[str, Any]:
    """Dates of a stored line that starts at a moment, its duration kept."""
    day, minute = start_of(calendar, start)
    if row.kind == TaskKind.MILESTONE:
        return {"start": day, "finish": day, "start_minute": minute, "finish_minute": minute}
    finish, end = finish_of(calendar, calendar.add(start, row.duration))
    return {
        "start": day,
        "start_minute": minute,
        "finish": max(day, finish),
        "finish_minute": end if finish >= day else minute,
    }
