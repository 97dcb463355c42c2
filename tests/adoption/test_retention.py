"""Months past the retention: what is left of them, undo, and what the saved file still holds."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_pilot.adoption import facts, queries
from crm_pilot.adoption.grid import month_grid
from crm_pilot.adoption.months import (
    MonthFigures,
    MonthRow,
    month_figures,
    months_known,
    user_months,
)
from crm_pilot.adoption.retention import FoldMonths, due
from crm_pilot.adoption.scope import Scope
from crm_pilot.adoption.trends import multiples
from crm_pilot.errors import UserError
from crm_pilot.project import Project, SetFields
from tests.adoption.facts import logins
from tests.adoption.usage import Company, D, Someone, span

TODAY = D(2026, 11, 21)
EARLY = D(2026, 1, 5)
FOLD = D(2026, 10, 1)


def weekdays(first: dt.date, last: dt.date, step: int = 1) -> tuple[dt.date, ...]:
    return tuple(day for day in span(first, last) if day.weekday() < 5)[::step]


def company() -> Company:
    """Three people in two departments from August to November, in batches that overlap."""
    august, november = D(2026, 8, 3), D(2026, 11, 20)
    deals = tuple((day, "deal", 1, 2) for day in weekdays(august, november, 3))
    people = (
        Someone(1, 1, EARLY, None, logins=(weekdays(august, november), weekdays(august, FOLD))),
        Someone(
            1, 1, EARLY, None, logins=(weekdays(august, november, 2),), actions=(deals, deals[:9])
        ),
        Someone(2, 2, D(2026, 9, 14), None, logins=(weekdays(D(2026, 9, 14), november, 4),)),
    )
    away = ((D(2026, 9, 1), D(2026, 9, 2), "day"),)
    return Company(
        (*people, Someone(2, 1, EARLY, None, away=away, logins=(weekdays(august, november),)))
    )


@pytest.fixture
def filled(project: Project) -> Project:
    project.execute(company())
    return project


def plain(rows: tuple[MonthRow, ...]) -> list[tuple[object, ...]]:
    """What totals keep of rows."""
    return [
        (r.key, r.accounts, r.active, r.login_days, r.working_days, r.created, r.updated, r.objects)
        for r in rows
    ]


def told(found: MonthFigures) -> list[list[tuple[object, ...]]]:
    return [
        plain(rows) for rows in ((found.total,), found.departments, found.profiles, found.waves)
    ]


def test_due_names_the_months_past_the_retention(filled: Project) -> None:
    assert due(filled.reader, TODAY).months == ()
    assert due(filled.reader, TODAY).before == D(2025, 11, 1)
    filled.execute(SetFields("project", 1, {"retention_months": 2, "retention_reason": "CSE"}))
    found = due(filled.reader, TODAY)
    assert (found.retention_months, found.reason, found.before) == (2, "CSE", D(2026, 9, 1))
    assert found.months == (202608,)
    # 21 + 21 (twice known, counted batch by batch) + 11 + 21 login days in August
    assert found.user_days == 21 + 21 + 11 + 21


def test_a_folded_month_is_told_as_before_without_persons(filled: Project) -> None:
    before = {m: month_figures(filled.reader, m, TODAY) for m in (202608, 202609, 202610)}
    filled.execute(FoldMonths(FOLD))
    for month in (202608, 202609):
        found = month_figures(filled.reader, month, TODAY)
        assert found.totals_only
        assert found.available
        assert found.until == facts.last_of(month)
        assert told(found) == told(before[month])
        assert found.total.regularity == pytest.approx(before[month].total.regularity)
        assert (found.total.never, found.total.idle7) == (None, None)
        assert user_months(filled.reader, month, TODAY) == ()
        assert month_grid(filled.reader, month, TODAY).rows == ()
    assert told(month_figures(filled.reader, 202610, TODAY)) == told(before[202610])
    assert months_known(filled.reader, TODAY) == (202608, 202609, 202610, 202611)
    assert facts.kept_from(filled.reader) == FOLD
    assert due(filled.reader, D(2027, 11, 1)).months == (202610,)


def test_folded_months_can_be_told_by_department_profile_and_wave_alone(filled: Project) -> None:
    south = Scope(departments=frozenset({2}))
    before = month_figures(filled.reader, 202609, TODAY, south)
    filled.execute(FoldMonths(FOLD))
    assert told(month_figures(filled.reader, 202609, TODAY, south)) == told(before)
    field = month_figures(filled.reader, 202609, TODAY, Scope(profiles=frozenset({2})))
    assert [row.key for row in field.departments] == [2]
    assert month_figures(filled.reader, 202609, TODAY, Scope(waves=frozenset({2}))).until is None
    some = month_figures(filled.reader, 202609, TODAY, Scope(accounts=frozenset({1})))
    assert (some.available, some.totals_only, some.until) == (False, True, None)


def test_month_over_month_reaches_back_into_the_totals(filled: Project) -> None:
    filled.execute(FoldMonths(FOLD))
    october = month_figures(filled.reader, 202610, TODAY).total
    september = month_figures(filled.reader, 202609, TODAY).total
    then = september.login_days * october.working_days / september.working_days
    assert october.change.before == pytest.approx(then)
    assert october.change.value == pytest.approx((october.login_days - then) / then)
    assert september.change.value is not None
    assert month_figures(filled.reader, 202608, TODAY).total.change.value is None


def test_weeks_and_active_shares_do_not_fall_to_nothing_before_the_fold(filled: Project) -> None:
    filled.execute(FoldMonths(D(2026, 11, 1)))
    points = multiples(filled.reader, TODAY)[0].points
    assert [value is None for day, value in points] == [day < D(2026, 11, 2) for day, _ in points]
    figures = queries.figures(filled.reader, TODAY)
    assert figures.active_share is None  # 1 to 20 November are no 28 days
    assert figures.never_logged == 0


def test_folding_is_one_step_that_undo_takes_back_before_and_after_a_save(
    filled: Project, tmp_path: Path
) -> None:
    before = [told(month_figures(filled.reader, m, TODAY)) for m in (202608, 202609)]
    days = facts.stored_days(filled.reader)
    filled.execute(FoldMonths(FOLD))
    filled.undo()
    assert facts.kept_from(filled.reader) is None
    assert [told(month_figures(filled.reader, m, TODAY)) for m in (202608, 202609)] == before
    filled.redo()
    path = tmp_path / "use.crmp"
    filled.save(path)
    filled.undo()
    assert not month_figures(filled.reader, 202609, TODAY).totals_only
    assert [told(month_figures(filled.reader, m, TODAY)) for m in (202608, 202609)] == before
    filled.save(path)
    with Project.open(path) as again:
        assert facts.stored_days(again.reader) == days
        assert [told(month_figures(again.reader, m, TODAY)) for m in (202608, 202609)] == before


def test_the_saved_file_holds_no_day_before_the_fold(filled: Project, tmp_path: Path) -> None:
    before = told(month_figures(filled.reader, 202609, TODAY))
    october = told(month_figures(filled.reader, 202610, TODAY))
    # enough days for pages that hold nothing else
    logins(filled, [(n, day) for n in range(90, 600) for day in (D(2026, 8, 3), D(2026, 9, 1))])
    filled.execute(FoldMonths(FOLD))
    path = tmp_path / "use.crmp"
    filled.save(path)
    with closing(sqlite3.connect(path)) as saved:
        for table in ("login_fact", "acted_fact"):
            (first,) = saved.execute(f"SELECT min(month) FROM {table}").fetchone()
            assert first == 202610, table
        (first,) = saved.execute(
            "SELECT date(min(day) * 86400, 'unixepoch') FROM action_fact"
        ).fetchone()
        assert first >= "2026-10-01"
        assert saved.execute("PRAGMA freelist_count").fetchone() == (0,)  # no page of before
    with Project.open(path) as again:
        assert told(month_figures(again.reader, 202609, TODAY)) == before
        assert told(month_figures(again.reader, 202610, TODAY)) == october


def test_a_day_within_a_month_takes_the_bits_before_it(filled: Project, tmp_path: Path) -> None:
    """`FoldMonths` keeps whole months; a day set by hand counts all the same, to the bit."""
    filled.execute(SetFields("project", 1, {"daily_from": D(2026, 10, 15)}))
    path = tmp_path / "use.crmp"
    filled.save(path)
    first, last = D(2026, 10, 1), D(2026, 10, 31)
    with Project.open(path) as again:
        for project in (filled, again):
            days = facts.login_days(project.reader, first, last)
            assert min(days.days(1)) == D(2026, 10, 15)
            acted = facts.acted_days(project.reader, first, last)
            assert all(day >= D(2026, 10, 15) for day in acted.days(2))
            assert acted.days(2) != []
        packed = again.reader.select("SELECT days FROM login_fact WHERE month = 202610")
        assert packed
        assert all(bits & (1 << 14) - 1 == 0 for (bits,) in packed)


def test_folding_twice_goes_on_and_never_back(filled: Project) -> None:
    filled.execute(FoldMonths(D(2026, 9, 1)))
    september = told(month_figures(filled.reader, 202609, TODAY))
    august = told(month_figures(filled.reader, 202608, TODAY))
    filled.execute(FoldMonths(D(2026, 10, 9)))  # of any day: its month is kept
    assert facts.kept_from(filled.reader) == FOLD
    assert told(month_figures(filled.reader, 202609, TODAY)) == september
    assert told(month_figures(filled.reader, 202608, TODAY)) == august
    with pytest.raises(UserError, match="totals already"):
        filled.execute(FoldMonths(D(2026, 9, 1)))
    (rows,) = filled.reader.select("SELECT count(*), count(DISTINCT month) FROM use_total")
    assert rows == (5, 2)  # two places in August, the field opened in September


def test_totals_equal_a_second_computation_in_plain_sql(filled: Project) -> None:
    expected = filled.reader.select(
        "SELECT p.department_id, a.profile_id, count(DISTINCT f.account_id), sum(f.created),"
        " sum(f.updated) FROM (SELECT account_id, max(created) AS created, max(updated) AS updated"
        " FROM action_fact WHERE day BETWEEN ? AND ? GROUP BY account_id, day) f"
        " JOIN account a ON a.id = f.account_id JOIN person p ON p.id = a.person_id GROUP BY 1, 2",
        facts.day_number(D(2026, 9, 1)),
        facts.day_number(D(2026, 9, 30)),
    )
    filled.execute(FoldMonths(FOLD))
    found = filled.reader.select(
        "SELECT department_id, profile_id, users, created, updated FROM action_total"
        " WHERE month = 202609 ORDER BY 1, 2"
    )
    assert found == expected
    assert len(found) == 1
