"""What is known of one session or course: marks by question, the quiz, free words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Remove
from crm_pilot.training.appraisals import Appraised, Form, forms
from crm_pilot.training.evaluations import ASPECTS, Evaluations
from crm_pilot.training.questions import STATEMENTS
from crm_pilot.training.terms import EVALUATIONS, Evaluated
from ui import theme
from ui.language import formats, lang
from ui.screens.training.mark_bars import MarkBars, MarkRow, mean_text
from ui.screens.training.words import gain_points
from ui.widgets.buttons import Guard, link_button, quiet_button, set_reason
from ui.widgets.scroll import Scroll
from ui.widgets.section import Section, cleared
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from ui.bridge import Bridge

MOST = 60  # comments shown


class AppraisalPanel(QWidget):
    """Marks of both forms, the quiz and the free words of the selected row."""

    forms_asked = Signal()
    quiz_asked = Signal()
    opened = Signal(int)  # the session itself

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.row: Appraised | None = None
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.caption = label(theme.CAPTION, ink="muted", wrap=True)
        self.type_forms = quiet_button(icon="add")
        self.type_forms.clicked.connect(self.forms_asked)
        self.type_quiz = quiet_button()
        self.type_quiz.clicked.connect(self.quiz_asked)
        self.session = link_button()
        self.session.clicked.connect(self._open)
        self.guard = Guard(bridge, self)
        self.guard.add(self.type_forms, self.type_quiz, why=self._why_not)
        self.bars = {kind: MarkBars("training.levels.reaction") for kind in Evaluated}
        self.marks = {kind: Section() for kind in Evaluated}
        self.quiz = Section()
        self.words = Section()
        self.removing: list[QPushButton] = []
        self._lay()

    def _lay(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.type_forms)
        buttons.addWidget(self.type_quiz)
        buttons.addStretch(1)
        buttons.addWidget(self.session)
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        for kind, section in self.marks.items():
            section.body.addWidget(self.bars[kind])
            column.addWidget(section)
        self._said = label(wrap=True)
        self.quiz.body.addWidget(self._said)
        column.addWidget(self.quiz)
        column.addWidget(self.words)
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
        self.type_forms.setText(tr("Type forms"))
        self.type_quiz.setText(tr("Type the quiz"))
        self.session.setText(tr("The session"))
        self._fill()

    def show_row(self, row: Appraised | None) -> None:
        """Show a session or a course."""
        self.row = row
        self._fill()

    def _why_not(self) -> str:
        if self.row is None:
            return tr("No session is selected")
        return tr("Forms belong to a session: choose “By session”") if self._is_course else ""

    @property
    def _is_course(self) -> bool:
        return self.row is not None and self.row.held_on is None

    def _open(self) -> None:
        if self.row is not None and not self._is_course:
            self.opened.emit(self.row.id)

    def _fill(self) -> None:
        row = self.row
        self.setVisible(row is not None)
        self.guard.refresh()
        if row is None:
            return
        self.session.setVisible(not self._is_course)
        self.heading.set_whole(row.course)
        came = ntr("{n} came", "{n} came", row.asked)
        day = formats.day(row.held_on, lang(), year=True) if row.held_on else tr("all sessions")
        self.caption.setText(f"{day} · {came}")
        self._fill_marks(Evaluated.HOT, row.hot)
        self._fill_marks(Evaluated.COLD, row.cold)
        self._fill_quiz(row)
        self._fill_words(row)

    def _fill_marks(self, kind: Evaluated, found: Evaluations) -> None:
        section = self.marks[kind]
        section.setVisible(bool(found.answered) or kind is Evaluated.HOT)
        note = ntr("{n} form", "{n} forms", found.answered)
        if found.overall.mean is not None:
            note = f"{mean_text(found.overall.mean)} · {note}"
        section.say(tr(EVALUATIONS[kind]), note)
        rows = [
            MarkRow(tr(ASPECTS[name]), found.marks[name].mean, found.marks[name].count)
            for name, _ in STATEMENTS[kind]
            if name in found.marks
        ]
        self.bars[kind].show_rows(tr(EVALUATIONS[kind]), rows if found.answered else ())

    def _fill_quiz(self, row: Appraised) -> None:
        gain = row.gain
        self.quiz.setVisible(bool(gain.befores or gain.afters))
        self.quiz.say(tr("Quiz"), tr("n = {n}", n=gain.pairs))
        if gain.gain is None:
            before = ntr("{n} before", "{n} before", gain.befores)
            after = ntr("{n} after", "{n} after", gain.afters)
            self._said.setText(f"{before}, {after}; " + tr("nobody took both yet"))
            return
        self._said.setText(
            tr(
                "{before} before, {after} after: {gain} points",
                before=formats.percent(gain.before, lang()),
                after=formats.percent(gain.after, lang()),
                gain=gain_points(gain),
            )
        )

    # forms -----------------------------------------------------------------------------------

    def _fill_words(self, row: Appraised) -> None:
        cleared(self.words.body)
        self.removing = []
        known = () if self._is_course else forms(self.bridge.reader, row.id)
        self.words.setVisible(bool(known))
        self.words.say(tr("Forms"), ntr("{n} with words", "{n} with words", row.wrote))
        for form in known[:MOST]:
            self.words.body.addWidget(self._form(form))

    def _form(self, form: Form) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(1)
        head = QHBoxLayout()
        said = ElidedLabel(theme.CAPTION, ink="muted")
        said.set_whole(self._head(form))
        remove = link_button(tr("Remove"), size=theme.CAPTION)
        remove.setAccessibleName(tr("Remove the form: {form}", form=said.whole()))
        remove.clicked.connect(lambda: self._remove(form.id))
        set_reason(remove, self.bridge.why_not_edit())
        self.removing.append(remove)
        head.addWidget(said, 1)
        head.addWidget(remove)
        column.addLayout(head)
        if form.comment:
            words = label(wrap=True)
            words.setText(form.comment)
            column.addWidget(words)
        return made

    def _head(self, form: Form) -> str:
        given = [mark for mark in form.marks if mark is not None]
        mean = sum(given) / len(given) if given else None
        parts = [tr(EVALUATIONS[form.kind]), mean_text(mean)]
        parts.append(form.person or tr("not signed"))
        return " · ".join(parts)

    def _remove(self, key: int) -> None:
        self.bridge.execute(Remove("evaluation", (key,), N_("evaluation form")))
