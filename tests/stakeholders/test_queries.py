"""Figures by hand and by a second computation in plain SQL."""

import datetime as dt

import pytest

from crm_pilot.project import Add, SetField
from crm_pilot.stakeholders import charts, queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells
from crm_pilot.stakeholders.sentences import headline
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone

from .conftest import TODAY

OCTOBER = dt.date(2026, 10, 31)


def by_trio(figures: queries.PositionsFigures) -> dict[Trio, int]:
    return {share.trio: share.headcount for share in figures.shares}


def test_positions_replay_at_any_day(placed):
    def south(day: dt.date) -> queries.UnitRow:
        return next(r for r in queries.units(placed.reader, day) if r.name == "Field sales South")

    assert not south(dt.date(2026, 9, 7)).rated
    assert south(dt.date(2026, 9, 8)).position == (2, 1)
    assert south(dt.date(2026, 11, 15)).position == (2, 2)
    last = south(dt.date(2026, 11, 16))
    assert (last.position, last.zone, last.trio) == ((2, 3), Zone.OPPONENT, Trio.OPPONENT)
    assert (last.previous_synergy, last.previous_antagonism) == (2, 2)
    assert last.previous_on == dt.date(2026, 10, 14)


def test_two_ratings_of_one_day_the_later_entry_counts(placed):
    unit = queries.units(placed.reader, TODAY)[0]
    placed.execute(Rate(unit.id, TODAY, 1, 1, "Morning", "Lead"))
    placed.execute(Rate(unit.id, TODAY, 4, 1, "Evening", "Lead"))
    now = next(r for r in queries.units(placed.reader, TODAY) if r.id == unit.id)
    assert (now.position, now.fact, now.previous_synergy) == ((4, 1), "Evening", 1)


def test_drift_by_hand(placed):
    def drift(name: str, day: dt.date = TODAY) -> float | None:
        return next(r.drift for r in queries.units(placed.reader, day) if r.name == name)

    month = 365.25 / 12
    # Marketing: S−A from 0 to 1 between 1 September and 20 October; South: from 1 to −1
    assert drift("Marketing") == pytest.approx(1 * month / 49)
    assert drift("Field sales South") == pytest.approx(-2 * month / 69)
    assert drift("Field sales South", dt.date(2026, 11, 15)) == pytest.approx(-1 * month / 36)
    assert drift("Field sales South", dt.date(2026, 10, 13)) is None
    assert drift("Telesales") is None
    assert drift("Not met yet") is None


def test_drift_by_a_second_computation_in_sql(placed):
    telesales = next(r.id for r in queries.units(placed.reader, TODAY) if r.name == "Telesales")
    for day, synergy, antagonism in ((1, 1, 2), (20, 2, 4), (20, 4, 1)):
        placed.execute(Rate(telesales, dt.date(2026, 9, day), synergy, antagonism, "Seen", "Lead"))
    ends = "SELECT synergy - antagonism FROM rating WHERE stakeholder_id = u.id AND rated_on = {}"
    counted = placed.reader.select(
        "SELECT id, (last - first) * 30.4375 / (julianday(b) - julianday(a)) FROM ("
        f" SELECT u.id, a, b, ({ends.format('a')} ORDER BY id DESC LIMIT 1) first,"
        f" ({ends.format('b')} ORDER BY id DESC LIMIT 1) last"
        " FROM stakeholder u JOIN (SELECT stakeholder_id, min(rated_on) a, max(rated_on) b"
        " FROM rating WHERE rated_on <= ? GROUP BY 1) ON stakeholder_id = u.id) u WHERE a < b",
        TODAY,
    )
    found = {r.id: r.drift for r in queries.units(placed.reader, TODAY) if r.drift is not None}
    assert found == pytest.approx(dict(counted))
    assert found[telesales] == pytest.approx((3 - -1) * 30.4375 / 19)


def test_a_unit_without_a_new_rating_is_the_same_row(placed):
    first, later = (queries.units(placed.reader, OCTOBER + dt.timedelta(days=n)) for n in (0, 9))
    assert first[0] is later[0]
    placed.execute(Rate(first[0].id, OCTOBER + dt.timedelta(days=5), 4, 4, "Seen", "Lead"))
    first, later = (queries.units(placed.reader, OCTOBER + dt.timedelta(days=n)) for n in (0, 9))
    assert (first[0].position, later[0].position) != ((4, 4), (4, 4))
    assert later[0].position == (4, 4)
    assert first[1] is later[1]


def test_distribution_by_hand(placed):
    figures = queries.figures(placed.reader, TODAY, OCTOBER)
    # Telesales 64 and Marketing 38 pull, Customer service 72 waits, South 46 opposes
    assert by_trio(figures) == {
        Trio.LOCOMOTIVE: 102,
        Trio.HESITANT: 72,
        Trio.OPPONENT: 46,
    }
    assert (figures.headcount_rated, figures.headcount_total) == (220, 250)
    assert [s.reference_share for s in figures.shares] == [0.2, 0.6, 0.2]
    assert figures.shares[0].share == pytest.approx(102 / 220)
    # on 31 October South still waited
    assert [s.change_headcount for s in figures.shares] == [0, -46, 46]
    (crossed,) = figures.crossings
    assert crossed.name == "Field sales South"
    assert (crossed.previous_synergy, crossed.previous_antagonism) == (2, 2)


