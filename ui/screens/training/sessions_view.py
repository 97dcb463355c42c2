"""The sessions: the table at the left, the selected one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.governance.training_clashes import clashes
from crm_pilot.i18n import N_, tr
from crm_pilot.project import Remove
from crm_pilot.training.clashes import Clash
from crm_pilot.training.room import SessionLine, session_line
from ui.reading import Reading
from ui.screens.training import clash_list
from ui.screens.training.detail import SessionPanel
from ui.screens.training.enrol_sessions import offered
from ui.screens.training.model import SessionsModel
from ui.screens.training.reads import enrolling
from ui.screens.training.start import Start
from ui.screens.training.wish import Wish
from ui.widgets.buttons import chip
from ui.widgets.fields import SearchField
from ui.widgets.page import GAP
from ui.widgets.table import Table
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

PANEL, PANEL_MOST = 380, 520
SETTLE_MS = 40  # after an edit: the row first, then what clashes with it


class SessionsView(QWidget):
    """Sessions, trainees, waiting lists, clashes."""

    go = Signal(str, str, int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.model = SessionsModel(bridge)
        self.table = Table(bridge, self.model, "training.room", what=N_("session"))
        self.panel = SessionPanel(bridge)
        self._narrowed: frozenset[int] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.check)
        self._build_tools()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        left = QVBoxLayout()
        left.addWidget(self.table)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self._connect()

    def _build_tools(self) -> None:
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.narrow = chip()
        self.to_come, self.to_type, self.clashing = chip(), chip(), chip()
        self.narrow.hide()
        for one in (self.narrow, self.to_come, self.to_type, self.clashing):
            row.addWidget(one)
        self.views = ViewButton(self.table)
        self.search = SearchField(170)
        row.addWidget(self.views)
        row.addWidget(self.search)

    def _connect(self) -> None:
        self._wish = Wish()
        self.enrolling = Reading(self.bridge, self, kept=True)
        self.enrolling.found.connect(lambda _: self._open_enrol())
        table, panel = self.table, self.panel
        table.add_asked.connect(self.add_session)
        table.current_changed.connect(self._show_current)
        table.opened.connect(self._open)
        self.search.textChanged.connect(self.model.search)
        for one in (self.to_come, self.to_type, self.clashing):
            one.toggled.connect(self._filter)
        self.narrow.clicked.connect(self.widen)
        panel.trainees.enrol_asked.connect(self.enrol)
        panel.trainees.make_up_asked.connect(self._make_up)
        panel.trainees.join_asked.connect(self._join)
        panel.clashes.wanted.connect(self._settle_clash)
        panel.facts.change_asked.connect(lambda: self.change_session())
        panel.facts.again_asked.connect(self.add_session)
        panel.facts.opened.connect(self.reveal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel takes a third of a wide view."""
        wide = round(event.size().width() * 0.3)
        self.panel.setFixedWidth(max(PANEL, min(PANEL_MOST, wide)))
        super().resizeEvent(event)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.to_come.setText(tr("To come"))
        self.to_type.setText(tr("Sheets to type"))
        self.clashing.setText(tr("With clashes"))
        self.search.retranslate(tr("Search"))
        self.search.setAccessibleName(tr("Search sessions"))
        self.views.retranslate()
        self.table.retranslate(tr("Sessions"))
        self.panel.retranslate()
        self._show_narrow()

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read again: the table at once, clashes of everything a moment later."""
        self.model.refresh()
        if changed is None:
            self.check()
        else:
            self._later.start(SETTLE_MS)
        if self.table.current_id is None and self.model.rowCount():
            self._stand_on_next()
        self._show_current(self.table.current_id)

    def check(self) -> None:
        """Look for clashes again."""
        if not self.bridge.has_project:
            return
        self.model.check()
        if self.clashing.isChecked():
            self._filter()
        self._show_current(self.table.current_id)

    def _stand_on_next(self) -> None:
        """The sheet to type back, else the next session, else the last one."""
        rows = self.model.shown
        waiting = [row for row in rows if self.model.owed(row)]
        coming = [row for row in rows if row.held_on > self.bridge.today]
        self.table.select((waiting or coming or rows[-1:])[0].id)
        QTimer.singleShot(0, self, self._show_row)

    def _show_row(self) -> None:
        self.table.scrollTo(self.table.currentIndex(), self.table.ScrollHint.PositionAtCenter)

    def _show_current(self, key: int | None) -> None:
        line = self.current
        found = clashes(self.bridge.reader).get(key, ()) if key is not None and line else ()
        other = line.makes_up if line is not None else None
        made_up = session_line(self.bridge.reader, other) if other is not None else None
        self.panel.show_session(line, found, made_up)

    @property
    def current(self) -> SessionLine | None:
        """The selected session."""
        place = self.model.place(self.table.current_id or 0)
        found: Any = self.model.shown[place] if place is not None else None
        return found

    # filters ---------------------------------------------------------------------------------

    def _filter(self) -> None:
        today, model = self.bridge.today, self.model
        coming, owed = self.to_come.isChecked(), self.to_type.isChecked()
        clashing, only = self.clashing.isChecked(), self._narrowed

        def wanted(row: SessionLine) -> bool:
            if coming and row.held_on <= today:
                return False
            if only is not None and row.id not in only:
                return False
            if clashing and not model.count(row.id):
                return False
            return not owed or model.owed(row)

        model.keep(wanted if coming or owed or clashing or only is not None else None)

    def show_only(self, keys: frozenset[int], words: str) -> None:
        """Only these sessions, until the chip that says `words` is pressed."""
        self._narrowed = keys
        self._narrow_words = words
        self._show_narrow()
        self._filter()
        if self.model.rowCount():
            self.table.select(self.model.shown[0].id)

    _narrow_words = ""

    def widen(self) -> None:
        """All sessions again."""
        self._narrowed = None
        self._show_narrow()
        self._filter()

    def _show_narrow(self) -> None:
        self.narrow.setVisible(self._narrowed is not None)
        self.narrow.setChecked(self._narrowed is not None)
        self.narrow.setText(f"{self._narrow_words}  ×")
        self.narrow.setAccessibleName(tr("Show all sessions again"))

    def show_all(self) -> None:
        """No search, no chip."""
        self.search.clear()
        self._narrowed = None
        self._show_narrow()
        for one in (self.to_come, self.to_type, self.clashing):
            one.setChecked(False)
        self._filter()

    def reveal(self, key: int) -> None:
        """Show a session, whatever hides it."""
        if self.model.place(key) is None:
            self.show_all()
            self.model.refresh()
        self.table.reveal(key)

    def take_focus(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    # edits -----------------------------------------------------------------------------------

    def add_session(self) -> None:
        """A new session like the selected one, in its dialog."""
        self._dialog(Start(like=self.current))

    def plan(self, start: Start) -> None:
        """A new session with what is known of it."""
        self._dialog(start)

    def _dialog(self, start: Start) -> None:
        if not self.bridge.may_edit():
            return
        from ui.screens.training.session_dialog import SessionDialog

        made = SessionDialog(self.window(), self.bridge, None, start)
        made.saved.connect(self.reveal)
        made.open()

    def change_session(self, front: str = "") -> None:
        """Change the selected session."""
        line = self.current
        if line is None or not self.bridge.may_edit():
            return
        from ui.screens.training.session_dialog import SessionDialog

        made = SessionDialog(self.window(), self.bridge, line, front=front)
        made.saved.connect(self.reveal)
        made.open()

    def _open(self, key: int) -> None:
        """Enter types the sheet of a session that is owed one, else goes to the trainees."""
        line = self.current
        self.panel.show_trainees()
        if line is not None and self.model.owed(line):
            self.panel.trainees.type_sheet()

    def enrol(self) -> None:
        """Choose whom to enrol in the selected session."""
        line = self.current
        if line is not None:
            self.ask_enrol(Wish(session_id=line.id))

    def ask_enrol(self, wish: Wish) -> None:
        """Choose whom to enrol, and in which session."""
        if not self.bridge.may_edit():
            return
        self._wish = wish
        session, today = wish.session_id, self.bridge.today
        if session is None:
            session = next((row.id for row in offered(self.bridge, wish)), None)
        self.enrolling.read(lambda reader: enrolling(reader, today, session, wish.persons))

    def _open_enrol(self) -> None:
        """The dialog, once it is read who can be enrolled."""
        wish = self._wish
        from ui.screens.training.enrol import EnrolDialog

        dialog = EnrolDialog(self.bridge, wish, self.window())
        dialog.enrolled.connect(self._enrolled)
        dialog.session_asked.connect(
            lambda persons: self.plan(
                Start(like=self.current, course_id=wish.course_id, persons=tuple(persons))
            )
        )
        dialog.open()

    def _enrolled(self, key: int) -> None:
        if self.isVisible():
            self.reveal(key)
            self.panel.show_trainees()

    def _make_up(self, persons: tuple[int, ...]) -> None:
        line = self.current
        if line is not None:
            self.plan(Start(line, line.course_id, tuple(persons), makes_up=line.id))

    def _join(self, persons: tuple[int, ...]) -> None:
        line = self.current
        if line is not None:
            title = tr("Enrol who missed the session")
            self.ask_enrol(Wish(persons=tuple(persons), course_id=line.course_id, title=title))

    def _settle_clash(self, deed: str, clash: Clash) -> None:
        if deed == clash_list.GO and clash.other_id is not None:
            self.reveal(clash.other_id)
        elif deed == clash_list.OUT:
            self._take_out(clash)
        elif deed == clash_list.OTHER:
            self.change_session("trainer")
        elif deed == clash_list.SEATS:
            self.change_session("seats")
        else:
            self.change_session("halves")

    def _take_out(self, clash: Clash) -> None:
        found = self.bridge.reader.value(
            "SELECT id FROM attendance WHERE session_id = ? AND person_id = ?",
            clash.session_id,
            clash.person_id,
        )
        if found is not None:
            self.bridge.execute(Remove("attendance", (found,), N_("trainee")))
