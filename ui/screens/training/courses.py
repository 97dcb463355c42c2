"""The dialog of the courses: titles, usual length, aim; added, renamed and deleted in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.project import Add, Changed
from crm_pilot.training import queries
from ui.dialogs.base import Dialog
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import Guard
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.bridge import Bridge


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", N_("Course"), "text", "title", 220, grow=True),
        Column("minutes", N_("Minutes"), "int", "minutes", 72, low=1, high=2400),
        Column("aim", N_("Aim"), "text", "aim", 220, grow=True),
        Column("sessions", N_("Sessions"), "int", width=80),
    )


class CoursesDialog(Dialog):
    """All courses. Deleting one deletes its sessions, and Ctrl+Z brings them back."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            tr("Courses"),
            tr("Deleting a course deletes its sessions; Ctrl+Z brings them back."),
        )
        self.bridge = bridge
        self.model = RowsModel(
            bridge,
            "course",
            _columns(),
            lambda: queries.courses(bridge.reader),
            what=N_("course"),
            fresh=lambda _: {"title": tr("New course")},
        )
        self.table = Table(bridge, self.model, "training.courses", what=N_("course"))
        self.table.add_asked.connect(self.add)
        self.table.retranslate(tr("Courses"))
        self.body.addWidget(self.table, 1)
        self.new = self.add_button("new", tr("New course"), closes=False, left=True)
        Guard(bridge, self).add(self.new)
        self.close_button = self.add_button("close", tr("Close"), primary=True)
        self.close_button.setDefault(False)  # Enter ends the typing of a cell
        self.close_button.setAutoDefault(False)
        self.chosen.connect(self._chosen)
        self.resize(760, 400)
        bridge.changed.connect(self._changed)
        self.model.refresh()
        self.table.setFocus()

    def _chosen(self, key: str) -> None:
        if key == "new":
            self.add()

    def _changed(self, changed: Changed) -> None:
        if changed.touches("course", "training_session"):
            self.model.refresh()

    def add(self) -> None:
        """A new course, its title being typed."""
        key = self.bridge.execute(Add("course", {"title": tr("New course")}, N_("course")))
        if key is not None:
            self.table.select(key, edit="title")
