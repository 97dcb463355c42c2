"""What a person chose to see in the plan, kept in their settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge
from ui.screens.planning.gantt_data import ColourBy, GanttOptions, Labels

NAME = "planning.room"  # under which they are kept among the views
VIEWS = ("gantt", "load", "announced")


@dataclass(frozen=True)
class Seen:
    """Choices that hold for every plan. `details`: None as long as nobody chose, then they are
    shown where there is room. `person`: whose tasks alone are shown, by full name."""

    colour_by: str = ColourBy.PILLAR.value
    labels: str = Labels.SLIP.value
    critical: bool = True
    slack: bool = False
    progress_line: bool = False
    baseline: bool = True
    links: bool = True
    load: bool = True
    details: bool | None = None
    person: str = ""

    def gantt(self) -> GanttOptions:
        """What the Gantt is told."""
        return GanttOptions(
            ColourBy(self.colour_by),
            self.critical,
            self.slack,
            self.progress_line,
            self.baseline,
            self.links,
            Labels(self.labels),
        )


ALLOWED: dict[str, Callable[[Any], bool]] = {
    "colour_by": lambda value: value in set(ColourBy),
    "labels": lambda value: value in set(Labels),
    "details": lambda value: value is None or isinstance(value, bool),
    "person": lambda value: isinstance(value, str),
}


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


class Options(QObject):
    """The choices of one person; `changed` names the one that changed."""

    changed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = bridge.settings.views
        stored = self._kept.get(NAME, {})
        known = {one.name: stored[one.name] for one in fields(Seen) if one.name in stored}
        fitting = {name: v for name, v in known.items() if ALLOWED.get(name, _truth)(v)}
        self.seen = replace(Seen(), **fitting)

    def set(self, name: str, value: Any) -> None:
        """Choose something, and keep it."""
        if getattr(self.seen, name) == value:
            return
        self.seen = replace(self.seen, **{name: value})
        self._kept[NAME] = asdict(self.seen)
        self.changed.emit(name)
