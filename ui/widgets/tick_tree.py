"""A longer list to tick from, in groups: a group's own tick stands for all in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from ui import theme
from ui.widgets.tick_list import KEY, tick_by_text

STEP = 22  # by which a group's things stand further in

Thing = tuple[str, str, bool]  # key, name, whether it is ticked


class TickTree(QTreeWidget):
    """Named things with ticks under named groups. Space or a click ticks; a group ticks all of
    its things, and shows a dash while some are."""

    edited = Signal()

    def __init__(self, title: str, wanted: QSize | None = None) -> None:
        super().__init__()
        self._wanted = wanted  # the size it would like to have
        self.items: dict[str, QTreeWidgetItem] = {}
        self.setAccessibleName(title)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(STEP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda *_: self.edited.emit())
        tick_by_text(self)

    def show_groups(self, groups: Iterable[tuple[str, Sequence[Thing]]]) -> None:
        """Offer these, group by group."""
        self.blockSignals(True)
        self.clear()
        self.items.clear()
        for title, things in groups:
            group = QTreeWidgetItem(self, [title])
            group.setFont(0, theme.font(bold=True))
            group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            for key, name, on in things:
                item = QTreeWidgetItem(group, [name])
                item.setData(0, KEY, key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.items[key] = item
        self.expandAll()
        if self.items:
            self.setCurrentIndex(self.model().index(0, 0))
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        return self._wanted or super().sizeHint()

    @property
    def ticked(self) -> frozenset[str]:
        """Keys of what is ticked."""
        on = Qt.CheckState.Checked
        return frozenset(key for key, item in self.items.items() if item.checkState(0) == on)

    def tick(self, on: bool, keys: Iterable[str] | None = None) -> None:
        """Tick these, or untick them; without keys all."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.blockSignals(True)
        for key in self.items if keys is None else keys:
            self.items[key].setCheckState(0, state)
        self.blockSignals(False)
        self.viewport().update()
        self.edited.emit()
