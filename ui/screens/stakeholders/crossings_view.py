"""The crossings: positions beside training, tickets, adoption and planned actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class CrossingsView(QWidget):
    """Which answers positions give when they meet the other rooms."""

    picked = Signal(int)  # a unit to show on the map
    opened = Signal(int)  # a unit whose page is to be opened
    action_asked = Signal(int)  # a unit that is to get an action
    go = Signal(str, str, int)  # room, table, row

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what is shown."""

    def retranslate(self) -> None:
        """Texts in the language of the window."""
