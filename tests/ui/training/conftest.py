"""A company in training: users, sessions held and to come, shown in the real room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project, SetField
from crm_pilot.training.commands import AddSession, Enrol
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.screens.training.screen import TrainingScreen

TODAY = dt.date(2026, 11, 21)  # a Saturday
HELD, COMING = dt.date(2026, 11, 10), dt.date(2026, 12, 1)
NAMES = ("Adam", "Blum", "Curie", "Dumas", "Éluard")
Room = Callable[[Project], TrainingScreen]


@pytest.fixture
def company(project: Project) -> Project:
    """Five users, two courses; a session held with three trainees, one to come."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    home = run(Add("department", {"name": "Field sales"}))
    for name in NAMES:
        person = run(Add("person", {"last_name": name, "department_id": home}))
        run(Add("account", {"external_id": name, "person_id": person}))
    run(AddSession(HELD, course_title="First steps", seats=3, place="Lyon"))
    run(AddSession(COMING, course_title="Mobile"))
    run(Enrol(1, (1, 2, 3)))
    return project


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    """The screen over a project, listening as the window would make it."""
    bridges: list[Bridge] = []

    def make(project: Project) -> TrainingScreen:
        bridge = Bridge(project)
        bridges.append(bridge)
        screen = TrainingScreen(bridge)
        qtbot.addWidget(screen)
        bridge.changed.connect(screen.refresh)
        screen.refresh(None)
        screen.resize(1166, 712)
        screen.show()
        qtbot.waitExposed(screen)
        return screen

    yield make
    for bridge in bridges:
        bridge.detach()


def front() -> Dialog:
    """The dialog in front."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, Dialog)
    return found
