"""Any company: figures against sets of days, counted person by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_pilot.adoption import facts
from crm_pilot.adoption.checkpoints import checkpoints
from crm_pilot.adoption.grid import DayKind, month_grid
from crm_pilot.adoption.months import MonthRow, month_figures, user_months
from crm_pilot.adoption.needs import needs
from crm_pilot.adoption.scope import Scope
from crm_pilot.adoption.trends import multiples
from crm_pilot.people.calendar import public_holidays
from crm_pilot.project import Project
from tests.adoption.usage import PROFILES, Company, D, Someone, span

TODAY = D(2026, 11, 21)
DAYS = st.dates(D(2026, 8, 20), D(2026, 11, 25))
BATCHES = st.lists(st.lists(DAYS, max_size=25).map(tuple), max_size=3).map(tuple)
ACT = st.tuples(DAYS, st.sampled_from(["deal", "quote"]), st.integers(0, 2), st.integers(0, 2))
ACTIONS = st.lists(st.lists(ACT, max_size=12).map(tuple), max_size=2).map(tuple)
PART = st.sampled_from(["day", "morning", "afternoon"])


@st.composite
def absences(draw: st.DrawFn) -> tuple[dt.date, dt.date, str]:
    first = draw(DAYS)
    return first, first + dt.timedelta(days=draw(st.integers(0, 12))), draw(PART)


SOMEONE = st.builds(
    Someone,
    department=st.sampled_from([None, 1, 2, 3]),
    profile=st.sampled_from([None, 1, 2, 3]),
    opened=st.none() | DAYS,
    closed=st.none() | DAYS,
    part_time=st.booleans(),
    away=st.lists(absences(), max_size=2).map(tuple),
    logins=BATCHES,
    actions=ACTIONS,
)
COMPANY = st.lists(SOMEONE, min_size=1, max_size=7).map(tuple)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One project for all examples: each is undone before the next one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        with Project.create(name="Any", language="en") as project:
            yield project


def any_company(examples: int = 40):
    """The settings of every test here."""

    def decorate(test):
        test = given(people=COMPANY)(test)
        return settings(
            max_examples=examples,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )(test)

    return decorate


def measured(people: tuple[Someone, ...]) -> list[tuple[int, Someone]]:
    return [(n, one) for n, one in enumerate(people, 1) if one.profile != 3]


def last_of_any(people: tuple[Someone, ...], until: dt.date) -> dt.date | None:
    return max((d for one in people for d in one.login_days() if d <= until), default=None)


def actions_known(people: tuple[Someone, ...], day: dt.date) -> bool:
    return any(d <= day for one in people for d in one.acted_days())


def is_active(one: Someone, people: tuple[Someone, ...], day: dt.date) -> bool:
    window = set(span(day - dt.timedelta(days=27), day))
    acted = bool(one.acted_days() & window) or not actions_known(people, day)
    return bool(one.login_days() & window) and acted


@any_company()
def test_the_figures_of_any_month(one: Project, people: tuple[Someone, ...]) -> None:
    one.execute(Company(people))
    try:
        for month in (202610, 202611):
            first, last = facts.first_of(month), min(facts.last_of(month), TODAY)
            found = month_figures(one.reader, month, TODAY)
            known = last_of_any(people, last)
            if known is None or known < first:
                assert found.until is None
                continue
            assert found.until is not None
            assert known <= found.until <= last
            for row in user_months(one.reader, month, TODAY):
                check_user(row, people[(row.key or 0) - 1], first, found.until)
            check_rows(found.departments, people, first, found.until, found.active_on)
            check_parts(found.total, found.departments)
            check_parts(found.total, found.profiles)
            check_parts(found.total, found.waves)
    finally:
        one.undo()


def check_user(row: MonthRow, who: Someone, first: dt.date, until: dt.date) -> None:
    inside = {day for day in who.login_days() if first <= day <= until}
    assert row.login_days == len(inside)
    assert row.working_days == who.working_days(first, until)
    counts = who.counts(first, until)
    assert {o.name: (o.created, o.updated) for o in row.objects} == {
        name: pair for name, pair in counts.items() if any(pair)
    }
    if row.working_days:
        assert row.regularity == pytest.approx(len(inside) / row.working_days)
    low = PROFILES[who.profile][1] if who.profile and who.open_on(until) else None
    below = low is not None and row.working_days > 0 and len(inside) * 5 < low * row.working_days
    assert row.below == below


def check_rows(
    rows: tuple[MonthRow, ...],
    people: tuple[Someone, ...],
    first: dt.date,
    until: dt.date,
    active_on: dt.date | None,
) -> None:
    for row in rows:
        here = [p for _, p in measured(people) if p.department == row.key]
        opened = [p for p in here if p.open_on(until)]
        assert row.accounts == len(opened)
        days = [len({d for d in p.login_days() if first <= d <= until}) for p in here]
        assert row.login_days == sum(days)
        assert row.working_days == sum(p.working_days(first, until) for p in here)
        if active_on is not None:
            assert row.active == sum(is_active(p, people, active_on) for p in opened)
        assert row.never == sum(not any(d <= until for d in p.login_days()) for p in opened)
        last = [max((d for d in p.login_days() if d <= until), default=None) for p in opened]
        for days_ago, told in ((7, row.idle7), (21, row.idle21)):
            assert told == sum(d is not None and (until - d).days >= days_ago for d in last)


def check_parts(total: MonthRow, rows: tuple[MonthRow, ...]) -> None:
    """Rows of one kind are a partition: they add up to the total."""
    for name in ("accounts", "login_days", "working_days", "created", "updated", "never", "idle7"):
        assert getattr(total, name) == sum(getattr(row, name) or 0 for row in rows), name
    if total.change.value is not None and all(row.change.value is not None for row in rows):
        assert total.change.now == pytest.approx(sum(row.change.now for row in rows))


@any_company(25)
def test_scopes_that_part_the_accounts_add_up(one: Project, people: tuple[Someone, ...]) -> None:
    one.execute(Company(people))
    try:
        reader = one.reader
        total = month_figures(reader, 202611, TODAY).total
        keys = [key for key, _ in measured(people)]
        odd = frozenset(key for key in keys if key % 2)
        halves = [
            month_figures(reader, 202611, TODAY, Scope(accounts=some)).total
            for some in (odd, frozenset(keys) - odd)
        ]
        for name in ("accounts", "login_days", "working_days", "created", "updated"):
            assert getattr(total, name) == sum(getattr(half, name) for half in halves), name
    finally:
        one.undo()


@any_company(30)
def test_the_grid_of_any_month(one: Project, people: tuple[Someone, ...]) -> None:
    one.execute(Company(people))
    try:
        users = month_grid(one.reader, 202611, TODAY, by="user")
        places = month_grid(one.reader, 202611, TODAY)
        assert users.days == places.days
        for n, day in enumerate(users.days):
            off = day.day.weekday() > 4 or day.day in public_holidays("FR", 2026)
            assert (day.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)) == off
            for row in users.rows:
                who = people[(row.key or 0) - 1]
                used = day.day in who.login_days()
                known = users.until is not None and day.day <= users.until
                told = known and who.open_on(day.day) and not (off and not used)
                assert row.cells[n] == (float(used) if told else None), (row.name, day)
            for row in places.rows:
                here = [p for _, p in measured(people) if p.department == row.key]
                opened = [p for p in here if p.open_on(day.day)]
                used_by = sum(day.day in p.login_days() for p in opened)
                if row.cells[n] is not None:
                    assert row.cells[n] == pytest.approx(used_by / len(opened))
                elif places.until is not None and day.day <= places.until:
                    assert not opened or (off and not used_by)
    finally:
        one.undo()


@any_company(30)
def test_the_weeks_of_any_department(one: Project, people: tuple[Someone, ...]) -> None:
    one.execute(Company(people))
    try:
        everybody = {d for p in people for d in p.login_days() if d <= TODAY}
        for curve in multiples(one.reader, TODAY):
            here = [p for _, p in measured(people) if p.department == curve.department_id]
            for monday, value in curve.points:
                week = span(monday, monday + dt.timedelta(days=6))
                whole = [p for p in here if p.open_on(week[0]) and p.open_on(week[4])]
                working = sum(p.working_days(week[0], week[-1]) for p in whole)
                if max(week) < min(everybody) or not working:
                    assert value is None
                else:
                    days = sum(len(p.login_days() & set(week)) for p in whole)
                    assert value == pytest.approx(5 * days / working), (monday, curve.department)
    finally:
        one.undo()


@any_company(25)
def test_checkpoints_and_needs_of_any_company(one: Project, people: tuple[Someone, ...]) -> None:
    one.execute(Company(people))
    try:
        for wave in checkpoints(one.reader, TODAY):
            here = [p for _, p in measured(people) if p.department in (1, 2)]
            for point in wave.points:
                opened = [p for p in here if p.open_on(point.due_on)]
                if point.share is not None:
                    active = sum(is_active(p, people, point.due_on) for p in opened)
                    assert point.share == pytest.approx(active / len(opened))
                    assert point.met == (point.share >= point.goal)
        told = needs(one.reader, TODAY)
        assert all(need.of >= 5 for need in told)
        assert sum(need.accounts for need in told) <= len(people)
    finally:
        one.undo()
