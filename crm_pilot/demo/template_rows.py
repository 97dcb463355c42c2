"""What a template gives beside the plan: departments and groups, courses with proposed sessions,
roles, risks, budget lines, features."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from crm_pilot.demo.samples import Words
from crm_pilot.demo.template_plan import Dates, Layout, Rows
from crm_pilot.people.terms import RoleKind
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import UnitKind

SLOTS = ("09:00", "14:00")  # sessions of a day in one room
USERS_A_MANAGER = 10
USERS_A_CHAMPION = 12
_WORD = re.compile(r"\w+")
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Department:
    """A department of the new project with its CRM users and its wave, counted from 1. `key` is
    that of the template's department it comes from, empty for one that was typed in."""

    name: str
    users: int
    wave: int = 1
    key: str = ""


def department_rows(
    words: Words, data: Entry, departments: Sequence[Department], waves: bool = True
) -> tuple[Rows, Rows]:
    """Rows of `department`, and of `stakeholder`: a group for each, not rated yet, and the groups
    of the template that are no department."""
    known = {one["k"]: one for one in data.get("department", ())}
    rows: Rows = []
    groups: Rows = []
    for number, one in enumerate(departments, 1):
        like = known.get(one.key, {})
        same = bool(like) and words(like) == one.name
        rows.append(
            {
                "id": number,
                "name": one.name,
                "short": words(like["short"]) if same else _short(one.name),
                "wave_id": one.wave if waves else None,
                "position": number,
            }
        )
        note = words.optional(like.get("note"))
        groups.append(_group(len(groups) + 1, one.name, number, one.users, like, note))
    for like in data.get("group", ()):
        note = words.optional(like.get("note"))
        groups.append(_group(len(groups) + 1, words(like), None, like["heads"], like, note))
    return rows, groups


def _group(
    key: int, name: str, department: int | None, heads: int, like: Entry, note: str
) -> dict[str, Any]:
    return {
        "id": key,
        "kind": UnitKind.GROUP,
        "name": name,
        "department_id": department,
        "headcount": max(1, heads),
        "influence": like.get("influence", 2),
        "note": note,
    }


def _short(name: str) -> str:
    """A short name for narrow columns: the initials of several words, or the first letters."""
    found = _WORD.findall(name)
    if len(found) > 1:
        return "".join(word if word.isdigit() else word[0].upper() for word in found)[:5]
    return name[:5]


def champions_of(users: int) -> int:
    """Champions to name: one for twelve users."""
    return ceil(users / USERS_A_CHAMPION)


def profile_rows(words: Words, data: Entry) -> Rows:
    """Rows of `profile`."""
    return [
        {
            "id": number,
            "name": words(one),
            "expected_low": one["low"],
            "expected_high": one["high"],
            "measured": one["measured"],
            "kind": one["kind"],
        }
        for number, one in enumerate(data["profile"].values(), 1)
    ]


def course_profile_rows(data: Entry) -> Rows:
    """Rows of `course_profile`: those a course names, and managers for theirs."""
    ids = {key: number for number, key in enumerate(data["profile"], 1)}
    wanted = [
        (number, ids[key])
        for number, one in enumerate(data["course"], 1)
        for key in one.get("profiles", ("manager",) if one["for"] == "managers" else ())
    ]
    return [
        {"id": number, "course_id": course, "profile_id": profile}
        for number, (course, profile) in enumerate(wanted, 1)
    ]


# courses -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Session:
    """A session to place: of a course, for a wave, within the days of a line."""

    course: int
    line: str
    wave: int
    note: str


def sessions_needed(words: Words, data: Entry, departments: Sequence[Department]) -> list[Session]:
    """Sessions by course: users ÷ seats for each department, managers (one for ten users) and
    champions (one for twelve) together by wave."""
    found: list[Session] = []
    for number, course in enumerate(data["course"], 1):
        for wave in sorted({one.wave for one in departments}):
            here = [one for one in departments if one.wave == wave and one.users]
            for name, people in _audience(words, data, course, here):
                count = ceil(people / course["seats"])
                for index in range(1, count + 1):
                    mark = f" {index}/{count}" if count > 1 else ""
                    found.append(Session(number, course["line"], wave, f"{name}{mark}"))
    return found


