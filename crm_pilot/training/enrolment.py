"""Who is enrolled in a session, who waits, who moves up, and who has to make it up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, nmsg
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class Group:
    """Whom to enrol: everybody of these departments and of these profiles, or these persons.

    Departments and profiles narrow each other; `everyone` takes the trained ones too."""

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
    """Somebody who waits for a seat; `number` counts from 1 in the order they came."""

    id: int
    session_id: int
    person_id: int
    name: str
    department: str | None
    since: dt.date
    number: int


@dataclass(frozen=True)
class MissedRow:
    """Somebody who missed a session and has not attended its course since."""

    attendance_id: int
    session_id: int
    course_id: int
    course: str
    held_on: dt.date
    person_id: int
    name: str
    department: str | None
    excused: bool


def propose(reader: Reader, session_id: int, group: Group, today: dt.date) -> Proposal:
    """Untrained first, up to the free seats; the rest wait, clashes are left out with a reason."""
    return Proposal(session_id)


def waiting(reader: Reader, session_id: int) -> tuple[WaitingRow, ...]:
    """The waiting list of a session, first come first."""
    return ()


def promotable(reader: Reader, session_id: int) -> tuple[WaitingRow, ...]:
    """Who moves up now: the first of the waiting list, as many as there are free seats."""
    return ()


def missed(reader: Reader, today: dt.date) -> tuple[MissedRow, ...]:
    """Who was absent or excused and has not attended the course since, latest session first."""
    return ()


@dataclass(frozen=True)
class EnrolGroup:
    """Enrol persons and put others on the waiting list, as one step."""

    session_id: int
    seated: tuple[int, ...]
    waiting: tuple[int, ...]
    since: dt.date

    @property
    def label(self) -> Message:
        count = len(self.seated) + len(self.waiting)
        return nmsg("Enrol {n} person", "Enrol {n} persons", count)

    def apply(self, work: Work) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Promote:
    """Give free seats to the first of the waiting list; the result is the persons' ids."""

    session_id: int

    @property
    def label(self) -> Message:
        raise NotImplementedError

    def apply(self, work: Work) -> tuple[int, ...]:
        raise NotImplementedError


@dataclass(frozen=True)
class AddMakeUp:
    """A session that makes another one up, its missing trainees enrolled; the result is its id."""

    session_id: int
    held_on: dt.date
    begins: str | None = None
    minutes: int | None = None
    place: str | None = None
    trainer: str | None = None
    trainer_id: int | None = None
    seats: int | None = None

    @property
    def label(self) -> Message:
        raise NotImplementedError

    def apply(self, work: Work) -> int:
        raise NotImplementedError
