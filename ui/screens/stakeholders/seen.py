"""What a person chose to see on the map, kept in their settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.screens.stakeholders.options import MapOptions

if TYPE_CHECKING:
    from ui.bridge import Bridge

NAME = "stakeholders.room"  # under which they are kept among the views


@dataclass(frozen=True)
class Seen:
    """Choices that hold for every project. Names are not among them: they are shown for as long
    as the lead is alone before the screen, never from the start."""

    zones: bool = True
    letters: bool = False
    ties: bool = False
    routes: bool = False
    influence: bool = True

    def map(self) -> MapOptions:
        """What the map is told."""
        return MapOptions(
            letters=self.letters, ties=self.ties, routes=self.routes, influence=self.influence
        )


class SeenOptions(QObject):
    """The choices of one person; `changed` after another one."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        stored = bridge.settings.views.get(NAME, {})
        known = {one.name: stored[one.name] for one in fields(Seen) if one.name in stored}
        self.seen = replace(Seen(), **{k: v for k, v in known.items() if isinstance(v, bool)})

    def set(self, name: str, on: bool) -> None:
        """Choose something, and keep it."""
        if getattr(self.seen, name) == on:
            return
        self.seen = replace(self.seen, **{name: on})
        self._bridge.settings.views[NAME] = asdict(self.seen)
        self._bridge.remember()
        self.changed.emit()
