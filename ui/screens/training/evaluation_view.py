"""Evaluation: the four levels, what each session and course was worth, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training.appraisals import Appraised, by_course, by_session
from crm_pilot.training.evaluations import cold_due
from crm_pilot.training.explained_lists import words_why
from crm_pilot.training.room import session_line
from crm_pilot.training.terms import Evaluated
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.cold_due import ColdTile
from ui.screens.training.evaluation_panel import AppraisalPanel
from ui.screens.training.levels_row import LevelsRow
from ui.screens.training.mark_bars import MIDDLE, mean_text
from ui.widgets.buttons import chip, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.table import Table
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from crm_pilot.training.room import SessionLine
    from ui.bridge import Bridge

PANEL, PANEL_MOST = 380, 520
SETTLE_MS = 40
SESSIONS, COURSES = "sessions", "courses"


class EvaluationView(QWidget):
    """Sessions or courses at the left, the selected one at the right, the levels above."""

    session_asked = Signal(int)
    go = Signal(str, str, int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.model = RowsModel(bridge, "evaluation", self._columns(), self._rows, copies=False)
        self.table = Table(bridge, self.model, "training.appraised", removable=False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.levels = LevelsRow(bridge)
        self.panel = AppraisalPanel(bridge)
        self.due = ColdTile(bridge)
        self.empty = EmptyState("training")
        self._build_tools()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self.refresh(None))
        self._settle = QTimer(self)  # level 3 reads all of the use: after the table is painted
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._show_levels)
        self._lay()
        self._connect()

    def _build_tools(self) -> None:
        self.by = segmented((SESSIONS, COURSES))
        self.typed = chip()
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.typed)
        row.addWidget(self.by)

    def _lay(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.levels)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.table, 1)
        left.addWidget(self.due)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        column.addLayout(row, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.by.chosen.connect(lambda _: self._turn())
        self.typed.toggled.connect(self._filter)
        self.table.current_changed.connect(lambda _: self._show_current())
        self.table.opened.connect(lambda _: self.type_forms())
        self.panel.forms_asked.connect(self.type_forms)
        self.panel.quiz_asked.connect(self.type_quiz)
        self.panel.opened.connect(self.session_asked)
        self.due.forms_asked.connect(self._cold_forms)
        self.empty.clicked.connect(lambda: self.session_asked.emit(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = round(event.size().width() * 0.3)
        self.panel.setFixedWidth(max(PANEL, min(PANEL_MOST, wide)))
        super().resizeEvent(event)

    def _columns(self) -> tuple[Column, ...]:
        first, second = (
            asks(self.bridge, "training.levels.reaction"),
            asks(self.bridge, "training.levels.learning"),
        )
        return (
            Column("held_on", N_("Date"), "date", None, 104, align="left", text=_when),
            Column("course", N_("Course"), "text", None, 150, grow=True),
            Column("forms", N_("Returned"), "text", None, 72, align="right", text=_forms, why=first,
                   sort=lambda row: row.hot.answered,
                   tooltip=N_("Typed, of the trainees who came")),
            Column("hot", N_("At the end"), "text", None, 84, align="right", why=first,
                   text=lambda row: mean_text(row.hot.overall.mean), bold=lambda row: _low(row.hot),
                   sort=lambda row: row.hot.overall.mean,
                   tooltip=N_("Mean of all marks, 1 to 4")),
            Column("cold", N_("3 months on"), "text", None, 96, align="right", why=first,
                   text=lambda row: mean_text(row.cold.overall.mean),
                   bold=lambda row: _low(row.cold), sort=lambda row: row.cold.overall.mean),
            Column("gain", N_("Quiz"), "text", None, 104, align="right", text=_quiz, why=second,
                   sort=lambda row: row.gain.gain,
                   tooltip=N_("Before and after, of those who took both")),
            Column("wrote", N_("Comments"), "int", None, 84, spare=1,
                   why=lambda: words_why(self.bridge.reader, self.bridge.today),
                   text=lambda row: formats.number(row.wrote, lang()) if row.wrote else ""),
        )  # fmt: skip

    # reading ---------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.by.set_texts((tr("By session"), tr("By course")))
        self.by.setAccessibleName(tr("Evaluated by"))
        self.typed.setText(tr("With forms or quiz"))
        self.table.retranslate(tr("Evaluations"))
        for part in (self.levels, self.panel, self.due):
            part.retranslate()
        self.empty.set_texts(
            tr("Nothing was held yet"),
            tr(
                "After a session its evaluation forms and its quiz are typed here; three months"
                " later the trainees are asked again."
            ),
            tr("Show the sessions"),
        )
        if self.bridge.has_project and self.model.total:
            self.refresh(None)

    def _rows(self) -> tuple[Appraised, ...]:
        read = by_session if self.by.value == SESSIONS else by_course
        return read(self.bridge.reader, self.bridge.today)

    def refresh(self, changed: Changed | None) -> None:
        """Read again; after an edit a moment later."""
        if changed is not None:
            self._later.start(SETTLE_MS)
            return
        if not self.bridge.has_project:
            return
        held = bool(by_session(self.bridge.reader, self.bridge.today))
        self._stack.setCurrentIndex(0 if held else 1)
        if not held:
            return
        self.model.refresh()
        if self.table.current_id is None and self.model.rowCount():
            self._stand()
        self._show_current()
        self.due.show_due(cold_due(self.bridge.reader, self.bridge.today))

    def _stand(self) -> None:
        known = [row for row in self.model.shown if row.known]
        self.table.select((known or self.model.shown)[0].id)

    def _turn(self) -> None:
        self.model.refresh()
        if self.model.rowCount():
            self._stand()
        self._show_current()

    def _filter(self) -> None:
        self.model.keep((lambda row: row.known) if self.typed.isChecked() else None)

    @property
    def current(self) -> Appraised | None:
        """The selected session or course."""
        place = self.model.place(self.table.current_id or 0)
        found: Any = self.model.shown[place] if place is not None else None
        return found

    def _show_current(self) -> None:
        self.panel.show_row(self.current)
        self._settle.start(0)

    def _show_levels(self) -> None:
        """Of the course selected, else of all courses."""
        if not self.bridge.has_project or not self.isVisible():
            return
        row = self.current
        self.levels.refresh(row.id if row is not None and row.held_on is None else None)

    def take_focus(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    # edits -----------------------------------------------------------------------------------

    def _line(self) -> SessionLine | None:
        row = self.current
        if row is None or row.held_on is None:
            return None
        return session_line(self.bridge.reader, row.id)

    def type_forms(self) -> None:
        """Type the forms of the selected session."""
        self._forms(self._line(), Evaluated.HOT)

    def _cold_forms(self, key: int) -> None:
        self._forms(session_line(self.bridge.reader, key), Evaluated.COLD)

    def _forms(self, line: SessionLine | None, kind: Evaluated) -> None:
        if line is not None and self.bridge.may_edit():
            from ui.screens.training.evaluation_form import EvaluationForms

            EvaluationForms(self.window(), self.bridge, line, kind).open()

    def type_quiz(self) -> None:
        """Type the points of the selected session's quizzes."""
        line = self._line()
        if line is not None and self.bridge.may_edit():
            from ui.screens.training.quiz_dialog import QuizDialog

            QuizDialog(self.window(), self.bridge, line).open()


def _when(row: Appraised) -> str:
    if row.held_on is None:
        return ntr("{n} session", "{n} sessions", row.sessions)
    return formats.day(row.held_on, lang(), year=True)


def _forms(row: Appraised) -> str:
    if not row.hot.answered and not row.asked:
        return "–"
    typed = formats.number(row.hot.answered, lang())
    return f"{typed}/{formats.number(row.asked, lang())}"


def _low(found: Any) -> bool:
    mean = found.overall.mean
    return mean is not None and mean < MIDDLE


def _quiz(row: Appraised) -> str:
    gain = row.gain
    if gain.before is None or gain.after is None:
        return "–"
    return f"{formats.percent(gain.before, lang())} → {formats.percent(gain.after, lang())}"
