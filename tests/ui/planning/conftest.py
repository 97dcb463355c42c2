"""The planning screen over the small example plan, wired as the window wires it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.planning import queries
from crm_pilot.planning.rows import TaskRow
from crm_pilot.project import Project, SetField
from tests.planning.example import TODAY, fill_with_baseline
from ui import theme
from ui.bridge import Bridge
from ui.screens.planning.model import TITLE
from ui.screens.planning.screen import PlanningScreen


@dataclass
class Stage:
    """A shown screen, its project, and ids by short name."""

    project: Project
    bridge: Bridge
    screen: PlanningScreen
    keys: dict[str, int]

    def row(self, name: str) -> TaskRow:
        return next(r for r in queries.tasks(self.project.reader) if r.id == self.keys[name])

    def dates(self, name: str) -> tuple[str, str]:
        row = self.row(name)
        return str(row.start), str(row.finish)

    def titles(self) -> list[str]:
        """Titles as shown, pillars included."""
        model = self.screen.model
        return [str(model.index(place, TITLE).data()) for place in range(model.rowCount())]

    def select(self, name: str) -> None:
        assert self.screen.view.select(self.keys[name])
        self.screen.view.setFocus()


@pytest.fixture
def empty_stage(qtbot: QtBot, project: Project) -> Iterator[Stage]:
    """The screen over an empty plan."""
    theme.start("light")
    project.execute(SetField("project", 1, "status_date", TODAY))
    bridge = Bridge(project)
    screen = PlanningScreen(bridge)
    qtbot.addWidget(screen)
    bridge.changed.connect(screen.refresh)
    screen.resize(1166, 712)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    screen.refresh(None)
    yield Stage(project, bridge, screen, {})
    bridge.detach()


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    """The screen over the example plan."""
    empty_stage.keys = fill_with_baseline(empty_stage.project)
    return empty_stage
