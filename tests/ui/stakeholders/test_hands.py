"""Selecting several, zooming, opening a cell: real mouse, wheel and key events on the map alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.terms import TieKind, UnitKind
from crm_pilot.stakeholders.zones import grid
from ui import theme
from ui.screens.stakeholders import ground, painting
from ui.screens.stakeholders.ground import note_box
from ui.screens.stakeholders.letters import department_letters
from ui.screens.stakeholders.options import MapOptions
from ui.screens.stakeholders.painting import PALE, contrast, letters_token
from ui.screens.stakeholders.placing import text_width
from ui.screens.stakeholders.plane import PlaneView
from ui.screens.stakeholders.scene import day_text

from .rows import DEPARTMENTS, TODAY, crowd, dozen, row

Left, Right, Middle = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
NoKeys = Qt.KeyboardModifier.NoModifier
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Alt = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


class Heard:
    """What the map told."""

    def __init__(self, plane: PlaneView) -> None:
        self.selections: list[frozenset[int]] = []
        self.rated: list[tuple[int, object]] = []
        self.targets: list[tuple[int, object]] = []
        self.menus: list[frozenset[int]] = []
        plane.selected.connect(plane.select)
        plane.selection_changed.connect(self.selections.append)
        plane.rate_asked.connect(lambda key, cell: self.rated.append((key, cell)))
        plane.target_asked.connect(lambda key, cell: self.targets.append((key, cell)))
        plane.menu_asked.connect(lambda keys, _: self.menus.append(keys))


@pytest.fixture
def plane(qapp: QApplication) -> Iterator[PlaneView]:
    """The map of twelve groups, without a screen around it."""
    theme.start("light")
    made = PlaneView()
    made.resize(742, 520)
    fill(made, dozen())
    made.show()
    yield made
    made.hide()
    made.deleteLater()


@pytest.fixture
def heard(plane: PlaneView) -> Heard:
    """What it tells."""
    return Heard(plane)


def fill(plane: PlaneView, units: tuple[UnitRow, ...]) -> None:
    plane.show_units(units, grid(), TODAY, names=False, tinted=True)


def at(plane: PlaneView, key: int) -> QPoint:
    """Where a mark is."""
    mark = plane.scene.mark(key)
    assert mark is not None
    return mark.centre.toPoint()


def empty_spot(plane: PlaneView, cell: tuple[int, int] = (1, 4)) -> QPoint:
    """A point of a cell without marks."""
    point = plane.scene.cell(cell).center()
    assert plane.scene.mark_at(point) is None
    return point.toPoint()


def move(plane: PlaneView, point: QPointF, button: Qt.MouseButton = Left) -> None:
    """A move with a button held: QTest.mouseMove carries none offscreen."""
    there, none = plane.mapToGlobal(point), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, point, there, none, button, NoKeys)
    QApplication.sendEvent(plane, event)


def lasso(
    plane: PlaneView, *points: tuple[float, float], keys: Qt.KeyboardModifier = NoKeys
) -> None:
    """Press at the first point, go along the others, release at the last."""
    first, last = QPointF(*points[0]), QPointF(*points[-1])
    assert plane.scene.mark_at(first) is None
    QTest.mousePress(plane, Left, keys, first.toPoint())
    for point in points[1:]:
        move(plane, QPointF(*point))
    QTest.mouseRelease(plane, Left, keys, last.toPoint())


def wheel(plane: PlaneView, steps: int, point: QPoint, keys: Qt.KeyboardModifier = NoKeys) -> None:
    event = QWheelEvent(
        QPointF(point),
        plane.mapToGlobal(QPointF(point)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plane, event)


# several -------------------------------------------------------------------------------------


def test_a_straight_drag_on_empty_ground_selects_what_its_rectangle_holds(plane, heard):
    cell = plane.scene.cell((1, 4))
    expected = {
        mark.row.id
        for mark in plane.scene.marks
        if QRectF(0, 260, cell.right(), 300).contains(mark.centre)
    }
    assert 3 <= len(expected) < 12
    lasso(plane, (cell.right() - 3, 515), (400, 400), (2, 260))
    assert plane.selection == expected
    assert heard.selections == [frozenset(expected)]
    assert plane.selected_id in expected
    assert not heard.rated


def test_a_loop_catches_what_it_goes_around(plane, heard):
    mark = plane.scene.mark(1)
    box = mark.box.adjusted(-12, -12, 12, 12)
    corners = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
    start = next(n for n, corner in enumerate(corners) if plane.scene.mark_at(corner) is None)
    order = [corners[(start + n) % 4] for n in range(4)]
    path = [(corner.x(), corner.y()) for corner in (*order, order[0])]
    lasso(plane, *path)
    assert plane.selection == {1}


def test_control_adds_to_the_selection_and_a_click_on_empty_ground_ends_it(plane, heard):
    QTest.mouseClick(plane, Left, NoKeys, at(plane, 1))
    QTest.mouseClick(plane, Left, Ctrl, at(plane, 6))
    QTest.mouseClick(plane, Left, Ctrl, at(plane, 5))
    assert plane.selection == {1, 5, 6}
    assert plane.selected_id == 5
    QTest.mouseClick(plane, Left, Ctrl, at(plane, 5))
    assert plane.selection == {1, 6}
    QTest.mouseClick(plane, Left, NoKeys, empty_spot(plane))
    assert plane.selection == frozenset()
    assert plane.selected_id is None
    assert heard.selections[-1] == frozenset()


def test_a_click_on_one_of_several_selects_it_alone_and_a_drag_moves_it_alone(plane, heard):
    plane.select_many((1, 5, 6))
    start, end = plane.scene.mark(6).centre, plane.scene.cell((3, 3)).center()
    QTest.mousePress(plane, Left, NoKeys, start.toPoint())
    move(plane, (start + end) / 2)
    move(plane, end)
    QTest.mouseRelease(plane, Left, NoKeys, end.toPoint())
    assert heard.rated == [(6, (3, 3))]
    assert plane.selection == {1, 5, 6}
    plane.settle()
    QTest.mouseClick(plane, Left, NoKeys, at(plane, 6))
    assert plane.selection == {6}


def test_keys_select_several(plane, heard):
    plane.select(1)
    QTest.keyClick(plane, Key.Key_Right, Shift)
    assert len(plane.selection) == 2
    assert 1 in plane.selection
    QTest.keyClick(plane, Key.Key_Down)
    assert len(plane.selection) == 1
    QTest.keyClick(plane, Key.Key_Space)
    pinned = plane.selected_id
    QTest.keyClick(plane, Key.Key_Up)
    QTest.keyClick(plane, Key.Key_Left)
    assert pinned in plane.selection
    assert plane.selection == {pinned, plane.selected_id}
    QTest.keyClick(plane, Key.Key_A, Ctrl)
    assert len(plane.selection) == 12
    QTest.keyClick(plane, Key.Key_Escape)
    assert plane.selection == frozenset()


def test_units_that_are_no_more_leave_the_selection(plane, heard):
    plane.select_many((1, 2, 3))
    fill(plane, dozen()[1:])
    assert plane.selection == {2, 3}


def test_the_menu_is_asked_for_the_selection(plane, heard):
    plane.select_many((1, 2))
    context(plane, at(plane, 2))
    assert heard.menus == [frozenset({1, 2})]
    context(plane, at(plane, 5))
    assert heard.menus[-1] == {5}
    assert plane.selection == {5}
    QTest.keyClick(plane, Key.Key_F10, Shift)
    assert heard.menus[-1] == {5}
    assert len(heard.menus) == 3


def context(plane: PlaneView, point: QPoint) -> None:
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, point, plane.mapToGlobal(point), NoKeys)
    QApplication.sendEvent(plane, event)


def test_what_is_selected_is_told_to_screen_readers(plane, heard):
    plane.select(6)
    words = plane.accessibleDescription()
    assert "Field sales South and islands: synergy 2" in words
    assert "strong influence" in words
    assert "64 people" in words
    plane.select_many((6, 1))
    assert plane.accessibleDescription().startswith("2 selected. ")


# dragging ------------------------------------------------------------------------------------


def test_a_drag_shows_levels_and_no_name_of_a_zone(plane, heard, monkeypatch):
    said = []
    for module in (ground, painting):
        inner = module.text
        monkeypatch.setattr(
            module,
            "text",
            lambda painter, box, words, inner=inner, **more: (
                said.append(words),
                inner(painter, box, words, **more),
            ),
        )
    plane.stale()
    plane.grab()
    assert "Opponents" in said
    said.clear()
    start, end = plane.scene.mark(6).centre, plane.scene.cell((3, 4)).center()
    QTest.mousePress(plane, Left, NoKeys, start.toPoint())
    move(plane, end)
    plane.grab()
    assert not {"Opponents", "Waverers", "Golden triangle", "Passives", "about to tip"} & set(said)
    assert "Synergy 3 cooperative · antagonism 4 irreconcilable" in said
    QTest.keyClick(plane, Key.Key_Escape)
    assert plane.gesture is None
    QTest.mouseRelease(plane, Left, NoKeys, end.toPoint())
    assert not heard.rated


def test_only_what_a_drag_touches_is_painted_again(plane, heard, qtbot):
    start = plane.scene.mark(6).centre
    QTest.mousePress(plane, Left, NoKeys, start.toPoint())
    move(plane, start + QPointF(9, 0))
    QApplication.processEvents()
    kept = plane._picture
    painted = Painted(plane)
    plane.installEventFilter(painted)
    for step in range(5):
        move(plane, start + QPointF(12 + step, 0))
        QApplication.processEvents()
    assert plane._picture is kept
    assert painted.rects
    assert max(rect.width() * rect.height() for rect in painted.rects) < plane.width() * 130
    plane.settle()


class Painted(QObject):
    """Rectangles that were painted."""

    def __init__(self, parent: PlaneView) -> None:
        super().__init__(parent)
        self.rects = []

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


def test_shift_control_and_an_arrow_ask_for_a_target(plane, heard):
    plane.select(6)  # target 3/3 already
    QTest.keyClick(plane, Key.Key_Left, Ctrl | Shift)
    assert heard.targets == [(6, (3, 2))]
    plane.select(1)
    QTest.keyClick(plane, Key.Key_Up, Ctrl | Shift)
    assert heard.targets[-1] == (1, (4, 1))
    assert not heard.rated


# closer --------------------------------------------------------------------------------------


def test_the_wheel_zooms_around_the_mouse_and_the_middle_button_pushes(plane, heard):
    point = at(plane, 6)
    wheel(plane, 2, point)
    assert plane.zoom.factor == pytest.approx(1.25**2)
    near = plane.scene.cell((2, 3))
    assert near.contains(QPointF(point))
    assert near.width() == pytest.approx(plane.scene.view.width() / 4 * 1.25**2)
    before = plane.scene.cell((2, 3)).x()
    start = QPointF(500, 250)
    QTest.mousePress(plane, Middle, NoKeys, start.toPoint())
    move(plane, start - QPointF(30, 0), Middle)
    QTest.mouseRelease(plane, Middle, NoKeys, (start - QPointF(30, 0)).toPoint())
    assert plane.scene.cell((2, 3)).x() == pytest.approx(before - 30)
    wheel(plane, -9, point, Ctrl)
    assert plane.zoom.whole
    assert not heard.rated


def test_zoom_keys(plane, heard):
    told = []
    plane.zoomed.connect(told.append)
    QTest.keyClick(plane, Key.Key_Plus, Ctrl)
    QTest.keyClick(plane, Key.Key_Plus, Ctrl)
    assert plane.zoom.factor == pytest.approx(1.25**2)
    before = plane.scene.cell((2, 2)).x()
    QTest.keyClick(plane, Key.Key_Right, Alt)
    assert plane.scene.cell((2, 2)).x() < before
    QTest.keyClick(plane, Key.Key_Minus, Ctrl)
    QTest.keyClick(plane, Key.Key_0, Ctrl)
    assert plane.zoom.whole
    assert told[-1] == 1.0


def test_a_zoomed_plane_follows_the_selection(plane, heard):
    plane.select(1)
    for _ in range(5):
        QTest.keyClick(plane, Key.Key_Plus, Ctrl)
    for _ in range(11):
        plane.focusNextPrevChild(True)
        mark = plane.scene.mark(plane.selected_id)
        assert plane.scene.view.contains(mark.centre)


def test_a_double_click_opens_a_cell_and_another_closes_it(plane, heard):
    QTest.mouseDClick(plane, Left, NoKeys, empty_spot(plane))
    assert plane.zoom.cell == (1, 4)
    box = plane.scene.cell((1, 4))
    assert box.width() * box.height() > 0.6 * plane.scene.view.width() * plane.scene.view.height()
    assert plane.scene.marks == ()  # twelve groups elsewhere, in slim cells
    QTest.keyClick(plane, Key.Key_Left, Alt)
    assert plane.zoom.cell == (1, 3)
    QTest.mouseDClick(plane, Left, NoKeys, plane.scene.cell((1, 3)).center().toPoint())
    assert plane.zoom.whole
    assert not heard.rated


def test_a_name_of_a_zone_opens_its_cell(plane, heard):
    corner = plane.scene.cell((3, 3)).topLeft() + QPointF(20, 10)
    QTest.mouseDClick(plane, Left, NoKeys, corner.toPoint())
    assert plane.zoom.cell == (3, 3)
    QTest.keyClick(plane, Key.Key_Escape)
    assert plane.zoom.whole


def test_z_opens_the_cell_of_the_selection_where_all_are_named(plane, heard):
    fill(plane, crowd(12, 18, crowded=30))
    cell = (2, 2)
    assert len(plane.scene.marks) == 30
    assert plane.scene.unnamed(cell) > 10
    plane.select(plane.scene.marks[0].row.id)
    QTest.keyClick(plane, Key.Key_Z)
    assert plane.zoom.cell == cell
    assert plane.scene.unnamed(cell) == 0
    assert {mark.row.position for mark in plane.scene.marks} == {cell}
    QTest.keyClick(plane, Key.Key_Z)
    assert plane.zoom.whole


def test_the_note_of_a_crowd_tells_how_many_and_opens_the_cell(plane, heard):
    fill(plane, crowd(12, 18, crowded=30))
    box = note_box(plane.scene, (2, 2))
    unnamed = sum(not mark.place.named for mark in plane.scene.marks)
    assert unnamed == plane.scene.unnamed((2, 2)) > 0
    QTest.mouseMove(plane, box.center().toPoint())
    assert str(unnamed) in plane.toolTip()
    QTest.mouseClick(plane, Left, NoKeys, box.center().toPoint())
    assert plane.zoom.cell == (2, 2)


def test_a_mark_may_be_dropped_on_a_slim_cell_and_the_open_one_stays(plane, heard):
    plane.open_cell((2, 3))
    start, end = plane.scene.mark(6).centre, plane.scene.cell((3, 1)).center()
    QTest.mousePress(plane, Left, NoKeys, start.toPoint())
    move(plane, end)
    QTest.mouseRelease(plane, Left, NoKeys, end.toPoint())
    assert heard.rated == [(6, (3, 1))]
    plane.settle()
    plane.select(6)
    assert plane.zoom.cell == (2, 3)
    plane.select(1)  # elsewhere: from the list, say
    assert plane.zoom.whole


# what is shown -------------------------------------------------------------------------------


def test_letters_are_short_and_different(plane):
    names = [
        *DEPARTMENTS,
        "Field service",
        "Finance",
        "Direction des ventes",
        "DSI",
        "Ventes",
        "Vente",
    ]
    letters = department_letters(names)
    assert len(set(letters.values())) == len(names)
    assert all(1 <= len(word) <= 3 for word in letters.values())
    assert letters["DSI"] == "DSI"
    assert letters["Direction des ventes"] == "DV"
    assert letters == department_letters(reversed(names))


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_letters_on_marks_can_be_read(plane, look):
    theme.apply(look)
    fill(plane, crowd(40, 0))
    plane.show_options(MapOptions(letters=True))
    inside = [mark for mark in plane.scene.marks if mark.inside]
    assert inside
    for mark in inside:
        used = theme.theme()
        ground = used.mix(mark.token, PALE) if mark.row.provisional else used.colour(mark.token)
        assert contrast(used.colour(letters_token(mark)), ground) >= 4.5
    theme.apply("light")


def test_options_routes_and_ties_change_the_picture(plane):
    plane.select(6)
    pictures = [plane.grab().toImage()]
    plane.show_ties([(6, 1, TieKind.INFLUENCES), (4, 6, TieKind.REPORTS_TO)])
    assert plane.grab().toImage() == pictures[0]  # not asked for
    plane.show_options(MapOptions(ties=True))
    pictures.append(plane.grab().toImage())
    plane.show_routes({5: (1, 1), 6: (3, 1)})
    assert plane.grab().toImage() == pictures[-1]  # not asked for
    plane.show_options(MapOptions(ties=True, routes=True))
    pictures.append(plane.grab().toImage())
    plane.show_options(MapOptions(ties=True, routes=True, influence=False))
    pictures.append(plane.grab().toImage())
    plane.show_options(MapOptions(ties=True, routes=True, influence=False, letters=True))
    pictures.append(plane.grab().toImage())
    for n, one in enumerate(pictures):
        assert all(one != other for other in pictures[n + 1 :])


def test_who_is_about_to_tip_and_who_weighs_much_is_marked(plane):
    strong = {mark.row.id for mark in plane.scene.marks if mark.strong}
    assert strong == {unit.id for unit in dozen() if unit.influence == 3}
    swinging = {mark.row.id for mark in plane.scene.marks if mark.swinging}
    assert swinging == {unit.id for unit in dozen() if unit.position == (2, 2)}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [(742, 520), (560, 380), (1300, 830)])
def test_no_label_of_a_crowd_covers_another_or_a_mark(plane, seed, size):
    plane.resize(*size)
    fill(plane, crowd(10 + 8 * seed, 20 + 70 * (seed % 3), crowded=30, seed=seed))
    marks = plane.scene.marks
    labels = [(mark, mark.place.label_box) for mark in marks if mark.place.label_box]
    for n, (mark, label) in enumerate(labels):
        assert all(label.overlap(other) < 0.1 for _, other in labels[n + 1 :])
        for other in marks:
            reach = other.radius * 0.88
            inner = QRectF(other.centre.x() - reach, other.centre.y() - reach, 2 * reach, 2 * reach)
            box = QRectF(label.x, label.y, label.width, label.height)
            assert other is mark or not box.intersects(inner)


def test_a_person_alone_in_a_cell_stands_in_it(plane):
    fill(plane, (row(1, UnitKind.PERSON, "Secret Name", (4, 4)),))
    mark = plane.scene.mark(1)
    assert plane.scene.cell((4, 4)).contains(mark.centre)
    assert mark.name == "P-01"


def test_past_positions_and_their_dates_cover_nothing_of_a_crowded_cell(plane):
    people = [row(100 + n, UnitKind.PERSON, "", (2, 2)) for n in range(11)]
    west = row(1, UnitKind.GROUP, "Field sales West", (2, 2), headcount=44)
    south = row(2, UnitKind.GROUP, "Field sales South", (2, 3), headcount=46)
    plane.resize(708, 430)
    fill(plane, (west, south, *people))
    zone, trio = grid().zone(2, 2), grid().trio(2, 2)
    days = (TODAY - dt.timedelta(60), TODAY - dt.timedelta(5))
    ratings = [
        RatingRow(n, 2, day, 2, antagonism, zone, trio, "Came.", "Lead", provisional=False)
        for n, (day, antagonism) in enumerate(zip(days, (2, 3), strict=True))
    ]
    plane.select(2, ratings)
    (past,) = plane.trail.past
    wide = text_width(day_text(past.day))
    date = QRectF(past.centre.x() - wide / 2, past.centre.y() + 11, wide, 14)
    if past.beside:
        left = -10 - wide if past.beside < 0 else 10
        date = QRectF(past.centre.x() + left, past.centre.y() - 7, wide, 14)
    spot = QRectF(past.centre.x() - 6, past.centre.y() - 6, 12, 12)
    for mark in plane.scene.marks:
        covered = QRectF(*mark.place.box)
        assert not covered.intersects(date), mark.name
        assert not covered.intersects(spot), mark.name
