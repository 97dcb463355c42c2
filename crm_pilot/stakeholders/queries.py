"""Reads of the lateral project: units with their position on a day, ratings, distribution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from crm_pilot.people.meetings import last_committee_day
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.advice import Advice, merged
from crm_pilot.stakeholders.movements import Movements, since_then
from crm_pilot.stakeholders.movements import movements as compared
from crm_pilot.stakeholders.routes import Placed, Route, read_ratings, read_routes
from crm_pilot.stakeholders.rows import (
    CellRow,
    PositionsFigures,
    RatingRow,
    ToConfirm,
    TrioShare,
    UnitRow,
    WaveMark,
    cell_row,
    counting,
)
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import DEFAULT_CELLS, Grid, grid, trio
from crm_pilot.store.reader import Reader, remembered

POSITIONS = ("stakeholder", "rating", "zone_cell", "department", "person", "profile")
RERATE_DAYS = 60  # as in the project's card

__all__ = [  # the rows are named here too: who reads asks one module
    "CellRow",
    "PositionsFigures",
    "RatingRow",
    "ToConfirm",
    "TrioShare",
    "UnitRow",
    "WaveMark",
]


@remembered("zone_cell")
def zone_grid(reader: Reader) -> Grid:
    """The project's zones; cells without a row have the default zone."""
    return grid(
        (s, a, Zone(zone))
        for s, a, zone in reader.select("SELECT synergy, antagonism, zone FROM zone_cell")
    )


@remembered("zone_cell")
def cells(reader: Reader) -> tuple[CellRow, ...]:
    """The 16 cells with their zones and where these come from, low synergy first."""
    own = {
        (synergy, antagonism): (Zone(zone), bool(sourced), source.strip())
        for synergy, antagonism, zone, sourced, source in reader.select(
            "SELECT synergy, antagonism, zone, sourced, source FROM zone_cell"
        )
    }
    return tuple(
        cell_row(cell, own.get((cell.synergy, cell.antagonism)))
        for cell in sorted(DEFAULT_CELLS, key=lambda cell: (cell.synergy, cell.antagonism))
    )


@remembered("zone_advice")
def advice(reader: Reader) -> Mapping[Zone, Advice]:
    """How people of each zone are handled, and their role on stage, as the project has it."""
    return merged(
        reader.select(
            "SELECT zone, style, handling_en, handling_fr, role_en, role_fr FROM zone_advice"
        )
    )


@remembered(*POSITIONS)
def units(reader: Reader, on: dt.date) -> tuple[UnitRow, ...]:
    """Every unit with the rating in force on the day `on`: groups first, large ones first.

    Units that have the same rating on two days are the same row.
    """
    day = on.isoformat()
    return tuple([route.on(day) for route in _routes(reader)])


@remembered(*POSITIONS)
def _routes(reader: Reader) -> tuple[Route, ...]:
    """Every unit with all its ratings: one read serves every day of the time axis."""
    return read_routes(reader, _ratings(reader), zone_grid(reader))


@remembered("rating")
def _ratings(reader: Reader) -> Mapping[int, Sequence[Placed]]:
    """Apart, so that they are not read again when only a name or a target changes."""
    return read_ratings(reader)


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


@remembered("position_count")
def _erased(reader: Reader, day: dt.date) -> dict[Zone, int]:
    """Persons erased since who stood in a zone on the day, as counted for a committee."""
    found = reader.select("SELECT zone, persons FROM position_count WHERE counted_on = ?", day)
    return {Zone(zone): persons for zone, persons in found}


def erased(reader: Reader, day: dt.date) -> Mapping[Zone, int]:
    """The same, where persons count: in a project without groups."""
    return (
        {}
        if any(row.kind == UnitKind.GROUP for row in units(reader, day))
        else _erased(reader, day)
    )


@remembered(*POSITIONS, "position_count", "committee")
def figures(reader: Reader, today: dt.date, since: dt.date | None = None) -> PositionsFigures:
    """Positions on `today`, compared with the day `since` (default: the last committee)."""
    since = since or last_committee_day(reader, today)
    every = units(reader, today)
    zones, trios = _by_zone(reader, today)
    before = () if since is None else units(reader, since)
    then = None if since is None else _by_zone(reader, since)[1]
    part = rules.shares(trios)
    return PositionsFigures(
        headcount_rated=sum(trios.values()),
        headcount_total=sum(row.headcount for row in counting(every))
        + sum(erased(reader, today).values()),
        shares=tuple(
            TrioShare(
                kind,
                trios[kind],
                part[kind],
                rules.REFERENCE_SHARES[kind],
                None if then is None else trios[kind] - then[kind],
            )
            for kind in Trio
        ),
        zones=tuple(zones.items()),
        units=every,
        since=since,
        crossings=_crossings(every, before),
    )


def _by_zone(reader: Reader, day: dt.date) -> tuple[dict[Zone, int], dict[Trio, int]]:
    """Headcount of every zone and of every part of the trio on a day."""
    zones = dict.fromkeys(Zone, 0)
    for row in counting(units(reader, day)):
        if row.zone is not None:
            zones[row.zone] += row.headcount
    for zone, persons in erased(reader, day).items():
        zones[zone] += persons
    return zones, rules.headcounts((trio(zone), people) for zone, people in zones.items())


def _crossings(rows: tuple[UnitRow, ...], before: tuple[UnitRow, ...]) -> tuple[UnitRow, ...]:
    known = {row.id: row for row in before}
    crossed = []
    for row in rows:
        old = known.get(row.id)
        if old is None or old.trio is None or row.trio is None or row.trio == old.trio:
            continue
        crossed.append(since_then(row, old))
    return tuple(crossed)


@remembered(*POSITIONS, "position_count")
def movements(reader: Reader, since: dt.date, until: dt.date) -> Movements:
    """From zone to zone between two days, by headcount, and who crossed a frontier meanwhile."""
    return compared(
        units(reader, since),
        units(reader, until),
        since,
        until,
        gone=erased(reader, since),
        come=erased(reader, until),
    )


@remembered("project")
def rerate_days(reader: Reader) -> int:
    """After how many days somebody should ask whether a rating still holds."""
    return int(reader.value("SELECT rerate_days FROM project") or RERATE_DAYS)


@remembered(*POSITIONS, "project")
def to_confirm(reader: Reader, today: dt.date) -> tuple[ToConfirm, ...]:
    """Units rated longer ago than the project allows ("still true?"), the oldest first."""
    allowed = rerate_days(reader)
    found = [
        ToConfirm(unit, (today - unit.rated_on).days)
        for unit in units(reader, today)
        if unit.rated_on is not None and rules.stale(unit.rated_on, today, allowed)
    ]
    return tuple(sorted(found, key=lambda one: -one.days))
