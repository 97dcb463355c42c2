"""Lines taken by the mouse and put elsewhere in the outline, with a mark of where they would go."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from crm_pilot.i18n import ntr
from crm_pilot.planning.terms import TaskKind
from ui import theme
from ui.screens.planning.cells import chevron_rect
from ui.screens.planning.lines import Line
from ui.widgets.grid import ROW_HEIGHT

if TYPE_CHECKING:
    from ui.screens.planning.outline import OutlineView

EDGE = 8  # pixels at the top and bottom of a row that mean before and after it
GLIDE = 24  # pixels from the top or bottom of the table where it scrolls
DOT = 3.0


class Where(IntEnum):
    """Where dropped lines go, seen from the line they are dropped at."""

    BEFORE = 0
    AFTER = 1
    UNDER = 2  # as its last line


class Target(NamedTuple):
    """A line and where at it."""

    line: Line
    where: Where


class RowDrag:
    """The drag of one table. A press on a selected line and a move take all selected lines; the
    drop is emitted by the view as `dropped(keys, key, where)`."""

    def __init__(self, view: OutlineView) -> None:
        self._view = view
        self._pressed: QPoint | None = None
        self.keys: list[int] = []
        self.target: Target | None = None
        self._inside: set[int] = set()

    # the mouse -------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """A line may be taken from here."""
        self._pressed = None
        held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and not held and self._view.selected:
            self._pressed = event.position().toPoint()

    def move(self, event: QMouseEvent) -> bool:
        """Follow the pointer; whether lines are held."""
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if not self.keys and not self._begin(at):
            return True  # Qt would stretch the selection over the rows passed
        self._glide(at)
        self.target = self._at(at)
        self._view.setCursor(
            Qt.CursorShape.ClosedHandCursor if self.target else Qt.CursorShape.ForbiddenCursor
        )
        self._view.viewport().update()
        return True

    def _begin(self, at: QPoint) -> bool:
        assert self._pressed is not None
        view = self._view
        far = abs(at.y() - self._pressed.y()) >= QApplication.startDragDistance()
        if not far or view.grid.read_only:
            return False
        if view.outline.sorted_by is not None:
            self._pressed = None
            view.line_moved.emit(0)  # says why lines cannot be moved
            return False
        self.keys = view.selected
        self._inside = self._held(self.keys)
        return bool(self.keys)

    def release(self, event: QMouseEvent) -> bool:
        """Drop what is held; whether anything was."""
        keys, target = self.keys, self.target
        held = self.cancel()
        if held and target is not None:
            self._view.dropped.emit(keys, target.line.key, int(target.where))
        return held

    def cancel(self) -> bool:
        """Put back what is held; whether anything was."""
        held = bool(self.keys)
        self._pressed, self.keys, self.target = None, [], None
        if held:
            self._view.unsetCursor()
            self._view.viewport().update()
        return held

    def _glide(self, at: QPoint) -> None:
        """Scroll while lines are held at the edge."""
        bar = self._view.verticalScrollBar()
        if at.y() < GLIDE:
            bar.setValue(bar.value() - ROW_HEIGHT // 2)
        elif at.y() > self._view.viewport().height() - GLIDE:
            bar.setValue(bar.value() + ROW_HEIGHT // 2)

    # where -----------------------------------------------------------------------------------

    def _held(self, keys: list[int]) -> set[int]:
        """The lines held with all that lies under them: nothing can be dropped there."""
        found = set(keys)
        for row in self._view.outline.rows:
            if row.parent_id in found:
                found.add(row.id)
        return found

    def _at(self, at: QPoint) -> Target | None:
        view = self._view
        place = view.rowAt(min(max(at.y(), 0), view.viewport().height() - 1))
        lines = view.outline.lines
        if place < 0:
            last = lines[-1] if lines else None
            return self._allowed(last, Where.AFTER)
        top = view.rowViewportPosition(place)
        line = lines[place]
        if line.row is None:
            return self._allowed(line, Where.UNDER)
        if at.y() < top + EDGE:
            return self._allowed(line, Where.BEFORE)
        under = line.row.kind is not TaskKind.MILESTONE and at.y() < top + ROW_HEIGHT - EDGE
        return self._allowed(line, Where.UNDER if under else Where.AFTER)

    def _allowed(self, line: Line | None, where: Where) -> Target | None:
        if line is None or line.key in self._inside:
            return None
        if where is Where.AFTER and line.holds and line.open:  # what follows is its first line
            first = self._first_of(line)
            if first is not None:
                return self._allowed(first, Where.BEFORE)
        return Target(line, where)

    def _first_of(self, line: Line) -> Line | None:
        lines, place = self._view.outline.lines, self._view.outline.places[line.key]
        after = lines[place + 1] if place + 1 < len(lines) else None
        return after if after is not None and after.depth > line.depth else None

    # drawing ---------------------------------------------------------------------------------

    def paint(self) -> None:
        """A line where they would go, a frame around what would hold them."""
        if self.target is None:
            return
        line, where = self.target
        place = self._view.outline.places.get(line.key)
        if place is None:
            return
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = theme.theme().colour("accent")
        painter.setPen(QPen(accent, 2))
        top, width = self._view.rowViewportPosition(place), self._view.viewport().width()
        if where is Where.UNDER:
            painter.drawRoundedRect(QRect(1, top + 1, width - 3, ROW_HEIGHT - 3), 4, 4)
        else:
            y = top + (ROW_HEIGHT if where is Where.AFTER else 0)
            y = max(y, 2)
            left = chevron_rect(QRect(0, top, width, ROW_HEIGHT), line.depth).left()
            painter.drawLine(left, y, width, y)
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(left, y), DOT, DOT)
        if len(self.keys) > 1:
            self._count(painter, top, width)
        painter.end()

    def _count(self, painter: QPainter, top: int, width: int) -> None:
        text = ntr("{n} line", "{n} lines", len(self.keys))
        painter.setFont(theme.font(theme.CAPTION, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(text) + 16
        box = QRect(width - wide - 6, top + 4, wide, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.theme().colour("accent"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.theme().colour("on_accent"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
