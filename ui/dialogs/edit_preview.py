"""A list of what an edit of many cells would change, with every problem, before it changes it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from crm_pilot.i18n import show, tr
from ui.models.edits import CellEdit, EditPlan
from ui.widgets.text_table import TextTable

MOST = 200  # cells listed; all of them are counted in the sentence


class EditPreview(TextTable):
    """Row, column, before, after, problem; cells that cannot change stand first."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("What would change"))

    def show_plan(self, plan: EditPlan) -> None:
        """List the cells of a plan."""
        listed = [*plan.problems, *plan.changes][:MOST]
        rows = [self._row(plan, edit) for edit in listed]
        icons = [("warning", "alert") if edit.problem else None for edit in listed]
        headings = [tr("Row"), tr("Column"), tr("Before"), tr("After"), tr("Problem")]
        if not plan.problems:
            headings, rows = headings[:4], [row[:4] for row in rows]
        self.texts.show_rows(headings, rows, icons=icons)
        self.fit((130, 110, 150, 150) if plan.problems else (130, 110, 230))

    def _row(self, plan: EditPlan, edit: CellEdit) -> tuple[str, ...]:
        name = tr("new row {n}", n=edit.new) if edit.new else plan.model.name_of(edit.item)
        problem = show(edit.problem) if edit.problem is not None else ""
        after = edit.after or ("" if problem else tr("(empty)"))
        return (name, tr(edit.column.title), edit.before, after, problem)
