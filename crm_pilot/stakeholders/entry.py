"""The order of entry on stage: in which order units are drawn in, and what goes against it.

Pure rules over units, the actions that aim at them and the waves (DOMAIN.md 1.5). The seven stages
are the synthesis given there; that a unit may be put into another one by hand is this program's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from crm_pilot.records import dataclass
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import CASE_BY_CASE, ally, entry_rank

STAGES = (1, 2, 3, 4, 5, 6, 7)  # of which the last, case by case, has no turn
AGAINST = (Zone.OPPONENT, Zone.REBEL)  # whom one does not approach first; grumblers are heard early
SMALL = 5  # groups with fewer people are not named (DOMAIN.md 6)


class Act(Protocol):
    """What the rules need to know of an action; `work` is minutes."""

    @property
    def stakeholder_id(self) -> int: ...
    @property
    def start(self) -> dt.date | None: ...
    @property
    def finish(self) -> dt.date | None: ...
    @property
    def ally_id(self) -> int | None: ...
    @property
    def active(self) -> bool: ...
    @property
    def done(self) -> bool: ...
    def begun(self, today: dt.date) -> bool:
        """Under way, done, or its first day has come."""


class Wave(Protocol):
    """A wave with the day it opens."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def go_live(self) -> dt.date | None: ...
    @property
    def departments(self) -> tuple[str, ...]: ...


A = TypeVar("A", bound=Act)


@dataclass(frozen=True)
class Entrant(Generic[A]):
    """A unit in the order of entry. `enters_on` is the day planned, or else that of its first
    action (`planned` tells which)."""

    unit: UnitRow
    stage: int | None  # None: not rated and not placed by hand
    enters_on: dt.date | None
    planned: bool
    following: A | None  # the next open action that aims at it


@dataclass(frozen=True)
class DepartmentOrder(Generic[A]):
    """The units of one department, by stage, then by day of entry."""

    id: int | None
    name: str
    entrants: tuple[Entrant[A], ...]


@dataclass(frozen=True)
class WaveOrder(Generic[A]):
    """The departments of one wave; id None: those of no wave."""

    id: int | None
    name: str
    go_live: dt.date | None
    departments: tuple[DepartmentOrder[A], ...]


def stage(unit: UnitRow) -> int | None:
    """The stage set by hand, otherwise that of the zone; None for a unit without either."""
    if unit.stage is not None:
        return unit.stage
    return None if unit.zone is None else entry_rank(unit.zone)


def entrant(unit: UnitRow, acts: Iterable[A]) -> Entrant[A]:
    """Unit with its day of entry; `acts` are those that aim at it."""
    live = [act for act in acts if act.active]
    first = min((act.start for act in live if act.start is not None), default=None)
    following = [act for act in live if not act.done]
    following.sort(key=lambda act: act.start or dt.date.max)
    return Entrant(
        unit,
        stage(unit),
        unit.enters_on or first,
        unit.enters_on is not None,
        following[0] if following else None,
    )


def entrants(units: Iterable[UnitRow], acts: Iterable[A]) -> tuple[Entrant[A], ...]:
    """Every unit with its stage and its day of entry."""
    aimed: dict[int, list[A]] = {}
    for act in acts:
        aimed.setdefault(act.stakeholder_id, []).append(act)
    return tuple(entrant(unit, aimed.get(unit.id, ())) for unit in units)


def order(
    units: Sequence[UnitRow], acts: Iterable[A], waves: Sequence[Wave]
) -> tuple[WaveOrder[A], ...]:
    """Waves in the order they open, each with its departments and their units by stage. Waves
    and departments without a unit are left out; units of no wave come last."""
    by_wave: dict[int | None, list[Entrant[A]]] = {}
    for one in entrants(units, acts):
        by_wave.setdefault(one.unit.wave_id, []).append(one)
    opening = sorted(waves, key=lambda w: (w.go_live is None, w.go_live or dt.date.max))
    made = [
        WaveOrder(wave.id, wave.name, wave.go_live, _departments(by_wave.pop(wave.id)))
        for wave in opening
        if wave.id in by_wave
    ]
    rest = [one for group in by_wave.values() for one in group]
    if rest:
        made.append(WaveOrder(None, "", None, _departments(rest)))
    return tuple(made)


def _departments(found: Sequence[Entrant[A]]) -> tuple[DepartmentOrder[A], ...]:
    grouped: dict[int | None, list[Entrant[A]]] = {}
    for one in found:
        grouped.setdefault(one.unit.department_id, []).append(one)
    keys = sorted(grouped, key=lambda key: (key is None, grouped[key][0].unit.department))
    made = []
    for key in keys:
        here = sorted(grouped[key], key=_turn)
        made.append(DepartmentOrder(key, here[0].unit.department, tuple(here)))
    return tuple(made)


def _turn(one: Entrant[A]) -> tuple[int, dt.date, int, str]:
    return (
        one.stage or CASE_BY_CASE + 1,
        one.enters_on or dt.date.max,
        -one.unit.headcount,
        one.unit.name,
    )


# what goes against the order ------------------------------------------------------------------


@dataclass(frozen=True)
class Approach:
    """Actions on opponents that come before any ally acted."""

    units: tuple[UnitRow, ...]
    first: dt.date | None  # day of the first of them
    begun: bool
    planned: int  # actions with an ally that are planned


