"""Rating one unit after another by keyboard: those without a position, or "still true?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from ui.bridge import Bridge


class RatingQueue(Dialog):
    """Rates the units of `keys` itself, each as a step; `showing(key)` when another is in front."""

    showing = Signal(int)

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, keys: Sequence[int], *, names: bool = False
    ) -> None:
        super().__init__(parent)
        self.bridge, self.keys = bridge, tuple(keys)
