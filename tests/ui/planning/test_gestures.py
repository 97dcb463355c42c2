"""Bars are dragged with real mouse events on the real widget; keys do the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.planning.conftest import Stage

LEFT = Qt.MouseButton.LeftButton
Mod = Qt.KeyboardModifier


def bar(stage: Stage, name: str, edge: str = "middle") -> QPoint:
    """A point on the bar of a line."""
    gantt = stage.screen.gantt
    place = stage.screen.model.places[stage.keys[name]]
    line = gantt.lines[place]
    assert line.start
    assert line.finish
    left, right = gantt.scale.x(line.start), gantt.scale.end(line.finish)
    x = {"middle": (left + right) / 2, "start": left + 1, "finish": right - 1}[edge]
    return QPoint(round(x), gantt.top_of(place) + 11)


def press_and_move(stage: Stage, name: str, days: int, edge: str = "middle") -> QPoint:
    gantt = stage.screen.gantt
    at = bar(stage, name, edge)
    QTest.mousePress(gantt, LEFT, pos=at)
    to = at + QPoint(round(days * gantt.scale.px), 0)
    for share in (0.5, 1.0):
        QTest.mouseMove(gantt, at + (to - at) * share)
        move = at + (to - at) * share
        send_move(stage, move)
    return to


def send_move(stage: Stage, at: QPoint) -> None:
    """A move with the button held, which `QTest.mouseMove` does not say."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent

    gantt = stage.screen.gantt
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(gantt.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        LEFT,
        Mod.NoModifier,
    )
    QApplication.sendEvent(gantt, event)


def drag(stage: Stage, name: str, days: int, edge: str = "middle") -> None:
    to = press_and_move(stage, name, days, edge)
    QTest.mouseRelease(stage.screen.gantt, LEFT, pos=to)


def test_dragging_a_bar_is_one_step(stage: Stage) -> None:
    steps = len(stage.project.undo_labels)
    drag(stage, "dedup", 7)
    assert stage.dates("dedup") == ("2026-11-23", "2026-12-09")
    assert len(stage.project.undo_labels) == steps + 1
    stage.bridge.undo()
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-02")


def test_nothing_changes_before_the_button_is_released(stage: Stage) -> None:
    steps = len(stage.project.undo_labels)
    press_and_move(stage, "dedup", 7)
    gantt = stage.screen.gantt
    assert gantt.gesture is not None
    assert str(gantt.gesture.shown and gantt.gesture.shown[0]) == "2026-11-23"
    assert stage.dates("dedup")[0] == "2026-11-16"
    assert len(stage.project.undo_labels) == steps


def test_escape_puts_the_bar_back(stage: Stage) -> None:
    steps = len(stage.project.undo_labels)
    to = press_and_move(stage, "dedup", 7)
    QTest.keyClick(stage.screen.gantt, Qt.Key.Key_Escape)
    assert stage.screen.gantt.gesture is None
    QTest.mouseRelease(stage.screen.gantt, LEFT, pos=to)
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-02")
    assert len(stage.project.undo_labels) == steps


def test_lost_focus_puts_the_bar_back(stage: Stage) -> None:
    to = press_and_move(stage, "dedup", 7)
    QApplication.sendEvent(stage.screen.gantt, QFocusEvent(QEvent.Type.FocusOut))
    QTest.mouseRelease(stage.screen.gantt, LEFT, pos=to)
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-02")


def test_the_edges_stretch(stage: Stage) -> None:
    drag(stage, "dedup", 2, "finish")
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-04")
    drag(stage, "dedup", 1, "start")
    assert stage.dates("dedup") == ("2026-11-17", "2026-12-04")


def test_an_edge_stops_at_the_other_one(stage: Stage) -> None:
    drag(stage, "dedup", -60, "finish")
    assert stage.dates("dedup") == ("2026-11-16", "2026-11-16")


