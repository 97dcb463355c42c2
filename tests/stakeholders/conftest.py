"""A small roll-out whose figures are worked out by hand in the tests."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.project import Project
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import UnitKind

TODAY = dt.date(2026, 11, 21)
# name, headcount, (day, synergy, antagonism) …
GROUPS = (
    ("Telesales", 64, ((9, 1, 3, 1),)),
    ("Marketing", 38, ((9, 1, 2, 2), (10, 20, 3, 2))),
    ("Customer service", 72, ((9, 1, 2, 1),)),
    ("Field sales South", 46, ((9, 8, 2, 1), (10, 14, 2, 2), (11, 16, 2, 3))),
    ("Not met yet", 30, ()),
)


@pytest.fixture
def placed(project: Project) -> Project:
    """Five groups (250 people, 220 rated) and one person, with dated ratings."""
    for name, headcount, moves in GROUPS:
        unit = project.execute(AddStakeholder(UnitKind.GROUP, name, headcount=headcount))
        for month, day, synergy, antagonism in moves:
            when = dt.date(2026, month, day)
            project.execute(Rate(unit, when, synergy, antagonism, f"Seen on {when}", "Lead"))
    person = project.execute(AddStakeholder(UnitKind.PERSON, "Zoé Quentin"))
    project.execute(Rate(person, dt.date(2026, 9, 2), 4, 2, "Spoke for the project", "Lead"))
    return project
