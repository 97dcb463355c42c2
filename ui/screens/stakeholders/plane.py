"""The plane as a widget: shows a scene, selects by mouse and keys, drags marks, zooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.datatable import DataTable
from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.zones import Grid, grid
from ui import theme
from ui.charts.view import data_menu, open_data
from ui.screens.stakeholders.choosing import Choice
from ui.screens.stakeholders.gestures import MoveMark
from ui.screens.stakeholders.options import MapOptions, Tie
from ui.screens.stakeholders.picture import State, picture
from ui.screens.stakeholders.plane_keys import PlaneKeys
from ui.screens.stakeholders.plane_mouse import PlaneMouse
from ui.screens.stakeholders.scene import Scene, Trail, View, past_moves
from ui.screens.stakeholders.telling import describe_all, position_data
from ui.screens.stakeholders.ties import of_unit
from ui.screens.stakeholders.zooming import WHOLE, Cell, Zoom
from ui.widgets.roles import tell_role
from ui.widgets.why import Asked

MARGIN = 30.0  # pixels between a mark brought into view and the edge


class PlaneView(QWidget):
    """Synergy upwards, antagonism to the right.

    Tab and arrows select a mark, Ctrl+arrows ask to move it one cell, Enter asks to rate it,
    Delete to remove it. Dragging asks to rate it where it is dropped; with Shift, to set its
    target there. A dropped mark stays where it is until `settle`. A drag on empty ground selects
    several; the wheel zooms, a double click opens a cell large.
    """

    selected = Signal(object)  # id or None; several are told by `selection_changed` alone
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
        self.names, self._zones = False, True
        self.options = MapOptions()
        self.zoom = WHOLE
        self._ties: tuple[Tie, ...] = ()
        self._moves: Mapping[int, Cell] = {}
        self._scene: Scene | None = None
        self._before: Scene | None = None  # the last one laid out
        self._trail: Trail | None = None
        self._picture: QPixmap | None = None
        self._told: tuple[int | None, frozenset[int]] = (None, frozenset())
        self.choice = Choice()
        self.mouse, self._keys = PlaneMouse(self), PlaneKeys(self)
        theme.switched().changed.connect(self.stale)

    # what is shown ---------------------------------------------------------------------------

    def show_units(
        self, units: Sequence[UnitRow], zones: Grid, on: dt.date, *, names: bool, tinted: bool
    ) -> None:
        """Show positions on a day; `names`: persons by name; `tinted`: zones are not hidden."""
        wanted = (units, zones, on, names, tinted)
        if wanted == (self._units, self._grid, self._on, self.names, self._zones):
            return  # an edit that moves nothing
        self._units, self._grid, self._on = units, zones, on
        self.names, self._zones = names, tinted
        self.choice.prune(row.id for row in units)
        self._forget()

    def show_options(self, options: MapOptions) -> None:
        """Show or hide what stands beside the marks."""
        if options != self.options:
            self.options = options
            self._forget()

    def show_ties(self, ties: Iterable[Tie]) -> None:
        """All ties between units; those of the selected unit are drawn."""
        self._ties = tuple(ties)
        self.stale()

    def show_routes(self, moves: Mapping[int, Cell]) -> None:
        """Where units that moved were on the day compared with; drawn with `options.routes`."""
        self._moves = dict(moves)
        self.stale()

    # selection -------------------------------------------------------------------------------

    def select(self, key: int | None, ratings: Sequence[RatingRow] = ()) -> None:
        """Select a unit and draw its route, without telling. A selection of several that it is
        part of stays; a cell opened large that it is not in is closed."""
        crossed, before = self._crossed(), self.choice.key
        self.choice.lead(key)
        self._ratings, self._trail = ratings, None
        if self._crossed() != crossed:
            self._scene = None
        if key is not None and key != before:
            self.reveal(key)
        self._told = (self.choice.key, self.selection)
        self._describe()
        self.stale()

    def select_many(self, keys: Iterable[int]) -> None:
        """Select several units, without telling."""
        wanted = tuple(keys)
        if len(wanted) > 1:
            self.choice.take(wanted, [row.id for row in self._units])
        else:
            self.choice.only(wanted[0] if wanted else None)
        self._told = (self.choice.key, self.selection)
        self._describe()
        self.stale()

    @property
    def selected_id(self) -> int | None:
        """Id of the selected unit: of several, the one that leads."""
        return self.choice.key

    @property
    def selection(self) -> frozenset[int]:
        """Ids of all selected units."""
        return self.choice.keys

    @property
    def gesture(self) -> MoveMark | None:
        """The drag of a mark, from the press until it is settled."""
        return self.mouse.mark

    def tell_selection(self) -> None:
        """After a person selected something: draw it and tell."""
        key, keys = self._told
        now = (self.choice.key, self.selection)
        if now == (key, keys):
            return
        self._told = now
        self._trail = None
        if now[0] != key:
            if len(self.selection) < 2:
                self.selected.emit(now[0])
            self._told = (self.choice.key, self.selection)
            if self.choice.key is not None:
                self.reveal(self.choice.key)
        if self.selection != keys:
            self.selection_changed.emit(self.selection)
        self._describe()
        self.stale()

    def _crossed(self) -> frozenset[Cell]:
        """Cells the route of the selected unit goes through."""
        moves = past_moves(self._ratings, self._on)
        cells = {(move.synergy, move.antagonism) for move in moves}
        for row in self._units:
            if row.id == self.choice.key and row.target_synergy and row.target_antagonism:
                cells.add((row.target_synergy, row.target_antagonism))
        return frozenset(cells)

    def _describe(self) -> None:
        """What a screen reader says of the selection."""
        chosen = [row for row in self._units if row.id in self.selection]
        chosen.sort(key=lambda row: row.id != self.choice.key)
        self.setAccessibleDescription(describe_all(chosen, names=self.names))

    # layout ----------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """The layout for the present size."""
        if self._scene is None:
            look = View(
                self.names, self._zones, self.options.influence, self.options.letters, self.zoom
            )
            self._scene = self._before = Scene(
                QSizeF(self.size()),
                self._units,
                self._grid,
                look,
                crossed=self._crossed(),
                before=self._before,
            )
        return self._scene

    @property
    def trail(self) -> Trail | None:
        """The route of the selected unit."""
        if self._trail is None and self.choice.key is not None:
            self._trail = self.scene.trail(self.choice.key, self._ratings, self._on)
        return self._trail

    def settle(self) -> None:
        """End a drop: the mark is drawn where the data have it."""
        self.mouse.cancel()

    def _forget(self) -> None:
        self._scene = self._trail = None
        self._describe()
        self.stale()

    # zoom ------------------------------------------------------------------------------------

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer (above 1) or further away, around a point of the widget or the selection."""
        if self.zoom.cell is not None:
            if factor < 1:
                self.zoom_whole()
            return
        if at is None:
            mark = self.scene.mark(self.choice.key)
            at = mark.centre if mark is not None else self.scene.view.center()
        self._look(self.zoom.by(factor, self.scene.view, at))

    def zoom_whole(self) -> None:
        """Back to the whole plane."""
        self._look(WHOLE)

    def open_cell(self, cell: Cell | None) -> None:
        """One cell large, the others as slim margins; None: the whole plane."""
        self._look(WHOLE if cell is None else Zoom(cell=cell))

    def pan(self, dx: float, dy: float) -> None:
        """Push a zoomed plane."""
        if self.zoom.cell is None and self.zoom.factor > 1:
            self._look(self.zoom.moved(dx, dy, self.scene.view))

    def reveal(self, key: int) -> None:
        """Bring the mark of a unit into view."""
        if self.zoom.whole:
            return
        mark = self.scene.mark(key)
        if mark is None:
            self.zoom_whole()
            return
        room = self.scene.view.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        x, y = mark.centre.x(), mark.centre.y()
        dx = max(room.left() - x, 0.0) + min(room.right() - x, 0.0)
        dy = max(room.top() - y, 0.0) + min(room.bottom() - y, 0.0)
        if dx or dy:
            self.pan(dx, dy)

    def _look(self, zoom: Zoom) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self._scene = self._trail = None
            self.stale()
            self.zoomed.emit(zoom.factor)

    # drawing ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(710, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(440, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scene = self._trail = self._picture = None
        super().resizeEvent(event)

    def stale(self) -> None:
        """Draw the plane anew."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = picture(self.scene, self._state(), self.size(), ratio)
        painter = QPainter(self)
        part = QRectF(event.rect())
        source = QRectF(part.topLeft() * ratio, part.size() * ratio)
        painter.drawPixmap(part, self._picture, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.mouse.paint(painter)

    def _state(self) -> State:
        """What the picture shows besides the scene."""
        moving = self.mouse.mark is not None and self.mouse.mark.active
        away = None
        if moving and self.mouse.mark is not None and not self.mouse.mark.target:
            away = self.mouse.mark.mark.row.id
        return State(
            self.choice.key,
            self.selection,
            self.hasFocus(),
            None if moving else self.trail,
            of_unit(self._ties, self.choice.key) if self.options.ties else (),
            self._moves if self.options.routes else None,
            away,
            moving,
        )

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains the map."""
        return ("stakeholders.units", "stakeholders.zones")

    def data_table(self) -> DataTable | None:
        """The positions as rows, for those who do not see the drawing."""
        return position_data(self._units, names=self.names) if self._units else None

    def show_data(self) -> QWidget | None:
        """Open the data as a table."""
        return open_data(self, self.asked, self.data_table())

    def ask_menu(self, at: QPoint) -> None:
        """Ask for the menu of the selection at a point of the screen; else that of the map."""
        if self.selection:
            self.menu_asked.emit(self.selection, at)
        else:
            data_menu(self, self.asked, self.data_table(), at)

    # events ----------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._keys.ask_menu()
            return
        mark = self.scene.mark_at(QPointF(event.pos()))
        if mark is None:
            data_menu(self, self.asked, self.data_table(), event.globalPos())
            return
        if mark.row.id not in self.selection:
            self.choice.only(mark.row.id)
            self.tell_selection()
        self.ask_menu(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.mouse.wheel(event)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.stale()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.mouse.spaced = False
        if self.mouse.busy and not (self.gesture is not None and self.gesture.dropped):
            self.settle()  # the window was left while dragging: put the mark back
        self.stale()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.mouse.spaced, self.mouse.pushed = True, False
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.mouse.spaced and not event.isAutoRepeat():
            self._keys.let_go(event.key())
            self.mouse.spaced = False
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        marks, key = self.scene.marks, self.choice.key
        keys = [mark.row.id for mark in marks]
        here = keys.index(key) if key in keys else (-1 if forward else len(keys))
        there = here + (1 if forward else -1)
        if not self.hasFocus() or not 0 <= there < len(keys):
            return super().focusNextPrevChild(forward)
        self.choice.go(keys[there])
        self.tell_selection()
        return True
