"""Compares the sessions of a file with the project's: courses, sessions, people, presence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Changes, Problems
from crm_pilot.exchange.training_apply import ImportTraining
from crm_pilot.exchange.training_sessions import Entry, Found, Session, Span, Who, was_there
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training import halves as half_days
from crm_pilot.training.halves import HalfDay, Place
from crm_pilot.training.presence import sheet, summed
from crm_pilot.training.terms import Half, Presence

USUAL = 210  # minutes of a course of which nothing is known, as the screens propose
BEGINS = {Half.MORNING: "09:00", Half.AFTERNOON: "13:30"}  # where a file does not say


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
Members = dict[int, dict[Place, Presence]]  # what is said of a person, by half-day
NO_HALF = msg("the session of that day has no such half-day: the row is left out")
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
    changed_halves: dict[int, Mapping[Place, Presence]] = field(default_factory=dict)
    unchanged: int = 0
    left_out: int = 0


class _Known:
    """The project's courses and sessions; new ones get −1, −2 …"""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.courses: dict[str, tuple[int, int]] = {
            normal(title) or title: (key, minutes)
            for key, title, minutes in reader.select("SELECT id, title, minutes FROM course")
        }
        self._halves = half_days.halves(reader)
        self._held = {
            (course, half.day): key
            for key, course in reader.select(
                "SELECT id, course_id FROM training_session ORDER BY id DESC"
            )
            for half in self._halves[key]
        }

    def session(
        self, session: Session, people: int, seen: _Comparison
    ) -> tuple[int, tuple[HalfDay, ...]]:
        """Id or place of a session of the file, with so many people, and its half-days."""
        course, minutes = self._course(session, seen)
        place = self._held.get((course, session.held_on))
        if place is not None:
            return place, self._halves[place]
        halves = new_halves(session, minutes)
        seen.sessions.append(_new_session(session, course, halves, people))
        return -len(seen.sessions), halves

    def _course(self, session: Session, seen: _Comparison) -> tuple[int, int]:
        name = normal(session.course) or session.course
        if name not in self.courses:
            lengths = [session.minutes, *session.parts.values()]
            minutes = sum(_usual(one) for one in lengths) or USUAL
            self.courses[name] = (-1 - len(seen.courses), minutes)
            seen.courses.append({"title": session.course, "minutes": minutes})
        return self.courses[name]


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
    people, seen, known = People(reader), _Comparison(), _Known(reader)
    told: dict[int, tuple[tuple[HalfDay, ...], Members]] = {}  # days of a session come apart
    for session in found.sessions.values():
        named = []
        for entry in session.who:
            key = people.find(entry.who, problems, columns)
            if key is None:
                seen.left_out += 1
            else:
                named.append((key, entry))
        if named:
            people_named = len({key for key, _entry in named})
            place, halves = known.session(session, people_named, seen)
            members = told.setdefault(place, (halves, {}))[1]
            _add_members(members, session, named, halves, seen, problems, columns)
    for place, (halves, members) in told.items():
        _compare(place, halves, members, reader, seen, told=found.told)
    if found.sessions and not (seen.attendances or seen.changed or seen.unchanged):
        problems.error(0, "", "", msg("nobody of this file is in the project: import people first"))
    return _changes(found, source, seen, people, imported)


def _usual(minutes: Counter[int]) -> int:
    return minutes.most_common(1)[0][0] if minutes else 0


def new_halves(session: Session, planned: int) -> tuple[HalfDay, ...]:
    """The half-days of a session the project does not know: as the file names them, as the times
    of its meeting make them, or as its block of minutes does."""
    if session.halves:
        return session.halves
    if not session.parts:
        return half_days.of_block(
            session.held_on, session.begins, _usual(session.minutes) or planned
        )
    return half_days.ordered(
        HalfDay(session.held_on, part, BEGINS[part], _usual(lengths) or USUAL)
        for part, lengths in session.parts.items()
    )


def _new_session(
    session: Session, course: int, halves: tuple[HalfDay, ...], people: int
) -> dict[str, Any]:
    return {
        "course_id": course,
        "held_on": halves[0].day,
        "begins": halves[0].begins,
        "minutes": sum(half.minutes for half in halves),
        "place": session.place,
        "trainer": session.trainer,
        "seats": max(10, people),
        "halves": halves,
    }


def _add_members(
    members: Members,
    session: Session,
    named: Iterable[tuple[int, Entry]],
    halves: tuple[HalfDay, ...],
    seen: _Comparison,
    problems: Problems,
    columns: Mapping[str, str],
) -> None:
    """Add what a session of the file says of everybody, by half-day."""
    for key, entry in named:
        said = _said(session, entry, halves)
        if not said:
            problems.warn(entry.who.line, columns.get("half", ""), "", NO_HALF)
            seen.left_out += 1
            continue
        known = members.setdefault(key, {})
        for place, presence in said.items():
            known[place] = _stronger(known.get(place), presence)


def _said(session: Session, entry: Entry, halves: tuple[HalfDay, ...]) -> dict[Place, Presence]:
    """What an entry says of the half-days of its session."""
    if entry.half is not None:
        wanted = (session.held_on, entry.half)
        return {half.place: entry.presence for half in halves if half.place == wanted}
    if not entry.spans or len(halves) == 1:
        return {half.place: entry.presence for half in halves}
    times = [(min(entry.spans)[0], max(end for _begin, end in entry.spans))]
    if session.halves:
        times = [_lasted(half) for half in session.halves]
    return {
        half.place: entry.presence if was_there(entry.spans, half) else Presence.ABSENT
        for half in halves
        if was_there(times, half)  # the meeting says nothing of half-days it was not held on
    }


def _lasted(half: HalfDay) -> Span:
    begin = dt.datetime.combine(half.day, dt.time()) + dt.timedelta(minutes=half.starts_at)
    return begin, begin + dt.timedelta(minutes=half.minutes)


def _stronger(before: Presence | None, now: Presence) -> Presence:
    """Somebody named twice was there if one of the rows says so."""
    return before if before is Presence.PRESENT else now


def _compare(
    session: int,
    halves: tuple[HalfDay, ...],
    members: Members,
    reader: Reader,
    seen: _Comparison,
    *,
    told: bool,
) -> None:
    rows = sheet(reader, session).rows if session >= 0 else ()
    stored = {row.person_id: row for row in rows}
    for person, said in members.items():
        row = stored.get(person)
        if row is None:
            now = {half.place: said.get(half.place, Presence.INVITED) for half in halves}
            seen.attendances.append(
                {
                    "session_id": session,
                    "person_id": person,
                    "presence": summed(now.values()),
                    "halves": now,
                }
            )
            continue
        before = {h.place: one for h, one in zip(halves, row.presences, strict=True)}
        after = before | {
            place: presence
            for place, presence in said.items()
            if presence is not Presence.INVITED and (told or before[place] is Presence.INVITED)
        }
        if after == before:
            seen.unchanged += 1
        else:
            seen.changed.append((row.id, summed(after.values())))
            seen.changed_halves[row.id] = after


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
        changed_halves=seen.changed_halves,
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
