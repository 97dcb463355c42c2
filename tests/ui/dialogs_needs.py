"""The dialogs of support, for the tests that walk every dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from crm_pilot.adoption.support import cases
from tests.ui.dialog_stage import Case, Stage, open_dialog
from ui.screens.adoption.support_dialog import AnswerCase, NoteCase

DIALOGS = "ui.screens.adoption.support_dialog"


def _note(stage: Stage) -> QDialog:
    return open_dialog(NoteCase(stage.window, stage.window.bridge, 1))


def _answer(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    case = next(one for one in cases(bridge.reader) if one.done_on is None)
    return open_dialog(AnswerCase(stage.window, bridge, case))


TEXT = "Enter begins a new line of the text"
NEEDS_CASES = (
    Case("case-note", (f"{DIALOGS}:NoteCase",), _note, TEXT),
    Case("case-answer", (f"{DIALOGS}:AnswerCase",), _answer, TEXT),
)
