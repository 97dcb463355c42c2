"""The map alone, to the clipboard or into a file, as its level allows."""

from __future__ import annotations

import datetime as dt

from crm_pilot.figures import Level
from ui.bridge import Bridge


def copy_map(
    bridge: Bridge, day: dt.date, level: Level = Level.COMMITTEE, kind: str = "svg"
) -> None:
    """Put the map of a day on the clipboard, as drawing and picture; `kind` is what pastes
    first."""
