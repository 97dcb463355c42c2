"""Dialogs and menus of the training room, opened as a person opens them."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtWidgets import QDialog, QMenu

from crm_pilot.training.halves import HalfDay
from crm_pilot.training.presence import Sheet, SheetRow, sheet
from crm_pilot.training.room import SessionLine, session_lines
from crm_pilot.training.terms import Evaluated, Half, Presence
from tests.ui.dialog_stage import Case, Open, Stage, open_dialog, popped
from ui.screens.training.course_dialog import CourseDialog
from ui.screens.training.evaluation_form import EvaluationForms
from ui.screens.training.quiz_dialog import QuizDialog
from ui.screens.training.screen import TrainingScreen
from ui.screens.training.session_dialog import SessionDialog
from ui.screens.training.sheet import SheetDialog
from ui.screens.training.start import Start
from ui.screens.training.wish import Wish

ROOM = "ui.screens.training"
LIST = "Enter belongs to the list, which must not import or enrol by mistake"
CELLS = "Enter goes on to the next trainee"
LINES = "Enter begins a new line"


def _room(stage: Stage) -> TrainingScreen:
    screen = cast(TrainingScreen, stage.room("training"))
    screen.show_view("sessions")
    return screen


def _held(stage: Stage) -> SessionLine:
    bridge = stage.window.bridge
    return next(row for row in session_lines(bridge.reader) if row.held_on <= bridge.today)


def _coming(stage: Stage) -> SessionLine:
    bridge = stage.window.bridge
    return next(row for row in session_lines(bridge.reader) if row.held_on > bridge.today)


def _enrol(stage: Stage) -> None:
    screen, line = _room(stage), _coming(stage)
    screen.sessions.reveal(line.id)
    screen.sessions.enrol()


def _invite(stage: Stage) -> None:
    found = stage.window.bridge.reader.select("SELECT person_id FROM account LIMIT 14")
    _room(stage).sessions.ask_enrol(Wish(persons=tuple({row[0] for row in found if row[0]})))


def _session(stage: Stage) -> QDialog:
    return open_dialog(SessionDialog(stage.room("training"), stage.window.bridge, _coming(stage)))


def _session_new(stage: Stage) -> QDialog:
    line = _held(stage)
    start = Start(line, line.course_id, (1, 2, 3), makes_up=line.id)
    made = SessionDialog(stage.room("training"), stage.window.bridge, None, start)
    made.halves.add_day()
    return open_dialog(made)


def _sheet(stage: Stage) -> QDialog:
    line = _held(stage)
    known = sheet(stage.window.bridge.reader, line.id)
    return open_dialog(SheetDialog(stage.room("training"), stage.window.bridge, line, known))


def _sheet_days(stage: Stage) -> QDialog:
    """Three half-days side by side."""
    line, bridge = _held(stage), stage.window.bridge
    known = sheet(bridge.reader, line.id)
    day = line.held_on
    halves = (
        HalfDay(day, Half.MORNING, "09:00", 210),
        HalfDay(day, Half.AFTERNOON, "13:30", 210),
        HalfDay(bridge.today.replace(year=2100), Half.MORNING, "09:00", 210),
    )
    rows = tuple(_three(row) for row in known.rows)
    made = SheetDialog(stage.room("training"), bridge, line, Sheet(line.id, halves, rows))
    return open_dialog(made)


def _three(row: SheetRow) -> SheetRow:
    marks = (row.presence, Presence.ABSENT, Presence.INVITED)
    who = (row.id, row.person_id, row.name, row.department, row.job)
    return SheetRow(*who, row.presence, marks, 210)


def _course(stage: Stage) -> None:
    screen = cast(TrainingScreen, stage.room("training"))
    screen.show_courses()
    cast(Any, screen.views.view("courses")).change()


def _course_new(stage: Stage) -> QDialog:
    return open_dialog(CourseDialog(stage.room("training"), stage.window.bridge))


def _forms(kind: Evaluated) -> Open:
    def make(stage: Stage) -> QDialog:
        room, bridge = stage.room("training"), stage.window.bridge
        return open_dialog(EvaluationForms(room, bridge, _held(stage), kind))

    return make


def _quiz(stage: Stage) -> QDialog:
    return open_dialog(QuizDialog(stage.room("training"), stage.window.bridge, _held(stage)))


def _missed(stage: Stage) -> QMenu:
    return popped(_room(stage).sessions.panel.trainees.missed_menu)


TRAINING_CASES: tuple[Case, ...] = (
    Case("courses", (f"{ROOM}.course_dialog:CourseDialog",), _course),
    Case("course-new", (f"{ROOM}.course_dialog:CourseDialog",), _course_new),
    Case("enrol", (f"{ROOM}.enrol:EnrolDialog",), _enrol, LIST),
    Case("invite", (f"{ROOM}.enrol:EnrolDialog",), _invite, LIST),
    Case("session", (f"{ROOM}.session_dialog:SessionDialog",), _session),
    Case("session-new", (f"{ROOM}.session_dialog:SessionDialog",), _session_new),
    Case("sheet", (f"{ROOM}.sheet:SheetDialog",), _sheet),
    Case("sheet-days", (f"{ROOM}.sheet:SheetDialog",), _sheet_days),
    Case("forms", (f"{ROOM}.evaluation_form:EvaluationForms",), _forms(Evaluated.HOT)),
    Case("forms-cold", (f"{ROOM}.evaluation_form:EvaluationForms",), _forms(Evaluated.COLD)),
    Case("quiz", (f"{ROOM}.quiz_dialog:QuizDialog",), _quiz, CELLS),
    Case("menu-missed", (f"{ROOM}.trainees:TraineesPanel._build_buttons",), _missed),
)
