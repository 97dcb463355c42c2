"""The warning signs, one on a row: verdict, what was found, rule, source, what one can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.governance.entry import Check, CheckTask, Verdict
from crm_pilot.i18n import ntr, show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import Guard, link_button
from ui.widgets.section import cleared
from ui.widgets.text import label, rule
from ui.widgets.verdicts import SIGNS
from ui.widgets.why import WhyButton, answers, show_why

if TYPE_CHECKING:
    from ui.bridge import Bridge

VERDICT = 92  # least width of the word: rows stand in line
LINKS = 150
TITLE = 420  # least width of a title, where it needs as much
GAP = 10


class SignRow(QWidget):
    """One sign. Its links are `asked(check, what)`: show, plan, snooze, wake; `task(id)` for a
    task planned because of it."""

    asked = Signal(object, str)
    task = Signal(int)

    def __init__(self, bridge: Bridge, check: Check) -> None:
        super().__init__()
        self.bridge, self.check = bridge, check
        self.guard = Guard(bridge, self)
        self.links: list[QPushButton] = []
        self.tasks: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 7, 0, 7)
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(2, 1)
        self._build_verdict(grid)
        self._build_words(grid)
        self._build_links(grid)
        self.setAccessibleName(f"{self.word.text()}: {self.title.text()}")
        self.setAccessibleDescription(self.data.text())

    def _build_verdict(self, grid: QGridLayout) -> None:
        icon, token, word = SIGNS[self.check.verdict]
        if self.check.grave and self.check.verdict is Verdict.WARN:
            token = "alert"
        self.sign, self.word = QLabel(), label(bold=True)
        self.sign.setPixmap(theme.pixmap(icon, token, 16))
        self.word.setText(tr("Alert") if token == "alert" else tr(word))
        self.word.setMinimumWidth(VERDICT)
        for column, widget in enumerate((self.sign, self.word)):
            grid.addWidget(widget, 0, column, Qt.AlignmentFlag.AlignTop)

    def _build_words(self, grid: QGridLayout) -> None:
        check = self.check
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        self.title, self.data = label(bold=True, wrap=True), label(wrap=True)
        self.title.setText(show(check.title))
        wide = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        self.title.setMinimumWidth(min(wide, TITLE))  # a wrapping label asks for far less
        self.data.setText(show(check.data))
        self.why = WhyButton()
        self.why.say(show(check.title))
        self.why.clicked.connect(self._explain)
        head.addWidget(self.title, 0)
        head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.data)
        self.notes = [self._note(text) for text in self._lines()]
        for note in self.notes:
            column.addWidget(note)
        for planned in check.tasks:
            column.addWidget(self._task(planned), 0, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(column, 0, 2)

    def _note(self, text: str) -> QLabel:
        made = label(theme.CAPTION, ink="muted", wrap=True)
        made.setText(text)
        return made

    def _lines(self) -> list[str]:
        """What stands below the data: why it rests, the advice, the rule, where it comes from."""
        check = self.check
        found = []
        if check.snooze is not None:
            found.append(self._rest())
        if check.verdict is Verdict.WARN:
            found.append(tr("Suggested: {action}", action=show(check.action)))
        found.append(tr("Rule: {rule}", rule=show(check.says)))
        origin = [show(check.source)]
        if check.period is not None:
            origin.append(show(check.period))
        if check.changed:
            origin.append(tr("threshold changed by you"))
        found.append(" · ".join(origin))
        return found

    def _rest(self) -> str:
        snooze = self.check.snooze
        assert snooze is not None
        if snooze.until is None:
            return tr("Snoozed for good: {reason}", reason=snooze.reason)
        last = formats.day(snooze.until, lang(), year=True)
        return tr("Snoozed until {day}: {reason}", day=last, reason=snooze.reason)

    def _task(self, planned: CheckTask) -> QPushButton:
        when = formats.day(planned.finish, lang(), year=True) if planned.finish else "–"
        state = tr("done") if planned.percent >= 100 else when
        text = tr("In the plan: {title}, {state}", title=planned.title, state=state)
        made = link_button(text.replace("&", "&&"), size=theme.CAPTION)
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self.task.emit(planned.id))
        self.tasks.append(made)
        return made

    def _build_links(self, grid: QGridLayout) -> None:
        box = QWidget()  # an empty layout would take its gap away
        box.setMinimumWidth(LINKS)
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        verdict = self.check.verdict
        if verdict is not Verdict.SNOOZED:
            self._link("show", tr("Show it"), tr("Show: {check}"), edits=False)
        if verdict is Verdict.WARN:
            self._link("plan", tr("Plan an action…"), tr("Plan an action: {check}"))
            self._link("snooze", tr("Snooze…"), tr("Snooze: {check}"))
        if verdict is Verdict.SNOOZED:
            self._link("wake", tr("Wake up"), tr("Wake up: {check}"))
        self._column.addStretch(1)
        grid.addWidget(box, 0, 3)

    def _link(self, what: str, text: str, name: str, *, edits: bool = True) -> None:
        made = link_button(text, size=theme.CAPTION)
        made.setAccessibleName(name.replace("{check}", show(self.check.title)))
        made.setObjectName(what)
        made.clicked.connect(lambda: self.asked.emit(self.check, what))
        if edits:
            self.guard.add(made)
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.links.append(made)

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, in reading order."""
        return [self.why, *self.tasks, *self.links]

    def _explain(self) -> None:
        key = f"committee.{self.check.key}"
        show_why(self.why, show(self.check.title), answers(self, (key,)))


