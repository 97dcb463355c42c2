"""Who moved since a day: a thin arrow for each unit from the cell it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from crm_pilot.stakeholders.places import Rect
from ui import theme
from ui.screens.stakeholders.painting import arrow_head, ring_radius
from ui.screens.stakeholders.placing import Mark
from ui.screens.stakeholders.scene import Scene
from ui.screens.stakeholders.zooming import Cell

BEND = 0.1  # of its length: how far an arrow bows


def direction(before: Cell, now: Cell) -> int:
    """1 when synergy gained on antagonism, -1 when it lost, 0 when neither."""
    gained = (now[0] - now[1]) - (before[0] - before[1])
    return (gained > 0) - (gained < 0)


def move_arrows(scene: Scene, moves: Mapping[int, Cell]) -> list[Arrow]:
    """An arrow for each unit on the plane that was in another cell.

    Towards the project: full head; away from it: open head, broken line; neither: grey.
    """
    left: dict[Cell, int] = {}
    made = []
    for mark in scene.marks:
        before = moves.get(mark.row.id)
        if before is None or before == mark.row.position:
            continue
        count = left[before] = left.get(before, 0) + 1
        start = _start(scene, before, count)
        way = direction(before, mark.row.position)
        curve = Curve(start, mark.centre, BEND, 0.0, ring_radius(mark) - 2).to_label(mark)
        if curve.length >= 12:
            made.append(Arrow(curve, pen_of(way), way < 0, dotted=True))
    return made


def _start(scene: Scene, cell: Cell, count: int) -> QPointF:
    """A point of the cell left, beside those of the others that left it."""
    box = scene.cell(cell)
    taken = scene.boxes(cell)
    spots = [
        QPointF(box.x() + box.width() * x, box.y() + box.height() * y)
        for y in (0.5, 0.7, 0.85, 0.35)
        for x in (0.5, 0.7, 0.3, 0.85, 0.6, 0.4, 0.15)
    ]
    free = [spot for spot in spots if not any(_inside(spot, there) for there in taken)]
    return (free or spots)[(count - 1) % len(free or spots)]


def _inside(point: QPointF, box: Rect) -> bool:
    """Whether a point is in a box or close to it."""
    across = box.x - 4 <= point.x() <= box.right + 4
    return across and box.y - 4 <= point.y() <= box.bottom + 4


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


class Curve:
    """A bowed line from one point to another that stops short of both ends."""

    def __init__(
        self, start: QPointF, end: QPointF, bend: float, leave: float, reach: float
    ) -> None:
        gap = end - start
        self.length = math.hypot(gap.x(), gap.y()) - leave - reach
        whole = math.hypot(gap.x(), gap.y()) or 1.0
        self._knee = (start + end) / 2 + QPointF(gap.y(), -gap.x()) * bend
        self.start = _towards(start, self._knee, min(leave, whole / 2))
        self.end = _towards(end, self._knee, min(reach, whole / 2))

    def to_label(self, mark: Mark) -> Curve:
        """End at the label of a mark if it stands between."""
        self.end = _outside(self._knee, self.end, mark)
        return self

    def from_label(self, mark: Mark) -> Curve:
        """Begin at the label of a mark if it stands between."""
        self.start = _outside(self._knee, self.start, mark)
        return self

    @property
    def _way(self) -> tuple[float, float]:
        """Where it points at its end."""
        along = self.end - self._knee
        length = math.hypot(along.x(), along.y()) or 1.0
        return along.x() / length, along.y() / length

    def paint_line(self, painter: QPainter, pen: QPen, *, hollow: bool) -> None:
        """The line alone."""
        ux, uy = self._way
        path = QPainterPath(self.start)
        path.quadTo(self._knee, self.end if hollow else self.end - QPointF(ux * 5, uy * 5))
        painter.strokePath(path, pen)

    def paint_head(self, painter: QPainter, pen: QPen, *, hollow: bool) -> None:
        """The head alone."""
        arrow_head(painter, self.end, *self._way, pen, hollow=hollow)


class Arrow(NamedTuple):
    """A curve with its pen; `hollow`: an open head; `dotted`: a dot where it begins."""

    curve: Curve
    pen: QPen
    hollow: bool
    dotted: bool = False

    def paint_line(self, painter: QPainter) -> None:
        """What words may stand over."""
        self.curve.paint_line(painter, self.pen, hollow=self.hollow)

    def paint_head(self, painter: QPainter) -> None:
        """What must be seen."""
        self.curve.paint_head(painter, self.pen, hollow=self.hollow)
        if self.dotted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.pen.color())
            painter.drawEllipse(self.curve.start, 1.8, 1.8)


def _outside(far: QPointF, near: QPointF, mark: Mark) -> QPointF:
    """The last point of the way from `far` to `near` that is outside the label of a mark."""
    box = mark.place.label_box
    if box is None:
        return near
    for n in range(1, 41):
        point = far + (near - far) * (n / 40)
        if box.x - 3 <= point.x() <= box.right + 4 and box.y - 2 <= point.y() <= box.bottom + 2:
            return far + (near - far) * ((n - 1) / 40)
    return near


def _towards(point: QPointF, other: QPointF, far: float) -> QPointF:
    gap = other - point
    length = math.hypot(gap.x(), gap.y()) or 1.0
    return point + gap * (far / length)
