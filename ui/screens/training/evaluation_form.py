"""Typing evaluation forms back from paper: one key a question, Enter for the next form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Add
from crm_pilot.training.appraisals import forms
from crm_pilot.training.presence import sheet
from crm_pilot.training.questions import SCALE, STATEMENTS
from crm_pilot.training.room import SessionLine
from crm_pilot.training.terms import EVALUATIONS, Evaluated, Presence
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard, segmented
from ui.widgets.digits import typed_digit
from ui.widgets.fields import TextArea
from ui.widgets.picker import Picker
from ui.widgets.section import cleared, named
from ui.widgets.text import label

if TYPE_CHECKING:
    import datetime as dt

    from ui.bridge import Bridge

MARKS = (1, 2, 3, 4)
BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Up)


class Question(QWidget):
    """A statement and its four marks; `answered` once a key picked one, `back`: the one before."""

    answered = Signal()
    back = Signal()

    def __init__(self, column: str, statement: str) -> None:
        super().__init__()
        self.column = column
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        said = label(wrap=True)
        said.setText(statement)
        row.addWidget(said, 1)
        for mark in MARKS:
            button = QRadioButton(str(mark))
            button.setAccessibleName(f"{statement} {mark}, {tr(SCALE[mark - 1])}")
            button.setToolTip(tr(SCALE[mark - 1]))
            button.setFixedWidth(44)
            self.group.addButton(button, mark)
            row.addWidget(button)

    @property
    def mark(self) -> int | None:
        """The mark picked; None: not answered."""
        found = self.group.checkedId()
        return found if found > 0 else None

    def pick(self, mark: int | None) -> None:
        """Pick a mark, or none."""
        self.group.setExclusive(False)
        for button in self.group.buttons():
            button.setChecked(False)
        self.group.setExclusive(True)
        if mark is not None:
            self.group.button(mark).setChecked(True)

    def take_focus(self) -> None:
        """Put the keyboard here."""
        self.group.button(self.mark or 1).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure = typed_digit(event)
        if figure and int(figure) <= MARKS[-1]:
            self.pick(int(figure) or None)  # 0: not answered
            self.answered.emit()
        elif event.key() in BACK:
            self.back.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.answered.emit()
        else:
            super().keyPressEvent(event)


class EvaluationForms(Dialog):
    """Form after form of one session; each is stored as it is finished."""

    stored = Signal(int)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        session: SessionLine,
        kind: Evaluated = Evaluated.HOT,
    ) -> None:
        super().__init__(parent, tr("Type the evaluation forms"), _about(session))
        self.setMinimumWidth(680)
        self.bridge, self.session = bridge, session
        self.questions: list[Question] = []
        self.count = 0  # forms typed since the dialog was opened
        self._build(kind)
        self.add_button("close", tr("Close"))
        self.save = self.add_button("next", tr("Next form"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)
        self._turn(kind.value)

    def _build(self, kind: Evaluated) -> None:
        self.kind = segmented([one.value for one in Evaluated])
        self.kind.set_texts([tr(EVALUATIONS[one]) for one in Evaluated])
        self.kind.setAccessibleName(tr("When it was filled in"))
        self.kind.set_value(kind.value)
        self.kind.chosen.connect(self._turn)
        self.state = label(ink="muted", right=True)
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addStretch(1)
        head.addWidget(self.state)
        today = self.bridge.today
        self.day = Asked(tr("Filled in on"), lambda text: parse_day(text, today))
        came = sheet(self.bridge.reader, self.session.id).rows
        people = [(r.person_id, r.name) for r in came if r.presence is not Presence.ABSENT]
        self.person = Picker(people, tr("not signed"))
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.addWidget(self.day, 0, 0)
        rows.addWidget(named(tr("Signed by"), self.person), 0, 1)
        rows.setColumnStretch(0, 1)
        rows.setColumnStretch(1, 1)
        self._marks = QGridLayout()
        self._marks.setVerticalSpacing(6)
        self.comment = TextArea()
        self.comment.setFixedHeight(60)
        self.comment.setPlaceholderText(tr("Free words, as they were written"))
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(
            tr(
                "1 not at all, 2 rather not, 3 rather, 4 entirely, 0 not answered; each goes on to"
                " the next question. Ctrl+Enter stores the form."
            )
        )
        self.body.addLayout(head)
        self.body.addLayout(self._marks)
        self.body.addWidget(named(tr("Free words"), self.comment))
        self.body.addLayout(rows)
        self.body.addWidget(self.complaint)
        self.body.addWidget(hint)

    # one form --------------------------------------------------------------------------------

    def _turn(self, kind: str) -> None:
        """The questions of the other form."""
        cleared(self._marks)
        self.questions = []
        for at, (column, statement) in enumerate(STATEMENTS[Evaluated(kind)]):
            one = Question(column, tr(statement))
            one.answered.connect(lambda at=at: self._go(at + 1))
            one.back.connect(lambda at=at: self._go(at - 1))
            self.questions.append(one)
            self._marks.addWidget(one, at, 0)
        hot = kind == Evaluated.HOT
        self._put_day(self.session.halves[-1].day if hot else self.bridge.today)
        self._say()
        self._go(0)

    def _put_day(self, day: dt.date) -> None:
        self.day.put(day, formats.day(day, lang(), year=True))

    def _go(self, at: int) -> None:
        """To a question; past the last one to the free words."""
        if at < len(self.questions):
            self.questions[max(0, at)].take_focus()
        else:
            self.comment.setFocus()

    def _say(self) -> None:
        kind = Evaluated(self.kind.value)
        known = sum(1 for form in forms(self.bridge.reader, self.session.id) if form.kind is kind)
        came = self.session.present
        self.state.setText(
            ntr("{n} form typed, {came} came", "{n} forms typed, {came} came", known, came=came)
        )

    @property
    def wrong(self) -> str:
        """Why the form cannot be stored; empty when it can."""
        if all(one.mark is None for one in self.questions) and not self.comment.toPlainText():
            return tr("The form is empty: give a mark, or free words.")
        if self.day.wrong or self.day.value is None:
            return self.day.wrong or tr("Write a day.")
        if self.person.typed and self.person.key is None:
            return tr("“{text}” is none of the names in the list.", text=self.person.typed)
        return ""

    def values(self) -> dict[str, Any]:
        """The form as a row of `evaluation`."""
        return {
            "session_id": self.session.id,
            "person_id": self.person.key,
            "kind": self.kind.value,
            "given_on": self.day.value,
            "comment": self.comment.toPlainText().strip(),
            **{one.column: one.mark for one in self.questions},
        }

    def _chosen(self, key: str) -> None:
        if key != "next":
            return
        said = self.wrong
        self.complaint.setText(said)
        self.complaint.setVisible(bool(said))
        if said:
            return
        made = self.bridge.execute(Add("evaluation", self.values(), N_("evaluation form")))
        if made is not None:
            self.count += 1
            self._empty()
            self.stored.emit(made)

    def _empty(self) -> None:
        """An empty form of the same kind and day."""
        for one in self.questions:
            one.pick(None)
        self.comment.clear()
        self.person.choose(None)
        self._say()
        self._go(0)


def _about(session: SessionLine) -> str:
    day = formats.day(session.held_on, lang(), year=True)
    return " · ".join(part for part in (session.course, day, session.place) if part)
