"""Counts of many days at once agree with counting day by day."""

from __future__ import annotations

import random

import pytest

from crm_pilot.adoption.day_counts import DayCounts, reaching


def test_counts_agree_with_counting_one_by_one() -> None:
    chance = random.Random(1)
    numbers = [chance.getrandbits(200) & chance.getrandbits(200) for _ in range(150)]
    counts = DayCounts()
    for number in numbers:
        counts.add(number)
    for bit in range(210):
        assert counts.at(bit) == sum(number >> bit & 1 for number in numbers)
    assert max(counts.at(bit) for bit in range(200)) > 31


@pytest.mark.parametrize("length", [1, 2, 3, 7, 28, 31])
def test_reaching_is_the_end_of_a_stretch_with_a_day(length: int) -> None:
    days = 1 << 3 | 1 << 40 | 1 << 45
    found = reaching(days, length)
    for bit in range(90):
        stretch = [end for end in range(bit - length + 1, bit + 1) if end >= 0]
        assert bool(found >> bit & 1) is any(days >> end & 1 for end in stretch)
