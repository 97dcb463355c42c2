"""A quiet bar above the screens: something that happened outside, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.buttons import quiet_button
from ui.widgets.text import label

CLOSE = "close"


@dataclass(frozen=True)
class Notice:
    """What a bar says. `rank` 0 is shown before 1; texts are already translated."""

    key: str
    rank: int
    icon: str
    token: str
    sentence: str
    detail: str = ""
    buttons: Sequence[tuple[str, str]] = ()  # key and text


class NoticeBar(QWidget):
    """Shows the most urgent notice. `chosen(notice key, button key)`; closing says "close"."""

    chosen = Signal(str, str)
    emptied = Signal()  # by the person: the keyboard goes back to work

    def __init__(self) -> None:
        super().__init__()
        self._notices: dict[str, Notice] = {}
        self.buttons: dict[str, QPushButton] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 0)
        strip = QFrame()
        strip.setProperty("role", "strip")
        outer.addWidget(strip)
        self._row = QHBoxLayout(strip)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        self._picture = QLabel()
        self._row.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.sentence = label(bold=True, wrap=True)
        self.detail = label(theme.CAPTION, ink="muted", wrap=True)
        words.addWidget(self.sentence)
        words.addWidget(self.detail)
        self._row.addLayout(words, 1)
        self._close = quiet_button()
        theme.set_icon(self._close, "close", "muted", 16)
        self._close.clicked.connect(lambda: self._click(CLOSE))
        self._row.addWidget(self._close)
        theme.switched().changed.connect(self._draw)
        self.hide()

    @property
    def shown(self) -> Notice | None:
        """The notice being shown."""
        return min(self._notices.values(), key=lambda one: one.rank, default=None)

    def tell(self, notice: Notice) -> None:
        """Add a notice, or say it anew."""
        self._notices[notice.key] = notice
        self._draw()

    def take_back(self, key: str) -> None:
        """Remove a notice that no longer holds."""
        if self._notices.pop(key, None) is not None:
            self._draw()

    def clear(self) -> None:
        """Remove every notice."""
        self._notices.clear()
        self._draw()

    def _draw(self) -> None:
        notice = self.shown
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        if notice is None:
            self.hide()
            return
        self._picture.setPixmap(theme.pixmap(notice.icon, notice.token, 20))
        self.sentence.setText(notice.sentence)
        self.detail.setText(notice.detail)
        self.detail.setVisible(bool(notice.detail))
        self.setAccessibleName(notice.sentence)
        self.setAccessibleDescription(notice.detail)
        for place, (key, text) in enumerate(notice.buttons):
            button = quiet_button(text)
            button.clicked.connect(lambda _=False, key=key: self._click(key))
            self._row.insertWidget(2 + place, button)
            self.buttons[key] = button
        self._close.setToolTip(tr("Close this notice"))
        self._close.setAccessibleName(tr("Close this notice"))
        self.show()

    def _click(self, key: str) -> None:
        notice = self.shown
        if notice is not None:
            if key == CLOSE:
                self.take_back(notice.key)
            self.chosen.emit(notice.key, key)
            if self.shown is None:
                self.emptied.emit()
