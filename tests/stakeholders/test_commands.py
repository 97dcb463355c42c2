"""Ratings, units and targets: what they write, refuse, undo and redo."""

import datetime as dt
from dataclasses import replace

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project, SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import (
    AddStakeholder,
    Rate,
    RateAll,
    SeedZoneCells,
    SetAdvice,
    SetTarget,
    SetTies,
    SetUnit,
    SetZoneCell,
    TieEnd,
)
from crm_pilot.stakeholders.terms import Style, TieKind, UnitKind, Zone
from crm_pilot.stakeholders.ties import ties

from .conftest import TODAY


def content(project: Project) -> list[tuple]:
    """Every row of the room's tables."""
    return [
        row
        for table in ("stakeholder", "rating", "zone_cell", "stakeholder_tie", "zone_advice")
        for row in project.reader.select(f"SELECT '{table}', * FROM {table} ORDER BY id")
    ]


def unit(project: Project, name: str) -> queries.UnitRow:
    return next(row for row in queries.units(project.reader, TODAY) if row.name == name)


def test_rating_adds_a_row_and_keeps_the_old_ones(placed):
    south = unit(placed, "Field sales South")
    before = queries.ratings(placed.reader, south.id)
    placed.execute(Rate(south.id, TODAY, 3, 3, "Six sellers asked for a joint tour", "Lead"))
    after = queries.ratings(placed.reader, south.id)
    assert after[: len(before)] == before
    assert (after[-1].synergy, after[-1].antagonism, after[-1].zone) == (3, 3, Zone.HESITANT)
    assert after[-1].author == "Lead"


def test_rate_undone_and_done_again_is_equal(placed):
    south = unit(placed, "Field sales South")
    start = content(placed)
    placed.execute(Rate(south.id, TODAY, 3, 3, "A fact", "Lead", shown=south.name))
    end = content(placed)
    assert end != start
    placed.undo()
    assert content(placed) == start
    assert unit(placed, "Field sales South").position == (2, 3)
    placed.redo()
    assert content(placed) == end
    assert unit(placed, "Field sales South").position == (3, 3)


@pytest.mark.parametrize("fact", ["", "   ", "\n"])
def test_no_rating_without_an_observed_fact(placed, fact):
    start = content(placed)
    with pytest.raises(UserError, match="observed fact"):
        placed.execute(Rate(1, TODAY, 3, 3, fact, "Lead"))
    assert content(placed) == start


@pytest.mark.parametrize(("synergy", "antagonism"), [(0, 1), (5, 1), (2, 0), (2, 5)])
def test_levels_outside_the_plane_are_refused(placed, synergy, antagonism):
    with pytest.raises(UserError, match="1 to 4"):
        placed.execute(Rate(1, TODAY, synergy, antagonism, "A fact", "Lead"))


def test_undo_menu_shows_the_code_and_not_the_name(placed):
    person = unit(placed, "Zoé Quentin")
    placed.execute(Rate(person.id, TODAY, 3, 2, "A fact", "Lead", shown=person.shown(names=False)))
    assert placed.undo_labels[0].english() == "Rate P-01 3/2"


def test_persons_get_the_next_code_and_the_headcount_of_one(placed):
    key = placed.execute(AddStakeholder(UnitKind.PERSON, "Ann Bell", headcount=12))
    row = unit(placed, "Ann Bell")
    assert (row.id, row.code, row.headcount) == (key, "P-02", 1)
    with pytest.raises(UserError, match="name"):
        placed.execute(AddStakeholder(UnitKind.GROUP, " "))


def test_target_set_and_cleared(placed):
    south = unit(placed, "Field sales South")
    placed.execute(SetTarget(south.id, 3, 3, dt.date(2027, 1, 8)))
    row = unit(placed, "Field sales South")
    assert (row.target_synergy, row.target_antagonism, row.target_date) == (
        3,
        3,
        dt.date(2027, 1, 8),
    )
    placed.execute(SetTarget(south.id, None, None, None))
    assert unit(placed, "Field sales South").target_date is None
    with pytest.raises(UserError):
        placed.execute(SetTarget(south.id, 3, None, None))


def test_seeding_zones_fills_gaps_only(project):
    project.execute(SeedZoneCells())
    assert project.reader.value("SELECT count(*) FROM zone_cell") == 16
    project.execute(SeedZoneCells())
    assert project.reader.value("SELECT count(*) FROM zone_cell") == 16


def test_deleting_a_unit_takes_its_ratings_and_undo_brings_them_back(placed):
    from crm_pilot.project import Remove

    south = unit(placed, "Field sales South")
    start = content(placed)
    placed.execute(Remove("stakeholder", (south.id,)))
    assert queries.ratings(placed.reader, south.id) == ()
    placed.undo()
    assert content(placed) == start


# days, several at once, units and ties ---------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [(TODAY + dt.timedelta(days=1), "after today"), (dt.date(2026, 8, 31), "before the project")],
)
def test_a_rating_has_a_day_of_the_project_that_has_come(placed, day, said):
    placed.execute(SetField("project", 1, "starts_on", dt.date(2026, 9, 1)))
    south, start = unit(placed, "Field sales South"), content(placed)
    with pytest.raises(UserError, match=said):
        placed.execute(Rate(south.id, day, 3, 3, "A fact", "Lead", today=TODAY))
    assert content(placed) == start
    placed.execute(Rate(south.id, dt.date(2026, 9, 1), 3, 3, "A fact", "Lead", today=TODAY))


