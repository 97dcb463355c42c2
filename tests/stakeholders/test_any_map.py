"""Whatever is edited, undone and redone: the map of a day is what the raw rows say of that day.

The second computation here knows nothing of the program but the names of its columns.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.project import Add, Project, Remove, SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone

FIRST = dt.date(2026, 3, 2)
SPAN = 60
DEFAULT = (  # the delivered table, synergy 1 first
    ("passive", "grumbler", "rebel", "rebel"),
    ("passive", "passive", "opponent", "opponent"),
    ("zealot", "golden_triangle", "hesitant", "opponent"),
    ("zealot", "golden_triangle", "golden_triangle", "torn"),
)
TRIO = {
    "zealot": "locomotive",
    "golden_triangle": "locomotive",
    "hesitant": "hesitant",
    "passive": "hesitant",
    "torn": "hesitant",
    "grumbler": "opponent",
    "opponent": "opponent",
    "rebel": "opponent",
}
offsets = st.integers(0, SPAN)
levels = st.integers(1, 4)
which = st.integers(0, 30)  # of what there is, counted round
rates = st.tuples(st.just("rate"), which, offsets, levels, levels)
edits = st.one_of(
    st.tuples(st.just("group"), st.integers(1, 60)),
    st.tuples(st.just("person")),
    rates,
    st.tuples(st.just("twice"), which, offsets, levels, levels, levels, levels),  # on one day
    st.tuples(st.just("unrate"), which),
    st.tuples(st.just("headcount"), which, st.integers(1, 60)),
    st.tuples(st.just("cell"), which, st.sampled_from(list(Zone))),
    st.tuples(st.just("erase"), which),
    st.tuples(st.just("count"), st.sampled_from([20, 40]), st.sampled_from(list(Zone))),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def day(offset: int) -> dt.date:
    return FIRST + dt.timedelta(days=offset)


class Map:
    """A project under random edits."""

    def __init__(self, project: Project) -> None:
        self.project = project
        project.execute(SeedZoneCells())
        for number in range(3):
            project.execute(AddStakeholder(UnitKind.PERSON, f"First {number}"))
        self.start = len(project.undo_labels)
        self.names = 0

    def key(self, table: str, number: int) -> int | None:
        """One of the rows there are."""
        keys = [key for (key,) in self.project.reader.select(f"SELECT id FROM {table} ORDER BY id")]
        return keys[number % len(keys)] if keys else None

    def edit(self, kind: str, *told: Any) -> None:
        """Carry one edit out; what needs a row that is not there is left out."""
        run = self.project.execute
        if kind == "undo":
            if len(self.project.undo_labels) > self.start:
                self.project.undo()
        elif kind == "redo":
            if self.project.redo_labels:
                self.project.redo()
        elif kind in ("group", "person"):
            self.names += 1
            people = {"headcount": told[0]} if told else {}
            run(AddStakeholder(UnitKind(kind), f"U{self.names}", **people))
        elif kind == "cell":
            run(SetField("zone_cell", self.key("zone_cell", told[0]) or 0, "zone", told[1]))
        elif kind == "count":
            self.count(day(told[0]), told[1])
        else:
            self.row(kind, *told)

    def row(self, kind: str, number: int, *told: Any) -> None:
        """Edits of a row that must be there."""
        key = self.key("rating" if kind == "unrate" else "stakeholder", number)
        if key is None:
            return
        run = self.project.execute
        if kind == "twice":
            self.row("rate", number, told[0], *told[1:3])
            self.row("rate", number, told[0], *told[3:5])
        elif kind == "rate":
            run(Rate(key, day(told[0]), told[1], told[2], "Seen", "Lead"))
        elif kind == "unrate":
            run(Remove("rating", (key,)))
        elif kind == "headcount":
            run(SetField("stakeholder", key, "headcount", told[0]))
        elif kind == "erase":
            run(Remove("stakeholder", (key,)))

    def count(self, counted_on: dt.date, zone: Zone) -> None:
        """An anonymous count, unless there is one."""
        known = self.project.reader.value(
            "SELECT id FROM position_count WHERE counted_on = ? AND zone = ?", counted_on, zone
        )
        if known is None:
            self.project.execute(
                Add("position_count", {"counted_on": counted_on, "zone": zone, "persons": 2})
            )


# the second computation ------------------------------------------------------------------------


class Raw:
    """The rows of the file, and plain loops over them."""

    def __init__(self, project: Project) -> None:
        select = project.reader.select
        self.units = select("SELECT id, kind, headcount FROM stakeholder")
        self.ratings = select(
            "SELECT id, stakeholder_id, rated_on, synergy, antagonism FROM rating"
        )
        self.cells = {(s, a): DEFAULT[s - 1][a - 1] for s in range(1, 5) for a in range(1, 5)}
        for synergy, antagonism, zone in select("SELECT synergy, antagonism, zone FROM zone_cell"):
            self.cells[synergy, antagonism] = zone
        self.counts = select("SELECT counted_on, zone, persons FROM position_count")

    def known(self, unit: int, on: dt.date) -> list[tuple[str, int, int, int]]:
        """(day, id, synergy, antagonism) of a unit's ratings up to a day, oldest first."""
        return sorted(
            (rated_on, key, s, a)
            for key, of, rated_on, s, a in self.ratings
            if of == unit and rated_on <= on.isoformat()
        )

    def place(self, unit: int, on: dt.date) -> tuple[int, int] | None:
        """The position in force on a day."""
        found = self.known(unit, on)
        return found[-1][2:] if found else None

    def drift(self, unit: int, on: dt.date) -> float | None:
        """Levels a month between the evening of the first day and the day."""
        found = self.known(unit, on)
        if not found or found[0][0] == found[-1][0]:
            return None
        start = [one for one in found if one[0] == found[0][0]][-1]
        end = found[-1]
        days = (dt.date.fromisoformat(end[0]) - dt.date.fromisoformat(start[0])).days
        return ((end[2] - end[3]) - (start[2] - start[3])) / days * 30.4375

    def counting(self) -> list[tuple[int, int]]:
        """(id, headcount) of what counts."""
        groups = [(key, people) for key, kind, people in self.units if kind == "group"]
        return groups or [(key, people) for key, _, people in self.units]

    def erased(self, on: dt.date) -> Counter[str]:
        """Anonymous counts of a day, where persons count."""
        if any(kind == "group" for _, kind, _ in self.units):
            return Counter()
        return Counter({zone: n for when, zone, n in self.counts if when == on.isoformat()})

    def zones(self, on: dt.date) -> Counter[str]:
        """Headcount by zone."""
        found = self.erased(on)
        for unit, people in self.counting():
            place = self.place(unit, on)
            if place:
                found[self.cells[place]] += people
        return found

    def moves(self, since: dt.date, until: dt.date) -> Counter[tuple[str | None, str | None]]:
        """Headcount from zone to zone."""
        found: Counter[tuple[str | None, str | None]] = Counter()
        for unit, people in self.counting():
            before, after = self.place(unit, since), self.place(unit, until)
            if after:
                found[before and self.cells[before], self.cells[after]] += people
        for zone, people in self.erased(since).items():
            found[zone, None] += people
        for zone, people in self.erased(until).items():
            found[None, zone] += people
        return found

    def crossed(self, since: dt.date, until: dt.date) -> dict[str, set[int]]:
        """Who crossed which frontier."""
        found: dict[str, set[int]] = {"joined": set(), "left": set(), "risen": set()}
        found["fallen"] = set()
        for unit, _, _ in self.units:
            before, after = self.place(unit, since), self.place(unit, until)
            if before and after:
                ally = before[0] >= before[1], after[0] >= after[1]
                acts = before[0] > 2, after[0] > 2
                for pair, come, gone in ((ally, "joined", "left"), (acts, "risen", "fallen")):
                    if pair == (False, True):
                        found[come].add(unit)
                    elif pair == (True, False):
                        found[gone].add(unit)
        return found


