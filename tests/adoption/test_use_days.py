"""Days as bits against sets of dates."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.adoption import use_days
from crm_pilot.adoption.use_days import UseDays, lanes, spread, stretch, trailing, window

DAYS = st.dates(dt.date(2026, 1, 20), dt.date(2026, 5, 10))
SOME = st.dictionaries(st.integers(1, 4), st.sets(DAYS), max_size=4)


def packed(use: dict[int, set[dt.date]]) -> list[tuple[int, dict[int, int]]]:
    """Month by month, as the file has them."""
    months: dict[int, dict[int, int]] = {}
    for account, days in use.items():
        for day in days:
            here = months.setdefault(use_days.month_of(day), {})
            here[account] = here.get(account, 0) | 1 << day.day - 1
    return list(months.items())


@given(SOME, DAYS, DAYS, DAYS, DAYS)
def test_a_window_holds_the_days_within_it(
    use: dict[int, set[dt.date]], a: dt.date, b: dt.date, c: dt.date, d: dt.date
) -> None:
    first, last = min(a, b), max(a, b)
    every = packed(use)
    inside = [m for m in every if use_days.month_of(first) <= m[0] <= use_days.month_of(last)]
    found = window(inside, first, last)
    for account, days in use.items():
        expected = {day for day in days if first <= day <= last}
        assert found.days(account) == sorted(expected)
        assert found.of(account).bit_count() == len(expected)
        low, high = min(c, d), max(c, d)
        assert found.count(account, low, high) == len([x for x in expected if low <= x <= high])
        assert found.of(account) & found.mask(days) == found.of(account)
    assert set(found.bits) == {
        a for a, days in use.items() if any(first <= x <= last for x in days)
    }


def test_a_window_that_ends_before_it_begins_is_empty() -> None:
    found = window([(202601, {1: 3})], dt.date(2026, 1, 2), dt.date(2026, 1, 1))
    assert found.bits == {}
    assert (
        UseDays(dt.date(2026, 1, 5), dt.date(2026, 1, 6), {1: 3}).between(
            1, dt.date(2026, 1, 1), dt.date(2026, 1, 5)
        )
        == 1
    )


@given(st.sets(st.integers(0, 90)), st.integers(1, 40))
def test_trailing_says_whether_any_day_of_the_window_is_set(days: set[int], length: int) -> None:
    found = trailing(sum(1 << n for n in days), length)
    for n in range(140):
        assert bool(found >> n & 1) == any(n - length < day <= n for day in days), n


@given(st.lists(st.integers(0, (1 << 40) - 1), max_size=30))
def test_lanes_count_every_day_at_once(several: list[int]) -> None:
    counted = lanes(sum(spread(bits) for bits in several), 40)
    assert counted == [sum(bits >> n & 1 for bits in several) for n in range(40)]


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.integers(0, 60))
def test_a_stretch_is_open_from_its_begin_to_before_its_end(
    first: dt.date, begin: dt.date | None, end: dt.date | None, count: int
) -> None:
    found = stretch(first, begin, end, count)
    for n in range(count + 3):
        day = first + dt.timedelta(days=n)
        is_open = n < count and (begin is None or begin <= day) and (end is None or day < end)
        assert bool(found >> n & 1) == is_open


def test_months_follow_each_other() -> None:
    assert use_days.after(202612) == 202701
    assert use_days.after(202701, -1) == 202612
    assert use_days.after(202611, -23) == 202412
    assert use_days.last_of(202602) == dt.date(2026, 2, 28)
    assert list(use_days.months_between(dt.date(2026, 11, 30), dt.date(2027, 1, 1))) == [
        *(202611, 202612, 202701)
    ]
    assert use_days.day_of(use_days.day_number(dt.date(2026, 11, 21))) == dt.date(2026, 11, 21)
