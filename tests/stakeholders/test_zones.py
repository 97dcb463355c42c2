"""The plane against the table of DOMAIN.md 1.3, typed again here cell by cell."""

import pytest

from crm_pilot.stakeholders.advice import merged
from crm_pilot.stakeholders.terms import Style, Trio, Zone
from crm_pilot.stakeholders.zones import (
    ANTAGONISM_ANCHORS,
    CASE_BY_CASE,
    DEFAULT_CELLS,
    HANDLING,
    MIRRORED,
    PUBLISHED,
    SYNERGY_ANCHORS,
    acting,
    ally,
    entry_rank,
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


# S4 to S1 downwards, A1 to A4 to the right. Locomotive, hesitant, opponent; ally (=) or not (/);
# acting (!) above the initiative line; swing (~); rank of entry; animate, negotiate, direct
READINGS = """
L=! 2 A | L=! 1 A | L=! 1 A | H=! 7 N
L=! 2 A | L=! 1 A | H=! 3 N | O/! 6 D
H=  4 N | H=~ 4 N | O/  6 D | O/  6 D
H=  4 N | O/  5 N | O/  7 D | O/  7 D
"""
TRIOS = {"L": Trio.LOCOMOTIVE, "H": Trio.HESITANT, "O": Trio.OPPONENT}
STYLE = {"A": Style.ANIMATE, "N": Style.NEGOTIATE, "D": Style.DIRECT}
READ = [
    (4 - row, column + 1, *cell.strip().replace("  ", " ").split(" "))
    for row, line in enumerate(READINGS.strip().splitlines())
    for column, cell in enumerate(line.split("|"))
]


@pytest.mark.parametrize(("synergy", "antagonism", "marks", "rank", "style"), READ)
def test_every_cell_is_read_as_in_the_table(synergy, antagonism, marks, rank, style):
    zone = grid().zone(synergy, antagonism)
    assert trio(zone) == grid().trio(synergy, antagonism) == TRIOS[marks[0]]
    assert ally(synergy, antagonism) == ("=" in marks)
    assert acting(synergy) == ("!" in marks)
    assert swing(synergy, antagonism) == ("~" in marks)
    assert entry_rank(zone) == int(rank)
    assert HANDLING[zone].style == merged([])[zone].style == STYLE[style]


def test_the_order_of_entry():
    ordered = sorted(Zone, key=entry_rank)
    assert ordered[:6] == [
        Zone.GOLDEN_TRIANGLE,
        Zone.ZEALOT,
        Zone.HESITANT,
        Zone.PASSIVE,
        Zone.GRUMBLER,
        Zone.OPPONENT,
    ]
    assert {entry_rank(zone) for zone in ordered[6:]} == {CASE_BY_CASE} == {7}


def test_every_cell_says_where_it_comes_from():
    found = {(c.synergy, c.antagonism): c.source for c in DEFAULT_CELLS}
    assert all(found[c.synergy, c.antagonism] == PUBLISHED for c in DEFAULT_CELLS if c.sourced)
    own = [c for c in DEFAULT_CELLS if not c.sourced]
    assert [found[c.synergy, c.antagonism] == MIRRORED for c in own].count(False) == 1
    assert "passives" in found[1, 2]


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
    assert all(one.advice and one.role for one in HANDLING.values())
    assert set(SYNERGY_ANCHORS) == set(ANTAGONISM_ANCHORS) == {1, 2, 3, 4}


def test_words_of_the_lead_stand_over_the_delivered_ones():
    found = merged(
        [
            ("passive", None, "", "", "", ""),
            ("hesitant", "animate", "", "  À écouter d'abord ", "", ""),
            ("rebel", "direct", "", "", "Wait", ""),
        ]
    )
    assert not found[Zone.PASSIVE].edited
    assert found[Zone.PASSIVE].sourced
    changed = found[Zone.HESITANT]
    assert (changed.style, changed.edited, changed.sourced) == (Style.ANIMATE, True, False)
    assert changed.handling("fr") == "À écouter d'abord"
    assert changed.handling("en") == HANDLING[Zone.HESITANT].advice  # not written in English
    assert changed.role("en") == HANDLING[Zone.HESITANT].role
    assert found[Zone.REBEL].role("en") == "Wait"
    assert found[Zone.REBEL].style == Style.DIRECT
    assert "triangle d’or" in found[Zone.ZEALOT].role("fr")
