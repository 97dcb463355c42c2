"""Training sessions that a file plans, beside those of the project: new ones, those that moved,
and who is invited.

A session is known by its number in the project (a calendar this program wrote), else by its course
and first day. Only courses of the project count in a calendar: somebody's calendar holds much that
is nobody's business here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Changes, Problems
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import HalfDay, halves, of_block, ordered
from crm_pilot.training.terms import Half, Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

SEATS = 10
NOON = "12:30"  # a half-day that begins before it is a morning


@dataclass(frozen=True)
class Block:
    """A half-day of a session: its day, `HH:MM` local, and minutes."""

    day: dt.date
    begins: str
    minutes: int

    @property
    def part(self) -> Half:
        """Morning or afternoon."""
        return Half.MORNING if self.begins < NOON else Half.AFTERNOON


@dataclass(frozen=True)
class Guest:
    """Somebody a file invites."""

    email: str
    name: str
    presence: Presence = Presence.INVITED


@dataclass
class Planned:
    """A session as a file has it; what the file does not say is None."""

    course: str
    blocks: list[Block]
    line: int = 0
    number: int | None = None  # the session's number in this project, where the file knows it
    place: str | None = None
    trainer: str | None = None
    seats: int | None = None
    cost_cents: int | None = None
    guests: list[Guest] = field(default_factory=list)
    said: frozenset[str] = frozenset({"begins", "minutes"})  # of these, what the file tells

    @property
    def held_on(self) -> dt.date:
        """Its first day."""
        return min(block.day for block in self.blocks)

    @property
    def one_block(self) -> bool:
        """Whether its first day, begin and length say all about its half-days."""
        return len(self.blocks) == 1


@dataclass(frozen=True)
class _Course:
    id: int
    title: str
    minutes: int


def courses(reader: Reader) -> dict[str, _Course]:
    """Courses of the project by normalised title."""
    rows = reader.rows(_Course, "SELECT id, title, minutes FROM course ORDER BY id DESC")
    return {normal(row.title) or row.title: row for row in rows}


@dataclass
class _Comparison:
    courses: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    halves: list[tuple[int, tuple[Block, ...]]] = field(default_factory=list)  # of new ones
    moved: list[tuple[int, tuple[HalfDay, ...]]] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    invited: list[tuple[int, int, Presence]] = field(default_factory=list)  # session, person
    unchanged: int = 0
    unknown: Counter[str] = field(default_factory=Counter)  # guests nobody here is


def compare(
    found: Sequence[Planned],
    source: str,
    kind: str,
    rows: int,
    reader: Reader,
    problems: Problems,
    imported: dt.datetime,
) -> Changes:
    """What is new, what moved and who is invited. Courses not known are made."""
    known, seen = courses(reader), _Comparison()
    stored = _Stored(reader)
    people = _people(reader)
    for one in found:
        course = _course(one, known, seen)
        place = stored.place(one, course)
        if place is None:
            place = -1 - len(seen.sessions)
            if "minutes" not in one.said and one.one_block and course >= 0:
                usual = next(c.minutes for c in known.values() if c.id == course)
                one.blocks = [replace(one.blocks[0], minutes=usual)]
            seen.sessions.append(_new(one, course))
            stored.note(one, course, place)
            if not one.one_block:
                seen.halves.append((place, tuple(one.blocks)))
        elif place >= 0:
            _changed(one, place, stored, seen)
        _invite(one, place, people, stored, seen)
    for name, count in seen.unknown.items():
        problems.warn(0, "", name, nmsg(UNKNOWN_ONE, UNKNOWN_MANY, count))
    return _changes(seen, source, kind, rows, found, imported)


UNKNOWN_ONE = "nobody of the project has this address: not enrolled ({n} session)"
UNKNOWN_MANY = "nobody of the project has this address: not enrolled ({n} sessions)"


def _course(one: Planned, known: dict[str, _Course], seen: _Comparison) -> int:
    name = normal(one.course) or one.course
    if name not in known:
        minutes = sum(block.minutes for block in one.blocks)
        known[name] = _Course(-1 - len(seen.courses), one.course, minutes)
        seen.courses.append({"title": one.course, "minutes": minutes})
    return known[name].id


def _new(one: Planned, course: int) -> dict[str, Any]:
    first = min(one.blocks, key=lambda block: (block.day, block.begins))
    return {
        "course_id": course,
        "held_on": first.day,
        "begins": first.begins,
        "minutes": sum(block.minutes for block in one.blocks),
        "place": one.place or "",
        "trainer": one.trainer or "",
        "seats": max(one.seats or SEATS, len(one.guests)),
        "cost_cents": one.cost_cents,
    }


class _Stored:
    """The project's sessions, their half-days and trainees."""

    COLUMNS = ("held_on", "begins", "minutes", "place", "trainer", "seats", "cost_cents")

    def __init__(self, reader: Reader) -> None:
        listed = ", ".join(self.COLUMNS)
        self.values: dict[int, dict[str, Any]] = {}
        self._by_day: dict[tuple[int, str], int] = {}
        for key, course, *values in reader.select(
            f"SELECT id, course_id, {listed} FROM training_session ORDER BY id DESC"
        ):
            row = dict(zip(self.COLUMNS, values, strict=True))
            self._by_day[course, row["held_on"]] = key
            self.values[key] = row | {"held_on": dt.date.fromisoformat(row["held_on"])}
        self.halves = halves(reader)
        self.enrolled = {
            (session, person)
            for session, person in reader.select("SELECT session_id, person_id FROM attendance")
        }

    def place(self, one: Planned, course: int) -> int | None:
        """Id of the session a file means."""
        if one.number in self.values:
            return one.number
        return self._by_day.get((course, one.held_on.isoformat()))

    def note(self, one: Planned, course: int, place: int) -> None:
        """A session that is new: the file may name it again."""
        self._by_day[course, one.held_on.isoformat()] = place


