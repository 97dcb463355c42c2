"""The order of entry as a board, with its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class EntryView(QWidget):
    """The order of entry as a board, with its checks."""

    go = Signal(str, str, int)  # another room, and a table and id there
    picked = Signal(int)  # a unit to show on the map
    opened = Signal(int)  # a unit whose page is asked for

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge

    def retranslate(self) -> None:
        """Every text in the language of the window."""

    def refresh(self, changed: Changed | None = None) -> None:
        """Read what is shown."""
