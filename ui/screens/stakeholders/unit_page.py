"""One page for one group or person: everything that is known of it, in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class UnitPage(QWidget):
    """The page of one unit of the map. Escape closes it."""

    closed = Signal()
    go = Signal(str, str, int)  # room, table, row
    picked = Signal(int)  # show it on the map
    opened = Signal(int)  # another unit's page was asked for
    rate_asked = Signal(int)
    target_asked = Signal(int)
    action_asked = Signal(int)
    file_asked = Signal(int)  # the person file, of persons only

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.key: int | None = None
        self.names = False

    def show_unit(self, key: int, names: bool = False) -> None:
        """Show the unit `key`; persons by code unless `names`."""
        self.key, self.names = key, names
        self.refresh()

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what is shown."""

    def retranslate(self) -> None:
        """Texts in the language of the window."""