def test_a_phase_takes_its_lines_along(stage: Stage) -> None:
    stage.screen.gantt.show_day(stage.screen.bridge.today, 0.1)
    place = stage.screen.model.places[stage.keys["wave"]]
    at = QPoint(bar(stage, "rights").x(), stage.screen.gantt.top_of(place) + 11)
    gantt = stage.screen.gantt
    QTest.mousePress(gantt, LEFT, pos=at)
    to = at + QPoint(round(14 * gantt.scale.px), 0)
    send_move(stage, to)
    QTest.mouseRelease(gantt, LEFT, pos=to)
    assert stage.dates("rights") == ("2026-11-16", "2026-12-03")  # 11 November was a holiday
    assert stage.dates("live") == ("2027-01-26", "2027-01-26")


def test_a_dragged_milestone_is_announced(stage: Stage) -> None:
    drag(stage, "live", 7)
    assert stage.dates("live")[1] == "2027-01-19"
    found = stage.project.reader.select("SELECT expected_on FROM forecast")
    assert found == [("2027-01-19",)]


def test_a_click_selects_and_changes_nothing(stage: Stage) -> None:
    steps = len(stage.project.undo_labels)
    QTest.mouseClick(stage.screen.gantt, LEFT, pos=bar(stage, "final"))
    line = stage.screen.view.current
    assert line is not None
    assert line.key == stage.keys["final"]
    assert len(stage.project.undo_labels) == steps


def test_a_read_only_plan_is_not_dragged(stage: Stage) -> None:
    stage.project.read_only = True
    stage.screen.refresh(None)
    drag(stage, "dedup", 7)
    stage.project.read_only = False
    assert stage.dates("dedup")[0] == "2026-11-16"


@pytest.mark.parametrize(
    ("key", "keys", "dates"),
    [
        (Qt.Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier, ("2026-11-17", "2026-12-03")),
        (Qt.Key.Key_Left, Mod.AltModifier | Mod.ShiftModifier, ("2026-11-13", "2026-12-01")),
        (Qt.Key.Key_Right, Mod.AltModifier | Mod.ControlModifier, ("2026-11-16", "2026-12-03")),
        (Qt.Key.Key_Left, Mod.AltModifier | Mod.ControlModifier, ("2026-11-16", "2026-12-01")),
    ],
)
def test_keys_do_what_a_drag_does(
    stage: Stage, key: Qt.Key, keys: Qt.KeyboardModifier, dates: tuple[str, str]
) -> None:
    stage.select("dedup")
    QTest.keyClick(stage.screen.view, key, keys)
    assert stage.dates("dedup") == dates


def test_a_key_pressed_twice_is_one_step(stage: Stage) -> None:
    stage.select("dedup")
    steps = len(stage.project.undo_labels)
    for _ in range(2):
        keys = Mod.AltModifier | Mod.ControlModifier
        QTest.keyClick(stage.screen.view, Qt.Key.Key_Right, keys)
    assert stage.dates("dedup")[1] == "2026-12-04"
    assert len(stage.project.undo_labels) == steps + 1


def test_keys_pressed_on_the_gantt_reach_the_outline(stage: Stage) -> None:
    stage.select("dedup")
    stage.screen.gantt.setFocus()
    QTest.keyClick(stage.screen.gantt, Qt.Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier)
    assert stage.dates("dedup")[0] == "2026-11-17"


def test_a_bar_held_at_the_edge_scrolls_the_plan(stage: Stage, qtbot: QtBot) -> None:
    gantt = stage.screen.gantt
    at = bar(stage, "dedup")
    QTest.mousePress(gantt, LEFT, pos=at)
    edge = QPoint(gantt.width() - 4, at.y())
    send_move(stage, edge)
    assert gantt.gesture is not None
    before, offset = gantt.gesture.days, gantt.scale.offset
    qtbot.waitUntil(lambda: gantt.scale.offset > offset + 30)
    assert gantt.gesture.days > before
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    assert stage.dates("dedup")[0] == "2026-11-16"
