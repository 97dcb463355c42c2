"""Minutes, action plan, risk register with its matrix and RACI on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_pilot.governance.actions import AddAction
from crm_pilot.governance.meetings import AddAgendaItem, AddParticipant
from crm_pilot.governance.raci import AddRaciActor, AddRaciItem, SetLetter
from crm_pilot.governance.risks import RateRisk
from crm_pilot.governance.terms import Letter
from crm_pilot.project import Add, Project, SetField
from crm_pilot.reports.content import Content, FactsPart, ListPart, NotePart, TablePart
from crm_pilot.reports.documents import SetSections, lay
from crm_pilot.reports.sheets import Text
from crm_pilot.reports.styles import CONTENT, MARGIN
from tests.reports.reading import plain

TODAY = dt.date(2026, 11, 21)
HELD = dt.date(2026, 11, 19)


@pytest.fixture
def registers(project: Project) -> Project:
    """One committee held two days ago, with what it decided."""
    run = project.execute
    run(Add("committee", {"number": 5, "held_on": dt.date(2026, 10, 22)}))
    held = run(Add("committee", {"number": 6, "held_on": HELD, "place": "Head office"}))
    run(Add("committee", {"number": 7, "held_on": dt.date(2026, 12, 17)}))
    taken = {"code": "D-011", "wording": "Move wave 3", "owner": "Ann Lee, sponsor"}
    due = dt.date(2026, 12, 1)
    decision = run(Add("decision", {**taken, "due_on": due, "status": "validated",
                                    "committee_id": held}))  # fmt: skip
    put_off = {"code": "D-012", "wording": "Buy a tool", "owner": "Bo", "due_on": due}
    run(Add("decision", {**put_off, "committee_id": held}))
    run(AddAction("Warn the field", "Cy Dow", dt.date(2026, 11, 20), held, decision))
    run(AddAction("Train the rest", "Di Fox", dt.date(2026, 12, 5), held))
    item = run(AddAgendaItem(held, "Planning", "Ann Lee"))
    run(SetField("agenda_item", item, "outcome", "Wave 3 moves a week"))
    person = run(AddParticipant(held, "Ann Lee", "sponsor"))
    run(SetField("participant", person, "presence", "present"))
    away = run(AddParticipant(held, "Bo Ray"))
    run(SetField("participant", away, "presence", "excused"))
    grave = run(Add("risk", {"code": "R-01", "title": "No data", "probability": 2, "impact": 3}))
    run(RateRisk(grave, 2, 3, dt.date(2026, 10, 1)))
    run(RateRisk(grave, 3, 4, TODAY))
    run(Add("risk", {"code": "R-02", "title": "Late", "probability": 1, "impact": 1}))
    run(Add("risk", {"code": "R-03", "title": "Gone", "probability": 4, "impact": 4,
                     "status": "closed"}))  # fmt: skip
    run(Add("problem", {"code": "P-01", "title": "Slow", "severity": 3, "raised_on": HELD,
                        "due_on": dt.date(2026, 11, 20)}))  # fmt: skip
    return project


def content(project: Project, document: str, language: str = "en") -> Content:
    return lay(project.reader, TODAY, document, language=language).content


def parts(found: Content, kind: type[Any]) -> list[Any]:
    return [part for page in found.pages for part in page.parts if isinstance(part, kind)]


def rows(table: TablePart) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in table.rows]


def test_minutes_hold_what_the_last_committee_decided(registers: Project) -> None:
    made = content(registers, "minutes")
    (page,) = made.pages
    assert plain(page.sentence) == "The committee of 19 Nov took 1 decision; 2 actions follow."
    taken, put_off, acting = parts(made, TablePart)
    assert rows(taken) == [["D-011", "Move wave 3", "Ann Lee", "1 Dec 2026"]]
    assert taken.rows[0][2].second == "sponsor"
    assert put_off.title == "Put off"
    assert [row[0] for row in rows(put_off)] == ["D-012"]
    assert [(row[0], row[2]) for row in rows(acting)] == [("A-001", "D-011"), ("A-002", "–")]
    (said,) = [part for part in parts(made, ListPart) if part.title == "In a line"]
    assert [tuple(map(plain, item)) for item in said.items] == [
        ("Planning.", "Wave 3 moves a week")
    ]
    notes = [plain(part.text) for part in parts(made, NotePart)]
    assert "Present: Ann Lee (sponsor)." in notes
    assert "Excused or absent: Bo Ray." in notes
    assert "Next committee: no. 7, 17 December 2026." in notes


def test_minutes_of_the_day_are_those_of_its_committee(registers: Project) -> None:
    for day, number in ((HELD, 6), (TODAY, 6), (dt.date(2026, 12, 17), 7)):
        laid = lay(registers.reader, day, "minutes", language="en")
        assert f"no. {number}" in plain(laid.content.pages[0].name)
        assert f"no. {number}" in plain(laid.frame.short)


def test_minutes_in_french(registers: Project) -> None:
    made = content(registers, "minutes", "fr")
    assert plain(made.pages[0].sentence) == (
        "Le comité du 19 nov. a pris 1 décision ; 2 actions en découlent."
    )


def test_actions_stand_by_what_is_late_to_do_and_done(registers: Project) -> None:
    registers.execute(AddAction("Was done", "Ann Lee", dt.date(2026, 11, 2)))
    done = registers.reader.value("SELECT task_id FROM committee_action WHERE code = 'A-003'")
    registers.execute(SetField("task", done, "percent", 100))
    made = content(registers, "actions")
    assert plain(made.pages[0].sentence) == "1 action of 2 still to do is late."
    (table,) = parts(made, TablePart)
    assert [row[0] for row in rows(table)] == [
        *("Late · 1", "A-001", "To do · 1", "A-002", "Done · 1", "A-003")
    ]
    late = next(row for row in table.rows if row[0].text == "A-001")
    assert plain(late[1].second) == "Committee no. 6 · D-011"
    assert late[3].value == dt.date(2026, 11, 20)
    assert late[3].text.startswith("▼")


def test_the_matrix_holds_open_risks_alone_with_their_turn(registers: Project) -> None:
    made = content(registers, "risks")
    matrix, register, problems = parts(made, TablePart)
    at = {
        (4 - line, column): plain(cell.text)
        for line, row in enumerate(matrix.rows)
        for column, cell in enumerate(row[1:], 1)
        if cell.text
    }
    assert at == {(3, 4): "R-01 ↘", (1, 1): "R-02"}  # (probability, impact)
    assert [row[0] for row in rows(register)] == ["R-01", "R-02", "R-03"]
    assert [row[3] for row in rows(register)] == ["worsens", "new", "Closed"]
    assert [row[0] for row in rows(problems)] == ["P-01"]
    assert plain(made.pages[0].sentence) == (
        "1 of 2 open risks is high; 1 got worse since the last committee."
    )
    (facts,) = parts(made, FactsPart)
    assert [plain(figure) for figure, _ in facts.items] == ["1 of 2", "1 ↘ 0 ↗", "0", "1"]


def test_codes_that_find_no_room_are_counted(project: Project) -> None:
    for number in range(30):
        code = f"R-{number + 1:02d}"
        values = {"code": code, "title": f"Risk {number}", "probability": 3, "impact": 3}
        project.execute(Add("risk", values))
    laid = lay(project.reader, TODAY, "risks", language="en")
    bold = [plain(i.text) for i in laid.page(1).items if isinstance(i, Text) and i.bold]
    inside = [text for text in bold if text.startswith("R-")]  # in the register codes are plain
    (counted,) = [text for text in bold if text.startswith("+")]
    assert len(inside) + int(counted[1:]) == 30
    assert len(inside) >= 5


LONG = "Déploiement des données de référence des territoires réorganisés, " * 6


@pytest.mark.parametrize("document", ["minutes", "actions", "risks"])
def test_long_texts_stay_on_the_paper(registers: Project, document: str) -> None:
    wordy = {
        "agenda_item": ("title", "outcome", "presenter"),
        "participant": ("name", "role"),
        "decision": ("wording", "owner"),
        "task": ("title",),
        "risk": ("title", "response", "owner"),
        "problem": ("title", "response", "owner"),
        "committee": ("place",),
        "person": ("last_name", "first_name"),
    }
    for table, columns in wordy.items():
        for (key,) in registers.reader.select(f"SELECT id FROM {table}"):
            for column in columns:
                registers.execute(SetField(table, key, column, f"{LONG}{key}"))
    laid = lay(registers.reader, TODAY, document, language="fr")
    written = [
        item
        for number in range(1, laid.count + 1)
        for item in laid.page(number).items
        if isinstance(item, Text) and not item.turn
    ]
    assert all(MARGIN - 1 <= one.x <= one.x + one.wide <= MARGIN + CONTENT + 1 for one in written)
    assert all(20 < one.y < 830 and one.size >= 7 for one in written)
    assert laid.notes  # the author is told what was shortened


def test_the_raci_says_what_it_lacks(project: Project) -> None:
    item, actor = project.execute(AddRaciItem("Data")), project.execute(AddRaciActor("Lead"))
    other = project.execute(AddRaciItem("Training"))
    project.execute(SetLetter(item, actor, Letter.AR))
    project.execute(SetLetter(other, actor, Letter.R))
    project.execute(SetSections("actions", (("raci", True),)))
    made = content(project, "actions")
    (table,) = [part for part in parts(made, TablePart) if part.title == "Who does what"]
    assert rows(table) == [["Data", "A/R"], ["▼ Training", "R"]]
    (said,) = [part for part in parts(made, ListPart) if part.title == "To be mended"]
    assert "Training" in said.items[0][0]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("document", ["minutes", "actions", "risks"])
def test_nothing_is_said_of_nothing(project: Project, document: str, language: str) -> None:
    laid = lay(project.reader, TODAY, document, language=language)
    assert laid.count == 1
    assert laid.page(1).items
