"""One value into a column of all selected rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import ntr, show, tr
from ui.dialogs.base import Dialog
from ui.models.columns import Column
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


class ChangeRows(Dialog):
    """Asks for the column and the value; the column of the current cell is proposed."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid.window())
        self._grid, self._items = grid, grid.selected_items
        count = len(self._items)
        self.say(
            ntr("Change {n} selected row", "Change {n} selected rows", count),
            tr("All of them get the same value, in one step that can be undone.")
            if count > 1
            else "",
        )
        self.columns = [column for column in grid.grid.columns if column.column is not None]
        self.column = QComboBox()
        self.column.setAccessibleName(tr("Column"))
        for column in self.columns:
            self.column.addItem(tr(column.title), column.key)
        current = grid.current_column
        if current is not None:
            self.column.setCurrentIndex(max(0, self.column.findData(current.key)))
        self._form = QFormLayout()
        self._form.setSpacing(10)
        self._form.addRow(tr("Column"), self.column)
        self.editor: QWidget = QWidget()
        self._form.addRow(tr("New value"), self.editor)
        self.body.addLayout(self._form)
        self.complaint = label(ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("change", tr("Change"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self.column.currentIndexChanged.connect(self._put_editor)
        self._put_editor()

    @property
    def _column(self) -> Column:
        return self.columns[max(0, self.column.currentIndex())]

    def _put_editor(self, *_: object) -> None:
        old, self.editor = self.editor, _editor(self._column, self._items[0])
        self.editor.setAccessibleName(tr("New value"))
        self._form.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        self.complaint.hide()
        self.editor.setFocus()

    def _typed(self) -> Any:
        if isinstance(self.editor, QComboBox):
            return self.editor.currentData()
        if isinstance(self.editor, QCheckBox):
            return self.editor.isChecked()
        assert isinstance(self.editor, LineEdit)
        return self.editor.text()

    def _chosen(self, key: str) -> None:
        if key != "change":
            return
        try:
            value = self._column.parse(self._typed(), self._grid.bridge.today)
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            self.editor.setFocus()
            return
        self._answered = True
        self.accept()
        self._grid.set_all(self._items, self._column, value)


def _editor(column: Column, item: Any) -> QWidget:
    """An editor of the column's kind, with the value of the first row."""
    value = column.typed_text(item)
    if column.kind == "choice":
        box = QComboBox()
        if column.optional:
            box.addItem("–", None)
        for option, text in column.options().items():
            box.addItem(text, option)
        box.setCurrentIndex(max(0, box.findData(value)))
        return box
    if column.kind == "bool":
        tick = QCheckBox(tr(column.title))
        tick.setChecked(bool(value))
        return tick
    line = LineEdit()
    line.setText(str(value))
    line.selectAll()
    return line
