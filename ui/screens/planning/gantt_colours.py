"""What the colour of a bar stands for: its pillar, its slack, who does it, or for whom.

Five colours at most, each with a pattern of its own: the four who have most lines, and the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_pilot.i18n import tr
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.rows import TaskRow
from ui.screens.planning.gantt_data import ColourBy
from ui.screens.planning.lines import Line

SLOTS = (("deployment", ""), ("adoption", "rising"), ("feedback", "falling"), ("hesitant", "dots"))
REST = ("muted", "")
CRITICAL, NEAR, SLACK = ("deployment", ""), ("hesitant", "rising"), ("muted", "")


class LegendEntry(NamedTuple):
    """One colour and what it stands for."""

    text: str
    token: str
    pattern: str


@dataclass
class Colouring:
    """Colour and pattern of each line. Who has a colour keeps it while lines come and go."""

    by: ColourBy = ColourBy.PILLAR
    departments: Mapping[int, str] = field(default_factory=dict)
    timings: Mapping[int, Timing] = field(default_factory=dict)
    _slots: dict[str, int] = field(default_factory=dict)  # name → place among SLOTS
    _others: bool = False

    def take(self, lines: Sequence[Line]) -> None:
        """Give the colours to those who have most of `lines`."""
        name = self._name
        if name is None:
            self._slots, self._others = {}, False
            return
        counted = Counter(
            name(line.row) for line in lines if line.row is not None and not line.holds
        )
        self._others = counted.pop("", 0) > 0
        ranked = [found for found, _ in counted.most_common()]
        best = ranked[: len(SLOTS)]
        self._others = self._others or len(ranked) > len(best)
        kept = {known: slot for known, slot in self._slots.items() if known in best}
        left = [slot for slot in range(len(SLOTS)) if slot not in kept.values()]
        fresh = [found for found in best if found not in kept]
        self._slots = kept | dict(zip(fresh, left, strict=False))

    @property
    def _name(self) -> Callable[[TaskRow], str] | None:
        if self.by is ColourBy.OWNER:
            return lambda row: row.owner
        if self.by is ColourBy.DEPARTMENT:
            return lambda row: self.departments.get(row.owner_id or 0, "")
        return None

    def look(self, line: Line) -> tuple[str, str]:
        """Colour and pattern of a line."""
        row = line.row
        if row is None or self.by is ColourBy.PILLAR:
            return line.pillar.value, ""
        if self.by is ColourBy.CRITICAL:
            timing = self.timings.get(row.id)
            if timing is None or row.done:
                return SLACK
            return CRITICAL if timing.critical else NEAR if timing.near else SLACK
        name = self._name
        slot = self._slots.get(name(row)) if name is not None else None
        return REST if slot is None else SLOTS[slot]

    def legend(self) -> tuple[LegendEntry, ...]:
        """What the colours stand for; empty where the headings of the pillars say it."""
        if self.by is ColourBy.PILLAR:
            return ()
        if self.by is ColourBy.CRITICAL:
            return (
                LegendEntry(tr("No slack"), *CRITICAL),
                LegendEntry(tr("Little slack"), *NEAR),
                LegendEntry(tr("With slack"), *SLACK),
            )
        made = [
            LegendEntry(name, *SLOTS[slot])
            for name, slot in sorted(self._slots.items(), key=lambda pair: pair[1])
        ]
        if self._others:
            made.append(LegendEntry(tr("Others") if made else tr("Nobody"), *REST))
        return tuple(made)
