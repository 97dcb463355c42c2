"""Figures of use at full size: 5,000 accounts over 24 months, about 2,400,000 rows of actions.

Read in a process of its own, whose memory at the peak is asked for at its end. Every figure is
computed anew (nothing remembered), median of seven. Limits are milliseconds of the reference
machine (`floor.py`), measured in the same process: opening 1 s, a month 300 ms, the month grid
150 ms; what a room and the cockpit ask for at the first look is told beside them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.big_use import build_use
from tests.benchmarks.floor import limit, timed

ROOT = Path(__file__).resolve().parent.parent.parent
MEBIBYTES, FILE = 200, 150
LIMITS = {"open": 1000, "month": 300, "month before": 300, "grid": 150, "cockpit": 400, "room": 900}
CHILD = """
import datetime as dt, json, resource, statistics, sys
from pathlib import Path
from crm_pilot.adoption import queries, trends
from crm_pilot.adoption.checkpoints import checkpoints
from crm_pilot.adoption.grid import month_grid
from crm_pilot.adoption.months import month_figures
from crm_pilot.adoption.needs import needs
from crm_pilot.project import Project
from tests.benchmarks.big_use import TODAY
from tests.benchmarks.floor import limit, timed

opened = []
spent = {"open": timed(lambda: opened.append(Project.open(Path(sys.argv[1]))))}
(project,) = opened
reader = project.reader

def room():
    for look in (trends.curves, trends.multiples, trends.movers, checkpoints, needs):
        look(reader, TODAY)
    month_grid(reader, 202611, TODAY)
    month_figures(reader, 202611, TODAY)

works = {
    "month": lambda: month_figures(reader, 202611, TODAY),
    "month before": lambda: month_figures(reader, 202610, TODAY),
    "grid": lambda: month_grid(reader, 202611, TODAY),
    "weeks": lambda: trends.multiples(reader, TODAY),
    "checkpoints": lambda: checkpoints(reader, TODAY),
    "needs": lambda: needs(reader, TODAY),
    "cockpit": lambda: queries.figures(reader, TODAY),
    "room": room,
}
for name, work in works.items():
    times = []
    for _ in range(7):
        reader._memory.clear()
        times.append(timed(work))
    spent[name] = statistics.median(times)
room()  # and everything is remembered at once
figures = month_figures(reader, 202611, TODAY)
project.close()
status = Path("/proc/self/status")
if status.exists():  # ru_maxrss there starts with what the parent had before exec
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({
    "spent": spent, "unit": limit(1), "peak": peak, "departments": len(figures.departments),
    "accounts": figures.total.accounts,
}))
"""


def read(path: Path) -> dict[str, Any]:
    """What a process of its own took to read the figures."""
    command = [sys.executable, "-c", CHILD, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


@pytest.mark.slow
def test_figures_of_24_months_of_5000_accounts(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "use.crmp"
    built = timed(lambda: build_use(path))
    size = path.stat().st_size / 2**20
    found = read(path)
    for _ in range(2):  # another program at work in one round says nothing about this one
        if all(found["spent"][name] <= most * found["unit"] for name, most in LIMITS.items()):
            break
        found = read(path)
    spent = found["spent"]
    text = ", ".join(f"{name} {ms:.0f} ms" for name, ms in spent.items())
    seen = (
        f"use: built in {built / 1000:.0f} s, {size:.0f} MiB, peak {found['peak']:.0f} MiB; {text}"
    )
    record_property("printed", f"{seen}; limits × {found['unit']:.2f}")
    assert (found["departments"], found["accounts"]) == (60, 4_949)
    assert built <= limit(40_000)
    assert size <= FILE
    assert found["peak"] <= MEBIBYTES
    for name, most in LIMITS.items():
        assert spent[name] <= most * found["unit"], (name, seen)
