"""Courses, sessions and attendance of the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.demo import training_details
from crm_pilot.demo.people import People, User
from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.training.terms import Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def fill(work: Work, words: Words, people: People) -> None:
    """Write the courses and the sessions; nobody is trained twice, except to catch up or to help
    others."""
    data = load("training")
    courses = {key: number for number, key in enumerate(data["course"], 1)}
    work.insert_many(
        "course",
        [
            {
                "id": courses[key],
                "title": words(one),
                "minutes": one["minutes"],
                "aim": words(one["aim"]),
                "formal": one.get("formal", True),
                "valid_months": one.get("valid"),
            }
            for key, one in data["course"].items()
        ],
    )
    rows = data["sessions"]["rows"]
    work.insert_many(
        "training_session",
        [_session(words, data, one, n, courses, people) for n, one in enumerate(rows, 1)],
    )
    came = _attendances(rows, data["details"], people)
    work.insert_many("attendance", came)
    training_details.fill(work, words, data, came, people)


def _session(
    words: Words,
    data: dict[str, Any],
    one: dict[str, Any],
    number: int,
    courses: dict[str, int],
    people: People,
) -> dict[str, Any]:
    trainer = data["texts"]["integrator"] if one["by"] == "integrator" else None
    return {
        "id": number,
        "course_id": courses[one["course"]],
        "held_on": one["on"],
        "begins": one["at"],
        "minutes": _minutes(data, one),
        "place": words(data["place"][one["place"]]),
        "trainer": words(trainer) if trainer else people.full_names[one["by"]],
        "seats": one["seats"],
        "cost_cents": data["details"]["cost"]["integrator" if trainer else "own"],
        "trainer_id": None if trainer else people.team[one["by"]],
        "makes_up_id": one.get("makes_up"),
        "note": words(one["note"]) if "note" in one else "",
    }


def _minutes(data: dict[str, Any], one: dict[str, Any]) -> int:
    """How long a session lasts: as its course says, or all its half-days."""
    if "halves" in one:
        return int(data["details"]["half"]) * len(one["halves"])
    return int(one.get("minutes", data["course"][one["course"]]["minutes"]))


def _attendances(
    rows: Sequence[dict[str, Any]], details: dict[str, Any], people: People
) -> list[dict[str, Any]]:
    chance = dice("training")
    untrained = {
        key: sorted(chance.sample(here.users, len(here.users)), key=lambda user: user.newcomer)
        for key, here in people.departments.items()
    }
    found: list[dict[str, Any]] = []
    for session, one in enumerate(rows, 1):
        here, waiting = people.departments[one["d"]].users, untrained[one["d"]]
        planned = one["on"] > people.status_date
        if "again" in one:  # those of them who were trained already, or are new
            some = [user for user in here if user not in waiting] if one["again"] else _new(here)
            found += [_attendance(session, user, _came(one)) for user in some[: one["came"]]]
            continue
        came = _taken(waiting, one["came"], one.get("welcome", 0))
        if one["course"] == "catchup":
            others = here
        else:
            others = [user for user in waiting if planned or not user.newcomer]
        found += [_attendance(session, user, Presence.PRESENT) for user in came]
        for user in chance.sample(others, min(one["missed"], len(others))):
            missed = chance.choice((Presence.EXCUSED, Presence.EXCUSED, Presence.ABSENT))
            found.append(_attendance(session, user, Presence.INVITED if planned else missed))
    for row in found:
        held = rows[row["session_id"] - 1]["on"]
        row["convened_on"] = None
        if held <= details["convened_until"]:
            row["convened_on"] = _weekday(held - dt.timedelta(days=details["convened"]))
    return [{"id": number, **row} for number, row in enumerate(found, 1)]


def _came(one: dict[str, Any]) -> Presence:
    """How those of a session stand: still invited where the sheet was not typed."""
    return Presence.INVITED if one.get("sheet") == "untyped" else Presence.PRESENT


def _new(users: Sequence[User]) -> list[User]:
    return [user for user in users if user.newcomer]


def _taken(waiting: list[User], count: int, welcome: int) -> list[User]:
    """Take those who are trained next, the first `welcome` newcomers among them."""
    new = _new(waiting)[:welcome]
    taken = waiting[: count - len(new)] + new
    waiting[:] = [user for user in waiting if user not in taken]
    return taken


def _weekday(day: dt.date) -> dt.date:
    """The same day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _attendance(session: int, user: User, presence: Presence) -> dict[str, Any]:
    return {"session_id": session, "person_id": user.person_id, "presence": presence}
