"""The dialog and menus of the adoption room, for the tests that walk every dialog."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QApplication, QDialog, QMenu

from tests.ui.dialog_stage import Case, Stage, open_dialog, popped
from ui.screens.adoption.council_dialog import CouncilDialog
from ui.screens.adoption.screen import AdoptionScreen

ROOM = "ui.screens.adoption"


def _council(stage: Stage) -> QDialog:
    return open_dialog(CouncilDialog(stage.room("adoption"), stage.window.bridge, "CSE"))


def _council_typed(stage: Stage) -> QDialog:
    made = cast(CouncilDialog, _council(stage))
    made.day.field.insert("2 November")
    made.day.field.textEdited.emit("2 November")
    return made


def _months(stage: Stage) -> QMenu:
    cast(AdoptionScreen, stage.room("adoption")).filters.open_months()
    return cast(QMenu, QApplication.activePopupWidget())


def _filter(stage: Stage) -> QMenu:
    screen = cast(AdoptionScreen, stage.room("adoption"))
    return popped(screen.filters.menu("departments"))


ADOPTION_CASES = (
    Case("council", (f"{ROOM}.council_dialog:CouncilDialog",), _council),
    Case("council-typed", (f"{ROOM}.council_dialog:CouncilDialog",), _council_typed),
    Case("menu-months", (f"{ROOM}.filters:FilterBar.open_months",), _months),
    Case("menu-use-filter", (f"{ROOM}.filters:FilterBar.menu",), _filter),
)
