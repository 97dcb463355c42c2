"""Calendars as MS Project XML holds them: the week from Sunday, exceptions, other weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_calendars import recurring_days
from crm_pilot.exchange.mspdi_write_parts import Parts, element, flag, sound, text, whole
from crm_pilot.planning.document import DocCalendar, DocException, DocWeek, Shifts

MOST_DAYS = 20_000  # of one exception, compared day by day


def calendar_parts(calendar: DocCalendar) -> Parts:
    """The elements of a calendar. A calendar without a base works only on the days it names."""
    parts: Parts = {
        "UID": whole("UID", calendar.uid),
        "IsBaseCalendar": flag("IsBaseCalendar", calendar.base is None),
        "BaseCalendarUID": whole("BaseCalendarUID", calendar.base or -1),
        **text("Name", calendar.name),
    }
    days = calendar.days if calendar.base is not None else [day or () for day in calendar.days]
    if week := _week(days):
        parts["WeekDays"] = element("WeekDays", week)
    kept = calendar.extras.get("Exceptions")
    if calendar.exceptions and not (kept and _same_days(recurring_days(kept), calendar)):
        inside = "".join(_exception(exception) for exception in calendar.exceptions)
        parts["Exceptions"] = element("Exceptions", inside)
    elif kept:  # the rules of the file still say the same days
        parts["Exceptions"] = element("Exceptions", "".join(piece for _, piece in sound(kept)))
    if calendar.weeks:
        inside = "".join(_other_week(week) for week in calendar.weeks)
        parts["WorkWeeks"] = element("WorkWeeks", inside)
    return parts


def _same_days(found: Sequence[DocException], calendar: DocCalendar) -> bool:
    """Whether exceptions say the same of every day as those of a calendar."""
    return _by_day(found) == _by_day(calendar.exceptions)


def _by_day(exceptions: Sequence[DocException]) -> dict[int, Shifts]:
    """Day (ordinal) → hours; later exceptions win."""
    found: dict[int, Shifts] = {}
    for exception in exceptions:
        first = exception.first.toordinal()
        last = min(exception.last.toordinal(), first + MOST_DAYS)
        found.update(dict.fromkeys(range(first, last + 1), exception.shifts))
    return found


def _week(days: Sequence[Shifts | None]) -> str:
    """Days that are said, Sunday first, as MS Project counts them."""
    found = []
    for kind in range(1, 8):
        shifts = days[(kind - 2) % 7]
        if shifts is not None:
            found.append(f"<WeekDay>{whole('DayType', kind)}{_hours(shifts)}</WeekDay>")
    return "".join(found)


def _hours(shifts: Shifts) -> str:
    inside = "".join(
        "<WorkingTime>"
        + element("FromTime", values.clock_text(start))
        + element("ToTime", values.clock_text(end))
        + "</WorkingTime>"
        for start, end in shifts
    )
    times = element("WorkingTimes", inside) if inside else ""
    return flag("DayWorking", bool(shifts)) + times


def _period(first: dt.date, last: dt.date) -> str:
    start = element("FromDate", f"{first.isoformat()}T00:00:00")
    return element("TimePeriod", start + element("ToDate", f"{last.isoformat()}T23:59:00"))


def _exception(exception: DocException) -> str:
    count = (exception.last - exception.first).days + 1
    inside = (
        whole("EnteredByOccurrences", 0)
        + _period(exception.first, exception.last)
        + whole("Occurrences", count)
        + text("Name", exception.name).get("Name", "")
        + whole("Type", 1)
        + _hours(exception.shifts)
    )
    return element("Exception", inside)


def _other_week(week: DocWeek) -> str:
    inside = _period(week.first, week.last) + text("Name", week.name).get("Name", "")
    return element("WorkWeek", inside + element("WeekDays", _week(week.days)))
