"""The suggestion below the load leads to the line it speaks of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.planning.relief import Relief
from tests.ui.planning.conftest import Stage


def test_the_suggestion_shows_its_line(stage: Stage, qtbot: QtBot) -> None:
    strip, key = stage.screen.pane.load, stage.keys["training"]
    stage.screen.toolbar.search.setText("dry run")
    strip.relief = Relief(*(key if name == "task" else 0 for name in Relief.__annotations__))
    strip.heading.say_action("Move it")
    qtbot.mouseClick(strip.heading.action, Qt.MouseButton.LeftButton)
    current = stage.screen.view.current
    assert current is not None
    assert current.key == key
