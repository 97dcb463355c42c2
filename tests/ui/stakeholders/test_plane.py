"""The map through real mouse and key events: drag, Esc, keys, replay."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.terms import UnitKind
from ui.screens.stakeholders.rating_dialog import RatingDialog
from ui.screens.stakeholders.scene import Scene
from ui.screens.stakeholders.unit_dialog import TargetDialog

from .conftest import TODAY, key_of

Left = Qt.MouseButton.LeftButton
NoKeys = Qt.KeyboardModifier.NoModifier
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def unit(screen, name: str) -> queries.UnitRow:
    rows = queries.units(screen.bridge.reader, screen.day)
    return next(row for row in rows if row.name == name)


def drag(screen, name: str, cell, *, keys=NoKeys, release: bool = True) -> None:
    """Press on a mark, move in steps to the middle of a cell, release."""
    plane = screen.plane
    mark = plane.scene.mark(key_of(screen, name))
    start, end = mark.centre, plane.scene.cell(cell).center()
    QTest.mousePress(plane, Left, keys, start.toPoint())
    for step in (0.1, 0.5, 1.0):
        point = start + (end - start) * step
        QTest.mouseMove(plane, point.toPoint())
        move(plane, point)
    if release:
        QTest.mouseRelease(plane, Left, keys, end.toPoint())


def move(plane, point: QPointF) -> None:
    """A move with the button held: QTest.mouseMove carries no buttons offscreen."""
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        point,
        plane.mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Left,
        NoKeys,
    )
    QApplication.sendEvent(plane, event)


def dialog(screen, kind=RatingDialog):
    found = [d for d in screen.findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def test_dropping_a_mark_asks_for_the_fact_and_rates_it(screen, qtbot):
    before = unit(screen, "Field sales South")
    drag(screen, "Field sales South", (3, 3))
    asked = dialog(screen)
    assert (asked.synergy.level, asked.antagonism.level) == (3, 3)
    assert asked.zone.text() == ""  # nobody rates by the name of a zone
    assert not asked.save.isEnabled()
    assert "observed fact" in asked.save.toolTip()
    qtbot.keyClicks(asked.fact, "Six of 46 asked for joint rounds.")
    assert asked.zone.text() == "Zone: Waverers"
    qtbot.mouseClick(asked.save, Left)
    after = unit(screen, "Field sales South")
    assert before.position == (2, 3)
    assert after.position == (3, 3)
    assert after.fact == "Six of 46 asked for joint rounds."
    assert after.rated_on == TODAY
    mark = screen.plane.scene.mark(after.id)
    assert screen.plane.scene.cell((3, 3)).contains(mark.centre)
    screen.bridge.undo()
    assert unit(screen, "Field sales South") == before
    screen.bridge.redo()
    assert unit(screen, "Field sales South").position == (3, 3)


def test_escape_while_dragging_puts_the_mark_back(screen):
    before = unit(screen, "Field sales South")
    drag(screen, "Field sales South", (4, 2), release=False)
    assert screen.plane.gesture.active
    QTest.keyClick(screen.plane, Qt.Key.Key_Escape)
    assert screen.plane.gesture is None
    QTest.mouseRelease(screen.plane, Left, NoKeys, QPoint(300, 60))
    assert not [d for d in screen.findChildren(RatingDialog) if d.isVisible()]
    assert unit(screen, "Field sales South") == before


def test_leaving_the_window_while_dragging_puts_the_mark_back(screen):
    before = unit(screen, "Field sales South")
    drag(screen, "Field sales South", (4, 2), release=False)
    reason = Qt.FocusReason.ActiveWindowFocusReason
    QApplication.sendEvent(screen.plane, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert screen.plane.gesture is None
    QTest.mouseRelease(screen.plane, Left, NoKeys, QPoint(300, 60))
    assert not screen.findChildren(RatingDialog)
    assert unit(screen, "Field sales South") == before


def test_escape_in_the_dialog_puts_the_mark_back(screen):
    before = unit(screen, "Field sales South")
    drag(screen, "Field sales South", (4, 2))
    QTest.keyClick(dialog(screen), Qt.Key.Key_Escape)
    assert screen.plane.gesture is None
    assert unit(screen, "Field sales South") == before
    assert len(screen.bridge.project.undo_labels) > 0
    assert "Field sales South" not in screen.bridge.project.undo_labels[0].english().split(" 4/2")


def test_a_click_selects_and_does_not_rate(screen):
    plane = screen.plane
    key = key_of(screen, "Marketing")
    QTest.mouseClick(plane, Left, NoKeys, plane.scene.mark(key).centre.toPoint())
    assert screen.selected_id == key
    assert not screen.findChildren(RatingDialog)
    assert screen.panel.name.whole() == "Marketing"


def test_dropping_in_the_same_cell_or_outside_asks_nothing(screen):
    drag(screen, "Telesales", (3, 1))
    assert not screen.findChildren(RatingDialog)
    plane = screen.plane
    mark = plane.scene.mark(key_of(screen, "Telesales"))
    QTest.mousePress(plane, Left, NoKeys, mark.centre.toPoint())
    move(plane, QPointF(2, 2))
    QTest.mouseRelease(plane, Left, NoKeys, QPoint(2, 2))
    assert not screen.findChildren(RatingDialog)
    assert plane.gesture is None


def test_shift_drag_sets_the_target(screen, qtbot):
    drag(screen, "Back office", (3, 2), keys=Shift)
    asked = dialog(screen, TargetDialog)
    qtbot.keyClicks(asked.by, "8 January 2027")
    qtbot.mouseClick(asked.buttons["save"], Left)
    row = unit(screen, "Back office")
    assert (row.target_synergy, row.target_antagonism) == (3, 2)
    assert row.target_date == dt.date(2027, 1, 8)
    assert row.position == (1, 1)


def test_control_and_an_arrow_rate_one_cell_further(screen, qtbot):
    screen.select(key_of(screen, "Field sales South"))
    QTest.keyClick(screen.plane, Qt.Key.Key_Up, Ctrl)
    asked = dialog(screen)
    assert (asked.synergy.level, asked.antagonism.level) == (3, 3)
    qtbot.keyClicks(asked.fact, "A fact")
    qtbot.mouseClick(asked.save, Left)
    assert unit(screen, "Field sales South").position == (3, 3)


def test_tab_walks_through_the_marks_and_then_leaves(screen):
    plane = screen.plane
    order = [mark.row.id for mark in plane.scene.marks]
    screen.select(order[0])
    plane.setFocus()
    plane.focusNextPrevChild(True)
    if plane.hasFocus():  # offscreen windows may be inactive
        assert screen.selected_id == order[1]


def test_arrows_go_to_the_neighbour_in_their_direction(screen):
    start = key_of(screen, "Customer service")
    screen.select(start)
    QTest.keyClick(screen.plane, Qt.Key.Key_Right)
    scene: Scene = screen.plane.scene
    assert scene.mark(screen.selected_id).centre.x() > scene.mark(start).centre.x()


def test_delete_removes_and_undo_brings_back(screen):
    key = key_of(screen, "Back office")
    screen.select(key)
    QTest.keyClick(screen.plane, Qt.Key.Key_Delete)
    assert screen.plane.scene.mark(key) is None
    screen.bridge.undo()
    assert screen.plane.scene.mark(key) is not None
    assert len(queries.ratings(screen.bridge.reader, key)) == 1


def test_the_slider_replays_and_steps_from_rating_to_rating(screen):
    screen.select(key_of(screen, "Field sales South"))
    days = []
    for _ in range(4):
        QTest.keyClick(screen.timeline, Qt.Key.Key_Left)
        days.append((screen.day, unit(screen, "Field sales South").position))
    assert days == [
        (dt.date(2026, 11, 16), (2, 3)),
        (dt.date(2026, 10, 14), (2, 2)),
        (dt.date(2026, 9, 8), (2, 1)),
        (dt.date(2026, 9, 8), (2, 1)),
    ]
    QTest.keyClick(screen.timeline, Qt.Key.Key_End)
    assert screen.day == TODAY


def test_the_slider_snaps_to_a_rating_and_stops_at_today(screen):
    line = screen.timeline
    screen.select(key_of(screen, "Field sales South"))
    near = line.x_of(dt.date(2026, 10, 14)) + 4
    QTest.mouseClick(line, Left, NoKeys, QPoint(round(near), 25))
    assert screen.day == dt.date(2026, 10, 14)
    QTest.mouseClick(line, Left, NoKeys, QPoint(line.width() - 8, 25))
    assert screen.day == TODAY


def test_a_rating_while_the_past_is_shown_is_dated_that_day(screen, qtbot):
    screen.show_day(dt.date(2026, 10, 1))
    drag(screen, "Back office", (2, 1))
    asked = dialog(screen)
    qtbot.keyClicks(asked.fact, "A fact")
    qtbot.mouseClick(asked.save, Left)
    last = queries.ratings(screen.bridge.reader, key_of(screen, "Back office"))[-1]
    assert last.rated_on == dt.date(2026, 10, 1)


def test_the_trail_carries_the_shape_of_the_zone_at_that_date(screen):
    screen.select(key_of(screen, "Field sales South"))
    trail = screen.plane.trail
    assert [(p.day, p.trio.value) for p in trail.past] == [
        (dt.date(2026, 9, 8), "hesitant"),
        (dt.date(2026, 10, 14), "hesitant"),
    ]
    assert trail.now.shape == "square"
    scene = screen.plane.scene
    assert scene.cell((2, 1)).contains(trail.past[0].centre)
    assert scene.cell((3, 3)).contains(trail.target)


def test_marks_have_equal_area_and_stand_in_their_cells(screen):
    scene = screen.plane.scene
    for mark in scene.marks:
        assert scene.cell(mark.row.position).contains(mark.centre)
    groups = [mark for mark in scene.marks if mark.row.kind == UnitKind.GROUP]
    ratios = {round(m.radius**2 / m.row.headcount, 3) for m in groups}
    assert len(ratios) == 1
    assert len({m.radius for m in scene.marks if m.person}) == 1


@pytest.mark.parametrize(
    ("size", "named"), [((1166, 640), 9), ((1166, 712), 9), ((1720, 1000), 9), ((900, 560), 6)]
)
def test_names_of_groups_never_collide_when_crowded(screen, size, named, qtbot):
    screen.resize(*size)
    qtbot.wait(1)
    marks = screen.plane.scene.marks
    boxes = [mark.place.box for mark in marks if mark.row.kind == UnitKind.GROUP]
    assert sum(a.overlap(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]) == 0
    labelled = [m for m in marks if m.row.kind == UnitKind.GROUP and m.place.named]
    assert len(labelled) >= named
