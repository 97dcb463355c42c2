"""Who moved between two days: by hand, and by a second computation in plain SQL."""

import datetime as dt

import pytest

from crm_pilot.project import Add, Remove, SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone

from .conftest import TODAY

SEPTEMBER, OCTOBER = dt.date(2026, 9, 5), dt.date(2026, 10, 31)


def cells(found):
    return {(cell.before, cell.after): cell.headcount for cell in found.cells}


def names(units):
    return [unit.name for unit in units]


def test_from_zone_to_zone_by_hand(placed):
    found = queries.movements(placed.reader, SEPTEMBER, TODAY)
    # the person (golden triangle all along) is in a group already and does not count
    assert cells(found) == {
        (None, Zone.OPPONENT): 46,  # South, rated for the first time on 8 September
        (Zone.ZEALOT, Zone.ZEALOT): 64,
        (Zone.PASSIVE, Zone.GOLDEN_TRIANGLE): 38,
        (Zone.PASSIVE, Zone.PASSIVE): 72,
    }
    assert [cell.moved for cell in found.cells] == [True, False, True, False]
    assert names(found.risen) == ["Marketing"]
    assert (found.joined, found.left, found.fallen) == ((), (), ())
    assert found.risen[0].previous_synergy == 2
    assert found.risen[0].previous_on == dt.date(2026, 9, 1)


def test_who_crossed_the_frontiers(placed):
    later = queries.movements(placed.reader, OCTOBER, TODAY)
    assert names(later.left) == ["Field sales South"]
    assert (later.joined, later.risen, later.fallen) == ((), (), ())
    day = TODAY + dt.timedelta(days=1)
    south, telesales, person = (
        next(u.id for u in queries.units(placed.reader, TODAY) if u.name == name)
        for name in ("Field sales South", "Telesales", "Zoé Quentin")
    )
    placed.execute(Rate(south, day, 3, 3, "Offered help", "Lead"))
    placed.execute(Rate(telesales, day, 2, 1, "Stayed away", "Lead"))
    placed.execute(Rate(person, day, 1, 2, "Left the pilot", "Lead"))
    found = queries.movements(placed.reader, TODAY, day)
    assert names(found.joined) == ["Field sales South"]
    assert names(found.risen) == ["Field sales South"]
    assert names(found.left) == ["Zoé Quentin"]  # persons are told too, to the lead
    assert set(names(found.fallen)) == {"Telesales", "Zoé Quentin"}


def test_a_crossing_there_and_back_is_none(placed):
    south = next(u.id for u in queries.units(placed.reader, TODAY) if "South" in u.name)
    placed.execute(Rate(south, TODAY, 2, 2, "Came back", "Lead"))
    found = queries.movements(placed.reader, OCTOBER, TODAY)
    assert found.left == ()
    assert (Zone.PASSIVE, Zone.PASSIVE) in cells(found)


def test_the_table_agrees_with_plain_sql(placed):
    placed.execute(SeedZoneCells())
    at = (
        "(SELECT z.zone FROM rating r JOIN zone_cell z ON z.synergy = r.synergy"
        " AND z.antagonism = r.antagonism WHERE r.stakeholder_id = u.id AND r.rated_on <= ?"
        " ORDER BY r.rated_on DESC, r.id DESC LIMIT 1)"
    )
    for first in (SEPTEMBER, dt.date(2026, 10, 14), OCTOBER, TODAY):
        counted = placed.reader.select(
            f"SELECT {at} before, {at} after, sum(u.headcount) FROM stakeholder u"
            " WHERE u.kind = 'group' GROUP BY 1, 2 HAVING after IS NOT NULL",
            first,
            TODAY,
        )
        found = cells(queries.movements(placed.reader, first, TODAY))
        assert found == {(b and Zone(b), Zone(a)): people for b, a, people in counted}
        figures = queries.figures(placed.reader, TODAY)
        assert sum(found.values()) == figures.headcount_rated


def test_persons_count_where_there_is_no_group(project):
    keys = [project.execute(AddStakeholder(UnitKind.PERSON, f"P {n}")) for n in range(3)]
    for key in keys:
        project.execute(Rate(key, SEPTEMBER, 2, 2, "A fact", "Lead"))
    project.execute(Rate(keys[0], OCTOBER, 3, 2, "A fact", "Lead"))
    found = queries.movements(project.reader, SEPTEMBER, OCTOBER)
    assert cells(found) == {
        (Zone.PASSIVE, Zone.GOLDEN_TRIANGLE): 1,
        (Zone.PASSIVE, Zone.PASSIVE): 2,
    }
    assert found.cells[0].units == (keys[0],)


