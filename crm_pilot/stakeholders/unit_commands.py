"""Adding units of the map, changing all that is known of one, and tying them to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.rules import next_code
from crm_pilot.stakeholders.terms import TieKind, UnitKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class TieEnd:
    """A tie of a unit as seen from it: it influences the other one, or (`outgoing` False) is
    influenced by it."""

    kind: TieKind
    other_id: int
    outgoing: bool = True

    def ends(self, unit: int) -> tuple[int, int]:
        """From whom to whom."""
        return (unit, self.other_id) if self.outgoing else (self.other_id, unit)


@dataclass(frozen=True)
class AddStakeholder:
    """Add a group or a person to be placed; the result is its id.

    A person without `code` gets that of the person's row, or the next free one. Raises `UserError`
    without a name, and for a person who is on the map already.
    """

    kind: UnitKind
    name: str
    code: str = ""
    headcount: int = 1
    influence: int = 2
    department_id: int | None = None
    person_id: int | None = None
    owner_id: int | None = None
    profile_id: int | None = None
    stage: int | None = None
    enters_on: dt.date | None = None
    role: str = ""
    note: str = ""
    ties: tuple[TieEnd, ...] = ()

    @property
    def label(self) -> Message:
        if self.kind == UnitKind.PERSON:
            return msg("Add a person to the map")
        return msg("Add {what}", what=self.name)

    def apply(self, work: Work) -> int:
        name = check_name(self.name)
        check_person(work, self.person_id, None)
        person = self.kind == UnitKind.PERSON
        key = work.add(
            "stakeholder",
            kind=self.kind,
            name=name,
            code=self.code or (free_code(work, self.person_id) if person else ""),
            headcount=1 if person else self.headcount,
            influence=self.influence,
            department_id=self.department_id,
            person_id=self.person_id,
            owner_id=self.owner_id,
            profile_id=self.profile_id,
            stage=self.stage,
            enters_on=self.enters_on,
            role=self.role.strip(),
            note=self.note.strip(),
        )
        if self.ties:
            SetTies(key, self.ties).apply(work)
        return key


@dataclass(frozen=True)
class SetUnit:
    """Change what is known of a unit, and its ties where they are given, as one step.

    `values` are columns of the unit. A group that becomes a person gets a code and counts one.
    """

    stakeholder_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    ties: tuple[TieEnd, ...] | None = None
    shown: str = ""

    @property
    def label(self) -> Message:
        return msg("Change {what}", what=self.shown or msg("a unit"))

    def apply(self, work: Work) -> None:
        row = work.get("stakeholder", self.stakeholder_id)
        values = dict(self.values)
        if "name" in values:
            values["name"] = check_name(values["name"])
        if values.get("person_id") is not None:
            check_person(work, values["person_id"], self.stakeholder_id)
        if values.get("kind", row.kind) == UnitKind.PERSON:
            values["headcount"] = 1
            if not values.get("code", row.code):
                values["code"] = free_code(work, values.get("person_id", row.person_id))
        if values:
            work.set("stakeholder", self.stakeholder_id, **values)
        if self.ties is not None:
            SetTies(self.stakeholder_id, self.ties).apply(work)


@dataclass(frozen=True)
class SetTies:
    """All ties of a unit, in both directions: those that are not named go, those that stay are
    left untouched. Raises `UserError` where somebody would report to themselves."""

    stakeholder_id: int
    ties: tuple[TieEnd, ...]
    shown: str = ""

    @property
    def label(self) -> Message:
        return msg("Set the ties of {unit}", unit=self.shown or msg("a unit"))

    def apply(self, work: Work) -> None:
        unit = self.stakeholder_id
        work.get("stakeholder", unit)
        wanted = {(*tie.ends(unit), tie.kind.value) for tie in self.ties}
        if any(start == end for start, end, _ in wanted):
            raise UserError(N_("A unit cannot be tied to itself. Nothing was changed."))
        known = {
            (start, end, kind): key
            for key, start, end, kind in work.select(
                "SELECT id, from_id, to_id, kind FROM stakeholder_tie WHERE ? IN (from_id, to_id)",
                unit,
            )
        }
        for tie, key in known.items():
            if tie not in wanted:
                work.remove("stakeholder_tie", key)
        for start, end, kind in sorted(wanted - known.keys()):
            work.add("stakeholder_tie", from_id=start, to_id=end, kind=kind)
        _check_chain(work, unit)


def _check_chain(work: Work, unit: int) -> None:
    """Nobody may report, over whatever steps, to themselves."""
    above = work.select(
        "WITH RECURSIVE above(id) AS ("
        " SELECT to_id FROM stakeholder_tie WHERE from_id = ?1 AND kind = 'reports_to'"
        " UNION SELECT t.to_id FROM stakeholder_tie t JOIN above a ON t.from_id = a.id"
        " WHERE t.kind = 'reports_to') SELECT 1 FROM above WHERE id = ?1",
        unit,
    )
    if above:
        raise UserError(
            N_(
                "Someone would report to themselves, over one or several steps. Nothing was"
                " changed."
            )
        )


def check_name(name: str) -> str:
    """The name without spaces around it; raises `UserError` without one."""
    if not name.strip():
        raise UserError(N_("A unit needs a name. Nothing was changed."))
    return name.strip()


def check_person(work: Work, person_id: int | None, unit: int | None) -> None:
    """Raise `UserError` when the person is on the map as another unit."""
    if person_id is None:
        return
    found = work.select(
        "SELECT code FROM stakeholder WHERE person_id = ? AND id IS NOT ?", person_id, unit
    )
    if found:
        raise UserError(
            N_("This person is on the map already, as {code}. Nothing was changed."),
            code=found[0][0] or "?",
        )


def free_code(work: Work, person_id: int | None) -> str:
    """The code of a person's row, or the next one that nobody has."""
    own = work.select("SELECT code FROM person WHERE id = ?", person_id)
    if own and own[0][0]:
        return str(own[0][0])
    taken = work.select(
        "SELECT code FROM stakeholder UNION SELECT code FROM person WHERE code IS NOT NULL"
    )
    return next_code(row[0] for row in taken)
