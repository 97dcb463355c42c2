"""How the crossings are computed: means by headcount, majorities, short lists. No SQL, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from crm_pilot.adoption.queries import DepartmentUse
from crm_pilot.governance.crossing_rows import (
    SMALL,
    DepartmentRow,
    Falling,
    PositionRow,
    TicketCount,
    Trained,
    Waiting,
    Window,
)
from crm_pilot.governance.influence import Effort
from crm_pilot.governance.weighting import weighted
from crm_pilot.people.queries import DepartmentRow as Department
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.rows import UnitRow, counting
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import TRIO_OF_ZONE

MOSTLY = 0.5  # trained below this share: mostly untrained
GRAVEST = (Trio.OPPONENT, Trio.HESITANT, Trio.LOCOMOTIVE)  # of two equals this one is told


# small rules ---------------------------------------------------------------------------------


def counted(
    now: int, before: int, live_since: dt.date | None, people: int, window: Window
) -> TicketCount:
    """Tickets of a department, None where 0 would only mean that nothing is known.

    The last 90 days need a ticket of some department in them; the 90 before need the first ticket
    of all within their first 30 days. A department without a ticket then also needs an open CRM
    account (`live_since`: its first), early enough in those days.
    """
    live = live_since is not None and live_since <= window.today
    lived = live_since is not None and live_since <= window.least
    covered = window.first is not None and window.first <= window.least
    return TicketCount(
        now if window.recent_known and (now or before or live) else None,
        before if covered and (before or lived) else None,
        people,
    )


# by position ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What the other rooms know, by unit or by department."""

    trained: Mapping[int, Trained]  # by unit
    tickets: Mapping[int, TicketCount]  # by department
    use: Mapping[int, DepartmentUse]  # by department, those of five accounts and more
    effort: Mapping[Zone, Effort]  # every zone


def position_rows(units: Sequence[UnitRow], beside: Beside) -> tuple[PositionRow, ...]:
    """Each of the trio, followed by its zones that hold somebody."""
    placed = [unit for unit in counting(units) if unit.zone is not None]
    rows: list[PositionRow] = []
    if not placed:
        return ()
    for trio in Trio:
        rows.append(_position(trio, None, placed, beside))
        zones = [zone for zone in Zone if TRIO_OF_ZONE[zone] == trio]
        found = [_position(trio, zone, placed, beside) for zone in zones]
        rows += [row for row in found if row.units]
    return tuple(rows)


def _position(
    trio: Trio,
    zone: Zone | None,
    placed: Sequence[UnitRow],
    beside: Beside,
) -> PositionRow:
    def here(unit: UnitRow) -> bool:
        return unit.trio == trio and zone in (None, unit.zone)

    there = [unit for unit in placed if here(unit)]

    def mean(value: Callable[[UnitRow], float | None]) -> float | None:
        return weighted(there, value, lambda _: None).get(None)

    def of_use(read: Callable[[DepartmentUse], float | None]) -> float | None:
        return mean(lambda unit: None if (use := _used(unit, beside)) is None else read(use))

    counts = {unit.id: _count(unit, beside) for unit in there}
    known_now = {key for key, count in counts.items() if count.rate is not None}
    compared = all(counts[key].rate_before is not None for key in known_now)

    return PositionRow(
        trio=trio,
        zone=zone,
        units=len(there),
        headcount=sum(unit.headcount for unit in there),
        trained=mean(lambda u: beside.trained[u.id].share if u.id in beside.trained else None),
        tickets=mean(lambda unit: counts[unit.id].rate),
        tickets_before=mean(lambda unit: counts[unit.id].rate_before) if compared else None,
        active_share=of_use(lambda use: use.active_share),
        days_per_week=of_use(lambda use: use.days_per_week),
        expected_low=of_use(lambda use: use.expected_low),
        effort=_summed(
            e for z, e in beside.effort.items() if zone in (None, z) and TRIO_OF_ZONE[z] == trio
        ),
    )


def _used(unit: UnitRow, beside: Beside) -> DepartmentUse | None:
    """Use of the department of a unit."""
    return None if unit.department_id is None else beside.use.get(unit.department_id)


def _count(unit: UnitRow, beside: Beside) -> TicketCount:
    """Tickets of the department of a unit."""
    found = None if unit.department_id is None else beside.tickets.get(unit.department_id)
    return found or TicketCount(None, None, 0)


def _summed(parts: Iterable[Effort]) -> Effort:
    found = tuple(parts)
    return Effort(
        sum(part.actions for part in found),
        sum(part.done for part in found),
        sum(part.minutes for part in found),
    )


# by department -------------------------------------------------------------------------------


