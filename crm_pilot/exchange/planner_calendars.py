"""Calendars of GNOME Planner: day types with their hours, inherited from the calendar above."""

from __future__ import annotations

import datetime as dt
import re

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_fields import Attributes
from crm_pilot.exchange.plan_xml import Node, one_line
from crm_pilot.planning.document import DocCalendar, DocException, Shifts

WORKING, OFF, AS_BASE = 0, 1, 2  # numbers of the day types that every file has
USUAL: Shifts = ((480, 720), (780, 1020))
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?\Z")
_CLOCK = re.compile(r"(\d\d)(\d\d)\Z")


def compact_moment(text: str) -> dt.datetime:
    """A moment such as 20070222T080000Z. Raises `ValueError`."""
    found = _MOMENT.match(text)
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return dt.datetime(year, month, day, hour, minute, second)


def _clock(text: str) -> int:
    found = _CLOCK.match(text)
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def read_calendars(root: Node, problems: Problems) -> list[DocCalendar]:
    """All calendars, those below others with their base."""
    found: list[DocCalendar] = []
    top = root.every("calendars", "calendar")
    pending: list[tuple[Node, int | None, dict[int, Shifts]]] = [
        (node, None, {WORKING: USUAL}) for node in reversed(top)
    ]
    while pending:
        node, base, hours = pending.pop()
        fields = Attributes(node, problems)
        uid = fields.whole("id")
        own = hours | _hours(node, problems)
        found.append(
            DocCalendar(
                uid=uid,
                name=one_line(fields.text("name")),
                days=_week(node, own, problems, derived=base is not None),
                base=base,
                exceptions=tuple(_exceptions(node, own, problems)),
            )
        )
        pending += [(child, uid, own) for child in reversed(node.every("calendar"))]
    return found


def _hours(node: Node, problems: Problems) -> dict[int, Shifts]:
    """The hours of the day types that this calendar says itself."""
    found = {}
    for kind in node.every("overridden-day-types", "overridden-day-type"):
        shifts = []
        for interval in kind.every("interval"):
            fields = Attributes(interval, problems)
            start, end = fields.read("start", _clock), fields.read("end", _clock)
            if start is None or end is None:
                continue
            end = end or values.MIDNIGHT
            if start < end:
                shifts.append((start, end))
        found[Attributes(kind, problems).whole("id", -1)] = tuple(sorted(shifts))
    return found


def _week(
    node: Node, hours: dict[int, Shifts], problems: Problems, *, derived: bool
) -> tuple[Shifts | None, ...]:
    week = node.first("default-week")
    fields = Attributes(week, problems) if week is not None else None
    otherwise = AS_BASE if derived else OFF
    return tuple(
        _day(fields.whole(day, otherwise) if fields else otherwise, hours, derived=derived)
        for day in _WEEK
    )


def _day(kind: int, hours: dict[int, Shifts], *, derived: bool) -> Shifts | None:
    if kind == AS_BASE:
        return None if derived else ()
    return () if kind == OFF else hours.get(kind, hours[WORKING])


def _exceptions(node: Node, hours: dict[int, Shifts], problems: Problems) -> list[DocException]:
    found = []
    for day in node.every("days", "day"):
        fields = Attributes(day, problems)
        at = fields.read("date", compact_moment)
        shifts = _day(fields.whole("id", OFF), hours, derived=True)
        if at is not None and shifts is not None:
            found.append(DocException(at.date(), at.date(), shifts))
    return sorted(found, key=lambda exception: exception.first)
