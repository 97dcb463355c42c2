"""What can still slip before a go-live, checked against moving each line until the goal moves."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest

from crm_pilot.figures import collect
from crm_pilot.planning import can_slip, queries, schedule_figures
from crm_pilot.planning.can_slip import SlipRow
from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import Calendar, at
from crm_pilot.planning.schedule_commands import SetLink
from crm_pilot.project import Add, Project, SetFields
from tests.planning.example import TODAY, fill_with_baseline

OFFICE = ((480, 720), (780, 1020))
USUAL = Calendar((OFFICE,) * 5 + ((), ()))
MONDAY = dt.date(2026, 11, 23)
DAY = 480


def add(project: Project, title: str, start: dt.date, days: int, **more: object) -> int:
    values = {"title": title, "start": start, "finish": start, "duration": days * DAY, **more}
    if days:
        values["finish"] = start + dt.timedelta(days=days - 1)
    return project.execute(Add("task", values))  # type: ignore[arg-type,return-value]


@pytest.fixture
def plan(project: Project) -> dict[str, int]:
    """Data (3 d) and Rights (1 d) lead to Tests (1 d) and the go-live; Survey does not."""
    project.execute(SetFields("project", 1, {"country": "", "starts_on": MONDAY}))
    keys = {
        "data": add(project, "Data", MONDAY, 3),
        "rights": add(project, "Rights", MONDAY, 1),
        "tests": add(project, "Tests", MONDAY, 1),
        "survey": add(project, "Survey", MONDAY, 2),
        "live": add(project, "Go-live", MONDAY, 0, kind="milestone", mark="go_live"),
    }
    for before, after in (("data", "tests"), ("rights", "tests"), ("tests", "live")):
        project.execute(SetLink(keys[before], keys[after]))
    return keys


def shown(rows: Sequence[SlipRow]) -> list[tuple[str, int]]:
    return [(row.title, row.slip_days) for row in rows]


def test_the_least_slip_comes_first(project: Project, plan: dict[str, int]) -> None:
    rows = can_slip.rows(project.reader, MONDAY, plan["live"])
    assert shown(rows) == [("Data", 0), ("Tests", 0), ("Rights", 2)]
    assert [row.driving for row in rows] == [True, True, False]
    assert rows[2].slip_minutes == 2 * DAY


def test_done_and_inactive_lines_slip_no_more(project: Project, plan: dict[str, int]) -> None:
    project.execute(SetFields("task", plan["data"], {"percent": 100}))
    rows = can_slip.rows(project.reader, MONDAY, plan["live"])
    assert "Data" not in dict(shown(rows))


def test_days_lost_are_those_since_the_reference_plan(project: Project) -> None:
    keys = fill_with_baseline(project)
    (goal,) = can_slip.goals(project.reader, TODAY)
    assert goal.id == keys["live"]
    lost = {row.title: row.lost_days for row in can_slip.rows(project.reader, TODAY, goal.id)}
    rows = {row.title: row for row in queries.tasks(project.reader)}
    for title, days in lost.items():
        row = rows[title]
        assert row.finish is not None
        assert row.baseline_finish is not None
        assert days == (row.finish - row.baseline_finish).days


def test_goals_are_open_go_lives_else_all_open_milestones(
    project: Project, plan: dict[str, int]
) -> None:
    later = add(project, "Review", MONDAY, 0, kind="milestone")
    goals = can_slip.goals(project.reader, MONDAY)
    assert [goal.id for goal in goals] == [plan["live"]]
    project.execute(SetFields("task", plan["live"], {"mark": None}))
    assert {g.id for g in can_slip.goals(project.reader, MONDAY)} == {plan["live"], later}


def test_the_next_goal_is_the_first_that_lies_ahead() -> None:
    first = can_slip.Goal(1, "Wave 1", MONDAY - dt.timedelta(days=7))
    second = can_slip.Goal(2, "Wave 2", MONDAY)
    assert can_slip.next_goal([first, second], MONDAY) is second
    assert can_slip.next_goal([first], MONDAY) is first
    assert can_slip.next_goal([], MONDAY) is None


def test_without_a_goal_nothing_is_told(project: Project) -> None:
    assert schedule_figures.slips(project.reader, MONDAY) is None


def test_timing_of_each_line_in_figures(project: Project, plan: dict[str, int]) -> None:
    found = {line.title: line for line in schedule_figures.schedule(project.reader)}
    rights = found["Rights"]
    assert rights.early_start == dt.datetime(2026, 11, 23, 8)
    assert rights.late_finish == dt.datetime(2026, 11, 25, 17)
    assert (rights.total_slack_minutes, rights.critical) == (2 * DAY, False)
    assert found["Data"].critical
    assert found["Go-live"].baseline_slip_days is None


def test_the_json_has_timing_load_and_slips(project: Project, plan: dict[str, int]) -> None:
    owner = project.execute(Add("person", {"last_name": "Faure"}))
    project.execute(SetFields("task", plan["data"], {"owner_id": owner}))
    told = collect(project.reader, MONDAY, room="planning")["planning"]
    rights = next(line for line in told["schedule"] if line["title"] == "Rights")
    assert rights["late_start"] == "2026-11-25T08:00:00"
    assert (rights["total_slack_minutes"], rights["critical"]) == (960, False)
    assert told["load"] == [
        {
            "week_start": "2026-11-23",
            "work_person_days": 3.0,
            "available_person_days": 5.0,
            "overload_person_days": 0.0,
        }
    ]
    assert told["can_slip"]["goal"] == "Go-live"
    assert [line["slip_minutes"] for line in told["can_slip"]["lines"]] == [0, 0, 960]
    assert told["why"]["can_slip"]["data"].startswith("3 open lines before “Go-live”, 2 of")


@pytest.mark.parametrize("seed", range(12))
def test_moving_a_line_by_its_slip_keeps_the_goal_and_by_more_does_not(seed: int) -> None:
    """Every line before the goal is made longer by its slip, and by a minute more."""
    draw = random.Random(seed)
    count = 9
    lines = [Activity(key, duration=draw.randrange(1, 6) * 240) for key in range(1, count + 1)]
    links = []
    for after in range(2, count + 1):
        for before in draw.sample(range(1, after), min(after - 1, draw.randrange(1, 3))):
            lag = draw.choice([0, 0, 480])
            links.append(Dependency(len(links) + 1, before, after, lag=lag))
    start = at(MONDAY, 480)
    plan = Schedule(lines, links, start=start, calendar=USUAL)
    goal = plan.dates(count)
    slips = plan.slips(count)
    assert slips
    for line in lines[:-1]:
        if line.key not in slips:
            continue
        for more, keeps in ((0, True), (1, False)):
            longer = Activity(line.key, duration=line.duration + slips[line.key] + more)
            others = [other for other in lines if other.key != line.key]
            again = Schedule([*others, longer], links, start=start, calendar=USUAL)
            assert (again.dates(count) == goal) is keeps, (line.key, slips[line.key])