# erased persons --------------------------------------------------------------------------------


@pytest.fixture
def counted(project):
    """Two persons left of five: three were erased after the committee of October."""
    for number in range(2):
        key = project.execute(AddStakeholder(UnitKind.PERSON, f"P {number}"))
        project.execute(Rate(key, SEPTEMBER, 3, 2, "A fact", "Lead"))
    project.execute(Add("committee", {"number": 1, "held_on": OCTOBER}))
    for zone, persons in (("golden_triangle", 1), ("opponent", 2)):
        values = {"counted_on": OCTOBER, "zone": zone, "persons": persons}
        project.execute(Add("position_count", values))
    return project


def test_counts_of_erased_persons_stand_on_the_day_of_the_committee(counted):
    then = queries.figures(counted.reader, OCTOBER)
    assert (then.headcount_rated, then.headcount_total) == (5, 5)
    assert dict(then.zones)[Zone.GOLDEN_TRIANGLE] == 3
    assert {s.trio: s.headcount for s in then.shares}[Trio.OPPONENT] == 2
    day_after = queries.figures(counted.reader, OCTOBER + dt.timedelta(days=1))
    assert day_after.headcount_rated == 2
    now = queries.figures(counted.reader, TODAY)
    assert now.since == OCTOBER
    assert [s.change_headcount for s in now.shares] == [-1, 0, -2]
    found = queries.movements(counted.reader, OCTOBER, TODAY)
    assert cells(found) == {
        (Zone.GOLDEN_TRIANGLE, Zone.GOLDEN_TRIANGLE): 2,
        (Zone.GOLDEN_TRIANGLE, None): 1,
        (Zone.OPPONENT, None): 2,
    }
    key = counted.reader.value("SELECT id FROM position_count WHERE zone = 'opponent'")
    counted.execute(SetField("position_count", key, "persons", 4))
    assert queries.figures(counted.reader, OCTOBER).headcount_rated == 7
    again = queries.movements(counted.reader, OCTOBER, TODAY)
    assert cells(again)[Zone.OPPONENT, None] == 4


def test_counts_of_erased_persons_stand_back_where_groups_count(counted):
    group = counted.execute(AddStakeholder(UnitKind.GROUP, "Sales", headcount=40))
    assert queries.figures(counted.reader, OCTOBER).headcount_total == 40
    assert queries.figures(counted.reader, OCTOBER).headcount_rated == 0
    counted.execute(Remove("stakeholder", (group,)))
    assert queries.figures(counted.reader, OCTOBER).headcount_rated == 5


# reminders, advice, cells ----------------------------------------------------------------------


def test_what_to_confirm_oldest_first(placed):
    found = queries.to_confirm(placed.reader, TODAY)  # sixty days back: 22 September
    assert [(one.unit.name, one.days) for one in found] == [
        ("Customer service", 81),
        ("Telesales", 81),
        ("Zoé Quentin", 80),
    ]
    placed.execute(SetField("project", 1, "rerate_days", 31))
    assert [one.days for one in queries.to_confirm(placed.reader, TODAY)] == [81, 81, 80, 32]
    placed.execute(SetField("project", 1, "rerate_days", 32))
    assert len(queries.to_confirm(placed.reader, TODAY)) == 3


def test_advice_of_the_project(placed):
    assert not any(one.edited for one in queries.advice(placed.reader).values())
    placed.execute(Add("zone_advice", {"zone": "passive", "handling_fr": "Une lettre par mois"}))
    found = queries.advice(placed.reader)[Zone.PASSIVE]
    assert found.handling("fr") == "Une lettre par mois"
    assert found.handling("en").startswith("Inform them all along")


def test_cells_of_the_project(placed):
    assert len(queries.cells(placed.reader)) == 16
    placed.execute(SeedZoneCells())

    def cell(synergy, antagonism):
        found = queries.cells(placed.reader)
        return next(c for c in found if (c.synergy, c.antagonism) == (synergy, antagonism))

    delivered = cell(1, 1)
    assert (delivered.zone, delivered.sourced) == (Zone.PASSIVE, True)
    assert "Wikimanagement" in delivered.source
    key = placed.reader.value("SELECT id FROM zone_cell WHERE synergy = 1 AND antagonism = 1")
    placed.execute(SetField("zone_cell", key, "zone", "grumbler"))
    moved = cell(1, 1)  # the published text is about another zone
    assert (moved.zone, moved.sourced) == (Zone.GRUMBLER, False)
    assert moved.source == "Set by the project lead"
    placed.execute(SetField("zone_cell", key, "source", "Course of 2025"))
    assert cell(1, 1).source == "Course of 2025"
