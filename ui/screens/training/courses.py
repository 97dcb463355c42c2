"""The dialog of the courses: titles, usual length, aim; added, renamed and deleted in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.project import Add, Changed
from crm_pilot.training import queries
from ui import theme
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", N_("Course"), "text", "title", 230),
        Column("minutes", N_("Minutes"), "int", "minutes", 80, low=1, high=2400),
        Column("aim", N_("Aim"), "text", "aim", 200),
        Column("sessions", N_("Sessions"), "int", width=80),
    )


class CoursesDialog(QDialog):
    """All courses. Deleting one deletes its sessions, and Ctrl+Z brings them back."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.model = RowsModel(bridge, "course", _columns(), lambda: queries.courses(bridge.reader))
        self.table = Table(bridge, self.model, "training.courses", what=N_("course"))
        self.table.add_asked.connect(self.add)
        self.new = quiet_button(icon="add")
        self.new.setAutoDefault(False)
        self.new.clicked.connect(self.add)
        self.close_button = primary_button()
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        bridge.changed.connect(self._changed)
        self.model.refresh()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Courses"))
        self.resize(660, 380)
        self.table.retranslate(tr("Courses"))
        self.new.setText(tr("New course"))
        self.close_button.setText(tr("Close"))
        hint = label(theme.CAPTION, ink="muted")
        hint.setText(tr("Deleting a course deletes its sessions; Ctrl+Z brings them back."))
        bottom = QHBoxLayout()
        bottom.addWidget(self.new)
        bottom.addWidget(hint, 1)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)

    def _changed(self, changed: Changed) -> None:
        if changed.touches("course", "training_session"):
            self.model.refresh()

    def add(self) -> None:
        """A new course, its title being typed."""
        key = self.bridge.execute(Add("course", {"title": tr("New course")}, N_("course")))
        if key is not None:
            self.table.select(key, edit="title")
