"""People as rows."""

import datetime as dt

import pytest

from crm_pilot.people import queries
from crm_pilot.project import Add, Project, Remove, SetField


@pytest.fixture
def staffed(project: Project) -> Project:
    """Two departments in two waves, three persons, two accounts."""
    second = project.execute(Add("wave", {"name": "Wave 2", "position": 2}))
    first = project.execute(Add("wave", {"name": "Wave 1", "position": 1}))
    east = project.execute(
        Add("department", {"name": "East", "short": "E", "wave_id": second, "position": 0})
    )
    sales = project.execute(Add("department", {"name": "Sales", "wave_id": first, "position": 1}))
    project.execute(Add("department", {"name": "Loose"}))
    for name, place in (("Zola", sales), ("adam", sales), ("Blum", east)):
        project.execute(
            Add("person", {"first_name": "Émile", "last_name": name, "department_id": place})
        )
    field = project.execute(Add("profile", {"name": "Field"}))
    project.execute(
        Add("account", {"external_id": "005A", "username": "zola@x", "person_id": 1,
                        "profile_id": field, "opened_on": dt.date(2026, 5, 1)})
    )  # fmt: skip
    project.execute(
        Add("account", {"external_id": "005B", "profile_id": field,
                        "closed_on": dt.date(2026, 6, 1)})
    )  # fmt: skip
    return project


def test_departments_stand_by_wave_then_in_the_leads_order(staffed: Project) -> None:
    rows = queries.departments(staffed.reader)
    assert [(row.name, row.wave, row.persons) for row in rows] == [
        ("Sales", "Wave 1", 2),
        ("East", "Wave 2", 1),
        ("Loose", None, 0),
    ]


def test_persons_stand_by_family_name_whatever_its_case(staffed: Project) -> None:
    assert [row.name for row in queries.persons(staffed.reader)] == [
        "Émile adam",
        "Émile Blum",
        "Émile Zola",
    ]
    assert queries.owners(staffed.reader)[2] == (1, "Émile Zola")


def test_profiles_count_accounts_that_are_not_closed(staffed: Project) -> None:
    (profile,) = queries.profiles(staffed.reader)
    assert (profile.name, profile.accounts, profile.measured) == ("Field", 1, True)


def test_accounts_name_their_person_and_department(staffed: Project) -> None:
    nobody, zola = queries.accounts(staffed.reader)
    assert (zola.person, zola.department, zola.opened_on) == (
        "Émile Zola",
        "Sales",
        dt.date(2026, 5, 1),
    )
    assert (nobody.person, nobody.closed_on) == (None, dt.date(2026, 6, 1))


def test_a_row_read_before_is_read_again_after_an_edit(staffed: Project) -> None:
    queries.owners(staffed.reader)
    staffed.execute(SetField("person", 1, "last_name", "Alain"))
    assert queries.owners(staffed.reader)[1] == (1, "Émile Alain")
    staffed.execute(Remove("person", (1,)))
    assert len(queries.owners(staffed.reader)) == 2
