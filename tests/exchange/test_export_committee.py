"""Exports of the committee room, edited and imported: codes, committees of several kinds, and what
is written down as of the day of the import."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.figures import Level
from crm_pilot.project import Add, Project, SetFields
from tests.exchange import committee_rows
from tests.exchange.test_export_edited import Rows, edited, plan, put, told

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def room(project: Project) -> Project:
    """Two persons, a line of the plan, and rows in every table of the room."""
    project.execute(SetFields("project", 1, {"status_date": TODAY}))
    for name in ("Faure", "Marchand"):
        project.execute(Add("person", {"last_name": name}))
    project.execute(Add("task", {"title": "Nettoyer", "owner_id": 1, "finish": TODAY}))
    committee_rows.fill(project)
    return project


def add(*values: str) -> Any:
    """A new row: its cells behind the number."""

    def edit(rows: Rows) -> None:
        rows.append(["", *values])

    return edit


def brought(project: Project, tmp_path: Path, table: str, edit: Any) -> None:
    """Import an edited export of one table."""
    found = plan(project, edited(project, tmp_path, table, edit))
    assert told(found) == []
    project.execute(exchange.apply_command(found))


def test_new_problems_and_actions_get_the_next_code(room: Project, tmp_path: Path) -> None:
    brought(
        room, tmp_path, "problems", add("", "Panne", "", "3", "DSI", "19/11/2026", "", "", "", "")
    )
    brought(room, tmp_path, "actions", add("", "1", "", "", "", "P7", "D-901", "", "P-93"))
    assert room.reader.select("SELECT code, severity FROM problem WHERE title = 'Panne'") == [
        ("P-93", 3)
    ]
    (row,) = room.reader.select(
        "SELECT a.task_id, c.kind, c.number, d.code, p.code FROM committee_action a"
        " JOIN committee c ON c.id = a.committee_id JOIN decision d ON d.id = a.decision_id"
        " JOIN problem p ON p.id = a.problem_id WHERE a.code = 'A-903'"
    )
    assert row == (1, "project", 7, "D-901", "P-93")


def test_a_bare_number_is_a_steering_committee(room: Project, tmp_path: Path) -> None:
    steering = room.execute(Add("committee", {"number": 7, "held_on": TODAY}))
    brought(room, tmp_path, "agenda", add("7", "Budget", "", "15", "", ""))
    assert room.reader.value("SELECT committee_id FROM agenda_item WHERE title = 'Budget'") == (
        steering
    )


def test_two_committees_of_a_kind_cannot_have_one_number(room: Project, tmp_path: Path) -> None:
    twin = add("8", "03/12/2026", "", "Comité de projet", "", "", "")
    found = plan(room, edited(room, tmp_path, "committees", twin))
    assert "already used" in told(found)[0]
    other = add("8", "03/12/2026", "", "Comité technique", "09:30", "60", "Lyon")
    brought(room, tmp_path, "committees", other)
    assert room.reader.select(
        "SELECT starts_minute, minutes, place FROM committee"
        " WHERE number = 8 AND kind = 'technical'"
    ) == [(570, 60, "Lyon")]


def ratings(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select(
        "SELECT rated_on, probability, impact FROM risk_rating WHERE risk_id = 1 ORDER BY rated_on"
    )


def test_a_risk_that_is_changed_is_rated_on_the_day(room: Project, tmp_path: Path) -> None:
    before = ratings(room)
    brought(room, tmp_path, "risks", put(1, "Probabilité", "4"))
    assert ratings(room) == [*before, ("2026-11-20", 4, 4)]
    room.undo()
    assert ratings(room) == before


def test_a_rating_of_the_file_is_not_rated_again(room: Project, tmp_path: Path) -> None:
    brought(room, tmp_path, "risk-ratings", add("R-91", "18/11/2026", "1", "1"))
    assert ratings(room)[-1] == ("2026-11-18", 1, 1)
    assert room.reader.value("SELECT probability FROM risk") == 2  # the register is its own table


def test_of_a_workbook_each_risk_is_rated_once(room: Project, tmp_path: Path) -> None:
    """Beside its table of ratings: the one the file rates itself, and the one it does not."""
    other = room.execute(Add("risk", {"code": "R-92", "title": "Budget"}))
    folder = tmp_path / "both"
    folder.mkdir()
    with_both = lambda rows: [put(line, "Probabilité", "4")(rows) for line in (1, 2)]  # noqa: E731
    edited(room, folder, "risks", with_both)
    edited(room, folder, "risk-ratings", add("R-91", "18/11/2026", "4", "4"))
    found = plan(room, folder)
    assert told(found) == []
    room.execute(exchange.apply_command(found))
    assert ratings(room)[-1] == ("2026-11-18", 4, 4)
    assert room.reader.select(
        "SELECT rated_on, probability FROM risk_rating WHERE risk_id = ?", other
    ) == [("2026-11-20", 4)]


def test_a_line_that_is_changed_is_estimated_on_the_day(room: Project, tmp_path: Path) -> None:
    brought(room, tmp_path, "budget", put(1, "Reste à faire, jours", "12,5"))
    assert room.reader.select(
        "SELECT as_of, remaining_days, spent_cents FROM budget_estimate WHERE line_id = 1"
    ) == [("2026-11-20", 1250, 0)]


def test_a_name_that_is_changed_estimates_nothing(room: Project, tmp_path: Path) -> None:
    brought(room, tmp_path, "budget", put(1, "Ligne budgétaire", "Imprévus"))
    assert room.reader.value("SELECT count(*) FROM budget_estimate WHERE line_id = 1") == 0


WRONG = [
    ("raci", add("Intégrateur", "Chef de projet", "A"), "nothing of that name is there"),
    ("raci", add("Reprise [1]", "Chef de projet", "A"), "already used"),
    ("raci", add("Reprise [2]", "Intégrateur", "Q"), "accepted: R, A, AR, C, I"),
    ("budget", put(1, "Reste à faire, jours", "-2"), "days cannot be below zero"),
    ("budget", put(1, "Reste à faire, jours", "2,1254"), "two decimals at most"),
    ("budget", put(1, "Fait, %", "101"), "not a whole number from 0 to 100"),
    ("budget-estimates", add("Divers", "", "", "", "", "", "", ""), "must be filled"),
    ("decisions", put(1, "Comité", "Z9"), "nothing of that name is there"),
]


@pytest.mark.parametrize(("table", "edit", "why"), WRONG)
def test_what_is_wrong_is_named(
    room: Project, tmp_path: Path, table: str, edit: Any, why: str
) -> None:
    found = plan(room, edited(room, tmp_path, table, edit))
    assert not found.ok
    assert why in told(found)[0]


def test_at_committee_level_no_person_is_linked(room: Project, tmp_path: Path) -> None:
    out = tmp_path / "all"
    names = ["participants", "raci-actors", "actions", "decisions", "problems"]
    export(room.reader, names, out, Wanted("fr", Level.COMMITTEE, ";", "utf-8"), TODAY)
    text = "".join(path.read_text("utf-8-sig") for path in sorted(out.iterdir()))
    assert "N. Faure" in text  # owners are named
    assert "Marchand" not in text
