"""The date slider under the plane: replays positions at any day, steps from rating to rating."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.queries import WaveMark
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.painting import AlignCenter, AlignLeft, text
from ui.screens.stakeholders.scene import AXIS_LEFT, day_text
from ui.widgets.roles import tell_role

TRACK = 25.0  # y of the track
SNAP = 6.0  # pixels


class Timeline(QWidget):
    """`chosen(day)` follows the knob. Stops are rating days and today; days to come are shown,
    since waves open there, but positions are only known up to today."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tell_role(self, "Slider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(54)
        self._first = self._last = self._today = self.day = dt.date(2000, 1, 1)
        self._stops: tuple[dt.date, ...] = ()
        self._rated: tuple[dt.date, ...] = ()
        self._waves: tuple[WaveMark, ...] = ()
        theme.switched().changed.connect(self.update)

    def show_days(
        self,
        today: dt.date,
        day: dt.date,
        rated: Sequence[dt.date],
        marked: Sequence[dt.date],
        waves: Sequence[WaveMark],
    ) -> None:
        """`rated`: days the keys step through; `marked`: those drawn as rings."""
        known = [d for d in rated if d <= today]
        self._today, self.day = today, day
        self._stops = tuple(sorted({*known, today}))
        self._rated = tuple(d for d in marked if d <= today)
        ahead = [w for w in waves if today <= w.day <= today + dt.timedelta(days=150)]
        first = min([*known, today - dt.timedelta(days=60)])
        last = max([w.day for w in ahead] + [today + dt.timedelta(days=30)])
        self._first = first.replace(day=1)
        self._last = _month_end(last)
        self._waves = tuple(w for w in waves if self._first <= w.day <= self._last)
        self.setAccessibleDescription(formats.long_day(day, lang()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 54)

    # geometry --------------------------------------------------------------------------------

    def x_of(self, day: dt.date) -> float:
        """Where a day is."""
        span = max(1, (self._last - self._first).days)
        share = (day - self._first).days / span
        return AXIS_LEFT + share * self._track_width()

    def day_at(self, x: float) -> dt.date:
        """The day at x, up to today, drawn to a stop that is near."""
        span = max(1, (self._last - self._first).days)
        share = (x - AXIS_LEFT) / self._track_width()
        day = self._first + dt.timedelta(days=round(max(0.0, min(1.0, share)) * span))
        near = min(self._stops, key=lambda stop: abs(self.x_of(stop) - x), default=day)
        if abs(self.x_of(near) - x) <= SNAP:
            day = near
        return min(day, self._today)

    def _track_width(self) -> float:
        return max(20.0, self.width() - AXIS_LEFT - 6)

    # moving ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self.day_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self.day_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Left:
            self.step(-1)
        elif key == Qt.Key.Key_Right:
            self.step(1)
        elif key == Qt.Key.Key_Home and self._stops:
            self._go(self._stops[0])
        elif key == Qt.Key.Key_End:
            self._go(self._today)
        else:
            super().keyPressEvent(event)

    def step(self, way: int) -> None:
        """To the rating day before (-1) or after (+1) the one shown."""
        if way < 0:
            place = bisect_left(self._stops, self.day) - 1
        else:
            place = bisect_right(self._stops, self.day)
        if 0 <= place < len(self._stops):
            self._go(self._stops[place])

    def _go(self, day: dt.date) -> None:
        if day != self.day:
            self.day = day
            self.update()
            self.chosen.emit(day)

    # drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._captions(painter)
        self._track(painter)
        self._months(painter)
        knob = self._knob(painter)
        self._wave_marks(painter, knob)

    def _captions(self, painter: QPainter) -> None:
        look = theme.theme()
        text(painter, QRectF(0, TRACK - 8, AXIS_LEFT - 10, 16), tr("Date"), bold=True)
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("accent"), 1.8))
        painter.drawEllipse(QPointF(5, TRACK + 18), 4, 4)
        text(painter, QRectF(14, TRACK + 10, AXIS_LEFT - 20, 16), tr("day rated"), token="muted")

    def _track(self, painter: QPainter) -> None:
        look = theme.theme()
        right = AXIS_LEFT + self._track_width()
        pen = QPen(look.colour("line"), 4 if look.line_width == 1 else 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(AXIS_LEFT, TRACK, right, TRACK))
        pen.setColor(look.colour("accent"))
        pen.setWidth(4)
        painter.setPen(pen)
        painter.drawLine(QLineF(AXIS_LEFT, TRACK, self.x_of(self.day), TRACK))
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("accent"), 1.8))
        for day in self._rated:
            painter.drawEllipse(QPointF(self.x_of(day), TRACK), 4, 4)

    def _months(self, painter: QPainter) -> None:
        look = theme.theme()
        painter.setPen(QPen(look.colour("muted"), 1))
        month, free = self._first, 0.0
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        while month <= self._last:
            x = self.x_of(month)
            painter.setPen(QPen(look.colour("muted"), 1))
            painter.drawLine(QLineF(x, TRACK + 6, x, TRACK + 11))
            words = formats.month(month, lang(), year=month.month == 1)
            wide = metrics.horizontalAdvance(words)
            if x >= free and x + wide + 4 <= self.width():
                text(painter, QRectF(x + 3, TRACK + 11, wide + 4, 16), words, token="muted")
                free = x + wide + 10
            month = _next_month(month)

    def _knob(self, painter: QPainter) -> QRectF:
        look, x = theme.theme(), self.x_of(self.day)
        words = day_text(self.day)
        wide = QFontMetricsF(theme.font(theme.CAPTION, bold=True)).horizontalAdvance(words) + 4
        left = max(AXIS_LEFT, min(x - wide / 2, self.width() - wide))
        box = QRectF(left, 0, wide, 16)
        text(painter, box, words, bold=True, align=AlignCenter)
        painter.setPen(QPen(look.mix("accent", 0.35), 3) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(QRectF(x - 5, TRACK - 9, 10, 18), 3, 3)
        return box

    def _wave_marks(self, painter: QPainter, taken: QRectF) -> None:
        look = theme.theme()
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        boxes = [taken]
        for wave in self._waves:
            x = self.x_of(wave.day)
            painter.setPen(QPen(look.colour("deployment"), 1.6))
            painter.setBrush(look.colour("surface"))
            painter.save()
            painter.translate(x, TRACK - 6)
            painter.rotate(45)
            painter.drawRect(QRectF(-3.2, -3.2, 6.4, 6.4))
            painter.restore()
            wide = metrics.horizontalAdvance(wave.name) + 4
            left = max(AXIS_LEFT, min(x - wide / 2, self.width() - wide))
            box = QRectF(left, 0, wide, 16)
            if (over := box.right() + 6 - taken.left()) > 0 and x < taken.left():
                box.translate(-min(over, wide / 2 - 4), 0)  # beside the knob's date
            if not any(box.adjusted(-3, 0, 3, 0).intersects(other) for other in boxes):
                text(painter, box, wave.name, token="muted", align=AlignLeft)
                boxes.append(box)


def _month_end(day: dt.date) -> dt.date:
    return _next_month(day.replace(day=1)) - dt.timedelta(days=1)


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)
