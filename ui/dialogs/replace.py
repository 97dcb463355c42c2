"""Find and replace in the text columns of a table, with a list of what would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout

from crm_pilot.i18n import nmsg, ntr, tr
from ui.dialogs.base import Dialog
from ui.dialogs.edit_preview import MOST, EditPreview
from ui.models import edits
from ui.models.edits import EditPlan, Search
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


class ReplaceDialog(Dialog):
    """In the selected rows when there are several, otherwise in all rows shown."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid.window())
        self.resize(760, 520)
        self._grid = grid
        selected = grid.selected_items
        self._items = selected if len(selected) > 1 else grid.shown_items
        self._columns = [
            column
            for place in grid.shown_columns
            if (column := grid.grid.columns[place]).kind == "text" and column.column is not None
        ]
        self.needle, self.by, self.column = LineEdit(), LineEdit(), QComboBox()
        self.column.addItem(tr("All text columns"), "")
        for column in self._columns:
            self.column.addItem(tr(column.title), column.key)
        form = QFormLayout()
        form.setSpacing(8)
        for name, widget in (
            (tr("Find"), self.needle),
            (tr("Replace by"), self.by),
            (tr("In"), self.column),
        ):
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        self.body.addLayout(form)
        self.case, self.whole = QCheckBox(tr("Match case")), QCheckBox(tr("Whole cell only"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.case)
        row.addWidget(self.whole)
        row.addStretch(1)
        self.body.addLayout(row)
        self.preview = EditPreview()
        self.body.addWidget(self.preview, 1)
        self.add_button("cancel", tr("Cancel"))
        self.replace_button = self.add_button("replace", tr("Replace all"), primary=True)
        self.chosen.connect(self._chosen)
        self.needle.textChanged.connect(self._work_out)
        self.by.textChanged.connect(self._work_out)
        self.column.activated.connect(self._work_out)
        self.case.toggled.connect(self._work_out)
        self.whole.toggled.connect(self._work_out)
        self.plan = EditPlan(grid.grid)
        self._work_out()
        self.needle.setFocus()

    def _planned(self, most: int | None) -> EditPlan:
        key = self.column.currentData()
        columns = [column for column in self._columns if not key or column.key == key]
        search = Search(
            self.needle.text(), self.by.text(), self.case.isChecked(), self.whole.isChecked()
        )
        return edits.replace(self._grid.grid, self._items, columns, search, most)

    def _work_out(self, *_: object) -> None:
        self.plan = self._planned(MOST)
        self.preview.show_plan(self.plan)
        count = len(self.plan.changes) + self.plan.more
        told = ntr("{n} cell would change.", "{n} cells would change.", count)
        self.say(tr("Find and replace"), told if self.needle.text() else self._scope())
        set_reason(self.replace_button, "" if count else tr("Nothing was found to replace."))

    def _scope(self) -> str:
        count = len(self._items)
        return ntr("Looks in {n} row.", "Looks in {n} rows.", count)

    def _chosen(self, key: str) -> None:
        if key == "replace":
            plan = self._planned(None) if self.plan.more else self.plan
            count = len(plan.changes)
            self._grid.carry_out(plan, nmsg("Replace in {n} cell", "Replace in {n} cells", count))
