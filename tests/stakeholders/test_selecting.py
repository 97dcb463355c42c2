"""Filters of units, and a group for every department."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance.unit_readiness import Part, readiness
from crm_pilot.project import Add, Project
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.selecting import NOBODY, Training, UnitFilter, among, place_of, training
from crm_pilot.stakeholders.starting import (
    GroupPerDepartment,
    HeadcountPerDepartment,
    missing_groups,
    other_headcounts,
)
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone

TODAY = dt.date(2026, 11, 21)


@dataclass(frozen=True)
class Count:
    done: int
    of: int


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (None, Training.UNKNOWN),
        (Count(0, 0), Training.UNKNOWN),
        (Count(0, 4), Training.NONE),
        (Count(3, 4), Training.SOME),
        (Count(4, 4), Training.ALL),
    ],
)
def test_training_is_one_of_four(counted, expected):
    assert training(counted) == expected


@pytest.fixture
def units(project: Project):
    """Two groups in departments and a person in none, one of the groups not placed."""
    sales = project.execute(Add("department", {"name": "Sales"}))
    service = project.execute(Add("department", {"name": "Service"}))
    for name, kind, place, cell in (
        ("Key accounts", UnitKind.GROUP, sales, (3, 1)),
        ("Hotline", UnitKind.GROUP, service, None),
        ("Anna Berg", UnitKind.PERSON, None, (1, 3)),
    ):
        key = project.execute(AddStakeholder(kind, name, headcount=10, department_id=place))
        if cell:
            project.execute(Rate(key, TODAY, *cell, "Seen", "Lead"))
    return queries.units(project.reader, TODAY)


def kept(units, wanted: UnitFilter, trained=None, names=False) -> list[str]:
    return [row.name for row in units if wanted.keeps(row, trained or {}, names=names)]


def test_each_kind_of_filter(units):
    keys = {row.name: row for row in units}
    assert len(kept(units, UnitFilter())) == 3 and UnitFilter().open
    sales = UnitFilter(departments=frozenset({keys["Key accounts"].department_id}))
    assert kept(units, sales) == ["Key accounts"] and not sales.open
    assert kept(units, UnitFilter(departments=frozenset({NOBODY}))) == ["Anna Berg"]
    assert kept(units, UnitFilter(places=frozenset({place_of(Zone.REBEL)}))) == ["Anna Berg"]
    assert kept(units, UnitFilter(places=frozenset({place_of(Trio.OPPONENT)}))) == ["Anna Berg"]
    assert kept(units, UnitFilter(places=frozenset({place_of(Zone.OPPONENT)}))) == []
    assert kept(units, UnitFilter(places=frozenset({""}))) == ["Hotline"]
    trained = {keys["Hotline"].id: Count(2, 2)}
    assert kept(units, UnitFilter(training=frozenset({Training.ALL})), trained) == ["Hotline"]
    assert len(kept(units, UnitFilter(training=frozenset({Training.UNKNOWN})), trained)) == 2
    assert kept(units, UnitFilter(owners=frozenset({NOBODY}), words="key acc")) == ["Key accounts"]


def test_a_name_is_searched_only_while_names_are_shown(units):
    assert kept(units, UnitFilter(words="berg")) == []
    assert kept(units, UnitFilter(words="berg"), names=True) == ["Anna Berg"]
    assert kept(units, UnitFilter(words="p-0")) == ["Anna Berg"]


def test_the_distribution_of_some(project, units):
    figures = queries.figures(project.reader, TODAY)
    some = among(figures, [row for row in units if row.name == "Anna Berg"])
    assert (some.headcount_rated, some.headcount_total) == (1, 1)
    assert {share.trio: share.share for share in some.shares}[Trio.OPPONENT] == 1.0
    assert among(figures, ()).headcount_rated == 0


def test_a_group_for_every_department_without_one(project, units):
    project.execute(Add("department", {"name": "Finance"}))
    finance = missing_groups(project.reader)
    assert [(one.name, one.persons) for one in finance] == [("Finance", 0)]
    for n in range(3):
        values = {"last_name": f"N{n}", "department_id": finance[0].department_id}
        project.execute(Add("person", values))
    (made,) = project.execute(GroupPerDepartment())
    row = next(row for row in queries.units(project.reader, TODAY) if row.id == made)
    assert (row.name, row.headcount, row.department) == ("Finance", 3, "Finance")
    with pytest.raises(UserError, match="Nothing was changed"):
        project.execute(GroupPerDepartment())
    project.undo()
    assert len(missing_groups(project.reader)) == 1


def test_headcounts_are_taken_from_people_where_a_group_stands_for_a_department(project, units):
    places = {
        name: project.execute(Add("department", {"name": name})) for name in ("Finance", "Legal")
    }
    made = [
        project.execute(AddStakeholder(UnitKind.GROUP, name, headcount=30, department_id=place))
        for name, place in places.items()
    ]
    assert other_headcounts(project.reader) == ()  # nobody was imported
    sales = next(row.department_id for row in units if row.name == "Key accounts")
    for n, place in enumerate((places["Finance"], places["Finance"], sales)):
        project.execute(Add("person", {"last_name": f"N{n}", "department_id": place}))
    (one,) = other_headcounts(project.reader)  # Key accounts are a part of Sales
    assert (one.stakeholder_id, one.name, one.headcount, one.persons) == (made[0], "Finance", 30, 2)
    assert project.execute(HeadcountPerDepartment(1)) == [made[0]]

    def heads() -> dict[str, int]:
        return {row.name: row.headcount for row in queries.units(project.reader, TODAY)}

    assert (heads()["Finance"], heads()["Legal"], heads()["Key accounts"]) == (2, 30, 10)
    with pytest.raises(UserError, match="Nothing was changed"):
        project.execute(HeadcountPerDepartment(0))
    project.undo()
    assert heads()["Finance"] == 30
    second = AddStakeholder(UnitKind.GROUP, "Payroll", department_id=places["Finance"])
    project.execute(second)
    assert other_headcounts(project.reader) == ()  # two groups share the department


def test_readiness_of_a_group_is_that_of_its_department(project, units):
    group = next(row for row in units if row.name == "Key accounts")
    people = [
        project.execute(Add("person", {"last_name": f"N{n}", "department_id": group.department_id}))
        for n in range(4)
    ]
    for n, closed in enumerate((None, TODAY, TODAY + dt.timedelta(days=1))):
        values = {"external_id": f"A{n}", "person_id": people[n], "closed_on": closed}
        project.execute(Add("account", values))
    ally = AddStakeholder(UnitKind.PERSON, "Bo", department_id=group.department_id)
    project.execute(Rate(project.execute(ally), TODAY, 4, 1, "Asked for the pilot", "Lead"))
    found = readiness(project.reader, group.id, TODAY)
    assert found.accounts == Part(2, 4)  # the one closed today is closed
    assert found.relays == Part(1, 2)
    person = next(row for row in units if row.kind == UnitKind.PERSON)
    assert not readiness(project.reader, person.id, TODAY).known
    assert not readiness(project.reader, 999, TODAY).known
