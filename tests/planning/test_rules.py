"""Rules of the plan against examples computed by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind

D = dt.date


def row(key: int, start: D | None = None, finish: D | None = None, **more: Any) -> TaskRow:
    values: dict[str, Any] = {
        "parent_id": None,
        "position": key,
        "kind": TaskKind.TASK,
        "pillar": Pillar.DEPLOYMENT,
        "title": f"T{key}",
        "percent": 0,
        "owner_id": None,
        "owner": "",
        "wave_id": None,
        "committee": False,
        "note": "",
        "baseline_start": None,
        "baseline_finish": None,
    }
    return TaskRow(id=key, start=start, finish=finish, **(values | more))


@pytest.mark.parametrize(
    ("start", "finish", "days"),
    [
        (D(2026, 11, 16), D(2026, 11, 20), 5),  # Monday to Friday
        (D(2026, 11, 16), D(2026, 12, 2), 13),
        (D(2026, 11, 21), D(2026, 11, 22), 0),  # a weekend
        (D(2026, 11, 20), D(2026, 11, 23), 2),  # over a weekend
        (D(2026, 11, 20), D(2026, 11, 19), 0),
    ],
)
def test_working_days(start: D, finish: D, days: int) -> None:
    assert rules.working_days(start, finish) == days


def test_working_days_against_counting() -> None:
    first = D(2026, 1, 1)
    for shift in range(40):
        for length in range(20):
            start = first + dt.timedelta(shift)
            days = [start + dt.timedelta(n) for n in range(length + 1)]
            counted = sum(d.weekday() < 5 for d in days)
            assert rules.working_days(start, days[-1]) == counted


def test_a_task_keeps_its_working_days_when_it_moves() -> None:
    task = row(1, D(2026, 11, 16), D(2026, 11, 20))
    assert rules.moved(task, 2) == (D(2026, 11, 18), D(2026, 11, 24))
    assert rules.moved(task, 5) == (D(2026, 11, 23), D(2026, 11, 27))  # Saturday: on to Monday
    assert rules.moved(task, -1) == (D(2026, 11, 13), D(2026, 11, 19))  # Sunday: back to Friday


def test_a_weekend_go_live_moves_as_it_is() -> None:
    assert rules.moved(row(1, D(2026, 11, 21), D(2026, 11, 21)), 1) == (D(2026, 11, 22),) * 2
    assert rules.moved(row(1), 1) is None


def test_phases_are_rolled_up_by_working_days() -> None:
    phase = row(1, kind=TaskKind.PHASE, start=D(2020, 1, 1), finish=D(2030, 1, 1))
    short = row(2, D(2026, 11, 16), D(2026, 11, 20), parent_id=1, percent=100)  # 5 days
    long = row(3, D(2026, 11, 23), D(2026, 12, 11), parent_id=1, percent=20)  # 15 days
    point = row(4, D(2027, 1, 4), D(2027, 1, 4), parent_id=1, kind=TaskKind.MILESTONE)
    rolled = rules.roll_up([point, long, short, phase])
    assert [r.id for r in rolled] == [1, 2, 3, 4]
    assert (rolled[0].start, rolled[0].finish) == (D(2026, 11, 16), D(2027, 1, 4))
    assert rolled[0].percent == 40  # (5 × 100 + 15 × 20) / 20


def test_phases_roll_up_through_levels_and_baselines() -> None:
    base = {"baseline_start": D(2026, 11, 2), "baseline_finish": D(2026, 11, 6)}
    rows = [
        row(1, kind=TaskKind.PHASE),
        row(2, kind=TaskKind.PHASE, parent_id=1),
        row(3, D(2026, 11, 16), D(2026, 11, 20), parent_id=2, percent=50, **base),
        row(4, parent_id=1, percent=100),  # no dates: weighs one day
    ]
    top = rules.roll_up(rows)[0]
    assert top.percent == 58  # (5 × 50 + 1 × 100) / 6 = 58.3
    assert (top.baseline_start, top.baseline_finish) == (D(2026, 11, 2), D(2026, 11, 6))


def test_an_open_milestone_keeps_a_phase_from_being_done() -> None:
    phase = row(1, kind=TaskKind.PHASE)
    task = row(2, D(2026, 11, 16), D(2026, 11, 20), parent_id=1, percent=100)
    point = row(3, D(2026, 11, 20), D(2026, 11, 20), parent_id=1, kind=TaskKind.MILESTONE)
    assert rules.roll_up([phase, task, point])[0].percent == 99


def test_outline_order_goes_by_pillar_then_position() -> None:
    rows = [
        row(1, position=0, pillar=Pillar.FEEDBACK),
        row(2, position=1, pillar=Pillar.DEPLOYMENT),
        row(3, position=0, pillar=Pillar.DEPLOYMENT),
        row(4, position=0, parent_id=3, pillar=Pillar.FEEDBACK),
        row(5, position=0, parent_id=99),  # an unknown parent loses no row
    ]
    found = [(r.id, depth) for r, depth in rules.outline(rows)]
    assert found == [(3, 0), (4, 1), (5, 0), (2, 0), (1, 0)]


def test_expected_percent_of_the_drawn_example() -> None:
    dedup = row(1, D(2026, 11, 16), D(2026, 12, 2), percent=30)
    expected = rules.expected_percent(dedup, D(2026, 11, 21))
    assert expected == pytest.approx(100 * 5 / 13)
    assert rules.behind(dedup, D(2026, 11, 21))
    close = row(2, D(2026, 11, 16), D(2026, 12, 2), percent=35)
    assert not rules.behind(close, D(2026, 11, 21))
    assert rules.expected_percent(dedup, D(2026, 11, 15)) == 0
    assert rules.expected_percent(dedup, D(2026, 12, 2)) == 100
    assert rules.expected_percent(row(1), D(2026, 12, 2)) is None


def test_late_and_slip() -> None:
    task = row(1, D(2026, 11, 16), D(2026, 11, 20), baseline_finish=D(2026, 11, 6))
    assert not rules.late(task, D(2026, 11, 20))
    assert rules.late(task, D(2026, 11, 21))
    assert not rules.late(row(2, D(2026, 11, 16), D(2026, 11, 20), percent=100), D(2027, 1, 1))
    assert rules.slip_days(task) == 14
    assert rules.slip_days(row(3)) is None


def test_a_link_is_broken_when_the_successor_starts_too_early() -> None:
    first = row(1, D(2026, 11, 16), D(2026, 11, 20))
    point = row(2, D(2026, 11, 20), D(2026, 11, 20), kind=TaskKind.MILESTONE)
    assert rules.link_broken(first, row(3, D(2026, 11, 20), D(2026, 11, 25)))
    assert not rules.link_broken(first, row(3, D(2026, 11, 21), D(2026, 11, 25)))
    assert not rules.link_broken(first, point)
    assert not rules.link_broken(point, row(3, D(2026, 11, 20), D(2026, 11, 25)))


def test_totals_weigh_by_working_days() -> None:
    rows = [
        row(1, D(2026, 11, 16), D(2026, 11, 20), percent=100),  # 5 days, all expected
        row(2, D(2026, 11, 23), D(2026, 12, 11), percent=0),  # 15 days, 5 gone by the 27th
    ]
    assert rules.total_percents(rows, D(2026, 11, 27)) == (25.0, 50.0)
    assert rules.total_percents([], D(2026, 11, 27)) == (0.0, 0.0)
