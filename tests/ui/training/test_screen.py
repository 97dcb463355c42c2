"""The training room with real keys: presence by one letter, enrolment, sessions, undo."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.project import Add, Project, SetField
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession, Enrol
from ui import language
from ui.bridge import Bridge
from ui.screens.training.courses import CoursesDialog
from ui.screens.training.enrol import EnrolDialog
from ui.screens.training.screen import TrainingScreen

TODAY = dt.date(2026, 11, 21)
Key = Qt.Key


@pytest.fixture
def company(project: Project) -> Project:
    """Five users, two courses; a session held, one to come."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    home = run(Add("department", {"name": "Field sales"}))
    for name in ("Adam", "Blum", "Curie", "Dumas", "Éluard"):
        person = run(Add("person", {"last_name": name, "department_id": home}))
        run(Add("account", {"external_id": name, "person_id": person}))
    run(AddSession(dt.date(2026, 11, 10), course_title="First steps", seats=3, place="Lyon"))
    run(AddSession(dt.date(2026, 12, 1), course_title="Mobile"))
    run(Enrol(1, (1, 2, 3)))
    return project


def shown(qtbot: QtBot, project: Project) -> TrainingScreen:
    """The screen over `project`, listening as the window would make it."""
    bridge = Bridge(project)
    screen = TrainingScreen(bridge)
    qtbot.addWidget(screen)
    bridge.changed.connect(screen.refresh)
    screen.refresh(None)
    screen.resize(1166, 712)
    screen.show()
    qtbot.waitExposed(screen)
    qtbot.waitUntil(lambda: screen.header.sentence.text() != "")
    return screen


def presences(project: Project) -> list[str]:
    return [row[0] for row in project.reader.select("SELECT presence FROM attendance ORDER BY id")]