def _changed(one: Planned, place: int, stored: _Stored, seen: _Comparison) -> None:
    """Note what the file says otherwise about a session."""
    before, now = stored.values[place], _new(one, 0)
    known = stored.halves.get(place, ())
    theirs = _halves(one, before, known)
    moved = theirs != known
    if moved:
        seen.moved.append((place, theirs))
    said = {n for n in ("place", "trainer", "seats", "cost_cents") if getattr(one, n) is not None}
    values = {name: now[name] for name in said if now[name] != before[name]}
    if values:
        seen.changed[place] = values
    if not (values or moved):
        seen.unchanged += 1


def _halves(
    one: Planned, before: Mapping[str, Any], known: tuple[HalfDay, ...]
) -> tuple[HalfDay, ...]:
    """The half-days a file gives a session; what it does not tell of them stays."""
    if not one.one_block:
        return ordered(HalfDay(b.day, b.part, b.begins, b.minutes) for b in one.blocks)
    block = one.blocks[0]
    if len({half.day for half in known}) > 1 and not one.said >= {"begins", "minutes"}:
        return known  # of several days: a day alone says nothing about the others
    begins = block.begins if "begins" in one.said else before["begins"]
    minutes = block.minutes if "minutes" in one.said else before["minutes"]
    return of_block(block.day, begins, minutes)


def _people(reader: Reader) -> dict[str, int | None]:
    """Persons by e-mail and by name; None where several have it."""
    found: dict[str, int | None] = {}
    for key, email, first, last in reader.select(
        "SELECT id, email, first_name, last_name FROM person"
    ):
        for name in {email.casefold(), _words(f"{first} {last}")} - {""}:
            found[name] = key if found.get(name, key) == key else None
    return found


def _words(name: str) -> str:
    return " ".join(sorted(normal(name).split()))


def _invite(
    one: Planned, place: int, people: Mapping[str, int | None], stored: _Stored, seen: _Comparison
) -> None:
    for guest in one.guests:
        person = people.get(guest.email.casefold()) or people.get(_words(guest.name))
        if person is None:
            seen.unknown[guest.email or guest.name] += 1
        elif (place, person) not in stored.enrolled:
            stored.enrolled.add((place, person))
            seen.invited.append((place, person, guest.presence))


