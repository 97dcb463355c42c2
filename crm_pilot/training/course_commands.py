"""Edits of courses and of a session's days: what covers several rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value
from crm_pilot.training import halves as half_days
from crm_pilot.training import presence
from crm_pilot.training.halves import HalfDay, Place
from crm_pilot.training.terms import Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


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
        if "title" in self.values and not str(self.values["title"] or "").strip():
            raise UserError(N_("Give the course a title. Nothing was changed."))
        key = self.course_id
        if key is None:
            key = work.add("course", **self.values)
        elif self.values:
            work.set("course", key, **self.values)
        _link(work, "course_feature", "feature_id", key, self.features)
        _link(work, "course_profile", "profile_id", key, self.profiles)
        return key


def _link(work: Work, table: str, column: str, course: int, wanted: tuple[int, ...] | None) -> None:
    """Make the rows of a course in a table of links those that are wanted."""
    if wanted is None:
        return
    known = {
        other: row
        for row, other in work.select(
            f"SELECT id, {column} FROM {table} WHERE course_id = ?", course
        )
    }
    for other, row in known.items():
        if other not in wanted:
            work.remove(table, row)
    fresh = [other for other in dict.fromkeys(wanted) if other not in known]
    work.insert_many(table, [{"course_id": course, column: other} for other in fresh])


@dataclass(frozen=True)
class SetHalves:
    """Set the half-days of a session, on one day or several; its date, hour and length follow.

    As many half-days at other times are the same ones moved. Else those that are not given any
    more must not be typed yet, and who was noted for the others is still to be noted for new ones.
    """

    session_id: int
    halves: tuple[HalfDay, ...]

    @property
    def label(self) -> Message:
        return msg("Set the half-days of a session")

    def apply(self, work: Work) -> None:
        wanted = half_days.ordered(self.halves)
        _check(wanted)
        before = half_days.read(work, self.session_id)
        known = presence.presences(work, self.session_id, before)
        moved = _moved(before, wanted)
        if not moved:
            _refuse_typed(wanted, before, known.values())
        first, minutes = wanted[0], sum(half.minutes for half in wanted)
        work.set(
            "training_session",
            self.session_id,
            held_on=first.day,
            begins=first.begins,
            minutes=minutes,
        )
        _store(work, self.session_id, wanted, first, minutes)
        for key, typed in known.items():
            fallback = _fallback(typed.values())
            was = {moved.get(place, place): one for place, one in typed.items()}
            presence.restore(
                work, key, {half.place: was.get(half.place, fallback) for half in wanted}
            )


def _moved(before: tuple[HalfDay, ...], wanted: tuple[HalfDay, ...]) -> dict[Place, Place]:
    """Where half-days went when all of them are held at other times."""
    kept = {half.place for half in before} & {half.place for half in wanted}
    if kept or len(before) != len(wanted):
        return {}
    return {old.place: new.place for old, new in zip(before, wanted, strict=True)}


def _fallback(known: Iterable[Presence]) -> Presence:
    """What a new half-day is worth to somebody: excused when they are for all, else to be noted."""
    return Presence.EXCUSED if set(known) == {Presence.EXCUSED} else Presence.INVITED


def _check(halves: tuple[HalfDay, ...]) -> None:
    """Half-days as they may be written: at least one, none twice, none over another."""
    if not halves:
        raise UserError(N_("A session has one half-day at least. Nothing was changed."))
    for half in halves:
        if half.minutes < 1 or not CLOCK.fullmatch(half.begins):
            raise UserError(
                N_("A half-day needs an hour such as 09:00 and its minutes. Nothing was changed.")
            )
    for one, other in pairwise(halves):
        if one.place == other.place:
            raise UserError(
                N_("{date} {when} is given twice. Nothing was changed."),
                date=one.day,
                when=Message(half_days.WHEN[one.part]),
            )
        if one.day == other.day and other.starts_at < one.ends_at:
            raise UserError(
                N_("The two half-days of {date} overlap. Nothing was changed."), date=one.day
            )


def _refuse_typed(
    wanted: tuple[HalfDay, ...],
    before: tuple[HalfDay, ...],
    known: Iterable[Mapping[Place, Presence]],
) -> None:
    """A half-day of a sheet that was typed is not thrown away."""
    kept, rows = {half.place for half in wanted}, tuple(known)
    for half in before:
        typed = {row[half.place] for row in rows} & {Presence.PRESENT, Presence.ABSENT}
        if half.place not in kept and typed:
            raise UserError(
                N_(
                    "The attendance of {date} {when} is typed already: that half-day stays."
                    " Nothing was changed."
                ),
                date=half.day,
                when=Message(half_days.WHEN[half.part]),
            )


def _store(
    work: Work, session: int, wanted: tuple[HalfDay, ...], first: HalfDay, minutes: int
) -> None:
    """Write the rows of half-days, none where the block of the session says the same."""
    for (row,) in work.select("SELECT id FROM session_half WHERE session_id = ?", session):
        work.remove("session_half", row)
    if wanted == half_days.of_block(first.day, first.begins, minutes):
        return
    work.insert_many(
        "session_half",
        [
            {
                "session_id": session,
                "day": half.day,
                "part": half.part,
                "begins": half.begins,
                "minutes": half.minutes,
            }
            for half in wanted
        ],
    )


@dataclass(frozen=True)
class MoveSession:
    """Hold a session from another day on: its half-days and what was typed of them move along."""

    session_id: int
    held_on: dt.date

    @property
    def label(self) -> Message:
        return msg("Move a session to {date}", date=self.held_on)

    def apply(self, work: Work) -> None:
        before = half_days.read(work, self.session_id)
        known = presence.presences(work, self.session_id, before)
        by = self.held_on - before[0].day
        moved = tuple(replace(half, day=half.day + by) for half in before)
        minutes = sum(half.minutes for half in moved)
        work.set("training_session", self.session_id, held_on=self.held_on)
        _store(work, self.session_id, moved, moved[0], minutes)
        for key, typed in known.items():
            presence.restore(
                work, key, {(day + by, part): one for (day, part), one in typed.items()}
            )
