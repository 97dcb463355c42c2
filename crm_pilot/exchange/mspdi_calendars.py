"""Calendars of MS Project XML: the week, exceptions of both forms, other weeks, base calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_defaults import CALENDAR
from crm_pilot.exchange.mspdi_recurrence import Recurrence
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_fields import Fields
from crm_pilot.exchange.plan_xml import Node, markup, parts
from crm_pilot.planning.document import DocCalendar, DocException, DocWeek, Shifts

USUAL: Shifts = ((480, 720), (780, 1020))  # what MS Project takes for a working day without hours
STANDARD: tuple[Shifts | None, ...] = (USUAL,) * 5 + ((), ())
RANGE = 1  # Type of an exception: every day from the first to the last
MOST_WEEKS = 1000


def read_calendar(node: Node, problems: Problems) -> DocCalendar:
    """One calendar; `base` is what the file says, known or not."""
    fields = Fields(node, problems)
    own = fields.flag("IsBaseCalendar", otherwise=True)
    base = fields.whole("BaseCalendarUID", -1)
    fields.used("WeekDays", "Exceptions", "WorkWeeks")
    days = node.every("WeekDays", "WeekDay")
    recurring = node.every("Exceptions", "Exception")
    old = [day for day in days if day.value("DayType") == "0"]
    found = [e for day in recurring for e in _exceptions(Fields(day, problems))]
    if not recurring:  # both forms at once say the same thing
        found = [e for day in old for e in _exceptions(Fields(day, problems))]
    uid, name = fields.whole("UID"), fields.name("Name")
    extras = fields.extras(values.SPACE, CALENDAR)
    if any(day.value("Type") not in ("", "1", "9") for day in recurring):
        extras["Exceptions"] = "".join(markup(day, values.SPACE) for day in recurring)
    return DocCalendar(
        uid=uid,
        name=name,
        days=_week(days, problems, own=own),
        base=base if base > 0 and not own else None,
        exceptions=tuple(found),
        weeks=tuple(_other_weeks(node, problems)),
        extras=extras,
    )


def recurring_days(text: str) -> tuple[DocException, ...]:
    """The exceptions that a kept piece of XML stands for."""
    problems = Problems()
    nodes = parts(text, values.SPACE)
    return tuple(e for node in nodes for e in _exceptions(Fields(node, problems)))


def _week(days: Iterable[Node], problems: Problems, *, own: bool) -> tuple[Shifts | None, ...]:
    """Seven days from Monday. A calendar of its own that says nothing of a day does not work."""
    said: dict[int, Shifts] = {}
    spilled: dict[int, Shifts] = {}
    for node in days:
        fields = Fields(node, problems)
        kind = fields.whole("DayType")
        if not 1 <= kind <= 7:
            continue
        day = (kind - 2) % 7
        said[day], beyond = _shifts(fields)
        if beyond:
            spilled[(day + 1) % 7] = beyond
    for day, beyond in spilled.items():
        if day in said or own:
            said[day] = merged((*beyond, *said.get(day, ())))
    if own and not said:
        return STANDARD
    return tuple(said.get(day, () if own else None) for day in range(7))


def _shifts(fields: Fields) -> tuple[Shifts, Shifts]:
    """The hours of a day, and those that reach into the next one."""
    if not fields.flag("DayWorking"):
        return (), ()
    found: list[tuple[int, int]] = []
    beyond: list[tuple[int, int]] = []
    times = fields.node.every("WorkingTimes", "WorkingTime")
    for node in times:
        time = Fields(node, fields.problems)
        start, end = time.clock("FromTime", 0), time.clock("ToTime", 0)
        if end == 0:
            end = values.MIDNIGHT
        if start < end:
            found.append((start, end))
        elif start > end:  # over midnight
            found.append((start, values.MIDNIGHT))
            beyond.append((0, end))
    if not times:
        return USUAL, ()
    return merged(found), merged(beyond)


def merged(shifts: Iterable[tuple[int, int]]) -> Shifts:
    """Hours in order, those that touch made one."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(shifts):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        elif start < end:
            done.append((start, end))
    return tuple(done)


def _exceptions(fields: Fields) -> list[DocException]:
    """One exception of the file: a range of days, or every day of a recurrence."""
    period = fields.node.first("TimePeriod")
    if period is None:
        return []
    dates = Fields(period, fields.problems)
    first, last = dates.moment("FromDate"), dates.moment("ToDate")
    if first is None or last is None:
        return []
    shifts = _shifts(fields)[0]
    name = fields.name("Name")
    kind = fields.whole("Type", RANGE)
    if kind in (RANGE, 0, 9) or not 2 <= kind <= 8:
        return [DocException(first.date(), last.date(), shifts, name)] if first <= last else []
    days = _recurrence(fields, kind, first.date(), last.date()).days()
    return [DocException(day, day, shifts, name) for day in days]


def _recurrence(fields: Fields, kind: int, first: dt.date, last: dt.date) -> Recurrence:
    counted = fields.flag("EnteredByOccurrences")
    return Recurrence(
        kind=kind,
        first=first,
        last=last,
        count=fields.known("Occurrences") if counted else None,
        period=fields.whole("Period", 1),
        weekdays=fields.whole("DaysOfWeek"),
        day=fields.whole("MonthDay", 1),
        month=min(11, max(0, fields.whole("Month"))),
        item=fields.whole("MonthItem"),
        position=fields.whole("MonthPosition"),
    )


def _other_weeks(node: Node, problems: Problems) -> Iterable[DocWeek]:
    for week in node.every("WorkWeeks", "WorkWeek")[:MOST_WEEKS]:
        period = week.first("TimePeriod")
        if period is None:
            continue
        dates = Fields(period, problems)
        first, last = dates.moment("FromDate"), dates.moment("ToDate")
        if first is None or last is None:
            continue
        days = _week(week.every("WeekDays", "WeekDay"), problems, own=False)
        name = week.value("Name")
        yield DocWeek(first.date(), last.date(), days, name)
