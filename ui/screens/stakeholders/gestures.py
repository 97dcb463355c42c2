"""Dragging a mark to another cell, as one object: start, move, commit or cancel."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from ui.screens.stakeholders.placing import Mark
from ui.screens.stakeholders.scene import Scene
from ui.screens.stakeholders.zooming import Cell

FAR_ENOUGH = 6.0  # pixels before a press becomes a drag


class MoveMark:
    """One drag. Only the picture moves; `commit` says which cell was reached, once.

    `target`: the drag sets where the unit should be instead of where it is.
    """

    def __init__(self, mark: Mark, grabbed: QPointF, *, target: bool = False) -> None:
        self.mark, self.target = mark, target
        self._grip = mark.centre - grabbed
        self._from = grabbed
        self.centre = mark.centre
        self.active = self.dropped = False

    def move(self, point: QPointF) -> None:
        """Follow the mouse; the drag begins once it went far enough."""
        gap = point - self._from
        if not self.active and gap.x() ** 2 + gap.y() ** 2 >= FAR_ENOUGH**2:
            self.active = True
        if self.active:
            self.centre = point + self._grip

    def over(self, scene: Scene) -> Cell | None:
        """The cell under the mark."""
        return scene.cell_at(self.centre) if self.active else None

    def commit(self, scene: Scene) -> Cell | None:
        """The cell reached, None when the mark was not moved to another one."""
        cell = self.over(scene)
        if cell is None or (not self.target and cell == self.mark.row.position):
            self.cancel()
            return None
        self.dropped = True
        return cell

    def cancel(self) -> None:
        """Put the mark back."""
        self.active = False
        self.centre = self.mark.centre
