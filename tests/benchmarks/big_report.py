"""A project that has everything in large numbers: 2,000 tasks, 20,000 tickets, and 1,000,000
user-day-object rows of 2,150 accounts. Deterministic."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_pilot.i18n import Message, msg
from crm_pilot.project import Project
from tests.benchmarks import big, big_use

ACCOUNTS, MONTHS = 2_150, 24
TODAY = big_use.TODAY
RISKS, DECISIONS, LINES = 60, 60, 25


@dataclass(frozen=True)
class FillAll:
    """Fill a new project: use first, then the plan, the map, the tickets and the registers."""

    @property
    def label(self) -> Message:
        return msg("Fill")

    def apply(self, work: Any) -> None:
        dice = random.Random(7)
        big_use.FillUse(ACCOUNTS, MONTHS).apply(work)
        lifted = len(big_use.GO_LIVES)  # tasks that are there already
        tasks = []
        for row in big._tasks(dice):
            parent = row["parent_id"]
            row |= {"id": row["id"] + lifted, "parent_id": parent and parent + lifted}
            tasks.append(row)
        work.insert_many("task", tasks)
        work.insert_many("stakeholder", list(big._stakeholders()))
        work.insert_many("rating", list(big._ratings(dice)))
        work.insert_many("ticket", list(big._tickets(dice)))
        self._registers(work, dice)

    def _registers(self, work: Any, dice: random.Random) -> None:
        for number in range(1, 8):
            day = TODAY - dt.timedelta(days=35 * (7 - number) - 5)
            work.add("committee", number=number, held_on=day)
        for number in range(1, RISKS + 1):
            work.add(
                "risk",
                code=f"R-{number:02d}",
                title=f"Risk {number}",
                probability=dice.randrange(1, 5),
                impact=dice.randrange(1, 5),
                owner="H. Martin",
            )
        for number in range(1, DECISIONS + 1):
            work.add(
                "decision",
                code=f"D-{number:03d}",
                wording=f"Decision {number}",
                owner="H. Martin",
                due_on=TODAY + dt.timedelta(days=dice.randrange(-90, 90)),
            )
        for number in range(1, LINES + 1):
            work.add(
                "budget_line",
                name=f"Line {number}",
                baseline_cents=dice.randrange(1_000_000, 9_000_000),
                spent_cents=dice.randrange(1_000_000, 5_000_000),
                remaining_cents=dice.randrange(0, 4_000_000),
                position=number,
            )


def build(path: Path) -> Path:
    """Write the project to `path`."""
    began = big_use.GO_LIVES[0]
    with Project.create(FillAll(), name="Large", language="en", starts_on=began) as project:
        project.save(path)
    return path
