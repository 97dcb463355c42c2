"""The trainees of a session: presence typed by one key, enrolment, everyone present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training.commands import MarkAllPresent, SetPresence
from crm_pilot.training.terms import Presence
from ui import theme
from ui.screens.training.enrol import EnrolDialog
from ui.screens.training.model import trainees_model
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.training.queries import SessionRow
    from ui.bridge import Bridge

KEYS = {
    Qt.Key.Key_P: Presence.PRESENT,
    Qt.Key.Key_A: Presence.ABSENT,
    Qt.Key.Key_E: Presence.EXCUSED,
    Qt.Key.Key_I: Presence.INVITED,
}
# Space walks through what a trainer notes while people come in.
AFTER = {
    Presence.INVITED: Presence.PRESENT,
    Presence.PRESENT: Presence.ABSENT,
    Presence.ABSENT: Presence.EXCUSED,
    Presence.EXCUSED: Presence.INVITED,
}


class TraineeTable(Table):
    """A table whose letters P, A, E, I write the presence and go to the next trainee."""

    presence_typed = Signal(object)  # Presence

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        index = self.currentIndex()
        key = Qt.Key(event.key())
        if plain and index.isValid() and key in KEYS:
            self.presence_typed.emit(KEYS[key])
        elif plain and index.isValid() and key == Qt.Key.Key_Space:
            self.presence_typed.emit(AFTER[self.rows.row(index).presence])
        else:
            super().keyPressEvent(event)


class TraineesPanel(QWidget):
    """Trainees of one session; `show_session` changes it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.session: SessionRow | None = None
        self.model = trainees_model(bridge, lambda: self.session.id if self.session else None)
        self.table = TraineeTable(
            bridge, self.model, "training.trainees", what=N_("trainee"), removable=True
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.presence_typed.connect(self._note)
        self.table.add_asked.connect(self.enrol)
        self.empty = EmptyState("people", small=True)
        self.empty.clicked.connect(self.enrol)
        self.enrol_button = quiet_button(icon="add")
        self.enrol_button.clicked.connect(self.enrol)
        self.present_button = quiet_button(icon="check")
        self.present_button.clicked.connect(self.mark_all)
        self.guard = Guard(bridge, self)
        self.guard.add(self.enrol_button, self.empty.button)
        self.guard.add(self.present_button, why=self._why_not_present)
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.enrol_button)
        buttons.addWidget(self.present_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self._stack, 1)
        column.addWidget(self.hint)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.retranslate(tr("Trainees"))
        self.enrol_button.setText(tr("Enrol persons"))
        self.present_button.setText(tr("Everyone came"))
        self.hint.setText(tr("P present, A absent, E excused, I invited; Space: the next of these"))
        self._show_state()

    def show_session(self, session: SessionRow | None) -> None:
        """Show the trainees of `session`; None when there is none."""
        other = (session.id if session else None) != (self.session.id if self.session else None)
        self.session = session
        self.model.refresh()
        if other and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_state()

    def _show_state(self) -> None:
        filled = self.model.total > 0
        self._stack.setCurrentWidget(self.table if filled else self.empty)
        self.hint.setVisible(filled)
        self.enrol_button.setVisible(filled)
        waiting = self.session.waiting if self.session else 0
        self.present_button.setVisible(filled)
        self.present_button.setToolTip(ntr("{n} trainee to note", "{n} trainees to note", waiting))
        self.guard.refresh()
        if self.session is None:
            self.empty.set_texts(tr("No session is selected"))
        else:
            self.empty.set_texts(
                tr("Nobody is enrolled yet"),
                tr("Users who are not trained yet come first."),
                tr("Enrol persons"),
            )

    def _why_not_present(self) -> str:
        if self.session is None:
            return tr("No session is selected")
        if self.session.held_on > self.bridge.today:
            return tr("This session is still to come")
        return "" if self.session.waiting else tr("Everyone is noted already")

    def _note(self, presence: Presence) -> None:
        ids = self.table.selected_ids
        if not ids:
            return
        place = self.table.currentIndex().row()
        self.bridge.execute(SetPresence(tuple(ids), presence))
        if len(ids) == 1 and place + 1 < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place + 1, 0))

    def mark_all(self) -> None:
        """Everyone whose presence is not typed yet came."""
        if self.session is not None:
            self.bridge.execute(MarkAllPresent(self.session.id))

    def enrol(self) -> None:
        """Choose persons and enrol them as one step."""
        if self.session is None or not self.bridge.may_edit():
            return
        dialog = EnrolDialog(self.bridge, self.session, self.window())
        dialog.enrolled.connect(self.table.setFocus)
        dialog.open()
