"""Positions, drift and movements with 500 units and 20 ratings of each, without a window.

Once the ratings are read, any other day is found in them: at most 15 ms, so that a slider that
jumps over the whole project leaves the time to draw. Times of the processor; see `floor.py`.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm_pilot.project import Project
from crm_pilot.stakeholders import queries
from crm_pilot.store.reader import Reader
from tests.benchmarks import big
from tests.benchmarks.floor import limit

TODAY = big.START + dt.timedelta(days=big.RATED * 14)
NEW_DAY_MS, MOVED_MS = 15, 50


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Of the large map, whose ratings were read."""
    with Project.open(big.build_map(tmp_path / "large.crmp")) as project:
        assert len(queries.units(project.reader, TODAY)) == big.UNITS
        yield project.reader


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def test_any_other_day_is_there_at_once(reader: Reader) -> None:
    # a fortnight apart: every unit has another rating on each of these days
    days = [TODAY - dt.timedelta(days=14 * n) for n in range(1, big.RATED - 1)]
    took = [spent(lambda day=day: queries.units(reader, day)) for day in days]  # type: ignore[misc]
    print(f"a new day: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms")
    assert statistics.median(took) <= limit(NEW_DAY_MS)


def test_movements_between_two_new_days(reader: Reader) -> None:
    days = [TODAY - dt.timedelta(days=14 * n) for n in range(1, big.RATED - 1)]
    took = [
        spent(lambda pair=pair: queries.movements(reader, *pair))  # type: ignore[misc]
        for pair in zip(days[1::2], days[::2], strict=False)
    ]
    print(f"movements: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms")
    assert statistics.median(took) <= limit(MOVED_MS)
