"""The floor that limits are measured against, in the same run.

`unit()` is the time of a fixed piece of plain Python and SQLite work; it took 5.4 ms at the median
on the machine where the limits of the product were set (2 cores, CPython 3.11), when nothing else
ran. A limit of "16 ms there" is written `limit(16)`: about three units of whatever machine this is.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence

REFERENCE_MS = 5.4


def _work() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INTEGER)")
    connection.executemany(
        "INSERT INTO t(a, b) VALUES (?, ?)", ((f"row {n}", n % 97) for n in range(4_000))
    )
    rows = connection.execute("SELECT b, COUNT(*), MAX(a) FROM t GROUP BY b").fetchall()
    connection.close()
    json.dumps([{"b": b, "n": n, "a": a} for b, n, a in rows for _ in range(12)])


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def unit() -> float:
    """Milliseconds of one unit of work, median of nine."""
    return statistics.median(timed(_work) for _ in range(9))


def one_unit() -> float:
    """Milliseconds of one unit of work, done once: to be taken between what is measured."""
    return timed(_work)


def limit(reference_ms: float, units: Sequence[float] = ()) -> float:
    """`reference_ms` of the reference machine, in milliseconds of this one, as it is now or as it
    was when `units` were taken."""
    return reference_ms / REFERENCE_MS * (statistics.median(units) if units else unit())
