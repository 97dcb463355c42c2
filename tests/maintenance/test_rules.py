"""Rules of maintenance against DOMAIN.md section 4 and counts by hand."""

import datetime as dt

import pytest

from crm_pilot.maintenance import rules


@pytest.mark.parametrize(
    ("impact", "urgency", "expected"),
    [(1, 1, 1), (1, 2, 2), (1, 3, 3), (2, 1, 2), (2, 2, 3), (2, 3, 4), (3, 1, 3), (3, 2, 4),
     (3, 3, 5)],
)  # fmt: skip
def test_the_shipped_matrix(impact: int, urgency: int, expected: int) -> None:
    assert rules.priority(impact, urgency, None, rules.SHIPPED_CELLS) == expected


def test_the_sources_priority_counts_until_both_are_known() -> None:
    assert rules.priority(None, 1, 2, rules.SHIPPED_CELLS) == 2
    assert rules.priority(1, None, None, rules.SHIPPED_CELLS) is None
    assert rules.priority(3, 3, 1, rules.SHIPPED_CELLS) == 5


def test_an_edited_cell_wins_over_the_shipped_rule() -> None:
    assert rules.priority(2, 2, None, {(2, 2): 1}) == 1
    assert rules.priority(3, 3, None, {(2, 2): 1}) == 5


@pytest.mark.parametrize(
    ("days", "name"),
    [(0, "0-7"), (7, "0-7"), (8, "8-30"), (30, "8-30"), (31, "31-90"), (90, "31-90"), (91, ">90")],
)
def test_ageing_buckets_meet_at_their_limits(days: int, name: str) -> None:
    assert rules.ageing_bucket(days) == name


def test_weeks_start_on_monday_and_end_with_todays() -> None:
    weeks = rules.last_weeks(dt.date(2027, 1, 3), 2)  # a Sunday in week 53 of 2026
    assert weeks == (dt.date(2026, 12, 21), dt.date(2026, 12, 28))


def test_stocks_are_counted_backwards_from_today() -> None:
    # 10 now; this week 3 came and 1 went, so 8 before; the week before 0 came and 2 went: 10
    assert rules.stocks(10, [(5, 5), (0, 2), (3, 1)]) == (10, 8, 10)


def test_mean_and_median_of_nothing() -> None:
    assert rules.mean_and_median([]) == (None, None)
    assert rules.mean_and_median([1.0, 2.0, 9.0]) == (4.0, 2.0)
