"""Outline and Gantt side by side under one vertical scroll bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollBar, QSplitter, QVBoxLayout, QWidget

from ui.screens.planning.gantt import GanttView
from ui.screens.planning.outline import HEADER_HEIGHT, HeaderCorner, OutlineView
from ui.screens.planning.strip import TaskStrip
from ui.widgets.grid import ROW_HEIGHT

OUTLINE_WIDTH = 550
NAME = "planning"  # of the remembered widths


class PlanPane(QFrame):
    """The outline's own vertical bar is hidden; `rows_bar` at the right moves both. Where the
    person puts the border between them is remembered."""

    def __init__(self, view: OutlineView, gantt: GanttView, widths: dict[str, list[int]]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.rows_bar = QScrollBar(Qt.Orientation.Vertical)
        self._inner = view.verticalScrollBar()
        below = gantt.days_bar.sizeHint().height()
        self.fixed = HEADER_HEIGHT + below + 2  # what is no row
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(_stacked(view, None, below))
        self.splitter.addWidget(_stacked(gantt, gantt.days_bar, below))
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(widths.get(NAME) or [OUTLINE_WIDTH, 600])
        self.splitter.splitterMoved.connect(lambda *_: widths.update({NAME: self.splitter.sizes()}))
        side = QHBoxLayout(self)
        side.setContentsMargins(1, 1, 1, 1)
        side.setSpacing(0)
        side.addWidget(self.splitter, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(HeaderCorner())
        column.addWidget(self.rows_bar, 1)
        column.addSpacing(below)
        side.addLayout(column)
        self._inner.rangeChanged.connect(self._fit)
        self._inner.valueChanged.connect(self.rows_bar.setValue)
        self.rows_bar.valueChanged.connect(self._inner.setValue)

    def _fit(self, low: int, high: int) -> None:
        self.rows_bar.setRange(low, high)
        self.rows_bar.setPageStep(self._inner.pageStep())
        self.rows_bar.setSingleStep(self._inner.singleStep())
        self.rows_bar.setVisible(high > low)


class WholeRows(QWidget):
    """The plan above its strip, the plan as high as a whole number of rows."""

    def __init__(self, pane: PlanPane, strip: TaskStrip) -> None:
        super().__init__()
        self._pane, self._strip = pane, strip
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(pane, 1)
        self._column.addWidget(strip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        least = self._strip.least()
        room = event.size().height() - self._column.spacing() - least - self._pane.fixed
        self._strip.setFixedHeight(least + max(0, room) % ROW_HEIGHT)
        super().resizeEvent(event)


def _stacked(upper: QWidget, lower: QWidget | None, height: int) -> QWidget:
    """A view above its scroll bar, or above as much room, so that both views are equally high."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(upper, 1)
    if lower is None:
        column.addSpacing(height)
    else:
        column.addWidget(lower)
    return made