def test_it_stands_on_the_sheet_to_type_back(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    assert screen.table.current_id == 1
    assert [row.name for row in screen.panel.trainees.model.shown] == ["Adam", "Blum", "Curie"]


def test_enter_on_a_session_goes_to_its_trainees(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    screen.panel.switch.set_value("session")
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert screen.panel.switch.value == "trainees"
    assert screen.focusWidget() is screen.panel.trainees.table


def test_one_key_notes_a_trainee_and_goes_to_the_next(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    table = screen.panel.trainees.table
    qtbot.keyClicks(table, "pae")
    assert presences(company) == ["present", "absent", "excused"]
    assert screen.coverage.figure.text() == "20%"  # one of five, at once
    assert "1 of 5 users" in screen.header.sentence.text()
    for _ in range(3):
        screen.bridge.undo()
    assert presences(company) == ["invited"] * 3
    assert screen.coverage.figure.text() == "0%"


def test_space_walks_through_the_presences_of_all_selected(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    table = screen.panel.trainees.table
    table.selectAll()
    qtbot.keyClick(table, Key.Key_Space)
    assert presences(company) == ["present"] * 3
    qtbot.keyClick(table, Key.Key_Space)
    assert presences(company) == ["absent"] * 3
    assert len(company.undo_labels[0].english()) > 0
    screen.bridge.undo()
    assert presences(company) == ["present"] * 3


def test_everyone_came_and_the_button_says_when_there_is_nothing_to_do(
    qtbot: QtBot, company: Project
) -> None:
    screen = shown(qtbot, company)
    trainees = screen.panel.trainees
    qtbot.mouseClick(trainees.present_button, Qt.MouseButton.LeftButton)
    assert presences(company) == ["present"] * 3
    assert not trainees.present_button.isEnabled()
    assert trainees.present_button.toolTip() == "Everyone is noted already"
    company.execute(Enrol(2, (4,)))
    screen.table.select(2)
    assert trainees.present_button.toolTip() == "This session is still to come"


def test_persons_are_found_ticked_and_enrolled_in_one_step(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    screen.table.select(2)
    screen.panel.trainees.enrol()
    dialog = screen.findChild(EnrolDialog)
    assert dialog is not None
    assert not dialog.enrol.isEnabled()
    qtbot.keyClicks(dialog.search, "elu")  # without its accent
    assert [row.name for row in dialog.model.shown] == ["Éluard"]
    qtbot.keyClick(dialog.search, Key.Key_Return)
    dialog.search.clear()
    dialog.table.select(1)
    qtbot.keyClick(dialog.table, Key.Key_Space)
    assert dialog.person_ids == (5, 1)
    assert dialog.enrol.text() == "Enrol 2 persons"
    qtbot.keyClick(dialog.table, Key.Key_Return)
    assert [row.name for row in screen.panel.trainees.model.shown] == ["Adam", "Éluard"]
    screen.bridge.undo()
    assert screen.panel.trainees.model.total == 0
    assert not screen.panel.trainees.table.isVisible()


def test_insert_adds_a_session_like_the_selected_one_and_types_its_date(
    qtbot: QtBot, company: Project
) -> None:
    screen = shown(qtbot, company)
    qtbot.keyClick(screen.table, Key.Key_Insert)
    editor = screen.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "3 dec")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: queries.sessions(company.reader)[-1].held_on == dt.date(2026, 12, 3))
    last = queries.sessions(company.reader)[-1]
    assert (last.course, last.place) == ("First steps", "Lyon")
    qtbot.keyClick(screen.table, Key.Key_Delete)
    assert len(queries.sessions(company.reader)) == 2
    screen.bridge.undo()
    assert len(queries.sessions(company.reader)) == 3


def test_search_and_chips_leave_what_they_say(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    qtbot.keyClicks(screen.search, "lyon")
    assert [row.id for row in screen.model.shown] == [1]
    screen.search.clear()
    screen.to_come.click()
    assert [row.id for row in screen.model.shown] == [2]
    screen.to_come.click()
    screen.to_type.click()
    assert [row.id for row in screen.model.shown] == [1]


def test_the_form_writes_the_session(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    form = screen.panel.form
    trainer = form.editor("trainer")
    assert isinstance(trainer, QLineEdit)
    qtbot.keyClicks(trainer, "Claire Roussel")
    qtbot.keyClick(trainer, Key.Key_Return)
    assert queries.sessions(company.reader)[0].trainer == "Claire Roussel"
    assert screen.model.shown[0].trainer == "Claire Roussel"


def test_an_empty_room_offers_the_first_session(qtbot: QtBot, project: Project) -> None:
    screen = shown(qtbot, project)
    assert screen.empty.isVisible()
    qtbot.mouseClick(screen.empty.button, Qt.MouseButton.LeftButton)
    assert [row.course for row in queries.sessions(project.reader)] == ["First steps in the CRM"]
    assert screen.table.isVisible()


def test_courses_are_added_and_named_in_their_dialog(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    screen.show_courses()
    dialog = screen.findChild(CoursesDialog)
    assert dialog is not None
    dialog.add()
    editor = dialog.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Reports")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "Reports" in {row.title for row in queries.courses(company.reader)})
    dialog.close_button.click()


def test_the_room_speaks_french_at_once(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    try:
        language.apply("fr")
        screen.retranslate()
        assert screen.coverage.figure.text() == "0\u202f%"
        assert screen.table.accessibleName()
        assert screen.search.accessibleName()
    finally:
        i18n.set_language("en")
        language.apply("en")


def test_open_item_shows_what_a_filter_hides(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    screen.to_come.click()
    screen.open_item("attendance", 2)
    assert screen.table.current_id == 1
    assert not screen.to_come.isChecked()


def test_an_overbooked_session_shows_a_sign(qtbot: QtBot, company: Project) -> None:
    screen = shown(qtbot, company)
    column = next(c for c in screen.model.columns if c.key == "enrolled")
    assert column.icon is not None
    assert column.icon(screen.model.shown[0]) is None
    company.execute(Enrol(1, (4,)))
    assert column.icon(screen.model.shown[0]) == ("warning", "alert")
    assert QApplication.activeModalWidget() is None
