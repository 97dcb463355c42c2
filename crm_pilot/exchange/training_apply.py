"""The command that applies a checked list of trainings as one undoable step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.i18n import Message
from crm_pilot.records import dataclass
from crm_pilot.training.halves import HalfDay, Place, of_block
from crm_pilot.training.presence import restore
from crm_pilot.training.terms import Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True, eq=False)
class ImportTraining:
    """Add people, courses, sessions and attendances, and note presences.

    References to what is new are −1 − its number in its tuple. `halves` of a session are its
    half-days, of an attendance the presence on each.
    """

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    people: tuple[Mapping[str, Any], ...]
    courses: tuple[Mapping[str, Any], ...]
    sessions: tuple[Mapping[str, Any], ...]
    attendances: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[int, Presence], ...]
    first_day: dt.date
    last_day: dt.date
    changed_halves: Mapping[int, Mapping[Place, Presence]]  # by attendance

    def apply(self, work: Work) -> None:
        self._refuse_stale(work)
        person, course = next_id(work, "person"), next_id(work, "course")
        session = next_id(work, "training_session")
        work.insert_many("person", _numbered(self.people, person))
        work.insert_many("course", _numbered(self.courses, course))
        self._add_sessions(work, session, course)
        self._add_attendances(work, session, person)
        for key, halves in self.changed_halves.items():
            restore(work, key, halves)
        work.add(
            "import_batch",
            kind="training",
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.attendances) + len(self.changed),
            first_day=self.first_day,
            last_day=self.last_day,
        )

    def _add_sessions(self, work: Work, first: int, course: int) -> None:
        rows = [{**row, "course_id": _id(row["course_id"], course)} for row in self.sessions]
        work.insert_many("training_session", _numbered(_without_halves(rows), first))
        days = [one for key, row in enumerate(rows, first) for one in _session_halves(row, key)]
        work.insert_many("session_half", days)

    def _add_attendances(self, work: Work, session: int, person: int) -> None:
        first = next_id(work, "attendance")
        rows = [
            {
                **row,
                "session_id": _id(row["session_id"], session),
                "person_id": _id(row["person_id"], person),
            }
            for row in self.attendances
        ]
        work.insert_many("attendance", _numbered(_without_halves(rows), first))
        work.insert_many(
            "half_presence",
            [
                {"attendance_id": key, "day": day, "part": part, "presence": one}
                for key, row in enumerate(rows, first)
                if len(set(row["halves"].values())) > 1  # the attendance says it all otherwise
                for (day, part), one in row["halves"].items()
            ],
        )

    def _refuse_stale(self, work: Work) -> None:
        """What is added must still be unknown, what is referred to still there."""
        titles = {row[0].casefold() for row in work.select("SELECT title FROM course")}
        numbers = {row[0] for row in work.select("SELECT external_id FROM person")}
        people = {row[0] for row in work.select("SELECT id FROM person")}
        taken = {tuple(row) for row in work.select("SELECT session_id, person_id FROM attendance")}
        sessions = {
            (course, day)
            for course, day in work.select("SELECT course_id, held_on FROM training_session")
        }
        stale = (
            any(row["title"].casefold() in titles for row in self.courses)
            or any(row["external_id"] in numbers - {None} for row in self.people)
            or any((row["session_id"], row["person_id"]) in taken for row in self.attendances)
            or any(row["person_id"] not in people for row in self.attendances
                   if row["person_id"] >= 0)
            or any((row["course_id"], row["held_on"].isoformat()) in sessions
                   for row in self.sessions)
        )  # fmt: skip
        if stale:
            raise UserError(STALE)


def _id(reference: int, first: int) -> int:
    return reference if reference >= 0 else first - 1 - reference


def _without_halves(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "halves"} for row in rows]


def _session_halves(row: Mapping[str, Any], key: int) -> list[dict[str, Any]]:
    """The rows of half-days of a new session, none where its block says the same."""
    halves: tuple[HalfDay, ...] = row["halves"]
    if halves == of_block(row["held_on"], row["begins"], row["minutes"]):
        return []
    return [
        {
            "session_id": key,
            "day": half.day,
            "part": half.part,
            "begins": half.begins,
            "minutes": half.minutes,
        }
        for half in halves
    ]


def _numbered(rows: Any, first: int) -> list[dict[str, Any]]:
    return [{"id": first + number, **row} for number, row in enumerate(rows)]
