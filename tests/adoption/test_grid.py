"""The month grid by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot.adoption.grid import DayKind, month_grid
from crm_pilot.adoption.trends import multiples
from crm_pilot.project import Add, Project, SetField
from tests.adoption.usage import Company, D, Someone

TODAY = D(2026, 11, 21)


def november(*days: int) -> tuple[dt.date, ...]:
    return tuple(D(2026, 11, n) for n in days)


def test_days_are_working_weekend_holiday_or_future(project: Project) -> None:
    project.execute(Company((Someone(logins=(november(2, 19),)),)))
    grid = month_grid(project.reader, 202611, TODAY, language="fr")
    kinds = {day.day.day: day.kind for day in grid.days}
    assert len(kinds) == 30
    assert grid.until == D(2026, 11, 19)
    assert [n for n, kind in kinds.items() if kind is DayKind.WEEKEND][:3] == [1, 7, 8]
    # All Saints' is a Sunday: a weekend day; Armistice is a Wednesday
    assert [(d.day.day, d.name) for d in grid.days if d.kind is DayKind.HOLIDAY] == [
        (11, "Armistice")
    ]
    assert kinds[20] is DayKind.FUTURE  # after the last day known
    assert kinds[19] is DayKind.WORKING
    english = month_grid(project.reader, 202611, TODAY)
    assert english.days[10].name == "Armistice Day"
    own = project.execute(Add("calendar", {"name": "Own", "country": "FR"}))
    day = D(2026, 11, 30)
    values = {"calendar_id": own, "first": day, "last": day, "name": "Moving house"}
    project.execute(Add("calendar_exception", values))
    project.execute(SetField("project", 1, "calendar_id", own))
    last = month_grid(project.reader, 202611, TODAY).days[-1]
    assert (last.kind, last.name) == (DayKind.HOLIDAY, "Moving house")


def test_a_cell_is_the_share_of_open_accounts_connected_that_day(project: Project) -> None:
    project.execute(
        Company(
            (
                Someone(logins=(november(2, 3, 14, 20),)),
                Someone(logins=(november(3),)),
                Someone(opened=D(2026, 11, 3), logins=(november(3, 4),)),
                Someone(closed=D(2026, 11, 4), logins=(november(2, 4),)),  # a day after it closed
                Someone(department=2, opened=D(2026, 11, 4), logins=(november(4),)),
            )
        )
    )
    grid = month_grid(project.reader, 202611, TODAY)
    north, south = grid.rows
    assert (north.key, north.name, north.accounts) == (1, "North", 3)
    assert north.cells[1] == pytest.approx(2 / 3)  # the 2nd: three open, two connected
    assert north.cells[2] == pytest.approx(3 / 4)
    assert north.cells[3] == pytest.approx(1 / 3)  # the 4th: one is closed
    assert north.cells[4] == 0.0
    assert north.cells[6] is None  # a Saturday on which nobody was connected
    assert north.cells[13] == pytest.approx(1 / 3)  # a Saturday on which somebody was
    assert north.cells[20:] == (None,) * 10  # not known yet
    assert south.cells[:3] == (None, None, None)  # nobody open
    assert south.cells[3] == 1.0
    # the last full week, from the 16th: one login day of three accounts
    assert grid.week == D(2026, 11, 16)
    assert north.per_week == pytest.approx(5 * 1 / 15)
    assert (north.low, north.high, north.below) == (4, 5, True)


def test_the_week_of_the_grid_is_that_of_curves_and_sentence(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader, today = project.reader, project.today()
        grid = month_grid(reader, 202611, today)
        last = {one.department_id: one for one in multiples(reader, today) if one.accounts}
        assert {row.key: row.per_week for row in grid.rows} == {k: o.last for k, o in last.items()}
        assert {row.key for row in grid.rows if row.below} == {
            key for key, one in last.items() if one.below
        }
        october = month_grid(reader, 202610, today)
        assert october.week == D(2026, 10, 26)


def test_by_user_the_rows_go_by_name(project: Project) -> None:
    people = (Someone(logins=(november(2),)), Someone(department=2, logins=(november(20),)))
    project.execute(Company(people))
    rows = month_grid(project.reader, 202611, TODAY, by="user").rows
    assert [(row.name, row.accounts, row.cells[1], row.cells[19]) for row in rows] == [
        ("P01", 1, 1.0, 0.0),
        ("P02", 1, 0.0, 1.0),
    ]


def test_without_data_there_are_days_and_no_rows(project: Project) -> None:
    project.execute(Company((Someone(),)))
    grid = month_grid(project.reader, 202611, TODAY)
    assert (grid.until, grid.rows) == (None, ())
    assert {day.kind for day in grid.days} == {DayKind.FUTURE, DayKind.WEEKEND, DayKind.HOLIDAY}
