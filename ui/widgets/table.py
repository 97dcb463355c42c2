"""The table of the house: a grid over rows, with the keys that add, open and delete them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from crm_pilot.project import Remove
from ui.bridge import Bridge
from ui.models.rows import RowsModel
from ui.widgets.cells import Cells, cover_cut_rows
from ui.widgets.grid import Grid


class Table(Grid):
    """A view of a `RowsModel`, remembered under `name`.

    Insert emits `add_asked`; Delete removes the selected rows as one step (or emits
    `remove_asked` when `removable` is false); Enter and double click on a read-only cell emit
    `opened(id)`; F2 or typing edits; `current_changed(id or None)` follows the cursor.
    """

    add_asked = Signal()
    remove_asked = Signal(object)  # list of ids
    opened = Signal(int)
    current_changed = Signal(object)

    def __init__(
        self, bridge: Bridge, model: RowsModel, name: str, *, what: str = "", removable: bool = True
    ) -> None:
        super().__init__(bridge, model, name)
        self.rows = model
        model.what = model.what or what
        self._what, self._removable = what, removable
        self._current: int | None = None
        self._selected: list[int] = []
        self.setItemDelegate(Cells(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.cover_corner()
        model.modelAboutToBeReset.connect(self._note_selection)
        model.modelReset.connect(self._put_selection_back)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(self._double_clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        cover_cut_rows(self)

    def retranslate(self, name: str = "") -> None:
        """Headers and cells; `name` (translated) is what a screen reader says."""
        self.rows.retranslate()
        self.heading.retranslate()
        if name:
            self.setAccessibleName(name)

    # selection -------------------------------------------------------------------------------

    @property
    def current_id(self) -> int | None:
        """Id of the current row."""
        index = self.currentIndex()
        return int(self.rows.row(index).id) if index.isValid() else None

    @property
    def selected_ids(self) -> list[int]:
        """Ids of the selected rows, in the order shown."""
        return self.rows.ids(self.selected_places)

    def select(self, key: int, *, edit: str = "") -> bool:
        """Make the row with id `key` current; `edit` starts editing that column's cell."""
        place = self.rows.place(key)
        if place is None:
            return False
        keys = [column.key for column in self.rows.columns]
        index = self.rows.index(place, keys.index(edit) if edit else 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit:
            self.edit(index)
        return True

    def reveal(self, key: int) -> bool:
        """Make the row with id `key` current and take the keyboard, whatever filter hides it."""
        if self.rows.place(key) is None and self.grid.filters:
            self.clear_filters()
        found = self.select(key)
        if found:
            self.setFocus()
        return found

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = self.rows.row(current).id if current.isValid() else None
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    def _note_selection(self) -> None:
        self._selected = self.selected_ids
        self.selectionModel().blockSignals(True)

    def _put_selection_back(self) -> None:
        self.selectionModel().blockSignals(False)
        flags = QItemSelectionModel.SelectionFlag
        places = [p for key in self._selected if (p := self.rows.place(key)) is not None]
        current = self.rows.place(self._current) if self._current is not None else None
        if current is not None:
            index = self.rows.index(current, 0)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        for place in places[:200]:
            index = self.rows.index(place, 0)
            self.selectionModel().select(index, flags.Select | flags.Rows)
        if current is None and self._current is not None:
            self._current = None
            self.current_changed.emit(None)

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        key = event.key()
        if self.grid_key(event):
            return
        if key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_selected()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current_id is not None:
                self.opened.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(self.rows.row(index).id)

    def remove_selected(self) -> None:
        """Delete the selected rows as one step, and stand on the row after them."""
        ids = self.selected_ids
        if not ids:
            return
        self.remove_asked.emit(ids)
        if not self._removable:
            return
        place = min(p for key in ids if (p := self.rows.place(key)) is not None)
        self.bridge.execute(Remove(self.rows.table, tuple(ids), self._what))
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(min(place, self.rows.rowCount() - 1), 0))
