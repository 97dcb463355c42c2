"""The door to the windows: importing it is cheap, and `run` loads Qt and shows the main window."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path
from typing import NamedTuple


class Options(NamedTuple):
    """How to start. None or empty: as in the settings."""

    language: str | None = ""
    theme: str | None = ""
    quit_after: str | None = ""  # window: after the first paint; cockpit: once it is complete


def run(path: Path | None = None, options: Options | None = None) -> int:
    """Show the window, with the project at `path` if given, until it is closed."""
    gc.disable()  # until the window stands: nothing made before it is garbage
    leave_sources_unread()
    from ui.start import start

    return start(path, options or Options())


def leave_sources_unread() -> None:
    """Keep PySide6 from reading the source of every module imported after it.

    It looks there for the word PySide6, to serve `from __feature__ import snake_case`, which this
    program does not use; reading costs a fifth of the time of all imports.
    """
    importlib.import_module("PySide6.QtCore")
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature.__dict__["_mod_uses_pyside"] = _uses_features


def _uses_features(_module: object) -> bool:
    return False
