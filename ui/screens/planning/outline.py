"""The outline table: selection kept by line, keys of an outliner, folding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)

from ui import theme
from ui.screens.planning.cells import PAD, OutlineCells, chevron_rect
from ui.screens.planning.lines import Line
from ui.screens.planning.model import TITLE, OutlineModel
from ui.screens.planning.row_drag import RowDrag
from ui.widgets.grid import ROW_HEIGHT, Grid

HEADER_HEIGHT = 40
Key = Qt.Key
Mod = Qt.KeyboardModifier
STEPS = {Key.Key_Left: -1, Key.Key_Up: -1, Key.Key_Right: 1, Key.Key_Down: 1}
ZOOM_KEYS = (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus, Key.Key_0)


class HeaderCorner(QWidget):
    """Carries the ground of the headings over the scroll bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEADER_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raised"))
        bottom = self.rect().adjusted(0, HEADER_HEIGHT - look.line_width, 0, 0)
        painter.fillRect(bottom, look.colour("line"))


class OutlineView(Grid):
    """A table of lines. What its keys ask for is emitted; the screen makes the commands.

    Tab and Shift+Tab indent; Ctrl+Tab leaves the table.
    """

    current_changed = Signal(object)  # key of the current line or None
    folded = Signal(int)  # key of a line to open or close
    add_asked = Signal(bool)  # under the current line?
    remove_asked = Signal()
    indent_asked = Signal(bool)  # outwards?
    line_moved = Signal(int)  # −1 up, +1 down
    task_moved = Signal(int, bool)  # steps of the zoom, and whether the finish alone
    percent_moved = Signal(int)  # steps of 5 %
    link_asked = Signal(bool)  # taken away?
    opened = Signal(int)  # the dialog of a line
    dropped = Signal(object, int, int)  # keys, line dropped at, and where: see `row_drag`
    zoom_key = Signal(object)  # a key that may be the Gantt's
    details_asked = Signal()
    escaped = Signal()

    def __init__(self, model: OutlineModel) -> None:
        super().__init__(model.bridge, model, "planning", heading_height=HEADER_HEIGHT)
        self.outline = model
        self.heading.pad = PAD
        model.current = lambda: self.current
        self._current: int | None = None
        self._kept: list[int] = []
        self._column = TITLE
        self._pick: QModelIndex | None = None
        self.setItemDelegate(OutlineCells(self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.rows_drag = RowDrag(self)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet("QTableView, QHeaderView { border: none; border-radius: 0; }")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        self.selectionModel().currentRowChanged.connect(self._current_moved)

    # selection -------------------------------------------------------------------------------

    @property
    def current(self) -> Line | None:
        """The current line."""
        index = self.currentIndex()
        return self.outline.line(index) if index.isValid() else None

    @property
    def selected(self) -> list[int]:
        """Ids of the selected rows of the plan, in the order shown."""
        lines = self.outline.lines
        return [key for place in self.selected_places if (key := lines[place].key) > 0]

    def select(self, key: int, *, edit: bool = False) -> bool:
        """Make line `key` current; `edit` starts editing its title."""
        place = self.outline.places.get(key)
        if place is None:
            return False
        index = self.outline.index(place, TITLE)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit:
            self.setFocus()
            self.edit(index)
        return True

    def bring_up(self) -> None:
        """Scroll the current line near the top, with a few lines above it."""
        place = self.currentIndex().row()
        self.verticalScrollBar().setValue(max(0, place - 3) * ROW_HEIGHT)

    def bring_up_soon(self) -> None:
        """The same once the room is known."""
        self.soon(self.bring_up)

    def soon(self, act: Callable[[], None]) -> None:
        """Do something once what is queued now is done, if the table is still there."""
        QTimer.singleShot(0, self, act)

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = self.outline.line(current).key if current.isValid() else None
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    def _keep_selection(self) -> None:
        rows = self.selectionModel().selectedRows()
        self._kept = [self.outline.lines[index.row()].key for index in rows]
        self._place = self.currentIndex().row()
        self._column = max(TITLE, self.currentIndex().column())
        self.selectionModel().blockSignals(True)

    def _restore_selection(self) -> None:
        self.selectionModel().blockSignals(False)
        flags = QItemSelectionModel.SelectionFlag
        known = self.outline.places
        kept = [known[key] for key in self._kept if key in known]
        current = known.get(self._current) if self._current is not None else None
        if current is None and self._current is not None and self.outline.lines:
            current = min(max(self._place, 0), len(self.outline.lines) - 1)  # the one after
            kept = [current]
        if current is not None:
            index = self.outline.index(current, self._column)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        for place in kept[:500]:
            index = self.outline.index(place, TITLE)
            self.selectionModel().select(index, flags.Select | flags.Rows)
        key = self.outline.lines[current].key if current is not None else None
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    # keys and mouse --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            tab = event.key() in (Key.Key_Tab, Key.Key_Backtab)
            editing = self.state() == QAbstractItemView.State.EditingState
            if tab and not editing:
                back = event.key() == Key.Key_Backtab
                if event.modifiers() & Mod.ControlModifier:
                    return self.focusNextPrevChild(not back)
                if self.selected:
                    self.indent_asked.emit(back)
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not (
            self._alt_key(event)
            or self._plan_key(event)
            or self.grid_key(event)
            or self._line_key(event)
        ):
            super().keyPressEvent(event)

    def _alt_key(self, event: QKeyEvent) -> bool:
        """Alt+↑↓ moves the line, Alt+Shift+←→ the task by a step, Ctrl+Alt+←→ its finish,
        Alt+Shift+↑↓ its progress."""
        keys = event.modifiers() & ~Mod.KeypadModifier
        step = STEPS.get(Key(event.key()))
        if step is None:
            return False
        sideways = event.key() in (Key.Key_Left, Key.Key_Right)
        if keys == Mod.AltModifier and not sideways:
            self.line_moved.emit(step)
        elif keys == Mod.AltModifier | Mod.ShiftModifier and sideways:
            self.task_moved.emit(step, False)
        elif keys == Mod.AltModifier | Mod.ShiftModifier:
            self.percent_moved.emit(-step)
        elif keys == Mod.AltModifier | Mod.ControlModifier and sideways:
            self.task_moved.emit(step, True)
        else:
            return keys == Mod.NoModifier and sideways and self._fold_key(step)
        return True

    def _plan_key(self, event: QKeyEvent) -> bool:
        """Ctrl+F2 links, Ctrl+Shift+F2 takes links away, F4 shows the details; zoom keys go on to
        the Gantt."""
        keys = event.modifiers() & ~Mod.KeypadModifier
        both = Mod.ControlModifier | Mod.ShiftModifier
        if event.key() == Key.Key_F2 and keys in (Mod.ControlModifier, both):
            self.link_asked.emit(keys == both)
        elif event.key() == Key.Key_F4 and keys == Mod.NoModifier:
            self.details_asked.emit()
        elif event.key() in ZOOM_KEYS and keys & Mod.ControlModifier:
            self.zoom_key.emit(event)
        else:
            return False
        return True

    def _fold_key(self, step: int) -> bool:
        """← closes and → opens the line when its title is current."""
        line = self.current
        if line is None or not line.holds or self.currentIndex().column() != TITLE:
            return False
        if line.open == (step > 0):
            return False
        self.folded.emit(line.key)
        return True

    def _line_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Key.Key_Insert:
            self.add_asked.emit(bool(event.modifiers() & Mod.ControlModifier))
        elif key == Key.Key_Delete:
            self.remove_asked.emit()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._open(self.current)
        elif key == Key.Key_Escape:
            if not self.rows_drag.cancel():
                self.escaped.emit()
        else:
            return False
        return True

    def _open(self, line: Line | None) -> None:
        """The dialog of a line; the heading of a pillar is closed or opened."""
        if line is not None and line.row is None:
            self.folded.emit(line.key)
        elif line is not None:
            self.opened.emit(line.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._open(self.outline.line(index))
        else:
            super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self.outline.line(index) if index.isValid() else None
        if line is not None and index.column() == TITLE and line.holds:
            mark = chevron_rect(self.visualRect(index), line.depth).adjusted(-4, -7, 4, 7)
            if mark.contains(at):
                self.folded.emit(line.key)
                return
        plain = event.modifiers() & ~Mod.KeypadModifier == Mod.NoModifier
        among = line is not None and len(self.selected) > 1 and line.key in self.selected
        if event.button() == Qt.MouseButton.LeftButton and plain and among:
            self._pick = index  # several may be meant: chosen alone when it is let go
            self.setFocus()
        else:
            super().mousePressEvent(event)
        self.rows_drag.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rows_drag.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pick, self._pick = self._pick, None
        if self.rows_drag.release(event):
            return
        if pick is not None:
            self.setCurrentIndex(pick)
        super().mouseReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.rows_drag.cancel()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.rows_drag.paint()
