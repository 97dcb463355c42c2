"""What the mouse does on the map, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from ui.screens.stakeholders.zooming import STEP, neighbour

if TYPE_CHECKING:
    from ui.screens.stakeholders.plane import PlaneView

Key = Qt.Key
ARROWS = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}
PUSH = 60.0  # pixels that Alt and an arrow push the plane


class PlaneKeys:
    """Keys of a map; `press` says whether a key was one of them."""

    def __init__(self, view: PlaneView) -> None:
        self.view = view

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key."""
        key, held = Key(event.key()), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in ARROWS:
            return self._arrow(*ARROWS[key], held)
        if control:
            return self._with_control(key)
        if key == Key.Key_F10 and held & Qt.KeyboardModifier.ShiftModifier:
            return self.ask_menu()
        if event.text() == "?":
            self.view.show_data()
            return True
        return self._plain(key)

    def _plain(self, key: Key) -> bool:
        view = self.view
        chosen = view.selected_id
        if key == Key.Key_Escape:
            return self._escape()
        if key in (Key.Key_Return, Key.Key_Enter) and chosen is not None:
            view.rate_asked.emit(chosen, None)
        elif key in (Key.Key_Z, Key.Key_Return, Key.Key_Enter):
            self._open_cell()
        elif key == Key.Key_Delete and chosen is not None:
            view.remove_asked.emit(chosen)
        elif key != Key.Key_Space:
            return False
        return True

    def let_go(self, key: int) -> None:
        """The space bar, unless it was held to push the plane, keeps the mark selected."""
        if key == Key.Key_Space and not self.view.mouse.pushed:
            self.view.choice.pin()
            self.view.tell_selection()

    def _with_control(self, key: Key) -> bool:
        view = self.view
        if key in (Key.Key_Plus, Key.Key_Equal):
            view.zoom_by(STEP)
        elif key == Key.Key_Minus:
            view.zoom_by(1 / STEP)
        elif key == Key.Key_0:
            view.zoom_whole()
        elif key == Key.Key_A:
            order = [mark.row.id for mark in view.scene.marks]
            view.choice.take(order, order)
            view.tell_selection()
        else:
            return False
        return True

    def _escape(self) -> bool:
        """One thing at a time: the drag, the opened cell or the zoom, then the selection."""
        view = self.view
        if view.mouse.busy:
            view.mouse.cancel()
        elif not view.zoom.whole:
            view.zoom_whole()
        elif view.selection:
            view.choice.only(None)
            view.tell_selection()
        else:
            return False
        return True

    def _open_cell(self) -> None:
        """The cell of the selected mark, else the fullest one; closed when it is open."""
        view = self.view
        if view.zoom.cell is not None:
            view.open_cell(None)
            return
        mark = view.scene.mark(view.selected_id)
        counts = view.scene.counts
        fullest = max(counts, key=lambda cell: counts[cell])
        view.open_cell(mark.row.position if mark is not None else fullest)

    def ask_menu(self) -> bool:
        """The menu of the selection, else that of the drawing."""
        view = self.view
        mark = view.scene.mark(view.selected_id)
        at = mark.centre.toPoint() if mark is not None else QPoint(view.width() // 2, 40)
        view.ask_menu(view.mapToGlobal(at))
        return True

    # arrows ----------------------------------------------------------------------------------

    def _arrow(self, dx: int, dy: int, held: Qt.KeyboardModifier) -> bool:
        view = self.view
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.AltModifier:
            self._push(dx, dy)
        elif held & Qt.KeyboardModifier.ControlModifier:
            self._rate(dx, dy, target=shift)
        else:
            key = view.selected_id
            mark = view.scene.neighbour(key, dx, dy) or view.scene.mark(key)
            if mark is not None:
                (view.choice.extend if shift else view.choice.go)(mark.row.id)
                view.tell_selection()
        return True

    def _push(self, dx: int, dy: int) -> None:
        view = self.view
        if view.zoom.cell is not None:
            view.open_cell(neighbour(view.zoom.cell, dx, dy))
        else:
            view.pan(-dx * PUSH, -dy * PUSH)

    def _rate(self, dx: int, dy: int, *, target: bool) -> None:
        """Ask to rate the selected unit one cell further, or to set its target there."""
        view = self.view
        mark = view.scene.mark(view.selected_id)
        if mark is None:
            return
        row, start = mark.row, mark.row.position
        if target and row.target_synergy is not None and row.target_antagonism is not None:
            start = (row.target_synergy, row.target_antagonism)
        cell = neighbour(start, dx, dy)
        if cell != start:
            (view.target_asked if target else view.rate_asked).emit(row.id, cell)
