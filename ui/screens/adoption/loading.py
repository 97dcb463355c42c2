"""What stands where the tiles will be while their figures are read: their outlines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.charts.ink import Ink, text_width
from ui.widgets.page import GAP

LINES = (0.62, 0.86, 0.74, 0.9, 0.55)  # widths of the grey lines in an outline


class LoadingView(QWidget):
    """Quiet outlines in the columns and rows of the tiles, and a word that says what happens."""

    def __init__(self, columns: tuple[int, ...], rows: tuple[int, ...]) -> None:
        super().__init__()
        self._columns, self._rows = columns, rows
        theme.switched().changed.connect(self.update)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self._text = tr("Reading the days of use…")
        self.setAccessibleName(self._text)
        self.update()

    def _parts(self, whole: float, shares: tuple[int, ...]) -> list[tuple[float, float]]:
        room, at, found = whole - GAP * (len(shares) - 1), 0.0, []
        for share in shares:
            size = room * share / sum(shares)
            found.append((at, size))
            at += size + GAP
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(QPainter(self))
        for top, high in self._parts(self.height(), self._rows):
            for left, wide in self._parts(self.width(), self._columns):
                self._outline(ink, QRectF(left, top, wide, high))
        wide = text_width(self._text, theme.HEADING, bold=True)
        middle, base = self.width() / 2, self.height() / 2
        ground = QRectF(middle - wide / 2 - 24, base - 26, wide + 48, 44)
        ink.painter.setPen(QPen(ink.look.colour("line"), ink.look.line_width))
        ink.painter.setBrush(ink.look.colour("surface"))
        ink.painter.drawRoundedRect(ground, 8, 8)
        ink.text(middle - wide / 2, base + 2, self._text, size=theme.HEADING, bold=True)
        ink.painter.end()

    def _outline(self, ink: Ink, rect: QRectF) -> None:
        painter = ink.painter
        painter.setPen(QPen(ink.look.colour("line"), ink.look.line_width))
        painter.setBrush(ink.look.colour("surface"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.look.colour("raised"))
        for place, share in enumerate(LINES):
            top = rect.top() + 44 + place * 26
            if top + 12 < rect.bottom() - 12:
                line = QRectF(rect.left() + 16, top, (rect.width() - 32) * share, 12)
                painter.drawRoundedRect(line, 3, 3)
