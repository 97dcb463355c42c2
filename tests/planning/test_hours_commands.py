"""Calendars and absences: what they move, what is refused, and that undo puts all back."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.people.terms import DayPart
from crm_pilot.planning import hours_queries, queries
from crm_pilot.planning.calendars import OFFICE, OFFICE_WEEK
from crm_pilot.planning.hours_commands import (
    AddAbsence,
    AddCalendar,
    AddClosure,
    RenameCalendar,
    SetDays,
    SetWeek,
    day_and_week,
)
from crm_pilot.planning.rows import TaskRow
from crm_pilot.project import Project, SetField
from tests.planning.example import TODAY, fill_with_baseline

SEVEN = ((540, 720), (780, 1020))  # 9 to 12, 13 to 17


@pytest.fixture
def keys(project: Project) -> dict[str, int]:
    project.execute(SetField("project", 1, "status_date", TODAY))
    return fill_with_baseline(project)


def row(project: Project, key: int) -> TaskRow:
    return next(one for one in queries.tasks(project.reader) if one.id == key)


def test_a_closure_moves_what_lies_in_it(project: Project, keys: dict[str, int]) -> None:
    calendar = project.execute(AddCalendar("Company", "FR", of_project=True))
    before = row(project, keys["checks"])
    day = before.finish
    assert day is not None
    project.execute(AddClosure(calendar, "Inventory", day, day))
    assert row(project, keys["checks"]).finish > day
    (kept,) = hours_queries.exceptions(project.reader, calendar)
    assert (kept.name, kept.first, kept.last, kept.shifts) == ("Inventory", day, day, ())
    project.undo()
    assert row(project, keys["checks"]) == before


def test_an_absence_moves_the_work_of_the_person(project: Project, keys: dict[str, int]) -> None:
    project.execute(SetField("task", keys["checks"], "owner_id", keys["faure"]))
    before = row(project, keys["checks"])
    first = before.start
    assert first is not None and before.finish is not None
    project.execute(AddAbsence(keys["faure"], first, first + dt.timedelta(days=1)))
    moved = row(project, keys["checks"])
    assert moved.start > first and moved.finish > before.finish
    (kept,) = hours_queries.absences(project.reader)
    assert (kept.person, kept.part) == ("N. Faure", DayPart.DAY)
    project.undo()
    assert row(project, keys["checks"]) == before


def test_a_day_of_seven_hours_keeps_what_lasts_ten_days(
    project: Project, keys: dict[str, int]
) -> None:
    calendar = project.execute(AddCalendar("Company", "FR", of_project=True))
    before = {one.id: (one.start, one.finish) for one in queries.tasks(project.reader)}
    length = row(project, keys["checks"]).duration
    assert length is not None
    project.execute(SetWeek(calendar, (SEVEN,) * 5 + ((),) * 2))
    card = hours_queries.card(project.reader)
    assert (card.day_minutes, card.week_minutes) == (420, 2100)
    assert row(project, keys["checks"]).duration == length * 420 // 480
    assert {one.id: (one.start, one.finish) for one in queries.tasks(project.reader)} == before
    project.undo()
    assert row(project, keys["checks"]).duration == length


def test_lengths_may_also_stay_in_hours(project: Project, keys: dict[str, int]) -> None:
    calendar = project.execute(AddCalendar("Company", "FR", of_project=True))
    before = row(project, keys["checks"])
    project.execute(SetWeek(calendar, (SEVEN,) * 5 + ((),) * 2, keep_days=False))
    after = row(project, keys["checks"])
    assert after.duration == before.duration
    assert after.finish > before.finish


def test_a_calendar_without_working_time_is_refused(project: Project, keys: dict[str, int]) -> None:
    calendar = project.execute(AddCalendar("Company", of_project=True))
    with pytest.raises(UserError):
        project.execute(SetWeek(calendar, ((),) * 7))
    (kept,) = hours_queries.calendars(project.reader)
    assert kept.week == OFFICE_WEEK


def test_names_are_told_apart(project: Project, keys: dict[str, int]) -> None:
    first = project.execute(AddCalendar("Company"))
    with pytest.raises(UserError):
        project.execute(AddCalendar(" Company "))
    with pytest.raises(UserError):
        project.execute(AddCalendar("  "))
    project.execute(RenameCalendar(first, "House"))
    project.execute(AddCalendar("Company"))
    assert [one.name for one in hours_queries.calendars(project.reader)] == ["Company", "House"]


def test_days_stay_in_order(project: Project, keys: dict[str, int]) -> None:
    first, last = dt.date(2026, 12, 1), dt.date(2026, 12, 3)
    key = project.execute(AddAbsence(keys["faure"], first, last))
    project.execute(SetDays("absence", key, first=dt.date(2026, 12, 8)))
    (kept,) = hours_queries.absences(project.reader)
    assert kept.first == kept.last == dt.date(2026, 12, 8)
    project.execute(SetDays("absence", key, last=first))
    (kept,) = hours_queries.absences(project.reader)
    assert kept.first == kept.last == first
    with pytest.raises(UserError):
        project.execute(AddAbsence(keys["faure"], last, first))


def test_workers_and_uses(project: Project, keys: dict[str, int]) -> None:
    calendar = project.execute(AddCalendar("Part time", of_project=True))
    project.execute(SetField("person", keys["faure"], "calendar_id", calendar))
    project.execute(AddAbsence(keys["faure"], TODAY, TODAY))
    (worker,) = hours_queries.workers(project.reader, TODAY)
    assert (worker.name, worker.calendar_id, worker.away) == ("Nadia Faure", calendar, 1)
    assert hours_queries.uses(project.reader, calendar) == (True, 1, 0)


def test_the_usual_day_and_the_week() -> None:
    half = ((480, 720),)
    assert day_and_week((OFFICE,) * 4 + (half,) + ((),) * 2) == (480, 2160)
    assert day_and_week((OFFICE, half) + ((),) * 5) == (480, 720)
