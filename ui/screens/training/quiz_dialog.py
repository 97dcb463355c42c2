"""Typing the points of the quizzes before and after a session, trainee by trainee."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.training.appraisals import QuizRow, TypeQuiz, quiz_rows
from crm_pilot.training.room import SessionLine
from crm_pilot.typed import parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.digits import typed_digit
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

BEFORE, AFTER = 1, 2  # columns
MOST = 999
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EMPTY = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


@dataclass(frozen=True)
class Points:
    """A trainee's points as they are typed; `id` is the person's."""

    id: int
    name: str
    before: int | None
    after: int | None


class QuizTable(Table):
    """Digits write into the cell, Enter and ↓ go to the next trainee, ← → to the other quiz."""

    done = Signal()
    changed = Signal()

    def __init__(self, bridge: Bridge, rows: list[Points]) -> None:
        self.points = rows
        self._fresh = True  # the next digit begins the number anew
        columns = (
            Column("name", N_("Name"), "text", None, 200, grow=True),
            Column("before", N_("Before"), "int", None, 110, text=lambda row: _text(row.before)),
            Column("after", N_("After"), "int", None, 110, text=lambda row: _text(row.after)),
        )
        model = RowsModel(bridge, "person", columns, lambda: self.points, copies=False)
        super().__init__(bridge, model, "training.quiz", removable=False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        model.refresh()
        if rows:
            self.setCurrentIndex(model.index(0, BEFORE))
        self.selectionModel().currentChanged.connect(self._moved_on)

    def _moved_on(self, *_: QModelIndex) -> None:
        self._fresh = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure, key = typed_digit(event), Qt.Key(event.key())
        index = self.currentIndex()
        if figure and index.column() >= BEFORE:
            self._digit(index, figure)
        elif key in EMPTY and index.column() >= BEFORE:
            self._put(index, None)
            self._fresh = True
        elif key in ENTER:
            self._enter(index)
        elif key == Qt.Key.Key_Left and index.column() <= BEFORE:
            return
        else:
            super().keyPressEvent(event)

    def _digit(self, index: QModelIndex, figure: str) -> None:
        known = self._known(index)
        number = int(figure) if self._fresh or known is None else known * 10 + int(figure)
        self._fresh = False
        self._put(index, number if number <= MOST else int(figure))

    def _known(self, index: QModelIndex) -> int | None:
        row: Points = self.rows.row(index)
        return row.before if index.column() == BEFORE else row.after

    def _put(self, index: QModelIndex, points: int | None) -> None:
        key = self.rows.row(index).id
        at = next(at for at, row in enumerate(self.points) if row.id == key)
        row = self.points[at]
        first = index.column() == BEFORE
        self.points[at] = replace(row, before=points) if first else replace(row, after=points)
        self.rows.refresh()
        self.changed.emit()

    def _enter(self, index: QModelIndex) -> None:
        """The next trainee; after the last one the other quiz, then done."""
        last = self.rows.rowCount() - 1
        if index.row() < last:
            self.setCurrentIndex(self.rows.index(index.row() + 1, max(BEFORE, index.column())))
        elif index.column() < AFTER and last >= 0:
            self.setCurrentIndex(self.rows.index(0, AFTER))
        else:
            self.done.emit()


class QuizDialog(Dialog):
    """Points before and after; `saved` once they are stored as one step."""

    saved = Signal()

    def __init__(self, parent: QWidget | None, bridge: Bridge, session: SessionLine) -> None:
        day = formats.day(session.held_on, lang(), year=True)
        super().__init__(parent, tr("Type the quiz"), f"{session.course} · {day}")
        self.bridge, self.session = bridge, session
        known = quiz_rows(bridge.reader, session.id)
        self.table = QuizTable(bridge, [_points(row) for row in known])
        self.table.retranslate(tr("Points of the quiz"))
        self.out_of = Asked(tr("Points at most"), _out_of)
        most = known[0].out_of if known else 10
        self.out_of.put(most, str(most))
        self.out_of.setMaximumWidth(140)
        self.state = label(ink="muted")
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(tr("Digits write, Enter goes on, ← → the other quiz, Backspace empties."))
        top = QHBoxLayout()
        top.addWidget(self.out_of)
        top.addStretch(1)
        top.addWidget(self.state)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.complaint)
        self.body.addWidget(hint)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        self.save.setDefault(False)  # Enter goes on to the next trainee
        self.save.setAutoDefault(False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save, why=lambda: "" if known else tr("Nobody is enrolled yet"))
        self.table.done.connect(self.save.click)
        self.table.changed.connect(self._say)
        self.chosen.connect(self._chosen)
        self.resize(560, 280 + 28 * max(4, min(12, len(known))))
        self._say()
        self.table.setFocus()

    def _say(self) -> None:
        both = sum(
            1 for row in self.table.points if row.before is not None and row.after is not None
        )
        self.state.setText(ntr("{n} took both", "{n} took both", both))

    def command(self) -> TypeQuiz:
        """What saving comes to."""
        rows = tuple((row.id, row.before, row.after) for row in self.table.points)
        return TypeQuiz(self.session.id, self.out_of.value, rows)

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        said = self.out_of.wrong
        if not said:
            try:
                self.bridge.project.execute(self.command())
            except UserError as error:
                said = show(error.message)
        if said:
            self.complaint.setText(said)
            self.complaint.show()
            return
        self.accept()
        self.saved.emit()


def _points(row: QuizRow) -> Points:
    return Points(row.id, row.name, row.before, row.after)


def _text(points: int | None) -> str:
    return "" if points is None else formats.number(points, lang())


def _out_of(text: str) -> int:
    found = parse_whole(text, 1, MOST)
    if found is None:
        raise UserError(N_("Type how many points there are at most."))
    return found
