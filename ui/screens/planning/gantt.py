"""The Gantt beside the outline: same rows, same scroll; bars are taken with the mouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QScrollBar, QWidget

from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.rows import TaskRow
from ui.screens.planning import tips
from ui.screens.planning.gantt_colours import LegendEntry
from ui.screens.planning.gantt_data import GanttOptions, HoursLike, Span, WorkHours
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_hits import Hit, place_at
from ui.screens.planning.gantt_keys import GanttKeys
from ui.screens.planning.gantt_links import Links
from ui.screens.planning.gantt_mouse import Mouse
from ui.screens.planning.gantt_scene import Scene
from ui.screens.planning.gantt_tag import draw_tag, words
from ui.screens.planning.gantt_time import ZOOM_STEP, TimeBar
from ui.screens.planning.gantt_tip import TipKeeper
from ui.screens.planning.gestures import Gesture, LinkDrag, Part
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import TimeScale
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.roles import tell_role

WHEEL = 1.0015  # of an eighth of a degree of the wheel
Mod, Key = Qt.KeyboardModifier, Qt.Key


class GanttView(QWidget):
    """Draws the visible lines only. It edits nothing: a finished gesture emits its command."""

    picked = Signal(int, object)  # key of the pressed line, keyboard modifiers
    gesture_done = Signal(object)  # a Command
    opened = Signal(int)
    folded = Signal(int)
    zoom_changed = Signal(str)
    menu_asked = Signal(QPoint)
    legend_changed = Signal()

    def __init__(self, keys: QWidget, rows_bar: QScrollBar) -> None:
        super().__init__()
        self._keys, self._rows_bar = keys, rows_bar
        today = dt.date.today()
        self.scale = TimeScale(today, today)
        self.days_bar = TimeBar(self.scale, self.width)
        self.days_bar.moved.connect(self._moved_away)
        self.days_bar.zoom_changed.connect(self.zoom_changed)
        self.scene = Scene(self.scale, today)
        self.mouse = Mouse(self.scene, self)
        self.mouse.scrolled = rows_bar.value
        self.mouse.size = lambda: (self.width(), self.height())
        self.mouse.changed.connect(self.update)
        self.mouse.finished.connect(self.gesture_done)
        self.mouse.glided.connect(self._glided)
        self._held_pick: int | None = None  # pressed among several selected: picked if not dragged
        self._legend: tuple[LegendEntry, ...] = ()
        self._tip = TipKeeper(self, self.scene)
        self.judged: Callable[[int], Timing | None] = lambda key: self.scene.timings.get(key)
        self.unkept: Mapping[int, str] = {}  # demands on lines that their dates do not keep
        self.keys = GanttKeys(self)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        tell_role(self, "Chart")
        self.setMinimumWidth(240)
        rows_bar.valueChanged.connect(lambda _: self._moved_away())

    # what is shown ---------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], links: Links, today: dt.date) -> None:
        """Show `lines` and the links of the plan (all of them, so that circles are known; rows,
        or ids of both ends); a gesture that is under way is dropped."""
        self.cancel()
        self.scene.show(lines, links, today)
        self.days_bar.cover(self.lines, self.today)
        self._again()

    def change_lines(self, lines: Sequence[Line]) -> None:
        """The same lines in the same order, some of them changed."""
        self.cancel()
        self.scene.lines = lines
        self.days_bar.cover(self.lines, self.today)
        self._again()

    def set_timings(self, timings: Mapping[int, Timing] | None) -> None:
        """What the engine found, by key: criticality, slack."""
        self.scene.take_timings(timings or {})
        self.update()

    def set_hours(self, hours: HoursLike | None, day_minutes: int = 480) -> None:
        """When the project works; without hours, from Monday to Friday."""
        self.scene.take_hours(WorkHours(hours, day_minutes))
        self.update()

    def set_departments(self, departments: Mapping[int, str]) -> None:
        """The department of each person, for the colours."""
        self.scene.colouring.departments = departments
        self.scene.colouring.take(self.scene.lines)
        self._again()

    @property
    def options(self) -> GanttOptions:
        """What the person chose to see."""
        return self.scene.options

    def set_options(self, options: GanttOptions) -> None:
        """Show what the person chose."""
        self.scene.take_options(options)
        self._again()

    def legend(self) -> tuple[LegendEntry, ...]:
        """What the colours of the bars stand for."""
        return self.scene.colouring.legend()

    def _again(self) -> None:
        legend = self.legend()
        if legend != self._legend:
            self._legend = legend
            self.legend_changed.emit()
        self._tip.hide()
        self.update()

    def set_selected(self, keys: frozenset[int]) -> None:
        """Lines that are washed with the accent."""
        if keys != self.scene.selected:
            self.scene.selected = keys
            self.update()

    @property
    def lines(self) -> Sequence[Line]:
        """The lines shown."""
        return self.scene.lines

    @property
    def today(self) -> dt.date:
        """The day progress is judged on."""
        return self.scene.today

    @property
    def selected(self) -> frozenset[int]:
        """Keys of the selected lines."""
        return self.scene.selected

    @property
    def gesture(self) -> Gesture | None:
        """What is held now."""
        return self.scene.gesture

    @property
    def frozen(self) -> bool:
        """Whether nothing can be taken: a read-only project."""
        return self.scene.frozen

    @frozen.setter
    def frozen(self, frozen: bool) -> None:
        self.scene.frozen = frozen

    @property
    def carried(self) -> Callable[[int], Sequence[TaskRow]]:
        """The lines without children that a phase takes along."""
        return self.mouse.carried

    @carried.setter
    def carried(self, carried: Callable[[int], Sequence[TaskRow]]) -> None:
        self.mouse.carried = carried

    def span(self, line: Line) -> Span | None:
        """When a line is drawn now."""
        return self.scene.span(line)

    def about(self, key: int) -> tips.About:
        """What the plan knows of a line beside its row."""
        titles = []
        for link in self.scene.all_links:
            if link.successor_id == key:
                row = self.scene.row(link.predecessor_id)
                titles += [row.title] if row is not None else []
        holds = key in self.scene.rows and self.lines[self.scene.rows[key]].holds
        day, unkept = self.scene.hours.day_minutes, self.unkept.get(key, "")
        return tips.About(self.judged(key), titles, day, holds, unkept)

    # time ------------------------------------------------------------------------------------

    def show_day(self, day: dt.date, place: float = 0.2) -> None:
        """Scroll so that `day` stands at `place` of the width."""
        self.days_bar.show_day(day, place)

    def show_line(self, key: int) -> None:
        """Scroll to the bar of a line when its begin is out of sight."""
        place = self.scene.rows.get(key)
        line = self.lines[place] if place is not None else None
        day = (line.start or line.finish) if line is not None else None
        if day is not None and not 0 <= self.scale.x(day) <= self.width() * 0.6:
            self.show_day(day)

    def set_zoom(self, zoom: str) -> None:
        """One of `timescale.ZOOMS`; today stays where it is when it is in view."""
        self.days_bar.zoom(zoom)

    def zoom_in(self) -> None:
        """Show less time on more pixels."""
        self.days_bar.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show more time on fewer pixels."""
        self.days_bar.zoom_by(1 / ZOOM_STEP)

    def zoom_fit(self) -> None:
        """Show the whole plan."""
        self.days_bar.zoom_whole(self.lines)

    def _moved_away(self) -> None:
        self._tip.hide()
        self.update()

    def _glided(self, sideways: int, down: int) -> None:
        self.days_bar.setValue(self.days_bar.value() + sideways)
        self._rows_bar.setValue(self._rows_bar.value() + down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = event.oldSize().width() < 100 <= event.size().width()
        self.days_bar.fit()
        if first:
            self.show_day(self.today)

    # painting --------------------------------------------------------------------------------

    def top_of(self, place: int) -> int:
        """Pixel of the top of row `place`."""
        return HEADER + place * ROW_HEIGHT - self._rows_bar.value()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.scene.paint(painter, self.width(), self.height(), self._rows_bar.value())
        gesture = self.gesture
        if gesture is not None:
            refused = isinstance(gesture, LinkDrag) and bool(gesture.refusal)
            text = words(gesture, self.scene.hours)
            draw_tag(painter, text, self.mouse.pointer, self.width(), refused=refused)

    # finding ---------------------------------------------------------------------------------

    def line_at(self, y: float) -> Line | None:
        """The line at pixel `y`."""
        place = place_at(self.scene, y, self._rows_bar.value())
        return self.lines[place] if place is not None else None

    def part_at(self, at: QPointF) -> tuple[Line, Part] | None:
        """The bar at a point, and what of it would be taken."""
        found = self.mouse.find(at)
        return None if found is None else (found.line, found.part)

    # the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tip.hide()
        found = self.mouse.find(event.position())
        line = found.line if found is not None else self.line_at(event.position().y())
        if line is None:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        plain = not event.modifiers() & (Mod.ControlModifier | Mod.ShiftModifier)
        among = len(self.selected) > 1 and line.key in self.selected
        if left and plain and among and found is not None:
            self._held_pick = line.key
        elif left or not among:
            self.picked.emit(line.key, event.modifiers())
        if left and found is not None and not self.frozen:
            self.mouse.take(event.position(), found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.mouse.press is None:
            self._hover(event.position())
        else:
            self.mouse.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key, self._held_pick = self._held_pick, None
        if event.button() != Qt.MouseButton.LeftButton:
            self.cancel()
            return
        if not self.mouse.release() and key is not None:
            self.picked.emit(key, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().y())
        if line is not None:
            (self.folded if line.holds else self.opened).emit(line.key)

    def cancel(self) -> None:
        """Put back what is held; nothing was changed."""
        self._held_pick = None
        self.mouse.cancel()

    def _hover(self, at: QPointF) -> None:
        """Show what can be taken under the pointer."""
        found = self.mouse.find(at)
        line = self.line_at(at.y()) if found is None else found.line
        key = line.key if line is not None and line.row is not None else None
        if key != self.scene.hovered:
            self.scene.hovered = key
            self.update()
            found = self.mouse.find(at)
        self._show_cursor(None if self.frozen else found)
        if found is None or found.line.key != self._tip.key:
            self._tip.hide()

    def _show_cursor(self, found: Hit | None) -> None:
        shapes = {
            Part.WHOLE: Qt.CursorShape.OpenHandCursor,
            Part.LINK_START: Qt.CursorShape.CrossCursor,
            Part.LINK_FINISH: Qt.CursorShape.CrossCursor,
        }
        if found is None:
            self.unsetCursor()
        else:
            self.setCursor(shapes.get(found.part, Qt.CursorShape.SizeHorCursor))

    def leaveEvent(self, event: QEvent) -> None:
        self._tip.hide()
        if self.scene.hovered is not None:
            self.scene.hovered = None
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.cancel()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if event.modifiers() & Mod.ControlModifier:
            self.days_bar.zoom_by(WHEEL ** delta.y(), event.position().x())
        elif event.modifiers() & Mod.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self.days_bar.setValue(self.days_bar.value() - (delta.x() or delta.y()))
        else:
            rows = round(delta.y() / 40)  # three rows a notch
            self._rows_bar.setValue(self._rows_bar.value() - rows * ROW_HEIGHT)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Escape and self.mouse.press is not None:
            self.cancel()
        elif not self.keys.zoom(event):
            QCoreApplication.sendEvent(self._keys, event)  # the outline knows the keys

    @property
    def step(self) -> int:
        """Minutes that a key moves a bar by at this zoom."""
        return self.scale.step

    def zoom_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Plus, Ctrl+Minus and Ctrl+0; whether it was one of them."""
        return self.keys.zoom(event)

    def key_move(self, key: int, steps: int) -> None:
        """Move a line by steps of the zoom, as a drag does."""
        self.keys.drag(key, steps, Part.WHOLE)

    def key_stretch(self, key: int, steps: int) -> None:
        """Move the finish of a line by steps of the zoom."""
        self.keys.drag(key, steps, Part.FINISH)

    def key_percent(self, key: int, steps: int) -> None:
        """Say that more of a line is done, or less."""
        self.keys.percent(key, steps)

    # the note of a bar -----------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.mouse.find(QPointF(event.pos()))
            if found is None or self.gesture is not None:
                self._tip.hide()
            elif (row := found.line.row) is not None:
                facts = tips.facts(row, self.today, self.about(row.id))
                self._tip.show(found, facts, event.pos(), self.top_of(0))
            return True
        if isinstance(event, QGestureEvent):
            return self._pinch(event)
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.days_bar.zoom_by(1 + event.value(), event.position().x())
            return True
        return super().event(event)

    def _pinch(self, event: QGestureEvent) -> bool:
        """Two fingers on the screen."""
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
            at = self.mapFromGlobal(pinch.centerPoint())
            self.days_bar.zoom_by(pinch.scaleFactor(), at.x())
        return True