def test_distribution_by_a_second_computation_in_sql(placed):
    placed.execute(SeedZoneCells())
    counted = dict(
        placed.reader.select(
            "SELECT z.zone, sum(u.headcount) FROM stakeholder u"
            " JOIN rating r ON r.id = (SELECT id FROM rating WHERE stakeholder_id = u.id"
            "   AND rated_on <= ? ORDER BY rated_on DESC, id DESC LIMIT 1)"
            " JOIN zone_cell z ON z.synergy = r.synergy AND z.antagonism = r.antagonism"
            " WHERE u.kind = 'group' GROUP BY z.zone",
            TODAY,
        )
    )
    figures = queries.figures(placed.reader, TODAY)
    assert {zone.value: n for zone, n in figures.zones if n} == counted
    assert sum(counted.values()) == figures.headcount_rated


def test_persons_count_only_where_there_is_no_group(project):
    for number in range(3):
        key = project.execute(AddStakeholder(UnitKind.PERSON, f"Person {number}"))
        if number:
            project.execute(Rate(key, TODAY, 3, number, "A fact", "Lead"))
    figures = queries.figures(project.reader, TODAY)
    assert (figures.headcount_rated, figures.headcount_total) == (2, 3)
    project.execute(AddStakeholder(UnitKind.GROUP, "A group", headcount=9))
    figures = queries.figures(project.reader, TODAY)
    assert (figures.headcount_rated, figures.headcount_total) == (0, 9)


def test_the_last_committee_is_the_comparison(placed):
    assert queries.figures(placed.reader, TODAY).since is None
    placed.execute(Add("committee", {"number": 6, "held_on": OCTOBER}))
    placed.execute(Add("committee", {"number": 7, "held_on": dt.date(2026, 11, 24)}))
    figures = queries.figures(placed.reader, TODAY)
    assert figures.since == OCTOBER
    assert len(figures.crossings) == 1


def test_a_changed_zone_changes_the_figures(placed):
    placed.execute(SeedZoneCells())
    cell = placed.reader.value("SELECT id FROM zone_cell WHERE synergy = 2 AND antagonism = 3")
    placed.execute(SetField("zone_cell", cell, "zone", "hesitant"))
    assert by_trio(queries.figures(placed.reader, TODAY))[Trio.HESITANT] == 72 + 46


def test_headline_names_who_left_the_allies(placed):
    placed.execute(Add("committee", {"number": 6, "held_on": OCTOBER}))
    assert headline(placed.reader, TODAY).english() == (
        "Field sales South has left the allies since 31\u00a0Oct."
    )


def test_headline_says_when_the_wave_of_the_group_opens(placed):
    live = dt.date(2027, 1, 12)
    milestone = placed.execute(
        Add("task", {"kind": "milestone", "title": "Go-live", "start": live, "finish": live})
    )
    wave = placed.execute(Add("wave", {"name": "Wave 3", "milestone_id": milestone}))
    department = placed.execute(Add("department", {"name": "South", "wave_id": wave}))
    south = placed.reader.value("SELECT id FROM stakeholder WHERE name LIKE '%South'")
    placed.execute(SetField("stakeholder", south, "department_id", department))
    placed.execute(Add("committee", {"number": 6, "held_on": OCTOBER}))
    assert headline(placed.reader, TODAY).english() == (
        "Field sales South has left the allies since 31\u00a0Oct; wave 3 opens on 12\u00a0Jan."
    )


def test_headline_of_a_quiet_map(placed):
    quiet = headline(placed.reader, dt.date(2027, 3, 1)).english()
    assert quiet.endswith("102 for, 72 waiting, 46 against.")


def test_headline_compares_with_the_day_that_is_asked_for(placed):
    placed.execute(Add("committee", {"number": 6, "held_on": dt.date(2026, 11, 20)}))
    assert headline(placed.reader, TODAY).english().startswith("No group crossed a frontier")
    assert headline(placed.reader, TODAY, OCTOBER).english() == (
        "Field sales South has left the allies since 31\u00a0Oct."
    )


def test_headline_of_first_ratings_compares_with_nothing(placed):
    first = headline(placed.reader, dt.date(2026, 9, 10)).english()
    assert first == ("220 people of 250 are in a rated group: 64 for, 156 waiting, 0 against.")


def test_headline_with_nobody_placed(project):
    assert headline(project.reader, TODAY).english().startswith("Nobody is placed yet")


def test_chart_carries_shapes_and_the_reference(placed):
    chart = charts.distribution(queries.figures(placed.reader, TODAY, OCTOBER))
    assert [part.shape for part in chart.parts] == ["triangle", "circle", "square"]
    assert [part.reference for part in chart.parts] == [0.2, 0.6, 0.2]
    assert [part.change for part in chart.parts] == [0, -46, 46]
    assert sum(part.share for part in chart.parts) == pytest.approx(1)


def test_a_person_is_shown_by_code(placed):
    person = next(r for r in queries.units(placed.reader, TODAY) if r.kind == UnitKind.PERSON)
    assert person.shown(names=False) == "P-01"
    assert person.shown(names=True) == "Zoé Quentin"
