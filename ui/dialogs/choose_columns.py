"""Which columns a table shows, and in what order; by mouse or keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from crm_pilot.i18n import tr
from ui.dialogs.base import Dialog
from ui.widgets.buttons import quiet_button

if TYPE_CHECKING:
    from ui.widgets.grid import Grid

KEY = Qt.ItemDataRole.UserRole


class ChooseColumns(Dialog):
    """Tick what is shown; Alt+Up and Alt+Down, dragging or the buttons put it in order."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(
            grid.window(),
            tr("Columns of this table"),
            tr("What is ticked is shown, in this order. Alt+Up and Alt+Down move a column."),
        )
        self._grid = grid
        self.listed = _Columns(self)
        self.listed.setAccessibleName(tr("Columns"))
        self._fill()
        self.up, self.down = quiet_button(tr("Up")), quiet_button(tr("Down"))
        self.up.clicked.connect(lambda: self.listed.shift(-1))
        self.down.clicked.connect(lambda: self.listed.shift(1))
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.up)
        side.addWidget(self.down)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.listed, 1)
        row.addLayout(side)
        self.body.addLayout(row, 1)
        self.add_button("reset", tr("As it comes"), closes=False, left=True)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("ok", tr("Show these columns"), primary=True)
        self.chosen.connect(self._chosen)
        self.listed.setFocus()

    def _fill(self) -> None:
        self.listed.clear()
        places, columns = self._grid.places, {c.key: c for c in self._grid.grid.columns}
        for key in places.order:
            item = QListWidgetItem(tr(columns[key].title))
            item.setData(KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = places.is_shown(key)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.listed.addItem(item)
        self.listed.setCurrentRow(0)
        self.listed.setMinimumHeight(min(420, 12 + 32 * len(columns)))

    def _chosen(self, key: str) -> None:
        places = self._grid.places
        if key == "reset":
            places.reset()
            self._fill()
        elif key == "ok":
            items = [self.listed.item(place) for place in range(self.listed.count())]
            places.set_order([str(item.data(KEY)) for item in items])
            ticked = [item.checkState() == Qt.CheckState.Checked for item in items]
            for item, on in sorted(zip(items, ticked, strict=True), key=lambda pair: not pair[1]):
                if on != places.is_shown(str(item.data(KEY))):
                    places.show(str(item.data(KEY)), on)
            places.remember()


class _Columns(QListWidget):
    """A list that Alt+arrows and dragging put in order."""

    def __init__(self, parent: Dialog) -> None:
        super().__init__(parent)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)

    def shift(self, step: int) -> None:
        """Move the current column up (−1) or down (+1)."""
        row = self.currentRow()
        if 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)
