"""Menus that are filled when they open (rooms, history, recent files), and the palette."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from crm_pilot.i18n import tr
from ui.actions import ACTIONS, step_entries
from ui.sidebar import ROOMS

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Menus(QObject):
    """Belongs to one window, whose actions are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_
        self._actions.submenu("history>").aboutToShow.connect(self.fill_history)
        self._actions.submenu("recent>").aboutToShow.connect(self.fill_recent)

    def fill_rooms(self) -> None:
        """List the rooms in the language of the window."""
        menu = self._actions.submenu("rooms>")
        menu.clear()
        for place, room in enumerate(ROOMS, start=1):
            entry = menu.addAction(f"{tr(room.title)}\tCtrl+{place}")
            entry.triggered.connect(lambda _=False, name=room.name: self._window.show_screen(name))

    def fill_history(self) -> None:
        """List the steps that can be undone, the newest first."""
        menu = self._actions.submenu("history>")
        menu.clear()
        for count, step in enumerate(step_entries(self._window.bridge), start=1):
            menu.addAction(step).triggered.connect(lambda _=False, n=count: self.undo_back(n))

    def undo_back(self, count: int) -> None:
        """Undo `count` steps."""
        for _ in range(count):
            self._window.bridge.undo()

    def fill_recent(self) -> None:
        """List the recent files."""
        menu = self._actions.submenu("recent>")
        menu.clear()
        for text in self._window.bridge.settings.recent:
            path = Path(text)
            entry = menu.addAction(path.name)
            entry.setToolTip(text)
            entry.triggered.connect(lambda _=False, path=path: self._window.files.open(path))
        if menu.isEmpty():
            menu.addAction(tr("No recent project")).setEnabled(False)

    def open_finder(self) -> None:
        """Open the palette over rooms and enabled actions."""
        from ui.dialogs.finder import Entry, Finder

        entries = []
        if self._window.bridge.has_project:
            for place, room in enumerate(ROOMS, start=1):
                run = partial(self._window.show_screen, room.name)
                entries.append(Entry(tr(room.title), f"Ctrl+{place}", room.icon, run))
        for spec in ACTIONS:
            action = self._actions.by_id[spec.id]
            if action.isEnabled() and spec.id != "palette":
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                entries.append(Entry(action.text().rstrip("…"), keys, spec.icon, action.trigger))
        Finder(self._window, entries).open()
