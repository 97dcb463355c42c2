"""Gestures of the Gantt: an object that starts, moves, and commits once or is cancelled.

While it runs only the drawing moves; `commit` hands back the one command to execute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from crm_pilot.planning import rules
from crm_pilot.planning.commands import MoveTask, SetTaskDates
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.project import Command

Dates = tuple[dt.date, dt.date]


class Part(Enum):
    """What of a bar was taken."""

    WHOLE = "whole"
    START = "start"
    FINISH = "finish"


@dataclass
class BarDrag:
    """Move a bar, or stretch it by an edge.

    `carried` are the lines without children that move: the row itself, or those of a phase.
    `dates` are what the drawing shows meanwhile, by row id.
    """

    row: TaskRow
    part: Part
    carried: Sequence[TaskRow]
    today: dt.date
    days: int = 0
    dates: dict[int, Dates] = field(default_factory=dict)

    def move(self, days: int) -> bool:
        """Follow the pointer, `days` from where it was pressed; whether that changes anything."""
        if days == self.days:
            return False
        self.days = days
        self.dates = self._dates()
        return True

    def _dates(self) -> dict[int, Dates]:
        if self.part is not Part.WHOLE:
            return {self.row.id: self._stretched()}
        found = {
            row.id: dates
            for row in self.carried
            if (dates := rules.moved(row, self.days)) is not None
        }
        if found and self.row.id not in found:  # a phase spans what it holds
            starts, finishes = zip(*found.values(), strict=True)
            found[self.row.id] = (min(starts), max(finishes))
        return found

    def _stretched(self) -> Dates:
        start, finish = self.row.start, self.row.finish
        assert start is not None
        assert finish is not None
        shift = dt.timedelta(days=self.days)
        if self.part is Part.START:
            return min(start + shift, finish), finish
        return start, max(start, finish + shift)

    @property
    def shown(self) -> Dates | None:
        """Dates of the taken bar where it is now."""
        return self.dates.get(self.row.id)

    def commit(self) -> Command | None:
        """The command of the whole gesture; None when it comes to nothing."""
        if self.days == 0 or self.shown is None:
            return None
        start, finish = self.shown
        if (start, finish) == (self.row.start, self.row.finish):
            return None
        if self.part is Part.WHOLE:
            return MoveTask(self.row.id, self.days, self.today, self.row.title)
        return SetTaskDates(self.row.id, start, finish, self.today, self.row.title)


def stretchable(row: TaskRow, holds: bool) -> bool:
    """Whether the edges of the bar can be taken: not those of milestones and of phases."""
    return not holds and row.kind is not TaskKind.MILESTONE
