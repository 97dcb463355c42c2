"""Watches the open project's file from outside: changes, second versions, the place it lives in.

All looks run in quiet jobs, because a file on a network may take its time; what they find is told
by signals, and dropped when the project or its file has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from ui.bridge import Bridge
from ui.tasks import Jobs

if TYPE_CHECKING:
    from crm_pilot.versions import Elsewhere, Finding, KnownFile, Place, Version

SETTLE_MS = 1500  # the first screen comes before any look
PAUSE_MS = 400  # sync programs write in several steps
NETWORK_MS = 60_000  # a network tells nobody of its changes


class Watch(QObject):
    """Belongs to one window. `busy` says when a save of our own is on its way."""

    elsewhere = Signal(object)  # Elsewhere, or None once the file is ours again
    second_found = Signal(object, object)  # Version and Finding of the newest one, on opening
    place_found = Signal(object)  # Place or None

    def __init__(
        self, window: QWidget, bridge: Bridge, jobs: Jobs, busy: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self.bridge, self.jobs, self._busy = bridge, jobs, busy
        self.place: Place | None = None
        self._thorough = False
        self._looking = False
        self._again = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _: self.look_soon(thorough=True))
        self._watcher.directoryChanged.connect(lambda _: self.look_soon())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.begin)
        self._network = QTimer(self)
        self._network.setInterval(NETWORK_MS)
        self._network.timeout.connect(self.look_soon)
        bridge.project_changed.connect(self._other_project)
        bridge.saved.connect(self._saved)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that comes to the front looks at its file."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look_soon()
        return super().eventFilter(watched, event)

    # what is watched -------------------------------------------------------------------------

    def _known(self) -> KnownFile | None:
        return self.bridge.project.known_file if self.bridge.has_project else None

    def _other_project(self) -> None:
        self.place = None
        self._network.stop()
        self._arm_nothing()
        if self._known() is not None:
            self._settle.start()

    def begin(self) -> None:
        """Begin to watch the project that was opened."""
        self._settle.stop()
        self._arm()
        known = self._known()
        if known is not None:
            self._find_place(known)
            self._find_seconds(known)

    def _saved(self) -> None:
        self._arm()
        known = self._known()
        if known is not None:
            self._find_place(known)

    def _arm(self) -> None:
        """Watch the file and its folder; keep the file's content to compare later ones with."""
        self._arm_nothing()
        known = self._known()
        if known is None:
            return
        paths = [str(one) for one in (known.path, known.path.parent) if one.exists()]
        if paths:
            self._watcher.addPaths(paths)
        from crm_pilot.versions import keep_base

        self._run(lambda: keep_base(known), lambda _: None)

    def _arm_nothing(self) -> None:
        self._soon.stop()
        self._settle.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    # looks -----------------------------------------------------------------------------------

    def look_soon(self, *, thorough: bool = False) -> None:
        """Look at the file in a moment; many calls make one look."""
        if self._known() is not None:
            self._thorough = self._thorough or thorough
            self._soon.start()

    def _look(self) -> None:
        known = self._known()
        if known is None:
            return
        if self._busy():
            self._soon.start()
            return
        if self._looking:
            self._again = True
            return
        from crm_pilot.versions import look

        thorough, self._thorough = self._thorough, False
        self._looking = True

        def done(found: Elsewhere | None) -> None:
            self._looking = False
            now = self._known()
            if self._again or self._busy():
                self._again = False
                self.look_soon()
            elif now is not None and (now.path, now.mark) == (known.path, known.mark):
                self._rearm_file(known)
                self.elsewhere.emit(found)

        self._run(lambda: look(known, thorough=thorough), done)

    def _rearm_file(self, known: KnownFile) -> None:
        """A file that was replaced is a new one for the system: watch it again."""
        path = str(known.path)
        if path not in self._watcher.files() and known.path.exists():
            self._watcher.addPath(path)

    def _find_place(self, known: KnownFile) -> None:
        from crm_pilot.versions import place_of

        def done(place: Place | None) -> None:
            now = self._known()
            if now is not None and now.path == known.path:
                self.place = place
                if place is not None and place.network:
                    self._network.start()
                self.place_found.emit(place)

        self._run(lambda: place_of(known.path), done)

    def _find_seconds(self, known: KnownFile) -> None:
        from crm_pilot.versions import newest_second

        def done(found: tuple[Version, Finding] | None) -> None:
            now = self._known()
            if found is not None and now is not None and now.path == known.path:
                self.second_found.emit(*found)

        self._run(lambda: newest_second(known.path), done)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.jobs.run(
            tr("Looking at the file"), lambda _progress, _cancelled: work(), done=done, quiet=True
        )
