"""A large project: 2,000 tasks, 500 people, 20,000 tickets. Deterministic.

As in the demonstration the map holds ten groups and sixty of the people. `build_map` writes a large
map instead: 500 units with 20 ratings each.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_pilot.i18n import Message, msg
from crm_pilot.project import Project

TASKS, PEOPLE, TICKETS = 2_000, 500, 20_000
MAPPED = 60
UNITS, GROUPS, RATED = 500, 40, 20
START = dt.date(2026, 1, 5)


@dataclass(frozen=True)
class Fill:
    """Fill a new project with many rows."""

    @property
    def label(self) -> Message:
        return msg("Fill")

    def apply(self, work: Any) -> None:
        dice = random.Random(1)
        work.insert_many("department", [{"name": f"Department {n}"} for n in range(1, 11)])
        work.insert_many(
            "person",
            [
                {"last_name": f"Person {n}", "first_name": "A.", "department_id": n % 10 + 1}
                for n in range(1, PEOPLE + 1)
            ],
        )
        work.insert_many("stakeholder", list(_stakeholders()))
        work.insert_many("rating", list(_ratings(dice)))
        work.insert_many("task", list(_tasks(dice)))
        work.insert_many("ticket", list(_tickets(dice)))


def _stakeholders() -> Any:
    for number in range(1, 11):
        headcount = 10 + 5 * number
        yield {"kind": "group", "name": f"Group {number}", "code": "", "headcount": headcount}
    for number in range(1, MAPPED + 1):
        yield {"kind": "person", "name": f"P {number}", "code": f"P-{number}", "headcount": 1}


def _ratings(dice: random.Random) -> Any:
    for key in range(1, MAPPED + 11):
        for month in (2, 5, 8):
            yield {
                "stakeholder_id": key,
                "rated_on": dt.date(2026, month, 3),
                "synergy": dice.randrange(1, 5),
                "antagonism": dice.randrange(1, 5),
                "fact": "Came to the workshop.",
            }


def _tasks(dice: random.Random) -> Any:
    pillars = ("deployment", "adoption", "feedback")
    for number in range(1, TASKS + 1):
        phase = number % 20 == 1
        start = START + dt.timedelta(days=dice.randrange(400))
        length = dt.timedelta(days=dice.randrange(1, 20))
        yield {
            "id": number,
            "parent_id": None if phase else number - (number - 1) % 20,
            "position": number,
            "kind": "phase" if phase else "task",
            "pillar": pillars[number // 20 % 3],
            "title": f"Task {number}",
            "start": None if phase else start,
            "finish": None if phase else start + length,
            "percent": dice.randrange(101),
            "owner_id": dice.randrange(1, PEOPLE + 1),
        }


def _tickets(dice: random.Random) -> Any:
    statuses = ("new", "in_progress", "waiting", "resolved", "closed", "closed", "closed")
    for number in range(1, TICKETS + 1):
        opened = dt.datetime(2026, 1, 5, 9) + dt.timedelta(minutes=number * 20)
        status = dice.choice(statuses)
        done = opened + dt.timedelta(hours=dice.randrange(1, 600))
        ended = status in ("resolved", "closed")
        yield {
            "number": f"INC{number:07d}",
            "title": f"Ticket {number}",
            "kind": dice.choice(("corrective", "evolutive", "question", "unsorted")),
            "status": status,
            "impact": dice.randrange(1, 4),
            "urgency": dice.randrange(1, 4),
            "opened_at": opened,
            "resolved_at": done if ended else None,
            "closed_at": done if status == "closed" else None,
            "department_id": dice.randrange(1, 11),
            "description": "What happened, and what was seen on the screen. " * 4,
        }


def build(path: Path) -> Path:
    """Write the large project to `path`."""
    with Project.create(Fill(), name="Large", language="en", starts_on=START) as project:
        project.save(path)
    return path


@dataclass(frozen=True)
class FillMap:
    """Fill a new project with a large map: 40 groups, 460 persons, 20 ratings of each, every
    fortnight on days that differ from unit to unit, and a tie for every second unit."""

    @property
    def label(self) -> Message:
        return msg("Fill the map")

    def apply(self, work: Any) -> None:
        dice = random.Random(2)
        work.insert_many("wave", [{"name": f"Wave {n}", "position": n} for n in (1, 2, 3)])
        places = [{"name": f"Department {n}", "wave_id": n % 3 + 1} for n in range(1, 13)]
        work.insert_many("department", places)
        work.insert_many("profile", [{"name": f"Profile {n}"} for n in range(1, 6)])
        people = [{"last_name": f"Person {n}", "first_name": "A."} for n in range(1, UNITS + 1)]
        work.insert_many("person", people)
        work.insert_many("stakeholder", [_unit(key, dice) for key in range(1, UNITS + 1)])
        rows = [_rated(key, turn, dice) for key in range(1, UNITS + 1) for turn in range(RATED)]
        work.insert_many("rating", rows)
        pairs = [(key, dice.randrange(1, UNITS, 2)) for key in range(2, UNITS + 1, 2)]
        ties = [{"from_id": one, "to_id": other, "kind": "influences"} for one, other in pairs]
        work.insert_many("stakeholder_tie", ties)


def _unit(key: int, dice: random.Random) -> dict[str, Any]:
    group = key <= GROUPS
    return {
        "id": key,
        "kind": "group" if group else "person",
        "name": f"Group {key}" if group else f"A. Person {key}",
        "code": "" if group else f"P-{key:03d}",
        "person_id": None if group else key,
        "department_id": dice.randrange(1, 13),
        "profile_id": dice.randrange(1, 6),
        "owner_id": dice.randrange(1, 20),
        "headcount": dice.randrange(3, 80) if group else 1,
        "influence": dice.randrange(1, 4),
    }


def _rated(key: int, turn: int, dice: random.Random) -> dict[str, Any]:
    day = START + dt.timedelta(days=turn * 14 + key % 10)
    return {
        "stakeholder_id": key,
        "rated_on": day,
        "synergy": dice.choice((1, 2, 2, 2, 3, 3, 4)),
        "antagonism": dice.choice((1, 1, 2, 2, 2, 3, 4)),
        "fact": f"Came to workshop {turn} and tried two screens.",
        "author": "The lead",
    }


def build_map(path: Path) -> Path:
    """Write a project with a large map to `path`."""
    with Project.create(FillMap(), name="Map", language="en", starts_on=START) as project:
        project.save(path)
    return path
