"""What an axis was at the committees before: number, sign and letter side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.governance.terms import Weather, weather_letter
from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.weather import weather_pixmap, weather_word

SHOWN = 6  # committees
STEP = 36  # pixels from one to the next
SIGN = 16
HIGH = 46


class History(QWidget):
    """The last committees, the latest at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.past: tuple[tuple[int, Weather], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.switched().changed.connect(self.update)

    def show_past(self, name: str, past: Sequence[tuple[int, Weather]]) -> None:
        """`name` is that of the axis, translated."""
        self.past = tuple(past)[-SHOWN:]
        said = ", ".join(
            tr("no. {number}: {weather}", number=number, weather=weather_word(weather))
            for number, weather in self.past
        )
        self.setAccessibleName(tr("{axis} before", axis=name))
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.setVisible(bool(self.past))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(STEP * max(len(self.past), 1), HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.CAPTION, numbers=True))
        middle = Qt.AlignmentFlag.AlignCenter
        for place, (number, weather) in enumerate(self.past):
            left = place * STEP
            painter.setPen(theme.theme().colour("muted"))
            painter.drawText(
                QRectF(left, 0, STEP - 4, 14), middle, tr("no. {number}", number=number)
            )
            at = QPointF(left + (STEP - 4 - SIGN) / 2, 15)
            painter.drawPixmap(at, weather_pixmap(weather, SIGN))
            painter.setPen(theme.theme().colour("text"))
            letter = weather_letter(weather_word(weather))
            painter.drawText(QRectF(left, 31, STEP - 4, 15), middle, letter)