def test_several_ratings_are_one_step_or_none(placed):
    south, start = unit(placed, "Field sales South"), content(placed)
    right = Rate(south.id, TODAY, 2, 2, "A fact", "Lead")
    for wrong in (replace(right, fact=" "), replace(right, synergy=5)):
        with pytest.raises(UserError):
            placed.execute(RateAll((right, wrong)))
    with pytest.raises(UserError):
        placed.execute(RateAll((right, replace(right, stakeholder_id=10_000))))
    assert content(placed) == start
    placed.execute(RateAll((right, replace(right, antagonism=1))))
    after = content(placed)
    assert unit(placed, "Field sales South").position == (2, 1)
    placed.undo()
    assert content(placed) == start
    placed.redo()
    assert content(placed) == after


def test_a_person_is_on_the_map_once(placed):
    person = placed.execute(Add("person", {"first_name": "Ann", "last_name": "Bell"}))
    key = placed.execute(AddStakeholder(UnitKind.PERSON, "Ann Bell", person_id=person))
    start = content(placed)
    with pytest.raises(UserError, match="already, as P-0"):
        placed.execute(AddStakeholder(UnitKind.PERSON, "A. Bell", person_id=person))
    south = unit(placed, "Field sales South")
    with pytest.raises(UserError, match="already"):
        placed.execute(SetUnit(south.id, {"person_id": person, "note": "x"}))
    assert content(placed) == start
    placed.execute(SetUnit(key, {"person_id": person, "note": "Opens doors"}))  # it is herself


def test_a_unit_is_changed_with_its_ties_as_one_step(placed):
    south, start = unit(placed, "Field sales South"), content(placed)
    other = placed.execute(AddStakeholder(UnitKind.GROUP, "Back office", headcount=3))
    begun = content(placed)
    ends = (TieEnd(TieKind.REPORTS_TO, other), TieEnd(TieKind.INFLUENCES, other, outgoing=False))
    placed.execute(SetUnit(south.id, {"name": " South ", "influence": 3}, ends))
    assert set(ties(placed.reader)) == {
        (south.id, other, TieKind.REPORTS_TO),
        (other, south.id, TieKind.INFLUENCES),
    }
    assert unit(placed, "South").influence == 3
    placed.undo()
    assert content(placed) == begun
    placed.undo()
    assert content(placed) == start


def test_nobody_reports_to_themselves(placed):
    south = unit(placed, "Field sales South").id
    a, b = (placed.execute(AddStakeholder(UnitKind.GROUP, name)) for name in ("A", "B"))
    placed.execute(SetTies(south, (TieEnd(TieKind.REPORTS_TO, a),)))
    placed.execute(SetTies(a, (TieEnd(TieKind.REPORTS_TO, south, False), boss(b))))
    start = content(placed)
    for unit_id, end in ((b, boss(south)), (south, boss(south))):
        with pytest.raises(UserError):
            placed.execute(SetTies(unit_id, (TieEnd(TieKind.REPORTS_TO, a, False), end)))
    assert content(placed) == start


def boss(key):
    """Reports to a unit."""
    return TieEnd(TieKind.REPORTS_TO, key)


def test_a_group_that_becomes_a_person_gets_a_code_and_counts_one(placed):
    south = unit(placed, "Field sales South")
    placed.execute(SetUnit(south.id, {"kind": UnitKind.PERSON}))
    row = unit(placed, "Field sales South")
    assert (row.code, row.headcount) == ("P-02", 1)


# targets and zones -----------------------------------------------------------------------------


def test_a_target_is_ahead_when_today_is_told(placed):
    south = unit(placed, "Field sales South")
    with pytest.raises(UserError, match="not after today"):
        placed.execute(SetTarget(south.id, 4, 1, TODAY, today=TODAY))
    with pytest.raises(UserError, match="in already"):
        placed.execute(SetTarget(south.id, *south.position, None, today=TODAY))
    placed.execute(SetTarget(south.id, None, None, None, today=TODAY))


def test_a_cell_has_another_zone_until_it_is_as_delivered_again(placed):
    start = content(placed)
    placed.execute(SetZoneCell(1, 2, Zone.PASSIVE, "Our workshop"))
    grid = queries.zone_grid(placed.reader)
    assert grid.zone(1, 2) is Zone.PASSIVE
    placed.execute(SetZoneCell(1, 2, None))
    assert queries.zone_grid(placed.reader).zone(1, 2) is Zone.GRUMBLER
    placed.undo()
    placed.undo()
    assert content(placed) == start
    with pytest.raises(UserError, match="1 to 4"):
        placed.execute(SetZoneCell(5, 2, Zone.PASSIVE))


def test_advice_that_is_emptied_is_as_delivered(placed):
    start = content(placed)
    placed.execute(SetAdvice(Zone.PASSIVE, Style.ANIMATE, handling_fr="Les inviter."))
    said = queries.advice(placed.reader)[Zone.PASSIVE]
    assert (said.style, said.handling("fr")) == (Style.ANIMATE, "Les inviter.")
    placed.execute(SetAdvice(Zone.PASSIVE))
    assert content(placed) == start
