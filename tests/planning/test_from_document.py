"""From a plan file to the engine: calendars with bases, who works how long, what is pinned."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from crm_pilot.planning.document import (
    DocAssignment,
    DocCalendar,
    DocException,
    DocLink,
    DocResource,
    DocTask,
    DocWeek,
    PlanDocument,
)
from crm_pilot.planning.document_hours import DocumentHours
from crm_pilot.planning.from_document import schedule_of
from crm_pilot.planning.terms import ConstraintKind
from tests.planning.plans import DAY, OFFICE_DAY, dates, told

MONDAY = dt.datetime(2026, 1, 5, 8)
STANDARD = DocCalendar(1, "Standard", (OFFICE_DAY,) * 5 + ((), ()))
INHERITS = (None,) * 7
BACK_LOADED = {"WorkContour": "<WorkContour>1</WorkContour>"}  # 60 % of the units on average
BELL = {"WorkContour": "<WorkContour>6</WorkContour>"}  # half of them
HALF_DAYS = DocCalendar(2, "Half days", (((480, 720),),) * 5 + ((), ()))


def document(*tasks: DocTask, **more: Any) -> PlanDocument:
    """A plan with a standard calendar and one with mornings only."""
    calendars = more.pop("calendars", (STANDARD, HALF_DAYS))
    return PlanDocument(start=MONDAY, calendar=1, calendars=calendars, tasks=tasks, **more)


def task(uid: int, days: float = 1, **more: Any) -> DocTask:
    """A task of some days."""
    return DocTask(uid, f"Task {uid}", duration=round(days * DAY), **more)


def test_exceptions_and_weeks_of_a_calendar_and_its_base() -> None:
    summer = DocWeek(dt.date(2026, 7, 6), dt.date(2026, 7, 12), (((420, 780),),) * 2 + (None,) * 5)
    base = replace(
        STANDARD,
        exceptions=(
            DocException(dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
            DocException(dt.date(2026, 12, 24), dt.date(2026, 12, 31)),
        ),
        weeks=(summer,),
    )
    own = DocCalendar(
        3,
        "Anne",
        (None, None, (), None, None, None, None),  # no Wednesdays
        base=1,
        exceptions=(DocException(dt.date(2026, 12, 28), dt.date(2026, 12, 28), ((480, 720),)),),
    )
    calendar = DocumentHours(document(calendars=(base, own))).of(3)
    assert calendar is not None

    def worked(year: int, month: int, day: int) -> int:
        return calendar.worked(dt.date(year, month, day).toordinal())

    assert worked(2026, 5, 1) == 0  # of the base
    assert worked(2026, 12, 28) == 240  # its own wins over that of the base
    assert worked(2026, 12, 29) == 0
    assert worked(2026, 7, 6) == 360
    assert worked(2026, 7, 8) == 0  # Wednesday, as the other week says nothing of it
    assert worked(2026, 7, 9) == DAY
    assert worked(2026, 1, 7) == 0


def test_calendars_that_are_not_there_or_never_work() -> None:
    idle = DocCalendar(5, "Idle", ((),) * 7)
    circle = (DocCalendar(6, "A", INHERITS, base=7), DocCalendar(7, "B", INHERITS, base=6))
    hours = DocumentHours(document(calendars=(STANDARD, idle, *circle)))
    assert hours.of(5) is hours.of(6) is hours.of(99) is hours.of(None) is None
    nothing = DocumentHours(PlanDocument())
    assert nothing.project.worked(MONDAY.toordinal()) == DAY


@pytest.mark.parametrize(
    ("assignment", "finish"),
    [
        ({"work": DAY}, "2026-01-05 17:00"),
        ({"work": DAY, "units": 0.5}, "2026-01-06 17:00"),
        ({"work": 2 * DAY, "units": 2.0}, "2026-01-05 17:00"),
        ({"work": DAY, "resource": 2}, "2026-01-06 12:00"),  # mornings
        ({"work": DAY, "resource": 3}, "2026-01-05 17:00"),  # paint has no hours
        ({"work": 0}, "2026-01-05 17:00"),
        (
            {"work": DAY, "extras": {"WorkContour": "<WorkContour>1</WorkContour>"}},
            "2026-01-06 14:20",
        ),
        (
            {"work": DAY, "extras": {"WorkContour": "<WorkContour>6</WorkContour>"}},
            "2026-01-06 17:00",
        ),
        ({"work": DAY, "delay": 240}, "2026-01-06 12:00"),
        ({"work": DAY, "resource": None}, "2026-01-05 17:00"),
    ],
)
def test_how_long_people_need(assignment: dict[str, Any], finish: str) -> None:
    resources = (
        DocResource(1, "Anne", calendar=1),
        DocResource(2, "Bob", calendar=2),
        DocResource(3, "Paint", kind="material"),
    )
    made = DocAssignment(**{"task": 1, "resource": 1, **assignment})
    plan = schedule_of(document(task(1), resources=resources, assignments=(made,)))
    assert dates(plan, 1)[1] == finish


def test_the_work_follows_a_fixed_duration() -> None:
    made = DocAssignment(1, 2, work=DAY)
    resources = (DocResource(2, "Bob", calendar=2),)
    fixed = task(1, 3, task_type="fixed_duration")
    plan = schedule_of(document(fixed, resources=resources, assignments=(made,)))
    assert dates(plan, 1)[1] == "2026-01-07 17:00"
    ignoring = task(1, 3, ignores_resource_calendars=True)
    plan = schedule_of(document(ignoring, resources=resources, assignments=(made,)))
    assert dates(plan, 1)[1] == "2026-01-05 17:00"


def test_splits_move_with_their_task() -> None:
    def at(day: int, hour: int) -> dt.datetime:
        return dt.datetime(2026, 1, day, hour)

    made = DocAssignment(
        2,
        None,
        start=at(5, 8),
        finish=at(8, 17),
        segments=((at(5, 8), at(5, 17)), (at(8, 8), at(8, 17))),
    )
    split = document(task(1, 2), task(2, 2), links=(DocLink(1, 2),), assignments=(made,))
    assert dates(schedule_of(split), 2) == ("2026-01-07 08:00", "2026-01-12 17:00")


def test_what_is_pinned_and_what_is_not() -> None:
    pinned = {"start": dt.datetime(2026, 1, 7, 8), "finish": dt.datetime(2026, 1, 8, 17)}
    plan = schedule_of(
        document(
            task(1, 9, **pinned),
            task(2, 9, manual=True, **pinned),
            task(3, 9, external=True, **pinned),
            task(4, 9, actual_start=pinned["start"], actual_finish=pinned["finish"]),
            DocTask(5, "no duration", **pinned),
            task(
                6,
                4,
                actual_start=MONDAY,
                remaining_duration=2 * DAY,
                stop=dt.datetime(2026, 1, 6, 17),
                resume=dt.datetime(2026, 1, 12, 8),
            ),
            links=(DocLink(2, 99), DocLink(98, 1)),
        )
    )
    assert dates(plan, 1)[0] == "2026-01-05 08:00"
    for uid in (2, 3, 4):
        assert dates(plan, uid) == ("2026-01-07 08:00", "2026-01-08 17:00")
    assert dates(plan, 5) == ("2026-01-05 08:00", "2026-01-06 17:00")
    assert dates(plan, 6)[1] == "2026-01-13 17:00"


def test_settings_of_the_file() -> None:
    parts = (task(1, 2, constraint=ConstraintKind.ALAP), task(2, 5, constraint=ConstraintKind.ALAP))
    backward = document(*parts, from_finish=True, finish=dt.datetime(2026, 1, 16, 17))
    assert dates(schedule_of(backward), 1)[0] == "2026-01-15 08:00"
    generous = document(task(1, 2), task(2, 5), critical_slack=3 * DAY)
    assert schedule_of(generous).timing(1).critical
    chains = document(task(1, 2), task(2, 5), critical_per_path=True)
    assert schedule_of(chains).timing(1).critical
    nowhere = replace(document(task(1, start=MONDAY)), start=None)
    assert told(schedule_of(nowhere).start) == "2026-01-05 08:00"
    assert schedule_of(PlanDocument()).problems() == ()
