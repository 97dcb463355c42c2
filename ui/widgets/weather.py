"""Weather marks: form first (sun, cloud, storm), then the word, then the trend with its word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel

from crm_pilot.governance.terms import TRENDS, WEATHERS, Trend, Weather
from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.text import label
from ui.widgets.why import answers, show_why

ICONS = {Weather.GOOD: "sun", Weather.WATCH: "cloud", Weather.ALERT: "storm"}
ARROWS = {
    Trend.BETTER: "arrow-up-right",
    Trend.STABLE: "arrow-right",
    Trend.WORSE: "arrow-down-right",
}


def weather_pixmap(weather: Weather, size: int = 20) -> QPixmap:
    """The mark of a weather in its colour."""
    return theme.pixmap(ICONS[weather], weather.value, size)


def trend_pixmap(trend: Trend, size: int = 16) -> QPixmap:
    """The arrow of a trend."""
    return theme.pixmap(ARROWS[trend], "muted", size)


def weather_word(weather: Weather) -> str:
    """Good, Watch, Alert in the language of the window."""
    return tr(WEATHERS[weather])


def trend_word(trend: Trend) -> str:
    """better, stable, worse in the language of the window."""
    return tr(TRENDS[trend])


class WeatherIcon(QLabel):
    """One weather mark; its word is the accessible name and tooltip."""

    def __init__(self, size: int = 20) -> None:
        super().__init__()
        self._size = size
        self._weather: Weather | None = None
        self.setFixedSize(QSize(size, size))
        theme.switched().changed.connect(self._draw)

    def set_weather(self, weather: Weather | str | None) -> None:
        """Show a weather; None shows nothing."""
        self._weather = Weather(weather) if weather else None
        self._draw()

    def retranslate(self) -> None:
        """The word in the language of the window."""
        word = weather_word(self._weather) if self._weather else ""
        self.setAccessibleName(word)
        self.setToolTip(word)

    def _draw(self) -> None:
        self.setPixmap(weather_pixmap(self._weather, self._size) if self._weather else QPixmap())
        self.retranslate()


class WeatherWord(QAbstractButton):
    """Icon and word, as in the header: muted name, bold weather. Click, Enter and Space say why."""

    def __init__(self, size: int = 20, why: str = "") -> None:
        super().__init__()
        self._why = why
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.explain)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.mark = WeatherIcon(size)
        self.name = label(ink="muted")
        self.word = label(bold=True)
        for widget in (self.mark, self.name, self.word):
            row.addWidget(widget)

    def show_weather(self, name: str, weather: Weather | str) -> None:
        """`name` is already translated."""
        self.mark.set_weather(weather)
        self.name.setText(name)
        self.word.setText(weather_word(Weather(weather)))
        self.setAccessibleName(f"{name}: {self.word.text()}")

    @property
    def name_width(self) -> int:
        """Pixels that the name takes, with the gap after it."""
        return self.name.sizeHint().width() + 6

    @property
    def whole_width(self) -> int:
        """Pixels it takes with its name."""
        return self.mark.width() + 6 + self.name_width + self.word.sizeHint().width()

    def set_brief(self, brief: bool) -> None:
        """Leave the name out where there is no room for it; it stays in what is told."""
        self.name.setVisible(not brief)

    def explain(self) -> None:
        """Say why the weather is what it is."""
        if self._why:
            show_why(self, self.name.text(), answers(self, (self._why,)))

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box is not None else QSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.theme().colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
