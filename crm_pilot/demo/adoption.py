"""What the demonstration follows beside login days and records: features in use, points of
passage, completeness, support, objectives, absences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, load

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

CENTS = 100  # values of objectives are whole hundredths


def fill(work: Work, words: Words, people: People) -> None:
    """Write it; features, objects and sessions are there already."""
    data = load("adoption")
    places = _Places(work, people)
    _features(work, places)
    _passages(work, words, data["passage"], places)
    _completeness(work, words, data["completeness"], places)
    _support(work, words, data["support"], places)
    _objectives(work, words, data["objective"])


class _Places:
    """Ids by the keys of the samples."""

    def __init__(self, work: Work, people: People) -> None:
        self.people = people
        self.profiles = {key: n for n, key in enumerate(load("people")["profile"], 1)}
        self.objects = {key: n for n, key in enumerate(load("usage")["object"], 1)}

    def department(self, key: str) -> int | None:
        """The id of a department; None for all of them."""
        return None if key == "all" else self.people.departments[key].id


def _features(work: Work, places: _Places) -> None:
    """In which objects the use of a feature shows, and which profiles it is for."""
    for number, one in enumerate(load("committee")["features"]["rows"], 1):
        for key in one.get("objects", ()):
            work.add("feature_object", feature_id=number, object_id=places.objects[key])
        for key in one.get("profiles", ()):
            work.add("feature_profile", feature_id=number, profile_id=places.profiles[key])


def _passages(work: Work, words: Words, passages: list[dict[str, Any]], places: _Places) -> None:
    for position, one in enumerate(passages, 1):
        work.add(
            "passage",
            profile_id=places.profiles[one["profile"]],
            title=words(one),
            object_id=places.objects[one["object"]],
            target_percent=one["target"],
            closed_on=one.get("closed"),
            note=words(one["note"]),
            position=position,
        )


def _completeness(work: Work, words: Words, fields: list[dict[str, Any]], places: _Places) -> None:
    for one in fields:
        for row in one["rows"]:
            work.add(
                "completeness",
                measured_on=row["on"],
                object_id=places.objects[one["object"]],
                department_id=places.department(row["d"]),
                field=words(one),
                records=row["records"],
                filled=row["filled"],
            )


def _support(work: Work, words: Words, cases: list[dict[str, Any]], places: _Places) -> None:
    for one in cases:
        users = places.people.departments[one["d"]].users
        work.add(
            "support",
            noted_on=one["on"],
            cause=one["cause"],
            department_id=places.department(one["d"]),
            person_id=users[one["who"]].person_id if "who" in one else None,
            feature_id=one["f"],
            matter=words(one),
            answer=words(one["answer"]),
            done_on=one.get("done"),
            session_id=one.get("session"),
        )


def _objectives(work: Work, words: Words, objectives: list[dict[str, Any]]) -> None:
    for position, one in enumerate(objectives, 1):
        key = work.add(
            "objective",
            title=words(one),
            unit=words(one["unit"]),
            baseline=_hundredths(one["baseline"]),
            target=_hundredths(one["target"]),
            target_on=one["by"],
            position=position,
        )
        for day, value in one["measures"]:
            measured: dt.date = day
            work.add(
                "objective_measure",
                objective_id=key,
                measured_on=measured,
                value=_hundredths(value),
            )


def _hundredths(value: float) -> int:
    return round(value * CENTS)
