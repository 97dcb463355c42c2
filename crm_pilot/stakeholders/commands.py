"""Commands of the lateral project. Ratings are added and never overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.stakeholders.rules import next_code
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.zones import DEFAULT_CELLS, LEVELS

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class Rate:
    """Place a unit on the plane from `rated_on` on; the result is the rating's id.

    Raises `UserError` without an observed fact. `shown` names the unit in the undo menu: the
    code of a person, so that a name never stands beside a position.
    """

    stakeholder_id: int
    rated_on: dt.date
    synergy: int
    antagonism: int
    fact: str
    author: str
    provisional: bool = False
    shown: str = ""

    @property
    def label(self) -> Message:
        return msg(
            "Rate {unit} {synergy}/{antagonism}",
            unit=self.shown or msg("a unit"),
            synergy=self.synergy,
            antagonism=self.antagonism,
        )

    def apply(self, work: Work) -> int:
        if not self.fact.strip():
            raise UserError(
                N_(
                    "A rating needs an observed fact: what was said or done, when and by how many."
                    " Nothing was changed."
                )
            )
        check_levels(self.synergy, self.antagonism)
        work.get("stakeholder", self.stakeholder_id)
        return work.add(
            "rating",
            stakeholder_id=self.stakeholder_id,
            rated_on=self.rated_on,
            synergy=self.synergy,
            antagonism=self.antagonism,
            fact=self.fact.strip(),
            author=self.author,
            provisional=self.provisional,
        )


def check_levels(synergy: int | None, antagonism: int | None) -> None:
    """Raise `UserError` unless both levels are 1 to 4."""
    if synergy not in LEVELS or antagonism not in LEVELS:
        raise UserError(
            N_("Levels go from 1 to 4 ({synergy}/{antagonism} was given). Nothing was changed."),
            synergy=str(synergy),
            antagonism=str(antagonism),
        )


@dataclass(frozen=True)
class AddStakeholder:
    """Add a group or a person to be placed; the result is its id.

    A person without `code` gets that of the person's row, or the next free one.
    """

    kind: UnitKind
    name: str
    code: str = ""
    headcount: int = 1
    influence: int = 2
    department_id: int | None = None
    person_id: int | None = None
    owner_id: int | None = None

    @property
    def label(self) -> Message:
        if self.kind == UnitKind.PERSON:
            return msg("Add a person to the map")
        return msg("Add {what}", what=self.name)

    def apply(self, work: Work) -> int:
        if not self.name.strip():
            raise UserError(N_("A unit needs a name. Nothing was changed."))
        person = self.kind == UnitKind.PERSON
        return work.add(
            "stakeholder",
            kind=self.kind,
            name=self.name.strip(),
            code=self.code or (self._code(work) if person else ""),
            headcount=1 if person else self.headcount,
            influence=self.influence,
            department_id=self.department_id,
            person_id=self.person_id,
            owner_id=self.owner_id,
        )

    def _code(self, work: Work) -> str:
        own = work.select("SELECT code FROM person WHERE id = ?", self.person_id)
        if own and own[0][0]:
            return str(own[0][0])
        taken = work.select(
            "SELECT code FROM stakeholder UNION SELECT code FROM person WHERE code IS NOT NULL"
        )
        return next_code(row[0] for row in taken)


@dataclass(frozen=True)
class SetTarget:
    """Set where a unit should be and by when; both levels None take the target away."""

    stakeholder_id: int
    synergy: int | None
    antagonism: int | None
    by: dt.date | None
    shown: str = ""

    @property
    def label(self) -> Message:
        return msg("Set the target of {unit}", unit=self.shown or msg("a unit"))

    def apply(self, work: Work) -> None:
        cleared = self.synergy is None and self.antagonism is None
        if not cleared:
            check_levels(self.synergy, self.antagonism)
        work.set(
            "stakeholder",
            self.stakeholder_id,
            target_synergy=self.synergy,
            target_antagonism=self.antagonism,
            target_date=None if cleared else self.by,
        )


def default_zone_cells() -> list[dict[str, Any]]:
    """Rows of `zone_cell` a new project starts with."""
    return [
        {"synergy": c.synergy, "antagonism": c.antagonism, "zone": c.zone, "sourced": c.sourced}
        for c in DEFAULT_CELLS
    ]


@dataclass(frozen=True)
class SeedZoneCells:
    """Give a new project the default zones; cells that are already set stay as they are."""

    @property
    def label(self) -> Message:
        return msg("Set the default zones")

    def apply(self, work: Work) -> None:
        known = set(work.select("SELECT synergy, antagonism FROM zone_cell"))
        fresh = [r for r in default_zone_cells() if (r["synergy"], r["antagonism"]) not in known]
        work.insert_many("zone_cell", fresh)
