"""A short list to tick from: Space ticks, letters find, a line above counts what is ticked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.widgets.text import label

KEY = Qt.ItemDataRole.UserRole
TICK = Qt.ItemDataRole.CheckStateRole
ROW = 26


def tick_by_text(view: QAbstractItemView) -> None:
    """A click on the name ticks as one on the box does, which is all that Qt offers."""
    before: dict[str, object] = {}

    def press(index: QModelIndex) -> None:
        before["tick"] = index.data(TICK)

    def click(index: QModelIndex) -> None:
        now = index.data(TICK)
        if now is not None and now == before.get("tick"):  # the box was not hit
            on = Qt.CheckState(now) != Qt.CheckState.Checked
            state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            view.model().setData(index, state, TICK)

    view.pressed.connect(press)
    view.clicked.connect(click)


class TickList(QWidget):
    """Named things with ticks; `none` says what it means that nothing is ticked."""

    edited = Signal()

    def __init__(self, title: str, none: str = "", rows: int = 5) -> None:
        super().__init__()
        self._none = none
        self.listed = QListWidget()
        self.listed.setAccessibleName(title)
        self.listed.setMinimumHeight(ROW * rows + 4)
        self.listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.listed.itemChanged.connect(lambda _: self._changed())
        tick_by_text(self.listed)
        named = label(theme.CAPTION, ink="muted")
        named.setText(title)
        named.setBuddy(self.listed)
        self.count = label(theme.CAPTION, ink="muted", right=True)
        head = QHBoxLayout()
        head.addWidget(named)
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.listed, 1)

    def show_things(self, things: Iterable[tuple[int, str]], ticked: Iterable[int]) -> None:
        """Offer these; `ticked` are."""
        on = frozenset(ticked)
        self.listed.blockSignals(True)
        self.listed.clear()
        for key, name in things:
            item = QListWidgetItem(name)
            item.setData(KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in on else Qt.CheckState.Unchecked)
            self.listed.addItem(item)
        self.listed.blockSignals(False)
        if self.listed.count():
            self.listed.setCurrentRow(0)
        self._say()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Keys of what is ticked, in the order shown."""
        items = (self.listed.item(place) for place in range(self.listed.count()))
        return tuple(
            int(item.data(KEY)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _changed(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        count = len(self.ticked)
        if not self.listed.count():
            self.count.setText(tr("nothing to choose from yet"))
        else:
            self.count.setText(ntr("{n} chosen", "{n} chosen", count) if count else self._none)
