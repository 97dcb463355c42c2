"""Ratings, units and targets: what they write, refuse, undo and redo."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Project
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells, SetTarget
from crm_pilot.stakeholders.terms import UnitKind, Zone

from .conftest import TODAY


def content(project: Project) -> list[tuple]:
    """Every row of the room's tables."""
    return [
        row
        for table in ("stakeholder", "rating", "zone_cell")
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