class SignList(QWidget):
    """All signs; the snoozed ones are folded under a link that counts them."""

    asked = Signal(object, str)
    task = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setProperty("role", "page")
        self.rows: list[SignRow] = []
        self._known: tuple[object, ...] = ()
        self._checks: Sequence[Check] = ()
        self.open = False
        self.fold = link_button(size=theme.CAPTION)
        self.fold.setParent(self)
        self.fold.hide()
        self.fold.clicked.connect(self._switch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(0)
        theme.switched().changed.connect(self._draw)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these; nothing is built anew while they stay the same."""
        known = (tuple(checks), lang())
        if known != self._known:
            self._checks, self._known = checks, known
            self._draw()

    def _draw(self) -> None:
        self._column.removeWidget(self.fold)
        cleared(self._column)
        self.rows = []
        quiet = [check for check in self._checks if check.verdict is Verdict.SNOOZED]
        for check in self._checks:
            if check.verdict is not Verdict.SNOOZED:
                self._add(check)
        self.fold.setVisible(bool(quiet))
        if quiet:
            self._say_fold(len(quiet))
            self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
            for check in quiet if self.open else ():
                self._add(check)
        self._column.addStretch(1)

    def _say_fold(self, count: int) -> None:
        words = ntr("{n} snoozed sign", "{n} snoozed signs", count)
        self.fold.setText(words)
        icon = "chevron-down" if self.open else "chevron-right"
        theme.set_icon(self.fold, icon, "accent", 16)
        name = tr("Fold: {what}", what=words) if self.open else tr("Unfold: {what}", what=words)
        self.fold.setAccessibleName(name)

    def _add(self, check: Check) -> None:
        if self.rows:
            self._column.addWidget(rule())
        made = SignRow(self.bridge, check)
        made.asked.connect(self.asked)
        made.task.connect(self.task)
        self.rows.append(made)
        self._column.addWidget(made)

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, from top to bottom."""
        loud = [row for row in self.rows if row.check.verdict is not Verdict.SNOOZED]
        quiet = [row for row in self.rows if row.check.verdict is Verdict.SNOOZED]
        found: list[QWidget] = [stop for row in loud for stop in row.stops()]
        return [*found, self.fold, *(stop for row in quiet for stop in row.stops())]

    def _switch(self) -> None:
        self.open = not self.open
        self._draw()
        self.fold.setFocus()
