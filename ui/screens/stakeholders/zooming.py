"""How close the plane is looked at: the whole of it, a part of it, or one cell large."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

Cell = tuple[int, int]  # synergy, antagonism
FURTHEST, CLOSEST = 1.0, 6.0
STEP = 1.25  # of one notch of the wheel
SLIM_WIDE, SLIM_TALL = 40.0, 26.0  # of the other cells beside one opened large
Edges = tuple[float, ...]


@dataclass(frozen=True)
class Zoom:
    """`factor`: how many times the whole plane; `x`, `y`: the point of the plane (shares of 1)
    in the middle of the view; `cell`: opened large, whatever the factor."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5
    cell: Cell | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is out of view."""
        return self.factor <= FURTHEST and self.cell is None

    def by(self, factor: float, view: QRectF, at: QPointF) -> Zoom:
        """Closer or further away; what is at `at` stays there."""
        there = max(FURTHEST, min(CLOSEST, self.factor * factor))
        if there < 1.02:
            return WHOLE
        left, top = self.corner(view)
        x = (at.x() - left) / (view.width() * self.factor)
        y = (at.y() - top) / (view.height() * self.factor)
        middle_x = x - (at.x() - view.center().x()) / (view.width() * there)
        middle_y = y - (at.y() - view.center().y()) / (view.height() * there)
        return Zoom(there, middle_x, middle_y).held()

    def moved(self, dx: float, dy: float, view: QRectF) -> Zoom:
        """The plane pushed by a distance on the screen."""
        x = self.x - dx / (view.width() * self.factor)
        y = self.y - dy / (view.height() * self.factor)
        return replace(self, x=x, y=y).held()

    def held(self) -> Zoom:
        """Without empty ground at the edges of the view."""
        half = 0.5 / self.factor
        x, y = (max(half, min(1 - half, share)) for share in (self.x, self.y))
        return replace(self, x=x, y=y)

    def corner(self, view: QRectF) -> tuple[float, float]:
        """Where the plane's upper left corner is."""
        return (
            view.center().x() - self.x * view.width() * self.factor,
            view.center().y() - self.y * view.height() * self.factor,
        )

    def edges(self, view: QRectF) -> tuple[Edges, Edges]:
        """The five x of the columns' edges and the five y of the rows', from the top."""
        if self.cell is not None:
            synergy, antagonism = self.cell
            slim_wide = min(SLIM_WIDE, view.width() / 8)
            slim_tall = min(SLIM_TALL, view.height() / 8)
            return (
                _around(view.left(), view.width(), slim_wide, antagonism - 1),
                _around(view.top(), view.height(), slim_tall, 4 - synergy),
            )
        left, top = self.corner(view)
        wide, tall = view.width() * self.factor / 4, view.height() * self.factor / 4
        return tuple(left + n * wide for n in range(5)), tuple(top + n * tall for n in range(5))


WHOLE = Zoom()


def _around(start: float, whole: float, slim: float, large: int) -> Edges:
    edges = [start]
    for n in range(4):
        edges.append(edges[-1] + (whole - 3 * slim if n == large else slim))
    return tuple(edges)


def neighbour(cell: Cell, dx: int, dy: int) -> Cell:
    """The cell beside another one, to the right (`dx`) or downwards (`dy`), inside the plane."""
    synergy, antagonism = cell
    return max(1, min(4, synergy - dy)), max(1, min(4, antagonism + dx))