def check(project: Project, days: tuple[int, int]) -> None:
    """The program's answers for two days against the raw rows."""
    raw, reader = Raw(project), project.reader
    since, until = sorted(day(offset) for offset in days)
    for on in (since, until):
        rows = queries.units(reader, on)
        assert {row.id for row in rows} == {unit for unit, _, _ in raw.units}
        for row in rows:
            place = raw.place(row.id, on)
            assert ((row.synergy, row.antagonism) if row.rated else None) == place
            assert (row.zone and row.zone.value) == (place and raw.cells[place])
            assert row.drift == pytest.approx(raw.drift(row.id, on))
    figures, zones = queries.figures(reader, until, since), raw.zones(until)
    assert {zone.value: n for zone, n in figures.zones if n} == dict(+zones)
    before = raw.zones(since)
    for share in figures.shares:
        now, then = (
            sum(n for zone, n in one.items() if TRIO[zone] == share.trio.value)
            for one in (zones, before)
        )
        assert (share.headcount, share.change_headcount) == (now, now - then)
        total = sum(zones.values())
        assert share.share == pytest.approx(now / total if total else 0)
    moved = queries.movements(reader, since, until)
    told = {(cell.before, cell.after): cell.headcount for cell in moved.cells}
    assert told == dict(raw.moves(since, until))
    for name, units in raw.crossed(since, until).items():
        assert {unit.id for unit in getattr(moved, name)} == units
    assert figures.headcount_rated == sum(told.values()) - sum(
        people for (_, after), people in told.items() if after is None
    )


PROFILE = settings(
    max_examples=int(os.environ.get("MAP_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)


@given(
    st.lists(rates, min_size=8, max_size=16),
    st.lists(edits, max_size=25),
    st.tuples(offsets, offsets),
    st.tuples(st.sampled_from([20, 40]), offsets),
)
@PROFILE
def test_the_map_of_a_day_is_what_the_rows_say(
    home: Path,
    placed: list[tuple[Any, ...]],
    made: list[tuple[Any, ...]],
    days: tuple[int, int],
    counted: tuple[int, int],
) -> None:
    with Project.create(name="Any", language="en") as project:
        room = Map(project)
        for edit in (*placed, *made):
            room.edit(*edit)
        check(project, days)
        check(project, counted)
        while project.redo_labels:
            project.redo()
        end = [queries.units(project.reader, day(offset)) for offset in (*days, *counted)]
        done = len(project.undo_labels) - room.start
        for _ in range(done):
            project.undo()
        check(project, days)
        check(project, counted)
        assert not any(unit.rated for unit in queries.units(project.reader, day(SPAN)))
        for _ in range(done):
            project.redo()
        assert [queries.units(project.reader, day(o)) for o in (*days, *counted)] == end
        check(project, days)
        check(project, counted)


def test_every_trio_is_in_the_second_computation() -> None:
    assert set(TRIO) == set(Zone)
    assert set(TRIO.values()) == set(Trio)
