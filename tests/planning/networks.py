"""Generated networks of any size, made by the script that peers are timed with."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import LinkKind
from tests.planning.plans import DAY, OFFICE, START, when

SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "bench" / "gen_project.py"
PHASES = 100_000  # keys of phases start here
NETWORKS = [  # tasks, option, finish, critical tasks
    (1000, "", "2028-06-22", 115),
    (1000, "--mixed", "2028-03-14", 119),
    (1000, "--tree", "2027-09-30", 87),
    (10000, "", "2031-03-26", 238),
]
_KINDS = {"FS": LinkKind.FS, "SS": LinkKind.SS, "FF": LinkKind.FF, "SF": LinkKind.SF}


@dataclass
class Network:
    """Activities and links."""

    activities: list[Activity]
    links: list[Dependency]

    def schedule(self, calendar: Calendar = OFFICE) -> Schedule:
        """Their schedule."""
        return Schedule(self.activities, self.links, start=when(START), calendar=calendar)


def generate(folder: Path, tasks: int, option: str = "") -> Path:
    """Write a network; skips where the script is absent."""
    if not SCRIPT.is_file():
        pytest.skip("the generator of networks is not here")
    subprocess.run(
        [sys.executable, str(SCRIPT), str(tasks), str(folder), *option.split()],
        check=True,
        capture_output=True,
    )
    return folder / f"p{tasks}{option[2:3]}.json"


def read(path: Path) -> Network:
    """The network of a file."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    activities = [Activity(PHASES + phase["id"]) for phase in plan["phases"]]
    links: list[Dependency] = []
    for task in plan["tasks"]:
        above = PHASES + task["phase"]
        activities.append(Activity(task["id"], parent=above, duration=task["days"] * DAY))
        for before, kind, lag in task["preds"]:
            links.append(Dependency(len(links), before, task["id"], _KINDS[kind], lag * DAY))
    return Network(activities, links)
