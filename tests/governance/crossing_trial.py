"""A small project whose crossings are computed by hand, for tests of the figures and the views."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crm_pilot.i18n import Message, msg

TODAY = dt.date(2026, 11, 21)  # the last 90 days begin on 24 August, the 90 before on 26 May
D = dt.date.fromisoformat
NORTH_TICKETS = ["2026-06-01", "2026-08-23", *["2026-08-24"] * 2, *["2026-11-21"] * 4]  # 2, then 6
SOUTH_TICKETS = ["2026-05-25", *["2026-07-01"] * 4, "2026-10-10", "2026-11-22"]  # 4, then 1
GROUPS = (  # name, department, headcount, ratings (day, synergy, antagonism)
    ("North field", "North", 30, (("2026-08-01", 3, 2), ("2026-11-10", 2, 2))),
    ("North office", "North", 10, (("2026-08-01", 3, 1),)),
    ("South field", "South", 20, (("2026-08-01", 1, 1), ("2026-09-01", 2, 1))),
    ("Board", "Board", 3, (("2026-09-01", 3, 3),)),
    ("Partners", None, 7, (("2026-09-01", 2, 3),)),
    ("Newcomers", "South", 4, ()),
)


@dataclass(frozen=True)
class Trial:
    """Fill an empty project in one step."""

    label: Message = msg("Build the trial of crossings")

    def apply(self, work: Any) -> None:
        work.set("project", 1, status_date=TODAY)
        profile = work.add("profile", name="Sales", expected_low=3, expected_high=5)
        course = work.add("course", title="First steps")
        held = work.add("training_session", course_id=course, held_on=D("2026-10-01"))
        work.add("training_session", course_id=course, held_on=D("2026-12-01"))
        places = {}
        for name, users, trained in (("North", 20, 5), ("South", 10, 8), ("Board", 0, 0)):
            places[name] = key = work.add("department", name=name)
            for number in range(users):
                person = work.add(
                    "person",
                    first_name="Anne" if number == 0 else f"First{number}",
                    last_name=f"Secret{name}{number}",
                    department_id=key,
                )
                work.add(
                    "account",
                    external_id=f"{name}{number}",
                    person_id=person,
                    profile_id=profile,
                    opened_on=D("2026-05-01"),
                )
                if number < trained:
                    work.add("attendance", session_id=held, person_id=person, presence="present")
        self._tickets(work, places)
        self._units(work, places)

    def _tickets(self, work: Any, places: dict[str, int]) -> None:
        for name, days in (("North", NORTH_TICKETS), ("South", SOUTH_TICKETS)):
            for number, day in enumerate(days):
                asked = "secretnorth0 ANNE" if (name, number) == ("North", 0) else "Somebody Else"
                work.add(
                    "ticket",
                    number=f"{name}-{number}",
                    title=f"Ticket {number}",
                    status="new" if number else "closed",
                    opened_at=dt.datetime.fromisoformat(f"{day} 09:00:00"),
                    department_id=places[name],
                    requester=asked,
                )

    def _units(self, work: Any, places: dict[str, int]) -> None:
        keys = {}
        for name, place, headcount, ratings in GROUPS:
            keys[name] = unit = work.add(
                "stakeholder",
                name=name,
                department_id=places.get(place) if place else None,
                headcount=headcount,
            )
            for day, synergy, antagonism in ratings:
                work.add(
                    "rating",
                    stakeholder_id=unit,
                    rated_on=D(day),
                    synergy=synergy,
                    antagonism=antagonism,
                    fact=f"Seen on {day}",
                    author="Lead",
                )
        for name, cell in (("SecretNorth0", (3, 2)), ("SecretNorth9", (2, 2)), (None, (2, 2))):
            found = work.select("SELECT id FROM person WHERE last_name = ?", name or "")
            unit = work.add(
                "stakeholder",
                kind="person",
                name=f"Anne {name}" if name else "Consultant",
                code=f"P-{name[-1]}" if name else "P-C",
                person_id=found[0][0] if found else None,
            )
            work.add(
                "rating",
                stakeholder_id=unit,
                rated_on=D("2026-09-05"),
                synergy=cell[0],
                antagonism=cell[1],
                fact="Said so at the meeting",
            )
            keys[f"person {name}"] = unit
        task = work.add("task", kind="task", title="Ride along", start=D("2026-11-24"), work=120)
        work.add(
            "influence",
            task_id=task,
            stakeholder_id=keys["North field"],
            kind="field",
            ally_id=keys["North office"],
        )
        work.add(
            "lateral_project",
            title="Rounds off line",
            stakeholder_id=keys["North field"],
            concern="No network in the valley",
            noted_on=D("2026-10-02"),
        )
        work.add(
            "stakeholder_tie",
            from_id=keys["North office"],
            to_id=keys["North field"],
            kind="influences",
        )
