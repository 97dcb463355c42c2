"""Menus that are filled when they open (rooms, history, recent files), and the palette."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_pilot.i18n import tr
from ui.actions import NO_RECENT, step_entries
from ui.bridge import NO_PROJECT
from ui.sidebar import ROOMS
from ui.widgets.buttons import set_reason

if TYPE_CHECKING:
    from ui.finding import Finding
    from ui.main_window import MainWindow


class Menus(QObject):
    """Belongs to one window, whose actions are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_
        self._finding: Finding | None = None
        self._actions.submenu("history>").aboutToShow.connect(self.fill_history)
        self._actions.submenu("table>").aboutToShow.connect(self.fill_table)
        self._actions.submenu("recent>").aboutToShow.connect(self.fill_recent)
        self._actions.submenu("rooms>").aboutToShow.connect(self.fill_rooms)

    def fill_rooms(self) -> None:
        """List the rooms in the language of the window."""
        menu = self._actions.submenu("rooms>")
        menu.clear()
        for place, room in enumerate(ROOMS, start=1):
            entry = menu.addAction(f"{tr(room.title)}\tCtrl+{place}")
            set_reason(entry, "" if self._window.bridge.has_project else tr(NO_PROJECT))
            entry.triggered.connect(lambda _=False, name=room.name: self._window.show_screen(name))

    def fill_history(self) -> None:
        """List the steps that can be undone, the newest first."""
        menu = self._actions.submenu("history>")
        menu.clear()
        for count, step in enumerate(step_entries(self._window.bridge), start=1):
            menu.addAction(step).triggered.connect(lambda _=False, n=count: self.undo_back(n))

    def fill_table(self) -> None:
        """What can be done with the rows of the table in front, as its own menu says it."""
        from ui.widgets.grid import Grid
        from ui.widgets.grid_menu import fill_row_menu

        menu = self._actions.submenu("table>")
        menu.clear()
        shown = self._window.current
        seen = [g for g in shown.findChildren(Grid) if g.isVisible()] if shown else []
        seen.sort(key=lambda grid: not grid.hasFocus())
        if seen:
            fill_row_menu(menu, seen[0])
        else:
            set_reason(menu.addAction(tr("No table")), tr("This screen shows no table."))

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
            set_reason(menu.addAction(tr("No recent project")), tr(NO_RECENT))

    def open_hours(self) -> None:
        """Open the calendars of the project."""
        from ui.dialogs.calendars import CalendarsDialog

        CalendarsDialog(self._window, self._window.bridge).open()

    def open_absences(self) -> None:
        """Open who is away when."""
        from ui.dialogs.absences import AbsencesDialog

        AbsencesDialog(self._window, self._window.bridge).open()

    def open_finder(self) -> None:
        """Open the palette."""
        from ui.dialogs.finder import Finder
        from ui.finding import Finding

        if self._finding is None:
            self._finding = Finding(self._window)
        Finder(self._window, self._finding).open()
