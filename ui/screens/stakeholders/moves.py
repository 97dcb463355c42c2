"""Who moved since a day: a thin arrow for each unit from the cell it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui import theme
from ui.screens.stakeholders.painting import arrow_head, ring_radius
from ui.screens.stakeholders.placing import Mark
from ui.screens.stakeholders.scene import Scene
from ui.screens.stakeholders.zooming import Cell

FAN = 9.0  # between arrows that leave the same cell
BEND = 0.1  # of its length: how far an arrow bows


def direction(before: Cell, now: Cell) -> int:
    """1 when synergy gained on antagonism, -1 when it lost, 0 when neither."""
    gained = (now[0] - now[1]) - (before[0] - before[1])
    return (gained > 0) - (gained < 0)


def paint_moves(painter: QPainter, scene: Scene, moves: Mapping[int, Cell]) -> None:
    """An arrow for each unit on the plane that was in another cell; quiet, under the marks.

    Towards the project: full head; away from it: open head, broken line; neither: grey.
    """
    left: dict[Cell, int] = {}
    for mark in scene.marks:
        before = moves.get(mark.row.id)
        if before is None or before == mark.row.position:
            continue
        count = left[before] = left.get(before, 0) + 1
        start = _start(scene, before, mark, count)
        _paint(painter, start, mark, direction(before, mark.row.position))


def _start(scene: Scene, cell: Cell, mark: Mark, count: int) -> QPointF:
    """A point of the cell left, beside those of the others that left it."""
    middle = scene.cell(cell).center()
    gap = mark.centre - middle
    length = math.hypot(gap.x(), gap.y()) or 1.0
    aside = (count // 2) * FAN * (1 if count % 2 else -1)
    return middle + QPointF(-gap.y() / length * aside, gap.x() / length * aside)


def ink(way: int) -> QColor:
    """The colour of a direction."""
    look = theme.theme()
    return look.mix({1: "good", -1: "alert", 0: "muted"}[way], 0.85)


def pen_of(way: int) -> QPen:
    """Full towards the project and sideways, broken away from it."""
    pen = QPen(ink(way), 1.2)
    if way < 0:
        pen.setDashPattern([5, 2.5])
    return pen


def _paint(painter: QPainter, start: QPointF, mark: Mark, way: int) -> None:
    curve = Curve(start, mark.centre, BEND, 0.0, ring_radius(mark) - 2)
    if curve.length < 12:
        return
    curve.paint(painter, pen_of(way), hollow=way < 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink(way))
    painter.drawEllipse(start, 1.8, 1.8)


class Curve:
    """A bowed line from one point to another that stops short of both ends."""

    def __init__(
        self, start: QPointF, end: QPointF, bend: float, leave: float, reach: float
    ) -> None:
        gap = end - start
        self.length = math.hypot(gap.x(), gap.y()) - leave - reach
        whole = math.hypot(gap.x(), gap.y()) or 1.0
        self._knee = (start + end) / 2 + QPointF(gap.y(), -gap.x()) * bend
        self._start = _towards(start, self._knee, min(leave, whole / 2))
        self.end = _towards(end, self._knee, min(reach, whole / 2))

    def paint(self, painter: QPainter, pen: QPen, *, hollow: bool = False) -> None:
        """The line and its head."""
        along = self.end - self._knee
        length = math.hypot(along.x(), along.y()) or 1.0
        ux, uy = along.x() / length, along.y() / length
        foot = self.end if hollow else self.end - QPointF(ux * 5, uy * 5)
        path = QPainterPath(self._start)
        path.quadTo(self._knee, foot)
        painter.strokePath(path, pen)
        arrow_head(painter, self.end, ux, uy, pen, hollow=hollow)


def _towards(point: QPointF, other: QPointF, far: float) -> QPointF:
    gap = other - point
    length = math.hypot(gap.x(), gap.y()) or 1.0
    return point + gap * (far / length)
