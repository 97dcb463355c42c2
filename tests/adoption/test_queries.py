"""Adoption figures by hand-computed examples and by a second computation in plain SQL."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest

from crm_pilot.adoption import charts, queries
from crm_pilot.adoption.facts import stored_days
from crm_pilot.project import Add, Project, Remove, SetField
from tests.adoption.facts import ACTION_DAY, LOGIN_DAY, account, actions, logins

D = dt.date
TODAY = D(2026, 11, 21)
WEEK = [D(2026, 11, 16) + dt.timedelta(days=n) for n in range(5)]


def days_before(last: dt.date, *numbers: int) -> list[dt.date]:
    return [last - dt.timedelta(days=n) for n in numbers]


@pytest.fixture
def field(project: Project) -> int:
    """Profile “Field”, 3 to 5 days."""
    values = {"name": "Field", "expected_low": 3, "expected_high": 5}
    return int(project.execute(Add("profile", values)))


def test_an_empty_project_has_no_figures_and_no_error(project: Project) -> None:
    found = queries.figures(project.reader, TODAY)
    assert found.accounts_open == 0
    assert found.active_share is None
    assert found.data_until is None
    assert found.profiles == ()
    assert found.active_curve == ()
    assert charts.login_days(found).series == ()
    assert charts.active_share(found).references[0].value == pytest.approx(0.75)


def test_mean_days_of_a_profile_by_hand(project: Project, field: int) -> None:
    a = account(project, "a", profile_id=field, opened_on=D(2026, 10, 1))
    b = account(project, "b", profile_id=field, opened_on=D(2026, 10, 1))
    late = account(project, "late", profile_id=field, opened_on=D(2026, 11, 17))
    robot = account(project, "robot", opened_on=D(2026, 10, 1))
    project.execute(
        SetField(
            "account",
            robot,
            "profile_id",
            project.execute(Add("profile", {"name": "Integration", "measured": False})),
        )
    )
    logins(
        project,
        [(a, day) for day in WEEK]
        + [(b, WEEK[0])]
        + [(late, day) for day in WEEK]  # opened on Tuesday: counts from the next week on
        + [(robot, day) for day in WEEK]
        + [(a, D(2026, 11, 9)), (a, D(2026, 11, 10)), (b, D(2026, 11, 12))],
    )
    found = queries.figures(project.reader, TODAY)
    curve = found.profiles[0]
    assert (curve.profile, curve.accounts) == ("Field", 2)
    assert curve.points[-1] == (D(2026, 11, 16), pytest.approx(3.0))  # (5 + 1) ÷ 2
    # 3 login days ÷ 2 accounts × 5 ÷ 4: 11 November is a public holiday
    assert curve.points[-2] == (D(2026, 11, 9), pytest.approx(1.875))
    assert found.accounts_open == 3
    assert found.data_until == D(2026, 11, 20)
    assert found.week == D(2026, 11, 16)


def test_active_needs_a_login_and_an_action_in_28_days(project: Project, field: int) -> None:
    names = ("both", "login only", "old action", "action only", "nothing")
    ids = {n: account(project, n, profile_id=field, opened_on=D(2026, 1, 5)) for n in names}
    last = D(2026, 11, 20)
    in_window, outside = days_before(last, 27, 28)
    logins(
        project,
        [(ids["both"], in_window), (ids["login only"], last), (ids["old action"], last)],
    )
    assert queries.figures(project.reader, TODAY).by_actions is False
    assert queries.figures(project.reader, TODAY).active == 3
    actions(
        project,
        [
            (ids["both"], in_window, "contact", 1, 0),
            (ids["old action"], outside, "contact", 1, 0),
            (ids["action only"], last, "contact", 0, 2),
            (ids["login only"], last, "contact", 0, 0),  # looked, changed nothing
        ],
    )
    found = queries.figures(project.reader, TODAY)
    assert found.by_actions
    assert (found.active, found.accounts_open) == (1, 5)
    assert found.active_share == pytest.approx(0.2)
    assert found.never_logged == 2
    assert found.objects == (("contact", 1, 2),)
    # a week earlier "both" had not begun its window, "old action" had acted but not logged in
    assert found.previous_active_share == pytest.approx(0.2)
    assert found.active_curve[-1][1] == found.active_share
    assert found.active_curve[-2][1] == found.previous_active_share


def test_active_is_measured_where_both_logins_and_actions_are_known(
    project: Project, field: int
) -> None:
    a = account(project, "a", profile_id=field, opened_on=D(2026, 1, 5))
    logins(project, [(a, day) for day in days_before(D(2026, 11, 20), 0, 1, 50, 60)])
    actions(project, [(a, D(2026, 9, 25), "deal", 1, 0)])
    found = queries.figures(project.reader, TODAY)
    assert found.active_on == D(2026, 9, 25)
    assert found.active_share == pytest.approx(1.0)
    assert found.data_until == D(2026, 11, 20)


def test_overlapping_batches_count_a_day_once_and_a_removed_batch_not_at_all(
    project: Project, field: int
) -> None:
    a = account(project, "a", profile_id=field, opened_on=D(2026, 10, 1))
    logins(project, [(a, WEEK[0]), (a, WEEK[4])])
    second = logins(project, [(a, WEEK[0]), (a, WEEK[1]), (a, WEEK[4])])
    actions(project, [(a, WEEK[0], "deal", 2, 1)])
    actions(project, [(a, WEEK[0], "deal", 1, 3)])
    found = queries.figures(project.reader, TODAY)
    assert found.profiles[0].last == pytest.approx(3.0)
    assert found.objects == (("deal", 2, 3),)
    project.execute(Remove("import_batch", (second,)))
    assert queries.figures(project.reader, TODAY).profiles[0].last == pytest.approx(2.0)
    project.undo()
    assert queries.figures(project.reader, TODAY).profiles[0].last == pytest.approx(3.0)


def test_departments_are_read_against_their_own_profiles(project: Project, field: int) -> None:
    wave = project.execute(Add("wave", {"name": "Wave 1"}))
    north = project.execute(Add("department", {"name": "North", "wave_id": wave}))
    desk = project.execute(Add("profile", {"name": "Desk", "expected_low": 5, "expected_high": 5}))
    for n, profile in enumerate((field, field, desk, desk)):
        person = project.execute(Add("person", {"last_name": f"P{n}", "department_id": north}))
        key = account(
            project, f"a{n}", profile_id=profile, person_id=person, opened_on=D(2026, 9, 1)
        )
        logins(project, [(key, day) for day in WEEK[1:]])
    use = queries.figures(project.reader, TODAY).departments[0]
    assert (use.department, use.wave, use.accounts) == ("North", "Wave 1", 4)
    assert use.days_per_week == pytest.approx(4.0)
    assert (use.expected_low, use.expected_high) == (pytest.approx(4.0), pytest.approx(5.0))
    assert use.below is False
    assert use.active_share == pytest.approx(1.0)


def test_scope_counts_what_is_promised_delivered_withdrawn(project: Project) -> None:
    for name, delivered, withdrawn in (
        ("a", D(2026, 5, 1), None),
        ("b", None, None),
        ("c", D(2026, 5, 1), D(2026, 6, 1)),
        ("d", D(2026, 12, 1), None),
    ):
        values = {"name": name, "delivered_on": delivered, "withdrawn_on": withdrawn}
        project.execute(Add("feature", values))
    assert queries.features(project.reader, TODAY) == queries.FeatureFigures(4, 1, 1)


def test_go_lives_inside_the_curve_are_events_and_the_field_profile_is_strong(
    project: Project, field: int
) -> None:
    day = D(2026, 11, 10)
    milestone = project.execute(
        Add("task", {"title": "Go", "kind": "milestone", "start": day, "finish": day})
    )
    project.execute(Add("wave", {"name": "Wave 1", "milestone_id": milestone}))
    desk = project.execute(Add("profile", {"name": "Desk", "expected_low": 5, "expected_high": 5}))
    for profile in (field, desk):
        key = account(project, f"a{profile}", profile_id=profile, opened_on=D(2026, 9, 1))
        logins(project, [(key, day) for day in [D(2026, 11, 9), *WEEK]])
    chart = charts.login_days(queries.figures(project.reader, TODAY))
    assert [(s.name, s.strong) for s in chart.series] == [("Field", True), ("Desk", False)]
    assert (chart.bands[0].low, chart.bands[0].high) == (3.0, 5.0)
    assert [(e.day, e.name) for e in chart.events] == [(day, "Wave 1")]


def big(project: Project, field: int, accounts: int, days: int) -> None:
    """Many accounts that log in on most days, each day in two overlapping batches of four."""
    draw = random.Random(7)
    ids = [
        account(project, f"u{n}", profile_id=field, opened_on=D(2025, 6, 2 + n % 5))
        for n in range(accounts)
    ]
    span = [TODAY - dt.timedelta(days=n) for n in range(days)]
    rows = [(a, d) for a in ids for d in span if d.weekday() < 5 and draw.random() < 0.8]
    logins(project, rows)
    logins(project, [row for row in rows if row[1] > TODAY - dt.timedelta(days=20)])
    actions(
        project,
        [(a, d, kind, 1, 2) for a, d in rows[::3] for kind in ("contact", "deal")],
    )


def test_figures_equal_a_second_computation_in_plain_sql(project: Project, field: int) -> None:
    big(project, field, 23, 120)
    found = queries.figures(project.reader, TODAY)
    for monday, value in found.profiles[0].points:
        friday, sunday = monday + dt.timedelta(days=4), monday + dt.timedelta(days=6)
        holidays = sum(1 for d in (D(2026, 11, 11),) if monday <= d <= friday)
        (expected,) = project.reader.select(
            "SELECT count(DISTINCT f.account_id || ' ' || f.day) * 1.0 /"
            f" (SELECT count(*) FROM account WHERE opened_on <= ?1) FROM {LOGIN_DAY} f"
            " JOIN import_batch b ON b.id = f.batch_id WHERE f.day BETWEEN ?1 AND ?2",
            monday,
            sunday,
        )[0]
        assert value == pytest.approx(expected * 5 / (5 - holidays)), monday
    (active,) = project.reader.select(
        f"SELECT count(DISTINCT l.account_id) FROM {LOGIN_DAY} l"
        f" JOIN {ACTION_DAY} a USING(account_id)"
        " WHERE l.day BETWEEN ?1 AND ?2 AND a.day BETWEEN ?1 AND ?2",
        found.active_on - dt.timedelta(days=27),
        found.active_on,
    )[0]
    assert found.active == active


def test_150_000_user_days_are_read_as_fast_as_they_can_be_fetched(
    project: Project, field: int
) -> None:
    """The floor is fetching the same facts once; in milliseconds 50 to 70 on one quiet core."""
    big(project, field, 600, 440)
    assert stored_days(project.reader) >= 150_000
    ask = queries.figures.__wrapped__  # type: ignore[attr-defined]  # without the memory
    ask(project.reader, TODAY)
    took, floor = [], []
    for _ in range(5):
        start = time.perf_counter()
        ask(project.reader, TODAY)
        took.append(time.perf_counter() - start)
        start = time.perf_counter()
        project.reader.select(f"SELECT account_id, day FROM {LOGIN_DAY}")
        floor.append(time.perf_counter() - start)
    assert min(took) < 2 * min(floor), (took, floor)
