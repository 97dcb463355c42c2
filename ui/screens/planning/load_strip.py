"""The load under the Gantt: at the left what to know and do, at the right bars on its axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from crm_pilot.i18n import current, tr
from crm_pilot.planning import load_queries
from crm_pilot.planning.load import Load
from crm_pilot.planning.load_charts import WHY
from crm_pilot.planning.load_words import move, overloads
from crm_pilot.planning.relief import Relief, Slack, relief
from ui import theme
from ui.screens.planning.load_bars import EDGE, HEIGHT, Axis, LoadBars
from ui.screens.planning.load_choice import LoadChooser
from ui.widgets.buttons import link_button
from ui.widgets.text import ElidedLabel, label
from ui.widgets.why import WhyButton, answers, show_why

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

PADDING = 34  # pixels beside the text of the button
SOON = 120  # milliseconds after an edit, once for several in a row


class LoadHeading(QFrame):
    """The left half: title, whose load, the overloaded weeks, and what would relieve them."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.asked = (WHY, "planning.relief")
        self.setFixedHeight(HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 10, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        self.title = label(theme.BODY, bold=True)
        self.why = WhyButton()
        self.why.clicked.connect(self.explain)
        self.chooser = LoadChooser()
        head.addWidget(self.title)
        head.addWidget(self.why)
        head.addStretch(1)
        head.addWidget(self.chooser)
        self.weeks = ElidedLabel(theme.CAPTION, ink="muted")
        self.nothing = ElidedLabel(theme.CAPTION, ink="muted")
        self.action = link_button(size=theme.CAPTION)
        self.action.setMinimumWidth(1)
        self._said = ""
        self.action.setStyleSheet("QPushButton { border-left-width: 0; padding-left: 0; }")
        low = QHBoxLayout()
        low.addWidget(self.action)
        low.addWidget(self.nothing, 100)
        low.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.weeks)
        column.addLayout(low)
        column.addStretch(1)
        theme.switched().changed.connect(self.update)

    def say_action(self, text: str) -> None:
        """What the button does; none without a text. What does not fit ends in …"""
        self._said = text
        self.action.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - PADDING
        metrics = self.action.fontMetrics()
        shown = metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        self.action.setText(shown)
        self.action.setToolTip(self._said if shown != self._said else "")
        self.action.setAccessibleName(self._said)

    def explain(self) -> None:
        """Say why."""
        show_why(self.why, self.title.text(), answers(self, self.asked))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme().colour("surface"))
        painter.fillRect(0, 0, self.width(), EDGE, theme.theme().colour("line"))


class LoadStrip(QObject):
    """Both halves, of one height: put `heading` under the outline and `bars` under the Gantt.

    Call `scrolled` when the axis moved or was zoomed. `task_asked` names a line to be shown.
    """

    task_asked = Signal(int)

    def __init__(self, bridge: Bridge, axis: Axis) -> None:
        super().__init__()
        self.bridge = bridge
        self.tables = frozenset(load_queries.TABLES) | {"link"}
        self.load: Load | None = None
        self.relief: Relief | None = None
        self.heading = LoadHeading(bridge)
        self.bars = LoadBars(axis)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read)
        self.heading.chooser.currentIndexChanged.connect(lambda _: self._show())
        self.heading.action.clicked.connect(self._ask)
        self.retranslate()

    @property
    def axis(self) -> Axis:
        """The time scale of the Gantt."""
        return self.bars.axis

    @axis.setter
    def axis(self, axis: Axis) -> None:
        self.bars.axis = axis
        self.bars.update()

    def scrolled(self) -> None:
        """The axis moved or was zoomed."""
        self.bars.update()

    def setVisible(self, visible: bool) -> None:
        """Show or hide both halves."""
        self.heading.setVisible(visible)
        self.bars.setVisible(visible)

    def refresh(self, changed: Changed | None) -> None:
        """Read at once (None), or a moment after an edit."""
        if changed is None:
            self.read()
        elif changed.touches(*self.tables):
            self._soon.start(SOON)

    def read(self) -> None:
        """Read the load and show it."""
        self._soon.stop()
        if not self.bridge.has_project:
            return
        self.load = load_queries.load(self.bridge.reader, self.bridge.today)
        self.heading.chooser.show_load(self.load)
        self._show()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.heading.title.setText(tr("Load by week, in person-days"))
        self.heading.why.say(self.heading.title.text())
        self.heading.chooser.retranslate()
        self.bars.setAccessibleName(tr("Load by week"))
        self._show()

    def _show(self) -> None:
        load, heading = self.load, self.heading
        if load is None:
            return
        persons = heading.chooser.persons
        self.bars.show_load(load, persons, self.bridge.today)
        told = overloads(load, persons, current())
        self.relief = relief(load, self._room(), persons)
        heading.weeks.set_whole(told)
        self.bars.setAccessibleDescription(told)
        none = next(load.overloaded(persons), None) is None
        heading.say_action(move(self.relief, current()) if self.relief is not None else "")
        heading.nothing.setVisible(self.relief is None)
        heading.nothing.set_whole("" if none else tr("No task of these weeks can be moved."))

    def _room(self) -> Slack:
        return load_queries.room(self.bridge.reader, self.bridge.today)

    def _ask(self) -> None:
        if self.relief is not None:
            self.task_asked.emit(self.relief.task)
