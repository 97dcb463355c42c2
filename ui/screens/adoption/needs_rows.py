"""What departments need: by reason, with what would help, and whom it concerns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_pilot.adoption.needs import Need
from crm_pilot.adoption.terms import NEED_REASONS, NeedReason
from crm_pilot.folding import folded
from crm_pilot.i18n import ntr, show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import Guard, link_button
from ui.widgets.fields import TextArea
from ui.widgets.section import cleared
from ui.widgets.text import ElidedLabel, label, rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.bridge import Bridge

COUNT = 84  # width of “12 of 44”
NAMES = 118  # greatest height of the list of names
ON_A_LINE = 24  # names
SHOWN = 6  # departments of a reason; with as many more a link unfolds them


class NeedRow(QWidget):
    """A department with the same need as others. `asked(need, what)`: case, train."""

    asked = Signal(object, str)

    def __init__(self, bridge: Bridge, need: Need) -> None:
        super().__init__()
        self.need = need
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(12)
        self.name, self.count = ElidedLabel(), label(right=True)
        self.name.set_whole(self.department)
        self.count.setText(
            tr("{n} of {all}", n=formats.number(need.accounts, lang()),
               all=formats.number(need.of, lang()))
        )  # fmt: skip
        self.count.setFixedWidth(COUNT)
        self.case, self.train = link_button(size=theme.CAPTION), link_button(size=theme.CAPTION)
        self.case.setText(tr("Note a case"))
        self.train.setText(tr("Its training"))
        row.addWidget(self.name, 1)
        row.addWidget(self.count)
        for button, what in ((self.case, "case"), (self.train, "train")):
            button.setAccessibleName(f"{button.text()}: {self.department}")
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(need, what))
            row.addWidget(button)
        self.guard = Guard(bridge, self)
        self.guard.add(self.case)
        reason = tr(NEED_REASONS[need.reason])
        self.setAccessibleName(f"{self.department}: {reason}, {self.count.text()}")

    @property
    def department(self) -> str:
        """The department, or the small ones together."""
        return self.need.department or tr("Small departments together")


class NeedList(QWidget):
    """Departments under the reason they share, with what would help said once."""

    asked = Signal(object, str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.bridge = bridge
        self.rows: list[NeedRow] = []
        self.folds: dict[NeedReason, QPushButton] = {}
        self.open: set[NeedReason] = set()  # reasons of which every department is shown
        self._found: Sequence[Need] = ()
        self._known: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)

    def show_needs(self, found: Sequence[Need]) -> None:
        """Show these; nothing is built anew while they stay the same."""
        known = (tuple(found), lang())
        if known != self._known:
            self._found, self._known = found, known
            self._draw()

    def _draw(self) -> None:
        """Departments by reason; a hairline between two reasons."""
        found = self._found
        cleared(self._column)
        self.rows, self.folds = [], {}
        for reason in NeedReason:
            same = [need for need in found if need.reason is reason]
            if not same:
                continue
            if self.rows:
                self._column.addSpacing(8)
                self._column.addWidget(rule())
                self._column.addSpacing(8)
            self._head(reason, same)
            few = len(same) <= 2 * SHOWN
            for need in same if few or reason in self.open else same[:SHOWN]:
                row = NeedRow(self.bridge, need)
                row.asked.connect(self.asked)
                self.rows.append(row)
                self._column.addWidget(row)
            if not few:
                self._fold(reason, len(same) - SHOWN)
        self._column.addStretch(1)

    def _fold(self, reason: NeedReason, more: int) -> None:
        """The link to the departments that are not shown, or back."""
        text = ntr("{n} more department", "{n} more departments", more)
        if reason in self.open:
            text = tr("Fewer departments")
        made = link_button(text, size=theme.CAPTION)
        made.setAccessibleName(f"{text}: {tr(NEED_REASONS[reason])}")
        made.clicked.connect(lambda: self._switch(reason))
        self.folds[reason] = made
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _switch(self, reason: NeedReason) -> None:
        self.open ^= {reason}
        self._draw()
        self.folds[reason].show()  # a hidden link takes no keyboard
        self.folds[reason].setFocus()

    def _head(self, reason: NeedReason, same: Sequence[Need]) -> None:
        title, note = label(bold=True), label(theme.CAPTION, ink="muted", wrap=True)
        count = sum(need.accounts for need in same)
        title.setText(
            tr("{reason}: {n}", reason=tr(NEED_REASONS[reason]), n=formats.number(count, lang()))
        )
        note.setText(show(same[0].suggestion))
        self._column.addWidget(title)
        self._column.addWidget(note)
        self._column.addSpacing(4)


class Names(TextArea):
    """Names by reason, in the order of the alphabet: to read, to scroll and to copy. Many names
    stand on a line for each initial; a label that wraps thousands of them would stop the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setMinimumHeight(NAMES // 2)
        self.setMaximumHeight(NAMES)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_names(self, names: Mapping[NeedReason, Sequence[str]]) -> None:
        """Show these; the place stays while they are the same."""
        lines = []
        for reason, some in names.items():
            count = formats.number(len(some), lang())
            head = tr("{reason}: {n}", reason=tr(NEED_REASONS[reason]), n=count)
            lines += [head, *_lines(some)]
        text = "\n".join(lines)
        if text != self.text():
            self.setPlainText(text)
        self.setAccessibleName(tr("Who they are"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, NAMES // 2)

    def text(self) -> str:
        """What stands here."""
        return self.toPlainText()


def _lines(names: Sequence[str]) -> list[str]:
    """All on a line, or on one for each initial where they are many."""
    if len(names) <= ON_A_LINE:
        return [", ".join(names)]
    return [", ".join(some) for _, some in groupby(names, key=lambda name: folded(name[:1]))]


def counts_line(parts: Sequence[tuple[str, str]]) -> QWidget:
    """Key figures side by side: number (20/600) over its name."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    for number, name in parts:
        column = QVBoxLayout()
        column.setSpacing(0)
        figure, words = label(theme.TITLE, bold=True), label(theme.CAPTION, ink="muted", wrap=True)
        figure.setText(number)
        words.setText(name)
        column.addWidget(figure)
        column.addWidget(words)
        column.addStretch(1)
        row.addLayout(column, 1)
    return made
