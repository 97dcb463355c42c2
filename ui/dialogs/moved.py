"""A line in a dialog of working hours: what the last change moved in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot.i18n import show, tr
from crm_pilot.planning import followed, queries
from crm_pilot.planning.headline import wave_milestones
from ui import theme
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class MovedLine(ElidedLabel):
    """Compares the plan before and after each edit while the dialog is open."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(theme.CAPTION, ink="muted")
        self._bridge = bridge
        self._rows = list(queries.tasks(bridge.reader)) if bridge.has_project else []
        bridge.changed.connect(self._changed)

    def _changed(self, changed: Changed) -> None:
        if not self._bridge.has_project:
            return
        reader = self._bridge.reader
        before, self._rows = self._rows, list(queries.tasks(reader))
        found = followed.followed(before, self._rows, (), wave_milestones(reader))
        said = followed.sentence(found, alone=True)
        told = show(said) if said is not None else tr("No line of the plan moved.")
        step = show(changed.label)
        self.set_whole(f"{step} – {told}")
