"""Weather marks: form first (sun, cloud, storm), then the word, then the trend with its word."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crm_pilot.governance.terms import TRENDS, WEATHERS, Trend, Weather
from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.text import label

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


class WeatherWord(QWidget):
    """Icon and word, as in the header: muted name, bold weather."""

    def __init__(self, size: int = 20) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.icon = WeatherIcon(size)
        self.name = label(ink="muted")
        self.word = label(bold=True)
        for widget in (self.icon, self.name, self.word):
            row.addWidget(widget)

    def show_weather(self, name: str, weather: Weather | str) -> None:
        """`name` is already translated."""
        self.icon.set_weather(weather)
        self.name.setText(name)
        self.word.setText(weather_word(Weather(weather)))
