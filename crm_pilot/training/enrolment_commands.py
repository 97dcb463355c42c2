"""Edits of who is in a session: groups enrolled, the waiting list, sessions that make up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.training import halves as half_days
from crm_pilot.training.commands import AddSession, Enrol
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.rules import places_open

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

# Seats of a session, and how many of them are taken (one parameter: the session).
FREE_SEATS = (
    "SELECT s.seats, (SELECT COUNT(*) FROM attendance t"
    " WHERE t.session_id = s.id AND t.presence <> 'excused')"
    " FROM training_session s WHERE s.id = ?"
)
# The waiting list of a session (one parameter).
QUEUE = "SELECT id, person_id, since FROM waiting WHERE session_id = ? ORDER BY since, id"
# Of attendance t in session s, held by a day (?1): missed, and the course not attended since then.
MISSED = (
    "t.presence IN ('absent', 'excused') AND s.held_on <= ?1 AND NOT EXISTS ("
    "SELECT 1 FROM attendance t2 JOIN training_session s2 ON s2.id = t2.session_id"
    " WHERE t2.person_id = t.person_id AND t2.presence = 'present' AND s2.id <> s.id"
    " AND (s2.course_id = s.course_id AND s2.held_on >= s.held_on OR s2.makes_up_id = s.id)"
    " AND s2.held_on <= ?1)"
)
# The next session of the course they are enrolled in.
PLANNED_AGAIN = (
    "SELECT MIN(s3.held_on) FROM attendance t3 JOIN training_session s3 ON s3.id = t3.session_id"
    " WHERE t3.person_id = t.person_id AND t3.presence = 'invited' AND s3.id <> s.id"
    " AND (s3.course_id = s.course_id AND s3.held_on >= s.held_on OR s3.makes_up_id = s.id)"
)


@dataclass(frozen=True)
class EnrolGroup:
    """Enrol persons up to the seats that are free, put the others on the waiting list; the result
    is how many were enrolled. Who is enrolled or waits already stays as they are."""

    session_id: int
    seated: tuple[int, ...]
    waiting: tuple[int, ...]
    since: dt.date

    @property
    def label(self) -> Message:
        count = len(self.seated) + len(self.waiting)
        return nmsg("Enrol {n} person", "Enrol {n} persons", count)

    def apply(self, work: Work) -> int:
        enrolled, queue = _enrolled(work, self.session_id), _queue(work, self.session_id)
        asked = [p for p in dict.fromkeys(self.seated) if p not in enrolled]
        seats = _free(work, self.session_id)
        Enrol(self.session_id, tuple(asked[:seats])).apply(work)
        late = [*asked[seats:], *self.waiting]
        fresh = [p for p in dict.fromkeys(late) if p not in enrolled and p not in queue]
        _wait(work, self.session_id, (p for p in fresh if p not in asked[:seats]), self.since)
        return len(asked[:seats])


@dataclass(frozen=True)
class Wait:
    """Put persons on the waiting list of a session, at its end; the result is how many."""

    session_id: int
    person_ids: tuple[int, ...]
    since: dt.date

    @property
    def label(self) -> Message:
        return nmsg(
            "Put {n} person on the waiting list",
            "Put {n} persons on the waiting list",
            len(self.person_ids),
        )

    def apply(self, work: Work) -> int:
        known = _enrolled(work, self.session_id) | _queue(work, self.session_id).keys()
        fresh = [p for p in dict.fromkeys(self.person_ids) if p not in known]
        _wait(work, self.session_id, fresh, self.since)
        return len(fresh)


@dataclass(frozen=True)
class Promote:
    """Give free seats to who waits, first come first served; the result is the persons' ids.

    `person_ids` names who: those who can come; None is the first of the list."""

    session_id: int
    person_ids: tuple[int, ...] | None = None

    @property
    def label(self) -> Message:
        if self.person_ids is None:
            return msg("Give the free seats to who waits")
        return nmsg(
            "Give a seat to {n} person who waits",
            "Give a seat to {n} persons who wait",
            len(self.person_ids),
        )

    def apply(self, work: Work) -> tuple[int, ...]:
        queue = _queue(work, self.session_id)
        wanted = queue if self.person_ids is None else self.person_ids
        moving = tuple(p for p in queue if p in wanted)[: _free(work, self.session_id)]
        if not moving:
            raise UserError(
                N_("No seat of this session is free, or nobody waits. Nothing was changed.")
            )
        Enrol(self.session_id, moving).apply(work)
        return moving


@dataclass(frozen=True)
class AddMakeUp:
    """A session that makes another one up; the result is its id.

    Who missed that one and has not attended the course since nor is enrolled again is enrolled up
    to the seats (`person_ids`: these), the others wait. What is not given is as in that session.
    """

    session_id: int
    held_on: dt.date
    begins: str | None = None
    minutes: int | None = None
    place: str | None = None
    trainer: str | None = None
    trainer_id: int | None = None
    seats: int | None = None
    person_ids: tuple[int, ...] | None = None
    since: dt.date | None = None  # the day of the edit; the session's own when it is not given

    @property
    def label(self) -> Message:
        return msg("Add a make-up session on {date}", date=self.held_on)

    def apply(self, work: Work) -> int:
        missed = work.get("training_session", self.session_id)
        other = self.trainer is not None or self.trainer_id is not None
        key = AddSession(
            self.held_on,
            missed.course_id,
            begins=self.begins or missed.begins,
            minutes=self.minutes or missed.minutes,
            place=missed.place if self.place is None else self.place,
            trainer=self.trainer if other else missed.trainer,
            seats=missed.seats if self.seats is None else self.seats,
            trainer_id=self.trainer_id if other else missed.trainer_id,
            makes_up_id=self.session_id,
        ).apply(work)
        if self.begins is None and self.minutes is None:
            by = self.held_on - missed.held_on
            days = half_days.read(work, self.session_id)
            SetHalves(key, tuple(replace(half, day=half.day + by) for half in days)).apply(work)
        people = to_make_up(work, self.session_id, self.held_on)
        if self.person_ids is not None:
            people = self.person_ids
        EnrolGroup(key, people, (), self.since or self.held_on).apply(work)
        return key


def to_make_up(work: Work, session_id: int, day: dt.date) -> tuple[int, ...]:
    """Who missed a session, has not attended its course since, and is not enrolled again."""
    rows = work.select(
        "SELECT t.person_id FROM attendance t JOIN training_session s ON s.id = t.session_id"
        f" WHERE {MISSED} AND s.id = ?2 AND ({PLANNED_AGAIN}) IS NULL ORDER BY t.id",
        day,
        session_id,
    )
    return tuple(row[0] for row in rows)


def _free(work: Work, session_id: int) -> int:
    work.get("training_session", session_id)
    seats, taken = work.select(FREE_SEATS, session_id)[0]
    return places_open(seats, taken)


def _enrolled(work: Work, session_id: int) -> set[int]:
    rows = work.select("SELECT person_id FROM attendance WHERE session_id = ?", session_id)
    return {row[0] for row in rows}


def _queue(work: Work, session_id: int) -> dict[int, int]:
    """Who waits, first come first: the row of the waiting list by person."""
    return {person: key for key, person, _since in work.select(QUEUE, session_id)}


def _wait(work: Work, session_id: int, people: Iterable[int], since: dt.date) -> None:
    work.insert_many(
        "waiting",
        [{"session_id": session_id, "person_id": person, "since": since} for person in people],
    )
