"""Loads what edits, charts and rooms need after the start, so that none of them freezes later.

What knows nothing of Qt is loaded in a thread. Classes of widgets are made in the main thread, a
module a turn of the event loop: PySide6 does not bear both threads making them at once, and the
program would end where somebody opened a room in that moment.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules

from PySide6.QtCore import QObject, QTimer

from ui import collecting
from ui.holding import hold_methods

AFTER_MS = 400  # the first screen comes first
PAUSE_MS = 15  # between two modules: keys and clicks come first
ROOMS = ("governance", "planning", "stakeholders", "training", "adoption", "maintenance", "people")
PARTS = ("ui.models", "ui.widgets", "ui.screens")
CLASSES = 5  # of widgets at once


class Preload(QObject):
    """Loads the rest of the program, without being in anybody's way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ended: threading.Event | None = None
        self._steps = steps()
        self.done = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        """Start a moment from now."""
        self._timer.start(AFTER_MS)

    def _turn(self) -> None:
        if self._ended is None:
            self._ended = collecting.hold()
            arguments = (self._ended,)
            threading.Thread(
                target=_load_beside, args=arguments, name="preload", daemon=True
            ).start()
            self._timer.setInterval(PAUSE_MS)
        elif self._ended.is_set():
            self._step()

    def _step(self) -> None:
        collecting.release()
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
            hold_methods()
            self.done = True
        else:
            step()


def load_now() -> None:
    """All of it at once, as measurements want it."""
    load_engine()
    for step in steps():
        step()


def _load_beside(ended: threading.Event) -> None:
    try:
        load_engine()
    finally:
        ended.set()


def load_engine() -> None:
    """Everything without Qt: what the first edit needs, the figures of the rooms."""
    import holidays.countries  # noqa: F401 (names the days off of a month: a quarter of a second)
    import numpy as np  # noqa: F401 (the heavier half of the charts)

    import crm_pilot.exchange
    import crm_pilot.figures
    import crm_pilot.planning.settling
    import crm_pilot.reports.documents
    import crm_pilot.reports.map_pages  # noqa: F401
    from crm_pilot.project import load_models

    load_models()
    for package in (*(f"crm_pilot.{room}" for room in ROOMS), "crm_pilot.reports.sections"):
        for module in modules(package):
            import_module(module)


def modules(package: str) -> Iterator[str]:
    """All modules of a package and of those in it."""
    found = import_module(package)
    for one in iter_modules(found.__path__):
        name = f"{package}.{one.name}"
        if one.ispkg:
            yield from modules(name)
        else:
            yield name


def steps() -> Iterator[Callable[[], object]]:
    """What the main thread loads, in small parts."""
    from ui.charts.lean import load

    yield load
    yield from _widgets()
    for package in PARTS:
        for module in modules(package):
            yield partial(import_module, module)
    yield gc.freeze  # classes and functions stay: going over them all would stop the window 0.1 s


def _widgets() -> Iterator[Callable[[], object]]:
    """PySide6 builds the classes of all widgets with their enums: it would do so, 20 to 40 ms at
    once, when the first table is asked for its viewport."""
    from PySide6 import QtWidgets

    names = dir(QtWidgets)
    for at in range(0, len(names), CLASSES):
        yield partial(attrgetter(*names[at : at + CLASSES]), QtWidgets)
