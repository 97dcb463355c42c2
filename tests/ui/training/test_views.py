"""Coverage, newcomers, evaluation and enrolment with real widgets and keys."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project, SetField
from crm_pilot.training.appraisals import by_session, forms
from crm_pilot.training.commands import Enrol, MarkAllPresent
from crm_pilot.training.enrolment import waiting
from crm_pilot.training.terms import Evaluated
from tests.ui.training.conftest import COMING, HELD, TODAY, Room, front
from ui.screens.training.coverage_view import CoverageView
from ui.screens.training.enrol import OUT, SEAT, WAITS, EnrolDialog
from ui.screens.training.evaluation_form import EvaluationForms
from ui.screens.training.evaluation_view import EvaluationView
from ui.screens.training.newcomers_view import NewcomersView
from ui.screens.training.quiz_dialog import QuizDialog
from ui.screens.training.screen import TrainingScreen
from ui.screens.training.wish import Wish

Key = Qt.Key


@pytest.fixture
def held(company: Project) -> Project:
    """The same, with the sheet of the session held typed."""
    company.execute(MarkAllPresent(1))
    return company


def coverage(screen: TrainingScreen) -> CoverageView:
    screen.show_view("coverage")
    return cast(CoverageView, screen.views.view("coverage"))


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        QTest.keyClick(front().focusWidget() or front(), key)  # type: ignore[call-overload]
        QApplication.processEvents()


# enrolling -----------------------------------------------------------------------------------


def test_who_is_ticked_gets_a_seat_waits_or_is_left_out(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    company.execute(SetField("training_session", 2, "seats", 1))
    company.execute(Add("absence", {"person_id": 2, "first": COMING, "last": COMING}))
    screen = room(company)
    screen.sessions.table.select(2)
    screen.sessions.enrol()
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    assert not dialog.enrol.isEnabled()
    assert dialog.enrol.toolTip() == "Tick at least one person"
    for person in (1, 2, 3):
        dialog.tick(person)
    verdicts = {row.name: row.verdict for row in dialog.model.shown if row.chosen}
    assert verdicts == {"Adam": SEAT, "Blum": OUT, "Curie": WAITS}
    assert "Blum is away" in next(row.outcome for row in dialog.model.shown if row.id == 2)
    assert dialog.state.text() == "3 chosen · 1 gets a seat · 1 waits · 1 is left out"
    assert dialog.enrol.text() == "Enrol 2 persons"
    dialog.enrol.click()
    assert [row.name for row in screen.sessions.panel.trainees.model.shown] == ["Adam"]
    assert [row.name for row in waiting(company.reader, 2)] == ["Curie"]
    screen.bridge.undo()
    assert screen.sessions.panel.trainees.model.total == 0
    assert waiting(company.reader, 2) == ()


def test_names_are_found_without_accents_and_ticked_by_enter(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    screen = room(company)
    screen.sessions.ask_enrol(Wish(session_id=2))
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    qtbot.keyClicks(dialog.search, "elu")
    assert [row.name for row in dialog.model.shown] == ["Éluard"]
    qtbot.keyClick(dialog.search, Key.Key_Return)
    dialog.search.clear()
    dialog.table.select(1)
    qtbot.keyClick(dialog.table, Key.Key_Space)
    assert dialog.person_ids == (5, 1)
    qtbot.keyClick(dialog.table, Key.Key_Return)
    assert not dialog.isVisible()
    assert screen.sessions.model.shown[1].enrolled == 2


def test_a_department_or_a_profile_is_ticked_at_once(
    qtbot: QtBot, company: Project, room: Room
) -> None:
    home = company.execute(Add("department", {"name": "Marketing"}))
    company.execute(SetField("person", 5, "department_id", home))
    screen = room(company)
    screen.sessions.ask_enrol(Wish(session_id=2))
    dialog = cast(EnrolDialog, front())
    dialog.department.setCurrentIndex(dialog.department.findData(home))
    dialog.department.activated.emit(0)
    assert [row.name for row in dialog.model.shown] == ["Éluard"]
    assert dialog.all.text() == "Tick all 1"
    dialog.all.click()
    assert dialog.person_ids == (5,)
    dialog.all.click()
    assert dialog.person_ids == ()


# coverage ------------------------------------------------------------------------------------


def test_a_bar_invites_who_is_behind_it(qtbot: QtBot, held: Project, room: Room) -> None:
    screen = room(held)
    view = coverage(screen)
    assert view.home.figure.text() == "60%"
    view.home.chart.setFocus()
    qtbot.keyClick(view.home.chart, Key.Key_Down)
    assert view.home.chosen.whole() == "Field sales: 2 to train"
    qtbot.keyClick(view.home.chart, Key.Key_Return)
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    assert dialog.person_ids == (4, 5)
    assert [row.name for row in dialog.model.shown] == ["Dumas", "Éluard"]
    assert dialog.sessions.key == 2


def test_a_bar_shows_its_sessions_until_the_chip_is_pressed(
    qtbot: QtBot, held: Project, room: Room
) -> None:
    screen = room(held)
    view = coverage(screen)
    view.home.chart.choose(0)
    view.home.seeing.click()
    assert screen.switch.value == "sessions"
    assert [row.id for row in screen.sessions.model.shown] == [1]
    assert "Field sales" in screen.sessions.narrow.text()
    screen.sessions.narrow.click()
    assert len(screen.sessions.model.shown) == 2


def test_coverage_by_course_and_a_skill_that_expires(
    qtbot: QtBot, held: Project, room: Room
) -> None:
    held.execute(SetField("course", 1, "valid_months", 1))
    screen = room(held)
    view = coverage(screen)
    view.by._buttons["course"].click()
    names = [str(bar.name) for bar in view.side.chart.spec.bars]  # type: ignore[union-attr]
    assert names == ["First steps", "Mobile"]
    assert view.skills.all.text() == "Enrol all 3…"
    view.skills.all.click()
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    assert dialog.person_ids == (1, 2, 3)
    assert dialog.sessions.key is None  # no session of that course is to come
    assert dialog.enrol.toolTip() == "Plan a session first"


# newcomers -----------------------------------------------------------------------------------


def test_newcomers_are_named_and_enrolled(qtbot: QtBot, held: Project, room: Room) -> None:
    live = dt.date(2026, 9, 1)
    task = held.execute(
        Add("task", {"title": "Go", "kind": "milestone", "start": live, "finish": live})
    )
    wave = held.execute(Add("wave", {"name": "Wave 1", "milestone_id": task}))
    held.execute(SetField("department", 1, "wave_id", wave))
    for account in range(1, 6):
        opened = dt.date(2026, 8, 1) if account < 4 else dt.date(2026, 10, 1)
        held.execute(SetField("account", account, "opened_on", opened))
    screen = room(held)
    screen.show_view("newcomers")
    view = cast(NewcomersView, screen.views.view("newcomers"))
    assert [row.name for row in view.waiting.model.shown] == ["Dumas", "Éluard"]
    assert view.waiting.caption.text() == "2 of 2 due for 30 days and more"
    assert view.in_time.figure.text() == "0%"
    view.waiting.all.click()
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    assert dialog.person_ids == (4, 5)


def test_without_newcomers_it_says_what_to_do(held: Project, room: Room) -> None:
    screen = room(held)
    screen.show_view("newcomers")
    view = cast(NewcomersView, screen.views.view("newcomers"))
    assert view.empty.isVisible()
    assert "go-live" in view.empty.detail.text()


# evaluation ----------------------------------------------------------------------------------


def evaluation(screen: TrainingScreen) -> EvaluationView:
    screen.show_view("evaluation")
    screen.activateWindow()
    return cast(EvaluationView, screen.views.view("evaluation"))


def test_a_form_is_typed_by_a_key_a_question(qtbot: QtBot, held: Project, room: Room) -> None:
    view = evaluation(room(held))
    view.type_forms()
    dialog = front()
    assert isinstance(dialog, EvaluationForms)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.questions[0].group.button(1))
    press("4", "3", "0", "1", "4")  # the third is not answered
    assert [one.mark for one in dialog.questions] == [4, 3, None, 1, 4]
    assert dialog.comment.hasFocus()
    qtbot.keyClicks(dialog.comment, "Clear")
    qtbot.keyClick(dialog.comment, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (form,) = forms(held.reader, 1)
    assert form.marks == (4, 3, None, 1, 4, None)
    assert (form.comment, form.given_on, form.person) == ("Clear", HELD, None)
    assert [one.mark for one in dialog.questions] == [None] * 5  # the next form begins
    dialog.save.click()
    assert "empty" in dialog.complaint.text()
    dialog.reject()
    qtbot.waitUntil(lambda: view.levels.tiles[0].figure.text() == "3.0")  # 12 of 4 marks
    view.bridge.undo()
    assert forms(held.reader, 1) == ()


def test_a_quiz_is_typed_column_by_column(qtbot: QtBot, held: Project, room: Room) -> None:
    view = evaluation(room(held))
    view.type_quiz()
    dialog = front()
    assert isinstance(dialog, QuizDialog)
    qtbot.waitUntil(dialog.table.hasFocus)
    press("4", Key.Key_Return, "5", Key.Key_Return, Key.Key_Return)  # the third took none
    press("8", Key.Key_Return, "1", "0", Key.Key_Return, "9", Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    (row,) = by_session(held.reader, TODAY)
    assert (row.gain.before, row.gain.after, row.gain.pairs) == (0.45, 0.9, 2)
    view.bridge.undo()
    assert by_session(held.reader, TODAY)[0].gain.pairs == 0


def test_more_points_than_there_are_is_said(qtbot: QtBot, held: Project, room: Room) -> None:
    view = evaluation(room(held))
    view.type_quiz()
    dialog = cast(QuizDialog, front())
    qtbot.waitUntil(dialog.table.hasFocus)
    press("1", "2")
    dialog.save.click()
    assert dialog.isVisible()
    assert "12 points" in dialog.complaint.text()


def test_cold_evaluations_are_due_noted_and_reminded(
    qtbot: QtBot, held: Project, room: Room
) -> None:
    long_ago = TODAY - dt.timedelta(days=100)
    held.execute(SetField("training_session", 1, "held_on", long_ago))
    view = evaluation(room(held))
    due = view.due
    assert due._due[0].remind is False
    due._note(due._due[0])
    qtbot.waitUntil(lambda: bool(due._due) and due._due[0].remind)
    due._note(due._due[0])
    qtbot.waitUntil(lambda: not due._due)
    assert due.nothing.isVisible()
    view.bridge.undo()
    qtbot.waitUntil(lambda: bool(due._due))
    due.forms_asked.emit(1)
    dialog = front()
    assert isinstance(dialog, EvaluationForms)
    assert dialog.kind.value == Evaluated.COLD
    assert dialog.questions[0].column == "application"


def test_courses_gather_their_sessions(qtbot: QtBot, held: Project, room: Room) -> None:
    held.execute(Enrol(2, (4,)))
    view = evaluation(room(held))
    view.by._buttons["courses"].click()
    assert [row.course for row in view.model.shown] == ["First steps"]
    assert not view.panel.type_forms.isEnabled()
    assert "By session" in view.panel.type_forms.toolTip()
