"""Where things lie: data shipped with the product, and the person's own folders.

`CRM_PILOT_HOME` moves every private folder at once (tests, portable use).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def bundled(*parts: str) -> Path:
    """Path of a shipped file below `resources/` or `i18n/` (source tree, wheel, or frozen app)."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base.joinpath(*parts)


def resource(*parts: str) -> Path:
    """Path of a file below `resources/`."""
    return bundled("resources", *parts)


def _private(kind: str) -> Path:
    home = os.environ.get("CRM_PILOT_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    if kind == "config":
        return Path(platformdirs.user_config_dir("crm-pilot", appauthor=False))
    return Path(platformdirs.user_data_dir("crm-pilot", appauthor=False)) / kind


def config_dir() -> Path:
    """Folder of the settings file."""
    return _private("config")


def sessions_dir() -> Path:
    """Folder of the private working copies, one folder a session."""
    return _private("sessions")


def copies_dir() -> Path:
    """Folder of the dated copies, one folder a project file."""
    return _private("copies")


def logs_dir() -> Path:
    """Folder of crash logs."""
    return _private("logs")
