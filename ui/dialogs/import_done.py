"""What a file comes to in one sentence, and the quiet page after the import: undo, look, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.i18n import msg, nmsg, tr
from ui import theme
from ui.dialogs.import_views import OutcomeView
from ui.keys import native
from ui.sidebar import ROOMS
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan
    from crm_pilot.i18n import Message
    from ui.dialogs.import_job import Reading

ROOM_OF = {
    "tickets": "maintenance",
    "logins": "adoption",
    "actions": "adoption",
    "users": "adoption",
    "completeness": "adoption",
    "people": "people",
    "stakeholders": "stakeholders",
    "training": "training",
    "sessions": "training",
    "calendar": "training",
    "plan": "planning",
}


def room_of(kind: str) -> tuple[str, str]:
    """Name and title of the room that shows what was imported; the cockpit where it has none."""
    titles = {room.name: tr(room.title) for room in ROOMS}
    name = ROOM_OF.get(kind, "")
    name = name if name in titles else "cockpit"
    return name, titles[name]


def sentence(plan: ImportPlan) -> Message:
    """What the file comes to."""
    if not plan.ok:
        return nmsg(
            "“{name}” cannot be imported: {n} problem must be mended first",
            "“{name}” cannot be imported: {n} problems must be mended first",
            plan.errors,
            name=plan.source,
        )
    if plan.changes.nothing:
        return msg("The project knows everything in “{name}” already", name=plan.source)
    return plan.changes.label


def advice(plan: ImportPlan) -> Message:
    """What to do about it."""
    if any(wanted.required and wanted.name not in plan.mapping for wanted in plan.fields):
        return msg(
            "Choose what the file holds, then the columns for the fields marked *."
            " Nothing is changed until you import."
        )
    if not plan.ok:
        return msg(
            "Correct below how the file was read, or mend it where it comes from and press F5."
            " Nothing is imported by half."
        )
    return msg("Nothing is changed until you import.")


def result(plan: ImportPlan) -> Message:
    """What was imported, as a fact."""
    count = plan.counts.get("new", 0) + plan.counts.get("changed", 0)
    if plan.kind == "tickets":
        return nmsg(
            "{n} ticket was imported from {name}",
            "{n} tickets were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "completeness":
        return nmsg(
            "{n} measure of completeness was imported from {name}",
            "{n} measures of completeness were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "users":
        return nmsg(
            "{n} CRM user was imported from {name}",
            "{n} CRM users were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "people":
        return nmsg(
            "{n} person was imported from {name}",
            "{n} people were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "stakeholders":
        return nmsg(
            "{n} stakeholder was imported from {name}",
            "{n} stakeholders were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "logins":
        return nmsg(
            "{n} login day was imported from {name}",
            "{n} login days were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "actions":
        return nmsg(
            "{n} record created or updated was imported from {name}",
            "{n} records created or updated were imported from {name}",
            plan.counts.get("created", 0) + plan.counts.get("updated", 0),
            name=plan.source,
        )
    if plan.kind == "training":
        return nmsg(
            "{n} attendance was imported from {name}",
            "{n} attendances were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind in ("sessions", "calendar"):
        return nmsg(
            "{n} training session was imported from {name}",
            "{n} training sessions were imported from {name}",
            count,
            name=plan.source,
        )
    if plan.kind == "plan":
        return nmsg(
            "A plan of {n} line was imported from {name}",
            "A plan of {n} lines was imported from {name}",
            count,
            name=plan.source,
        )
    return nmsg(
        "{n} row was imported from {name}",
        "{n} rows were imported from {name}",
        count,
        name=plan.source,
    )


class DonePage(QWidget):
    """The result of an import. `undo_asked`, `room_asked(name)`, `another_asked`."""

    undo_asked = Signal()
    another_asked = Signal()
    room_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._room = "cockpit"
        self._icon = QLabel()
        self.hint = label(wrap=True, ink="muted")
        self.open = primary_button(icon="arrow-right")
        self.undo = quiet_button(icon="undo")
        self.another = quiet_button(icon="import")
        self.open.clicked.connect(lambda: self.room_asked.emit(self._room))
        self.undo.clicked.connect(self.undo_asked)
        self.another.clicked.connect(self.another_asked)
        self.setFocusProxy(self.open)
        told, buttons = QHBoxLayout(), QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self._icon)
        told.addWidget(self.hint, 1)
        buttons.setSpacing(8)
        for button in (self.open, self.undo, self.another):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.outcome = OutcomeView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(told)
        column.addLayout(buttons)
        column.addWidget(self.outcome, 1)
        theme.switched().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._icon.setPixmap(theme.pixmap("check-circle", "good", 28))

    def show_reading(self, reading: Reading) -> None:
        """Show what a reading has done to the project."""
        self._room, title = room_of(reading.plan.kind)
        self.hint.setText(
            tr("It is one step: Ctrl+Z takes all of it back. Save to keep it in the file.")
        )
        self.open.setText(tr("Open “{room}”", room=title))
        self.undo.setText(tr("Undo the import"))
        self.undo.setToolTip(native("Ctrl+Z"))
        self.another.setText(tr("Import another file"))
        self.outcome.show_plan(reading.plan, reading.outcome)