def department_rows(
    departments: Sequence[Department],
    units: Sequence[UnitRow],
    coverage: Mapping[int, Trained],
    beside: Beside,
) -> tuple[DepartmentRow, ...]:
    """Every department that has people, by wave and in the lead's order."""
    members: dict[int, list[UnitRow]] = {}
    for unit in counting(units):
        if unit.department_id is not None:
            members.setdefault(unit.department_id, []).append(unit)
    rows = [
        _department(row, members.get(row.id, []), coverage.get(row.id), beside)
        for row in departments
    ]
    return tuple(row for row in rows if row.people)


def _department(
    row: Department, members: Sequence[UnitRow], trained: Trained | None, beside: Beside
) -> DepartmentRow:
    placed = [unit for unit in members if unit.zone is not None]
    trio, zone, share = majority(placed)
    count, use = beside.tickets.get(row.id), beside.use.get(row.id)
    return DepartmentRow(
        id=row.id,
        department=row.name,
        wave=row.wave or "",
        people=people_of(row, members),
        placed=sum(unit.headcount for unit in placed),
        trio=trio,
        zone=zone,
        majority=share,
        trained=None if trained is None else trained.share,
        tickets=None if count is None else count.opened,
        tickets_before=None if count is None else count.before,
        active_share=None if use is None else use.active_share,
        days_per_week=None if use is None else use.days_per_week,
        expected_low=None if use is None else use.expected_low,
        units=tuple(unit.id for unit in members),
    )


def people_of(row: Department, members: Iterable[UnitRow]) -> int:
    """Persons in the directory, or headcount of the groups on the map: the larger, since either
    list may be incomplete."""
    return max(row.persons, sum(unit.headcount for unit in members))


def majority(placed: Sequence[UnitRow]) -> tuple[Trio | None, Zone | None, float | None]:
    """The trio most people are of, the largest zone inside it, and the trio's share of those
    placed. Of two equal ones the graver is told."""
    people = sum(unit.headcount for unit in placed)
    if not people:
        return None, None, None

    def size(trio: Trio, zone: Zone | None = None) -> int:
        return sum(u.headcount for u in placed if u.trio == trio and zone in (None, u.zone))

    trio = max(GRAVEST, key=size)
    zones = [zone for zone in reversed(Zone) if TRIO_OF_ZONE[zone] == trio]
    return trio, max(zones, key=lambda zone: size(trio, zone)), size(trio) / people


# lists ---------------------------------------------------------------------------------------


def idle_allies(units: Iterable[UnitRow], busy: Collection[int]) -> tuple[UnitRow, ...]:
    """Locomotives (S ≥ A with synergy 3 or 4) that no action aims at and that carry none; `busy`
    are those one does. Large groups first."""
    found = [unit for unit in units if unit.trio == Trio.LOCOMOTIVE and unit.id not in busy]
    return tuple(sorted(found, key=lambda unit: (unit.kind != UnitKind.GROUP, -unit.headcount)))


def waiting_hesitants(
    units: Iterable[UnitRow], trained: Mapping[int, Trained]
) -> tuple[Waiting, ...]:
    """Hesitants of whom less than half are trained, the least trained and largest first; a group
    whose department has fewer than five users is left out."""
    found = [
        Waiting(unit, trained[unit.id])
        for unit in units
        if unit.trio == Trio.HESITANT and unit.id in trained and trained[unit.id].share < MOSTLY
        if unit.kind == UnitKind.PERSON or trained[unit.id].of >= SMALL
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.unit.kind != UnitKind.GROUP,
                one.trained.share,
                -one.unit.headcount,
            ),
        )
    )


def falling_departments(
    rows: Iterable[DepartmentRow], now: Sequence[UnitRow], then: Sequence[UnitRow]
) -> tuple[Falling, ...]:
    """Departments of five people and more with more tickets than in the 90 days before and less
    synergy than 90 days ago, over the groups that had a position on both days."""
    before = {unit.id: float(unit.synergy) for unit in then if unit.synergy is not None}
    both = [u for u in counting(now) if u.synergy is not None and u.id in before]
    synergy = weighted(both, lambda unit: unit.synergy, lambda unit: unit.department_id)
    earlier = weighted(both, lambda unit: before[unit.id], lambda unit: unit.department_id)
    found = []
    for row in rows:
        if row.people < SMALL or row.id not in synergy or not row.change or row.change < 0:
            continue
        assert row.tickets is not None
        assert row.tickets_before is not None
        if synergy[row.id] < earlier[row.id]:
            found.append(
                Falling(
                    row.id,
                    row.department,
                    row.tickets,
                    row.tickets_before,
                    synergy[row.id],
                    earlier[row.id],
                    row.units,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.synergy - one.synergy_before, one.department)))
