"""Commands of the lateral project. Ratings are added and never overwritten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.unit_commands import AddStakeholder, SetTies, SetUnit, TieEnd
from crm_pilot.stakeholders.zone_commands import (
    SeedZoneCells,
    SetAdvice,
    SetZoneCell,
    check_levels,
    default_zone_cells,
)
from crm_pilot.why import dated

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

__all__ = [
    "AddStakeholder",
    "Rate",
    "RateAll",
    "SeedZoneCells",
    "SetAdvice",
    "SetTarget",
    "SetTies",
    "SetUnit",
    "SetZoneCell",
    "TieEnd",
    "check_levels",
    "check_target",
    "default_zone_cells",
]


@dataclass(frozen=True)
class Rate:
    """Place a unit on the plane from `rated_on` on; the result is the rating's id.

    Raises `UserError` without an observed fact, for levels outside 1 to 4, for a day before the
    project and, where `today` is told, for one after it. A second rating of the same day counts
    from then on and leaves the first as it was. `shown` names the unit in the undo menu: the code
    of a person, so that a name never stands beside a position.
    """

    stakeholder_id: int
    rated_on: dt.date
    synergy: int
    antagonism: int
    fact: str
    author: str
    provisional: bool = False
    shown: str = ""
    today: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg(
            "Rate {unit} {synergy}/{antagonism}",
            unit=self.shown or msg("a unit"),
            synergy=self.synergy,
            antagonism=self.antagonism,
        )

    def apply(self, work: Work) -> int:
        work.get("stakeholder", self.stakeholder_id)
        return work.add("rating", **self.values(work))

    def values(self, work: Work) -> dict[str, Any]:
        """The row to be written, once everything in it has been found right."""
        if not self.fact.strip():
            raise UserError(
                N_(
                    "A rating needs an observed fact: what was said or done, when and by how many."
                    " Nothing was changed."
                )
            )
        check_levels(self.synergy, self.antagonism)
        start = _starts_on(work)
        rules.check_day(
            self.rated_on, self.today or max(self.rated_on, start or self.rated_on), start
        )
        return {
            "stakeholder_id": self.stakeholder_id,
            "rated_on": self.rated_on,
            "synergy": self.synergy,
            "antagonism": self.antagonism,
            "fact": self.fact.strip(),
            "author": self.author,
            "provisional": self.provisional,
        }


@dataclass(frozen=True)
class RateAll:
    """Several ratings as one step: all of them, or none when one breaks a rule."""

    ratings: tuple[Rate, ...]

    @property
    def label(self) -> Message:
        if len(self.ratings) == 1:
            return self.ratings[0].label
        return nmsg("Rate {n} unit", "Rate {n} units", len(self.ratings))

    def apply(self, work: Work) -> None:
        known = {row[0] for row in work.select("SELECT id FROM stakeholder")}
        for rating in self.ratings:
            if rating.stakeholder_id not in known:
                work.get("stakeholder", rating.stakeholder_id)  # says that it is gone
        work.insert_many("rating", [rating.values(work) for rating in self.ratings])


def _starts_on(work: Work) -> dt.date | None:
    found = work.select("SELECT starts_on FROM project")
    return dt.date.fromisoformat(found[0][0]) if found and found[0][0] else None


@dataclass(frozen=True)
class SetTarget:
    """Set where a unit should be and by when; both levels None take the target away.

    Where `today` is told, the day must come after it and the cell be another than the one the
    unit is in on that day.
    """

    stakeholder_id: int
    synergy: int | None
    antagonism: int | None
    by: dt.date | None
    shown: str = ""
    today: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Set the target of {unit}", unit=self.shown or msg("a unit"))

    def apply(self, work: Work) -> None:
        cleared = self.synergy is None and self.antagonism is None
        if not cleared:
            check_levels(self.synergy, self.antagonism)
            self._check(work)
        work.set(
            "stakeholder",
            self.stakeholder_id,
            target_synergy=self.synergy,
            target_antagonism=self.antagonism,
            target_date=None if cleared else self.by,
        )

    def _check(self, work: Work) -> None:
        if self.today is None or self.synergy is None or self.antagonism is None:
            return
        present = work.select(
            "SELECT synergy, antagonism FROM rating WHERE stakeholder_id = ? AND rated_on <= ?"
            " ORDER BY rated_on DESC, id DESC LIMIT 1",
            self.stakeholder_id,
            self.today,
        )
        here = (present[0][0], present[0][1]) if present else None
        check_target((self.synergy, self.antagonism), here, self.by, self.today)


def check_target(
    cell: rules.Position, here: rules.Position | None, by: dt.date | None, today: dt.date
) -> None:
    """Raise `UserError` for a target that is not ahead: its day after today, and its cell another
    than `here`, the one the unit is in."""
    if by is not None and by <= today:
        raise UserError(
            N_("A target lies ahead: {day} is not after today. Nothing was changed."),
            day=dated(by),
        )
    if cell == here:
        raise UserError(
            N_(
                "The target is the cell it is in already ({synergy}/{antagonism}). Choose another"
                " one, or clear the target. Nothing was changed."
            ),
            synergy=str(cell[0]),
            antagonism=str(cell[1]),
        )
