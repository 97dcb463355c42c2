"""Imports pyqtgraph in half its time: charts stand on the way to the first complete screen.

pyqtgraph copies every name of QtCore, QtGui and QtWidgets into modules of its own, which makes
PySide6 build some thousand classes that nobody uses. Here the copies are the modules themselves.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType


def load() -> ModuleType:
    """pyqtgraph, with anti-aliasing on; imported once. Any thread may call it ahead of need."""
    if "pyqtgraph" not in sys.modules:
        _import()
    return sys.modules["pyqtgraph"]


def _import() -> None:
    modules = [importlib.import_module(f"PySide6.{n}") for n in ("QtCore", "QtGui", "QtWidgets")]
    listings = [module.__dict__["__dir__"] for module in modules]
    for module in modules:
        name = module.__name__.rpartition(".")[2]
        sys.modules[f"pyqtgraph.Qt.{name}"] = module
        module.__dict__["__dir__"] = list  # an empty listing: nothing to copy
    try:
        importlib.import_module("pyqtgraph")
    finally:
        for module, listing in zip(modules, listings, strict=True):
            module.__dict__["__dir__"] = listing
