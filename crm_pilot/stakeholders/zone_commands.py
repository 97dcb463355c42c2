"""Commands of the plane itself: which zone a cell belongs to, and how people in a zone are handled.

What is not written by the lead stays as delivered: its row is taken away, never filled with a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import ZONES, Style, Zone
from crm_pilot.stakeholders.zones import DEFAULT_CELLS, LEVELS

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

DELIVERED = {(c.synergy, c.antagonism): c for c in DEFAULT_CELLS}


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


def check_levels(synergy: int | None, antagonism: int | None) -> None:
    """Raise `UserError` unless both levels are 1 to 4."""
    if synergy not in LEVELS or antagonism not in LEVELS:
        raise UserError(
            N_("Levels go from 1 to 4 ({synergy}/{antagonism} was given). Nothing was changed."),
            synergy=str(synergy),
            antagonism=str(antagonism),
        )


@dataclass(frozen=True)
class SetZoneCell:
    """Let a cell belong to a zone, with where the lead has it from; None is as delivered."""

    synergy: int
    antagonism: int
    zone: Zone | None
    source: str = ""

    @property
    def label(self) -> Message:
        return msg(
            "Set the zone of cell {synergy}/{antagonism}",
            synergy=self.synergy,
            antagonism=self.antagonism,
        )

    def apply(self, work: Work) -> None:
        check_levels(self.synergy, self.antagonism)
        delivered = DELIVERED[self.synergy, self.antagonism]
        own = self.zone is not None and (self.zone != delivered.zone or bool(self.source.strip()))
        values = {
            "zone": self.zone if own else delivered.zone,
            "sourced": bool(self.source.strip()) if own else delivered.sourced,
            "source": self.source.strip() if own else "",
        }
        found = work.select(
            "SELECT id FROM zone_cell WHERE synergy = ? AND antagonism = ?",
            self.synergy,
            self.antagonism,
        )
        if found:
            work.set("zone_cell", found[0][0], **values)
        else:
            work.add("zone_cell", synergy=self.synergy, antagonism=self.antagonism, **values)


@dataclass(frozen=True)
class SetAdvice:
    """What the lead writes over the advice delivered for a zone; what is empty stays delivered."""

    zone: Zone
    style: Style | None = None
    handling_en: str = ""
    handling_fr: str = ""
    role_en: str = ""
    role_fr: str = ""

    @property
    def label(self) -> Message:
        return msg("Set the handling of {zone}", zone=Message(ZONES[self.zone]))

    def apply(self, work: Work) -> None:
        texts = {
            name: getattr(self, name).strip()
            for name in ("handling_en", "handling_fr", "role_en", "role_fr")
        }
        found = work.select("SELECT id FROM zone_advice WHERE zone = ?", self.zone.value)
        if self.style is None and not any(texts.values()):
            if found:
                work.remove("zone_advice", found[0][0])
        elif found:
            work.set("zone_advice", found[0][0], style=self.style, **texts)
        else:
            work.add("zone_advice", zone=self.zone, style=self.style, **texts)


@dataclass(frozen=True)
class SetZones:
    """Cells and advice as one step."""

    cells: tuple[SetZoneCell, ...] = ()
    advice: tuple[SetAdvice, ...] = ()

    @property
    def label(self) -> Message:
        return msg("Set zones and handling")

    def apply(self, work: Work) -> None:
        for cell in self.cells:
            cell.apply(work)
        for advice in self.advice:
            advice.apply(work)
