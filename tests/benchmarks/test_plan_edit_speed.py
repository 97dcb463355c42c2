"""From an edit of the schedule to the repainted plan, in the real window, with 10,000 linked lines.

At most 50 ms at the median on the reference machine: the edit, rescheduling what depends on it,
writing it, and painting outline and Gantt again.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from crm_pilot.i18n import Message, msg
from crm_pilot.planning.schedule_commands import SetDuration
from crm_pilot.project import Project
from tests.benchmarks.floor import limit, timed
from tests.planning.networks import PHASES, Network, generate, read
from ui.bridge import Bridge
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

TASKS, EDITS = 10_000, 40
START = dt.date(2026, 1, 5)


@dataclass(frozen=True)
class Fill:
    """Puts a network into a project."""

    network: Network
    label: Message = msg("Fill")

    def apply(self, work: Work) -> None:
        rows: list[dict[str, Any]] = []
        for place, act in enumerate(self.network.activities):
            phase = act.key >= PHASES
            rows.append(
                {
                    "id": act.key,
                    "title": f"Line {act.key}",
                    "kind": "phase" if phase else "task" if act.duration else "milestone",
                    "parent_id": act.parent,
                    "position": place,
                    "duration": None if phase else act.duration,
                }
            )
        rows.sort(key=lambda row: row["parent_id"] is not None)
        work.insert_many("task", rows)
        links = [
            {
                "id": number,
                "predecessor_id": link.before,
                "successor_id": link.after,
                "kind": link.kind.value,
                "lag": link.lag,
            }
            for number, link in enumerate(self.network.links, 1)
        ]
        work.insert_many("link", links)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of 10,000 linked lines."""
    network = read(generate(tmp_path, TASKS))
    with Project.create(name="Large", country="XX", starts_on=START) as opened:
        opened.execute(Fill(network))
        yield opened


@pytest.fixture
def window(qapp: QApplication, project: Project) -> Iterator[MainWindow]:
    """The real window over it; it goes before its project does."""
    bridge = Bridge()
    opened = MainWindow(bridge)
    opened.resize(1366, 768)
    opened.show()
    opened.complete()
    bridge.attach(project)
    yield opened
    opened.hide()
    bridge.detach()
    opened.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_edit_among_10_000_lines_is_seen_at_once(window: MainWindow, project: Project) -> None:
    window.show_screen("planning")
    for _ in range(20):
        QApplication.processEvents()
    known = "SELECT id FROM task WHERE kind = 'task' ORDER BY id"
    keys = [key for (key,) in project.reader.select(known)]
    chosen = random.Random(1).sample(keys, EDITS)
    finishes = "SELECT sum(julianday(finish)) FROM task"

    def edit(key: int, days: int) -> None:
        window.bridge.execute(SetDuration(key, 480 * days))
        QApplication.processEvents()

    edit(chosen[0], 3)  # imports, the first look of the engine at the plan
    before, moved = project.reader.value(finishes), 0
    times = []
    for place, key in enumerate(chosen[1:]):
        times.append(timed(lambda key=key, place=place: edit(key, 1 + place % 12)))  # type: ignore[misc]
        after = project.reader.value(finishes)
        moved += after != before
        before = after
    assert moved > EDITS // 2  # lines did follow
    median, allowed = statistics.median(times), limit(50)
    print(f"10,000 lines: {median:.1f} ms of {allowed:.1f} ms, slowest {max(times):.1f} ms")
    assert median <= allowed
