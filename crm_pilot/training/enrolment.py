"""Who may be enrolled in a session, who waits for a seat, and who has to make a session up.

`enrolment_commands.py` writes what is proposed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from crm_pilot.i18n import Message, msg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import agenda, clashes
from crm_pilot.training import users as training_users
from crm_pilot.training.clashes import Planned, World
from crm_pilot.training.enrolment_commands import (
    FREE_SEATS,
    MISSED,
    PLANNED_AGAIN,
    QUEUE,
    AddMakeUp,
    EnrolGroup,
    Promote,
    Wait,
)
from crm_pilot.training.rules import places_open
from crm_pilot.training.users import TRAINED_TABLES, USER_TABLES, User

__all__ = [
    "AddMakeUp",
    "EnrolGroup",
    "Group",
    "MissedRow",
    "Promote",
    "Proposal",
    "Proposed",
    "Wait",
    "WaitingRow",
    "free_seats",
    "missed",
    "promotable",
    "propose",
    "waiting",
]
AGENDA = (*agenda.TABLES, "waiting")


@dataclass(frozen=True)
class Group:
    """Whom to enrol: users of these departments and of these profiles, or these persons.

    Departments and profiles narrow each other; without any of the three it is every user. Who
    attended the course already is left out, unless they are named or it is for `everyone`."""

    departments: tuple[int, ...] = ()
    profiles: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    everyone: bool = False


@dataclass(frozen=True)
class Proposed:
    """A person somebody proposes to enrol; `reason` says why they are left out."""

    person_id: int
    name: str
    department: str | None
    reason: Message | None = None


@dataclass(frozen=True)
class Proposal:
    """What enrolling a group does: who gets a seat, who waits, who is left out and why."""

    session_id: int
    seated: tuple[Proposed, ...] = ()
    waiting: tuple[Proposed, ...] = ()
    excluded: tuple[Proposed, ...] = ()


@dataclass(frozen=True)
class WaitingRow:
    """Somebody who waits for a seat; `number` counts from 1 in the order they came, `reason` says
    why they cannot come at that time."""

    id: int
    session_id: int
    person_id: int
    name: str
    department: str | None
    since: dt.date
    number: int
    reason: Message | None = None


@dataclass(frozen=True)
class MissedRow:
    """Somebody who missed a session and has not attended its course since; `planned_on` is the
    session of the course they are enrolled in now."""

    attendance_id: int
    session_id: int
    course_id: int
    course: str
    held_on: dt.date
    person_id: int
    name: str
    department: str | None
    excused: bool
    planned_on: dt.date | None


def free_seats(reader: Reader, session_id: int) -> int:
    """Seats − enrolled (the excused left out), at least 0."""
    row = reader.one(FREE_SEATS, session_id)
    return places_open(*row) if row else 0


@remembered(*{*AGENDA, *TRAINED_TABLES, *USER_TABLES, "course_profile"})
def propose(reader: Reader, session_id: int, group: Group, today: dt.date) -> Proposal:
    """Untrained first, up to the free seats; the rest wait, clashes are left out with a reason."""
    session = _session(reader, session_id)
    if session is None:
        return Proposal(session_id)
    left = _Reasons(reader, session, group, today)
    known = _known(reader, session_id)
    trained = training_users.trained(reader, today)
    fitting: list[Proposed] = []
    excluded: list[Proposed] = []
    for one in sorted(_people(reader, group, today), key=lambda p: p.person_id in trained):
        if one.person_id in known:
            continue
        reason = left.out(one.person_id)
        if reason is None:
            fitting.append(one)
        else:
            excluded.append(Proposed(one.person_id, one.name, one.department, reason))
    queued = len(waiting(reader, session_id))  # whoever waits already comes first
    seats = max(free_seats(reader, session_id) - queued, 0)
    return Proposal(session_id, tuple(fitting[:seats]), tuple(fitting[seats:]), tuple(excluded))


class _Reasons:
    """Why a person is not enrolled in a session."""

    def __init__(self, reader: Reader, session: Planned, group: Group, today: dt.date) -> None:
        self._session, self._group = session, group
        self._busy, self._world = agenda.busy(reader), agenda.world(reader)
        self._trained = training_users.trained(reader, today)
        self._users = {user.id: user for user in training_users.users(reader, today)}
        self._profiles = training_users.course_profiles(reader).get(session.course_id)

    def out(self, person: int) -> Message | None:
        """The reason, or None when they fit."""
        chosen = self._group.everyone or person in self._group.persons
        return (None if chosen else self._needless(person)) or self.clash(person)

    def clash(self, person: int) -> Message | None:
        """Why somebody cannot come at the time."""
        session = self._session
        if person == session.trainer_id:
            return msg("{person} teaches this session.", person=self._world.names[person])
        for one in self._busy.get(person, ()):
            if one.course_id == session.course_id and one.invited and one.session_id != session.id:
                return msg(
                    "{person} is enrolled in “{course}” on {date} already.",
                    person=self._world.names[person],
                    course=one.course,
                    date=one.halves[0].day,
                )
        return _not_free(person, session, self._world, self._busy.get(person, ()))

    def _needless(self, person: int) -> Message | None:
        """Why the course is not for somebody: attended already, or meant for others."""
        user = self._users.get(person)
        name = self._world.names[person]
        if self._session.course_id in self._trained.get(person, ()):
            return msg("{person} attended this course already.", person=name)
        if user is not None and not training_users.meant_for(user, self._profiles):
            return msg("The course is not meant for the profile of {person}.", person=name)
        return None


def _not_free(
    person: int, session: Planned, world: World, busy: Iterable[agenda.Busy]
) -> Message | None:
    """Why somebody is not free at the time of a session: away, or in another one."""
    name = world.names[person]
    away = clashes.first_away(world.away.get(person, ()), session.halves)
    if away is not None:
        return clashes.away_on(name, away)
    for one in busy:
        half = clashes.shared(session.halves, one.halves)
        if half is not None and one.session_id != session.id:
            say = clashes.teaches_on if one.teaches else clashes.booked_on
            return say(name, one.course, half)
    return None


def _session(reader: Reader, session_id: int) -> Planned | None:
    return next((one for one in agenda.planned(reader) if one.id == session_id), None)


def _known(reader: Reader, session_id: int) -> frozenset[int]:
    """Who is enrolled in a session or waits for it."""
    rows = reader.select(
        "SELECT person_id FROM attendance WHERE session_id = ?1"
        " UNION SELECT person_id FROM waiting WHERE session_id = ?1",
        session_id,
    )
    return frozenset(row[0] for row in rows)


def _people(reader: Reader, group: Group, today: dt.date) -> list[Proposed]:
    """Whom a group is about: the persons as they were named, or users by family name."""
    if group.persons:
        found = _persons(reader)
        return [found[key] for key in dict.fromkeys(group.persons) if key in found]
    users = training_users.users(reader, today)
    return [Proposed(u.id, u.name, u.department) for u in users if _in_group(u, group)]


def _in_group(user: User, group: Group) -> bool:
    inside = not group.departments or user.department_id in group.departments
    return inside and (not group.profiles or bool(user.profiles & frozenset(group.profiles)))


@remembered("person", "department")
def _persons(reader: Reader) -> Mapping[int, Proposed]:
    rows = reader.rows(
        Proposed,
        f"SELECT p.id, {FULL_NAME.format(table='p')}, d.name, NULL FROM person p"
        " LEFT JOIN department d ON d.id = p.department_id",
    )
    return {row.person_id: row for row in rows}


@remembered(*AGENDA, "department")
def waiting(reader: Reader, session_id: int) -> tuple[WaitingRow, ...]:
    """The waiting list of a session, first come first."""
    session = _session(reader, session_id)
    busy, world = agenda.busy(reader), agenda.world(reader)
    people = _persons(reader)
    made = []
    for number, (key, person, since) in enumerate(reader.select(QUEUE, session_id), 1):
        known = people[person]
        made.append(
            WaitingRow(
                key,
                session_id,
                person,
                known.name,
                known.department,
                dt.date.fromisoformat(since),
                number,
                _not_free(person, session, world, busy.get(person, ())) if session else None,
            )
        )
    return tuple(made)


def promotable(reader: Reader, session_id: int) -> tuple[WaitingRow, ...]:
    """Who moves up now: the first of the waiting list who can come, one a free seat."""
    able = tuple(row for row in waiting(reader, session_id) if row.reason is None)
    return able[: free_seats(reader, session_id)]


@remembered("attendance", "training_session", "course", "person", "department")
def missed(reader: Reader, today: dt.date, session_id: int | None = None) -> tuple[MissedRow, ...]:
    """Who was absent or excused and has not attended the course since, latest session first."""
    return tuple(
        reader.rows(
            MissedRow,
            f"SELECT t.id, s.id, c.id, c.title, s.held_on, p.id, {FULL_NAME.format(table='p')},"
            f" d.name, t.presence = 'excused', ({PLANNED_AGAIN})"
            " FROM attendance t JOIN training_session s ON s.id = t.session_id"
            " JOIN course c ON c.id = s.course_id JOIN person p ON p.id = t.person_id"
            f" LEFT JOIN department d ON d.id = p.department_id WHERE {MISSED}"
            " AND (?2 IS NULL OR s.id = ?2) ORDER BY s.held_on DESC, s.id DESC,"
            " p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
            today,
            session_id,
        )
    )
