"""The screen over nine groups and sixty persons, at the size of a small laptop."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from crm_pilot.project import Add, Project, SetField
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells, SetTarget
from crm_pilot.stakeholders.terms import UnitKind
from ui import theme
from ui.bridge import Bridge
from ui.screens.stakeholders.screen import StakeholdersScreen

TODAY = dt.date(2026, 11, 21)
# name, headcount, (synergy, antagonism, month, day) …
GROUPS = (
    ("Telesales", 64, ((3, 1, 9, 2),)),
    ("Marketing", 38, ((2, 2, 9, 2), (3, 2, 10, 5))),
    ("Key accounts", 28, ((2, 2, 9, 8), (3, 3, 10, 14))),
    ("Customer service", 72, ((2, 1, 9, 8),)),
    ("Field sales West", 44, ((2, 2, 9, 8),)),
    ("Field sales South", 46, ((2, 1, 9, 8), (2, 2, 10, 14), (2, 3, 11, 16))),
    ("Field sales North", 52, ((1, 1, 9, 8),)),
    ("Back office", 30, ((1, 1, 9, 10),)),
    ("Field sales East", 38, ((1, 2, 9, 10),)),
)


def fill(project: Project, people: int) -> None:
    """Groups with their routes, and persons with one rating each."""
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(SeedZoneCells())
    project.execute(Add("committee", {"number": 6, "held_on": dt.date(2026, 10, 20)}))
    for name, headcount, moves in GROUPS:
        unit = project.execute(AddStakeholder(UnitKind.GROUP, name, headcount=headcount))
        for synergy, antagonism, month, day in moves:
            when = dt.date(2026, month, day)
            project.execute(Rate(unit, when, synergy, antagonism, f"Seen in {name}", "Lead"))
    chance = random.Random(7)
    for number in range(people):
        person = project.execute(AddStakeholder(UnitKind.PERSON, f"Secret{number} Name{number}"))
        cell = chance.choice([(2, 1), (2, 1), (2, 2), (3, 2), (1, 1), (1, 1), (4, 1), (2, 3)])
        when = dt.date(2026, 9, 1) + dt.timedelta(chance.randrange(80))
        project.execute(Rate(person, when, *cell, "Asked for a date", "Lead"))


@pytest.fixture
def empty(qapp: QApplication, qtbot, project: Project) -> Iterator[StakeholdersScreen]:
    """The screen of a project without units; let go before the project closes, as in the window."""
    theme.start("light")
    made = StakeholdersScreen(Bridge(project))
    made.resize(1166, 686)
    made.refresh(None)
    made.show()
    qtbot.addWidget(made)
    yield made
    made.bridge.detach()


@pytest.fixture
def screen(empty: StakeholdersScreen) -> StakeholdersScreen:
    """The screen with groups and persons, refreshed as the window does it."""
    fill(empty.bridge.project, 60)
    empty.bridge.changed.connect(empty.refresh)
    empty.refresh(None)
    empty.bridge.project.execute(
        SetTarget(key_of(empty, "Field sales South"), 3, 3, dt.date(2027, 1, 8))
    )
    return empty


def key_of(screen: StakeholdersScreen, name: str) -> int:
    """Id of a unit."""
    return int(screen.bridge.reader.value("SELECT id FROM stakeholder WHERE name = ?", name))
