"""The date slider under the plane: replays positions at any day, steps from rating to rating."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.queries import WaveMark
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.painting import AlignCenter, AlignLeft, text
from ui.screens.stakeholders.scene import AXIS_LEFT, day_text
from ui.widgets.roles import tell_role

TRACK = 25.0  # y of the track
SNAP = 6.0  # pixels
WHOLE_MS, SLOWEST_MS, FASTEST_MS = 14_000, 700, 60  # a replay, and one step of it
PLAY = 22  # pixels of the button


class Timeline(QWidget):
    """`chosen(day)` follows the knob. Stops are rating days and today; days to come are shown,
    since waves open there, but positions are only known up to today. `compared(day)` follows the
    hollow knob of the day compared with. `pace` is the pause between two steps of a replay in
    milliseconds, None for one that fits their number."""

    chosen = Signal(object)
    compared = Signal(object)

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
        self.since: dt.date | None = None
        self._drags_since = False
        self.pace: int | None = None
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self.play = QToolButton(self)
        self.play.setGeometry(round(AXIS_LEFT) - PLAY - 14, round(TRACK) - PLAY // 2, PLAY, PLAY)
        self.play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play.clicked.connect(self.toggle)
        self._show_play()
        theme.switched().changed.connect(self.update)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.setAccessibleName(tr("Date shown"))
        self._show_play()
        self.update()

    def show_days(
        self,
        today: dt.date,
        day: dt.date,
        rated: Sequence[dt.date],
        marked: Sequence[dt.date],
        waves: Sequence[WaveMark],
        since: dt.date | None = None,
    ) -> None:
        """`rated`: days the keys step through; `marked`: those drawn as rings; `since`: the day
        compared with."""
        known = [d for d in rated if d <= today]
        self._today, self.day, self.since = today, day, since
        self._stops = tuple(sorted({*known, today}))
        self._rated = tuple(d for d in marked if d <= today)
        ahead = [w for w in waves if today <= w.day <= today + dt.timedelta(days=150)]
        first = min([*known, today - dt.timedelta(days=60), *([since] if since else [])])
        last = max([w.day for w in ahead] + [today + dt.timedelta(days=30)])
        self._first = first.replace(day=1)
        self._last = _month_end(last)
        self._waves = tuple(w for w in waves if self._first <= w.day <= self._last)
        told = formats.long_day(day, lang())
        if since is not None:
            told += ", " + tr("compared with {day}", day=formats.long_day(since, lang()))
        self.setAccessibleDescription(told)
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
            self.stop()
            x = event.position().x()
            self._drags_since = self._takes_since(x)
            if not self._drags_since:
                self._go(self.day_at(x))

    def _takes_since(self, x: float) -> bool:
        """Whether a press takes the hollow knob: it is under the mouse, and the other is not."""
        if self.since is None:
            return False
        far, near = abs(self.x_of(self.since) - x), abs(self.x_of(self.day) - x)
        return far <= SNAP and far < near

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        day = self.day_at(event.position().x())
        if self._drags_since:
            self._compare(day)
        else:
            self._go(day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drags_since = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        compares = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = -1 if key == Qt.Key.Key_Left else 1
            if compares:
                self.step_compared(way)
            else:
                self.stop()
                self.step(way)
        elif key == Qt.Key.Key_Home and self._stops:
            self.stop()
            self._go(self._stops[0])
        elif key == Qt.Key.Key_End:
            self.stop()
            self._go(self._today)
        elif key == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def step(self, way: int) -> None:
        """To the rating day before (-1) or after (+1) the one shown."""
        day = self._beside(self.day, way)
        if day is not None:
            self._go(day)

    def step_compared(self, way: int) -> None:
        """Compare with the rating day before (-1) or after (+1)."""
        day = self._beside(self.since or self.day, way)
        if day is not None:
            self._compare(day)

    def _beside(self, day: dt.date, way: int) -> dt.date | None:
        place = bisect_left(self._stops, day) - 1 if way < 0 else bisect_right(self._stops, day)
        return self._stops[place] if 0 <= place < len(self._stops) else None

    def _go(self, day: dt.date) -> None:
        if day != self.day:
            self.day = day
            self.update()
            self.chosen.emit(day)

    def _compare(self, day: dt.date) -> None:
        if day != self.since and day < self._today:
            self.since = day
            self.update()
            self.compared.emit(day)

    # replaying -------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the itinerary is being replayed."""
        return self._clock.isActive()

    def toggle(self) -> None:
        """Replay from the day shown, or from the first rating when it is today; or pause."""
        if self.playing:
            self.stop()
            return
        if len(self._stops) < 2:
            return
        if self.day >= self._today:
            self._go(self._stops[0])
        pause = WHOLE_MS // len(self._stops)
        pace = max(FASTEST_MS, min(SLOWEST_MS, pause)) if self.pace is None else self.pace
        self._clock.start(pace)
        self._show_play()

    def stop(self) -> None:
        """Stay at the day shown."""
        self._clock.stop()
        self._show_play()

    def _tick(self) -> None:
        self.step(1)
        if self.day >= self._today:
            self.stop()

    def _show_play(self) -> None:
        theme.set_icon(self.play, "pause" if self.playing else "play", "accent", 16)
        words = tr("Pause") if self.playing else tr("Replay the itinerary")
        self.play.setAccessibleName(words)
        self.play.setToolTip(words)

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)

    # drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._captions(painter)
        self._track(painter)
        self._months(painter)
        self._since_knob(painter)
        taken = [self._knob(painter)]
        if self.since is not None:
            self._caption(painter, self.x_of(self.since), day_text(self.since), taken)
        self._wave_marks(painter, taken)

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

    def _since_knob(self, painter: QPainter) -> None:
        """A hollow knob at the day compared with."""
        if self.since is None:
            return
        look, x = theme.theme(), self.x_of(self.since)
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("accent"), 1.8))
        painter.drawRoundedRect(QRectF(x - 3.5, TRACK - 8, 7, 16), 2, 2)

    def _wave_marks(self, painter: QPainter, taken: list[QRectF]) -> None:
        look = theme.theme()
        for wave in self._waves:
            x = self.x_of(wave.day)
            painter.setPen(QPen(look.colour("deployment"), 1.6))
            painter.setBrush(look.colour("surface"))
            painter.save()
            painter.translate(x, TRACK - 6)
            painter.rotate(45)
            painter.drawRect(QRectF(-3.2, -3.2, 6.4, 6.4))
            painter.restore()
            self._caption(painter, x, wave.name, taken)

    def _caption(self, painter: QPainter, x: float, words: str, taken: list[QRectF]) -> None:
        """Words above the track, beside the date of the knob and where nothing else stands."""
        knob = taken[0]
        wide = QFontMetricsF(theme.font(theme.CAPTION)).horizontalAdvance(words) + 4
        left = max(AXIS_LEFT, min(x - wide / 2, self.width() - wide))
        box = QRectF(left, 0, wide, 16)
        if (over := box.right() + 6 - knob.left()) > 0 and x < knob.left():
            box.translate(-min(over, wide / 2 - 4), 0)
        if not any(box.adjusted(-3, 0, 3, 0).intersects(other) for other in taken):
            text(painter, box, words, token="muted", align=AlignLeft)
            taken.append(box)


def _month_end(day: dt.date) -> dt.date:
    return _next_month(day.replace(day=1)) - dt.timedelta(days=1)


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)
