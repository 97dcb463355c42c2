"""A large project: 2,000 tasks, 500 people, 20,000 tickets. Deterministic.

As in the demonstration the map holds ten groups and sixty of the people.
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
