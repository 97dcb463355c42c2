"""From process start to the first painted window, and to the complete cockpit of the demonstration.

Floor: a process that shows an empty QMainWindow and quits at its first paint. Whole processes, run
in turn, ratio of the shortest: what else the machine does only ever adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.floor import timed

RUNS = 9
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)


app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
"""
COMMAND = "import sys; from crm_pilot.cli import main; sys.exit(main())"  # the installed command


def run(*arguments: str) -> None:
    """One process of the product or of the floor."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "fr_FR.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as people run it: compiled once
    subprocess.run([sys.executable, *arguments], check=True, env=environment, capture_output=True)


def in_turn(*works: tuple[str, ...]) -> list[float]:
    """Least milliseconds of each command line, run in turn after one warm-up."""
    times: list[list[float]] = [[] for _ in works]
    for arguments in works:
        run(*arguments)
    for _ in range(RUNS):
        for arguments, kept in zip(works, times, strict=True):
            kept.append(timed(lambda arguments=arguments: run(*arguments)))  # type: ignore[misc]
    return [min(kept) for kept in times]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French demonstration project."""
    path = tmp_path_factory.mktemp("start") / "demo.crmp"
    run("-m", "crm_pilot", "demo", str(path), "--lang", "fr")
    return path


def times_empty(limit: float, *arguments: str) -> float:
    """How many times the empty window a start takes, after as many of three rounds as it takes to
    be within the limit: another program at work in one round says nothing about this one."""
    empty = start = found = float("inf")
    for _ in range(3):
        for_empty, for_start = in_turn(("-c", EMPTY), ("-c", COMMAND, *arguments))
        empty, start = min(empty, for_empty), min(start, for_start)
        found = start / empty
        print(f"empty window {empty:.0f} ms, start {start:.0f} ms: {found:.2f} times")
        if found <= limit:
            break
    return found


def test_first_window() -> None:
    assert times_empty(1.5, "--quit-after-paint", "window") <= 1.5


def test_complete_cockpit(demonstration: Path) -> None:
    assert times_empty(6, str(demonstration), "--quit-after-paint", "cockpit") <= 6
