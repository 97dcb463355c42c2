"""Small plans for tests of the scheduling engine: calendars, moments as text, activities."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import Calendar, moment, of_datetime
from crm_pilot.planning.terms import LagUnit, LinkKind

DAY = 480  # minutes of a working day
OFFICE_DAY = ((480, 720), (780, 1020))
OFFICE = Calendar((OFFICE_DAY,) * 5 + ((), ()))
EVERY_DAY = Calendar((OFFICE_DAY,) * 7)
MORNINGS = Calendar((((480, 720),),) * 5 + ((), ()))
NIGHTS = Calendar((((0, 180), (240, 480), (1380, 1440)),) * 6 + ((),))
START = "2026-01-05 08:00"  # a Monday


def when(text: str) -> int:
    """A moment."""
    return of_datetime(dt.datetime.fromisoformat(text))


def told(value: int) -> str:
    """A moment as text."""
    return moment(value).isoformat(" ", "minutes")


def task(key: int, days: float = 1, **more: Any) -> Activity:
    """An activity of some working days."""
    return Activity(key, duration=round(days * DAY), **more)


def link(
    before: int,
    after: int,
    kind: LinkKind = LinkKind.FS,
    lag: int = 0,
    unit: LagUnit = LagUnit.WORKING,
) -> Dependency:
    """A link, its key made of both ends."""
    return Dependency(before * 1000 + after, before, after, kind, lag, unit)


def schedule(*parts: Activity | Dependency, start: str = START, **more: Any) -> Schedule:
    """A schedule of activities and links."""
    more.setdefault("calendar", OFFICE)
    return Schedule(
        [part for part in parts if isinstance(part, Activity)],
        [part for part in parts if isinstance(part, Dependency)],
        start=when(start),
        **more,
    )


def dates(plan: Schedule, key: int) -> tuple[str, str]:
    """Start and finish as text."""
    start, finish = plan.dates(key)
    return told(start), told(finish)
