"""Files that the system hands over while the program runs: a double click on macOS.

Windows and Linux name the file on the command line instead.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class Arrivals(QObject):
    """An event filter of the application: `opened(path)` is called for each file handed over.

    Files that come before `deliver_to` wait; the last of them counts.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Path | None = None
        self._opened: Callable[[Path], object] | None = None

    def deliver_to(self, opened: Callable[[Path], object]) -> None:
        """From now on files go to `opened`, the one that waits first."""
        self._opened = opened
        if self._waiting is not None:
            opened(self._waiting)
            self._waiting = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        path = Path(event.file())
        if self._opened is None:
            self._waiting = path
        else:
            self._opened(path)
        return True
