"""What reads of the lateral project give: units of the map, their ratings, figures, cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import Cell

OWN_ZONE = N_("Set by the project lead")


@dataclass(frozen=True)
class UnitRow:
    """A group or person with the rating in force on a day and the one before it."""

    id: int
    kind: UnitKind
    name: str
    code: str
    department_id: int | None
    department: str
    wave_id: int | None
    headcount: int
    influence: int
    synergy: int | None
    antagonism: int | None
    zone: Zone | None
    trio: Trio | None
    rated_on: dt.date | None
    fact: str
    provisional: bool
    previous_synergy: int | None
    previous_antagonism: int | None
    previous_on: dt.date | None
    target_synergy: int | None
    target_antagonism: int | None
    target_date: dt.date | None
    owner: str
    owner_id: int | None
    person_id: int | None
    author: str
    profile_id: int | None
    profile: str
    stage: int | None  # order of entry set by hand, 1 to 7; None: that of the zone
    enters_on: dt.date | None
    role: str  # on stage, as the lead wrote it; empty: that of the zone
    note: str
    drift: float | None = None  # Δ(S−A) in levels per month up to the day; None with one date

    @property
    def rated(self) -> bool:
        """Whether the unit has a position on the day asked for."""
        return self.synergy is not None

    @property
    def position(self) -> rules.Position:
        """(synergy, antagonism) of a rated unit."""
        assert self.synergy is not None
        assert self.antagonism is not None
        return self.synergy, self.antagonism

    def shown(self, *, names: bool) -> str:
        """What may stand beside the position: a group's name; a person's code unless `names`."""
        if self.kind == UnitKind.PERSON and not names:
            return self.code or f"#{self.id}"
        return self.name


@dataclass(frozen=True)
class RatingRow:
    """One dated rating with its observed fact."""

    id: int
    stakeholder_id: int
    rated_on: dt.date
    synergy: int
    antagonism: int
    zone: Zone
    trio: Trio
    fact: str
    author: str
    provisional: bool


@dataclass(frozen=True)
class TrioShare:
    """One part of the simple trio. Shares are of 1, of the rated headcount."""

    trio: Trio
    headcount: int
    share: float
    reference_share: float
    change_headcount: int | None  # since the comparison day; None without one


@dataclass(frozen=True)
class PositionsFigures:
    """Where people stand, by headcount.

    Only groups count; persons count 1 each when the project has no group, and with them the
    anonymous counts kept of erased persons on a committee's day. `crossings` are units whose trio
    changed since `since`; their `previous_*` is the position in force on that day.
    """

    headcount_rated: int
    headcount_total: int
    shares: tuple[TrioShare, ...]  # locomotives, hesitants, opponents
    zones: tuple[tuple[Zone, int], ...]  # headcount of every zone, empty ones too
    units: tuple[UnitRow, ...]  # every unit, also those that do not count
    since: dt.date | None
    crossings: tuple[UnitRow, ...]


@dataclass(frozen=True)
class WaveMark:
    """A go-live on the time axis of the map; `id` is that of the wave."""

    id: int
    name: str
    day: dt.date


@dataclass(frozen=True)
class CellRow:
    """One of the 16 cells as the project has it.

    `sourced`: the zone stands in a published text; otherwise it is a design. `source`: where it
    comes from: the lead's own words, or marked text; show it with `tr`.
    """

    synergy: int
    antagonism: int
    zone: Zone
    sourced: bool
    source: str


def cell_row(cell: Cell, own: tuple[Zone, bool, str] | None) -> CellRow:
    """A delivered cell with what the project says instead: (zone, sourced, source)."""
    zone, sourced, source = own or (cell.zone, cell.sourced, "")
    if not source and zone != cell.zone:
        sourced, source = False, OWN_ZONE  # a published text about another zone proves nothing
    return CellRow(cell.synergy, cell.antagonism, zone, sourced, source or cell.source)


@dataclass(frozen=True)
class ToConfirm:
    """A unit whose rating is older than the project allows: is it still true?"""

    unit: UnitRow
    days: int  # since the rating in force


def counting(units: Sequence[UnitRow]) -> tuple[UnitRow, ...]:
    """The units whose headcount counts: a person is already in the headcount of a group."""
    groups = tuple(unit for unit in units if unit.kind == UnitKind.GROUP)
    return groups or tuple(units)
