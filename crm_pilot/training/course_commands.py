"""Edits of courses and of a session's days: what covers several rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, msg
from crm_pilot.store.commands import Value
from crm_pilot.training.halves import HalfDay

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SaveCourse:
    """Make a course (`course_id` None) or change it; None leaves features or profiles as they are.

    `values` are columns of `course`. The result is the course's id."""

    course_id: int | None
    values: Mapping[str, Value] = field(default_factory=dict)
    features: tuple[int, ...] | None = None
    profiles: tuple[int, ...] | None = None

    @property
    def label(self) -> Message:
        return msg("Add a course") if self.course_id is None else msg("Change a course")

    def apply(self, work: Work) -> int:
        raise NotImplementedError


@dataclass(frozen=True)
class SetHalves:
    """Set the half-days of a session, on one day or several."""

    session_id: int
    halves: tuple[HalfDay, ...]

    @property
    def label(self) -> Message:
        return msg("Set the half-days of a session")

    def apply(self, work: Work) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class MoveSession:
    """Hold a session from another day on: its half-days and what was typed move with it."""

    session_id: int
    held_on: dt.date

    @property
    def label(self) -> Message:
        return msg("Move a session to {date}", date=self.held_on)

    def apply(self, work: Work) -> None:
        raise NotImplementedError
