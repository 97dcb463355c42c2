"""The checks of the order of entry, one on a row: verdict, rule, data, what one can do."""

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

from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.i18n import ntr, show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import Guard, link_button
from ui.widgets.text import label, rule
from ui.widgets.verdicts import SIGNS
from ui.widgets.why import WhyButton, answers, show_why

if TYPE_CHECKING:
    from ui.bridge import Bridge

LINKS = 264  # least width of the column of what one can do: the signs before it stand in line


class CheckRow(QWidget):
    """One check. `acted(check)`, `snoozed(check)` and `woken(check)` are its links."""

    acted = Signal(object)
    snoozed = Signal(object)
    woken = Signal(object)

    def __init__(self, bridge: Bridge, check: Check) -> None:
        super().__init__()
        self.bridge, self.check = bridge, check
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 5, 0, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(1, 1)  # the rule stays on the line of the verdict
        self._build_verdict(grid)
        self._build_words(grid)
        self._build_links(grid)
        verdict = tr(SIGNS[check.verdict][2])
        self.setAccessibleName(f"{verdict}: {show(check.says)}")
        self.setAccessibleDescription(self.data.text())

    def _build_verdict(self, grid: QGridLayout) -> None:
        icon, token, word = SIGNS[self.check.verdict]
        self.sign, self.word = QLabel(), label(bold=True)
        self.sign.setPixmap(theme.pixmap(icon, token, 16))
        self.word.setText(tr(word))
        self.word.setMinimumWidth(86)
        grid.addWidget(self.sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.word, 0, 1, Qt.AlignmentFlag.AlignTop)

    def _build_words(self, grid: QGridLayout) -> None:
        check = self.check
        words = QHBoxLayout()
        words.setSpacing(4)
        self.says, self.data = label(wrap=True), label(theme.CAPTION, ink="muted", wrap=True)
        self.says.setText(show(check.says))
        text = show(check.data)
        if check.snooze is not None:
            until = check.snooze.until
            last = tr("until {day}", day=formats.day(until, lang(), year=True)) if until else ""
            text = tr("{reason} ({data})", reason=check.snooze.reason, data=text)
            text = f"{text} · {last}" if last else text
        self.data.setText(text)
        self.why = WhyButton()
        self.why.say(show(check.title))
        self.why.clicked.connect(self._explain)
        words.addWidget(self.says, 1)
        words.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(words, 0, 2)
        grid.addWidget(self.data, 1, 2, Qt.AlignmentFlag.AlignTop)

    def _build_links(self, grid: QGridLayout) -> None:
        check = self.check
        box = QWidget()  # an empty layout would take its gap away
        box.setMinimumWidth(LINKS)
        links = QVBoxLayout(box)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(0)
        self.links: list[QPushButton] = []
        guard = Guard(self.bridge, self)
        if check.verdict in (Verdict.WARN, Verdict.UNKNOWN):
            act = link_button(show(check.action), size=theme.CAPTION)
            act.clicked.connect(lambda: self.acted.emit(check))
            links.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(act)
        if check.verdict is Verdict.WARN:
            rest = link_button(tr("Snooze…"), size=theme.CAPTION)
            rest.setAccessibleName(tr("Snooze: {check}", check=show(check.title)))
            rest.clicked.connect(lambda: self.snoozed.emit(check))
            guard.add(rest)
            links.addWidget(rest, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(rest)
        if check.verdict is Verdict.SNOOZED:
            wake = link_button(tr("Wake up"), size=theme.CAPTION)
            wake.setAccessibleName(tr("Wake up: {check}", check=show(check.title)))
            wake.clicked.connect(lambda: self.woken.emit(check))
            guard.add(wake)
            links.addWidget(wake, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(wake)
        links.addStretch(1)
        grid.addWidget(box, 0, 3, 2, 1)

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, in reading order."""
        return [self.why, *self.links]

    def _explain(self) -> None:
        asked = (f"committee.{self.check.key}",)
        show_why(self.why, show(self.check.title), answers(self, asked))


class CheckList(QWidget):
    """All checks; the snoozed ones are folded under a link that counts them."""

    acted = Signal(object)
    snoozed = Signal(object)
    woken = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setProperty("role", "page")
        self.rows: list[CheckRow] = []
        self._known: tuple[object, ...] = ()
        self._checks: Sequence[Check] = ()
        self.open = False
        self.fold = link_button(size=theme.CAPTION)
        self.fold.setParent(self)
        self.fold.hide()
        self.fold.clicked.connect(self._switch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        theme.switched().changed.connect(self._draw)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these; nothing is built anew while they stay the same."""
        known = (tuple(checks), lang())
        if known == self._known:
            return
        self._checks, self._known = checks, known
        self._draw()

    def _draw(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.fold:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        quiet = [check for check in self._checks if check.verdict is Verdict.SNOOZED]
        shown = [check for check in self._checks if check.verdict is not Verdict.SNOOZED]
        for check in shown:
            self._add(check)
        self.fold.setVisible(bool(quiet))
        if quiet:
            words = ntr("{n} snoozed check", "{n} snoozed checks", len(quiet))
            self.fold.setText(words)
            icon = "chevron-down" if self.open else "chevron-right"
            theme.set_icon(self.fold, icon, "accent", 16)
            self.fold.setAccessibleName(
                tr("Fold: {what}", what=words) if self.open else tr("Unfold: {what}", what=words)
            )
            self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
            for check in quiet if self.open else ():
                self._add(check)
        self._column.addStretch(1)

    def _add(self, check: Check) -> None:
        if self.rows:
            self._column.addWidget(rule())
        made = CheckRow(self.bridge, check)
        made.acted.connect(self.acted)
        made.snoozed.connect(self.snoozed)
        made.woken.connect(self.woken)
        self.rows.append(made)
        self._column.addWidget(made)

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, from top to bottom."""
        quiet = [row for row in self.rows if row.check.verdict is Verdict.SNOOZED]
        loud = [row for row in self.rows if row.check.verdict is not Verdict.SNOOZED]
        found: list[QWidget] = [stop for row in loud for stop in row.stops()]
        found += [self.fold, *(stop for row in quiet for stop in row.stops())]
        return found

    def _switch(self) -> None:
        self.open = not self.open
        self._draw()
        self.fold.setFocus()
