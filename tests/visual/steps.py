"""What the pictures of dialogs are made with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow

Make = Callable[[MainWindow], QWidget]
PATIENCE_MS, STEP_MS = 10_000, 20


def until(done: Callable[[], bool]) -> None:
    """Wait for what a job brings."""
    for _ in range(PATIENCE_MS // STEP_MS):
        if done():
            return
        QTest.qWait(STEP_MS)
    raise AssertionError("what was to be drawn did not come")


def opened(dialog: QWidget) -> QWidget:
    """Shown; `open` of a dialog would keep the window from the next one."""
    dialog.show()
    return dialog


def shown(make: Make) -> Make:
    """Any dialog made in one call."""
    return lambda window: opened(make(window))
