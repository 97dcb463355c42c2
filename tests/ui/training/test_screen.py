"""The training room with real keys: views, presence by one letter, sessions, undo."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.project import Add, Project
from crm_pilot.training import queries
from crm_pilot.training.commands import Enrol, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.enrolment import Wait
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import Half, Presence
from tests.ui.training.conftest import COMING, HELD, TODAY, Room, front
from ui import language
from ui.screens.training.course_dialog import CourseDialog
from ui.screens.training.session_dialog import SessionDialog
from ui.screens.training.sheet import SheetDialog
from ui.screens.training.views import VIEWS

Key = Qt.Key


def presences(project: Project) -> list[str]:
    return [row[0] for row in project.reader.select("SELECT presence FROM attendance ORDER BY id")]


def test_it_stands_on_the_sheet_to_type_back(company: Project, room: Room) -> None:
    view = room(company).sessions
    assert view.table.current_id == 1
    assert [row.name for row in view.panel.trainees.model.shown] == ["Adam", "Blum", "Curie"]


def test_enter_opens_the_sheet_that_is_owed(qtbot: QtBot, company: Project, room: Room) -> None:
    view = room(company).sessions
    qtbot.keyClick(view.table, Key.Key_Return)
    assert isinstance(front(), SheetDialog)


def test_enter_on_a_session_to_come_goes_to_its_trainees(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    company.execute(Enrol(2, (4,)))
    screen = room(company)
    view = screen.sessions
    view.table.select(2)
    view.panel.show_page("session")
    qtbot.keyClick(view.table, Key.Key_Return)
    assert view.panel.switch.value == "trainees"
    assert screen.focusWidget() is view.panel.trainees.table


def test_one_key_notes_a_trainee_and_goes_to_the_next(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    screen = room(company)
    qtbot.keyClicks(screen.sessions.panel.trainees.table, "pae")
    assert presences(company) == ["present", "absent", "excused"]
    qtbot.waitUntil(lambda: "1 of 5 users" in screen.header.sentence.text())
    for _ in range(3):
        screen.bridge.undo()
    assert presences(company) == ["invited"] * 3


def test_space_walks_through_the_presences_of_all_selected(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    screen = room(company)
    table = screen.sessions.panel.trainees.table
    table.selectAll()
    qtbot.keyClick(table, Key.Key_Space)
    assert presences(company) == ["present"] * 3
    qtbot.keyClick(table, Key.Key_Space)
    assert presences(company) == ["absent"] * 3
    screen.bridge.undo()
    assert presences(company) == ["present"] * 3


def test_a_sheet_of_a_session_to_come_says_why_it_waits(company: Project, room: Room) -> None:
    company.execute(Enrol(2, (4,)))
    view = room(company).sessions
    view.table.select(2)
    button = view.panel.trainees.sheet_button
    assert not button.isEnabled()
    assert button.toolTip() == "This session is still to come"


def test_insert_asks_for_a_session_like_the_selected_one(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    view = room(company).sessions
    qtbot.keyClick(view.table, Key.Key_Insert)
    dialog = front()
    assert isinstance(dialog, SessionDialog)
    day = dialog.halves.lines[0].day.field
    assert dialog.focusWidget() is day
    qtbot.keyClick(day, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(day, "3 dec")
    dialog.save.click()
    last = queries.sessions(company.reader)[-1]
    assert (last.held_on, last.course, last.place) == (dt.date(2026, 12, 3), "First steps", "Lyon")
    assert view.table.current_id == last.id
    qtbot.keyClick(view.table, Key.Key_Delete)
    assert len(queries.sessions(company.reader)) == 2
    view.bridge.undo()
    assert len(queries.sessions(company.reader)) == 3


def test_search_and_chips_leave_what_they_say(qtbot: QtBot, company: Project, room: Room) -> None:
    view = room(company).sessions
    view.search.show()
    qtbot.keyClicks(view.search, "lyon")
    assert [row.id for row in view.model.shown] == [1]
    view.search.clear()
    view.to_come.click()
    assert [row.id for row in view.model.shown] == [2]
    view.to_come.click()
    view.to_type.click()
    assert [row.id for row in view.model.shown] == [1]


def test_a_date_typed_in_the_table_moves_all_half_days(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    halves = (
        HalfDay(COMING, Half.MORNING, "09:00", 180),
        HalfDay(dt.date(2026, 12, 2), Half.MORNING, "09:00", 180),
    )
    company.execute(SetHalves(2, halves))
    view = room(company).sessions
    view.table.select(2, edit="held_on")
    editor = view.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "8 dec")
    qtbot.keyClick(editor, Key.Key_Return)
    asked = "SELECT day FROM session_half WHERE session_id = 2 ORDER BY day"
    days = ["2026-12-08", "2026-12-09"]
    qtbot.waitUntil(lambda: [row[0] for row in company.reader.select(asked)] == days)
    assert view.model.shown[-1].held_on == dt.date(2026, 12, 8)


def test_a_clash_is_seen_said_and_settled(qtbot: QtBot, company: Project, room: Room) -> None:
    company.execute(Enrol(2, (4, 5)))
    company.execute(Add("absence", {"person_id": 4, "first": COMING, "last": COMING}))
    view = room(company).sessions
    view.table.select(2)
    assert view.model.count(2) == 1 and view.model.count(1) == 0
    assert view.panel.alert.isVisible()
    view.panel.see.click()
    assert view.panel.switch.value == "clashes"
    out = view.panel.clashes.links[0]
    assert out.text() == "Take them out of this session"
    out.click()
    qtbot.waitUntil(lambda: view.model.count(2) == 0)
    assert [row.name for row in view.panel.trainees.model.shown] == ["Éluard"]
    view.bridge.undo()
    qtbot.waitUntil(lambda: view.model.count(2) == 1)


def test_a_holiday_is_answered_with_another_day(qtbot: QtBot, company: Project, room: Room) -> None:
    company.execute(SetHalves(2, (HalfDay(dt.date(2026, 12, 5), Half.MORNING, "09:00", 180),)))
    view = room(company).sessions
    view.table.select(2)  # a Saturday
    view.panel.show_page("clashes")
    assert [link.text() for link in view.panel.clashes.links] == ["Hold it on another day"]
    view.panel.clashes.links[0].click()
    assert isinstance(front(), SessionDialog)


def test_who_waits_gets_the_seat_that_is_free(qtbot: QtBot, company: Project, room: Room) -> None:
    company.execute(Wait(1, (4, 5), TODAY))
    view = room(company).sessions
    view.panel.show_page("waiting")
    waiting = view.panel.waiting
    assert [row.name for row in waiting.model.shown] == ["Dumas", "Éluard"]
    assert not waiting.promote_button.isEnabled()  # three seats, three trainees
    assert waiting.promote_button.toolTip() == "All seats are taken"
    company.execute(SetPresence((1,), Presence.EXCUSED))
    assert waiting.promote_button.text() == "Give 1 free seat"
    waiting.promote_button.click()
    assert [row.name for row in waiting.model.shown] == ["Éluard"]
    assert "Dumas" in [row.name for row in view.panel.trainees.model.shown]
    view.bridge.undo()
    assert len(waiting.model.shown) == 2


def test_absentees_are_given_a_session_of_their_own(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    company.execute(SetPresence((1, 2), Presence.PRESENT))
    company.execute(SetPresence((3,), Presence.ABSENT))
    view = room(company).sessions
    view.table.select(1)
    trainees = view.panel.trainees
    assert trainees.missed_button.text() == "Make up (1)"
    trainees.missed_menu.actions()[0].trigger()
    dialog = front()
    assert isinstance(dialog, SessionDialog)
    dialog.save.click()
    key = company.reader.value("SELECT id FROM training_session WHERE makes_up_id = 1")
    made = next(row for row in queries.sessions(company.reader) if row.id == key)
    assert (made.course, made.enrolled) == ("First steps", 1)
    assert view.table.current_id == made.id
    view.panel.show_page("session")
    assert view.panel.facts.isVisible()


def test_an_empty_room_offers_the_first_session(qtbot: QtBot, project: Project, room: Room) -> None:
    screen = room(project)
    assert screen.empty.isVisible()
    assert not screen.new.isVisible()
    qtbot.mouseClick(screen.empty.button, Qt.MouseButton.LeftButton)
    dialog = front()
    assert isinstance(dialog, SessionDialog)
    qtbot.keyClicks(dialog.course.field, "First steps in the CRM")
    dialog.save.click()
    assert [row.course for row in queries.sessions(project.reader)] == ["First steps in the CRM"]
    assert screen.sessions.table.isVisible()


def test_courses_are_added_in_their_dialog(qtbot: QtBot, company: Project, room: Room) -> None:
    screen = room(company)
    screen.show_view("courses")
    assert screen.new.text() == "New course"
    screen.new.click()
    dialog = front()
    assert isinstance(dialog, CourseDialog)
    dialog.save.click()
    assert dialog.complaint.text() == "Give the course a title."
    qtbot.keyClicks(dialog.title.field, "Reports")
    dialog.minutes.field.setText("")
    qtbot.keyClicks(dialog.minutes.field, "2 h")
    qtbot.keyClick(dialog.title.field, Key.Key_Return)
    rows = {row.title: row.minutes for row in queries.courses(company.reader)}
    assert rows["Reports"] == 120
    screen.bridge.undo()
    assert "Reports" not in {row.title for row in queries.courses(company.reader)}


def test_views_are_made_when_they_are_first_shown(company: Project, room: Room) -> None:
    screen = room(company)
    assert set(screen.views.made) == {"sessions"}
    for view in VIEWS:
        screen.show_view(view.name)
        assert screen.views.front == view.name
        assert screen.views.currentWidget().isVisible()
    assert len(screen.views.made) == len(VIEWS)


def test_a_hidden_view_is_read_when_it_is_shown_next(company: Project, room: Room) -> None:
    screen = room(company)
    screen.show_view("courses")
    screen.show_view("sessions")
    company.execute(Add("course", {"title": "Later"}))
    screen.show_view("courses")
    assert "Later" in [row.title for row in screen.views.view("courses").model.shown]


def test_the_room_speaks_french_at_once(company: Project, room: Room) -> None:
    screen = room(company)
    try:
        language.apply("fr")
        screen.retranslate()
        for view in VIEWS:
            screen.show_view(view.name)
        assert screen.new.text() == "Nouvelle session"
        assert screen.views.view("coverage").home.figure.text() == "0\u202f%"
        assert screen.sessions.table.accessibleName()
    finally:
        i18n.set_language("en")
        language.apply("en")


def test_open_item_shows_what_a_filter_hides(company: Project, room: Room) -> None:
    screen = room(company)
    screen.sessions.to_come.click()
    screen.show_view("courses")
    screen.open_item("attendance", 2)
    assert screen.switch.value == "sessions"
    assert screen.sessions.table.current_id == 1
    assert not screen.sessions.to_come.isChecked()
    screen.open_item("course", 2)
    assert screen.switch.value == "courses"
    assert screen.views.view("courses").table.current_id == 2


def test_an_overbooked_session_shows_a_sign(company: Project, room: Room) -> None:
    view = room(company).sessions
    column = next(c for c in view.model.columns if c.key == "enrolled")
    assert column.icon is not None
    assert column.icon(view.model.shown[0]) is None
    company.execute(Enrol(1, (4,)))
    assert column.icon(view.model.shown[0]) == ("warning", "alert")
    assert QApplication.activeModalWidget() is None


def test_a_read_only_project_greys_every_edit(company: Project, room: Room) -> None:
    screen = room(company)
    company.read_only = True
    screen.bridge.saved.emit()
    view = screen.sessions
    buttons = [screen.new, view.panel.trainees.enrol_button, view.panel.facts.change]
    screen.show_view("courses")
    buttons.append(screen.views.view("courses").panel.change)
    assert [button.isEnabled() for button in buttons] == [False] * 4
    assert all("read-only" in button.toolTip() for button in buttons)
    screen.show_view("sessions")
    view.add_session()
    assert QApplication.activeModalWidget() is None
    assert HELD < TODAY < COMING
