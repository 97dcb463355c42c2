"""Edits of training that touch several rows: a new session, enrolment, presence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.training.terms import PRESENCES, Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class AddSession:
    """A new session of a course; the result is its id.

    Place, trainer and seats not given are those of the course's latest session. With no
    `course_id` a course called `course_title` is made first.
    """

    held_on: dt.date
    course_id: int | None = None
    course_title: str = ""
    begins: str | None = None
    minutes: int | None = None
    place: str | None = None
    trainer: str | None = None
    seats: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add a session on {date}", date=self.held_on)

    def apply(self, work: Work) -> int:
        course = self.course_id
        if course is None:
            if not self.course_title.strip():
                raise UserError(N_("A session teaches a course: give the course a title."))
            course = work.add("course", title=self.course_title.strip())
        return work.add(
            "training_session",
            course_id=course,
            held_on=self.held_on,
            **self._like_last(work, course),
        )

    def _like_last(self, work: Work, course: int) -> dict[str, object]:
        columns = ("begins", "minutes", "place", "trainer", "seats")
        last = work.select(
            f"SELECT {', '.join(columns)} FROM training_session WHERE course_id = ?"
            " ORDER BY held_on DESC, id DESC LIMIT 1",
            course,
        )
        values = dict(zip(columns, last[0], strict=True)) if last else {}
        if not last:
            values["minutes"] = work.get("course", course).minutes
        return values | {c: getattr(self, c) for c in columns if getattr(self, c) is not None}


@dataclass(frozen=True)
class Enrol:
    """Enrol persons in a session; who already is stays as they are. The result is how many."""

    session_id: int
    person_ids: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg("Enrol {n} person", "Enrol {n} persons", len(self.person_ids))

    def apply(self, work: Work) -> int:
        work.get("training_session", self.session_id)
        known = {
            row[0]
            for row in work.select(
                "SELECT person_id FROM attendance WHERE session_id = ?", self.session_id
            )
        }
        fresh = [person for person in dict.fromkeys(self.person_ids) if person not in known]
        work.insert_many(
            "attendance",
            [
                {"session_id": self.session_id, "person_id": p, "presence": Presence.INVITED}
                for p in fresh
            ],
        )
        return len(fresh)


@dataclass(frozen=True)
class SetPresence:
    """Write the presence of one or several trainees, by attendance id."""

    attendance_ids: tuple[int, ...]
    presence: Presence

    @property
    def label(self) -> Message:
        return nmsg(
            "Note {n} trainee as {presence}",
            "Note {n} trainees as {presence}",
            len(self.attendance_ids),
            presence=Message(PRESENCES[self.presence]),
        )

    def apply(self, work: Work) -> None:
        for key in self.attendance_ids:
            work.set("attendance", key, presence=self.presence)


@dataclass(frozen=True)
class MarkAllPresent:
    """Everyone of a session whose presence is not typed yet came. The result is how many."""

    session_id: int

    @property
    def label(self) -> Message:
        return msg("Mark everyone present")

    def apply(self, work: Work) -> int:
        waiting = work.select(
            "SELECT id FROM attendance WHERE session_id = ? AND presence = 'invited'",
            self.session_id,
        )
        for (key,) in waiting:
            work.set("attendance", key, presence=Presence.PRESENT)
        return len(waiting)
