"""The plane against the table of DOMAIN.md 1.3, typed again here cell by cell."""

import pytest

from crm_pilot.stakeholders.terms import Trio, Zone
from crm_pilot.stakeholders.zones import (
    ANTAGONISM_ANCHORS,
    DEFAULT_CELLS,
    HANDLING,
    SYNERGY_ANCHORS,
    acting,
    ally,
    grid,
    swing,
    trio,
)

# S4 to S1 downwards, A1 to A4 to the right; ✔ sourced, ◇ our own design
TABLE = """
zealot ✔  | golden_triangle ✔ | golden_triangle ✔ | torn ◇
zealot ✔  | golden_triangle ✔ | hesitant ✔        | opponent ◇
passive ✔ | passive ✔         | opponent ◇        | opponent ◇
passive ✔ | grumbler ◇        | rebel ◇           | rebel ◇
"""
CELLS = [
    (4 - row, column + 1, *cell.split())
    for row, line in enumerate(TABLE.strip().splitlines())
    for column, cell in enumerate(line.split("|"))
]


@pytest.mark.parametrize(("synergy", "antagonism", "zone", "mark"), CELLS)
def test_every_cell_is_that_of_the_table(synergy, antagonism, zone, mark):
    cell = next(c for c in DEFAULT_CELLS if (c.synergy, c.antagonism) == (synergy, antagonism))
    assert cell.zone == Zone(zone)
    assert cell.sourced == (mark == "✔")
    assert grid().zone(synergy, antagonism) == Zone(zone)


def test_sixteen_cells_nine_of_them_as_in_the_source():
    """A tenth, (1,2), has a sourced text but is filed elsewhere there: our own design."""
    assert len({(c.synergy, c.antagonism) for c in DEFAULT_CELLS}) == len(DEFAULT_CELLS) == 16
    assert sum(c.sourced for c in DEFAULT_CELLS) == 9


def test_the_simple_trio():
    groups = {kind: {z for z in Zone if trio(z) == kind} for kind in Trio}
    assert groups[Trio.LOCOMOTIVE] == {Zone.ZEALOT, Zone.GOLDEN_TRIANGLE}
    assert groups[Trio.HESITANT] == {Zone.HESITANT, Zone.PASSIVE, Zone.TORN}
    assert groups[Trio.OPPONENT] == {Zone.GRUMBLER, Zone.OPPONENT, Zone.REBEL}


def test_frontiers():
    assert [ally(s, a) for s, a in ((2, 2), (4, 4), (1, 1), (3, 2))] == [True] * 4
    assert [ally(s, a) for s, a in ((1, 2), (2, 3), (3, 4))] == [False] * 3
    assert [acting(level) for level in (1, 2, 3, 4)] == [False, False, True, True]
    assert [(s, a) for s, a, *_ in CELLS if swing(s, a)] == [(2, 2)]


def test_a_project_may_move_a_cell_to_another_zone():
    changed = grid([(1, 2, Zone.PASSIVE)])
    assert changed.zone(1, 2) == Zone.PASSIVE
    assert changed.trio(1, 2) == Trio.HESITANT
    assert changed.zone(1, 3) == Zone.REBEL


def test_every_zone_and_level_has_its_words():
    assert set(HANDLING) == set(Zone)
    assert set(SYNERGY_ANCHORS) == set(ANTAGONISM_ANCHORS) == {1, 2, 3, 4}
