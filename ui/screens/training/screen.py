"""The training room: sessions, courses, coverage, newcomers and evaluation behind one switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot import i18n
from crm_pilot.governance.queries import sentence
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training import queries
from crm_pilot.training.room import begun
from ui.language import formats, lang
from ui.reading import Reading
from ui.screens.base import Screen
from ui.screens.training import reads
from ui.screens.training.views import VIEWS, RoomViews
from ui.widgets.buttons import Guard, primary_button, quiet_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.page import PageHeader, page_layout

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge
    from ui.screens.training.courses_view import CoursesView
    from ui.screens.training.sessions_view import SessionsView

TABLES = frozenset(
    {
        *queries.TABLES,
        *("project", "headline", "session_half", "half_presence", "waiting", "evaluation"),
        *("quiz_result", "course_feature", "course_profile", "feature", "feature_profile"),
        *("objective", "objective_measure", "absence", "calendar", "calendar_exception"),
        *("import_batch", "task"),
    }
)
SPACING = 10
SETTLE_MS = 60  # the sentence follows the rows
WORK, EMPTY = 0, 1


class TrainingScreen(Screen):
    """`show_view` turns to one of the views."""

    name: ClassVar[str] = "training"
    title: ClassVar[str] = N_("Training")
    icon: ClassVar[str] = "training"
    tables: ClassVar[frozenset[str]] = TABLES

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.new = primary_button(icon="add")
        self.papers = quiet_button(icon="print")
        self.header = PageHeader(buttons=(self.papers, self.new))
        self.header.set_why(
            "committee.headlines",
            "training.sessions_held",
            "training.sessions_planned",
            "training.places_open",
        )
        self.switch = segmented([view.name for view in VIEWS])
        self.views = RoomViews(bridge)
        self.empty = EmptyState("training")
        self.reading = Reading(bridge, self, kept=True)
        self._changes: list[Changed | None] = []  # not shown yet
        self._said = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._say)
        self._lay_out()
        self._connect()
        self.guard = Guard(bridge, self)
        self.guard.add(self.new, self.empty.button, self.header.link_button)
        self.retranslate()

    def _lay_out(self) -> None:
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        self._tools.addWidget(self.switch)
        self._tools.addStretch(1)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(self._tools)
        column.addWidget(self.views, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        page = page_layout(self)
        page.setSpacing(SPACING)
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.add)
        self.papers.clicked.connect(self.print_papers)
        self.empty.clicked.connect(self.add_session)
        self.empty.second_clicked.connect(self.bridge.import_asked)
        self.header.link.connect(self._write_sentence)
        self.reading.found.connect(lambda _: self._show_read())
        self.switch.chosen.connect(self._turn)
        self.views.made_view.connect(lambda made: self._tools.addWidget(made.tools))
        self.views.go.connect(self.go)
        self.views.view_asked.connect(self.show_view)
        self.views.enrol_asked.connect(lambda wish: self.sessions.ask_enrol(wish))
        self.views.session_asked.connect(self.show_session)
        self.views.narrowed.connect(self._show_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The search gives way where not all of the row finds room."""
        made = self.views.made.get(self.views.front)
        search = getattr(made, "search", None)
        if made is None or search is None:
            return
        tools: QWidget = made.tools  # type: ignore[attr-defined]
        rest = [w for w in tools.findChildren(QWidget) if w.parentWidget() is tools]
        least = sum(w.sizeHint().width() + 8 for w in rest if w is not search and not w.isHidden())
        search.setVisible(
            self.switch.sizeHint().width() + least + search.width() < self.width() - 64
        )

    # views -----------------------------------------------------------------------------------

    @property
    def sessions(self) -> SessionsView:
        """The view of the sessions."""
        return cast("SessionsView", self.views.view("sessions"))

    def _turn(self, name: str) -> None:
        """Turn to a view, once what it shows is read."""
        self.switch.set_value(name)
        if self._stack.currentIndex() == WORK and self.bridge.has_project:
            self._read()

    def show_view(self, name: str) -> None:
        """Turn to one of the views."""
        self.switch.set_value(name)
        if self._stack.currentIndex() != WORK or not self.bridge.has_project:
            return
        held = self.views.focusWidget()
        self.views.show_view(name)
        self.search_field = getattr(self.views.view(name), "search", None)
        self._name_button()
        self._fit()
        if held is not None and not held.isVisible():
            self.views.take_focus()

    def show_session(self, key: int) -> None:
        """Show one session."""
        self.show_view("sessions")
        if key:
            self.sessions.reveal(key)

    def _show_only(self, wanted: tuple[frozenset[int], str]) -> None:
        self.show_view("sessions")
        self.sessions.show_only(*wanted)

    def add(self) -> None:
        """A new session, or a new course among the courses."""
        if self.switch.value == "courses":
            cast("CoursesView", self.views.view("courses")).add_course()
        else:
            self.add_session()

    def add_session(self) -> None:
        """A new session, in its dialog."""
        self.sessions.add_session()

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.switch.set_texts([tr(view.title) for view in VIEWS])
        self.switch.setAccessibleName(tr("View"))
        self._name_button()
        self.papers.setText(tr("Papers…"))
        self.papers.setToolTip(
            tr("Sign-in sheets, convocations, evaluation forms, certificates, calendars")
        )
        self.views.retranslate()
        self.empty.set_texts(
            tr("Plan sessions, then enrol the users"),
            tr(
                "A session has half-days, seats and trainees. Who came to one counts as trained,"
                " and coverage follows by department and wave."
            ),
            tr("Plan the first session"),
            tr("Import sessions or attendance"),
        )
        if self.bridge.has_project and self._said:
            self._say()
        self._fit()

    def _name_button(self) -> None:
        courses = self.switch.value == "courses"
        self.new.setText(tr("New course") if courses else tr("New session"))

    def _say(self) -> None:
        if not self.bridge.has_project:
            return
        self._said = True
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

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        filled = begun(self.bridge.reader)
        self._stack.setCurrentIndex(WORK if filled else EMPTY)
        for button in (self.papers, self.new):
            button.setVisible(filled)
        self._changes = [*self._changes, changed] if changed is not None else [None]
        if not self._said:
            self.header.set_sentence(tr(self.title))  # until it is read
        self._read()

    def _read(self) -> None:
        """Read what the view in front shows, and what stands above it."""
        today, words = self.bridge.today, i18n.current()
        view = reads.VIEWS[self.switch.value] if self._stack.currentIndex() == WORK else None

        def ask(reader: Reader) -> None:
            reads.room(reader, today, words)
            if view is not None:
                view(reader, today)

        self.reading.read(ask)

    def _show_read(self) -> None:
        """Show it; after an edit the sentence follows a moment later."""
        changes, self._changes = self._changes, []
        anew = None in changes
        if self._stack.currentIndex() == WORK:
            if changes:
                self.views.refresh(None if anew else changes[-1])
            self.show_view(self.switch.value)
        if anew:
            self._say()
        elif changes:
            self._later.start(SETTLE_MS)

    # acting ----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()

    def print_papers(self) -> None:
        """Print what the session, or the room, needs on paper."""
        from crm_pilot.reports.training_pages import Paper
        from ui.dialogs.print_training import ask_papers

        chosen: list[int] = []
        if self.switch.value == "sessions":
            chosen = self.sessions.table.selected_ids
        first = Paper.SIGN_IN if chosen else Paper.PLAN
        if self.switch.value == "evaluation":
            first = Paper.EVALUATION
        ask_papers(self, self.bridge, chosen, first)

    def print_room(self) -> bool:
        if self._stack.currentIndex() != WORK:
            return False
        self.print_papers()
        return True

    def show_courses(self, course: int | None = None) -> None:
        """The courses, at one of them."""
        self.show_view("courses")
        view = cast("CoursesView", self.views.view("courses"))
        if course is not None:
            view.table.reveal(course)

    def open_item(self, table: str, key: int) -> None:
        if table == "attendance":
            found = self.bridge.reader.value("SELECT session_id FROM attendance WHERE id = ?", key)
            table, key = "training_session", found or 0
        if table == "course":
            self.show_courses(key)
        elif table == "department":
            self.show_view("coverage")
        elif table == "training_session":
            self.show_session(key)
