"""Position marks ▲ ● ■ of equal area (LOOK.md, screens 9), as paths and as a small widget."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ui import theme

SHAPES = {"locomotive": "triangle", "hesitant": "circle", "opponent": "square"}


def mark_path(shape: str, radius: float, centre: QPointF | None = None) -> QPainterPath:
    """A mark whose area is that of a circle of `radius`; the triangle sits on its centroid."""
    path = QPainterPath()
    if shape == "triangle":
        side = radius * math.sqrt(4 * math.pi / math.sqrt(3))
        height = side * math.sqrt(3) / 2
        points = [(0.0, -2 * height / 3), (side / 2, height / 3), (-side / 2, height / 3)]
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()
    elif shape == "square":
        side = radius * math.sqrt(math.pi)
        path.addRect(QRectF(-side / 2, -side / 2, side, side))
    else:
        path.addEllipse(QPointF(0, 0), radius, radius)
    return path.translated(centre) if centre is not None else path


def mark_radius(headcount: float) -> float:
    """Radius of the circle for a group of `headcount` people: 2.05·√headcount."""
    return 2.05 * math.sqrt(max(headcount, 0.0))


class MarkIcon(QWidget):
    """One mark in its colour, for captions and keys."""

    def __init__(self, trio: str, size: int = 14) -> None:
        super().__init__()
        self._trio = trio
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        if SHAPES[self._trio] == "triangle":
            middle.setY(middle.y() + self.height() * 0.1)
        path = mark_path(SHAPES[self._trio], self.width() * 0.38, middle)
        painter.fillPath(path, theme.theme().colour(self._trio))
