"""The courses: what each teaches, for whom, and how often it was held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training.coverage import by_course
from crm_pilot.training.room import session_lines
from crm_pilot.training.rules import is_low
from crm_pilot.training.syllabus import CourseLine, course_lines
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.wish import Wish
from ui.screens.training.words import hours, seats_text
from ui.widgets.buttons import Guard, link_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.page import GAP
from ui.widgets.scroll import Scroll
from ui.widgets.section import Section, cleared
from ui.widgets.table import Table
from ui.widgets.text import ElidedLabel, label
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from crm_pilot.training.coverage import Covered
    from ui.bridge import Bridge

PANEL, PANEL_MOST = 380, 520
SHOWN = 6  # sessions of a course in the panel


class CoursesView(QWidget):
    """Courses at the left, the selected one at the right."""

    session_asked = Signal(int)
    enrol_asked = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._covered: dict[int, Covered] = {}
        self.model = RowsModel(
            bridge,
            "course",
            self._columns(),
            lambda: course_lines(bridge.reader, bridge.today),
            what=N_("course"),
            fresh=lambda _: {"title": tr("New course")},
        )
        self.table = Table(bridge, self.model, "training.courses", what=N_("course"))
        self.table.add_asked.connect(self.add_course)
        self.table.opened.connect(lambda _: self.change())
        self.table.current_changed.connect(lambda _: self._show_current())
        self._build_tools()
        self.panel = CoursePanel(bridge)
        self.panel.change_asked.connect(self.change)
        self.panel.opened.connect(self.session_asked)
        self.panel.enrol_asked.connect(self._enrol)
        self.empty = EmptyState("training")
        self.empty.clicked.connect(self.add_course)
        Guard(bridge, self).add(self.empty.button)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("title", N_("Course"), "text", "title", 190, grow=True),
            Column("minutes", N_("Length"), "int", "minutes", 72, low=1, high=2400,
                   text=lambda row: hours(row.minutes)),
            Column("meant_for", N_("Meant for"), "text", None, 104,
                   text=lambda row: row.meant_for or tr("everybody")),
            Column("covers", N_("Covers"), "text", None, 130, spare=1),
            Column("formal", N_("Formal"), "bool", "formal", 60, hidden=True,
                   tooltip=N_("Counts as training; a short help at a desk does not")),
            Column("valid_months", N_("Valid"), "int", "valid_months", 66, low=1, high=120,
                   tooltip=N_("Months after which the skill has to be refreshed"),
                   text=_valid),
            Column("held", N_("Held"), "int", None, 70, why=self._why("training.sessions_held")),
            Column("coming", N_("To come"), "int", None, 66,
                   why=self._why("training.sessions_planned")),
            Column("trained", N_("Trained"), "int", None, 84, text=self._trained,
                   bold=lambda row: is_low(self._share(row.id)),
                   tooltip=N_("Of those the course is meant for, who attended it"),
                   why=self._why("training.share")),
        )  # fmt: skip

    def _why(self, key: str) -> Any:
        from ui.widgets.why import asks

        return asks(self.bridge, key)

    def _share(self, key: int) -> float | None:
        found = self._covered.get(key)
        return found.share if found is not None else None

    def _trained(self, row: CourseLine) -> str:
        share = self._share(row.id)
        return formats.percent(share, lang()) if share is not None else "–"

    def _build_tools(self) -> None:
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.views = ViewButton(self.table)
        self.search = SearchField(190)
        self.search.textChanged.connect(self.model.search)
        row.addWidget(self.views)
        row.addWidget(self.search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = round(event.size().width() * 0.3)
        self.panel.setFixedWidth(max(PANEL, min(PANEL_MOST, wide)))
        super().resizeEvent(event)

    # reading ---------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.search.retranslate(tr("Search courses"))
        self.views.retranslate()
        self.table.retranslate(tr("Courses"))
        self.panel.retranslate()
        self.empty.set_texts(
            tr("What is to be learned?"),
            tr(
                "A course has objectives, the functions it covers and the profiles it is meant for;"
                " its sessions repeat it."
            ),
            tr("Add the first course"),
        )

    def refresh(self, changed: Changed | None) -> None:
        """Read again."""
        reader, today = self.bridge.reader, self.bridge.today
        self._covered = {row.id or 0: row for row in by_course(reader, today)}
        self.model.refresh()
        self._stack.setCurrentIndex(0 if self.model.total else 1)
        self.tools.setEnabled(self.model.total > 0)
        if self.table.current_id is None and self.model.rowCount():
            self.table.select(self.model.shown[0].id)
        self._show_current()

    @property
    def current(self) -> CourseLine | None:
        """The selected course."""
        place = self.model.place(self.table.current_id or 0)
        found: Any = self.model.shown[place] if place is not None else None
        return found

    def _show_current(self) -> None:
        line = self.current
        self.panel.show_course(line, self._covered.get(line.id) if line else None)

    def take_focus(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    # edits -----------------------------------------------------------------------------------

    def add_course(self) -> None:
        """A new course, in its dialog."""
        self._open(None)

    def change(self) -> None:
        """Change the selected course."""
        if self.current is not None:
            self._open(self.current)

    def _open(self, line: CourseLine | None) -> None:
        if not self.bridge.may_edit():
            return
        from ui.screens.training.course_dialog import CourseDialog

        made = CourseDialog(self.window(), self.bridge, line)
        made.saved.connect(self.table.reveal)
        made.open()

    def _enrol(self) -> None:
        line = self.current
        if line is not None:
            title = tr("Enrol for “{course}”", course=line.title)
            profile = line.profiles[0] if len(line.profiles) == 1 else None
            self.enrol_asked.emit(Wish(course_id=line.id, profile_id=profile, title=title))


class CoursePanel(QWidget):
    """What is known of one course."""

    change_asked = Signal()
    enrol_asked = Signal()
    opened = Signal(int)  # a session

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._line: CourseLine | None = None
        self._covered: Covered | None = None
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.caption = label(theme.CAPTION, ink="muted", wrap=True)
        self.change = quiet_button()
        self.change.clicked.connect(self.change_asked)
        self.enrol = quiet_button(icon="add")
        self.enrol.clicked.connect(self.enrol_asked)
        Guard(bridge, self).add(self.change, self.enrol)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.change)
        buttons.addWidget(self.enrol)
        buttons.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        self.aims, self.covers, self.meant, self.dates = (Section() for _ in range(4))
        for section in (self.aims, self.covers, self.meant, self.dates):
            column.addWidget(section)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.heading)
        outer.addWidget(self.caption)
        outer.addLayout(buttons)
        outer.addWidget(Scroll(inside), 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.change.setText(tr("Change the course…"))
        self.enrol.setText(tr("Enrol…"))
        self._fill()

    def show_course(self, line: CourseLine | None, covered: Covered | None) -> None:
        """Show a course and how many of those it is meant for attended it."""
        self._line, self._covered = line, covered
        self._fill()

    def _fill(self) -> None:
        row = self._line
        self.setVisible(row is not None)
        if row is None:
            return
        self.heading.set_whole(row.title)
        self.caption.setText(self._about(row))
        self.aims.say(tr("Objectives"))
        _lines(self.aims, row.aims or (tr("none written yet"),), muted=not row.aims)
        self.covers.say(tr("Functions it covers"))
        covers = tuple(row.covers.split(", ")) if row.covers else ()
        _lines(self.covers, covers or (tr("none yet"),), muted=not covers)
        self.meant.say(tr("Meant for"), self._reached())
        _lines(self.meant, (row.meant_for or tr("everybody"),))
        self._fill_dates(row)

    def _about(self, row: CourseLine) -> str:
        parts = [hours(row.minutes)]
        parts.append(tr("formal course") if row.formal else tr("short help"))
        if row.valid_months:
            parts.append(_valid_long(row.valid_months))
        return " · ".join(parts)

    def _reached(self) -> str:
        found = self._covered
        if found is None or found.share is None:
            return ""
        return tr(
            "{trained} of {users} trained, {share}",
            trained=found.trained,
            users=found.users,
            share=formats.percent(found.share, lang()),
        )

    def _fill_dates(self, row: CourseLine) -> None:
        every = [one for one in session_lines(self.bridge.reader) if one.course_id == row.id]
        self.dates.say(
            tr("Sessions"),
            tr("{held} held, {coming} to come", held=row.held, coming=row.coming),
        )
        cleared(self.dates.body)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for at, one in enumerate(reversed(every[-SHOWN:])):
            link = link_button(formats.day(one.held_on, lang(), year=True))
            link.clicked.connect(lambda _=False, key=one.id: self.opened.emit(key))
            place = ElidedLabel(theme.CAPTION, ink="muted")
            place.set_whole(one.place)
            seats = label(theme.CAPTION, ink="muted", numbers=True, right=True)
            seats.setText(seats_text(one))
            grid.addWidget(link, at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(place, at, 1)
            grid.addWidget(seats, at, 2)
        self.dates.body.addLayout(grid)


def _lines(section: Section, lines: tuple[str, ...], *, muted: bool = False) -> None:
    cleared(section.body)
    for line in lines:
        said = label(wrap=True, ink="muted" if muted else "")
        said.setText(line)
        section.body.addWidget(said)


def _valid(row: CourseLine) -> str:
    months = row.valid_months
    return ntr("{n} month", "{n} months", months) if months else ""


def _valid_long(months: int) -> str:
    return ntr("valid for {n} month", "valid for {n} months", months)
