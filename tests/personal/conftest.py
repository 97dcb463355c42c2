"""A project that names one person wherever a person can be named."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from crm_pilot.project import Add, Project
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells
from crm_pilot.stakeholders.terms import UnitKind

TODAY = dt.date(2026, 11, 21)


@dataclass(frozen=True)
class Told:
    """The project and the ids in it."""

    project: Project
    person: int
    colleague: int
    unit: int
    group: int


@pytest.fixture
def told(project: Project) -> Told:
    """Hélène Vasseur is a user, a unit of the map, a trainee, a requester, and much talked of."""
    add = lambda table, **values: project.execute(Add(table, values))  # noqa: E731
    project.execute(SeedZoneCells())
    here = add("department", name="Telesales")
    person = add(
        "person",
        code="P-014",
        first_name="Hélène",
        last_name="Vasseur",
        email="helene.vasseur@acme.example",
        external_id="A20999",
        job="Team lead",
        department_id=here,
        note="Came back in May",
    )
    colleague = add("person", first_name="Marc", last_name="Tournier", department_id=here)
    account = add("account", external_id="005XYZ", username="hvasseur", person_id=person)
    batch = add(
        "import_batch",
        kind="logins",
        source="logins of Vasseur.csv",
        imported_at=dt.datetime(2026, 11, 20, 9),
    )
    assert account
    assert batch
    unit = project.execute(
        AddStakeholder(UnitKind.PERSON, "Hélène Vasseur", person_id=person, department_id=here)
    )
    group = project.execute(AddStakeholder(UnitKind.GROUP, "Telesales", headcount=12))
    lead = "Marc Tournier"
    fact = "Mme VASSEUR told Marc Tournier she keeps her list in Excel"
    project.execute(Rate(unit, dt.date(2026, 9, 1), 2, 1, fact, lead))
    project.execute(Rate(unit, dt.date(2026, 10, 9), 3, 2, "Ran the workshop", lead))
    project.execute(
        Rate(group, dt.date(2026, 10, 9), 2, 2, "Helene Vasseur and M. Tournier asked", lead)
    )
    for number, day in ((1, dt.date(2026, 9, 10)), (2, dt.date(2026, 10, 20))):
        add("committee", number=number, held_on=day, note="Vasseur Hélène was thanked")
    course = add("course", title="Selling")
    session = add("training_session", course_id=course, held_on=TODAY, trainer="H. Vasseur")
    add("attendance", session_id=session, person_id=person, presence="present")
    add(
        "ticket",
        number="T-1",
        title="Export fails for hvasseur",
        requester="Vasseur, Hélène",
        opened_at=dt.datetime(2026, 11, 2, 9),
    )
    add(
        "decision",
        code="D-1",
        wording="Helene.Vasseur@acme.example gets a licence",
        owner="Hélène Vasseur",
        due_on=TODAY,
    )
    add("task", title="Ask Vasseur", owner_id=person, start=TODAY, finish=TODAY)
    add("role", name="Champion", person_id=person)
    add("absence", person_id=person, first=TODAY, last=TODAY)
    add("plan_part", content='{"Resource": "H\\u00e9l\\u00e8ne Vasseur"}')
    add("snooze", rule="r", reason="Vasseur is away", set_on=TODAY)
    return Told(project, person, colleague, unit, group)
