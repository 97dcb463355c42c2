"""The stakeholder map of the demonstration: groups and people with positions that move."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import Department, People, User
from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.stakeholders.commands import SeedZoneCells
from crm_pilot.stakeholders.terms import UnitKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Row = dict[str, Any]


class _Map:
    """Collects stakeholders and ratings, and numbers them."""

    def __init__(self, words: Words, people: People, author: str) -> None:
        self.words = words
        self.people = people
        self.author = author
        self.stakeholders: list[Row] = []
        self.ratings: list[Row] = []

    def place(self, ratings: list[list[Any]], **values: Any) -> None:
        """Add a stakeholder with its ratings: day, synergy, antagonism, French, English, and
        whether it is to be refined."""
        key = len(self.stakeholders) + 1
        self.stakeholders.append({"id": key, **values})
        for day, synergy, antagonism, french, english, *refine in ratings:
            self.ratings.append(
                {
                    "id": len(self.ratings) + 1,
                    "stakeholder_id": key,
                    "rated_on": dt.date.fromisoformat(day),
                    "synergy": synergy,
                    "antagonism": antagonism,
                    "fact": self.words({"fr": french, "en": english}),
                    "author": self.author,
                    "provisional": bool(refine and refine[0]),
                }
            )


def fill(work: Work, words: Words, people: People) -> None:
    """Write the zones, the nine departments, the sixty people and a small group."""
    SeedZoneCells().apply(work)
    data = load("map")
    plane = _Map(words, people, people.names[data["author"]])
    for one in data["group"]:
        _group(plane, one)
    for one in data["person"]:
        key = people.team[one["who"]]
        name = people.full_names[one["who"]]
        _person(plane, key, name, None, one["influence"], one["ratings"])
    _others(plane, data)
    for one in load("lateral")["small"]:
        _small(plane, one)
    work.insert_many("stakeholder", plane.stakeholders)
    work.insert_many("rating", plane.ratings)


def _group(plane: _Map, one: Row) -> None:
    here = plane.people.departments[one["d"]]
    synergy, antagonism, on = one["target"]
    plane.place(
        one["ratings"],
        kind=UnitKind.GROUP,
        name=here.name,
        code="",
        person_id=None,
        department_id=here.id,
        headcount=len(here.users),
        influence=one["influence"],
        owner_id=plane.people.team[one["owner"]],
        target_synergy=synergy,
        target_antagonism=antagonism,
        target_date=on,
    )


def _small(plane: _Map, one: Row) -> None:
    synergy, antagonism, on = one["target"]
    plane.place(
        one["ratings"],
        kind=UnitKind.GROUP,
        name=plane.words(one),
        code="",
        person_id=None,
        department_id=None,
        headcount=one["headcount"],
        influence=one["influence"],
        owner_id=plane.people.team[one["owner"]],
        target_synergy=synergy,
        target_antagonism=antagonism,
        target_date=on,
    )


def _person(
    plane: _Map,
    key: int,
    name: str,
    here: Department | None,
    influence: int,
    ratings: list[list[Any]],
) -> None:
    plane.place(
        ratings,
        kind=UnitKind.PERSON,
        name=name,
        code=f"P-{key:03d}",
        person_id=key,
        department_id=here.id if here else None,
        headcount=1,
        influence=influence,
        owner_id=None,
        target_synergy=None,
        target_antagonism=None,
        target_date=None,
    )


def _others(plane: _Map, data: Row) -> None:
    """People who follow a course of positions; the facts are taken in turn."""
    chance = dice("map")
    facts = {place: itertools.cycle(lines) for place, lines in data["facts"].items()}
    for key, here in plane.people.departments.items():
        users = chance.sample(here.users, len(here.users))
        bosses, others = _pick(users, boss=True), _pick(users, boss=False)
        for course in (one for one in data["course"] if one["d"] == key):
            source = bosses if course.get("boss") else others
            for user in itertools.islice(source, course["count"]):
                path = [[day, s, a, *next(facts[f"{s}/{a}"])] for day, s, a in course["path"]]
                _person(plane, user.person_id, user.name, here, 2 if user.boss else 1, path)


def _pick(users: list[User], *, boss: bool) -> Iterator[User]:
    return (user for user in users if user.boss is boss)