def approached_first(
    units: Sequence[UnitRow], acts: Sequence[Act], today: dt.date
) -> Approach | None:
    """Opponents or mutineers approached while no action with an ally is done: under way or past
    its first day, or dated no later than the end of the first one with an ally.

    An action with an ally aims at the golden triangle or at zealots, or is carried by an ally.
    """
    known = {unit.id: unit for unit in units}
    against = {unit.id for unit in units if unit.zone in AGAINST}
    live = [act for act in acts if act.active]
    allied = [act for act in live if _allied(act, known, against)]
    if any(act.done for act in allied):
        return None
    ends = min((act.finish for act in allied if act.finish), default=None)
    early = [
        act
        for act in live
        if act.stakeholder_id in against
        and (act.begun(today) or ends is None or (act.start is not None and act.start <= ends))
    ]
    if not early:
        return None
    keys = {act.stakeholder_id for act in early}
    return Approach(
        tuple(unit for unit in units if unit.id in keys),
        min((act.start for act in early if act.start), default=None),
        any(act.begun(today) for act in early),
        len(allied),
    )


def _allied(act: Act, known: dict[int, UnitRow], against: set[int]) -> bool:
    if act.stakeholder_id in against:
        return False
    unit = known.get(act.stakeholder_id)
    return act.ally_id is not None or (unit is not None and unit.trio == Trio.LOCOMOTIVE)


@dataclass(frozen=True)
class Uncovered:
    """Departments of a wave to come where nobody stands in the golden triangle. `without` are
    names; `unknown` counts those with no rated unit."""

    wave: Wave
    without: tuple[str, ...]
    unknown: int
    covered: int


def uncovered(units: Sequence[UnitRow], waves: Sequence[Wave], today: dt.date) -> list[Uncovered]:
    """For each wave to come that has departments, which of them have no golden triangle.
    Departments with under five people on the map are left out."""
    rated: dict[str, list[UnitRow]] = {}
    for unit in units:
        if unit.department and unit.rated:
            rated.setdefault(unit.department, []).append(unit)
    made = []
    for wave in waves:
        if not wave.departments or (wave.go_live is not None and wave.go_live <= today):
            continue
        without, unknown, covered = [], 0, 0
        for name in wave.departments:
            here = rated.get(name, [])
            if not here:
                unknown += 1
            elif any(unit.zone == Zone.GOLDEN_TRIANGLE for unit in here):
                covered += 1
            elif people(here) >= SMALL:
                without.append(name)
        made.append(Uncovered(wave, tuple(without), unknown, covered))
    return made


def people(units: Iterable[UnitRow]) -> int:
    """People of some units: those of its groups, or the persons where there is no group."""
    every = list(units)
    groups = [unit for unit in every if unit.kind == UnitKind.GROUP]
    return sum(unit.headcount for unit in groups or every)


@dataclass(frozen=True)
class Early:
    """Units of a wave that enter before some of an earlier stage."""

    wave_id: int
    units: tuple[UnitRow, ...]
    before: tuple[UnitRow, ...]


def out_of_turn(found: Iterable[Entrant[A]]) -> list[Early]:
    """Waves where a unit enters before one whose stage comes before its own. Units without a day
    and those handled case by case have no turn."""
    by_wave: dict[int, list[tuple[int, dt.date, UnitRow]]] = {}
    for one in found:
        turn = one.stage is not None and one.stage != CASE_BY_CASE and one.enters_on is not None
        if turn and one.unit.wave_id is not None:
            assert one.stage is not None
            assert one.enters_on is not None
            by_wave.setdefault(one.unit.wave_id, []).append((one.stage, one.enters_on, one.unit))
    made = []
    for wave, here in by_wave.items():
        early = [
            one for one in here if any(other[0] < one[0] and other[1] > one[1] for other in here)
        ]
        late = [
            one for one in here if any(other[0] > one[0] and other[1] < one[1] for other in here)
        ]
        if early:
            made.append(Early(wave, tuple(u for *_, u in early), tuple(u for *_, u in late)))
    return made


def best_ally(units: Iterable[UnitRow]) -> UnitRow | None:
    """Whom to draw in first: a group of the golden triangle, else zealots; the most influential,
    then the largest."""
    allies = [unit for unit in units if unit.trio == Trio.LOCOMOTIVE]
    return max(allies, key=_weight, default=None)


def best_candidate(units: Iterable[UnitRow], departments: Iterable[str] = ()) -> UnitRow | None:
    """Who is the shortest way from the golden triangle (3,2): allies before others, the most
    energy first."""
    wanted = set(departments)
    near = [unit for unit in units if unit.rated and (not wanted or unit.department in wanted)]
    return max(near, key=_nearness, default=None)


def _weight(unit: UnitRow) -> tuple[bool, bool, int, int, int]:
    golden = unit.zone == Zone.GOLDEN_TRIANGLE
    return golden, unit.kind == UnitKind.GROUP, unit.influence, unit.headcount, -unit.id


def _nearness(unit: UnitRow) -> tuple[bool, int, bool, int, int]:
    synergy, antagonism = unit.position
    way = abs(3 - synergy) + abs(2 - antagonism)
    group = unit.kind == UnitKind.GROUP
    return ally(synergy, antagonism), -way, group, unit.headcount, -unit.id
