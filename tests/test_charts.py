"""Axis ticks: round, from zero, and whole where things are counted."""

from __future__ import annotations

import pytest

from crm_pilot.charts import nice_ticks


@pytest.mark.parametrize("high", [1, 2, 3, 5, 7, 10, 24, 33, 59, 150, 2600])
def test_ticks_of_counts_are_whole_and_reach_the_highest(high: int) -> None:
    ticks = nice_ticks(high, 3, whole=True)
    assert all(tick == int(tick) for tick in ticks)
    assert ticks[0] == 0 and ticks[-1] >= high
    assert 2 <= len(ticks) <= 5


def test_ticks_of_measures_may_be_halves() -> None:
    assert nice_ticks(1.0, 3) == (0.0, 0.5, 1.0)
