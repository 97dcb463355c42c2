"""Days worked in a plan of GanttProject: week, holidays, and the days people are away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_days import DAY, Days
from crm_pilot.exchange.plan_fields import Attributes
from crm_pilot.exchange.plan_xml import Node, one_line
from crm_pilot.i18n import msg
from crm_pilot.planning.document import (
    DocAssignment,
    DocCalendar,
    DocException,
    DocTask,
    Shifts,
)

MAIN = 1  # uid of the calendar of the project
MAIN_NAME = "Standard"
WORKED: Shifts = ((480, 720), (780, 1020))
YEARS_AFTER = 5  # in which a yearly holiday is still written out
MOST_YEARS = 60
MOST_SEARCHED = 60_000  # days looked through for the end of a task
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_of(root: Node, tasks: Sequence[DocTask], problems: Problems) -> DocCalendar:
    """The calendar of the project. In `default-week`, 1 is a day off."""
    week = next(iter(root.every("calendars", "day-types", "default-week")), None)
    off = week.attributes if week is not None else {"sat": "1", "sun": "1"}
    days = tuple(() if off.get(day) == "1" else WORKED for day in _WEEK)
    years = [task.start.year for task in tasks if task.start]
    span = range(min(years), max(years) + YEARS_AFTER)[:MOST_YEARS] if years else range(0)
    found = [
        exception
        for node in root.every("calendars", "date")
        for exception in _holiday(node, span, problems)
    ]
    found.sort(key=lambda exception: exception.first)
    return DocCalendar(MAIN, MAIN_NAME, days, exceptions=tuple(found))


def _holiday(node: Node, years: Iterable[int], problems: Problems) -> list[DocException]:
    """A day off or a day worked; without a year it comes back every year."""
    fields = Attributes(node, problems)
    kind = fields.text("type").upper()
    if kind not in ("HOLIDAY", "WORKING_DAY", ""):
        return []  # only a colour
    year, month, day = (fields.whole(name, -1) for name in ("year", "month", "date"))
    shifts = WORKED if kind == "WORKING_DAY" else ()
    found = []
    for in_year in [year] if year > 0 else years:
        try:
            at = dt.date(in_year, month, day)
        except ValueError:
            if year > 0:
                problems.error(node.line, "date", f"{year}-{month}-{day}", _NO_DAY)
            continue  # 29 February
        found.append(DocException(at, at, shifts, one_line(node.text)))
    return found


_NO_DAY = msg("this day does not exist.")


def last_day(days: Days, first: dt.date, count: int) -> dt.date:
    """The last of `count` days worked from `first` on; that many plain days where none is."""
    day = first
    for _ in range(MOST_SEARCHED):
        if days.shifts(MAIN, day):
            count -= 1
            if count <= 0:
                return day
        day += DAY
    return first


def vacations(root: Node, problems: Problems) -> dict[int, DocCalendar]:
    """A calendar for everybody who is away at some time, by the number of the resource."""
    away: dict[int, list[DocException]] = {}
    for node in root.every("vacations", "vacation"):
        fields = Attributes(node, problems)
        start, end = (fields.read(name, values.moment) for name in ("start", "end"))
        uid = fields.whole("resourceid", -1) + 1
        if start is not None and end is not None and start <= end:
            away.setdefault(uid, []).append(DocException(start.date(), end.date()))
    names = {
        Attributes(node, problems).whole("id", -1) + 1: one_line(node.attributes.get("name", ""))
        for node in root.every("resources", "resource")
    }
    return {
        uid: DocCalendar(MAIN + number, names[uid], (None,) * 7, MAIN, exceptions=tuple(away[uid]))
        for number, uid in enumerate(sorted(set(away) & set(names)), 1)
    }


def moved_by(
    away: dict[int, DocCalendar], tasks: Sequence[DocTask], assignments: Iterable[DocAssignment]
) -> tuple[DocTask, ...]:
    """Tasks; those that an absence would move ignore it, since GanttProject does not move them."""
    busy: dict[int, list[DocException]] = {}
    for made in assignments:
        if made.resource in away:
            busy.setdefault(made.task, []).extend(away[made.resource].exceptions)
    return tuple(
        replace(task, ignores_resource_calendars=True)
        if any(_meets(task, absence) for absence in busy.get(task.uid, ()))
        else task
        for task in tasks
    )


def _meets(task: DocTask, absence: DocException) -> bool:
    if task.start is None or task.finish is None:
        return False
    return absence.first <= task.finish.date() and task.start.date() <= absence.last
