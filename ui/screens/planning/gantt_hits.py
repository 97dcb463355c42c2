"""What of the Gantt lies under a point: a line, a bar, and which part of it would be taken."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF

from ui.screens.planning.drawing import DOT, DOT_OUT, LEAST_HANDLED, Bar, progress_x
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_route import BAR, BAR_TOP, MIDDLE
from ui.screens.planning.gantt_scene import Scene
from ui.screens.planning.gestures import Part, stretchable
from ui.screens.planning.lines import Line
from ui.widgets.grid import ROW_HEIGHT

GRIP = 5  # pixels of an edge that stretch
LEAST = 6.0  # pixels of a bar that can be hit
REACH = 3.0  # pixels round a mark that still hit it


class Hit(NamedTuple):
    """A bar under a point."""

    bar: Bar
    part: Part

    @property
    def line(self) -> Line:
        """Its line."""
        return self.bar.line


def place_at(scene: Scene, y: float, scrolled: int) -> int | None:
    """The row at pixel `y`."""
    if y < HEADER:
        return None
    place = int(y - HEADER + scrolled) // ROW_HEIGHT
    return place if 0 <= place < len(scene.lines) else None


def hit(scene: Scene, at: QPointF, scrolled: int) -> Hit | None:
    """The bar at a point, and what of it would be taken."""
    place = place_at(scene, at.y(), scrolled)
    bar = scene.bar(place, HEADER - scrolled) if place is not None else None
    if bar is None or bar.line.row is None:
        return None
    x, y = at.x(), at.y() - bar.y
    left, right = bar.extent
    right = max(right, left + LEAST)
    handles = not scene.frozen
    if handles and bar.hovered and (part := _dot(bar, x, y)) is not None:
        return Hit(bar, part)
    stretches = stretchable(bar.line.row, bar.line.holds)
    if handles and stretches and _on_handle(bar, x, y):
        return Hit(bar, Part.PROGRESS)
    if not (left - REACH <= x <= right + REACH and BAR_TOP - 4 <= y <= BAR_TOP + BAR + 5):
        return None
    if stretches and right - left >= 3 * GRIP:
        if x >= right - GRIP:
            return Hit(bar, Part.FINISH)
        if x <= left + GRIP:
            return Hit(bar, Part.START)
    return Hit(bar, Part.WHOLE)


def _dot(bar: Bar, x: float, y: float) -> Part | None:
    middle = ROW_HEIGHT / 2 if bar.milestone else MIDDLE
    if abs(y - middle) > DOT + REACH:
        return None
    left, right = bar.extent
    if abs(x - (left - DOT_OUT)) <= DOT + REACH:
        return Part.LINK_START
    return Part.LINK_FINISH if abs(x - (right + DOT_OUT)) <= DOT + REACH else None


def _on_handle(bar: Bar, x: float, y: float) -> bool:
    """Whether a point is on the mark of progress under a bar that shows it."""
    shown = (bar.hovered or bar.selected) and bar.extent.right - bar.extent.left >= LEAST_HANDLED
    below = BAR_TOP + BAR - 1 <= y <= BAR_TOP + BAR + 9
    return shown and below and abs(x - progress_x(bar)) <= 7


def drop(scene: Scene, at: QPointF, scrolled: int) -> tuple[Bar, bool] | None:
    """The bar that a link would be dropped on, and whether on its finish."""
    place = place_at(scene, at.y(), scrolled)
    bar = scene.bar(place, HEADER - scrolled) if place is not None else None
    if bar is None or bar.line.row is None:
        return None
    left, right = bar.extent
    slack = DOT_OUT + DOT + REACH
    if not left - slack <= at.x() <= right + slack:
        return None
    return bar, not bar.milestone and at.x() > (left + right) / 2
