"""The mouse on the map: drag a mark, lasso, push a zoomed plane, open a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QWheelEvent

from crm_pilot.i18n import ntr
from ui import theme
from ui.screens.stakeholders import painting
from ui.screens.stakeholders.gestures import MoveMark
from ui.screens.stakeholders.ground import note_box
from ui.screens.stakeholders.lasso import Lasso
from ui.screens.stakeholders.picture import paint_tag, tag_box
from ui.screens.stakeholders.scene import SHOWN
from ui.screens.stakeholders.telling import levels, tip
from ui.screens.stakeholders.zooming import STEP, Cell

if TYPE_CHECKING:
    from ui.screens.stakeholders.plane import PlaneView

NOTCH = 120.0  # of a wheel, in eighths of a degree
Cursor = Qt.CursorShape
Left, Middle = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class PlaneMouse:
    """At most one gesture at a time: `mark` (a mark is dragged), `lasso`, or a push of the plane.

    Only what the gesture covered and covers is painted again.
    """

    def __init__(self, view: PlaneView) -> None:
        self.view = view
        self.mark: MoveMark | None = None
        self.lasso: Lasso | None = None
        self._pushed: QPointF | None = None  # where the plane is held
        self._cell: Cell | None = None  # under the dragged mark
        self._opened = False  # whether the click before opened a cell
        self._collapse: int | None = None  # to select alone unless it is dragged
        self.spaced = self.pushed = False  # whether Space is held; whether it pushed the plane

    @property
    def busy(self) -> bool:
        """Whether something follows the mouse."""
        return self.mark is not None or self.lasso is not None or self._pushed is not None

    # press, move, release --------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin what the button, the keys held and the ground under the mouse mean."""
        view, at = self.view, event.position()
        if event.button() == Middle or (event.button() == Left and self.spaced):
            if view.zoom.factor > 1 and view.zoom.cell is None:
                self._pushed, self.pushed = at, True
                view.setCursor(Cursor.ClosedHandCursor)
            return
        if event.button() != Left or self.busy:
            return
        held, mark = event.modifiers(), view.scene.mark_at(at)
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        self._opened, self._collapse = False, None
        if mark is None:
            self.lasso = Lasso(at, added=control or shift)
            return
        key = mark.row.id
        if control:
            view.choice.toggle(key)
            view.tell_selection()
            return
        if key in view.selection and len(view.selection) > 1:
            self._collapse = key
        else:
            view.choice.only(key)
        view.choice.lead(key)
        view.tell_selection()
        self.mark = MoveMark(view.scene.mark(key) or mark, at, target=shift)

    def move(self, event: QMouseEvent) -> None:
        """Follow, or show what is under the mouse."""
        at, buttons = event.position(), event.buttons()
        if self._pushed is not None:
            self.view.pan(at.x() - self._pushed.x(), at.y() - self._pushed.y())
            self._pushed = at
        elif self.mark is not None and buttons & Left:
            self._drag(self.mark, at)
        elif self.lasso is not None and buttons & Left:
            before = self.lasso.box
            self.lasso.move(at)
            self.view.update(before.united(self.lasso.box).toAlignedRect())
        else:
            self._hover(at)

    def _drag(self, gesture: MoveMark, at: QPointF) -> None:
        view, began = self.view, not gesture.active
        before = self._covered(gesture)
        gesture.move(at)
        if not gesture.active:
            return
        if began:
            view.setCursor(Cursor.ClosedHandCursor)
            view.stale()
        cell = gesture.over(view.scene)
        if cell != self._cell:
            for changed in (self._cell, cell):
                if changed is not None:
                    view.update(view.scene.cell(changed).toAlignedRect())
            self._cell = cell
        view.update(before.united(self._covered(gesture)).toAlignedRect())

    def _covered(self, gesture: MoveMark) -> QRectF:
        """What a dragged mark and its words paint over."""
        here = gesture.mark.box.translated(gesture.centre - gesture.mark.centre)
        tag = self._tag(gesture)
        return (here.united(tag[1]) if tag is not None else here).adjusted(-2, -2, 2, 2)

    def _tag(self, gesture: MoveMark) -> tuple[str, QRectF] | None:
        cell = gesture.over(self.view.scene)
        if cell is None:
            return None
        words = levels(*cell, target=gesture.target)
        room = QRectF(self.view.rect()).adjusted(2, 2, -2, -2)
        return words, tag_box(words, gesture.centre, gesture.mark.radius, room)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture: ask for the fact, select what the lasso caught, or open a cell."""
        view = self.view
        if self._pushed is not None and event.button() in (Left, Middle):
            self._pushed = None
            view.unsetCursor()
        if event.button() != Left:
            return
        if self.lasso is not None:
            self._let_lasso_go(self.lasso, event.position())
        elif self.mark is not None:
            gesture, cell = self.mark, self.mark.commit(view.scene)
            if cell is not None:
                asked = view.target_asked if gesture.target else view.rate_asked
                asked.emit(gesture.mark.row.id, cell)
                return
            moved = self._cell is not None
            view.settle()
            if self._collapse is not None and not moved:
                view.choice.only(self._collapse)
                view.tell_selection()

    def _let_lasso_go(self, lasso: Lasso, at: QPointF) -> None:
        view = self.view
        self.lasso = None
        view.update()
        if lasso.active:
            caught = lasso.caught(view.scene)
            order = [mark.row.id for mark in view.scene.marks]
            view.choice.take(caught, order, added=lasso.added)
        elif not lasso.added:
            cell = self._noted(at)
            if cell is not None:
                self._opened = True
                view.open_cell(cell)
                return
            view.choice.only(None)
        view.tell_selection()

    def double_click(self, event: QMouseEvent) -> None:
        """Rate a mark, open a cell or close it."""
        view = self.view
        mark, cell = view.scene.mark_at(event.position()), view.scene.cell_at(event.position())
        if event.button() != Left or self._opened:
            return
        if mark is not None:
            view.rate_asked.emit(mark.row.id, None)
        elif cell is not None:
            view.open_cell(None if cell == view.zoom.cell else cell)

    def wheel(self, event: QWheelEvent) -> None:
        """Closer or further away around the mouse; sideways, or with Shift, push the plane."""
        view, turn = self.view, event.angleDelta()
        if self.mark is not None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            view.pan(float(turn.x() or turn.y()) / 2, 0.0)
        elif turn.y():
            view.zoom_by(STEP ** (turn.y() / NOTCH), event.position())

    def cancel(self) -> None:
        """Put everything back as it was."""
        if self.mark is not None:
            self.mark.cancel()
            self.view.stale()
        self.mark = self.lasso = self._pushed = self._cell = None
        self.view.unsetCursor()
        self.view.update()

    # what is under the mouse -----------------------------------------------------------------

    def _hover(self, at: QPointF) -> None:
        view, mark = self.view, self.view.scene.mark_at(at)
        noted = self._noted(at) if mark is None else None
        shape = Cursor.ArrowCursor
        if mark is not None:
            shape = Cursor.OpenHandCursor
        elif noted is not None:
            shape = Cursor.PointingHandCursor
        if view.cursor().shape() != shape:
            view.setCursor(shape)
        words = ""
        if mark is not None:
            words = tip(mark.row, names=view.names)
        elif noted is not None:
            words = ntr(
                "{n} unit has no room for its name here: open the cell to read it",
                "{n} units have no room for their names here: open the cell to read them",
                view.scene.unnamed(noted),
            )
        if view.toolTip() != words:
            view.setToolTip(words)

    def _noted(self, at: QPointF) -> Cell | None:
        """The cell whose note of how many it does not name is under the mouse."""
        for cell in SHOWN:
            box = note_box(self.view.scene, cell)
            if box is not None and box.adjusted(-4, -3, 4, 3).contains(at):
                return cell
        return None

    # drawing ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """What follows the mouse, over the picture of the plane."""
        gesture, view = self.mark, self.view
        if self.lasso is not None and self.lasso.active:
            self.lasso.paint(painter)
        if gesture is None or not gesture.active:
            return
        cell = gesture.over(view.scene)
        if cell is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(theme.theme().colour("accent"), 2)
            if gesture.target:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawRect(view.scene.cell(cell).adjusted(1, 1, -1, -1))
        painting.paint_mark(painter, gesture.mark, gesture.centre)
        tag = self._tag(gesture)
        if tag is not None:
            paint_tag(painter, tag[1], tag[0])
