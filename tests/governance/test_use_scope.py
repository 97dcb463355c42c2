"""Which users a filter keeps: training, and the zone of the map a user is in."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption.scope import EVERYONE, within
from crm_pilot.governance.use_scope import scope, zones_of
from crm_pilot.project import Add, Project
from crm_pilot.stakeholders.terms import Zone
from tests.adoption.facts import account

D = dt.date
TODAY = D(2026, 11, 21)
GOLDEN, OPPONENT, PASSIVE = (3, 2), (2, 3), (2, 1)


def unit(project: Project, name: str, place: tuple[int, int] | None, **values: object) -> int:
    key = int(project.execute(Add("stakeholder", {"name": name, **values})))
    if place is not None:
        rate(project, key, place, D(2026, 11, 1))
    return key


def rate(project: Project, key: int, place: tuple[int, int], day: dt.date) -> None:
    values = {"stakeholder_id": key, "rated_on": day, "fact": "said so"}
    project.execute(Add("rating", values | {"synergy": place[0], "antagonism": place[1]}))


@pytest.fixture
def trial(project: Project) -> dict[str, int]:
    ids: dict[str, int] = {}
    for name in ("field", "desk"):
        ids[name] = project.execute(Add("profile", {"name": name}))
    ids["wave"] = project.execute(Add("wave", {"name": "W1"}))
    for name in ("North", "South", "West"):
        wave = ids["wave"] if name == "North" else None
        ids[name] = project.execute(Add("department", {"name": name, "wave_id": wave}))
    for name, place, kind in (
        *(("a", "North", "field"), ("b", "North", "desk"), ("c", "South", "field")),
        *(("d", "West", "desk"), ("e", "West", "field")),
    ):
        person = project.execute(Add("person", {"last_name": name, "department_id": ids[place]}))
        ids[f"person {name}"] = person
        ids[name] = account(project, name, person_id=person, profile_id=ids[kind])
    ids["nobody"] = account(project, "nobody")
    return ids


def kept(project: Project, ids: dict[str, int], **filters: object) -> set[str]:
    names = {key: name for name, key in ids.items() if len(name) == 1 or name == "nobody"}
    chosen = scope(project.reader, TODAY, **filters)  # type: ignore[arg-type]
    return {names[a.id] for a in within(project.reader, chosen)}


def test_no_filter_is_everyone(project: Project, trial: dict[str, int]) -> None:
    assert scope(project.reader, TODAY) == EVERYONE


def test_profiles_departments_and_waves_all_must_hold(
    project: Project, trial: dict[str, int]
) -> None:
    field, north = frozenset({trial["field"]}), frozenset({trial["North"]})
    assert kept(project, trial, profiles=field) == {"a", "c", "e"}
    assert kept(project, trial, profiles=field, departments=north) == {"a"}
    assert kept(project, trial, waves=frozenset({trial["wave"]})) == {"a", "b"}


def test_trained_or_not_as_the_training_room_counts(
    project: Project, trial: dict[str, int]
) -> None:
    course = project.execute(Add("course", {"title": "C"}))
    short = project.execute(Add("course", {"title": "Help", "formal": False}))
    for name, which, day, presence in (
        ("a", course, D(2026, 10, 1), "present"),
        ("b", course, D(2026, 10, 1), "absent"),
        ("c", course, D(2026, 11, 22), "present"),  # tomorrow
        ("d", short, D(2026, 10, 1), "present"),
    ):
        session = project.execute(Add("training_session", {"course_id": which, "held_on": day}))
        values = {"session_id": session, "person_id": trial[f"person {name}"]}
        project.execute(Add("attendance", values | {"presence": presence}))
    assert kept(project, trial, trained=True) == {"a"}
    assert kept(project, trial, trained=False) == {"b", "c", "d", "e", "nobody"}


def test_the_zone_is_that_of_the_nearest_unit(project: Project, trial: dict[str, int]) -> None:
    unit(project, "North", OPPONENT, department_id=trial["North"], headcount=20)
    unit(
        project,
        "North, field",
        PASSIVE,
        department_id=trial["North"],
        profile_id=trial["field"],
        headcount=5,
    )
    unit(project, "Field everywhere", GOLDEN, profile_id=trial["field"], headcount=40)
    unit(project, "Unrated", None, department_id=trial["West"], headcount=9)
    person = unit(project, "b", GOLDEN, kind="person", person_id=trial["person b"])
    zones = {name: zones_of(project.reader, TODAY)[trial[name]] for name in "abcde"}
    assert zones == {
        "a": Zone.PASSIVE,  # department and profile before the department
        "b": Zone.GOLDEN_TRIANGLE,  # the person before the group
        "c": Zone.GOLDEN_TRIANGLE,  # the profile when the department is not on the map
        "d": None,  # nobody rated the West yet
        "e": Zone.GOLDEN_TRIANGLE,
    }
    assert zones_of(project.reader, TODAY)[trial["nobody"]] is None
    assert kept(project, trial, zones=frozenset({Zone.GOLDEN_TRIANGLE})) == {"b", "c", "e"}
    assert kept(project, trial, zones=frozenset({Zone.PASSIVE, None})) == {"a", "d", "nobody"}
    rate(project, person, OPPONENT, TODAY)
    assert zones_of(project.reader, TODAY)[trial["b"]] is Zone.OPPONENT
    assert zones_of(project.reader, D(2026, 10, 1))[trial["b"]] is None  # before any rating


def test_of_two_groups_alike_the_larger_counts(project: Project, trial: dict[str, int]) -> None:
    unit(project, "few", GOLDEN, department_id=trial["West"], headcount=4)
    unit(project, "many", OPPONENT, department_id=trial["West"], headcount=8)
    assert zones_of(project.reader, TODAY)[trial["d"]] is Zone.OPPONENT
