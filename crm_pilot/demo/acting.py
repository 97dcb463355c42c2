"""What the lead does about the map of the demonstration: ties, entries on stage, lateral projects,
influence actions, and a check put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, load

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Row = dict[str, Any]


def fill(work: Work, words: Words, people: People, lines: dict[str, int]) -> None:
    """Write all of it; `lines` are the task ids by the keys of the plan."""
    data = load("lateral")
    units = _units(work, people)
    _profiles(work)
    _ties(work, data["ties"]["pairs"], units)
    for one in data["entry"]:
        values = {"enters_on": one["on"], "role": words(one), "stage": one.get("stage")}
        work.set("stakeholder", units[one["unit"]], **values)
    projects = _projects(work, words, data["project"], units, people)
    work.insert_many(
        "influence",
        [
            {
                "id": number,
                "task_id": lines[one["line"]],
                "stakeholder_id": units[one["unit"]],
                "kind": one["kind"],
                "ally_id": units[one["ally"]] if "ally" in one else None,
                "lateral_id": projects[one["project"]] if "project" in one else None,
            }
            for number, one in enumerate(data["action"], 1)
        ],
    )
    for one in data.get("snooze", ()):
        work.add("snooze", **{**one, "reason": words(one["reason"])})


def _units(work: Work, people: People) -> dict[str, int]:
    """Ids of units by the keys of departments and of the team."""
    places = {here.id: key for key, here in people.departments.items()}
    team = {key: who for who, key in people.team.items()}
    found = {}
    for key, department, person in work.select(
        "SELECT id, department_id, person_id FROM stakeholder ORDER BY id"
    ):
        name = team.get(person) if person else places.get(department)
        if name is not None:
            found[name] = key
    return found


def _profiles(work: Work) -> None:
    """Units with the CRM profile that most of their people have."""
    usual: dict[int, int] = {}
    for department, profile in work.select(
        "SELECT p.department_id, a.profile_id FROM account a JOIN person p ON p.id = a.person_id"
        " GROUP BY p.department_id, a.profile_id ORDER BY count(*) DESC, a.profile_id"
    ):
        usual.setdefault(department, profile)
    own = dict(work.select("SELECT person_id, profile_id FROM account WHERE person_id IS NOT NULL"))
    for key, department, person in work.select(
        "SELECT id, department_id, person_id FROM stakeholder ORDER BY id"
    ):
        profile = own.get(person) if person else usual.get(department)
        if profile is not None:
            work.set("stakeholder", key, profile_id=profile)


def _ties(work: Work, pairs: list[list[str]], units: dict[str, int]) -> None:
    work.insert_many(
        "stakeholder_tie",
        [
            {"id": number, "from_id": units[one], "to_id": units[other], "kind": kind}
            for number, (one, kind, other) in enumerate(pairs, 1)
        ],
    )


def _projects(
    work: Work, words: Words, projects: list[Row], units: dict[str, int], people: People
) -> dict[str, int]:
    ids = {one["k"]: number for number, one in enumerate(projects, 1)}
    work.insert_many(
        "lateral_project",
        [
            {
                "id": ids[one["k"]],
                "title": words(one),
                "stakeholder_id": units[one["unit"]],
                "concern": words(one["concern"]),
                "offer": words(one["offer"]),
                "goal": words(one["goal"]),
                "pilot_id": people.team[one["pilot"]],
                "status": one["status"],
                "noted_on": one["on"],
            }
            for one in projects
        ],
    )
    return ids
