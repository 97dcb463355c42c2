"""The choice of milestones for the dates-dates diagram: those for the committee, or one's own."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from crm_pilot.i18n import ntr, tr
from crm_pilot.planning.charts import trend_chart
from crm_pilot.planning.history import TrendFigures
from ui import theme

MOST = 60  # milestones offered, the nearest to today first


class MilestoneMenu(QPushButton):
    """A button whose menu stays open while milestones are ticked; `chosen` after each tick."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[int] | None = None
        self._shown: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font())
        self._menu = QMenu(self)
        self._menu.installEventFilter(self)
        self._usual = QAction(self)
        self._usual.triggered.connect(self._choose_usual)
        self.setMenu(self._menu)

    @property
    def keys(self) -> frozenset[int] | None:
        """The milestones chosen; None: those for the committee."""
        return frozenset(self._keys) if self._keys is not None else None

    def retranslate(self) -> None:
        """Its texts in the language of the window."""
        self._usual.setText(tr("Those for the committee"))
        self.setAccessibleName(tr("Milestones shown"))
        self._name()

    def _name(self) -> None:
        count = len(self._shown)
        text = ntr("{n} milestone", "{n} milestones", count)
        self.setText(text if self._keys is not None else tr("Committee milestones"))

    def show_milestones(self, told: TrendFigures, today: dt.date) -> None:
        """Offer every milestone with an announced date."""
        known = {one.id for one in told.histories}
        if self._keys is not None:
            self._keys &= known
            if not self._keys:
                self._keys = None
        chart = trend_chart(told, today, self._keys)
        self._shown = tuple(line.key for line in chart.lines) if chart is not None else ()
        near = sorted(told.histories, key=lambda one: abs((one.forecast - today).days))[:MOST]
        offered = {one.id for one in near} | set(self._shown)
        rows = [(one.id, one.title) for one in told.histories if one.id in offered]
        self._name()
        actions = [one for one in self._menu.actions() if one.data() is not None]
        if [(one.data(), one.text()) for one in actions] != rows:
            self._fill(rows)
        for action in self._menu.actions():
            if action.data() is not None:
                action.setChecked(action.data() in self._shown)

    def _fill(self, rows: list[tuple[int, str]]) -> None:
        self._menu.clear()
        self._menu.addAction(self._usual)
        self._menu.addSeparator()
        for key, title in rows:
            action = self._menu.addAction(title)
            action.setData(key)
            action.setCheckable(True)
            action.triggered.connect(lambda on, key=key: self._tick(key, on))

    def _choose_usual(self) -> None:
        self._keys = None
        self.chosen.emit()

    def _tick(self, key: int, on: bool) -> None:
        keys = set(self._shown)
        keys = keys | {key} if on else keys - {key}
        self._keys = keys or None
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ticking keeps the menu open: several are chosen in a row."""
        kind = event.type()
        pressed = isinstance(event, QKeyEvent) and event.key() in (
            Qt.Key.Key_Space,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        )
        click = kind == QEvent.Type.MouseButtonRelease
        if click or (kind == QEvent.Type.KeyPress and pressed):
            action = self._menu.activeAction()
            if action is not None and action.isCheckable():
                action.trigger()
                return True
        return super().eventFilter(watched, event)
