"""A scroll area that decides about its bars from its own size alone.

Qt's own decision may go in circles where text wraps: with the bar the text is higher and needs it,
without it the text is lower and does not; Qt then calls itself until the stack is full.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

# Qt.ScrollBarPolicy and Qt.FocusPolicy as numbers: their enums cost too much before the first paint
OFF, ON = 1, 2
NO_FOCUS = 0
BARS = ("verticalScrollBarPolicy", "horizontalScrollBarPolicy")


class Scroll(QScrollArea):
    """Its content takes all the room; bars appear when that is less than the content needs. It
    never takes the keyboard itself: what gets it is brought into sight. `sideways` allows a
    horizontal bar."""

    def __init__(self, content: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__()
        self._sideways = sideways
        self._shown = [False, False]  # asking Qt for a policy would load its enums
        self.setProperty("focusPolicy", NO_FOCUS)
        self.setWidgetResizable(True)
        for bar in BARS:
            self.setProperty(bar, OFF)
        if content is not None:
            self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._decide()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._decide()
        return super().eventFilter(watched, event)

    def _decide(self) -> None:
        content = self.widget()
        if content is None:
            return
        room = self.contentsRect().size()
        least = content.minimumSizeHint()
        wide = self._sideways and least.width() > room.width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        high = needed(content, max(room.width(), least.width())) > room.height() - bar
        if high and self._sideways and not wide:
            beside = self.verticalScrollBar().sizeHint().width()
            wide = least.width() > room.width() - beside
        for place, (name, on) in enumerate(zip(BARS, (high, wide), strict=True)):
            if self._shown[place] != on:
                self._shown[place] = on
                self.setProperty(name, ON if on else OFF)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def needed(content: QWidget, width: int) -> int:
    """Height that `content` needs at a width."""
    box = content.layout()
    wraps = box.hasHeightForWidth() if box is not None else content.hasHeightForWidth()
    least = content.minimumSizeHint().height()
    return max(least, content.heightForWidth(width)) if wraps else least
