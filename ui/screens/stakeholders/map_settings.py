"""Parameters of the map that are the lead's own: when a rating is asked again, wished ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from ui.bridge import Bridge


class MapSettings(Dialog):
    """Writes what was changed itself, as one step."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent)
        self.bridge = bridge
