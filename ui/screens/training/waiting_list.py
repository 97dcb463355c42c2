"""Who waits for a seat of a session, first come first; who moves up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training.enrolment import Promote, WaitingRow, promotable, waiting
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table

if TYPE_CHECKING:
    from crm_pilot.training.room import SessionLine
    from ui.bridge import Bridge


def _model(bridge: Bridge, session_id: Callable[[], int | None]) -> RowsModel:
    def load() -> tuple[WaitingRow, ...]:
        key = session_id()
        return waiting(bridge.reader, key) if key is not None else ()

    columns = (
        Column("number", N_("No."), "text", None, 40, align="right", sort=lambda row: row.number),
        Column("name", N_("Name"), "text", None, 130, grow=True),
        Column("department", N_("Department"), "text", None, 110),
        Column(
            "since",
            N_("Since"),
            "date",
            None,
            84,
            text=lambda row: formats.day(row.since, lang()),
        ),
    )
    return RowsModel(bridge, "waiting", columns, load, copies=False, what=N_("waiting person"))


class WaitingPanel(QWidget):
    """The waiting list of one session; deleting a row takes the person off it."""

    promoted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.session: SessionLine | None = None
        self.model = _model(bridge, lambda: self.session.id if self.session else None)
        self.table = Table(bridge, self.model, "training.waiting", what=N_("waiting person"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.promote_button = quiet_button(icon="chevron-up")
        self.promote_button.clicked.connect(self.promote)
        self.empty = EmptyState("people", small=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.promote_button, why=self._why_not)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.promote_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.retranslate(tr("Waiting list"))
        self.empty.set_texts(
            tr("Nobody waits"),
            tr("Whoever is enrolled once the seats are taken waits here, first come first."),
        )
        self._show_state()

    def show_session(self, session: SessionLine | None) -> None:
        """Show who waits for `session`."""
        self.session = session
        self.model.refresh()
        self._show_state()

    def _show_state(self) -> None:
        filled = self.model.total > 0
        self._stack.setCurrentWidget(self.table if filled else self.empty)
        self.promote_button.setVisible(filled)
        count = len(self._next())
        self.promote_button.setText(
            ntr("Give {n} free seat", "Give {n} free seats", count)
            if count
            else tr("Give the free seats")
        )
        self.guard.refresh()

    def _next(self) -> tuple[WaitingRow, ...]:
        if self.session is None or not self.session.listed:
            return ()
        return promotable(self.bridge.reader, self.session.id)

    def _why_not(self) -> str:
        return "" if self._next() else tr("All seats are taken")

    def promote(self) -> None:
        """The first who wait get the free seats."""
        if self.session is not None and self._next():
            self.bridge.execute(Promote(self.session.id))
            self.promoted.emit()
