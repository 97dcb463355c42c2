"""What departments need: by reason, with what would help, and whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.adoption.needs import Need
from crm_pilot.adoption.terms import NEED_REASONS, NeedReason
from crm_pilot.i18n import show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import Guard, link_button
from ui.widgets.section import cleared
from ui.widgets.text import ElidedLabel, label, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.bridge import Bridge

COUNT = 84  # width of “12 of 44”


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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)

    def show_needs(self, found: Sequence[Need]) -> None:
        """Show these by reason; a hairline between two reasons."""
        cleared(self._column)
        self.rows = []
        for reason in NeedReason:
            same = [need for need in found if need.reason is reason]
            if not same:
                continue
            if self.rows:
                self._column.addSpacing(8)
                self._column.addWidget(rule())
                self._column.addSpacing(8)
            self._head(reason, same)
            for need in same:
                row = NeedRow(self.bridge, need)
                row.asked.connect(self.asked)
                self.rows.append(row)
                self._column.addWidget(row)
        self._column.addStretch(1)

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
