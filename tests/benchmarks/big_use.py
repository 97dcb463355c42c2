"""A project with much use: 5,000 accounts over 24 months, about 2,400,000 user-day-object rows.

Sixty departments in four waves, six profiles, eight objects, a batch of logins and one of actions
a month. Some people work part-time by a calendar of their own, some are away. Deterministic.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.people.calendar import is_working_day
from crm_pilot.project import Project

ACCOUNTS, DEPARTMENTS, WAVES, MONTHS = 5_000, 60, 4, 24
OBJECTS = ("account", "contact", "lead", "task", "opportunity", "quote", "case", "dashboard")
PROFILES = (
    ("Telesales", "connected", 5, 5),
    ("Field sales", "field", 3, 5),
    ("Key accounts", "field", 3, 4),
    ("Managers", "manager", 2, 4),
    ("Assistants", "assistant", 4, 5),
    ("Service", "connected", 4, 5),
)
FIRST, TODAY = 202412, dt.date(2026, 11, 21)
GO_LIVES = (dt.date(2024, 12, 2), dt.date(2025, 3, 3), dt.date(2025, 9, 1), dt.date(2026, 9, 7))
PART_TIME = {"2": []}  # no Wednesdays


@dataclass(frozen=True)
class FillUse:
    """Fill a new project with people, accounts and what they did."""

    accounts: int = ACCOUNTS
    months: int = MONTHS
    departments: int = DEPARTMENTS

    @property
    def label(self) -> Message:
        return msg("Fill")

    def apply(self, work: Any) -> None:
        dice = random.Random(6)
        self._frame(work)
        self._people(work, dice)
        ids = facts.object_ids(work, OBJECTS)
        for number in range(self.months):
            month = facts.after(FIRST, number)
            self._month(work, month, 2 * number + 1, list(ids.values()), dice)

    def _frame(self, work: Any) -> None:
        for number, day in enumerate(GO_LIVES, 1):
            row = {"title": f"Go-live {number}", "kind": "milestone", "start": day, "finish": day}
            work.add("task", id=number, position=number, **row)
            name = f"Wave {number}"
            work.add("wave", name=name, position=number, milestone_id=number, pilot=number == 1)
        work.insert_many(
            "department",
            [
                {"name": f"Department {n}", "short": f"D{n}", "wave_id": _wave(n)}
                for n in range(1, self.departments + 1)
            ],
        )
        names = ("name", "kind", "expected_low", "expected_high")
        work.insert_many("profile", [dict(zip(names, row, strict=True)) for row in PROFILES])
        week = json.dumps(PART_TIME)
        work.add("calendar", id=1, name="Part-time", country="FR", week=week)

    def _people(self, work: Any, dice: random.Random) -> None:
        every = range(1, self.accounts + 1)
        work.insert_many(
            "person",
            [
                {
                    "last_name": f"Person {n}",
                    "first_name": "A.",
                    "department_id": n % self.departments + 1,
                    "calendar_id": 1 if n % 12 == 0 else None,
                }
                for n in every
            ],
        )
        work.insert_many("account", [self._account(n) for n in every])
        away = []
        for n in range(1, self.accounts + 1, 2):
            first = TODAY - dt.timedelta(days=dice.randrange(700))
            last = first + dt.timedelta(days=dice.randrange(14))
            part = "day" if n % 5 else "morning"
            away.append({"person_id": n, "first": first, "last": last, "part": part})
        work.insert_many("absence", away)

    def _account(self, n: int) -> dict[str, Any]:
        go_live = GO_LIVES[_wave(n % self.departments + 1) - 1]
        late = dt.timedelta(days=0 if n % 10 else n % 200)
        return {
            "external_id": f"U{n:05d}",
            "person_id": n,
            "profile_id": n % len(PROFILES) + 1,
            "opened_on": go_live + late,
            "closed_on": dt.date(2026, 10, 15) if n % 97 == 0 else None,
        }

    def _month(
        self, work: Any, month: int, batch: int, things: list[int], dice: random.Random
    ) -> None:
        first, last = facts.first_of(month), min(facts.last_of(month), TODAY)
        span = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        days = [day for day in span if is_working_day(day, "FR")]
        logins, actions = [], []
        for n in range(1, self.accounts + 1):
            opened = GO_LIVES[_wave(n % self.departments + 1) - 1]
            if n % 50 == 0 or last < opened:
                continue  # never logged in, or not open yet
            for day in days:
                if day >= opened and dice.random() < 0.72 - n % 7 / 20:
                    logins.append((n, month, 1 << day.day - 1))
                    if n % 9:
                        number = facts.day_number(day)
                        some = 2 + (n + number) % 3
                        for k in range(some):
                            thing = things[(n + 3 * k) % len(things)]
                            actions.append((number, n, thing, number % 3, n % 4))
        for key, kind in ((batch, "logins"), (batch + 1, "actions")):
            values = {"imported_at": dt.datetime(2026, 11, 20, 8), "source": f"{month}.csv"}
            work.add("import_batch", id=key, kind=kind, first_day=first, last_day=last, **values)
        facts.write_logins(work, batch, logins)
        facts.write_actions(work, batch + 1, actions)


def _wave(department: int) -> int:
    return (department - 1) % WAVES + 1


def build_use(path: Path, accounts: int = ACCOUNTS, months: int = MONTHS) -> Path:
    """Write the project with much use to `path`."""
    fill = FillUse(accounts, months)
    with Project.create(fill, name="Use", language="en", starts_on=GO_LIVES[0]) as project:
        project.save(path)
    return path
