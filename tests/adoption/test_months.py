"""The figures of a month: by hand, in plain SQL, and person by person."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption.months import (
    ChangeKind,
    MonthRow,
    month_figures,
    months_known,
    user_months,
)
from crm_pilot.adoption.scope import Scope
from crm_pilot.project import Project, Remove, SetField
from tests.adoption.facts import ACTION_DAY, LOGIN_DAY
from tests.adoption.usage import Company, D, Someone

TODAY = D(2026, 11, 21)
EARLY = D(2026, 1, 5)
OCTOBER = tuple(D(2026, 10, n) for n in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14))  # ten working days


def november(*days: int) -> tuple[dt.date, ...]:
    return tuple(D(2026, 11, n) for n in days)


def row_of(rows: tuple[MonthRow, ...], key: int | None) -> MonthRow:
    return next(row for row in rows if row.key == key)


def test_nothing_is_known_of_an_empty_project(project: Project) -> None:
    found = month_figures(project.reader, 202611, TODAY)
    assert found.until is None
    assert found.departments == ()
    assert found.total.regularity is None
    assert found.total.change.kind is ChangeKind.NONE
    assert user_months(project.reader, 202611, TODAY) == ()


def test_login_days_and_regularity_by_hand(project: Project) -> None:
    """November 2026 in France has 20 working days (the 11th is a holiday), 14 up to Friday 20."""
    project.execute(
        Company(
            (
                Someone(opened=EARLY, logins=(november(2, 3, 4, 5, 6, 9, 10),)),  # 7 of 14
                # opened on Monday 16: five working days, one of them half away
                Someone(
                    opened=D(2026, 11, 16),
                    away=((D(2026, 11, 18), D(2026, 11, 18), "afternoon"),),
                    logins=(november(16, 17, 20),),
                ),
                # closed on Tuesday 3: one working day; no longer an account of the month's end
                Someone(opened=EARLY, closed=D(2026, 11, 3), logins=(november(2),)),
                # no Wednesdays: 12 of 14 (4, 18; the 11th is a holiday anyway), a week away
                Someone(
                    department=2,
                    profile=2,
                    part_time=True,
                    opened=EARLY,
                    away=((D(2026, 11, 9), D(2026, 11, 15), "day"),),
                    logins=(november(2, 3, 7),),  # a Saturday counts as a login day
                ),
                Someone(
                    department=2, profile=3, opened=EARLY, logins=(november(2, 3, 4),)
                ),  # robot
            )
        )
    )
    found = month_figures(project.reader, 202611, TODAY)
    assert (found.until, found.partial) == (D(2026, 11, 20), True)
    north = row_of(found.departments, 1)
    assert (north.name, north.accounts, north.login_days) == ("North", 2, 11)
    assert north.working_days == pytest.approx(14 + 4.5 + 1)
    assert north.regularity == pytest.approx(11 / 19.5)
    assert north.days_per_week == pytest.approx(5 * 11 / 19.5)
    assert (north.expected_low, north.expected_high, north.below) == (4, 5, True)
    assert north.expected_days == pytest.approx(4 * 19.5 / 5)
    south = row_of(found.departments, 2)
    assert (south.accounts, south.login_days) == (1, 3)
    # 2, 3, 5, 6, then a week away, 16, 17, 19, 20
    assert south.working_days == pytest.approx(8)
    assert (south.days_per_week, south.below) == (pytest.approx(5 * 3 / 8), True)
    assert (found.total.accounts, found.total.login_days) == (3, 14)
    assert found.total.expected_low == pytest.approx((4 + 4 + 2) / 3)
    assert [row.key for row in found.profiles] == [2, 1]  # those of whom fewer days are expected
    assert [(row.key, row.name) for row in found.waves] == [(1, "Wave 1")]


def test_month_over_month_compares_equal_working_days(project: Project) -> None:
    """The 14 working days of November that are known with the first 14 of October (until 20)."""
    october = (*OCTOBER, D(2026, 10, 30))  # the 30th is after them
    project.execute(
        Company(
            (
                Someone(opened=EARLY, logins=((*october, *november(2, 3, 4, 5, 6, 9, 10)),)),
                Someone(opened=D(2026, 11, 2), logins=(november(2, 3, 4, 5, 6, 20),)),
                Someone(department=2, opened=D(2026, 11, 2), logins=(november(2),)),
            )
        )
    )
    found = month_figures(project.reader, 202611, TODAY)
    north = row_of(found.departments, 1).change
    assert (north.before, north.now, north.partial) == (10, 7, True)  # of the first account alone
    assert north.kind is ChangeKind.COMPARED
    assert north.value == pytest.approx(-0.3)
    south = row_of(found.departments, 2).change
    assert (south.kind, south.value) == (ChangeKind.NEW, None)  # nobody was open in October
    # in December both months are over: 20 working days in November, 22 in October
    whole = month_figures(project.reader, 202611, D(2026, 12, 4))
    assert whole.partial  # no login is known of its last days
    october_change = month_figures(project.reader, 202610, TODAY).total.change
    assert (october_change.kind, october_change.partial) == (ChangeKind.NEW, False)


def test_whole_months_are_scaled_to_their_working_days(project: Project) -> None:
    october = (*OCTOBER, D(2026, 10, 30))
    rest = (*november(2, 3, 4, 5, 6, 9, 10, 12, 13, 16, 17, 30),)
    records = (*((day, "contact", 2, 1) for day in october), (D(2026, 11, 30), "contact", 5, 7))
    project.execute(
        Company((Someone(opened=EARLY, logins=((*october, *rest),), actions=(records,)),))
    )
    found = month_figures(project.reader, 202611, D(2026, 12, 1))
    assert (found.until, found.partial) == (D(2026, 11, 30), False)
    change = found.total.change
    assert change.before == pytest.approx(11 * 20 / 22)  # 10 in as many days as November has
    assert change.value == pytest.approx((12 - 10) / 10)
    actions = found.total.actions_change
    assert actions.value == pytest.approx((12 - 30) / 30)  # 33 records × 20 ÷ 22
    assert (found.total.created, found.total.updated) == (5, 7)


def test_active_needs_a_login_and_an_edit_in_the_last_28_days(project: Project) -> None:
    contact = "contact"
    project.execute(
        Company(
            (
                Someone(logins=(november(20),), actions=(((D(2026, 11, 20), contact, 1, 0),),)),
                # 24 October is the first of the 28 days, the 23rd is before them
                Someone(
                    logins=((D(2026, 10, 24),),), actions=(((D(2026, 10, 24), contact, 0, 1),),)
                ),
                Someone(
                    logins=((D(2026, 10, 23),),), actions=(((D(2026, 11, 2), contact, 0, 1),),)
                ),
                Someone(logins=(november(20),), actions=(((D(2026, 11, 2), contact, 0, 0),),)),
                Someone(),
            )
        )
    )
    found = month_figures(project.reader, 202611, TODAY)
    assert (found.active_on, found.by_actions) == (D(2026, 11, 20), True)
    assert (found.total.active, found.total.accounts) == (2, 5)
    assert found.total.active_share == pytest.approx(0.4)
    # who never logged in, who not for 7 days (since the 13th), and who not for 21 (the 30th)
    assert (found.total.never, found.total.idle7, found.total.idle21) == (1, 2, 2)


def test_idle_begins_with_the_seventh_and_the_twenty_first_day(project: Project) -> None:
    people = [Someone(logins=((TODAY - dt.timedelta(days=n),),)) for n in (0, 6, 7, 20, 21)]
    project.execute(Company(tuple(people)))
    total = month_figures(project.reader, 202611, TODAY).total
    assert (total.never, total.idle7, total.idle21) == (0, 3, 1)


def test_activity_is_not_told_of_a_month_after_the_last_action(project: Project) -> None:
    contact = ((D(2026, 9, 25), "contact", 1, 0),)
    project.execute(Company((Someone(logins=((*OCTOBER, *november(2)),), actions=(contact,)),)))
    found = month_figures(project.reader, 202611, TODAY)
    assert (found.active_on, found.total.active, found.total.active_share) == (None, None, None)
    assert found.total.login_days == 1


def test_without_any_action_logins_alone_decide(project: Project) -> None:
    project.execute(Company((Someone(logins=(november(2),)), Someone())))
    found = month_figures(project.reader, 202611, TODAY)
    assert (found.by_actions, found.total.active) == (False, 1)


def test_a_scope_keeps_a_part_and_the_account_rows_add_up(project: Project) -> None:
    people = tuple(
        Someone(department=1 + n % 2, profile=1 + n % 3 % 2, logins=(november(*range(2, 4 + n)),))
        for n in range(6)
    )
    project.execute(Company(people))
    reader = project.reader
    found = month_figures(reader, 202611, TODAY)
    north = month_figures(reader, 202611, TODAY, Scope(departments=frozenset({1})))
    assert north.total.login_days == row_of(found.departments, 1).login_days
    desk = Scope(departments=frozenset({1}), profiles=frozenset({1}))
    one = month_figures(reader, 202611, TODAY, desk)
    assert [row.key for row in one.profiles] == [1]
    users = user_months(reader, 202611, TODAY)
    assert [row.name for row in users] == [f"P0{n}" for n in range(1, 7)]
    assert sum(row.login_days for row in users) == found.total.login_days
    assert sum(row.working_days for row in users) == found.total.working_days
    assert months_known(reader, TODAY) == (202611,)
    assert month_figures(reader, 202611, TODAY, Scope(accounts=frozenset())).total.accounts == 0


def test_accounts_of_no_department_profile_or_wave_have_a_row_of_their_own(
    project: Project,
) -> None:
    people = (Someone(logins=(november(2),)), Someone(None, None, logins=(november(2, 3),)))
    project.execute(Company(people))
    found = month_figures(project.reader, 202611, TODAY)
    for rows in (found.departments, found.profiles, found.waves):
        assert [(row.key, row.login_days) for row in rows] == [(1, 1), (None, 2)]
    bare = row_of(found.profiles, None)
    assert (bare.expected_low, bare.below) == (None, False)


def test_overlapping_batches_count_once_and_a_removed_one_not_at_all(project: Project) -> None:
    logins = (november(2, 3), november(3, 4))
    actions = (
        ((D(2026, 11, 2), "deal", 2, 1), (D(2026, 11, 3), "deal", 1, 0)),
        ((D(2026, 11, 3), "deal", 3, 0), (D(2026, 11, 4), "quote", 1, 1)),
    )
    project.execute(Company((Someone(logins=logins, actions=actions),)))
    total = month_figures(project.reader, 202611, TODAY).total
    assert (total.login_days, total.created, total.updated) == (3, 6, 2)
    assert [(o.name, o.created, o.updated) for o in total.objects] == [
        ("deal", 5, 1),
        ("quote", 1, 1),
    ]
    project.execute(Remove("import_batch", (2, 4)))
    total = month_figures(project.reader, 202611, TODAY).total
    assert (total.login_days, total.created, total.updated) == (2, 3, 1)
    project.undo()
    assert month_figures(project.reader, 202611, TODAY).total.login_days == 3


def test_the_figures_follow_what_is_edited(project: Project) -> None:
    project.execute(Company((Someone(logins=(november(2, 3, 12),)),)))
    assert month_figures(project.reader, 202611, TODAY).total.below  # three days of eight
    project.execute(SetField("profile", 1, "expected_low", 0))
    assert not month_figures(project.reader, 202611, TODAY).total.below
    project.execute(SetField("project", 1, "country", "GB"))
    assert month_figures(project.reader, 202611, TODAY).total.working_days == 9


def test_the_month_equals_a_second_computation_in_plain_sql(project: Project) -> None:
    people = tuple(
        Someone(
            department=1 + n % 3,
            profile=1 + n % 2,
            opened=EARLY,
            logins=(november(*range(2 + n % 4, 20, 1 + n % 5)), november(3, 4)),
            actions=(
                tuple(
                    (D(2026, 11, d), ("deal", "quote")[d % 2], d % 3, n % 4) for d in range(2, 18)
                ),
            ),
        )
        for n in range(17)
    )
    project.execute(Company(people))
    found = month_figures(project.reader, 202611, TODAY)
    days = dict(
        project.reader.select(
            f"SELECT p.department_id, count(DISTINCT f.account_id || f.day) FROM {LOGIN_DAY} f"
            " JOIN import_batch b ON b.id = f.batch_id JOIN account a ON a.id = f.account_id"
            " JOIN person p ON p.id = a.person_id WHERE f.day BETWEEN '2026-11-01' AND '2026-11-30'"
            " GROUP BY 1"
        )
    )
    assert {row.key: row.login_days for row in found.departments} == days
    records = {
        (department, thing): (created, updated)
        for department, thing, created, updated in project.reader.select(
            "SELECT p.department_id, o.name, sum(f.created), sum(f.updated)"
            f" FROM {ACTION_DAY} f JOIN crm_object o ON o.id = f.object_id"
            " JOIN account a ON a.id = f.account_id JOIN person p ON p.id = a.person_id"
            " WHERE f.day LIKE '2026-11-%' GROUP BY 1, 2"
        )
    }
    assert {
        (row.key, thing.name): (thing.created, thing.updated)
        for row in found.departments
        for thing in row.objects
    } == records
    (active,) = project.reader.select(
        f"SELECT count(DISTINCT l.account_id) FROM {LOGIN_DAY} l JOIN {ACTION_DAY} a"
        " USING (account_id) WHERE a.created + a.updated > 0"
        " AND l.day BETWEEN ?1 AND ?2 AND a.day BETWEEN ?1 AND ?2",
        found.active_on - dt.timedelta(days=27),
        found.active_on,
    )[0]
    assert found.total.active == active
