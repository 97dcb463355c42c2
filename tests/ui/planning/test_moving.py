"""Lines moved, linked and marked: by drags of rows, keys and the menu; what followed is told."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.planning import queries
from crm_pilot.planning.schedule_commands import SetDuration
from crm_pilot.planning.terms import Mode, Pillar
from tests.ui.planning.conftest import Stage
from ui.screens.planning.model import TITLE
from ui.screens.planning.row_drag import Where
from ui.widgets.grid import ROW_HEIGHT

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


def row_top(stage: Stage, key: int) -> QPoint:
    """A point in the title of a line, at its top edge."""
    view, model = stage.screen.view, stage.screen.model
    rect = view.visualRect(model.index(model.places[key], TITLE))
    return QPoint(rect.left() + 120, rect.top())


def send(stage: Stage, kind: QEvent.Type, at: QPoint) -> None:
    port = stage.screen.view.viewport()
    held = Button.LeftButton if kind != QEvent.Type.MouseButtonRelease else Button.NoButton
    button = Button.NoButton if kind == QEvent.Type.MouseMove else Button.LeftButton
    event = QMouseEvent(
        kind, QPointF(at), QPointF(port.mapToGlobal(at)), button, held, Mod.NoModifier
    )
    QApplication.sendEvent(port, event)


def drag(stage: Stage, key: int, to: QPoint, *, drop: bool = True) -> None:
    start = row_top(stage, key) + QPoint(0, ROW_HEIGHT // 2)
    send(stage, QEvent.Type.MouseButtonPress, start)
    send(stage, QEvent.Type.MouseMove, start + QPoint(0, 14))
    send(stage, QEvent.Type.MouseMove, to)
    if drop:
        send(stage, QEvent.Type.MouseButtonRelease, to)


def order(stage: Stage) -> list[str]:
    names = {key: name for name, key in stage.keys.items() if name not in ("faure", "wave 3")}
    return [names[row.id] for row in queries.tasks(stage.project.reader)]


def test_a_row_is_dragged_before_another(stage: Stage) -> None:
    before = order(stage)
    drag(stage, stage.keys["final"], row_top(stage, stage.keys["rights"]) + QPoint(0, 2))
    assert order(stage)[5:9] == ["wave", "final", "rights", "live"]
    stage.bridge.undo()
    assert order(stage) == before


def test_a_row_is_dragged_into_another_phase_and_pillar(stage: Stage) -> None:
    drag(stage, stage.keys["final"], row_top(stage, stage.keys["data"]) + QPoint(0, 14))
    assert stage.row("final").parent_id == stage.keys["data"]
    heading = stage.screen.model.places[-2]
    place = stage.screen.view.visualRect(stage.screen.model.index(heading, TITLE))
    drag(stage, stage.keys["final"], place.center())
    row = stage.row("final")
    assert (row.parent_id, row.pillar) == (None, Pillar.ADOPTION)


def test_several_selected_rows_go_together(stage: Stage) -> None:
    stage.select("trial")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    to = row_top(stage, stage.keys["live"]) + QPoint(0, ROW_HEIGHT - 2)
    drag(stage, stage.keys["trial"], to, drop=False)
    held = stage.screen.view.rows_drag
    assert held.keys == [stage.keys["trial"], stage.keys["dedup"]]
    assert held.target is not None and held.target.where is Where.AFTER
    stage.screen.view.grab()  # the mark is drawn
    send(stage, QEvent.Type.MouseButtonRelease, to)
    assert order(stage)[-4:] == ["live", "trial", "dedup", "training"]


def test_a_press_among_several_chooses_one_when_it_is_let_go(stage: Stage) -> None:
    stage.select("trial")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    at = row_top(stage, stage.keys["dedup"]) + QPoint(0, 14)
    send(stage, QEvent.Type.MouseButtonPress, at)
    assert len(stage.screen.view.selected) == 2
    send(stage, QEvent.Type.MouseButtonRelease, at)
    assert stage.screen.view.selected == [stage.keys["dedup"]]


def test_nothing_goes_into_itself_and_escape_puts_it_back(stage: Stage) -> None:
    before = order(stage)
    inside = row_top(stage, stage.keys["checks"]) + QPoint(0, 14)
    drag(stage, stage.keys["data"], inside, drop=False)
    assert stage.screen.view.rows_drag.target is None
    send(stage, QEvent.Type.MouseButtonRelease, inside)
    to = row_top(stage, stage.keys["rights"]) + QPoint(0, 2)
    drag(stage, stage.keys["final"], to, drop=False)
    QTest.keyClick(stage.screen.view, Key.Key_Escape)
    send(stage, QEvent.Type.MouseButtonRelease, to)
    assert order(stage) == before


def test_a_milestone_takes_no_lines(stage: Stage) -> None:
    middle = row_top(stage, stage.keys["ready"]) + QPoint(0, 14)
    drag(stage, stage.keys["final"], middle, drop=False)
    target = stage.screen.view.rows_drag.target
    assert target is not None and target.where is Where.AFTER
    stage.screen.view.rows_drag.cancel()


def test_sorted_lines_cannot_be_dragged_and_it_is_said(stage: Stage) -> None:
    said: list[object] = []
    stage.bridge.failed.connect(said.append)
    stage.screen.view.heading.setSortIndicator(TITLE, Qt.SortOrder.DescendingOrder)
    before = order(stage)
    drag(stage, stage.keys["final"], row_top(stage, stage.keys["trial"]) + QPoint(0, 2))
    assert said and order(stage) == before


# keys and menu -----------------------------------------------------------------------------------


def ends(stage: Stage) -> set[tuple[int, int]]:
    return set(queries.link_ends(stage.project.reader))


def test_ctrl_f2_links_and_with_shift_unlinks(stage: Stage) -> None:
    before = ends(stage)
    stage.select("rights")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    QTest.keyClick(stage.screen.view, Key.Key_F2, Mod.ControlModifier)
    assert ends(stage) == before | {(stage.keys["rights"], stage.keys["final"])}
    QTest.keyClick(stage.screen.view, Key.Key_F2, Mod.ControlModifier | Mod.ShiftModifier)
    assert ends(stage) == before
    stage.bridge.undo()
    stage.bridge.undo()
    assert ends(stage) == before


def test_keys_change_the_progress(stage: Stage) -> None:
    stage.select("dedup")
    QTest.keyClick(stage.screen.view, Key.Key_Up, Mod.AltModifier | Mod.ShiftModifier)
    assert stage.row("dedup").percent == 35
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.AltModifier | Mod.ShiftModifier)
    assert stage.row("dedup").percent == 30


@pytest.mark.parametrize("percent", [0, 25, 50, 75, 100])
def test_progress_of_several_lines_is_one_step(stage: Stage, percent: int) -> None:
    stage.select("checks")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    steps = len(stage.project.undo_labels)
    stage.screen.edits.set_percent(percent)
    assert stage.row("checks").percent == percent
    assert stage.row("ready").percent == (100 if percent == 100 else 0)
    assert len(stage.project.undo_labels) == steps + bool(percent)


def test_mode_and_taking_part_of_selected_lines(stage: Stage) -> None:
    stage.select("checks")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    stage.screen.edits.set_mode(Mode.MANUAL)
    assert {stage.row(name).mode for name in ("checks", "ready")} == {Mode.MANUAL}
    stage.bridge.undo()
    assert stage.row("checks").mode is Mode.AUTO
    stage.screen.edits.set_active(False)
    assert not stage.row("checks").active
    stage.screen.edits.set_active(True)
    assert stage.row("checks").active


def test_the_zoom_keys_of_the_outline_reach_the_gantt(stage: Stage) -> None:
    stage.select("dedup")
    px = stage.screen.gantt.scale.px
    QTest.keyClick(stage.screen.view, Key.Key_Plus, Mod.ControlModifier)
    assert stage.screen.gantt.scale.px > px
    for zoom in ("hour", "year"):
        stage.screen.gantt.set_zoom(zoom)
        assert stage.screen.toolbar.zoom.value == {"hour": "day", "year": "month"}[zoom]


# what followed -----------------------------------------------------------------------------------


def test_what_follows_is_told_with_the_way_back(stage: Stage) -> None:
    note = stage.screen.note
    before = stage.dates("live")
    stage.select("final")
    row = stage.row("final")
    assert row.duration is not None
    stage.bridge.execute(SetDuration(row.id, row.duration + 5 * 480, title=row.title))
    assert note.isVisible()
    assert note.text.whole().startswith("1 line follows; “Go-live of wave 3” moves to 1")
    assert "Change the duration of" in note.undo.text()
    assert stage.screen.focusWidget() is not note.undo
    note.undo.click()
    assert stage.dates("live") == before and not note.isVisible()


def test_undo_and_edits_that_move_nothing_say_nothing(stage: Stage) -> None:
    note = stage.screen.note
    stage.select("dedup")
    stage.screen.edits.set_percent(50)
    assert not note.isVisible()
    stage.select("final")
    stage.bridge.execute(SetDuration(stage.keys["final"], 30 * 480))
    assert note.isVisible()
    stage.bridge.undo()
    assert not note.isVisible()


def test_a_line_edited_by_itself_is_not_told(stage: Stage) -> None:
    stage.select("training")
    QTest.keyClick(stage.screen.view, Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier)
    assert stage.row("training").start == dt.date(2026, 12, 8)
    assert not stage.screen.note.isVisible()


def test_the_note_goes_by_itself_but_not_under_the_pointer(stage: Stage) -> None:
    note = stage.screen.note
    note.tell("4 lines follow.", "Change")
    note._leave()
    assert not note.isVisible()
    note.tell("4 lines follow.", "Change")
    note.undo.setFocus()
    note._leave()
    assert note.isVisible()
    note.close_button.click()
    assert not note.isVisible()
