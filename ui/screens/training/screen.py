"""The training room: sessions at the left, the selected one at the right, coverage below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot import i18n
from crm_pilot.governance.queries import sentence
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession
from crm_pilot.training.queries import SessionRow
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.training.courses import CoursesDialog
from ui.screens.training.coverage import CoverageTile
from ui.screens.training.detail import SessionPanel
from ui.screens.training.model import sessions_model
from ui.widgets.buttons import Guard, chip, primary_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.page import GAP, PageHeader, page_layout
from ui.widgets.table import Table
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class TrainingScreen(Screen):
    """Sessions, trainees and coverage."""

    name = "training"
    title = N_("Training")
    icon = "training"
    tables = frozenset((*queries.TABLES, "project", "headline"))

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.new = primary_button(icon="add")
        self.new.clicked.connect(self.add_session)
        self.courses = quiet_button()
        self.courses.clicked.connect(lambda: self.show_courses())
        self.header = PageHeader(buttons=(self.courses, self.new))
        self.header.set_why(
            "committee.headlines",
            "training.sessions_held",
            "training.sessions_planned",
            "training.places_open",
        )
        self.header.link.connect(self._write_sentence)
        self.model = sessions_model(bridge)
        self.table = Table(bridge, self.model, "training.sessions", what=N_("session"))
        self.table.add_asked.connect(self.add_session)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._type_presence)
        self.views = ViewButton(self.table)
        self.search = SearchField()
        self.search.textChanged.connect(self.model.search)
        self.search_field = self.search
        self.to_come, self.to_type = chip(), chip()
        for one in (self.to_come, self.to_type):
            one.toggled.connect(self._filter)
        self.panel = SessionPanel(bridge)
        self.coverage = CoverageTile()
        self.empty = EmptyState("training")
        self.empty.clicked.connect(self.add_session)
        self.guard = Guard(bridge, self)
        self.guard.add(self.new, self.empty.button, self.header.link_button)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.to_come)
        filters.addWidget(self.to_type)
        filters.addStretch(1)
        filters.addWidget(self.views)
        filters.addWidget(self.search)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(filters)
        left.addWidget(self.table, 1)
        left.addSpacing(GAP - 8)
        left.addWidget(self.coverage)
        self.panel.setFixedWidth(376)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(room)
        self._stack.addWidget(self.empty)
        page = page_layout(self)
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.new.setText(tr("New session"))
        self.courses.setText(tr("Manage courses"))
        self.to_come.setText(tr("To come"))
        self.to_type.setText(tr("Presence to type"))
        self.search.retranslate(tr("Search sessions"))
        self.views.retranslate()
        self.table.retranslate(tr("Sessions"))
        self.panel.retranslate()
        self.empty.set_texts(
            tr("Plan sessions, then enrol the users"),
            tr(
                "A session has a date, seats and trainees. Who came to one counts as trained,"
                " and coverage follows by department and wave."
            ),
            tr("Plan the first session"),
        )
        if self.bridge.has_project:
            self._say()

    def _say(self) -> None:
        reader, today = self.bridge.reader, self.bridge.today
        figures = queries.figures(reader, today)
        self.header.set_sentence(sentence(self.name, reader, today, i18n.current()))
        parts = [
            formats.long_day(today, lang()),
            ntr("{n} session held", "{n} sessions held", figures.sessions_held),
            ntr("{n} to come", "{n} to come", figures.sessions_planned),
        ]
        if figures.places_open:
            parts.append(ntr("{n} seat free", "{n} seats free", figures.places_open))
        self.header.set_link(tr("Edit the sentence"))
        self.header.set_caption(" · ".join(parts))
        self.coverage.show_figures(figures)

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        self.model.refresh(changed)
        filled = self.model.total > 0
        self._stack.setCurrentIndex(0 if filled else 1)
        for widget in (self.courses, self.new):
            widget.setVisible(filled)
        if filled and self.table.current_id is None and self.model.rowCount():
            self._stand_on_next()
        self._show_current(self.table.current_id)
        if changed is None:
            QTimer.singleShot(0, self, self._settle)
        else:
            self._say()

    def _settle(self) -> None:
        """Charts after the table is painted; they take room, so bring the row into view again."""
        if not self.bridge.has_project:
            return
        self._say()
        QTimer.singleShot(0, self, self._show_row)

    def _show_row(self) -> None:
        self.table.scrollTo(self.table.currentIndex(), self.table.ScrollHint.PositionAtCenter)

    def _stand_on_next(self) -> None:
        """The sheet to type back, else the next session, else the last one."""
        today = self.bridge.today
        rows = self.model.shown
        waiting = [row for row in rows if row.held_on <= today and row.waiting]
        coming = [row for row in rows if row.held_on > today]
        self.table.select((waiting or coming or rows[-1:])[0].id)

    def _show_current(self, key: int | None) -> None:
        place = self.model.place(key) if key is not None else None
        self.panel.show_session(self.model.shown[place] if place is not None else None)

    def _filter(self) -> None:
        today = self.bridge.today
        coming, waiting = self.to_come.isChecked(), self.to_type.isChecked()

        def wanted(row: SessionRow) -> bool:
            if coming and row.held_on <= today:
                return False
            return not waiting or (row.held_on <= today and row.waiting > 0)

        self.model.keep(wanted if coming or waiting else None)

    # edits -----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()

    def add_session(self) -> None:
        """A new session like the selected one, its date being typed."""
        current = self._current_row()
        courses = queries.courses(self.bridge.reader)
        course = current.course_id if current else courses[0].id if courses else None
        key = self.bridge.execute(
            AddSession(
                self.bridge.today,
                course_id=course,
                course_title=tr("First steps in the CRM"),
                place=current.place if current else None,
                trainer=current.trainer if current else None,
            )
        )
        if key is None:
            return
        if self.model.place(key) is None:
            self._show_all()
        self.table.select(key, edit="held_on")

    def _type_presence(self) -> None:
        """Enter on a session goes to its trainees."""
        self.panel.show_trainees()

    def _current_row(self) -> SessionRow | None:
        place = self.model.place(self.table.current_id or 0)
        found: Any = self.model.shown[place] if place is not None else None
        return found

    def _show_all(self) -> None:
        self.search.clear()
        for one in (self.to_come, self.to_type):
            one.setChecked(False)
        self.model.refresh()

    def show_courses(self, course: int | None = None) -> None:
        """Open the list of courses, at one of them."""
        dialog = CoursesDialog(self.bridge, self.window())
        dialog.open()
        if course is not None:
            dialog.table.reveal(course)

    def open_item(self, table: str, key: int) -> None:
        if table == "attendance":
            found = self.bridge.reader.value("SELECT session_id FROM attendance WHERE id = ?", key)
            table, key = "training_session", found or 0
        if table == "course":
            self.show_courses(key)
        elif table == "training_session":
            if self.model.place(key) is None:
                self._show_all()
            self.table.reveal(key)
