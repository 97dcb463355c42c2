"""A committee from its preparation to its minutes: agenda, who came, the line for typing, what is
decided and what earlier committees left to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.governance.rows import CommitteeRow, committee_of, committees, next_committee
from crm_pilot.governance.terms import DOCUMENTS, Document
from crm_pilot.i18n import N_, tr
from ui import theme
from ui.models.rows import Column, RowsModel
from ui.screens.committee.agenda import AgendaPart, PeoplePart
from ui.screens.committee.follow import DecisionsPart, FollowPart
from ui.screens.committee.quick_line import QuickLine
from ui.screens.committee.words import committee_title, distance, short_title, when_text
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.table import Table
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

LISTED = 264  # width of the committees and of who comes
SHARES = (5, 8)  # of the width: what is asked, what is decided
TABLES = frozenset(
    {
        *("committee", "agenda_item", "participant", "decision", "committee_action", "task"),
        *("risk", "problem", "person", "calendar", "calendar_exception"),
    }
)


class MeetingView(QWidget):
    """Committees at the left, the chosen one at the right."""

    go = Signal(str, str, int)
    filled_changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.model = self._model()
        self.table = Table(bridge, self.model, "committee.committees", what=N_("committee"))
        self.quick = QuickLine(bridge)
        self.agenda, self.people = AgendaPart(bridge), PeoplePart(bridge)
        self.decisions, self.follow = DecisionsPart(bridge), FollowPart(bridge)
        self.parts = (self.agenda, self.people, self.decisions, self.follow)
        self.empty = EmptyState("committee")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._work())
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.guard = Guard(bridge, self)
        self.guard.add(self.details, self.plan_next, self.empty.button)
        self._connect()

    # building --------------------------------------------------------------------------------

    def _model(self) -> RowsModel:
        columns = (
            Column("held_on", N_("Date"), "date", "held_on", 108, align="left", optional=False),
            Column("number", N_("Committee"), "text", None, 110, grow=True, text=short_title,
                   sort=lambda row: f"{row.kind} {row.number:04}", bold=self._is_next),
        )  # fmt: skip
        return RowsModel(
            self.bridge,
            "committee",
            columns,
            lambda: tuple(reversed(committees(self.bridge.reader))),
            what=N_("committee"),
            copies=False,
        )

    def _is_next(self, row: CommitteeRow) -> bool:
        following = next_committee(self.bridge.reader, self.bridge.today)
        return following is not None and following.id == row.id

    def _work(self) -> QWidget:
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addWidget(self.people, 1)
        for widget in (self.table, self.people):
            widget.setFixedWidth(LISTED)
        row.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(self._head())
        right.addWidget(self.quick)
        right.addLayout(self._grid(), 1)
        row.addLayout(right, 1)
        return work

    def _head(self) -> QHBoxLayout:
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.caption = ElidedLabel(theme.CAPTION, ink="muted")
        self.details = quiet_button()
        self.minutes = quiet_button(icon="documents")
        self.plan_next = quiet_button(icon="calendar")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.caption)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self.details)
        head.addWidget(self.minutes)
        head.addWidget(self.plan_next)
        return head

    def _grid(self) -> QGridLayout:
        """The points and what is decided on them; below, what earlier committees left."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.agenda, 0, 0)
        grid.addWidget(self.decisions, 0, 1)
        grid.addWidget(self.follow, 1, 0, 1, 2)
        for place, share in enumerate(SHARES):
            grid.setRowStretch(place, 1)
            grid.setColumnStretch(place, share)
        return grid

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self.change())
        self.table.add_asked.connect(self.add)
        self.details.clicked.connect(self.change)
        self.minutes.clicked.connect(self._show_minutes)
        self.plan_next.clicked.connect(self.add)
        self.empty.clicked.connect(self.add)
        self.follow.go.connect(self.go)
        self.quick.entered.connect(self._show_entered)

    # what is shown ---------------------------------------------------------------------------

    @property
    def filled(self) -> bool:
        """Whether there is any committee."""
        return self.model.total > 0

    @property
    def current(self) -> CommitteeRow | None:
        """The committee shown."""
        place = self.model.place(self.table.current_id or 0)
        return self.model.shown[place] if place is not None else None

    def refresh(self, changed: Changed | None) -> None:
        """Read again what `changed` touched."""
        if changed is not None and not changed.touches(*TABLES):
            return
        if changed is None or changed.touches("committee"):
            self.model.refresh(changed)
        self._stack.setCurrentIndex(0 if self.filled else 1)
        if self.table.current_id is None and self.filled:
            following = next_committee(self.bridge.reader, self.bridge.today)
            self.table.select(following.id if following is not None else self.model.shown[0].id)
        self._show()
        self.filled_changed.emit()

    def _show(self) -> None:
        row = self.current
        key = row.id if row is not None else None
        self._name(row)
        self.quick.show_committee(key)
        self.agenda.show_committee(key)
        self.people.show_committee(key)
        self.decisions.show_committee(row)
        self.follow.show_committee(key)

    def _name(self, row: CommitteeRow | None) -> None:
        if row is None:
            return
        printed = committee_of(self.bridge.reader, self.bridge.today, Document.MINUTES)
        self.minutes.setVisible(printed is not None and printed.id == row.id)
        self.heading.set_whole(committee_title(row))
        parts = [when_text(row), distance(row.held_on, self.bridge.today), row.place, row.note]
        self.caption.set_whole(" · ".join(part for part in parts if part))

    def _show_minutes(self) -> None:
        """Show the minutes as they will be printed: there are those of the last meeting alone."""
        row = self.current
        if row is not None:
            self.go.emit("documents", "committee", row.id)

    def _show_entered(self, table: str, key: int) -> None:
        """Bring what was typed into sight; the keyboard stays in the line."""
        if table == "decision":
            self.decisions.table.select(key)
        elif table == "committee_action":
            self.follow.table.select(-key)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.retranslate(tr("Committees"))
        self.details.setText(tr("Change…"))
        self.minutes.setText(tr(DOCUMENTS[Document.MINUTES]))
        self.plan_next.setText(tr("Plan the next committee"))
        self.quick.retranslate()
        for part in self.parts:
            part.retranslate()
        self.empty.set_texts(
            tr("No committee yet"),
            tr(
                "A committee has a day, an agenda and participants; during it decisions, actions"
                " and risks are typed in a line each. Trends compare with these dates."
            ),
            tr("Plan the first committee"),
        )
        if self.bridge.has_project:
            self._name(self.current)

    # keys and edits --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 from anywhere: back to the line."""
        if event.key() == Qt.Key.Key_F6:
            self.quick.field.setFocus()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """The keyboard goes to the line that is typed in."""
        (self.quick.field if self.filled else self.empty.button).setFocus()

    def open_item(self, table: str, key: int) -> None:
        """Show a committee, or the one a point or a participant belongs to."""
        part = {"agenda_item": self.agenda, "participant": self.people}.get(table)
        if part is None:
            self.table.reveal(key)
            return
        asked = f"SELECT committee_id FROM {table} WHERE id = ?"
        self.table.reveal(self.bridge.reader.value(asked, key) or 0)
        part.table.reveal(key)

    def add(self) -> None:
        """Plan another committee."""
        if not self.bridge.may_edit():
            return
        from ui.screens.committee.committee_dialog import PlanDialog

        dialog = PlanDialog(self.bridge, self.window(), self.current)
        dialog.planned.connect(self._show_planned)
        dialog.open()

    def _show_planned(self, key: int) -> None:
        self.table.select(key)
        self.agenda.table.setFocus()

    def change(self) -> None:
        """Change day, hour, place and note of the committee shown."""
        row = self.current
        if row is None or not self.bridge.may_edit():
            return
        from ui.screens.committee.committee_dialog import CommitteeDialog

        CommitteeDialog(self.bridge, self.window(), row).open()
