"""The plane as a widget: shows a scene, selects by mouse and keys, drags marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import Message, msg, tr
from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, ZONES
from crm_pilot.stakeholders.zones import Grid, grid
from ui import theme
from ui.charts.view import data_menu, open_data
from ui.screens.stakeholders import painting, route
from ui.screens.stakeholders.gestures import MoveMark
from ui.screens.stakeholders.options import MapOptions, Tie
from ui.screens.stakeholders.scene import Cell, Mark, Scene, Trail, past_moves
from ui.widgets.roles import tell_role
from ui.widgets.why import Asked

Key = Qt.Key
ARROWS = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}


class PlaneView(QWidget):
    """Synergy upwards, antagonism to the right.

    Tab and arrows select a mark, Ctrl+arrows ask to move it one cell, Enter asks to rate it,
    Delete to remove it. Dragging asks to rate it where it is dropped; with Shift, to set its
    target there. A dropped mark stays where it is until `settle`.
    """

    selected = Signal(object)  # id or None
    rate_asked = Signal(int, object)  # id, cell or None
    target_asked = Signal(int, object)
    remove_asked = Signal(int)
    selection_changed = Signal(object)  # frozenset of ids
    menu_asked = Signal(object, QPoint)  # frozenset of ids, never empty; where, on the screen
    zoomed = Signal(float)  # 1: the whole plane

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tell_role(self, "Chart")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._units: Sequence[UnitRow] = ()
        self._ratings: Sequence[RatingRow] = ()
        self._grid: Grid = grid()
        self._on = dt.date.min
        self._names, self._zones = False, True
        self._key: int | None = None
        self._scene: Scene | None = None
        self._before: Scene | None = None  # the last one laid out
        self._trail: Trail | None = None
        self.options = MapOptions()
        self.selection: frozenset[int] = frozenset()
        self._ties: tuple[Tie, ...] = ()
        self._moves: Mapping[int, Cell] = {}
        self.gesture: MoveMark | None = None
        theme.switched().changed.connect(self.update)

    # what is shown ---------------------------------------------------------------------------

    def show_units(
        self, units: Sequence[UnitRow], zones: Grid, on: dt.date, *, names: bool, tinted: bool
    ) -> None:
        """Show positions on a day; `names`: persons by name; `tinted`: zones are not hidden."""
        wanted = (units, zones, on, names, tinted)
        if wanted == (self._units, self._grid, self._on, self._names, self._zones):
            return  # an edit that moves nothing
        self._units, self._grid, self._on = units, zones, on
        self._names, self._zones = names, tinted
        self._forget()

    def select(self, key: int | None, ratings: Sequence[RatingRow] = ()) -> None:
        """Select a unit and draw its route, without telling."""
        crossed = self._crossed()
        self._key, self._ratings, self._trail = key, ratings, None
        if self._crossed() != crossed:
            self._scene = None
        self._describe()
        self.update()

    def _crossed(self) -> frozenset[Cell]:
        """Cells the route of the selected unit goes through."""
        moves = past_moves(self._ratings, self._on)
        cells = {(move.synergy, move.antagonism) for move in moves}
        for row in self._units:
            if row.id == self._key and row.target_synergy and row.target_antagonism:
                cells.add((row.target_synergy, row.target_antagonism))
        return frozenset(cells)

    def select_many(self, keys: Iterable[int]) -> None:
        """Select several units, without telling."""
        self.selection = frozenset(keys)
        self.update()

    def show_options(self, options: MapOptions) -> None:
        """Show or hide what stands beside the marks."""
        self.options = options
        self.update()

    def show_ties(self, ties: Iterable[Tie]) -> None:
        """All ties between units; those of the selected unit are drawn."""
        self._ties = tuple(ties)
        self.update()

    def show_routes(self, moves: Mapping[int, Cell]) -> None:
        """Where units that moved were on the day compared with; drawn with `options.routes`."""
        self._moves = dict(moves)
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Closer (above 1) or further away."""

    def zoom_whole(self) -> None:
        """Back to the whole plane."""

    def open_cell(self, cell: Cell | None) -> None:
        """One cell large, the others as slim margins; None: the whole plane."""

    @property
    def selected_id(self) -> int | None:
        """Id of the selected unit."""
        return self._key

    @property
    def scene(self) -> Scene:
        """The layout for the present size."""
        if self._scene is None:
            self._scene = self._before = Scene(
                QSizeF(self.size()),
                self._units,
                self._grid,
                names=self._names,
                zones=self._zones,
                crossed=self._crossed(),
                before=self._before,
            )
        return self._scene

    @property
    def trail(self) -> Trail | None:
        """The route of the selected unit."""
        if self._trail is None and self._key is not None:
            self._trail = self.scene.trail(self._key, self._ratings, self._on)
        return self._trail

    def settle(self) -> None:
        """End a drop: the mark is drawn where the data have it."""
        if self.gesture is not None:
            self.gesture.cancel()
        self.gesture = None
        self.unsetCursor()
        self.update()

    def _forget(self) -> None:
        self._scene = self._trail = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        """What a screen reader says of the selection."""
        row = next((unit for unit in self._units if unit.id == self._key), None)
        self.setAccessibleDescription("" if row is None else describe(row, names=self._names))

    # drawing ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(710, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(440, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scene = self._trail = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene = self.scene
        trail = self.trail
        painting.paint_ground(painter, scene, trail)
        moving = self.gesture if self.gesture is not None and self.gesture.active else None
        if moving is not None:
            self._drop_cell(painter, moving)
        elif trail is not None:
            route.paint_trail(painter, scene, trail)
            painting.paint_ring(painter, trail.now, focused=self.hasFocus())
        for mark in scene.marks:
            away = moving is not None and not moving.target and moving.mark is mark
            painter.setOpacity(0.3 if away else 1.0)
            painting.paint_mark(painter, mark)
            painting.paint_label(painter, mark, selected=mark.row.id == self._key)
        painter.setOpacity(1.0)
        if moving is not None:
            painting.paint_mark(painter, moving.mark, moving.centre)

    def _drop_cell(self, painter: QPainter, moving: MoveMark) -> None:
        cell = moving.over(self.scene)
        if cell is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.theme().colour("accent"), 2))
            painter.drawRect(self.scene.cell(cell).adjusted(1, 1, -1, -1))

    # mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        mark = self.scene.mark_at(event.position())
        self._choose(mark)
        if mark is not None:
            target = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            mark = self.scene.mark(mark.row.id) or mark
            self.gesture = MoveMark(mark, event.position(), target=target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.gesture is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(self.scene.mark_at(event.position()))
            return
        self.gesture.move(event.position())
        if self.gesture.active:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def _hover(self, mark: Mark | None) -> None:
        over = Qt.CursorShape.OpenHandCursor if mark else Qt.CursorShape.ArrowCursor
        self.setCursor(over)
        self.setToolTip(describe(mark.row, names=self._names) if mark else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture = self.gesture
        if gesture is None or event.button() != Qt.MouseButton.LeftButton:
            return
        cell = gesture.commit(self.scene)
        if cell is None:
            self.settle()
            return
        asked = self.target_asked if gesture.target else self.rate_asked
        asked.emit(gesture.mark.row.id, cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self.scene.mark_at(event.position())
        if mark is not None:
            self.rate_asked.emit(mark.row.id, None)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains the map."""
        return ("stakeholders.units", "stakeholders.zones")

    def data_table(self) -> DataTable | None:
        """The positions as rows, for those who do not see the drawing."""
        return position_data(self._units, names=self._names) if self._units else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        data_menu(self, self.asked, self.data_table(), event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.gesture is not None and not self.gesture.dropped:
            self.settle()  # the window was left while dragging: put the mark back
        super().focusOutEvent(event)

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        if key == Key.Key_Escape and self.gesture is not None:
            self.settle()
        elif key in ARROWS:
            self._arrow(*ARROWS[key], event.modifiers())
        elif key in (Key.Key_Return, Key.Key_Enter) and self._key is not None:
            self.rate_asked.emit(self._key, None)
        elif key == Key.Key_Delete and self._key is not None:
            self.remove_asked.emit(self._key)
        elif event.text() == "?":
            open_data(self, self.asked, self.data_table())
        elif key == Key.Key_Escape and self._key is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def _arrow(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        if not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._choose(self.scene.neighbour(self._key, dx, dy) or self.scene.mark(self._key))
            return
        mark = self.scene.mark(self._key)
        if mark is None:
            return
        synergy, antagonism = mark.row.position
        cell: Cell = (max(1, min(4, synergy - dy)), max(1, min(4, antagonism + dx)))
        if cell != (synergy, antagonism):
            self.rate_asked.emit(mark.row.id, cell)

    def focusNextPrevChild(self, forward: bool) -> bool:
        marks = self.scene.marks
        keys = [mark.row.id for mark in marks]
        here = keys.index(self._key) if self._key in keys else (-1 if forward else len(keys))
        there = here + (1 if forward else -1)
        if not self.hasFocus() or not 0 <= there < len(keys):
            return super().focusNextPrevChild(forward)
        self._choose(marks[there])
        return True

    def _choose(self, mark: Mark | None) -> None:
        key = mark.row.id if mark is not None else None
        if key != self._key:
            self.selected.emit(key)


def position_data(rows: Sequence[UnitRow], *, names: bool) -> DataTable:
    """The units of the map that have a position, as a table; persons by code unless `names`."""
    headings = (
        Heading(msg("Name")),
        Heading(msg("Headcount"), "number"),
        Heading(msg("Synergy"), "number"),
        Heading(msg("Antagonism"), "number"),
        Heading(msg("Zone")),
        Heading(msg("Rated on"), "day"),
    )
    made = tuple(
        (
            row.shown(names=names),
            row.headcount,
            row.synergy,
            row.antagonism,
            Message(ZONES[row.zone]) if row.zone is not None else None,
            row.rated_on,
        )
        for row in rows
        if row.rated
    )
    return DataTable(headings, made, msg("Positions"))


def describe(row: UnitRow, *, names: bool) -> str:
    """One line on a unit: who, where, since when; persons by code unless `names`."""
    name = row.shown(names=names)
    if not row.rated:
        return tr("{unit}: not rated yet", unit=name)
    synergy, antagonism = row.position
    assert row.zone is not None
    return tr(
        "{unit}: synergy {synergy} ({synergy_name}), antagonism {antagonism} ({antagonism_name}),"
        " zone {zone}, since {day}",
        unit=name,
        synergy=synergy,
        synergy_name=tr(SYNERGY[synergy]),
        antagonism=antagonism,
        antagonism_name=tr(ANTAGONISM[antagonism]),
        zone=tr(ZONES[row.zone]),
        day=row.rated_on,
    )
