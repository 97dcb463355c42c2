"""A real window over a real project, in English and light."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.project import Project
from ui import language, theme
from ui.bridge import Bridge
from ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def look(qapp: object) -> Iterator[None]:
    """Theme and language as at a start; put back after the test."""
    theme.start("light")
    language.apply("en")
    yield
    i18n.set_language("en")
    while (left := QApplication.activeModalWidget()) is not None:
        left.hide()  # a dialog left open is not the next test's affair
        left.deleteLater()


@pytest.fixture
def bridge(project: Project) -> Iterator[Bridge]:
    """A bridge over an empty project."""
    made = Bridge(project)
    yield made
    made.detach()


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> MainWindow:
    """The main window with an empty project open."""
    made = MainWindow(Bridge())
    qtbot.addWidget(made, before_close_func=let_go)
    made.complete()
    made.resize(1366, 768)
    made.show()
    made.bridge.attach(project)
    qtbot.waitExposed(made)
    return made


def let_go(window: MainWindow) -> None:
    """Let the window close without asking about unsaved edits."""
    window.jobs.wait()
    window.bridge.detach()
