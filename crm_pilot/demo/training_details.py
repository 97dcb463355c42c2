"""Details of the training of the demonstration: whom and what courses are for, half-days, waiting
lists, evaluations and quizzes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.training.terms import Evaluated, Half, Presence, QuizMoment

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Rows = Sequence[dict[str, Any]]
MARKS = (1, 2, 3, 4)
QUIZ = 10  # points


def fill(work: Work, words: Words, data: dict[str, Any], came: Rows, people: People) -> None:
    """Write them; courses, sessions and attendances are there already."""
    rows = data["sessions"]["rows"]
    _courses(work, data["course"])
    _halves(work, rows, data["details"]["half"], came)
    _waiting(work, rows, came, people)
    _away(work, rows, came)
    _evaluations(work, words, data, came, people.status_date)
    _cold(work, data["details"]["cold"], came)
    _quizzes(work, data, came)


def _courses(work: Work, courses: dict[str, Any]) -> None:
    profiles = {key: number for number, key in enumerate(load("people")["profile"], 1)}
    for number, one in enumerate(courses.values(), 1):
        for feature in one.get("features", ()):
            work.add("course_feature", course_id=number, feature_id=feature)
        for key in one.get("profiles", ()):
            work.add("course_profile", course_id=number, profile_id=profiles[key])


def _present(came: Rows, session: int) -> list[dict[str, Any]]:
    return [
        row for row in came if row["session_id"] == session and row["presence"] == Presence.PRESENT
    ]


def _halves(work: Work, rows: Rows, minutes: int, came: Rows) -> None:
    """Half-days of sessions on two days, and who left after the first of two."""
    for session, one in enumerate(rows, 1):
        halves = [(dt.date.fromisoformat(d), p, b) for d, p, b in one.get("halves", ())]
        for day, part, begins in halves:
            half = {"day": day, "part": part, "begins": begins, "minutes": minutes}
            work.add("session_half", session_id=session, **half)
        if "left" not in one:
            continue
        both = halves or [(one["on"], Half.MORNING, ""), (one["on"], Half.AFTERNOON, "")]
        left = {row["id"] for row in _present(came, session)[-one["left"] :]}
        for row in _present(came, session):
            for place, (day, part, _) in enumerate(both):
                gone = place and row["id"] in left
                presence = Presence.ABSENT if gone else Presence.PRESENT
                half = {"day": day, "part": part, "presence": presence}
                work.add("half_presence", attendance_id=row["id"], **half)


def _waiting(work: Work, rows: Rows, came: Rows, people: People) -> None:
    """The last who arrived in the department wait for a seat."""
    for session, one in enumerate(rows, 1):
        enrolled = {row["person_id"] for row in came if row["session_id"] == session}
        users = reversed(people.departments[one["d"]].users)
        free = [user.person_id for user in users if user.person_id not in enrolled]
        for place, person in enumerate(free[: one.get("waiting", 0)]):
            since = people.status_date - dt.timedelta(days=3 - place)
            work.add("waiting", session_id=session, person_id=person, since=since)


def _away(work: Work, rows: Rows, came: Rows) -> None:
    """Who is enrolled and turns out to be on leave that day."""
    for session, one in enumerate(rows, 1):
        enrolled = [row["person_id"] for row in came if row["session_id"] == session]
        for person in enrolled[: one.get("away", 0)]:
            work.add("absence", person_id=person, first=one["on"], last=one["on"], part="day")


def _evaluations(
    work: Work, words: Words, data: dict[str, Any], came: Rows, until: dt.date
) -> None:
    """Forms filled in at the end of each session."""
    details = data["details"]
    remarks = {key: _remarks(words, data["comment"], key) for key in data["course"]}
    for session, one in enumerate(data["sessions"]["rows"], 1):
        if one["on"] > until or one["course"] not in details["marks"]:
            continue
        chance = dice(f"evaluations/{session}")
        last = dt.date.fromisoformat(one["halves"][-1][0]) if "halves" in one else one["on"]
        for row in _present(came, session):
            if chance.randrange(100) >= details["answers"]:
                continue
            signed = chance.randrange(100) < details["signed"]
            work.add(
                "evaluation",
                session_id=session,
                person_id=row["person_id"] if signed else None,
                kind=Evaluated.HOT,
                given_on=last,
                comment=next(remarks[one["course"]], ""),
                **_marks(chance, details["marks"][one["course"]]),
            )


def _remarks(words: Words, comments: Rows, course: str) -> Iterator[str]:
    """What was written on some forms of a course: each remark once, on one form in twelve."""
    for one in comments:
        if one["course"] == course:
            yield from [""] * 11
            yield words(one)


def _marks(chance: Random, weights: list[int]) -> dict[str, int | None]:
    aspects = ("satisfaction", "content", "trainer", "pace", "usefulness", "application")
    marks: dict[str, int | None] = {
        name: chance.choices(MARKS, weights)[0] for name in aspects[:-1]
    }
    return marks | {"application": None}  # asked later only


def _cold(work: Work, asked: Rows, came: Rows) -> None:
    """What trainees say they use of it, asked long after."""
    for one in asked:
        chance = dice(f"cold/{one['session']}")
        dates = {"cold_asked_on": one["asked"], "cold_reminded_on": one.get("reminded")}
        work.set("training_session", one["session"], **dates)
        for _ in _present(came, one["session"]):
            if chance.randrange(100) < one["answers"]:
                work.add(
                    "evaluation",
                    session_id=one["session"],
                    kind=Evaluated.COLD,
                    given_on=one["asked"] + dt.timedelta(days=chance.choice((1, 1, 2))),
                    usefulness=chance.choices(MARKS, [5, 20, 45, 30])[0],
                    application=chance.choices(MARKS, [8, 24, 42, 26])[0],
                )


def _quizzes(work: Work, data: dict[str, Any], came: Rows) -> None:
    """Points before and after, of the courses that have a quiz."""
    for session, one in enumerate(data["sessions"]["rows"], 1):
        means = data["course"][one["course"]].get("quiz")
        chance = dice(f"quiz/{session}")
        for row in _present(came, session) if means else ():
            before = min(QUIZ, max(0, round(chance.gauss(means[0], 1.6))))
            after = min(QUIZ, max(before, round(chance.gauss(means[1], 1.3))))
            for moment, points in ((QuizMoment.BEFORE, before), (QuizMoment.AFTER, after)):
                quiz = {"session_id": session, "person_id": row["person_id"], "out_of": QUIZ}
                work.add("quiz_result", **quiz, moment=moment, points=points)
