"""Reads of the lateral project: units with their position on a day, ratings, distribution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from crm_pilot.people.meetings import last_committee_day
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import LEVELS, Grid, grid
from crm_pilot.store.reader import Reader, remembered


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

    Only groups count; persons count 1 each when the project has no group. `crossings` are units
    whose trio changed since `since`; their `previous_*` is the position in force on that day.
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


@remembered("zone_cell")
def zone_grid(reader: Reader) -> Grid:
    """The project's zones; cells without a row have the default zone."""
    return grid(
        (s, a, Zone(zone))
        for s, a, zone in reader.select("SELECT synergy, antagonism, zone FROM zone_cell")
    )


_UNITS = """
WITH placed AS (
  SELECT *, row_number() OVER (
    PARTITION BY stakeholder_id ORDER BY rated_on DESC, id DESC) AS age
  FROM rating WHERE rated_on <= ?)
SELECT u.id, u.kind, u.name, u.code, u.department_id, coalesce(d.name, ''), d.wave_id,
  u.headcount, u.influence, n.synergy, n.antagonism, {zone}, {trio}, n.rated_on,
  coalesce(n.fact, ''), coalesce(n.provisional, 0), b.synergy, b.antagonism, b.rated_on,
  u.target_synergy, u.target_antagonism, u.target_date,
  coalesce(trim(o.first_name || ' ' || o.last_name), ''), u.owner_id, u.person_id,
  coalesce(n.author, ''), u.profile_id, coalesce(f.name, ''), u.stage, u.enters_on, u.role, u.note
FROM stakeholder u
LEFT JOIN placed n ON n.stakeholder_id = u.id AND n.age = 1
LEFT JOIN placed b ON b.stakeholder_id = u.id AND b.age = 2
LEFT JOIN department d ON d.id = u.department_id
LEFT JOIN person o ON o.id = u.owner_id
LEFT JOIN profile f ON f.id = u.profile_id
ORDER BY u.kind, u.headcount DESC, u.name, u.id
"""


@remembered("stakeholder", "rating", "zone_cell", "department", "person", "profile")
def units(reader: Reader, on: dt.date) -> tuple[UnitRow, ...]:
    """Every unit with the rating in force on the day `on`: groups first, large ones first."""
    zones = zone_grid(reader)
    sql = _UNITS.format(zone=_by_cell(zones.zone), trio=_by_cell(zones.trio))
    return tuple(reader.rows(UnitRow, sql, on))


def _by_cell(answer: Callable[[int, int], StrEnum]) -> str:
    """An SQL expression over the position `n`: NULL for units without one."""
    cases = " ".join(f"WHEN {s}{a} THEN '{answer(s, a).value}'" for s in LEVELS for a in LEVELS)
    return f"CASE n.synergy * 10 + n.antagonism {cases} END"


@remembered("rating", "zone_cell")
def ratings(reader: Reader, stakeholder_id: int) -> tuple[RatingRow, ...]:
    """All ratings of a unit, oldest first (within a day in order of entry)."""
    zones = zone_grid(reader)
    found = reader.select(
        "SELECT id, stakeholder_id, rated_on, synergy, antagonism, fact, author, provisional"
        " FROM rating WHERE stakeholder_id = ? ORDER BY rated_on, id",
        stakeholder_id,
    )
    return tuple(
        RatingRow(
            key,
            unit,
            dt.date.fromisoformat(day),
            s,
            a,
            zones.zone(s, a),
            zones.trio(s, a),
            fact,
            author,
            bool(provisional),
        )
        for key, unit, day, s, a, fact, author, provisional in found
    )


@remembered("rating")
def rating_days(reader: Reader) -> tuple[dt.date, ...]:
    """Every day on which some unit was rated, oldest first."""
    found = reader.select("SELECT DISTINCT rated_on FROM rating ORDER BY rated_on")
    return tuple(dt.date.fromisoformat(row[0]) for row in found)


@remembered("wave", "task")
def waves(reader: Reader) -> tuple[WaveMark, ...]:
    """Waves that have a go-live date, in time order."""
    return tuple(
        reader.rows(
            WaveMark,
            "SELECT w.id, w.name, t.start FROM wave w JOIN task t ON t.id = w.milestone_id"
            " WHERE t.start IS NOT NULL ORDER BY t.start, w.position",
        )
    )


@remembered("stakeholder", "rating", "zone_cell", "department", "person", "profile", "committee")
def figures(reader: Reader, today: dt.date, since: dt.date | None = None) -> PositionsFigures:
    """Positions on `today`, compared with the day `since` (default: the last committee)."""
    since = since or last_committee_day(reader, today)
    every = units(reader, today)
    counting = _counting(every)
    now = _headcounts(counting)
    before = {} if since is None else {row.id: row for row in units(reader, since)}
    then = _headcounts(_counting(tuple(before.values())))
    part = rules.shares(now)
    return PositionsFigures(
        headcount_rated=sum(now.values()),
        headcount_total=sum(row.headcount for row in counting),
        shares=tuple(
            TrioShare(
                kind,
                now[kind],
                part[kind],
                rules.REFERENCE_SHARES[kind],
                None if since is None else now[kind] - then[kind],
            )
            for kind in Trio
        ),
        zones=tuple(
            (zone, sum(row.headcount for row in counting if row.zone == zone)) for zone in Zone
        ),
        units=every,
        since=since,
        crossings=_crossings(every, before),
    )


def _counting(rows: tuple[UnitRow, ...]) -> tuple[UnitRow, ...]:
    """The units whose headcount counts: a person is already in the headcount of a group."""
    groups = tuple(row for row in rows if row.kind == UnitKind.GROUP)
    return groups or rows


def _headcounts(rows: tuple[UnitRow, ...]) -> dict[Trio, int]:
    return rules.headcounts((row.trio, row.headcount) for row in rows if row.trio is not None)


def _crossings(rows: tuple[UnitRow, ...], before: dict[int, UnitRow]) -> tuple[UnitRow, ...]:
    crossed = []
    for row in rows:
        old = before.get(row.id)
        if old is None or old.trio is None or row.trio is None or row.trio == old.trio:
            continue
        crossed.append(
            replace(
                row,
                previous_synergy=old.synergy,
                previous_antagonism=old.antagonism,
                previous_on=old.rated_on,
            )
        )
    return tuple(crossed)