def _audience(
    words: Words, data: Entry, course: Entry, departments: Sequence[Department]
) -> list[tuple[str, int]]:
    """Who a course is for in a wave: name and number of people of each group it is given to."""
    if course["for"] == "managers":
        people = sum(ceil(one.users / USERS_A_MANAGER) for one in departments)
        return [(", ".join(one.name for one in departments), people)]
    if course["for"] == "champions":
        people = sum(champions_of(one.users) for one in departments)
        return [(", ".join(one.name for one in departments), people)]
    profiles = {one["k"]: one["profile"] for one in data["department"]}
    usual = data["usual"]
    return [
        (one.name, one.users)
        for one in departments
        if profiles.get(one.key, usual) in course["profiles"]
    ]


def stretches(sessions: Sequence[Session]) -> dict[tuple[str, int], int]:
    """Working days that the sessions of a line need in one room, by line and wave."""
    counted: dict[tuple[str, int], int] = {}
    for one in sessions:
        counted[one.line, one.wave] = counted.get((one.line, one.wave), 0) + 1
    return {key: ceil(count / len(SLOTS)) for key, count in counted.items()}


def course_rows(
    words: Words, data: Entry, sessions: Sequence[Session], layout: Layout, dates: Dates
) -> tuple[Rows, Rows]:
    """Rows of `course`, and of `training_session`: proposed ones, spread over the days of their
    line; where there are more than two a day, in several rooms at a time."""
    courses = [
        {"id": n, "title": words(one), "minutes": one["minutes"], "aim": words(one["aim"])}
        for n, one in enumerate(data["course"], 1)
    ]
    rows: Rows = []
    for line, wave in dict.fromkeys((one.line, one.wave) for one in sessions):
        place = layout.places[layout.resolve(line, wave)]
        here = [one for one in sessions if (one.line, one.wave) == (line, wave)]
        slots = place.length * len(SLOTS)
        for index, one in enumerate(here):
            slot = index * slots // len(here) if len(here) <= slots else index % slots
            day, part = divmod(slot, len(SLOTS))
            rows.append(
                {
                    "id": len(rows) + 1,
                    "course_id": one.course,
                    "held_on": dates.working.day(place.first + day),
                    "begins": SLOTS[part],
                    "minutes": data["course"][one.course - 1]["minutes"],
                    "seats": data["course"][one.course - 1]["seats"],
                    "note": one.note,
                }
            )
    return courses, rows


# registers -----------------------------------------------------------------------------------


def role_rows(words: Words, data: Entry, departments: Sequence[Department]) -> Rows:
    """Rows of `role`: the casting, then the champions of each department; nobody named yet."""
    rows = [
        {"name": words(one), "duty": words(one["duty"]), "kind": one["kind"]}
        for one in data["role"]
    ]
    card = data["champions"]
    for one in departments:
        count = champions_of(one.users)
        if count:
            name = words(card).format(department=one.name)
            duty = words(card["duty"]).format(count=count)
            rows.append({"name": name, "duty": duty, "kind": RoleKind.CHAMPION})
    return [{"id": n, "position": n, **row} for n, row in enumerate(rows, 1)]


def risk_rows(words: Words, data: Entry) -> Rows:
    """Rows of `risk`, owned by roles under their short names: the column is narrow on paper."""
    roles = {one["k"]: words(one["short"]) for one in data["role"]}
    return [
        {
            "id": number,
            "code": f"R-{number:02d}",
            "title": words(one),
            "response": words(one["response"]),
            "probability": one["p"],
            "impact": one["i"],
            "owner": roles[one["o"]],
        }
        for number, one in enumerate(data["risk"], 1)
    ]


def budget_rows(words: Words, data: Entry) -> Rows:
    """Rows of `budget_line`: headings without amounts, which only the lead knows."""
    return [
        {"id": number, "name": words(one), "kind": one["kind"], "position": number}
        for number, one in enumerate(data["budget"], 1)
    ]


def feature_rows(words: Words, data: Entry, layout: Layout, dates: Dates) -> Rows:
    """Rows of `feature`, promised for the day of a line of the plan."""
    rows: Rows = []
    for number, one in enumerate(data["feature"], 1):
        place = layout.places[layout.resolve(one["line"], min(one.get("wave", 1), layout.waves))]
        promised: dt.date = dates.of(place)[0]
        rows.append({"id": number, "name": words(one), "promised_on": promised, "position": number})
    return rows
