"""Outline and Gantt side by side under one vertical scroll bar, the load of people below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollBar, QSplitter, QVBoxLayout, QWidget

from ui.screens.planning.gantt import GanttView
from ui.screens.planning.load_bars import HEIGHT as LOAD_HEIGHT
from ui.screens.planning.load_strip import LoadStrip
from ui.screens.planning.outline import HEADER_HEIGHT, HeaderCorner, OutlineView
from ui.screens.planning.strip import TaskStrip
from ui.widgets.grid import ROW_HEIGHT

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

OUTLINE_WIDTH = 540
NAME = "planning"  # of the remembered widths
ROOMY = 800  # pixels from which the details are shown as long as nobody chose


class PlanPane(QFrame):
    """The outline's own vertical bar is hidden; `rows_bar` at the right moves both. Where the
    person puts the border between them is remembered."""

    def __init__(self, view: OutlineView, gantt: GanttView, bridge: Bridge) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._bridge = bridge
        self.rows_bar = QScrollBar(Qt.Orientation.Vertical)
        self._inner = view.verticalScrollBar()
        self.load = LoadStrip(bridge, gantt.scale)
        self._below = gantt.days_bar.sizeHint().height()
        self._load_shown = True
        self._stale = True
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.columns_bar = _follower(view.horizontalScrollBar())
        self.splitter.addWidget(_stacked(view, self.load.heading, self.columns_bar, self._below))
        self.splitter.addWidget(_stacked(gantt, self.load.bars, gantt.days_bar, self._below))
        self.splitter.setStretchFactor(1, 1)
        widths = bridge.settings.columns
        self.splitter.setSizes(widths.get(NAME) or [OUTLINE_WIDTH, 600])
        self.splitter.splitterMoved.connect(lambda *_: widths.update({NAME: self.splitter.sizes()}))
        self._lay_out()
        self._inner.rangeChanged.connect(self._fit)
        self._inner.valueChanged.connect(self.rows_bar.setValue)
        self.rows_bar.valueChanged.connect(self._inner.setValue)
        gantt.days_bar.valueChanged.connect(lambda _: self.load.scrolled())
        gantt.zoom_changed.connect(lambda _: self.load.scrolled())

    def _lay_out(self) -> None:
        side = QHBoxLayout(self)
        side.setContentsMargins(1, 1, 1, 1)
        side.setSpacing(0)
        side.addWidget(self.splitter, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(HeaderCorner())
        column.addWidget(self.rows_bar, 1)
        column.addSpacing(self._below)
        side.addLayout(column)

    @property
    def fixed(self) -> int:
        """The height of what is no row."""
        return HEADER_HEIGHT + self._below + 2 + (LOAD_HEIGHT if self._load_shown else 0)

    def show_load(self, shown: bool) -> None:
        """Show the load of people below, or hide it."""
        self._load_shown = shown
        self.load.setVisible(shown)
        if shown and self._stale and self._bridge.has_project:
            self.load.read()
            self._stale = False

    def refresh(self, changed: Changed | None) -> None:
        """Read the load again where it is shown."""
        if self._load_shown:
            self.load.refresh(changed)
        self._stale = not self._load_shown

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.load.retranslate()

    def _fit(self, low: int, high: int) -> None:
        self.rows_bar.setRange(low, high)
        self.rows_bar.setPageStep(self._inner.pageStep())
        self.rows_bar.setSingleStep(self._inner.singleStep())
        self.rows_bar.setVisible(high > low)


class WholeRows(QWidget):
    """The plan above its details, the plan as high as a whole number of rows."""

    def __init__(self, pane: PlanPane, strip: TaskStrip) -> None:
        super().__init__()
        self._pane, self._strip = pane, strip
        self._wish: bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(pane, 1)
        self._column.addWidget(strip)

    def show_details(self, wish: bool | None) -> None:
        """Show the details below, hide them, or (None) show them where there is room."""
        self._wish = wish
        self._fit(self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().height())
        super().resizeEvent(event)

    def _fit(self, height: int) -> None:
        shown = height >= ROOMY if self._wish is None else self._wish
        self._strip.setVisible(shown)
        least = self._strip.least()
        room = height - self._pane.fixed - (self._column.spacing() + least if shown else 0)
        spare = max(0, room) % ROW_HEIGHT
        self._strip.setFixedHeight(least + spare)
        self._column.setContentsMargins(0, 0, 0, 0 if shown else spare)


def _stacked(upper: QWidget, load: QWidget, lower: QWidget, height: int) -> QWidget:
    """A view above the load and its scroll bar, so that both are equally high."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(upper, 1)
    column.addWidget(load)
    lower.setFixedHeight(height)
    column.addWidget(lower)
    return made


def _follower(inner: QScrollBar) -> QScrollBar:
    """A bar that stands elsewhere for one that is hidden; its room stays when it is not needed."""
    made = QScrollBar(inner.orientation())
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)

    def fit(low: int, high: int) -> None:
        made.setRange(low, high)
        made.setPageStep(inner.pageStep())
        made.setSingleStep(inner.singleStep())
        made.setVisible(high > low)

    fit(inner.minimum(), inner.maximum())
    inner.rangeChanged.connect(fit)
    inner.valueChanged.connect(made.setValue)
    made.valueChanged.connect(inner.setValue)
    return made
