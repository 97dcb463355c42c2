"""The dialogs of support, functions and passages, for the tests that walk every dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from crm_pilot.adoption import passages
from crm_pilot.adoption.feature_register import register
from crm_pilot.adoption.support import cases
from tests.ui.dialog_stage import Case, Stage, open_dialog
from ui.screens.adoption.feature_dialogs import MeasureDialog, PassageDialog, TargetsDialog
from ui.screens.adoption.support_dialog import AnswerCase, NoteCase
from ui.screens.adoption.use_settings import FoldDialog, UseSettingsDialog

SUPPORT = "ui.screens.adoption.support_dialog"
SETTINGS = "ui.screens.adoption.use_settings"
FEATURES = "ui.screens.adoption.feature_dialogs"


def _note(stage: Stage) -> QDialog:
    return open_dialog(NoteCase(stage.window, stage.window.bridge, 1))


def _answer(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    case = next(one for one in cases(bridge.reader) if one.done_on is None)
    return open_dialog(AnswerCase(stage.window, bridge, case))


def _targets(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    row = next(one for one in register(bridge.reader, bridge.today) if one.objects)
    return open_dialog(TargetsDialog(stage.window, bridge, row))


def _passage(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    found = passages.use(bridge.reader, bridge.today)
    return open_dialog(PassageDialog(stage.window, bridge, found[0]))


def _measure(stage: Stage) -> QDialog:
    return open_dialog(MeasureDialog(stage.window, stage.window.bridge))


def _settings(stage: Stage) -> QDialog:
    return open_dialog(UseSettingsDialog(stage.window, stage.window.bridge))


def _fold(stage: Stage) -> QDialog:
    return open_dialog(FoldDialog(stage.window, stage.window.bridge))


TEXT = "Enter begins a new line of the text"
NEEDS_CASES = (
    Case("case-note", (f"{SUPPORT}:NoteCase",), _note, TEXT),
    Case("case-answer", (f"{SUPPORT}:AnswerCase",), _answer, TEXT),
    Case("feature-targets", (f"{FEATURES}:TargetsDialog",), _targets),
    Case("passage", (f"{FEATURES}:PassageDialog",), _passage),
    Case("use-settings", (f"{SETTINGS}:UseSettingsDialog",), _settings),
    Case("use-fold", (f"{SETTINGS}:FoldDialog",), _fold),
    Case("completeness", (f"{FEATURES}:MeasureDialog",), _measure),
)
