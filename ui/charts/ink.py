"""Drawing of text and marks for charts and tiles: on a baseline, in the sizes of the house."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from crm_pilot.i18n import Message, current, tr
from ui import theme
from ui.widgets.marks import mark_path


def shown(text: Message | str) -> str:
    """A chart's text in the language of the window; plain strings are data and stay as they are."""
    return current().show(text) if isinstance(text, Message) else text


def marked(text: str) -> str:
    """A marked text of a table."""
    return tr(text)


class Ink:
    """A painter with the words of the house. Positions are baselines, in logical pixels."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        self.look = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: int = theme.BODY,
        bold: bool = False,
        token: str = "text",
        right: bool = False,
        numbers: bool = False,
        width: float = 0,
    ) -> float:
        """Draw one line from `x` (or ending at `x` when `right`); elided to `width` when given.
        Returns its width."""
        font = theme.font(size, bold=bold, numbers=numbers)
        metrics = QFontMetricsF(font)
        if width:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        wide = metrics.horizontalAdvance(text)
        self.painter.setFont(font)
        self.painter.setPen(self.look.colour(token))
        self.painter.drawText(QPointF(x - wide if right else x, baseline), text)
        return wide

    def rule(self, x1: float, x2: float, y: float) -> None:
        """A horizontal hairline."""
        self.line(x1, y, x2, y, "line", self.look.line_width)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, token: str, width: float = 1.0
    ) -> None:
        """A straight line, crisp when it is vertical or horizontal."""
        painter = self.painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, x1 != x2 and y1 != y2)
        pen = QPen(self.look.colour(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
        painter.restore()

    def bar(
        self, x: float, y: float, width: float, height: float, colour: QColor, hollow: bool = False
    ) -> None:
        """A filled or hollow rectangle on whole pixels."""
        rect = QRectF(round(x), round(y), round(width), round(height))
        if hollow:
            self.painter.setPen(QPen(colour, 1))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            self.painter.fillRect(rect, colour)

    def icon(self, x: float, y: float, name: str, token: str, size: int) -> None:
        """An icon with its top left at x, y."""
        theme.draw_icon(self.painter, x, y, name, token, size)

    def mark(self, x: float, y: float, shape: str, token: str, radius: float = 5.5) -> None:
        """A position mark centred on x, y."""
        shift = radius * 0.25 if shape == "triangle" else 0.0
        path = mark_path(shape, radius, QPointF(x, y + shift))
        self.painter.fillPath(path, self.look.colour(token))


@lru_cache(maxsize=4096)
def text_width(text: str, size: int = theme.BODY, *, bold: bool = False) -> float:
    """Width of one line in logical pixels; a drawing asks for the same ones again and again."""
    return QFontMetricsF(theme.font(size, bold=bold)).horizontalAdvance(text)
