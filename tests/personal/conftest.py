"""A project that names one person wherever a person can be named."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
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


@dataclass(frozen=True)
class Ids:
    """Rows that what is held on a user and trainee hangs on."""

    person: int
    colleague: int
    account: int
    session: int
    attendance: int


@dataclass(frozen=True)
class Months:
    """An import of their logins, their records, and those created in their name."""

    account: int
    label: Message = msg("Load facts")

    def apply(self, work: Any) -> None:
        batch = work.add("import_batch", kind="actions", imported_at=dt.datetime(2026, 11, 20, 9))
        days = [dt.date(2026, 10, 6), dt.date(2026, 10, 7), dt.date(2026, 11, 3)]
        other = self.account + 1
        facts.write(
            work,
            batch,
            logins=[(self.account, day) for day in days],
            actions=[(self.account, days[0], "Quotes", 2, 1), (other, days[0], "Quotes", 9, 9)],
        )
        mine = [(202610, other, self.account, 4), (202611, self.account, other, 3)]
        facts.write_owned(work, batch, [*mine, (202611, other, other, 7)])


def _use_and_training(project: Project, ids: Ids) -> None:
    add = lambda table, **values: project.execute(Add(table, values))  # noqa: E731
    project.execute(Months(ids.account))
    half = {"attendance_id": ids.attendance, "day": TODAY, "part": "morning"}
    add("half_presence", **half, presence="present")
    again = add("training_session", course_id=1, held_on=TODAY, trainer_id=ids.person)
    add("waiting", session_id=again, person_id=ids.person, since=TODAY)
    for person, comment in ((ids.person, "My own words"), (ids.colleague, "H. Vasseur helped")):
        marks = {"satisfaction": 4, "pace": 2}
        given = {"session_id": ids.session, "person_id": person, "given_on": TODAY}
        add("evaluation", **given, **marks, comment=comment)
        asked = {"noted_on": TODAY, "cause": "complicated", "person_id": person}
        add("support", **asked, matter=f"Asked: {comment}", answer="Shown by Marc Tournier")
    add("quiz_result", session_id=ids.session, person_id=ids.person, points=7)


def _committee_room(project: Project, person: int, colleague: int) -> None:
    """Where committees, registers and the RACI name them: by a link, or as somebody typed it."""
    add = lambda table, **values: project.execute(Add(table, values))  # noqa: E731
    held = add("committee", kind="project", number=1, held_on=dt.date(2026, 11, 5))
    add("agenda_item", committee_id=held, title="Help", outcome="Vasseur shows it")
    guests = ((person, "Nénène", "Sales champion"), (None, "Vasseur Hélène", ""))
    for key, name, role in (*guests, (colleague, "Marc Tournier", "Sponsor")):
        add("participant", committee_id=held, person_id=key, name=name, role=role)
    line = add("raci_item", title="Train the team")
    actors = ((person, "Lead of telesales", "A"), (None, "H. Vasseur", "R"))
    for key, name, letter in (*actors, (colleague, "M. Tournier", "C")):
        actor = add("raci_actor", person_id=key, name=name)
        add("raci_cell", item_id=line, actor_id=actor, letter=letter)
    for owner in ("Vasseur, Hélène", "Marc Tournier"):
        code = "P-1" if owner[0] == "V" else "P-2"
        words = "Told by H. Vasseur and Marc Tournier"
        raised = {"raised_on": TODAY, "response": words}
        add("problem", code=code, title="No signal", owner=owner, **raised)


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
    account = add(
        "account",
        external_id="005XYZ",
        username="hvasseur",
        person_id=person,
        email="h.v-crm@acme.example",
        full_name="VASSEUR (ext) Hélène",
        licence="Sales Pro",
    )
    add("account", external_id="005QRS", full_name="Vasseur Hélène", username="old one")
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
    _committee_room(project, person, colleague)
    course = add("course", title="Selling")
    session = add("training_session", course_id=course, held_on=TODAY, trainer="H. Vasseur")
    came = add("attendance", session_id=session, person_id=person, presence="present")
    _use_and_training(project, Ids(person, colleague, account, session, came))
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
