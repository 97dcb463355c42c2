"""Bars of which one can be chosen: by a click, or by the arrow keys; Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from crm_pilot.charts import BarList
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.bar_list import BarListView
from ui.charts.ink import shown
from ui.language import formats, lang

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
NONE = -1


class PickBars(BarListView):
    """`picked(row)` when another bar is chosen, `opened(row)` for Enter and a double click."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.row = NONE
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_chart(self, chart: BarList) -> None:
        """Draw this from now on; the bar chosen stays chosen while there is one at its place."""
        super().show_chart(chart)
        if self.row >= len(chart.bars):
            self.row = NONE
        self._tell()

    def choose(self, row: int) -> None:
        """Choose a bar and tell of it."""
        if self._chart is None or not 0 <= row < len(self._chart.bars):
            return
        self.row = row
        self._tell()
        self.update()
        self.picked.emit(row)

    def _tell(self) -> None:
        """The bar chosen, for a screen reader."""
        chart = self._chart
        if chart is None:
            return
        words = self._words(chart)
        if 0 <= self.row < len(chart.bars):
            bar = chart.bars[self.row]
            share = formats.percent(bar.share, lang())
            chosen = tr("Chosen: {name}, {share}", name=shown(bar.name), share=share)
            words = f"{chosen}. {words}"
        self.setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is not None and 0 <= self.row < len(self._chart.bars):
            painter, look = QPainter(self), theme.theme()
            high = self.row_height()
            top, tall = round(self.row * high), round(high)
            painter.fillRect(0, top, self.width(), tall, look.colour("raised"))
            painter.end()
        super().paintEvent(event)

    def _row_at(self, y: float) -> int:
        return int(y // self.row_height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._row_at(event.position().y()))
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if self._chart is not None and 0 <= row < len(self._chart.bars):
            self.choose(row)
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = len(self._chart.bars) if self._chart is not None else 0
        key = Qt.Key(event.key())
        if key in STEPS and rows:
            start = self.row if self.row != NONE else -STEPS[key] if STEPS[key] > 0 else rows
            self.choose(max(0, min(rows - 1, start + STEPS[key])))
        elif key in ENTER and self.row != NONE:
            self.opened.emit(self.row)
        else:
            super().keyPressEvent(event)
