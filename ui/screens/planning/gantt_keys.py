"""What the mouse does on the Gantt, by keys: zoom, move, stretch, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from crm_pilot.planning.commands import SetPercent
from crm_pilot.planning.engine.worktime import DAY
from ui.screens.planning.gestures import Part, stretchable

if TYPE_CHECKING:
    from ui.screens.planning.gantt import GanttView

PER_STEP = 5  # per cent that a key press adds to the progress
Key = Qt.Key


class GanttKeys:
    """Keys of a Gantt; the outline asks for those of the current line."""

    def __init__(self, view: GanttView) -> None:
        self.view = view

    def zoom(self, event: QKeyEvent) -> bool:
        """Ctrl+Plus, Ctrl+Minus and Ctrl+0; whether it was one of them."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Key.Key_Plus, Key.Key_Equal):
            self.view.zoom_in()
        elif event.key() == Key.Key_Minus:
            self.view.zoom_out()
        elif event.key() == Key.Key_0:
            self.view.zoom_fit()
        else:
            return False
        return True

    def percent(self, key: int, steps: int) -> None:
        """Say that more of a line is done, or less."""
        row = self.view.scene.row(key)
        if row is None or self.view.frozen:
            return
        percent = min(100, max(0, row.percent + steps * PER_STEP))
        if percent != row.percent:
            self.view.gesture_done.emit(SetPercent(key, percent, row.title))

    def drag(self, key: int, steps: int, part: Part) -> None:
        """Move or stretch a line by steps of the zoom."""
        view = self.view
        place = view.scene.rows.get(key)
        line = view.lines[place] if place is not None else None
        if line is None or line.row is None or line.start is None or view.frozen:
            return
        if part is Part.FINISH and not stretchable(line.row, line.holds):
            return
        drag = view.mouse.bar_drag(line, part)
        if drag is None:
            return
        if view.step == DAY:
            drag.move(steps)
        else:
            drag.nudge(steps * view.step)
        command = drag.commit(repeated=True)
        if command is not None:
            view.gesture_done.emit(command)
