"""Exports of the lateral project, edited and imported: what is new, and which rules are kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.project import Add, Project, SetFields
from tests.exchange.test_export_edited import Rows, edited, plan, put, told


@pytest.fixture
def lateral(project: Project) -> Project:
    """Two groups with a rating and a tie, an action on a line of the plan, a warning put aside."""
    days = {"starts_on": dt.date(2026, 1, 12), "status_date": dt.date(2026, 11, 16)}
    project.execute(SetFields("project", 1, days))
    for name in ("Nord", "Sud"):
        project.execute(Add("stakeholder", {"name": name, "headcount": 9}))
    rating = {"stakeholder_id": 1, "rated_on": dt.date(2026, 5, 19), "synergy": 2, "antagonism": 1}
    project.execute(Add("rating", rating | {"fact": "Vu"}))
    project.execute(Add("stakeholder_tie", {"from_id": 1, "to_id": 2}))
    for title in ("Atelier", "Visite"):
        project.execute(Add("task", {"title": title}))
    project.execute(Add("influence", {"task_id": 1, "stakeholder_id": 1}))
    day = dt.date(2026, 5, 19)
    project.execute(Add("lateral_project", {"title": "Tournée", "noted_on": day}))
    project.execute(Add("snooze", {"rule": "hours", "reason": "Prévu", "set_on": day}))
    return project


def add(*values: str) -> Any:
    """A new row: its cells behind the number."""

    def edit(rows: Rows) -> None:
        rows.append(["", *values])

    return edit


def test_new_rows_come_in_one_step(lateral: Project, tmp_path: Path) -> None:
    line = add("2", "", "Sud", "Tournée terrain", "Nord", "Tournée")
    found = plan(lateral, edited(lateral, tmp_path, "influence-actions", line))
    assert told(found) == []
    lateral.execute(exchange.apply_command(found))
    assert lateral.reader.select(
        "SELECT task_id, stakeholder_id, kind, ally_id, lateral_id FROM influence ORDER BY id"
    ) == [(1, 1, "meeting", None, None), (2, 2, "field", 1, 1)]
    lateral.undo()
    assert lateral.reader.value("SELECT count(*) FROM influence") == 1


WRONG = [
    ("ties", add("Sud", "influence", "Sud"), "a tie needs two different stakeholders"),
    ("ties", add("Nord", "influence", "Sud"), "already used; it must be there once only"),
    ("influence-actions", add("1", "", "Sud", "", "", ""), "already used"),
    ("influence-actions", add("9", "", "Sud", "", "", ""), "there is no row with the No. 9"),
    ("snoozes", add("hours", "", "Autre", "2026-05-20", ""), "already used"),
    ("ratings", put(1, "Cotée le", "17/11/2026"), "a rating cannot lie in the future"),
    ("ratings", put(1, "Cotée le", "11/01/2026"), "before the project"),
    ("ratings", put(1, "Synergie", "5"), "not a whole number from 1 to 4"),
    ("stakeholders", put(1, "Ordre d’entrée en scène", "8"), "not a whole number from 1 to 7"),
]


@pytest.mark.parametrize(("table", "edit", "why"), WRONG)
def test_rules_are_kept(lateral: Project, tmp_path: Path, table: str, edit: Any, why: str) -> None:
    found = plan(lateral, edited(lateral, tmp_path, table, edit))
    assert not found.ok
    assert why in told(found)[0]


def test_another_subject_of_the_same_warning_is_another(lateral: Project, tmp_path: Path) -> None:
    other = add("hours", "3", "Autre", "2026-05-20", "")
    found = plan(lateral, edited(lateral, tmp_path, "snoozes", other))
    assert told(found) == []
    lateral.execute(exchange.apply_command(found))
    assert lateral.reader.value("SELECT count(*) FROM snooze") == 2


def test_a_rating_that_is_wrong_already_does_not_stop_others(
    lateral: Project, tmp_path: Path
) -> None:
    lateral.execute(SetFields("project", 1, {"starts_on": dt.date(2026, 6, 1)}))
    found = plan(lateral, edited(lateral, tmp_path, "ratings", put(1, "Fait observé", "Entendu")))
    assert told(found) == []
