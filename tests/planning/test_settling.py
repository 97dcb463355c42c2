"""What follows from an edit is written with it: automatic lines, their dates, one step to undo."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_pilot.errors import UserError
from crm_pilot.i18n import msg
from crm_pilot.planning import queries
from crm_pilot.planning.announcements import SetBaseline
from crm_pilot.planning.calendars import write_shifts, write_week
from crm_pilot.planning.commands import AddLinks, MoveTask, SetPercent, SetTaskDates
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import (
    SetActual,
    SetAssignments,
    SetConstraint,
    SetDuration,
    SetLink,
    SetMode,
    SetPredecessors,
    SetRemaining,
    SetStart,
)
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from crm_pilot.project import Add, Project, Remove, SetField, SetFields, Several

TODAY = dt.date(2026, 11, 21)
DAY = 480


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def plan(project: Project) -> Project:
    """A project of November 2026 in France."""
    project.execute(SetField("project", 1, "starts_on", day("2026-11-02")))
    return project


def add(plan: Project, title: str, start: str = "", finish: str = "", **more: Any) -> int:
    values: dict[str, Any] = {"title": title, **more}
    if start:
        values |= {"start": day(start), "finish": day(finish or start)}
    return int(plan.execute(Add("task", values)))


def row(plan: Project, key: int) -> TaskRow:
    return next(found for found in queries.tasks(plan.reader) if found.id == key)


def dates(plan: Project, key: int) -> tuple[str, str]:
    found = row(plan, key)
    return str(found.start), str(found.finish)


def state(plan: Project) -> list[tuple[Any, ...]]:
    return plan.reader.select("SELECT * FROM task ORDER BY id")


def test_a_line_with_dates_is_taken_into_care(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20")
    found = row(plan, key)
    assert (found.mode, found.duration) == (Mode.AUTO, 5 * DAY)
    assert found.constraint_kind is ConstraintKind.SNET
    assert found.constraint_at == dt.datetime(2026, 11, 16, 8)
    assert dates(plan, key) == ("2026-11-16", "2026-11-20")


def test_what_the_engine_would_not_find_stays_by_hand(plan: Project) -> None:
    saturday = add(plan, "a", "2026-11-14", "2026-11-17")
    assert row(plan, saturday).mode is Mode.MANUAL
    assert dates(plan, saturday) == ("2026-11-14", "2026-11-17")


def test_what_prepares_the_project_may_come_before_its_first_day(plan: Project) -> None:
    key = add(plan, "b", "2026-10-05", "2026-10-09")
    assert row(plan, key).mode is Mode.AUTO
    assert dates(plan, key) == ("2026-10-05", "2026-10-09")
    plan.execute(SetConstraint(key, ConstraintKind.ASAP))
    assert dates(plan, key) == ("2026-11-02", "2026-11-06")


def test_a_weekend_counts_on_the_clock(plan: Project) -> None:
    key = add(plan, "Switch-over", "2026-11-14", "2026-11-15")
    found = row(plan, key)
    assert (found.mode, found.elapsed, found.duration) == (Mode.AUTO, True, 2 * 1440)
    live = add(plan, "Go-live", "2026-11-14", kind="milestone")
    assert dates(plan, live) == ("2026-11-14", "2026-11-14")
    assert row(plan, live).mode is Mode.AUTO


def test_a_link_pushes_what_waits_and_undo_is_one_step(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-18", "2026-11-19")
    c = add(plan, "c", "2026-11-20", kind="milestone")
    before = state(plan)
    plan.execute(AddLinks((a, b, c)))
    assert dates(plan, b) == ("2026-11-23", "2026-11-24")
    assert dates(plan, c) == ("2026-11-24", "2026-11-24")
    linked = state(plan)
    plan.undo()
    assert state(plan) == before
    plan.redo()
    assert state(plan) == linked


def test_moving_the_first_moves_all_that_wait(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-23", "2026-11-24")
    plan.execute(AddLinks((a, b)))
    plan.execute(MoveTask(a, 7))
    assert dates(plan, a) == ("2026-11-23", "2026-11-27")
    assert dates(plan, b) == ("2026-11-30", "2026-12-01")
    plan.execute(MoveTask(a, -7))
    assert dates(plan, a) == ("2026-11-16", "2026-11-20")
    assert dates(plan, b) == ("2026-11-23", "2026-11-24")  # its own start still holds it


def test_lines_that_came_linked_follow_their_link_alone(plan: Project) -> None:
    a = {"id": 51, "title": "a", "start": day("2026-11-16"), "finish": day("2026-11-20")}
    b = {"id": 52, "title": "b", "start": day("2026-11-23"), "finish": day("2026-11-24")}
    link = Add("link", {"predecessor_id": 51, "successor_id": 52})
    plan.execute(Several((Add("task", a), Add("task", b), link), msg("Add two lines")))
    assert row(plan, 52).constraint_kind is ConstraintKind.ASAP
    plan.execute(SetDuration(51, 3 * DAY))
    assert dates(plan, 51) == ("2026-11-16", "2026-11-18")
    assert dates(plan, 52) == ("2026-11-19", "2026-11-20")


def test_a_move_over_a_holiday_keeps_the_duration(plan: Project) -> None:
    key = add(plan, "a", "2026-12-14", "2026-12-18")
    plan.execute(MoveTask(key, 7))  # 25 December is not worked in France
    assert dates(plan, key) == ("2026-12-21", "2026-12-28")
    assert row(plan, key).duration == 5 * DAY


def test_typed_dates(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20")
    plan.execute(SetTaskDates(key, day("2026-11-16"), day("2026-11-24")))
    assert row(plan, key).duration == 7 * DAY
    plan.execute(SetStart(key, day("2026-11-18")))
    assert dates(plan, key) == ("2026-11-18", "2026-11-26")
    plan.execute(SetStart(key, day("2026-11-18"), 13 * 60))
    assert dates(plan, key) == ("2026-11-18", "2026-11-27")
    found = row(plan, key)
    assert (found.start_minute, found.finish_minute) == (780, 720)


def test_half_days_and_hours(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-16")
    b = add(plan, "b", "2026-11-17", "2026-11-17")
    plan.execute(SetDuration(a, 240))
    assert (row(plan, a).start_minute, row(plan, a).finish_minute) == (None, 720)
    plan.execute(SetConstraint(b, ConstraintKind.ASAP))
    plan.execute(SetLink(a, b))
    found = row(plan, b)
    assert dates(plan, b) == ("2026-11-16", "2026-11-17")
    assert (found.start_minute, found.finish_minute) == (780, 720)


def test_lags_and_kinds_of_links(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-02", "2026-11-03")
    plan.execute(SetPredecessors(b, (Wait(a, LinkKind.FS, 2 * DAY),)))
    assert dates(plan, b) == ("2026-11-25", "2026-11-26")
    plan.execute(SetPredecessors(b, (Wait(a, LinkKind.SS, 1440, LagUnit.ELAPSED),)))
    assert dates(plan, b) == ("2026-11-17", "2026-11-18")
    plan.execute(SetPredecessors(b, (Wait(a, LinkKind.FF),)))
    assert dates(plan, b) == ("2026-11-19", "2026-11-20")
    plan.execute(SetPredecessors(b, (Wait(a, LinkKind.FS, -40, LagUnit.PERCENT),)))
    assert dates(plan, b) == ("2026-11-19", "2026-11-20")
    plan.execute(SetPredecessors(b, ()))
    assert dates(plan, b) == ("2026-11-02", "2026-11-03")


def test_a_circle_is_named_and_nothing_changes(plan: Project) -> None:
    a, b, c = (add(plan, name, "2026-11-16", "2026-11-20") for name in "abc")
    plan.execute(AddLinks((a, b, c)))
    before = state(plan)
    with pytest.raises(UserError) as refused:
        plan.execute(SetLink(c, a))
    text = str(refused.value)
    assert all(f"“{name}”" in text for name in "abc")
    assert state(plan) == before
    plan.execute(MoveTask(a, 7))  # the plan still works
    assert dates(plan, c) == ("2026-12-07", "2026-12-11")


def test_a_circle_through_a_phase(plan: Project) -> None:
    phase = add(plan, "phase", kind="phase")
    inside = add(plan, "inside", "2026-11-16", "2026-11-20", parent_id=phase)
    other = add(plan, "other", "2026-11-16", "2026-11-20")
    plan.execute(SetLink(inside, other))
    with pytest.raises(UserError):
        plan.execute(SetLink(other, phase))
    with pytest.raises(UserError):
        plan.execute(SetLink(inside, phase))


def test_a_phase_can_wait(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    phase = add(plan, "phase", kind="phase")
    inside = add(plan, "inside", "2026-11-16", "2026-11-20", parent_id=phase)
    plan.execute(SetLink(a, phase))
    assert dates(plan, inside) == ("2026-11-23", "2026-11-27")


def test_progress_pins_a_line(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-23", "2026-11-24")
    plan.execute(AddLinks((a, b)))
    plan.execute(SetPercent(b, 10))
    assert row(plan, b).actual_start == dt.datetime(2026, 11, 23, 8)
    plan.execute(SetPercent(b, 100))
    assert row(plan, b).actual_finish == dt.datetime(2026, 11, 24, 17)
    plan.execute(SetPercent(b, 0))
    assert (row(plan, b).actual_start, row(plan, b).actual_finish) == (None, None)
    plan.execute(SetActual(b, dt.datetime(2026, 11, 24, 8), dt.datetime(2026, 11, 26, 17)))
    found = row(plan, b)
    assert (found.percent, found.duration) == (100, 3 * DAY)
    assert dates(plan, b) == ("2026-11-24", "2026-11-26")


def test_remaining_work(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20")
    plan.execute(SetPercent(key, 40))
    plan.execute(SetRemaining(key, 5 * DAY))  # three days were left
    found = row(plan, key)
    assert (found.duration, found.percent, found.work) == (7 * DAY, 29, 7 * DAY)
    assert dates(plan, key) == ("2026-11-16", "2026-11-24")


def test_an_absence_moves_the_work(plan: Project) -> None:
    faure = plan.execute(Add("person", {"last_name": "Faure"}))
    diallo = plan.execute(Add("person", {"last_name": "Diallo"}))
    key = add(plan, "a", "2026-11-16", "2026-11-20", owner_id=faure)
    absence = {"person_id": faure, "first": day("2026-11-18"), "last": day("2026-11-18")}
    away = plan.execute(Add("absence", absence))
    assert dates(plan, key) == ("2026-11-16", "2026-11-23")
    plan.execute(SetFields("absence", away, {"part": "afternoon"}))
    assert (dates(plan, key)[1], row(plan, key).finish_minute) == ("2026-11-23", 720)
    plan.execute(SetAssignments(key, ((diallo, 100),)))
    assert dates(plan, key) == ("2026-11-16", "2026-11-20")
    plan.execute(SetAssignments(key, ()))
    assert dates(plan, key)[1] == "2026-11-23"
    plan.execute(Remove("absence", (away,)))
    assert dates(plan, key) == ("2026-11-16", "2026-11-20")


def test_a_closure_and_a_calendar_of_four_days(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20")
    office = ((480, 720), (780, 1020))
    week = write_week({**dict.fromkeys(range(4), office), 4: (), 5: (), 6: ()})
    four = plan.execute(Add("calendar", {"name": "Four days", "week": week, "country": "FR"}))
    plan.execute(SetField("project", 1, "calendar_id", four))
    assert dates(plan, key) == ("2026-11-16", "2026-11-23")
    closed = {"calendar_id": four, "name": "Fermeture", "shifts": write_shifts(())}
    days = {"first": day("2026-11-17"), "last": day("2026-11-17")}
    plan.execute(Add("calendar_exception", closed | days))
    assert dates(plan, key) == ("2026-11-16", "2026-11-24")
    plan.undo()
    plan.undo()
    assert dates(plan, key) == ("2026-11-16", "2026-11-20")
    plan.execute(SetStart(key, day("2026-11-17")))
    assert dates(plan, key) == ("2026-11-17", "2026-11-23")


def test_a_calendar_without_working_time_is_refused(plan: Project) -> None:
    add(plan, "a", "2026-11-16", "2026-11-20")
    never = plan.execute(
        Add("calendar", {"name": "Never", "week": write_week(dict.fromkeys(range(7), ()))})
    )
    before = state(plan)
    with pytest.raises(UserError):
        plan.execute(SetField("project", 1, "calendar_id", never))
    assert state(plan) == before


def test_modes(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-23", "2026-11-24")
    plan.execute(AddLinks((a, b)))
    plan.execute(SetMode((b,), Mode.MANUAL))
    plan.execute(MoveTask(a, 7))
    assert dates(plan, b) == ("2026-11-23", "2026-11-24")
    assert [link.broken for link in queries.links(plan.reader)] == [True]
    plan.execute(SetDuration(b, DAY))
    assert dates(plan, b) == ("2026-11-23", "2026-11-23")
    plan.execute(SetMode((b,), Mode.AUTO))
    assert dates(plan, b) == ("2026-11-30", "2026-11-30")


def test_a_line_that_is_not_planned_gets_its_place_from_a_link(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b")
    assert row(plan, b).start is None
    plan.execute(SetLink(a, b))
    assert dates(plan, b) == ("2026-11-23", "2026-11-23")


def test_deleting_a_linked_line_keeps_the_rest(plan: Project) -> None:
    a, b, c = (add(plan, name, "2026-11-16", "2026-11-20") for name in "abc")
    plan.execute(AddLinks((a, b, c)))
    plan.execute(Remove("task", (b,)))
    assert dates(plan, a) == ("2026-11-16", "2026-11-20")
    assert dates(plan, c) == ("2026-11-16", "2026-11-20")
    plan.undo()
    assert dates(plan, c) == ("2026-11-30", "2026-12-04")
    plan.execute(SetDuration(a, 10 * DAY))
    assert dates(plan, c) == ("2026-12-07", "2026-12-11")


def test_a_milestone_that_is_pushed_is_announced(plan: Project) -> None:
    plan.execute(SetField("project", 1, "status_date", TODAY))
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    live = add(plan, "live", "2026-11-20", kind="milestone")
    plan.execute(AddLinks((a, live)))
    plan.execute(SetBaseline("first", TODAY))
    plan.execute(SetDuration(a, 7 * DAY))
    assert plan.reader.select("SELECT task_id, reported_on, expected_on FROM forecast") == [
        (live, "2026-11-21", "2026-11-24")
    ]


def test_timings(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    b = add(plan, "b", "2026-11-16", "2026-11-17")
    c = add(plan, "c", "2026-11-20", kind="milestone")
    plan.execute(AddLinks((a, c)))
    plan.execute(AddLinks((b, c)))
    timing = queries.timings(plan.reader)
    assert (timing[a].total_slack, timing[a].critical) == (0, True)
    assert (timing[b].total_slack, timing[b].critical) == (3 * DAY, False)
    plan.execute(SetDuration(b, 6 * DAY))
    timing = queries.timings(plan.reader)
    assert (timing[a].total_slack, timing[b].critical) == (DAY, True)
    plan.undo()
    timing = queries.timings(plan.reader)
    assert (timing[a].total_slack, timing[b].critical) == (0, False)


def test_a_go_live_is_a_promise_that_leaves_no_slack_before_it(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    side = add(plan, "side", "2026-11-16", "2026-11-18")
    live = add(plan, "live", "2026-11-20", kind="milestone", mark="go_live")
    add(plan, "long after", "2026-11-16", "2027-01-29")
    plan.execute(AddLinks((a, live)))
    plan.execute(AddLinks((side, live)))
    timing = queries.timings(plan.reader)
    assert [timing[key].total_slack for key in (a, side, live)] == [0, 2 * DAY, 0]
    plan.execute(SetDuration(a, 7 * DAY))
    timing = queries.timings(plan.reader)
    assert [timing[key].total_slack for key in (a, side, live)] == [0, 4 * DAY, 0]
    plan.execute(SetPercent(live, 100))  # reached: what is left counts to the end of the plan
    assert queries.timings(plan.reader)[side].total_slack > 20 * DAY


def test_a_half_day_does_not_break_a_link(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-16")
    b = add(plan, "b", "2026-11-16", "2026-11-16")
    plan.execute(SetDuration(a, 240))
    plan.execute(SetDuration(b, 240))
    plan.execute(SetLink(a, b))
    assert dates(plan, a) == dates(plan, b) == ("2026-11-16", "2026-11-16")
    assert [link.broken for link in queries.links(plan.reader)] == [False]
    plan.execute(SetMode((b,), Mode.MANUAL))
    plan.execute(SetTaskDates(b, day("2026-11-16"), day("2026-11-16")))
    assert [link.broken for link in queries.links(plan.reader)] == [True]


def together(plan: Project, *commands: Any) -> None:
    plan.execute(Several(commands, msg("Add lines")))


def test_a_milestone_that_came_with_its_day_falls_when_its_link_says(plan: Project) -> None:
    work = {"id": 61, "title": "a", "start": day("2026-11-16"), "finish": day("2026-11-20")}
    point = {"id": 62, "title": "b", "start": day("2026-11-20"), "finish": day("2026-11-20")}
    link = Add("link", {"predecessor_id": 61, "successor_id": 62})
    together(plan, Add("task", work), Add("task", {**point, "kind": "milestone"}), link)
    found = row(plan, 62)
    assert (found.mode, found.constraint_kind) == (Mode.AUTO, ConstraintKind.ASAP)
    assert (dates(plan, 62)[0], found.start_minute) == ("2026-11-20", 17 * 60)


def test_a_new_length_begins_with_the_project_and_a_typed_one_today(plan: Project) -> None:
    plan.execute(SetField("project", 1, "status_date", TODAY))
    assert dates(plan, add(plan, "new", duration=DAY)) == ("2026-11-02", "2026-11-02")
    later = add(plan, "not planned yet")
    plan.execute(SetDuration(later, DAY))  # on a Saturday
    assert dates(plan, later) == ("2026-11-23", "2026-11-23")


def test_no_later_than_also_holds_what_waits_for_nothing(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20")
    limit = dt.datetime(2026, 10, 20, 8)
    plan.execute(SetConstraint(key, ConstraintKind.SNLT, limit))
    assert dates(plan, key) == ("2026-10-20", "2026-10-26")
    plan.execute(SetConstraint(key, ConstraintKind.FNLT, dt.datetime(2026, 10, 30, 17)))
    assert dates(plan, key) == ("2026-10-26", "2026-10-30")


def test_the_milestone_of_a_wave_is_a_promise_too(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    live = add(plan, "live", "2026-11-20", kind="milestone")
    add(plan, "long after", "2026-11-16", "2027-01-29")
    plan.execute(AddLinks((a, live)))
    assert queries.timings(plan.reader)[a].total_slack > 0
    plan.execute(Add("wave", {"name": "Wave 1", "milestone_id": live}))
    assert queries.timings(plan.reader)[a].total_slack == 0


def test_lines_of_a_phase_that_no_longer_waits_begin_with_the_project(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    phase = add(plan, "phase", kind="phase")
    inside = add(plan, "inside", "2026-11-16", "2026-11-20", parent_id=phase)
    plan.execute(SetConstraint(inside, ConstraintKind.ASAP))
    assert dates(plan, inside) == ("2026-11-02", "2026-11-06")
    link = plan.execute(SetLink(a, phase))
    assert dates(plan, inside) == ("2026-11-23", "2026-11-27")
    plan.execute(Remove("link", (link,)))
    assert dates(plan, inside) == ("2026-11-02", "2026-11-06")


def test_dates_over_an_absence_are_kept(plan: Project) -> None:
    faure = plan.execute(Add("person", {"last_name": "Faure"}))
    away = {"person_id": faure, "first": day("2026-11-18"), "last": day("2026-11-18")}
    plan.execute(Add("absence", away))
    key = add(plan, "a", "2026-11-16", "2026-11-20", owner_id=faure)
    assert (row(plan, key).mode, row(plan, key).duration) == (Mode.AUTO, 4 * DAY)
    assert dates(plan, key) == ("2026-11-16", "2026-11-20")


@pytest.mark.parametrize(
    ("part", "minutes"), [("morning", (780, None)), ("afternoon", (None, 720))]
)
def test_half_a_day_away(plan: Project, part: str, minutes: tuple[int | None, int | None]) -> None:
    faure = plan.execute(Add("person", {"last_name": "Faure"}))
    away = {"person_id": faure, "first": day("2026-11-18"), "last": day("2026-11-18")}
    plan.execute(Add("absence", {**away, "part": part}))
    key = add(plan, "a", "2026-11-18", duration=240, owner_id=faure)
    found = row(plan, key)
    assert (found.start_minute, found.finish_minute) == minutes


def test_finished_work_moves_with_both_its_actual_dates(plan: Project) -> None:
    key = add(plan, "a", "2026-11-16", "2026-11-20", percent=100)
    plan.execute(MoveTask(key, 7))
    found = row(plan, key)
    assert found.actual_start == dt.datetime(2026, 11, 23, 8)
    assert found.actual_finish == dt.datetime(2026, 11, 27, 17)


def test_a_move_jumps_over_days_off_in_its_direction(plan: Project) -> None:
    key = add(plan, "a", "2026-11-10", "2026-11-10")
    plan.execute(MoveTask(key, 1))  # Armistice
    assert dates(plan, key) == ("2026-11-12", "2026-11-12")
    plan.execute(MoveTask(key, -1))
    assert dates(plan, key) == ("2026-11-10", "2026-11-10")
    plan.execute(MoveTask(key, 4))  # a Saturday
    assert dates(plan, key) == ("2026-11-16", "2026-11-16")


def test_what_follows_is_announced_on_the_day_of_the_command(plan: Project) -> None:
    a = add(plan, "a", "2026-11-16", "2026-11-20")
    live = add(plan, "live", "2026-11-20", kind="milestone")
    plan.execute(AddLinks((a, live)))
    plan.execute(SetBaseline("first", TODAY))
    plan.execute(MoveTask(a, 7, dt.date(2026, 12, 1)))
    assert plan.reader.select("SELECT reported_on FROM forecast") == [("2026-12-01",)]


def test_without_a_first_day_a_line_stays_where_its_phase_left_it(project: Project) -> None:
    a = add(project, "a", "2026-11-16", "2026-11-20")
    phase = add(project, "phase", kind="phase")
    inside = add(project, "inside", "2026-11-16", "2026-11-20", parent_id=phase)
    project.execute(SetConstraint(inside, ConstraintKind.ASAP))
    link = project.execute(SetLink(a, phase))
    assert dates(project, inside) == ("2026-11-23", "2026-11-27")
    project.execute(Remove("link", (link,)))
    assert dates(project, inside) == ("2026-11-23", "2026-11-27")
