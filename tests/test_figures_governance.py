"""The figures of governance for machines: the same as plain SQL counts them, nobody's position."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from crm_pilot.figures import collect
from crm_pilot.project import Project

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def told(demo_files: dict[str, Path]) -> dict:
    with Project.open(demo_files["en"], read_only=True) as project:
        return collect(project.reader, TODAY, room="governance")["governance"]


def count(demo: Path, sql: str) -> int:
    with Project.open(demo, read_only=True) as project:
        return int(project.reader.value(sql))


def test_last_and_next_are_steering_committees_with_agenda_and_guests(told: dict) -> None:
    assert (told["last"]["number"], told["next"]["number"]) == (6, 7)
    assert told["next"]["kind"] == "steering"
    assert sum(point["minutes"] for point in told["next"]["agenda"]) == told["next"]["minutes"]
    assert {one["presence"] for one in told["next"]["participants"]} == {"invited"}
    assert "excused" in {one["presence"] for one in told["last"]["participants"]}


@pytest.mark.parametrize(
    ("key", "sql"),
    [
        ("committees", "SELECT count(*) FROM committee"),
        ("decisions", "SELECT count(*) FROM decision"),
        ("actions", "SELECT count(*) FROM committee_action"),
        ("risks", "SELECT count(*) FROM risk"),
        ("problems", "SELECT count(*) FROM problem"),
        ("follow_up", "SELECT count(*) FROM decision WHERE status IN ('validated', 'in_progress')"),
        (
            "risk_matrix",
            "SELECT count(DISTINCT probability * 10 + impact) FROM risk WHERE status = 'open'",
        ),
    ],
)
def test_rows_are_those_of_the_file(
    told: dict, demo_files: dict[str, Path], key: str, sql: str
) -> None:
    assert len(told[key]) == count(demo_files["en"], sql)


@pytest.mark.parametrize(
    ("key", "sql"),
    [
        (
            "decisions",
            "SELECT count(*) FROM decision WHERE status <> 'closed' AND due_on < '2026-11-21'",
        ),
        (
            "actions",
            "SELECT count(*) FROM committee_action a JOIN task t ON t.id = a.task_id"
            " WHERE t.percent < 100 AND t.finish < '2026-11-21'",
        ),
        (
            "problems",
            "SELECT count(*) FROM problem WHERE status <> 'closed' AND due_on < '2026-11-21'",
        ),
        (
            "risks",
            "SELECT count(*) FROM risk WHERE status = 'open' AND due_on < '2026-11-21'",
        ),
    ],
)
def test_what_is_late_is_late_in_plain_sql(
    told: dict, demo_files: dict[str, Path], key: str, sql: str
) -> None:
    assert sum(row["late"] for row in told[key]) == count(demo_files["en"], sql)


def test_the_trend_of_risks_is_that_of_plain_sql(told: dict, demo_files: dict[str, Path]) -> None:
    with Project.open(demo_files["en"], read_only=True) as project:
        counted = project.reader.select(
            "SELECT r.code, CASE WHEN r.status = 'closed' OR t.id IS NULL THEN NULL"
            " WHEN r.probability * r.impact > t.probability * t.impact THEN 'worse'"
            " WHEN r.probability * r.impact < t.probability * t.impact THEN 'better'"
            " ELSE 'stable' END FROM risk r LEFT JOIN risk_rating t ON t.risk_id = r.id"
            " AND t.rated_on = (SELECT max(rated_on) FROM risk_rating WHERE risk_id = r.id"
            " AND rated_on <= (SELECT max(held_on) FROM committee WHERE kind = 'steering'"
            " AND held_on < '2026-11-21'))"
        )
    assert told["risk_trend"] == dict(counted)


def test_the_raci_says_its_fault_and_the_budget_is_there(told: dict) -> None:
    (fault,) = told["raci"]["faults"]
    assert (fault["line"], fault["fault"]) == ("Quality of records after cut-over", "many_a")
    assert told["raci"]["lines"][0]["letters"]["Sponsor"] == "A"
    assert told["budget"]["baseline_cents"] == 45_000_000


def test_an_empty_project_tells_nothing_as_zero(project: Project) -> None:
    told = collect(project.reader, TODAY, room="governance")["governance"]
    assert told["last"] is None and told["next"] is None
    assert told["actions"] == told["risks"] == told["problems"] == told["decisions"] == []
    assert told["raci"] == {"actors": [], "lines": [], "faults": []}
    json.dumps(told)
