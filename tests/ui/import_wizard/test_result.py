"""What comes out before it is imported, the problems, the result and its undoing, real files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_pilot.exchange.outcome import outcome
from ui.dialogs.import_views import value_text

TICKETS = (
    "Ref;Objet;Statut;Priorité;Ouvert le\n"
    "1;Doublons;Ouvert;Haute;13/03/2026\n"
    "2;Export;Clos;Basse;14/03/2026\n"
)
BAD = TICKETS + "3;=1+1;Ensablé;Haute;32/03/2026\n"


def rows_of(wizard: Any) -> list[list[str]]:
    return [
        [cell.replace("\xa0", " ") for cell in row] for row in wizard.page.outcome.table.texts.rows
    ]


def test_rows_are_shown_as_they_will_be_stored(desk: Any) -> None:
    wizard = desk.open(desk.write(TICKETS))
    table = wizard.page.outcome.table.texts
    assert table.headings == ("Number", "Title", "Status", "Type", "Priority", "Opened on")
    assert rows_of(wizard)[0] == [
        *("1", "Doublons", "New", "To be sorted", "2 High", "13 Mar 2026")
    ]
    chips = wizard.page.outcome.filter.chips
    assert chips["new"].text() == "2 new"
    assert chips["changed"].isHidden()


def test_what_changes_is_shown_from_old_to_new(desk: Any) -> None:
    desk.open(desk.write(TICKETS)).apply_button.click()
    changed = TICKETS.replace("Doublons;Ouvert", "Doublons;Clos") + "4;Lenteur;Ouvert;;15/03/2026\n"
    wizard = desk.open(desk.write(changed))
    chips = wizard.page.outcome.filter.chips
    assert [chips[key].text() for key in ("", "new", "changed")] == ["All 2", "1 new", "1 changed"]
    assert wizard.page.outcome.filter.note.text() == "1 unchanged"
    chips["changed"].click()
    (row,) = rows_of(wizard)
    assert row[:3] == ["1", "Doublons", "New → Closed"]
    wizard.page.outcome.table.selectRow(0)
    assert wizard.page.outcome.change.text() == "Status: New → Closed"
    chips["new"].click()
    assert rows_of(wizard)[0][:2] == ["4", "Lenteur"]


def test_people_show_their_department_and_what_changes(desk: Any) -> None:
    text = "Matricule;Nom;Prénom;Service;Date d'entrée\n7;Durand;Zoé;Ventes;13/02/2024\n"
    desk.open(desk.write(text, "p.csv")).apply_button.click()
    wizard = desk.open(desk.write(text.replace("Ventes", "Marketing"), "q.csv"))
    assert rows_of(wizard) == [["Durand", "Zoé", "7", "Ventes → Marketing", "13 Feb 2024"]]


def test_logins_are_shown_by_week_and_never_by_person(desk: Any) -> None:
    text = "Username,Login Time\n" + "".join(
        f"u{user}@example.com,2026-03-{day:02d} 09:00:00\n" for user in (1, 2) for day in (2, 3, 9)
    )
    wizard = desk.open(desk.write(text, "logins.csv"))
    assert wizard.plan is not None
    assert wizard.plan.kind == "logins"
    assert rows_of(wizard) == [["2 Mar 2026", "2", "4"], ["9 Mar 2026", "2", "2"]]
    assert "u1@" not in str(rows_of(wizard))


def test_what_is_shown_is_what_is_stored(desk: Any, corpus: Path) -> None:
    wizard = desk.open(corpus / "tickets-servicenow-uci" / "incident_event_log_first2000.csv")
    assert wizard.plan is not None
    shown = outcome(wizard.plan, desk.bridge.reader)
    titles = [title.template for title in shown.columns]
    wizard.apply_button.click()
    statuses = dict(desk.bridge.reader.select("SELECT number, opened_at FROM ticket"))
    for row in shown.rows:
        values = dict(zip(titles, row.values, strict=True))
        assert str(values["Opened on"]) == statuses[values["Number"]]
        assert value_text(values["Opened on"])


def test_problems_can_be_filtered_copied_and_saved(desk: Any, tmp_path: Path) -> None:
    wizard = desk.open(desk.write(BAD))
    view = wizard.page.problems
    assert wizard.page.view.value == "problems"
    view.filter.chips["error"].click()
    assert [problem.column for problem in view.rows] == ["Ouvert le"]
    view.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Line", "Column", "Value", "Problem"]
    assert lines[1].split("\t")[:3] == ["4", "Ouvert le", "32/03/2026"]
    assert "accepted are dates such as" in lines[1]
    assert view.said.text() == "1 problem copied"
    view.filter.chips[""].click()
    target = tmp_path / "problems.csv"
    view.save_to(target)
    with target.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert len(rows) == 3
    assert rows[2][:3] == ["4", "Statut", "Ensablé"]
    assert view.said.text() == "Saved as problems.csv"
    view.save_to(tmp_path / "no" / "where.csv")
    assert "cannot be written" in view.said.text()


def test_a_value_that_looks_like_a_formula_is_not_one_in_excel(desk: Any, tmp_path: Path) -> None:
    wizard = desk.open(desk.write(TICKETS + "3;x;=CMD();Haute;13/03/2026\n"))
    target = tmp_path / "problems.csv"
    wizard.page.problems.save_to(target)
    assert "'=CMD()" in target.read_text("utf-8-sig")
    wizard.page.problems.copy.click()
    assert "\t'=CMD()" in QGuiApplication.clipboard().text()


def test_the_result_is_told_and_undone_in_one_step(desk: Any, qtbot: Any) -> None:
    wizard = desk.open(desk.write(TICKETS))
    wizard.apply_button.click()
    assert wizard.isVisible()
    assert wizard.sentence.text() == "2 tickets were imported from tickets.csv"
    assert wizard.finish.open.text() == "Open “Maintenance”"
    assert not wizard.apply_button.isVisible()
    qtbot.keyClick(wizard, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle(wizard)
    assert desk.count() == 0
    assert wizard.apply_button.isEnabled()
    assert wizard.detail.text().startswith("The import was taken back")
    assert wizard.focusWidget() is wizard.apply_button
    wizard.apply_button.click()
    assert desk.count() == 2
    wizard.finish.undo.click()
    desk.settle(wizard)
    assert desk.count() == 0
    qtbot.keyClick(wizard, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.bridge.project.redo_labels  # a second Ctrl+Z undoes nothing else


def test_the_room_is_opened_from_the_result(desk: Any, qtbot: Any) -> None:
    wizard = desk.open(desk.write(TICKETS))
    wizard.apply_button.click()
    with qtbot.waitSignal(wizard.go) as asked:
        wizard.finish.open.click()
    assert asked.args == ["maintenance"]
    assert not wizard.isVisible()


def test_a_project_open_for_reading_only_greys_the_button(desk: Any) -> None:
    desk.bridge.project.read_only = True
    wizard = desk.open(desk.write(TICKETS))
    assert not wizard.apply_button.isEnabled()
    assert wizard.apply_button.toolTip() == "This project is open for reading only."


FILES = {
    "tickets-glpi/glpi_a.csv": ("tickets", "UTF-8", "Semicolons", "Line 1", 522),
    "tickets-servicenow-uci/incident_event_log_first2000.csv": (
        *("tickets", "UTF-8", "Commas", "Line 1", 296),
    ),
    "importer-fixtures/jira_cloud.csv": ("tickets", "UTF-8", "Commas", "Line 1", 5),
    "people-fr/employes_800_cp1252.csv": (
        *("people", "Windows-1252 (Excel)", "Semicolons", "Line 1", 800),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_real_files_are_understood_and_imported(desk: Any, corpus: Path, name: str) -> None:
    kind, encoding, delimiter, header, count = FILES[name]
    wizard = desk.open(corpus / name)
    read = desk.read_as(wizard)
    assert wizard.page.kind.value == kind
    assert [read[key] for key in ("@encoding", "@delimiter", "@header")] == [
        *(encoding, delimiter, header)
    ]
    wizard.apply_button.click()
    assert desk.count("ticket" if kind == "tickets" else "person") == count
