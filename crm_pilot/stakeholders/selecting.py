"""Choosing among units: filters, and how those chosen stand. No SQL and no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from crm_pilot.folding import folded
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.rows import PositionsFigures, TrioShare, UnitRow, counting
from crm_pilot.stakeholders.terms import Trio, Zone

NOBODY = 0  # no id of a row: those without a department, profile or owner


class Training(StrEnum):
    """How far the people of a unit are trained."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    UNKNOWN = "unknown"


class Counted(Protocol):
    """So many of so many, as `governance.crossings` answers for each unit."""

    @property
    def done(self) -> int: ...

    @property
    def of(self) -> int: ...


def training(counted: Counted | None) -> Training:
    """Which of the four a unit is; None or nobody to train: not known."""
    if counted is None or not counted.of:
        return Training.UNKNOWN
    if counted.done <= 0:
        return Training.NONE
    return Training.ALL if counted.done >= counted.of else Training.SOME


@dataclass(frozen=True)
class UnitFilter:
    """What a unit must be to be shown; an empty set keeps all. Ids are those of rows, `NOBODY`
    for none. `words`: every one must occur in what is shown of the unit."""

    departments: frozenset[int] = frozenset()
    profiles: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()  # as `place_of` writes them
    training: frozenset[Training] = frozenset()
    words: str = ""

    @property
    def open(self) -> bool:
        """Whether it keeps everything."""
        return self == UnitFilter()

    def keeps(self, row: UnitRow, trained: Mapping[int, Counted], *, names: bool) -> bool:
        """Whether a unit passes; persons are searched by code unless `names`."""
        if self.departments and (row.department_id or NOBODY) not in self.departments:
            return False
        if self.profiles and (row.profile_id or NOBODY) not in self.profiles:
            return False
        if self.owners and (row.owner_id or NOBODY) not in self.owners:
            return False
        if self.places and not self._placed(row):
            return False
        if self.training and training(trained.get(row.id)) not in self.training:
            return False
        return self._worded(row, names=names)

    def _placed(self, row: UnitRow) -> bool:
        if row.zone is None:
            return "" in self.places
        return bool({place_of(row.zone), place_of(row.trio)} & self.places)

    def _worded(self, row: UnitRow, *, names: bool) -> bool:
        words = folded(self.words).split()
        if not words:
            return True
        shown = (row.shown(names=names), row.department, row.owner, row.profile, row.note)
        hay = folded(" ".join(shown))
        return all(word in hay for word in words)


def place_of(place: Zone | Trio | None) -> str:
    """How a filter remembers a zone, a part of the trio, or "not placed"."""
    if place is None:
        return ""
    return f"trio:{place.value}" if isinstance(place, Trio) else place.value


def among(figures: PositionsFigures, rows: Sequence[UnitRow]) -> PositionsFigures:
    """The distribution of these units alone, without what changed since."""
    heads = counting(rows)
    now = rules.headcounts((row.trio, row.headcount) for row in heads if row.trio is not None)
    part = rules.shares(now)
    return replace(
        figures,
        headcount_rated=sum(now.values()),
        headcount_total=sum(row.headcount for row in heads),
        shares=tuple(
            TrioShare(trio, now[trio], part[trio], rules.REFERENCE_SHARES[trio], None)
            for trio in Trio
        ),
        zones=tuple(
            (zone, sum(row.headcount for row in heads if row.zone == zone)) for zone in Zone
        ),
    )


def age(row: UnitRow, day: dt.date) -> int | None:
    """Days between a unit's rating and `day`; None without a rating."""
    return None if row.rated_on is None else (day - row.rated_on).days
