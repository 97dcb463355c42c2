"""The documents room in the real window, over a copy of the demonstration project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from tests.ui.conftest import let_go
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.documents.screen import DocumentsScreen

PATIENCE = 15_000


class Room:
    """The room, and how to wait for it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.bridge = qtbot, window, window.bridge
        self.errors: list[str] = []
        window.bridge.failed.connect(lambda error: self.errors.append(error.message.template))
        window.show_screen("documents")
        self.screen = cast(DocumentsScreen, window.screen_named("documents"))

    def settle(self) -> None:
        """Wait until the preview shows what is chosen."""
        self.qtbot.waitUntil(lambda: self.screen.settled, timeout=PATIENCE)

    def idle(self) -> None:
        """Wait until no job runs."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=PATIENCE)

    def front(self) -> QWidget:
        """The dialog in front."""
        found = QApplication.activeModalWidget()
        assert found is not None
        return found


@pytest.fixture
def project(demo_files: dict[str, Path], tmp_path: Path) -> Iterator[Project]:
    """The French demonstration, to be edited."""
    path = tmp_path / "demo.crmp"
    shutil.copy(demo_files["fr"], path)
    with Project.open(path) as opened:
        yield opened


@pytest.fixture
def room(qtbot: QtBot, project: Project) -> Iterator[Room]:
    """The room over it, its first pages shown."""
    window = MainWindow(Bridge())
    qtbot.addWidget(window, before_close_func=let_go)
    window.complete()
    window.resize(1366, 768)
    window.show()
    window.bridge.attach(project)
    made = Room(qtbot, window)
    made.settle()
    yield made
    while (left := QApplication.activeModalWidget()) is not None:
        left.hide()
        left.deleteLater()
    window.jobs.wait()
