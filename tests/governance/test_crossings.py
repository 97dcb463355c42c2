"""Positions beside the other rooms: by hand, in plain SQL, and where nothing is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_pilot.adoption import queries as adoption
from crm_pilot.governance import crossings as reads
from crm_pilot.governance import readiness
from crm_pilot.governance.crossing_rows import (
    Crossings,
    TicketCount,
    Trained,
    Window,
    for_committee,
    is_below,
    per_hundred,
)
from crm_pilot.governance.crossing_rules import (
    Beside,
    counted,
    falling_departments,
    position_rows,
    weighted,
)
from crm_pilot.governance.crossing_words import sentence
from crm_pilot.governance.crossings import crossings, trained
from crm_pilot.i18n import Translator
from crm_pilot.project import Add, Project, Remove
from crm_pilot.stakeholders import queries as positions
from crm_pilot.stakeholders.terms import Trio, Zone
from crm_pilot.training import queries as training
from tests.governance.crossing_trial import TODAY, Trial
from tests.governance.rollout import TODAY as ROLLED
from tests.governance.rollout import build

EN, FR = Translator("en"), Translator("fr")


@pytest.fixture(scope="module")
def trial() -> Iterator[Project]:
    """The trial, read only by these tests."""
    with Project.create(name="Trial", language="en") as project:
        project.execute(Trial())
        yield project


@pytest.fixture(scope="module")
def found(trial: Project) -> Crossings:
    """Its crossings."""
    return crossings(trial.reader, TODAY)


def key(project: Project, name: str) -> int:
    """Id of a unit."""
    return int(project.reader.value("SELECT id FROM stakeholder WHERE name = ?", name))


def test_a_group_is_trained_as_its_department_and_a_person_by_a_session(trial: Project) -> None:
    known = trained(trial.reader, TODAY)
    assert known[key(trial, "North field")] == Trained(5, 20)
    assert known[key(trial, "South field")] == Trained(8, 10)
    assert known[key(trial, "Anne SecretNorth0")] == Trained(1, 1)
    assert known[key(trial, "Anne SecretNorth9")] == Trained(0, 1)
    for nobody_knows in ("Board", "Partners", "Consultant"):
        assert key(trial, nobody_knows) not in known


def test_nobody_was_trained_before_the_session(trial: Project) -> None:
    known = trained(trial.reader, dt.date(2026, 9, 30))
    assert known[key(trial, "Anne SecretNorth0")] == Trained(0, 1)
    assert known[key(trial, "North field")] == Trained(0, 20)


def test_the_trio_by_hand(found: Crossings) -> None:
    hesitants, allies, against = (
        found.row(Trio.HESITANT),
        found.row(Trio.LOCOMOTIVE),
        found.row(Trio.OPPONENT),
    )
    assert hesitants is not None
    assert allies is not None
    assert against is not None
    assert (hesitants.units, hesitants.headcount) == (3, 53)  # 30 + 20 + 3
    assert hesitants.trained == pytest.approx((30 * 5 / 20 + 20 * 8 / 10) / 50)
    # North 6 of 40 people on the map, South 1 of 24; before 2 of 40 and 4 of 24
    assert hesitants.tickets == pytest.approx((30 * 15 + 20 * 100 / 24) / 50)
    assert hesitants.tickets_before == pytest.approx((30 * 5 + 20 * 400 / 24) / 50)
    assert (hesitants.effort.actions, hesitants.effort.minutes) == (1, 120)
    assert (allies.headcount, allies.trained, allies.effort.actions) == (10, 0.25, 0)
    assert against.headcount == 7
    assert (against.trained, against.tickets, against.active_share) == (None, None, None)
    assert not against.below


def test_zones_follow_their_trio(found: Crossings) -> None:
    shape = [(row.trio, row.zone, row.headcount) for row in found.positions]
    assert shape == [
        (Trio.LOCOMOTIVE, None, 10),
        (Trio.LOCOMOTIVE, Zone.ZEALOT, 10),
        (Trio.HESITANT, None, 53),
        (Trio.HESITANT, Zone.HESITANT, 3),
        (Trio.HESITANT, Zone.PASSIVE, 50),
        (Trio.OPPONENT, None, 7),
        (Trio.OPPONENT, Zone.OPPONENT, 7),
    ]


def test_departments_by_hand(found: Crossings) -> None:
    north, south, board = found.departments
    assert (north.people, north.placed, north.trio, north.zone) == (
        40,
        40,
        Trio.HESITANT,
        Zone.PASSIVE,
    )
    assert north.majority == 0.75
    assert (north.tickets, north.tickets_before, north.change) == (6, 2, 4)
    assert (south.people, south.placed) == (24, 20)  # four newcomers have no position
    assert (south.tickets, south.tickets_before, south.change) == (1, 4, -3)
    assert (board.tickets, board.tickets_before, board.trained) == (None, None, None)
    assert board.change is None


def test_the_lists(trial: Project, found: Crossings) -> None:
    assert [unit.name for unit in found.idle] == ["Anne SecretNorth0"]  # North office carries one
    assert [(one.unit.name, one.trained) for one in found.untrained] == [
        ("North field", Trained(5, 20)),
        ("Anne SecretNorth9", Trained(0, 1)),
    ]
    (north,) = found.falling
    assert (north.department, north.tickets, north.tickets_before) == ("North", 6, 2)
    assert north.synergy == pytest.approx((30 * 2 + 10 * 3) / 40)
    assert north.synergy_before == 3.0
    assert found.loose == 1


def test_a_department_that_rises_is_not_told(trial: Project, found: Crossings) -> None:
    now = positions.units(trial.reader, TODAY)
    then = positions.units(trial.reader, TODAY - dt.timedelta(days=90))
    assert falling_departments(found.departments, now, then) == found.falling
    assert falling_departments(found.departments, then, now) == ()  # time turned round
    assert falling_departments(found.departments, now, now) == ()


def test_tickets_are_compared_only_where_all_groups_are_known(trial: Project) -> None:
    north, south, _ = (row.id for row in crossings(trial.reader, TODAY).departments)
    beside = Beside({}, {north: TicketCount(6, 2, 40), south: TicketCount(1, None, 24)}, {}, {})
    rows = position_rows(positions.units(trial.reader, TODAY), beside)
    hesitants = next(row for row in rows if row.trio == Trio.HESITANT)
    assert hesitants.tickets is not None
    assert hesitants.tickets_before is None
    allies = next(row for row in rows if row.trio == Trio.LOCOMOTIVE)  # in North alone
    assert allies.tickets_before == 5.0


def test_three_accounts_give_no_figure_of_use(project: Project) -> None:
    project.execute(Trial())
    board = project.reader.value("SELECT id FROM department WHERE name = 'Board'")
    for number in range(5):
        person = project.execute(
            Add("person", {"last_name": f"Chief{number}", "department_id": board})
        )
        project.execute(Add("account", {"external_id": f"C{number}", "person_id": person}))
        known = {row.department for row in adoption.figures(project.reader, TODAY).departments}
        assert "Board" in known
        assert (board in reads.use(project.reader, TODAY)) == (number == 4)


def test_an_ally_is_idle_again_without_its_action(project: Project) -> None:
    project.execute(Trial())
    project.execute(
        Remove("influence", (project.reader.value("SELECT id FROM influence"),), "action")
    )
    idle = crossings(project.reader, TODAY).idle
    assert [unit.name for unit in idle] == ["North office", "Anne SecretNorth0"]
    project.undo()
    assert len(crossings(project.reader, TODAY).idle) == 1


def test_nothing_known_is_none_and_never_zero(project: Project) -> None:
    assert crossings(project.reader, TODAY) == Crossings((), (), (), (), (), 0)
    assert sentence(crossings(project.reader, TODAY)) is None
    project.execute(Trial())
    tickets = [row[0] for row in project.reader.select("SELECT id FROM ticket")]
    project.execute(Remove("ticket", tuple(tickets), "tickets"))
    found = crossings(project.reader, TODAY)
    assert {row.tickets for row in found.departments} == {None}
    assert {row.tickets for row in found.positions} == {None}
    assert found.falling == ()


def test_what_counts_of_tickets() -> None:
    window = Window(TODAY, recent_known=True, first=dt.date(2026, 6, 25))
    assert (window.middle, window.start, window.least) == (
        dt.date(2026, 8, 24),
        dt.date(2026, 5, 26),
        dt.date(2026, 6, 25),
    )
    live = dt.date(2026, 6, 25)
    assert counted(3, 1, None, 10, window) == TicketCount(3, 1, 10)
    assert counted(0, 0, live, 10, window) == TicketCount(0, 0, 10)
    assert counted(0, 0, None, 10, window) == TicketCount(None, None, 10)
    late = dt.date(2026, 11, 2)  # live for three weeks: the time before says nothing
    assert counted(3, 0, late, 10, window) == TicketCount(3, None, 10)
    short = Window(TODAY, recent_known=True, first=dt.date(2026, 6, 26))
    assert counted(3, 1, live, 10, short) == TicketCount(3, None, 10)
    old = Window(TODAY, recent_known=False, first=dt.date(2026, 1, 1))
    assert counted(0, 4, live, 10, old) == TicketCount(None, 4, 10)


def test_no_division_by_nobody() -> None:
    assert per_hundred(3, 0) is None
    assert per_hundred(None, 10) is None
    assert per_hundred(0, 10) == 0
    assert not is_below(None, 3.0)
    assert not is_below(2.0, None)
    assert is_below(2.9, 3.0)
    assert weighted((), lambda unit: 1.0, lambda unit: unit.id) == {}


def test_the_committee_sees_no_person_and_no_small_group(found: Crossings) -> None:
    shown = for_committee(found)
    assert shown.idle == ()
    assert [one.unit.name for one in shown.untrained] == ["North field"]
    board = shown.departments[-1]
    assert (board.trio, board.zone, board.majority) == (None, None, None)
    small = next(row for row in shown.positions if row.headcount == 3)
    assert (small.trained, small.tickets) == (None, None)
    assert shown.departments[0] == found.departments[0]


def test_the_sentence_in_both_languages(found: Crossings) -> None:
    said = sentence(found)
    assert said is not None
    assert EN.show(said) == (
        "among hesitants, 47% are trained; 1 ally has no action;"
        " tickets rise while synergy falls in North"
    )
    assert FR.show(said).startswith("parmi les hésitants, 47\u202f% sont formés\u202f; ")
    assert "Secret" not in EN.show(said)


# a second computation ------------------------------------------------------------------------


def test_the_same_in_plain_sql(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader, today = project.reader, project.today()
        found = crossings(reader, today)
        _compare_training(project, found, today)
        for row in found.departments:
            day = dt.timedelta(days=1)
            now, before = (
                reader.value(
                    "SELECT count(*) FROM ticket WHERE department_id = ?"
                    " AND date(opened_at) BETWEEN ? AND ?",
                    row.id,
                    today - first * day,
                    today - last * day,
                )
                for first, last in ((89, 0), (179, 90))
            )
            assert row.tickets in (now, None)
            assert row.tickets_before in (before, None)
            assert row.tickets == now or not now
        assert any(row.tickets_before for row in found.departments)


def _compare_training(project: Project, found: Crossings, today: dt.date) -> None:
    """Trained share of the hesitants: users with a session ÷ users, by department."""
    done, people = 0.0, 0
    for unit in positions.units(project.reader, today):
        if unit.trio != Trio.HESITANT or unit.kind != "group":
            continue
        users, present = project.reader.one(
            "SELECT count(DISTINCT a.person_id), count(DISTINCT CASE WHEN EXISTS (SELECT 1"
            " FROM attendance t JOIN training_session s ON s.id = t.session_id"
            " WHERE t.person_id = p.id AND t.presence = 'present' AND s.held_on <= ?1)"
            " THEN p.id END) FROM account a JOIN person p ON p.id = a.person_id"
            " LEFT JOIN profile f ON f.id = a.profile_id WHERE p.department_id = ?2"
            " AND coalesce(f.measured, 1) AND (a.closed_on IS NULL OR a.closed_on > ?1)",
            today,
            unit.department_id,
        ) or (0, 0)
        if users:
            done += unit.headcount * present / users
            people += unit.headcount
    row = found.row(Trio.HESITANT)
    assert row is not None
    assert row.trained == pytest.approx(done / people)


def test_use_is_that_of_departments_of_five_accounts_and_more() -> None:
    with build() as project:
        reader = project.reader
        used = reads.use(reader, ROLLED)
        every = {row.department: row for row in adoption.figures(reader, ROLLED).departments}
        assert all(row.accounts >= 5 for row in used.values())
        found = crossings(reader, ROLLED)
        allies = found.row(Trio.LOCOMOTIVE)
        assert allies is not None  # Télévente 16, Grands comptes 9, Service client 18
        parts = [(16, every["Télévente"]), (9, every["Grands comptes"])]
        parts.append((18, every["Service client"]))
        assert allies.headcount == 43
        assert allies.days_per_week == pytest.approx(
            sum(n * (use.days_per_week or 0) for n, use in parts) / 43
        )
        assert allies.active_share == pytest.approx(
            sum(n * (use.active_share or 0) for n, use in parts) / 43
        )
        assert allies.expected_low == pytest.approx((16 * 4 + 9 * 3 + 18 * 4) / 43)
        hesitants = found.row(Trio.HESITANT)
        assert hesitants is not None
        assert hesitants.below  # 1.4 and 2.2 days of 3


def test_trained_by_position_is_the_figure_of_the_report() -> None:
    with build() as project:
        reader = project.reader
        shares = readiness.trained_by_trio(
            positions.units(reader, ROLLED), training.coverage(reader, ROLLED)
        )
        found = crossings(reader, ROLLED)
        assert shares
        for trio, share in shares.items():
            row = found.row(trio)
            assert row is not None
            assert row.trained == pytest.approx(share)
