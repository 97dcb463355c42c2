"""Edits of adoption, one gesture each: targets of a feature, mandatory passages, support cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption.terms import CAUSES, OBJECT_KINDS, Cause, ObjectKind
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SetFeatureTargets:
    """Say in which objects the use of a feature shows, and for which profiles it is meant (none:
    for everybody)."""

    feature_id: int
    objects: tuple[int, ...]
    profiles: tuple[int, ...]
    name: str = ""

    @property
    def label(self) -> Message:
        return msg("Say whom “{name}” is for", name=self.name)

    def apply(self, work: Work) -> None:
        work.get("feature", self.feature_id)
        _keep_only(work, "feature_object", self.feature_id, "object_id", self.objects)
        _keep_only(work, "feature_profile", self.feature_id, "profile_id", self.profiles)


def _keep_only(work: Work, table: str, feature: int, column: str, wanted: Iterable[int]) -> None:
    """Make the rows of a feature in `table` those of `wanted`; rows that stay are not touched."""
    known = dict(work.select(f"SELECT {column}, id FROM {table} WHERE feature_id = ?", feature))
    chosen = list(dict.fromkeys(wanted))
    for other, row in known.items():
        if other not in chosen:
            work.remove(table, row)
    for other in chosen:
        if other not in known:
            work.add(table, **{"feature_id": feature, column: other})


@dataclass(frozen=True)
class SetPassage:
    """Add a mandatory passage (`key` None) or change one; the result is its id."""

    profile_id: int
    title: str
    object_id: int | None = None
    target_percent: int = 80
    closed_on: dt.date | None = None
    note: str = ""
    key: int | None = None

    @property
    def label(self) -> Message:
        if self.key is None:
            return msg("Add the mandatory passage “{title}”", title=self.title)
        return msg("Change the mandatory passage “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("A mandatory passage needs a title. Nothing was changed."))
        if not 0 <= self.target_percent <= 100:
            raise UserError(
                N_("“{value}” is not a percentage from 0 to 100. Nothing was changed."),
                value=self.target_percent,
            )
        values: dict[str, Any] = {
            "profile_id": self.profile_id,
            "title": self.title.strip(),
            "object_id": self.object_id,
            "target_percent": self.target_percent,
            "closed_on": self.closed_on,
            "note": self.note,
        }
        if self.key is not None:
            work.set("passage", self.key, **values)
            return self.key
        last = work.select(
            "SELECT coalesce(max(position), -1) FROM passage WHERE profile_id = ?", self.profile_id
        )
        return work.add("passage", position=last[0][0] + 1, **values)


@dataclass(frozen=True)
class AddSupport:
    """Note what keeps somebody, or a department, from using the CRM; the result is its id.

    Without a department, that of the person."""

    noted_on: dt.date
    cause: Cause
    matter: str
    department_id: int | None = None
    person_id: int | None = None
    feature_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Note a case: {cause}", cause=Message(CAUSES[self.cause]))

    def apply(self, work: Work) -> int:
        department = self.department_id
        if department is None and self.person_id is not None:
            department = work.get("person", self.person_id).department_id
        return work.add(
            "support",
            noted_on=self.noted_on,
            cause=self.cause,
            matter=self.matter.strip(),
            department_id=department,
            person_id=self.person_id,
            feature_id=self.feature_id,
        )


@dataclass(frozen=True)
class AnswerSupport:
    """Say what was done about a case, and when; a session where it was trained."""

    key: int
    answer: str
    done_on: dt.date
    session_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Answer a case")

    def apply(self, work: Work) -> None:
        row = work.get("support", self.key)
        if self.done_on < row.noted_on:
            raise UserError(
                N_(
                    "The case was noted on {noted}; it cannot be answered before, on {done}."
                    " Nothing was changed."
                ),
                noted=row.noted_on,
                done=self.done_on,
            )
        work.set(
            "support",
            self.key,
            answer=self.answer.strip(),
            done_on=self.done_on,
            session_id=self.session_id if self.session_id is not None else row.session_id,
        )


@dataclass(frozen=True)
class ReopenSupport:
    """A case that was answered waits again; what was done stays noted."""

    key: int

    @property
    def label(self) -> Message:
        return msg("Open a case again")

    def apply(self, work: Work) -> None:
        work.set("support", self.key, done_on=None)


@dataclass(frozen=True)
class SetObjectKind:
    """Say what objects of the CRM are."""

    keys: tuple[int, ...]
    kind: ObjectKind

    @property
    def label(self) -> Message:
        return nmsg(
            "Note {n} object as {kind}",
            "Note {n} objects as {kind}",
            len(self.keys),
            kind=Message(OBJECT_KINDS[self.kind]),
        )

    def apply(self, work: Work) -> None:
        work.set_many("crm_object", {key: {"kind": self.kind} for key in self.keys})


@dataclass(frozen=True)
class AddCompleteness:
    """Note how many records of an object had a key field filled on a day; a second measure of the
    same day replaces the first. The result is its id."""

    measured_on: dt.date
    object_id: int
    field: str
    records: int
    filled: int
    department_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Note the completeness of “{field}”", field=self.field)

    def apply(self, work: Work) -> int:
        if not 0 <= self.filled <= self.records:
            raise UserError(
                N_("{filled} of {records} records is not possible. Nothing was changed."),
                filled=self.filled,
                records=self.records,
            )
        known = work.select(
            "SELECT id FROM completeness WHERE measured_on = ? AND object_id = ?"
            " AND department_id IS ? AND field = ?",
            self.measured_on.isoformat(),
            self.object_id,
            self.department_id,
            self.field.strip(),
        )
        counts = {"records": self.records, "filled": self.filled}
        if known:
            work.set("completeness", known[0][0], **counts)
            return int(known[0][0])
        return work.add(
            "completeness",
            measured_on=self.measured_on,
            object_id=self.object_id,
            department_id=self.department_id,
            field=self.field.strip(),
            **counts,
        )
