"""The dialogs of the warning signs, for the tests that walk every dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from crm_pilot.governance.signs import signs
from tests.ui.dialog_stage import Case, Stage, open_dialog
from ui.screens.adoption.sign_action import SignActionDialog
from ui.screens.adoption.thresholds import ThresholdsDialog

ROOM = "ui.screens.adoption"
FORM = "ui.dialogs.thresholds:ThresholdsForm"  # the dialogs of signs and weather


def _action(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    check = signs(bridge.reader, bridge.today)[0]
    return open_dialog(SignActionDialog(stage.room("adoption"), bridge, check))


def _thresholds(stage: Stage) -> QDialog:
    return open_dialog(ThresholdsDialog(stage.room("adoption"), stage.window.bridge))


def _wrong(stage: Stage) -> QDialog:
    made = ThresholdsDialog(stage.room("adoption"), stage.window.bridge)
    made.lines[0].field.setText("99")
    open_dialog(made)
    made.save.click()
    return made


SIGN_CASES = (
    Case("sign-action", (f"{ROOM}.sign_action:SignActionDialog",), _action),
    Case("thresholds", (f"{ROOM}.thresholds:ThresholdsDialog", FORM), _thresholds),
    Case("thresholds-wrong", (f"{ROOM}.thresholds:ThresholdsDialog",), _wrong),
)
