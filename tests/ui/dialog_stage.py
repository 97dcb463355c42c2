"""The stage on which every dialog is opened: a window over a project, and what a case is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui.dialogs.base import Dialog
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.grid import Grid

PATIENCE_MS = 5000

TICKETS = "Numéro;Titre;Créé le;Priorité;Statut\n" + "".join(
    f"INC-{n};Écran lent au devis {n};{1 + n % 28:02}/10/2026;P{1 + n % 3};Nouveau\n"
    for n in range(40)
)


class Stage:
    """A window over a project, and a folder for files."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder

    def room(self, name: str) -> Screen:
        """A room of the window."""
        self.window.show_screen(name)
        settle()
        return self.window.screen_named(name)

    def grid(self, room: str = "people") -> Grid:
        """The table in front of a room, at its first cell."""
        screen = self.room(room)
        found = next(one for one in screen.findChildren(Grid) if one.isVisible())
        found.setFocus()
        found.setCurrentIndex(found.grid.index(0, found.shown_columns[0]))
        return found

    def column(self, grid: Grid, *kinds: str) -> int:
        """The first shown column of one of these kinds."""
        return next(at for at in grid.shown_columns if grid.grid.columns[at].kind in kinds)

    def file(self, name: str, text: str) -> Path:
        """A file to read."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path


Open = Callable[[Stage], object]


@dataclass(frozen=True)
class Case:
    """One state of one dialog. `covers`: module:name of the classes and functions it shows.
    `enter`: why Enter does not press its primary button, where it must not."""

    name: str
    covers: tuple[str, ...]
    open: Open
    enter: str = ""


def settle(rounds: int = 10) -> None:
    """Let queued work be done."""
    for _ in range(rounds):
        QApplication.processEvents()


def shown(window: MainWindow) -> list[QWidget]:
    """Windows over the main one."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not window and isinstance(one, QWidget)
    ]


def opened(stage: Stage, case: Case) -> QWidget:
    """Open a dialog and wait until it has come to rest."""
    before = {id(one) for one in shown(stage.window)}
    made = case.open(stage)
    settle()
    new = [one for one in shown(stage.window) if id(one) not in before]
    modal = QApplication.activeModalWidget()
    found = modal if modal in new else made if isinstance(made, QWidget) else new[-1]
    found.activateWindow()
    settle()
    return found


def closed(stage: Stage) -> None:
    """Close whatever stands over the window."""
    for one in reversed(shown(stage.window)):
        one.hide()
        if not isinstance(one, QMenu):  # some belong to a button
            one.deleteLater()
    stage.window.jobs.wait()
    QGuiApplication.clipboard().clear()
    settle()


def wait_until(done: Callable[[], bool]) -> None:
    """Work until something holds."""
    for _ in range(PATIENCE_MS // 10):
        if done():
            return
        QTest.qWait(10)
    raise AssertionError("it did not come to rest")


def open_dialog(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def front() -> Dialog:
    return cast(Dialog, QApplication.activeModalWidget())


def popped(menu: QMenu) -> QMenu:
    menu.popup(QPoint(200, 200))
    return menu
