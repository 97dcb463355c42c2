"""Where the rooms stand: one at a time, and with scroll bars where the window is smaller than what
is in the room needs, as on a small screen at 200 %."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Rooms(QStackedWidget):
    """Pages of which only the one in front says how much room it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._turned)

    def _turned(self, _place: int) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        """The least height of the page in front: the area around would otherwise take the height
        the highest of all pages wishes for, and scroll where everything fits."""
        shown = self.currentWidget()
        box = shown.layout() if shown is not None else None
        if box is not None and box.hasHeightForWidth():
            return box.minimumHeightForWidth(width)
        return self.minimumSizeHint().height()
