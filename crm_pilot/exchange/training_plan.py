"""Compares the sessions of a file with the project's: courses, sessions, people, presence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Changes, Problems
from crm_pilot.exchange.training_apply import ImportTraining
from crm_pilot.exchange.training_rows import Found, Session, Who
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import Presence

USUAL = 210  # minutes of a course of which nothing is known, as the screens propose


class People:
    """The project's people by every way a file may name them; new ones get −1, −2 …"""

    def __init__(self, reader: Reader) -> None:
        self.new: list[dict[str, Any]] = []
        self._by: dict[tuple[str, str], int | None] = {}  # None: several
        for key, number, email, first, last in reader.select(
            "SELECT id, external_id, email, first_name, last_name FROM person"
        ):
            self._note(key, number or "", email, first, last)

    def _note(self, key: int, number: str, email: str, first: str, last: str) -> None:
        for name in (("number", number.casefold()), ("email", email.casefold())):
            if name[1]:
                self._by.setdefault(name, key)
        full = ("name", _words(first, last))
        if full[1]:
            self._by[full] = key if self._by.get(full, key) == key else None

    def find(self, who: Who, problems: Problems, columns: Mapping[str, str]) -> int | None:
        """Id of the person; a name that nobody has makes a new one. None: noted why."""
        for name, text in (("number", who.external_id), ("email", who.email)):
            key = self._by.get((name, text.casefold())) if text else None
            if key is not None:
                return key
        full = ("name", _words(who.first_name, who.name))
        if not full[1]:
            text, column = (who.external_id, "external_id") if who.external_id else (
                who.email, "email")  # fmt: skip
            problems.warn(who.line, columns.get(column, ""), text, NOBODY)
            return None
        if full in self._by:
            key = self._by[full]
            if key is None:
                text = f"{who.first_name} {who.name}".strip()
                problems.warn(who.line, columns.get("name", ""), text, SEVERAL)
            return key
        return self._add(who)

    def _add(self, who: Who) -> int:
        key = -1 - len(self.new)
        self.new.append(
            {
                "first_name": who.first_name,
                "last_name": who.name or who.first_name,
                "email": who.email,
                "external_id": who.external_id or None,
            }
        )
        self._note(key, who.external_id, who.email, who.first_name, who.name)
        return key


NOBODY = msg("nobody in the project has this and no name is given: the row is left out")
SEVERAL = msg("several people have this name: the row is left out; give their staff numbers")


def _words(first: str, last: str) -> str:
    """A name for comparison: its words in no order, so that `DUPONT Jeanne` is Jeanne Dupont."""
    return " ".join(sorted(normal(f"{first} {last}").split()))


@dataclass
class _Comparison:
    """What is new, by the ids or places it refers to."""

    courses: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    attendances: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[int, Presence]] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0


def changes(
    found: Found,
    source: str,
    columns: Mapping[str, str],
    reader: Reader,
    problems: Problems,
    imported: dt.datetime,
) -> Changes:
    """What is new, changed and unchanged; a presence typed by hand gives way only to one that the
    file says."""
    people, seen = People(reader), _Comparison()
    courses = {
        normal(title) or title: (key, minutes)
        for key, title, minutes in reader.select("SELECT id, title, minutes FROM course")
    }
    held = {
        (course, day): key
        for key, course, day in reader.select(
            "SELECT id, course_id, held_on FROM training_session ORDER BY id DESC"
        )
    }
    for session in found.sessions.values():
        members: dict[int, Presence] = {}
        for who, presence in session.who:
            key = people.find(who, problems, columns)
            if key is None:
                seen.left_out += 1
            else:
                members[key] = _stronger(members.get(key), presence)
        if not members:
            continue
        course = _course(session, courses, seen)
        place = held.get((course, session.held_on.isoformat()))
        if place is None:
            place = -1 - len(seen.sessions)
            seen.sessions.append(_new_session(session, course, courses))
        _compare(place, members, reader, seen, told=found.told)
    if found.sessions and not (seen.attendances or seen.changed or seen.unchanged):
        problems.error(0, "", "", msg("nobody of this file is in the project: import people first"))
    return _changes(found, source, seen, people, imported)


