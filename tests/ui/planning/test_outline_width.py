"""Titles stay readable whatever columns are asked for; what lacks room is scrolled to."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.planning.conftest import Stage
from ui.screens.planning.model import TITLE


def test_titles_stay_readable_beside_many_columns(stage: Stage, qtbot: QtBot) -> None:
    view, pane = stage.screen.view, stage.screen.pane
    assert view.columnWidth(TITLE) >= 120
    assert pane.columns_bar.maximum() == 0
    for key in ("number", "duration", "predecessors", "mode", "constraint", "deadline"):
        view.places.show(key, True)
    qtbot.waitUntil(lambda: pane.columns_bar.maximum() > 0)
    assert view.columnWidth(TITLE) >= 120
    pane.columns_bar.setValue(pane.columns_bar.maximum())
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum()
    pane.splitter.setSizes([1100, 60])
    view.places.reset()
    qtbot.waitUntil(lambda: pane.columns_bar.maximum() == 0)
    assert view.columnWidth(TITLE) > 300
