"""The order of entry as pure rules: stages, turns, who is approached first, who is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import pytest

from crm_pilot.stakeholders import entry
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind, Zone
from crm_pilot.stakeholders.zones import grid, trio

TODAY = dt.date(2026, 11, 20)
D = dt.date.fromisoformat
CELL = {zone: (s, a) for s in (1, 2, 3, 4) for a in (1, 2, 3, 4) for zone in [grid().zone(s, a)]}


@dataclass(frozen=True)
class Act:
    stakeholder_id: int
    start: dt.date | None = None
    finish: dt.date | None = None
    ally_id: int | None = None
    active: bool = True
    done: bool = False

    def begun(self, today: dt.date) -> bool:
        return self.done or (self.start is not None and self.start <= today)


@dataclass(frozen=True)
class Wave:
    id: int
    name: str
    go_live: dt.date | None
    departments: tuple[str, ...] = ()


def unit(key: int, zone: Zone | None, *, people: int = 12, **more: object) -> UnitRow:
    """A group in a zone, in department “D” of wave 1."""
    values: dict[str, object] = dict.fromkeys(field.name for field in fields(UnitRow))
    values |= {"id": key, "kind": UnitKind.GROUP, "name": f"G{key}", "headcount": people}
    values |= {"influence": 2, "department": "D", "department_id": 1, "wave_id": 1, "zone": zone}
    if zone is not None:
        values |= {"synergy": CELL[zone][0], "antagonism": CELL[zone][1], "trio": trio(zone)}
    return UnitRow(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "stage"),
    [
        (Zone.GOLDEN_TRIANGLE, 1),
        (Zone.ZEALOT, 2),
        (Zone.HESITANT, 3),
        (Zone.PASSIVE, 4),
        (Zone.GRUMBLER, 5),
        (Zone.OPPONENT, 6),
        (Zone.REBEL, 7),
        (Zone.TORN, 7),
        (None, None),
    ],
)
def test_the_stage_of_each_zone(zone: Zone | None, stage: int | None) -> None:
    assert entry.stage(unit(1, zone)) == stage
    assert entry.stage(unit(1, zone, stage=3)) == 3


def test_the_day_typed_comes_before_that_of_the_first_action() -> None:
    acts = [Act(1, D("2027-01-10")), Act(1, D("2026-12-01"), active=False), Act(1)]
    one = entry.entrant(unit(1, Zone.PASSIVE), acts)
    assert (one.enters_on, one.planned) == (D("2027-01-10"), False)
    one = entry.entrant(unit(1, Zone.PASSIVE, enters_on=D("2027-02-01")), acts)
    assert (one.enters_on, one.planned) == (D("2027-02-01"), True)
    assert entry.entrant(unit(1, Zone.PASSIVE), [Act(1, TODAY, done=True)]).following is None


ALLY, RIVAL, CROWD = unit(1, Zone.ZEALOT), unit(2, Zone.OPPONENT), unit(3, Zone.PASSIVE)
MOANER, MUTINEER = unit(4, Zone.GRUMBLER), unit(5, Zone.REBEL)
UNITS = (ALLY, RIVAL, CROWD, MOANER, MUTINEER)
LATE, SOON, PAST = D("2027-01-15"), D("2026-12-01"), D("2026-11-10")


@pytest.mark.parametrize(
    ("acts", "tripped"),
    [
        ([], False),
        ([Act(1, SOON, SOON)], False),
        ([Act(4, PAST, PAST)], False),  # moaners are heard early
        ([Act(2, LATE, LATE)], True),  # nobody with an ally
        ([Act(5, LATE, LATE)], True),
        ([Act(2, LATE, LATE, active=False)], False),
        ([Act(2, LATE, LATE), Act(1, SOON, SOON)], False),
        ([Act(2, SOON, SOON), Act(1, SOON, SOON)], True),  # not before it ends
        ([Act(2, SOON, SOON), Act(1, LATE, LATE)], True),
        ([Act(2, PAST, PAST), Act(1, PAST, PAST)], True),  # begun, and the ally's is not done
        ([Act(2, PAST, PAST), Act(1, PAST, PAST, done=True)], False),
        ([Act(2, PAST, PAST), Act(3, PAST, PAST, ally_id=1, done=True)], False),
        ([Act(2, PAST, PAST, ally_id=1, done=True)], True),  # that is the approach itself
        ([Act(2), Act(1)], True),
    ],
)
def test_who_is_approached_first(acts: list[Act], tripped: bool) -> None:
    assert (entry.approached_first(UNITS, acts, TODAY) is not None) is tripped


def test_departments_of_waves_to_come_without_a_golden_triangle() -> None:
    waves = [
        Wave(1, "Next", LATE, ("D", "E", "F", "Tiny")),
        Wave(2, "Past", PAST, ("D",)),
        Wave(3, "Undated", None, ("D",)),
        Wave(4, "Empty", LATE),
    ]
    units = [
        unit(1, Zone.PASSIVE),
        unit(2, Zone.GOLDEN_TRIANGLE, department="E"),
        unit(3, Zone.PASSIVE, department="Tiny", people=4),
    ]
    found = {one.wave.name: one for one in entry.uncovered(units, waves, TODAY)}
    assert set(found) == {"Next", "Undated"}
    assert (found["Next"].without, found["Next"].unknown, found["Next"].covered) == (("D",), 1, 1)
    person = unit(9, Zone.GOLDEN_TRIANGLE, kind=UnitKind.PERSON, people=1)
    covered = entry.uncovered([*units, person], waves[:1], TODAY)[0]
    assert (covered.without, covered.covered) == ((), 2)


@pytest.mark.parametrize(
    ("days", "early"),
    [
        ({1: SOON, 3: LATE}, ()),
        ({1: LATE, 3: SOON}, (3,)),
        ({1: SOON, 3: SOON}, ()),
        ({1: LATE, 3: None}, ()),
        ({1: LATE, 5: SOON}, ()),  # case by case has no turn
        ({1: LATE, 3: SOON, 2: PAST}, (3, 2)),
    ],
)
def test_turns_within_a_wave(days: dict[int, dt.date | None], early: tuple[int, ...]) -> None:
    known = {row.id: row for row in UNITS}
    units = [
        UnitRow(**{**vars(known[key]), "enters_on": day, "wave_id": 1}) for key, day in days.items()
    ]
    found = entry.out_of_turn(entry.entrants(units, ()))
    assert tuple(row.id for one in found for row in one.units) == early
    apart = [UnitRow(**{**vars(row), "wave_id": row.id}) for row in units]
    assert entry.out_of_turn(entry.entrants(apart, ())) == []


def test_whom_to_begin_with() -> None:
    golden = unit(7, Zone.GOLDEN_TRIANGLE, people=6)
    strong = unit(8, Zone.GOLDEN_TRIANGLE, people=6, influence=3)
    assert entry.best_ally([ALLY, golden, RIVAL]) == golden
    assert entry.best_ally([golden, strong]) == strong
    assert entry.best_ally([RIVAL, CROWD]) is None
    swing = unit(6, Zone.PASSIVE, synergy=2, antagonism=2)
    far = unit(3, Zone.PASSIVE, synergy=1, antagonism=1)
    assert entry.best_candidate([far, RIVAL, swing]) == swing
    assert entry.best_candidate([CROWD], ["E"]) is None
