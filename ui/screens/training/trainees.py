"""The trainees of a session: presence typed by one key, the sheet, enrolment, making up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training.commands import MarkAllPresent, SetPresence
from crm_pilot.training.enrolment import missed
from crm_pilot.training.presence import sheet
from crm_pilot.training.terms import Presence
from ui import theme
from ui.screens.training.model import trainees_model
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.training.room import SessionLine
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

    enrol_asked = Signal()
    make_up_asked = Signal(object)  # ids of the persons: a session of their own
    join_asked = Signal(object)  # ids of the persons: a session to come

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.session: SessionLine | None = None
        self.model = trainees_model(bridge, lambda: self.session.id if self.session else None)
        self.table = TraineeTable(
            bridge, self.model, "training.trainees", what=N_("trainee"), removable=True
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.presence_typed.connect(self._note)
        self.table.add_asked.connect(self.enrol)
        self.empty = EmptyState("people", small=True)
        self.empty.clicked.connect(self.enrol)
        self._build_buttons()
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addWidget(self._stack, 1)
        column.addWidget(self.hint)

    def _build_buttons(self) -> None:
        self.enrol_button = quiet_button(icon="add")
        self.enrol_button.clicked.connect(self.enrol)
        self.sheet_button = quiet_button(icon="check")
        self.sheet_button.clicked.connect(self.type_sheet)
        self.missed_button = quiet_button()
        self.missed_menu = QMenu(self.missed_button)
        self.missed_menu.setToolTipsVisible(True)
        self._own = self.missed_menu.addAction("")
        self._join = self.missed_menu.addAction("")
        self._own.triggered.connect(lambda: self.make_up_asked.emit(self.missing))
        self._join.triggered.connect(lambda: self.join_asked.emit(self.missing))
        self.missed_button.setMenu(self.missed_menu)
        self.guard = Guard(self.bridge, self)
        self.guard.add(self.enrol_button, self.empty.button, self.missed_button)
        self.guard.add(self.sheet_button, why=self._why_not_type)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for button in (self.enrol_button, self.sheet_button, self.missed_button):
            self._row.addWidget(button)
        self._row.addStretch(1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.retranslate(tr("Trainees"))
        self.enrol_button.setText(tr("Enrol"))
        self.sheet_button.setText(tr("Type the sheet"))
        self._own.setText(tr("A make-up session for them…"))
        self._join.setText(tr("Enrol them in a session to come…"))
        self.hint.setText(tr("P present, A absent, E excused, I invited; Space: the next of these"))
        self._show_state()

    def show_session(self, session: SessionLine | None) -> None:
        """Show the trainees of `session`; None when there is none."""
        other = (session.id if session else None) != (self.session.id if self.session else None)
        self.session = session
        self.model.refresh()
        if other and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_state()

    @property
    def missing(self) -> tuple[int, ...]:
        """Persons who missed this session and have not attended its course since."""
        if self.session is None or not self.session.missing:
            return ()
        found = missed(self.bridge.reader, self.bridge.today)
        return tuple(row.person_id for row in found if row.session_id == self.session.id)

    def _show_state(self) -> None:
        filled = self.model.total > 0
        self._stack.setCurrentWidget(self.table if filled else self.empty)
        over = self.session is not None and self.session.held_on <= self.bridge.today
        self.hint.setVisible(filled)
        self.enrol_button.setVisible(filled)
        self.sheet_button.setVisible(filled)
        count = len(self.missing)
        self.missed_button.setVisible(filled and over and count > 0)
        self.missed_button.setText(tr("Make up ({n})", n=count))
        self.missed_button.setToolTip(
            ntr("{n} person missed this session", "{n} persons missed this session", count)
        )
        self.guard.refresh()
        if self.session is None:
            self.empty.set_texts(tr("No session is selected"))
        else:
            self.empty.set_texts(
                tr("Nobody is enrolled yet"),
                tr("Users who are not trained yet come first."),
                tr("Enrol persons"),
            )

    def _why_not_type(self) -> str:
        if self.session is None:
            return tr("No session is selected")
        if self.session.halves[0].day > self.bridge.today:
            return tr("This session is still to come")
        return ""

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

    def type_sheet(self) -> None:
        """Type the sheet back from paper."""
        if self.session is None or self._why_not_type() or not self.bridge.may_edit():
            return
        from ui.screens.training.sheet import SheetDialog

        known = sheet(self.bridge.reader, self.session.id)
        if not known.rows:
            return
        dialog = SheetDialog(self.window(), self.bridge, self.session, known)
        dialog.saved.connect(self.table.setFocus)
        dialog.open()

    def enrol(self) -> None:
        """Choose persons to enrol."""
        if self.session is not None and self.bridge.may_edit():
            self.enrol_asked.emit()
