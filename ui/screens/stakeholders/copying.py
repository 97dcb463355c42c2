"""The map alone to the clipboard, as its level allows."""

from __future__ import annotations

import datetime as dt

from crm_pilot.figures import Level
from crm_pilot.reports import map_pages
from ui.bridge import Bridge
from ui.dialogs.print_map_alone import to_clipboard
from ui.language import lang


def copy_map(
    bridge: Bridge, day: dt.date, level: Level | str = Level.COMMITTEE, kind: str = "svg"
) -> None:
    """Put the map of a day on the clipboard in the language of the window; `kind`: `svg` for a
    drawing with a picture beside it, `png` for the picture alone."""
    source = map_pages.gather(bridge.reader, bridge.today, level, on=day)
    to_clipboard(source, lang(), drawing=kind == "svg")
