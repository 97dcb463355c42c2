"""Selecting many marks with one drag on empty ground: a rectangle while the drag is straight, a
loop once it turns."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from ui import theme
from ui.screens.stakeholders.scene import Scene

FAR_ENOUGH = 6.0  # pixels before a press becomes a lasso
CLOSE = 3.0  # points of the line nearer than this are left out
ROUND = 0.25  # share of its rectangle that a line must surround to be meant as a loop


class Lasso:
    """One drag over empty ground; `added`: to what is selected already."""

    def __init__(self, start: QPointF, *, added: bool = False) -> None:
        self.added, self.active = added, False
        self._points = [start]

    def move(self, point: QPointF) -> None:
        """Follow the mouse."""
        last, first = point - self._points[-1], point - self._points[0]
        if not self.active and first.x() ** 2 + first.y() ** 2 >= FAR_ENOUGH**2:
            self.active = True
        if last.x() ** 2 + last.y() ** 2 >= CLOSE**2:
            self._points.append(point)

    @property
    def path(self) -> QPainterPath:
        """What it surrounds."""
        path = QPainterPath()
        line = QPolygonF(self._points)
        box = QRectF(self._points[0], self._points[-1]).normalized()
        if _area(self._points) < ROUND * _size(line.boundingRect()):
            path.addRect(box)
        else:
            path.addPolygon(line)
            path.closeSubpath()
        return path

    @property
    def box(self) -> QRectF:
        """What it may have painted over."""
        return QPolygonF(self._points).boundingRect().adjusted(-3, -3, 3, 3)

    def caught(self, scene: Scene) -> frozenset[int]:
        """The units whose mark has its centre inside."""
        path = self.path
        return frozenset(mark.row.id for mark in scene.marks if path.contains(mark.centre))

    def paint(self, painter: QPainter) -> None:
        """The line, with a wash inside."""
        accent = theme.theme().colour("accent")
        wash = theme.theme().colour("accent")
        wash.setAlphaF(0.10)
        pen = QPen(accent, 1.2)
        pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.setBrush(wash)
        painter.drawPath(self.path)


def _size(box: QRectF) -> float:
    return box.width() * box.height()


def _area(points: list[QPointF]) -> float:
    """Area surrounded by a line closed with a straight one."""
    total = 0.0
    for here, there in zip(points, [*points[1:], points[0]], strict=True):
        total += here.x() * there.y() - there.x() * here.y()
    return abs(total) / 2
