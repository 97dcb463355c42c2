"""The time the Gantt shows: its scroll bar, zoomed and moved by keys, wheel and buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollBar

from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import DAY_PX, TimeScale

ZOOM_STEP = 1.25  # of a key press
ROOM = 160  # pixels for the texts after the last bars of a plan that is shown whole
START = 30  # pixels before its first bar


class TimeBar(QScrollBar):
    """Moves a time scale. `width_of` tells the width of the window on it."""

    moved = Signal()
    zoom_changed = Signal(str)

    def __init__(self, scale: TimeScale, width_of: Callable[[], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.scale, self._width_of = scale, width_of
        self.today = scale.left
        self._covered = False
        self.valueChanged.connect(self._scrolled)

    def cover(self, lines: Sequence[Line], today: dt.date) -> None:
        """Make the scale as long as the plan: headings and top phases span all below them."""
        self.today = today
        top = [line for line in lines if line.depth <= 1]
        days = [today, *(line.start for line in top if line.start)]
        days += [line.finish for line in top if line.finish]
        days += [line.row.baseline_start for line in top if line.row and line.row.baseline_start]
        self.scale.cover(min(days), max(days))
        if not self._covered:
            self._covered = True
            self.show_day(today)
        self.fit()

    def fit(self) -> None:
        """Follow the scale and the width of the window."""
        wide = self._width_of()
        room = max(0, self.scale.length - wide)
        self.scale.offset = min(max(0.0, self.scale.offset), float(room))
        self.blockSignals(True)
        self.setRange(0, room)
        self.setPageStep(max(1, wide))
        step = self.scale.px * (7 if not self.scale.by_minute else 1)
        self.setSingleStep(max(1, min(round(step), wide // 4)))
        self.setValue(round(self.scale.offset))
        self.blockSignals(False)

    def show_day(self, day: dt.date, place: float = 0.2) -> None:
        """Scroll so that `day` stands at `place` of the width."""
        self.scale.offset += self.scale.x(day) - self._width_of() * place
        self.fit()
        self.moved.emit()

    def zoom(self, name: str) -> None:
        """One of `timescale.ZOOMS`; today stays where it is when it is in view."""
        self.zoom_to(DAY_PX[name], self._middle())

    def zoom_by(self, factor: float, x: float | None = None) -> None:
        """More pixels for the same time, or fewer; what is at pixel `x` stays there."""
        self.zoom_to(self.scale.px * factor, self._middle() if x is None else x)

    def zoom_whole(self, lines: Sequence[Line]) -> None:
        """Show the whole plan."""
        days = [day for line in lines for day in (line.start, line.finish) if day]
        first, last = min(days, default=self.today), max(days, default=self.today)
        room = max(1, self._width_of() - ROOM)
        self.zoom_to(room / ((last - first).days + 1), 0)
        self.show_day(first, START / max(1, self._width_of()))

    def zoom_to(self, px: float, x: float) -> None:
        """So many pixels a day; the moment at pixel `x` stays there."""
        before = self.scale.zoom
        self.scale.zoomed(px, x)
        self.fit()
        self.moved.emit()
        if self.scale.zoom != before:
            self.zoom_changed.emit(self.scale.zoom)

    def _middle(self) -> float:
        """Where zooming keeps still: today, or the middle of the window."""
        x, wide = self.scale.x(self.today), self._width_of()
        return x if 0 <= x <= wide else wide / 2

    def _scrolled(self, value: int) -> None:
        self.scale.offset = float(value)
        self.moved.emit()
