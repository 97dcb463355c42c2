"""The first view of the room: the month by department, curves, movers, features, checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.screens.adoption.filters import UseFilter

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class OverviewView(QWidget):
    """Tiles that share their column edges."""

    go = Signal(str, str, int)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()

    def retranslate(self) -> None:
        """Texts in the language of the window."""

    def show_scope(self, where: UseFilter) -> None:
        """Read with another filter."""
        self._where = where

    def refresh(self, changed: Changed | None) -> None:
        """Read everything."""
