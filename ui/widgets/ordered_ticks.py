"""A list to tick from and to put in order: Space ticks, Alt+arrows or dragging move a line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

KEY = Qt.ItemDataRole.UserRole


class OrderedTicks(QListWidget):
    """Named things, each ticked or not, in an order. `edited` after the person changed either.

    Where lines are shown before the list stands in its window, give it a parent: rows are as high
    as the style of the moment says.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda _: self.edited.emit())
        self.model().rowsMoved.connect(lambda *_: self.edited.emit())

    def show_things(self, things: Iterable[tuple[str, str, bool]]) -> None:
        """Show these: key, name, whether it is ticked. The current line stays the same thing."""
        current = self.current_key
        self.blockSignals(True)
        self.clear()
        for key, name, on in things:
            item = QListWidgetItem(name)
            item.setData(KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.addItem(item)
        keys = [key for key, _ in self.things]
        self.setCurrentRow(keys.index(current) if current in keys else 0)
        self.blockSignals(False)

    @property
    def current_key(self) -> str:
        """Key of the current line; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(KEY))

    @property
    def things(self) -> tuple[tuple[str, bool], ...]:
        """Keys in the order shown, and whether each is ticked."""
        items = (self.item(place) for place in range(self.count()))
        on = Qt.CheckState.Checked
        return tuple((str(item.data(KEY)), item.checkState() == on) for item in items)

    def shift(self, step: int) -> None:
        """Move the current line up (−1) or down (+1)."""
        row = self.currentRow()
        if 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)