def _changes(
    seen: _Comparison,
    source: str,
    kind: str,
    rows: int,
    found: Iterable[Planned],
    imported: dt.datetime,
) -> Changes:
    moved = {*seen.changed, *(place for place, _ in seen.moved)}
    counts = {
        "rows": rows,
        "new": len(seen.sessions),
        "changed": len(moved),
        "unchanged": seen.unchanged,
        "courses": len(seen.courses),
        "invited": len(seen.invited),
        "unknown": len(seen.unknown),
    }
    count = len(seen.sessions) + len(moved)
    label = nmsg(
        "Import {n} training session from {name}",
        "Import {n} training sessions from {name}",
        count,
        name=source,
    )
    if not (count or seen.invited):
        return Changes(counts, label, None)
    days = [block.day for one in found for block in one.blocks]
    command = ImportSessions(
        label=label,
        kind=kind,
        source=source,
        imported=imported,
        rows=rows,
        courses=tuple(seen.courses),
        sessions=tuple(seen.sessions),
        changed=tuple(seen.changed.items()),
        halves=tuple(seen.halves),
        moved=tuple(seen.moved),
        invited=tuple(seen.invited),
        first_day=min(days),
        last_day=max(days),
    )
    return Changes(counts, label, command)


def summary(counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        msg(
            "{new} sessions new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        )
    ]
    if counts["courses"]:
        lines.append(nmsg("{n} course is created", "{n} courses are created", counts["courses"]))
    if counts["invited"]:
        lines.append(nmsg("{n} person is enrolled", "{n} persons are enrolled", counts["invited"]))
    if counts.get("left_out"):
        lines.append(
            nmsg(
                "{n} event is left out: it names no course of the project",
                "{n} events are left out: they name no course of the project",
                counts["left_out"],
            )
        )
    if counts.get("cancelled"):
        lines.append(
            nmsg(
                "{n} cancelled event is left out",
                "{n} cancelled events are left out",
                counts["cancelled"],
            )
        )
    return tuple(lines)


@dataclass(frozen=True, eq=False)
class ImportSessions:
    """Add and change sessions and invite people, as one undoable step.

    References to what is new are −1 − its number in its tuple.
    """

    label: Message
    kind: str
    source: str
    imported: dt.datetime
    rows: int
    courses: tuple[Mapping[str, Any], ...]
    sessions: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[int, Mapping[str, Any]], ...]
    halves: tuple[tuple[int, tuple[Block, ...]], ...]  # of new sessions
    moved: tuple[tuple[int, tuple[HalfDay, ...]], ...]
    invited: tuple[tuple[int, int, Presence], ...]
    first_day: dt.date
    last_day: dt.date

    def apply(self, work: Work) -> None:
        self._refuse_stale(work)
        course, session = next_id(work, "course"), next_id(work, "training_session")
        for number, row in enumerate(self.courses):
            work.add("course", id=course + number, **row)
        for number, row in enumerate(self.sessions):
            own = {**row, "course_id": _id(row["course_id"], course)}
            work.add("training_session", id=session + number, **own)
        for key, values in self.changed:
            work.set("training_session", key, **values)
        for place, blocks in self.halves:
            self._add_halves(work, _id(place, session), blocks)
        for key, parts in self.moved:
            SetHalves(key, parts).apply(work)  # what was typed of them moves along
        work.insert_many(
            "attendance",
            [
                {"session_id": _id(place, session), "person_id": person, "presence": presence}
                for place, person, presence in self.invited
            ],
        )
        work.add(
            "import_batch",
            kind=self.kind,
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.sessions) + len(self.changed),
            first_day=self.first_day,
            last_day=self.last_day,
        )

    def _add_halves(self, work: Work, key: int, blocks: Sequence[Block]) -> None:
        for block in blocks:
            work.add(
                "session_half",
                session_id=key,
                day=block.day,
                part=block.part,
                begins=block.begins,
                minutes=block.minutes,
            )

    def _refuse_stale(self, work: Work) -> None:
        """What is added must still be unknown, what is referred to still there."""
        titles = {normal(row[0]) or row[0] for row in work.select("SELECT title FROM course")}
        held = {
            tuple(row) for row in work.select("SELECT course_id, held_on FROM training_session")
        }
        there = {row[0] for row in work.select("SELECT id FROM training_session")}
        people = {row[0] for row in work.select("SELECT id FROM person")}
        taken = {tuple(row) for row in work.select("SELECT session_id, person_id FROM attendance")}
        stale = (
            any((normal(row["title"]) or row["title"]) in titles for row in self.courses)
            or any((row["course_id"], row["held_on"].isoformat()) in held for row in self.sessions)
            or any(key not in there for key, _ in self.changed)
            or any(key not in there for key, _ in self.moved)
            or any(person not in people for _, person, _ in self.invited)
            or any((place, person) in taken for place, person, _ in self.invited)
        )
        if stale:
            raise UserError(STALE)


def _id(reference: int, first: int) -> int:
    return reference if reference >= 0 else first - 1 - reference
