"""Everybody's sessions, absences and days off, and the clashes among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from crm_pilot.people import working
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.people.terms import DayPart
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import clashes as rules
from crm_pilot.training.clashes import Away, Clash, ClashKind, FreeDay, Planned, World
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.terms import Presence

SESSIONS = ("training_session", "session_half", "course", "attendance")
WORLD = ("training_session", "session_half", "person", *working.TABLES)
TABLES = (*SESSIONS, "person", *working.TABLES)
KINDS = {
    working.DayOff.WEEKEND: ClashKind.WEEKEND,
    working.DayOff.HOLIDAY: ClashKind.HOLIDAY,
    working.DayOff.CLOSURE: ClashKind.CLOSURE,
}


@dataclass(frozen=True)
class _Session:
    id: int
    course_id: int
    course: str
    place: str
    trainer: str
    trainer_id: int | None
    seats: int


@remembered(*SESSIONS)
def planned(reader: Reader) -> tuple[Planned, ...]:
    """Every session as the rules of clashes see it."""
    days = halves(reader)
    members: dict[int, list[int]] = {}
    invited: dict[int, set[int]] = {}
    for session, person, presence in reader.select(
        "SELECT session_id, person_id, presence FROM attendance"
        f" WHERE presence IN ('{Presence.INVITED}', '{Presence.PRESENT}') ORDER BY id"
    ):
        members.setdefault(session, []).append(person)
        if presence == Presence.INVITED:
            invited.setdefault(session, set()).add(person)
    rows = reader.rows(
        _Session,
        "SELECT s.id, s.course_id, c.title, s.place, s.trainer, s.trainer_id, s.seats"
        " FROM training_session s JOIN course c ON c.id = s.course_id ORDER BY s.held_on, s.id",
    )
    return tuple(
        Planned(
            row.id,
            row.course_id,
            row.course,
            days[row.id],
            row.place,
            row.trainer,
            row.trainer_id,
            row.seats,
            tuple(members.get(row.id, ())),
            frozenset(invited.get(row.id, ())),
        )
        for row in rows
    )


@remembered(*WORLD)
def world(reader: Reader) -> World:
    """Names, absences and days off around all sessions."""
    days = {half.day for some in halves(reader).values() for half in some}
    calendars = working.working_days(reader)
    free = {day: off for day in days if (off := calendars.project.off(day)) is not None}
    return World(
        dict(reader.select(f"SELECT id, {FULL_NAME.format(table='person')} FROM person")),
        _away(reader, calendars, days),
        {day: FreeDay(KINDS[kind], name) for day, (kind, name) in free.items()},
    )


def _away(
    reader: Reader, calendars: working.WorkingDays, days: Iterable[dt.date]
) -> Mapping[int, tuple[Away, ...]]:
    """Absences, and days somebody does not work by a calendar of their own."""
    made: dict[int, list[Away]] = {}
    for person, first, last, part in reader.select(
        "SELECT person_id, first, last, part FROM absence ORDER BY person_id, first, id"
    ):
        stretch = Away(dt.date.fromisoformat(first), dt.date.fromisoformat(last), DayPart(part))
        made.setdefault(person, []).append(stretch)
    for person, calendar in reader.select(
        "SELECT id, calendar_id FROM person WHERE calendar_id IS NOT NULL"
    ):
        week = calendars.week(calendar)
        for day in sorted(days):
            if not week.works(day) and calendars.project.works(day):
                made.setdefault(person, []).append(Away(day, day))
    return {person: tuple(some) for person, some in made.items()}


@remembered(*TABLES)
def clashes(reader: Reader) -> Mapping[int, tuple[Clash, ...]]:
    """What is wrong with every session, by its id; a session without a clash is left out."""
    return rules.clashes(planned(reader), world(reader))


def printable(reader: Reader, session_id: int) -> tuple[Clash, ...]:
    """What would make the sign-in sheet of a session worthless; nothing: print it."""
    session = next((one for one in planned(reader) if one.id == session_id), None)
    return rules.printable(session, clashes(reader).get(session_id, ())) if session else ()


@dataclass(frozen=True)
class Busy:
    """What somebody does at a time: a session they are in, or teach."""

    session_id: int
    course_id: int
    course: str
    halves: tuple[HalfDay, ...]
    teaches: bool
    invited: bool


@remembered(*SESSIONS)
def busy(reader: Reader) -> Mapping[int, tuple[Busy, ...]]:
    """The sessions of everybody, taught or attended, by person."""
    made: dict[int, list[Busy]] = {}
    for one in planned(reader):
        for person in one.members:
            row = Busy(one.id, one.course_id, one.course, one.halves, False, person in one.invited)
            made.setdefault(person, []).append(row)
        if one.trainer_id is not None:
            row = Busy(one.id, one.course_id, one.course, one.halves, True, False)
            made.setdefault(one.trainer_id, []).append(row)
    return {person: tuple(some) for person, some in made.items()}
