"""People of the demonstration: the card, profiles, waves, departments, persons and accounts."""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from dataclasses import field
from random import Random
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class User:
    """A CRM user: ids of the person and the account, and from when on the account is open."""

    person_id: int
    account_id: int
    name: str
    opened_on: dt.date
    boss: bool
    newcomer: bool


@dataclass
class Department:
    """A department with its users; `wave` is the wave's number."""

    id: int
    name: str
    wave: int
    users: list[User] = field(default_factory=list)


@dataclass(frozen=True)
class People:
    """Everyone of the demonstration, by the keys of the samples."""

    status_date: dt.date
    team: dict[str, int] = field(default_factory=dict)  # person ids
    names: dict[str, str] = field(default_factory=dict)  # "J. Lemaire", as printed
    full_names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    integrations: list[int] = field(default_factory=list)  # account ids
    assistants: list[int] = field(default_factory=list)  # account ids


def fill(work: Work, words: Words) -> People:
    """Write the card and everyone; waves get their milestones when the plan is written."""
    data = load("people")
    card = data["project"]
    work.set(
        "project",
        1,
        company=card["company"],
        crm=card["crm"],
        status_date=card["status_date"],
        active_target_percent=card["target"],
        motivation=card["motivation"],
        time_zone=card["time_zone"],
        retention_reason=words(data["retention"]),
    )
    profiles = _profiles(work, words, data["profile"])
    work.insert_many("wave", [_wave(words, int(n), one) for n, one in data["wave"].items()])
    people = People(card["status_date"])
    office = data["office"]["id"]
    work.insert_many("department", [_department(words, data["office"], office)])
    _team(work, words, data["team"], office, people)
    _roles(work, words, data["role"], people)
    _users(work, words, data, profiles, people)
    return people


def _wave(words: Words, number: int, one: dict[str, Any]) -> dict[str, Any]:
    pilot = one.get("pilot", False)
    return {"id": number, "name": words(one), "position": number, "pilot": pilot}


def _profiles(work: Work, words: Words, profiles: dict[str, Any]) -> dict[str, int]:
    ids = {key: number for number, key in enumerate(profiles, 1)}
    work.insert_many(
        "profile",
        [
            {
                "id": ids[key],
                "name": words(one),
                "expected_low": one["low"],
                "expected_high": one["high"],
                "measured": one["measured"],
                "kind": one["kind"],
            }
            for key, one in profiles.items()
        ],
    )
    return ids


def _team(
    work: Work, words: Words, team: list[dict[str, Any]], office: int, people: People
) -> None:
    rows = []
    for number, one in enumerate(team, 1):
        first, last = one["name"]
        people.team[one["k"]] = number
        people.names[one["k"]] = f"{first[0]}. {last}"
        people.full_names[one["k"]] = f"{first} {last}"
        people.roles[one["k"]] = words(one["role"])
        row = _person(number, first, last, words(one["job"]), office, f"M{number:04d}")
        rows.append({**row, "units": one.get("units", 100)})
    work.insert_many("person", rows)


def _roles(work: Work, words: Words, roles: list[dict[str, Any]], people: People) -> None:
    rows = [
        {
            "id": number,
            "name": words(one),
            "duty": words(one["duty"]),
            "kind": one["kind"],
            "person_id": people.team[one["o"]],
            "position": number,
        }
        for number, one in enumerate(roles, 1)
    ]
    work.insert_many("role", rows)


def _person(
    number: int, first: str, last: str, job: str, department: int | None, staff: str
) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"P-{number:03d}",
        "first_name": first,
        "last_name": last,
        "email": f"{_plain(first)}.{_plain(last)}@aubrac.example",
        "external_id": staff,
        "job": job,
        "department_id": department,
        "arrived_on": None,
    }


def _plain(name: str) -> str:
    """A name as in an address: no accents, no spaces."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return folded.lower().replace(" ", "-")


def _users(
    work: Work,
    words: Words,
    data: dict[str, Any],
    profiles: dict[str, int],
    people: People,
) -> None:
    chance = dice("people")
    names = iter(_names(chance, data["names"], {tuple(one["name"]) for one in data["team"]}))
    number = itertools.count(len(people.team) + 1)
    departments: list[dict[str, Any]] = []
    persons: list[dict[str, Any]] = []
    accounts: list[dict[str, Any]] = []
    for position, one in enumerate(data["department"], 1):
        departments.append(_department(words, one, position))
        here = Department(position, words(one), one["wave"])
        people.departments[one["k"]] = here
        live = data["wave"][str(one["wave"])]["opened"]
        newcomers = one.get("newcomers", [])  # accounts opened after the go-live
        for place in range(one["users"]):
            boss = place < one["managers"]
            first, last = next(names)
            key, account = next(number), len(accounts) + 1
            helps = not boss and place < one["managers"] + one.get("assistants", 0)
            job = words(one["boss"] if boss else (data["assistant"] if helps else one)["job"])
            person = _person(key, first, last, job, position, f"A{20140 + key * 7}")
            late = one["users"] - place <= len(newcomers)
            opened = newcomers[place - one["users"]] if late else live
            person["arrived_on"] = opened if late else None
            persons.append(person)
            profile = "manager" if boss else "assistant" if helps else one["profile"]
            row = _account(account, person["email"], key, profiles[profile], opened)
            known = {"email": person["email"], "full_name": f"{first} {last}"}
            accounts.append(row | known | {"licence": one["licence"]})
            if helps:
                people.assistants.append(account)
            here.users.append(User(key, account, f"{first} {last}", opened, boss, late))
    work.insert_many("department", departments)
    work.insert_many("person", persons)
    last_wave = max(one["opened"] for one in data["wave"].values())
    for name in ("erp", "data"):
        account = len(accounts) + 1
        live = data["wave"]["1"]["opened"]
        user = f"integration.{name}@aubrac.example"
        accounts.append(_account(account, user, None, profiles["integration"], live))
        people.integrations.append(account)
    for one in data["doubtful"]:
        row = _account(len(accounts) + 1, "", None, profiles[one["profile"]], last_wave)
        accounts.append(row | {name: text for name, text in one.items() if name != "profile"})
    work.insert_many("account", accounts)


def _department(words: Words, one: dict[str, Any], position: int) -> dict[str, Any]:
    return {
        "id": position,
        "name": words(one),
        "short": words(one["short"]),
        "wave_id": one.get("wave"),
        "position": position,
    }


def _account(
    number: int, username: str, person: int | None, profile: int, opened: dt.date
) -> dict[str, Any]:
    return {
        "id": number,
        "external_id": f"0057Q00000{number:04d}AbQAI",
        "username": username,
        "person_id": person,
        "profile_id": profile,
        "opened_on": opened,
        "closed_on": None,
        "email": "",
        "full_name": "",
        "licence": "Integration" if person is None else "",
    }


def _names(
    chance: Random, names: dict[str, list[str]], taken: set[tuple[str, ...]]
) -> list[tuple[str, str]]:
    """First and last names, no couple twice; family names repeat as they do in a company."""
    couples = [c for c in itertools.product(names["first"], names["last"]) if c not in taken]
    return chance.sample(couples, 600)
