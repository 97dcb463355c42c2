"""What cannot be kept is said in the header, listed, and noted at the bar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.project import SetFields
from tests.ui.planning.conftest import Stage
from ui.screens.planning import tips

EARLY = dt.datetime(2026, 12, 4, 17)


def test_nothing_is_said_of_a_plan_in_order(stage: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(stage.screen.header.sentence.text()))
    assert not stage.screen.header.link_button.isVisibleTo(stage.screen)


def test_a_deadline_that_is_missed_is_said_listed_and_shown(stage: Stage, qtbot: QtBot) -> None:
    screen, key = stage.screen, stage.keys["checks"]
    stage.bridge.execute(SetFields("task", key, {"deadline_at": EARLY}))
    link = screen.header.link_button
    qtbot.waitUntil(lambda: link.isVisibleTo(screen))
    assert link.text() == "1 demand cannot be kept"
    about = screen.gantt.about(key)
    row = stage.row("checks")
    said = dict(tips.facts(row, stage.bridge.today, about))
    assert said["Not kept"].replace("\xa0", " ") == "Deadline 4 Dec: finishes 11 Dec"
    asked = screen.conflicts.open()
    assert asked.table.texts.rows[0][0] == row.title
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.view.current is not None and screen.view.current.key == key)
    stage.bridge.undo()
    qtbot.waitUntil(lambda: not link.isVisibleTo(screen))
    assert not screen.gantt.about(key).unkept
