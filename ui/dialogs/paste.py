"""What pasting would do, cell by cell, when it adds rows or some of it cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from crm_pilot.i18n import ntr, tr
from ui.dialogs.base import Dialog
from ui.dialogs.edit_preview import EditPreview
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.grid import pasted

if TYPE_CHECKING:
    from ui.models.edits import EditPlan
    from ui.widgets.grid import Grid

OVER, ADD = "over", "add"


class PasteDialog(Dialog):
    """Over the rows from the current one on, or as new rows; what cannot be taken is listed."""

    def __init__(self, grid: Grid, cells: Sequence[Sequence[str]]) -> None:
        super().__init__(grid.window())
        self.resize(880, 480)
        self._grid, self._cells = grid, cells
        self.way = segmented((OVER, ADD))
        self.way.chosen.connect(lambda _: self._work_out())
        self.leave_out = QCheckBox()
        self.leave_out.toggled.connect(lambda _: self._show())
        self.preview = EditPreview()
        row = QHBoxLayout()
        row.addWidget(self.way)
        row.addStretch(1)
        row.addWidget(self.leave_out)
        self.body.addLayout(row)
        self.body.addWidget(self.preview, 1)
        self.add_button("cancel", tr("Cancel"))
        self.paste_button = self.add_button("paste", tr("Paste"), primary=True)
        self.chosen.connect(self._chosen)
        self.way.set_texts([tr("Over the rows from here on"), tr("As new rows")])
        self.leave_out.setText(tr("Leave out what cannot be taken"))
        can_add = grid.grid.fresh is not None
        self.way.setVisible(can_add and grid.grid.rowCount() > 0)
        if not grid.grid.rowCount():
            self.way.set_value(ADD)
        self.plan: EditPlan
        self._work_out()

    def _work_out(self) -> None:
        self.plan = self._grid.paste_plan(self._cells, add=self.way.value == ADD)
        self.preview.show_plan(self.plan)
        self._show()

    def _show(self) -> None:
        plan = self.plan
        changes, problems = len(plan.changes), len(plan.problems)
        self.leave_out.setVisible(bool(problems) and bool(changes))
        if not plan.edits:
            self.say(tr("Nothing would change: the cells have these values already."))
        else:
            self.say(self._sentence(changes, problems), self._detail())
        refused = bool(problems) and not self.leave_out.isChecked()
        reason = ""
        if not changes:
            reason = tr("There is nothing that can be pasted here.")
        elif refused:
            reason = tr("Some cells cannot be taken: mend them, or leave them out.")
        set_reason(self.paste_button, reason)

    def _sentence(self, changes: int, problems: int) -> str:
        told = ntr("{n} cell would change", "{n} cells would change", changes)
        if problems:
            told += ", " + ntr("{n} cannot be taken", "{n} cannot be taken", problems)
        return told + "."

    def _detail(self) -> str:
        added = self.plan.added
        if not added:
            return tr("Nothing is changed until you paste.")
        rows = ntr("{n} row is added.", "{n} rows are added.", added)
        return rows + " " + tr("Nothing is changed until you paste.")

    def _chosen(self, key: str) -> None:
        if key == "paste":
            self._grid.carry_out(self.plan, pasted(self.plan))
