"""Saving the dialog of a session: the session, its half-days, and who was enrolled with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.enrolment_commands import EnrolGroup
from crm_pilot.training.halves import HalfDay, ordered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SaveSession:
    """Add a session (`session_id` None) or change it; the result is its id.

    With no `course_id` a course called `course_title` is made first. `values` are other columns of
    the session; `persons` are enrolled with it up to its seats, the others wait since `since`.
    """

    halves: tuple[HalfDay, ...]
    course_id: int | None = None
    course_title: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    persons: tuple[int, ...] = ()
    session_id: int | None = None
    since: dt.date | None = None  # the day of the edit; the session's own when it is not given

    @property
    def label(self) -> Message:
        date = self.halves[0].day if self.halves else None
        if self.session_id is None:
            return msg("Add a session on {date}", date=date)
        return msg("Change the session of {date}", date=date)

    def apply(self, work: Work) -> int:
        if not self.halves:
            raise UserError(N_("A session has one half-day at least. Nothing was changed."))
        values = {**self.values, "course_id": self._course(work)}
        key = self.session_id
        if key is None:
            key = work.add("training_session", **values, held_on=ordered(self.halves)[0].day)
        else:
            work.set("training_session", key, **values)
        SetHalves(key, self.halves).apply(work)  # the session's own date and length follow
        if self.persons:
            EnrolGroup(key, self.persons, (), self.since or self.halves[0].day).apply(work)
        return key

    def _course(self, work: Work) -> int:
        if self.course_id is not None:
            return self.course_id
        if not self.course_title.strip():
            raise UserError(N_("A session teaches a course: give the course a title."))
        return work.add("course", title=self.course_title.strip())