def _course(session: Session, courses: dict[str, tuple[int, int]], seen: _Comparison) -> int:
    name = normal(session.course) or session.course
    if name not in courses:
        minutes = _usual(session.minutes) or USUAL
        courses[name] = (-1 - len(seen.courses), minutes)
        seen.courses.append({"title": session.course, "minutes": minutes})
    return courses[name][0]


def _usual(minutes: Counter[int]) -> int:
    return minutes.most_common(1)[0][0] if minutes else 0


def _new_session(
    session: Session, course: int, courses: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    planned = courses[normal(session.course) or session.course][1]
    return {
        "course_id": course,
        "held_on": session.held_on,
        "begins": session.begins,
        "minutes": _usual(session.minutes) or planned,
        "place": session.place,
        "trainer": session.trainer,
        "seats": max(10, len(session.who)),
    }


def _stronger(before: Presence | None, now: Presence) -> Presence:
    """Somebody named twice was there if one of the rows says so."""
    return before if before is Presence.PRESENT else now


def _compare(
    place: int, members: Mapping[int, Presence], reader: Reader, seen: _Comparison, *, told: bool
) -> None:
    stored = {}
    if place >= 0:
        stored = {
            person: (key, presence)
            for key, person, presence in reader.select(
                "SELECT id, person_id, presence FROM attendance WHERE session_id = ?", place
            )
        }
    for person, presence in members.items():
        if person not in stored:
            seen.attendances.append(
                {"session_id": place, "person_id": person, "presence": presence}
            )
            continue
        key, before = stored[person]
        open_still = before == Presence.INVITED
        if before != presence and presence is not Presence.INVITED and (told or open_still):
            seen.changed.append((key, presence))
        else:
            seen.unchanged += 1


def _changes(
    found: Found, source: str, seen: _Comparison, people: People, imported: dt.datetime
) -> Changes:
    counts = {
        "rows": found.rows,
        "new": len(seen.attendances),
        "changed": len(seen.changed),
        "unchanged": seen.unchanged,
        "left_out": seen.left_out,
        "courses": len(seen.courses),
        "sessions": len(seen.sessions),
        "people": len(people.new),
    }
    count = counts["new"] + counts["changed"]
    label = nmsg(
        "Import {n} attendance from {name}", "Import {n} attendances from {name}", count,
        name=source,
    )  # fmt: skip
    if not count:
        return Changes(counts, label, None)
    days = [session.held_on for session in found.sessions.values()]
    command = ImportTraining(
        label=label,
        source=source,
        imported=imported,
        rows=found.rows,
        people=tuple(people.new),
        courses=tuple(seen.courses),
        sessions=tuple(seen.sessions),
        attendances=tuple(seen.attendances),
        changed=tuple(seen.changed),
        first_day=min(days),
        last_day=max(days),
    )
    return Changes(counts, label, command)


def summary(found: Found, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        nmsg(
            "{n} session in {rows} rows",
            "{n} sessions in {rows} rows",
            len(found.sessions),
            rows=counts["rows"],
        ),
        msg(
            "{new} attendances new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    ]
    if counts["courses"]:
        lines.append(nmsg("{n} course is created", "{n} courses are created", counts["courses"]))
    if counts["sessions"]:
        lines.append(nmsg("{n} session is created", "{n} sessions are created", counts["sessions"]))
    if counts["people"]:
        lines.append(
            nmsg(
                "{n} person is not known here by number, address or name and is created",
                "{n} people are not known here by number, address or name and are created",
                counts["people"],
            )
        )
    if counts["left_out"]:
        lines.append(nmsg("{n} row is left out", "{n} rows are left out", counts["left_out"]))
    if found.organisers:
        names = ", ".join(found.organisers)
        lines.append(msg("The organiser is taken for the trainer: {names}", names=names))
    return tuple(lines)
