"""From an edit to the refreshed preview of the committee report, in the real window over the
demonstration: at most 300 ms at the median on the reference machine, and typing never waits.

The edit, laying the document out again in its job, drawing the page looked at, painting it. While
that goes on the window answers within 50 ms at the 95th percentile of its turns.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.governance.headline_commands import SetSentence
from crm_pilot.project import Command, Project, SetField
from tests.benchmarks.floor import limit, timed, unit
from ui import preload
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.documents.screen import DocumentsScreen

EDITS = 9
LIMIT_MS, TURN_MS = 300, 50
PATIENCE_S = 20
CALM_MS = 900  # remarks for the author are looked for meanwhile


@pytest.fixture
def window(qapp: QApplication, demo_files: dict[str, Path], tmp_path: Path) -> Iterator[MainWindow]:
    """The real window over the demonstration, everything loaded as a moment after the start."""
    path = tmp_path / "demo.crmp"
    shutil.copy(demo_files["fr"], path)
    preload.load_now()
    with Project.open(path) as project:
        bridge = Bridge()
        opened = MainWindow(bridge)
        opened.resize(1366, 768)
        opened.show()
        opened.complete()
        bridge.attach(project)
        opened.show_screen("documents")
        yield opened
        opened.jobs.wait()
        bridge.detach()
        opened.hide()
        opened.deleteLater()


def settle(room: DocumentsScreen) -> None:
    """Work until the preview shows what there is now, and paint it."""
    end = time.monotonic() + PATIENCE_S
    while not room.settled:
        assert time.monotonic() < end, "it did not come to rest"
        QApplication.processEvents()
        time.sleep(0.001)
    room.preview.repaint()


def refreshed(room: DocumentsScreen, command: Callable[[int], Command]) -> list[float]:
    """Milliseconds from each edit to its page."""

    def edit(number: int) -> None:
        room.bridge.execute(command(number))
        settle(room)

    found = []
    for number in range(EDITS):
        found.append(timed(lambda number=number: edit(number)))  # type: ignore[misc]
        QTest.qWait(CALM_MS)
    return found


@pytest.mark.slow
def test_the_preview_follows_an_edit(
    window: MainWindow, record_property: Callable[[str, object], None]
) -> None:
    room = cast(DocumentsScreen, window.screen_named("documents"))
    settle(room)
    QTest.qWait(CALM_MS)
    reader = room.bridge.reader
    task = reader.value("SELECT id FROM task WHERE kind = 'task' ORDER BY id LIMIT 1")
    day = room.bridge.today
    turns: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        if room.laying.busy:
            turns.append((now - last[0]) * 1000)
        last[0] = now

    pulse = QTimer()
    pulse.timeout.connect(beat)
    pulse.start(1)
    titles = refreshed(room, lambda n: SetField("task", task, "title", f"Tâche {n}"))
    sentences = refreshed(room, lambda n: SetSentence("report", "fr", f"Phrase {n}.", day))
    pulse.stop()
    late = statistics.quantiles(turns, n=20)[-1]
    record_property(
        "printed",
        f"preview after an edit of a task {statistics.median(titles):.0f} ms, of its sentence"
        f" {statistics.median(sentences):.0f} ms (limit {limit(LIMIT_MS):.0f});"
        f" turns of the window meanwhile: 95 % within {late:.0f} ms, longest {max(turns):.0f} ms"
        f" (unit {unit():.1f} ms)",
    )
    assert statistics.median(titles) <= limit(LIMIT_MS)
    assert statistics.median(sentences) <= limit(LIMIT_MS)
    assert late <= limit(TURN_MS)
