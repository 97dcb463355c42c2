"""Under which name the view in front of a table is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot.i18n import tr
from ui.dialogs.base import Dialog
from ui.widgets import views
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


class ViewName(Dialog):
    """Saves filters, order and columns under a name; an existing one is replaced, and says so."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(
            grid.window(),
            tr("Save this view"),
            tr("Its filters, its order and its columns come back when you choose the view."),
        )
        self._grid = grid
        self.name = LineEdit()
        self.name.setAccessibleName(tr("Name of the view"))
        self.name.setPlaceholderText(tr("Name of the view"))
        self.name.textChanged.connect(self._typed)
        self.body.addWidget(self.name)
        self.note = label(ink="muted", wrap=True)
        self.body.addWidget(self.note)
        self.add_button("cancel", tr("Cancel"))
        self.save_button = self.add_button("save", tr("Save the view"), primary=True)
        self.chosen.connect(self._chosen)
        self._typed("")
        self.name.setFocus()

    def _typed(self, text: str) -> None:
        name = text.strip()
        set_reason(self.save_button, "" if name else tr("Give the view a name."))
        taken = name in views.names(self._grid)
        self.note.setText(tr("A view of this name exists: it is replaced.") if taken else "")

    def _chosen(self, key: str) -> None:
        if key == "save":
            views.save(self._grid, self.name.text().strip())
