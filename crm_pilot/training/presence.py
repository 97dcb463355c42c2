"""Presence per half-day: the attendance sheet, typed back in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import PRESENCES, Half, Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SheetRow:
    """A trainee of a sheet; `presences` is one a half-day of it, in order; `minutes` followed."""

    id: int  # of the attendance
    person_id: int
    name: str
    department: str | None
    job: str
    presence: Presence
    presences: tuple[Presence, ...]
    minutes: int


@dataclass(frozen=True)
class Sheet:
    """The attendance of a session, by half-day."""

    session_id: int
    halves: tuple[HalfDay, ...] = ()
    rows: tuple[SheetRow, ...] = ()


def sheet(reader: Reader, session_id: int) -> Sheet:
    """Who is enrolled in a session and which of its half-days they followed, by family name."""
    return Sheet(session_id)


@dataclass(frozen=True)
class SetHalfPresence:
    """Write the presence of trainees on one half-day, by attendance id."""

    attendance_ids: tuple[int, ...]
    day: dt.date
    part: Half
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
        raise NotImplementedError


@dataclass(frozen=True)
class TypeSheet:
    """Type the sheet of one half-day back: everyone was present but these (attendance ids)."""

    session_id: int
    day: dt.date
    part: Half
    absent_ids: tuple[int, ...] = ()
    excused_ids: tuple[int, ...] = ()

    @property
    def label(self) -> Message:
        return msg("Type the attendance sheet of {date}", date=self.day)

    def apply(self, work: Work) -> int:
        raise NotImplementedError
