"""A small company in training, with figures one can count on one's fingers."""

import datetime as dt

import pytest

from crm_pilot.project import Add, Project
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.terms import Presence

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def company(project: Project) -> Project:
    """Sales (wave 1): persons 1 to 4; Service (wave 2): 5 and 6; person 7 has no department.

    Accounts: 1, 2, 3 open, 4 closed, 5 still to open, 6 of an integration, 7 open, one of nobody.
    Session 1 (10 Nov.): 1 and 2 present, 3 absent. Session 2 (today): 5 present, 4 present,
    6 invited. Session 3 (1 Dec.): 3 invited, 2 excused, 7 noted present by mistake.
    """
    run = project.execute
    waves = [run(Add("wave", {"name": f"Wave {n}", "position": n})) for n in (1, 2)]
    service = run(Add("department", {"name": "Service", "wave_id": waves[1]}))
    sales = run(Add("department", {"name": "Sales", "wave_id": waves[0]}))
    for number in range(1, 8):
        home = sales if number <= 4 else service if number <= 6 else None
        run(Add("person", {"first_name": "P", "last_name": str(number), "department_id": home}))
    robot = run(Add("profile", {"name": "Integration", "measured": False}))
    field = run(Add("profile", {"name": "Field"}))
    for number in range(1, 8):
        values = {"external_id": f"A{number}", "person_id": number, "profile_id": field}
        if number == 4:
            values["closed_on"] = dt.date(2026, 10, 1)
        if number == 5:
            values["opened_on"] = dt.date(2027, 1, 12)
        if number == 6:
            values["profile_id"] = robot
        run(Add("account", values))
    run(Add("account", {"external_id": "A1-second", "person_id": 1}))
    run(Add("account", {"external_id": "nobody"}))
    run(AddSession(dt.date(2026, 11, 10), course_title="First steps", seats=4))
    run(AddSession(TODAY, course_id=1))
    run(AddSession(dt.date(2026, 12, 1), course_id=1))
    run(Enrol(1, (1, 2, 3)))
    run(Enrol(2, (5, 4, 6)))
    run(Enrol(3, (3, 2, 7)))
    run(SetPresence((1, 2, 4, 5, 9), Presence.PRESENT))
    run(SetPresence((3,), Presence.ABSENT))
    run(SetPresence((8,), Presence.EXCUSED))
    return project
