"""Makes a project ready for its first edit while nobody waits: else it would take 0.1 s."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crm_pilot.errors import UserError

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.preload import Preload

AFTER_MS = 800  # the first screen and its charts come first
PAUSE_MS = 60  # between two parts: keys and clicks come first


class Readying(QObject):
    """Begins when a project has come, once everything is loaded; `done` when it is ready."""

    def __init__(self, preload: Preload, bridge: Bridge) -> None:
        super().__init__(preload)
        self._preload, self._bridge = preload, bridge
        self._parts: Iterator[Callable[[], object]] | None = None
        self.done = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        bridge.project_changed.connect(self.begin)
        self.begin()

    def begin(self) -> None:
        """Start over, a moment from now, with the project that is shown."""
        self._parts, self.done = None, False
        self._timer.stop()
        if self._bridge.has_project:
            self._timer.start(AFTER_MS)

    def _turn(self) -> None:
        if not self._preload.done:
            self._timer.start(AFTER_MS)
            return
        if self._parts is None:
            self._parts = iter(self._bridge.project.preparations())
        part = next(self._parts, None)
        self.done = part is None
        if part is not None:
            with suppress(UserError):  # the edit will tell
                part()
            self._timer.start(PAUSE_MS)
