"""Who moved between two days: zones by headcount, and the two frontiers. No SQL and no clock."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crm_pilot.records import dataclass
from crm_pilot.stakeholders.rows import UnitRow, counting
from crm_pilot.stakeholders.rules import crossing
from crm_pilot.stakeholders.terms import Zone

_ORDER: tuple[Zone | None, ...] = (None, *Zone)


@dataclass(frozen=True)
class MoveCell:
    """People who stood in `before` on the first day and in `after` on the second.

    `before` None: rated for the first time meanwhile. `after` None: erased meanwhile. `units` are
    the keys behind the headcount; nothing but the headcount is known of erased persons.
    """

    before: Zone | None
    after: Zone | None
    headcount: int
    units: tuple[int, ...]

    @property
    def moved(self) -> bool:
        """Whether the zone is another one."""
        return self.before != self.after


@dataclass(frozen=True)
class Movements:
    """From zone to zone between two days, and who crossed a frontier.

    `cells` are those with anybody in them, unchanged zones too; they count like the figures. The
    units are all units, persons too; their `previous_*` is the position in force on `since`.
    """

    since: dt.date
    until: dt.date
    cells: tuple[MoveCell, ...]
    joined: tuple[UnitRow, ...]  # the allies: S ≥ A now and not before
    left: tuple[UnitRow, ...]
    risen: tuple[UnitRow, ...]  # above the initiative line, between synergy 2 and 3
    fallen: tuple[UnitRow, ...]


def movements(
    before: Sequence[UnitRow],
    after: Sequence[UnitRow],
    since: dt.date,
    until: dt.date,
    gone: Mapping[Zone, int] | None = None,
    come: Mapping[Zone, int] | None = None,
) -> Movements:
    """What differs between the units on `since` and on `until`.

    `gone` and `come` are persons erased since, counted on the first and on the second day.
    """
    known = {unit.id: unit for unit in before if unit.rated}
    both = [(known[unit.id], unit) for unit in after if unit.rated and unit.id in known]
    moved = [(old, new, crossing(old.position, new.position)) for old, new in both]
    return Movements(
        since,
        until,
        cells=_cells(known, after, gone or {}, come or {}),
        joined=tuple(since_then(new, old) for old, new, line in moved if line.allies > 0),
        left=tuple(since_then(new, old) for old, new, line in moved if line.allies < 0),
        risen=tuple(since_then(new, old) for old, new, line in moved if line.initiative > 0),
        fallen=tuple(since_then(new, old) for old, new, line in moved if line.initiative < 0),
    )


def since_then(unit: UnitRow, before: UnitRow) -> UnitRow:
    """The unit with its position of an earlier day as the previous one."""
    return replace(
        unit,
        previous_synergy=before.synergy,
        previous_antagonism=before.antagonism,
        previous_on=before.rated_on,
    )


def _cells(
    known: Mapping[int, UnitRow],
    after: Sequence[UnitRow],
    gone: Mapping[Zone, int],
    come: Mapping[Zone, int],
) -> tuple[MoveCell, ...]:
    people: dict[tuple[Zone | None, Zone | None], int] = defaultdict(int)
    keys: dict[tuple[Zone | None, Zone | None], list[int]] = defaultdict(list)
    for unit in counting(after):
        if not unit.rated:
            continue
        old = known.get(unit.id)
        pair = (old.zone if old else None, unit.zone)
        people[pair] += unit.headcount
        keys[pair].append(unit.id)
    for zone, persons in gone.items():
        people[zone, None] += persons
    for zone, persons in come.items():
        people[None, zone] += persons
    return tuple(
        MoveCell(first, last, people[first, last], tuple(keys[first, last]))
        for first in _ORDER
        for last in _ORDER
        if people.get((first, last))
    )
