"""Edits of training that touch several rows: a new session, enrolment, presence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.training import halves as half_days
from crm_pilot.training.presence import presences, write, write_all
from crm_pilot.training.terms import PRESENCES, Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class AddSession:
    """A new session of a course; the result is its id.

    Place, trainer and seats not given are those of the course's latest session. With no
    `course_id` a course called `course_title` is made first. `trainer` is a name; `trainer_id`
    somebody of the project.
    """

    held_on: dt.date
    course_id: int | None = None
    course_title: str = ""
    begins: str | None = None
    minutes: int | None = None
    place: str | None = None
    trainer: str | None = None
    seats: int | None = None
    trainer_id: int | None = None
    cost_cents: int | None = None
    makes_up_id: int | None = None

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
            cost_cents=self.cost_cents,
            makes_up_id=self.makes_up_id,
            **self._like_last(work, course),
        )

    def _like_last(self, work: Work, course: int) -> dict[str, object]:
        columns = ("begins", "minutes", "place", "trainer", "seats", "trainer_id")
        last = work.select(
            f"SELECT {', '.join(columns)} FROM training_session WHERE course_id = ?"
            " ORDER BY held_on DESC, id DESC LIMIT 1",
            course,
        )
        values = dict(zip(columns, last[0], strict=True)) if last else {}
        if not last:
            values["minutes"] = work.get("course", course).minutes
        if self.trainer is not None or self.trainer_id is not None:
            values |= {"trainer": "", "trainer_id": None}  # another one
        return values | {c: getattr(self, c) for c in columns if getattr(self, c) is not None}


@dataclass(frozen=True)
class Enrol:
    """Enrol persons in a session, also beyond its seats; who already is stays as they are, who
    waited does so no longer. The result is how many."""

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
        for key, person in work.select(
            "SELECT id, person_id FROM waiting WHERE session_id = ?", self.session_id
        ):
            if person in fresh:
                work.remove("waiting", key)
        return len(fresh)


@dataclass(frozen=True)
class SetPresence:
    """Write the presence of trainees for every half-day of their session, by attendance id."""

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
            write_all(work, key, self.presence)


@dataclass(frozen=True)
class MarkAllPresent:
    """Everyone of a session whose presence is not typed yet came, on each half-day that is not
    typed. The result is how many."""

    session_id: int

    @property
    def label(self) -> Message:
        return msg("Mark everyone present")

    def apply(self, work: Work) -> int:
        halves = half_days.read(work, self.session_id)
        waiting = {
            key: [place for place, one in known.items() if one is Presence.INVITED]
            for key, known in presences(work, self.session_id, halves).items()
        }
        noted = {key: places for key, places in waiting.items() if places}
        for key, places in noted.items():
            write(work, key, halves, dict.fromkeys(places, Presence.PRESENT))
        return len(noted)
