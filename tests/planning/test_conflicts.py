"""Demands that the dates cannot keep are named, with their line and what the plan gives."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.planning.conflicts import conflicts
from crm_pilot.planning.schedule_commands import SetConstraint, SetLink, SetMode
from crm_pilot.planning.terms import ConstraintKind, LinkKind, Mode
from crm_pilot.project import Project, SetFields
from tests.planning.example import day, fill


def told(project: Project) -> list[str]:
    """Line and words of each conflict."""
    found = conflicts(project.reader)
    return [f"{one.title}: {one.words.english()}".replace("\xa0", " ") for one in found]


def test_a_plan_in_order_has_none(project: Project) -> None:
    fill(project)
    assert told(project) == []


@pytest.mark.parametrize(
    ("kind", "date", "words"),
    [
        (ConstraintKind.MSO, "2026-11-23", "Must start on 23 Nov: starts 3 Dec"),
        (ConstraintKind.FNLT, "2026-12-01", "Finish no later than 1 Dec: finishes 11 Dec"),
    ],
)
def test_an_impossible_constraint(
    project: Project, kind: ConstraintKind, date: str, words: str
) -> None:
    keys = fill(project)
    project.execute(SetFields("project", 1, {"honours_constraints": 0}))
    at = dt.datetime.combine(day(date), dt.time(8 if kind is ConstraintKind.MSO else 17))
    project.execute(SetConstraint(keys["checks"], kind, at))
    assert told(project) == [f"3rd dry run: {words}"]


def test_a_date_that_wins_over_a_link(project: Project) -> None:
    keys = fill(project)
    project.execute(SetFields("project", 1, {"honours_constraints": 1}))
    at = dt.datetime.combine(day("2026-11-23"), dt.time(8))
    project.execute(SetConstraint(keys["checks"], ConstraintKind.MSO, at))
    assert told(project) == [
        "3rd dry run: Waits for “Deduplicate customers” until 3 Dec: starts 23 Nov"
    ]


def test_a_link_into_the_end_of_a_line_by_hand(project: Project) -> None:
    keys = fill(project)
    project.execute(SetMode((keys["rights"],), Mode.MANUAL))
    project.execute(SetLink(keys["checks"], keys["rights"], LinkKind.FF))
    assert told(project) == [
        "Rights and sectors: Waits for “3rd dry run” and ends no earlier than 11 Dec:"
        " finishes 20 Nov"
    ]


def test_a_deadline(project: Project) -> None:
    keys = fill(project)
    at = dt.datetime.combine(day("2026-12-04"), dt.time(17))
    project.execute(SetFields("task", keys["checks"], {"deadline_at": at}))
    assert told(project) == ["3rd dry run: Deadline 4 Dec: finishes 11 Dec"]


def test_conflicts_come_in_outline_order_and_go_when_mended(project: Project) -> None:
    keys = fill(project)
    at = dt.datetime.combine(day("2026-12-01"), dt.time(17))
    for name in ("live", "checks"):
        project.execute(SetFields("task", keys[name], {"deadline_at": at}))
    assert [one.split(":")[0] for one in told(project)] == ["3rd dry run", "Go-live of wave 3"]
    project.execute(SetFields("task", keys["checks"], {"deadline_at": None}))
    assert [one.split(":")[0] for one in told(project)] == ["Go-live of wave 3"]
