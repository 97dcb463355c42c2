"""The Gantt beside the outline: same rows, same scroll; bars are taken with the mouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QToolTip, QWidget

from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from ui import theme
from ui.language import formats, lang
from ui.screens.planning import tips
from ui.screens.planning.drawing import BAR, BAR_TOP, DIAMOND, HEADER, GanttPainter
from ui.screens.planning.gestures import BarDrag, Part, stretchable
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import DAY_PX, TimeScale
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.roles import tell_role

GRIP = 5  # pixels of an edge that stretch
EDGE = 16  # pixels from the side where a held bar scrolls the plan
THRESHOLD = 4  # pixels before a press becomes a drag
Dates = tuple[dt.date, dt.date]


class GanttView(QWidget):
    """Draws the visible lines only. It edits nothing: a finished gesture emits its command."""

    picked = Signal(int, object)  # key of the pressed line, keyboard modifiers
    gesture_done = Signal(object)  # a Command
    opened = Signal(int)
    folded = Signal(int)
    zoom_changed = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, keys: QWidget, rows_bar: QScrollBar) -> None:
        super().__init__()
        self._keys, self._rows_bar = keys, rows_bar
        self.days_bar = QScrollBar(Qt.Orientation.Horizontal)
        self.days_bar.valueChanged.connect(self._scrolled)
        self.lines: Sequence[Line] = ()
        self.selected: frozenset[int] = frozenset()
        self.today = dt.date.today()
        self.scale = TimeScale(self.today, self.today)
        self.frozen = False  # a read-only project
        self.carried: Callable[[int], Sequence[TaskRow]] = lambda _key: ()
        self._links: list[tuple[int, int]] = []  # places of both ends
        self._linked: set[int] = set()
        self.gesture: BarDrag | None = None
        self._pressed: tuple[float, Line, Part] | None = None  # day pressed, line, part
        self._pointer = QPointF()
        self._covered = False
        self._glide = QTimer(self)
        self._glide.setInterval(30)
        self._glide.timeout.connect(self._glide_on)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        tell_role(self, "Chart")
        self.setMinimumWidth(240)
        rows_bar.valueChanged.connect(lambda _: self.update())

    # what is shown ---------------------------------------------------------------------------

    def show_lines(
        self, lines: Sequence[Line], links: Sequence[tuple[int, int]], today: dt.date
    ) -> None:
        """Show `lines` and the links between them (ids of both ends); a gesture that is under
        way is dropped."""
        self.cancel()
        self.lines, self.today = lines, today
        places = {line.key: place for place, line in enumerate(lines)}
        self._links = [
            (places[before], places[after])
            for before, after in links
            if before in places and after in places
        ]
        self._linked = {first for first, _ in self._links}
        self._cover()
        self.update()

    def change_lines(self, lines: Sequence[Line]) -> None:
        """The same lines in the same order, some of them changed."""
        self.cancel()
        self.lines = lines
        self._cover()
        self.update()

    def _cover(self) -> None:
        """Make the scale as long as the plan: headings and top phases span all below them."""
        days = [self.today]
        for line in self.lines:
            if line.depth > 1:
                continue
            days += [day for day in (line.start, line.finish) if day]
            if line.row is not None and line.row.baseline_start is not None:
                days.append(line.row.baseline_start)
        self.scale.cover(min(days), max(days))
        if not self._covered:
            self._covered = True
            self.show_day(self.today)
        self._fit_bar()

    def set_selected(self, keys: frozenset[int]) -> None:
        """Lines that are washed with the accent."""
        if keys != self.selected:
            self.selected = keys
            self.update()

    def dates(self, line: Line) -> Dates | None:
        """Where a line is drawn now."""
        if self.gesture is not None and line.key in self.gesture.dates:
            return self.gesture.dates[line.key]
        if line.start is None or line.finish is None:
            return None
        return line.start, line.finish

    # time ------------------------------------------------------------------------------------

    def show_day(self, day: dt.date, place: float = 0.2) -> None:
        """Scroll so that `day` stands at `place` of the width."""
        self.scale.offset += self.scale.x(day) - self.width() * place
        self._fit_bar()
        self.update()

    def set_zoom(self, zoom: str) -> None:
        """Day, week or month; today stays where it is when it is in view."""
        x = self.scale.x(self.today)
        self._zoom(DAY_PX[zoom], x if 0 <= x <= self.width() else self.width() / 2)

    def _zoom(self, px: float, x: float) -> None:
        before = self.scale.zoom
        self.scale.zoomed(px, x)
        self._fit_bar()
        self.update()
        if self.scale.zoom != before:
            self.zoom_changed.emit(self.scale.zoom)

    def _fit_bar(self) -> None:
        room = max(0, self.scale.length - self.width())
        self.scale.offset = min(max(0.0, self.scale.offset), float(room))
        self.days_bar.blockSignals(True)
        self.days_bar.setRange(0, room)
        self.days_bar.setPageStep(max(1, self.width()))
        self.days_bar.setSingleStep(max(1, round(self.scale.px * 7)))
        self.days_bar.setValue(round(self.scale.offset))
        self.days_bar.blockSignals(False)

    def _scrolled(self, value: int) -> None:
        self.scale.offset = float(value)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = event.oldSize().width() < 100 <= event.size().width()
        self._fit_bar()
        if first:
            self.show_day(self.today)

    # painting --------------------------------------------------------------------------------

    def top_of(self, place: int) -> int:
        """Pixel of the top of row `place`."""
        return HEADER + place * ROW_HEIGHT - self._rows_bar.value()

    def _visible(self) -> range:
        first = max(0, self._rows_bar.value() // ROW_HEIGHT)
        last = (self._rows_bar.value() + self.height() - HEADER) // ROW_HEIGHT
        return range(first, min(len(self.lines), last + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("surface"))
        drawn = GanttPainter(painter, self.scale, self.width(), self.today)
        rows = self._visible()
        height = self.top_of(len(self.lines)) - HEADER if self.lines else 0
        ground = min(self.height() - HEADER, max(0, height))
        painter.save()
        painter.setClipRect(QRectF(0, HEADER, self.width(), self.height() - HEADER))
        drawn.weekends(HEADER, ground)
        drawn.month_lines(HEADER, ground)
        self._grounds(painter, rows)
        self._draw_links(drawn, rows)
        for place in rows:
            line = self.lines[place]
            drawn.line(
                line,
                self.top_of(place),
                self.dates(line),
                selected=line.key in self.selected,
                linked=place in self._linked,
            )
        painter.restore()
        drawn.header()
        painter.fillRect(0, 0, look.line_width, self.height(), look.colour("line"))
        drawn.today_line(self.height() - 20)
        if self.gesture is not None and self.gesture.shown is not None:
            self._tag(painter, self.gesture)

    def _grounds(self, painter: QPainter, rows: range) -> None:
        look = theme.theme()
        wash = look.colour("accent")
        wash.setAlphaF(0.10)
        for place in rows:
            y = self.top_of(place)
            if self.lines[place].key in self.selected:
                painter.fillRect(QRectF(0, y, self.width(), ROW_HEIGHT - 1), wash)
            painter.fillRect(QRectF(0, y + ROW_HEIGHT - 1, self.width(), 1), look.colour("line"))

    def _draw_links(self, drawn: GanttPainter, rows: range) -> None:
        for first, second in self._links:
            if min(first, second) >= rows.stop or max(first, second) < rows.start:
                continue
            before, after = self.lines[first], self.lines[second]
            from_dates, to_dates = self.dates(before), self.dates(after)
            if from_dates is not None and to_dates is not None:
                drawn.link(
                    (before, self.top_of(first), from_dates),
                    (after, self.top_of(second), to_dates),
                )

    def _tag(self, painter: QPainter, gesture: BarDrag) -> None:
        """Dates of the taken bar, beside the pointer."""
        assert gesture.shown is not None
        start, finish = gesture.shown
        text = formats.day(finish, lang())
        if start != finish:
            days = formats.days(rules.working_days(start, finish), lang())
            text = f"{formats.day(start, lang())} → {text}, {days}"
        look = theme.theme()
        painter.setFont(theme.font(theme.CAPTION, bold=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        x = min(max(4.0, self._pointer.x() + 12), self.width() - width - 4)
        y = max(HEADER + 4.0, self._pointer.y() - 34)
        box = QRectF(x, y, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(look.colour("on_accent")))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    # finding ---------------------------------------------------------------------------------

    def line_at(self, y: float) -> Line | None:
        """The line at pixel `y`."""
        if y < HEADER:
            return None
        place = int(y - HEADER + self._rows_bar.value()) // ROW_HEIGHT
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def part_at(self, at: QPointF) -> tuple[Line, Part] | None:
        """The bar at a point, and what of it would be taken."""
        line = self.line_at(at.y())
        dates = self.dates(line) if line is not None else None
        if line is None or line.row is None or dates is None:
            return None
        left, right = self.scale.x(dates[0]), self.scale.end(dates[1])
        if line.row.kind is TaskKind.MILESTONE:
            left = self.scale.x(dates[1]) + self.scale.px / 2 - DIAMOND
            right = left + 2 * DIAMOND
        right = max(right, left + 6)
        y = at.y() - self.top_of(self.lines.index(line))
        if not (left - 3 <= at.x() <= right + 3 and BAR_TOP - 4 <= y <= BAR_TOP + BAR + 5):
            return None
        if stretchable(line.row, line.holds) and right - left >= 3 * GRIP:
            if at.x() >= right - GRIP:
                return line, Part.FINISH
            if at.x() <= left + GRIP:
                return line, Part.START
        return line, Part.WHOLE

    # gestures --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().y())
        if line is None:
            return
        self.picked.emit(line.key, event.modifiers())
        found = self.part_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and not self.frozen:
            self._pressed = (self.scale.moment(event.position().x()), *found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._pressed is None:
            self._show_cursor(event.position())
            return
        self._follow()
        beyond = not EDGE < self._pointer.x() < self.width() - EDGE
        if self.gesture is not None and beyond:
            self._glide.start()
        else:
            self._glide.stop()

    def _follow(self) -> None:
        """Bring the taken bar to the pointer; the plan may have scrolled under it."""
        if self._pressed is None:
            return
        start, line, part = self._pressed
        days = self.scale.moment(self._pointer.x()) - start
        if self.gesture is None:
            if abs(days) * self.scale.px < THRESHOLD or line.row is None:
                return
            carried = self.carried(line.key) or (line.row,)
            self.gesture = BarDrag(line.row, part, carried, self.today)
        self.gesture.move(round(days))
        self.update()

    def _glide_on(self) -> None:
        """Scroll in time while a bar is held at the edge."""
        step = 12 if self._pointer.x() > self.width() / 2 else -12
        self.days_bar.setValue(self.days_bar.value() + step)
        self._follow()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture = self.gesture
        self.cancel()
        if gesture is not None and event.button() == Qt.MouseButton.LeftButton:
            command = gesture.commit()
            if command is not None:
                self.gesture_done.emit(command)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().y())
        if line is not None:
            (self.folded if line.holds else self.opened).emit(line.key)

    def cancel(self) -> None:
        """Put a taken bar back; nothing was changed."""
        self._pressed = None
        self._glide.stop()
        if self.gesture is not None:
            self.gesture = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pressed is not None:
            self.cancel()
            return
        QCoreApplication.sendEvent(self._keys, event)  # the outline knows the keys

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.cancel()

    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()

    def _show_cursor(self, at: QPointF) -> None:
        found = None if self.frozen else self.part_at(at)
        if found is None:
            self.unsetCursor()
        elif found[1] is Part.WHOLE:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeHorCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(self.scale.px * 1.0015 ** delta.y(), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(
            delta.y()
        ):
            self.days_bar.setValue(self.days_bar.value() - (delta.x() or delta.y()))
        else:
            rows = round(delta.y() / 40)  # three rows a notch
            self._rows_bar.setValue(self._rows_bar.value() - rows * ROW_HEIGHT)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.part_at(QPointF(event.pos()))
            if found is None or self.gesture is not None or found[0].row is None:
                QToolTip.hideText()
            else:
                text = tips.bar_tip(found[0].row, self.today)
                QToolTip.showText(event.globalPos() + QPoint(0, 18), text, self)
            return True
        return super().event(event)
