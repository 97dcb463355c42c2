"""A short list of the crossings: a link per row, what is said of it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.widgets.buttons import link_button
from ui.widgets.section import ElidedLink, Section, cleared
from ui.widgets.text import label
from ui.widgets.why import WhyButton, answers, show_why

MOST = 5  # rows before the rest is asked for


@dataclass(frozen=True)
class Line:
    """One row. `act` is the text of its second link, whose name tells a screen reader of whom;
    without one, what is said stands below the name."""

    name: str
    says: str
    open: Callable[[], None]
    act: str = ""
    do: Callable[[], None] | None = None


class ShortList(Section):
    """Five rows, the rest behind a link; `says_none` where there is none."""

    def __init__(self, key: str) -> None:
        self.why = WhyButton()
        super().__init__(right=self.why)
        self._key = key
        self._whole = False
        self._lines: Sequence[Line] = ()
        self._none = ""
        self.why.clicked.connect(self.explain)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(1)
        self._rows.setColumnStretch(0, 1)
        self.body.addLayout(self._rows)
        self.nobody = label(theme.CAPTION, ink="muted", wrap=True)
        self.more = link_button(size=theme.CAPTION)
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def explain(self) -> None:
        """Say why."""
        show_why(self.why, self.title.text(), answers(self, [self._key]))

    def show_lines(self, title: str, lines: Sequence[Line], none: str) -> None:
        """Title with its number, the rows, and what is said without any."""
        self.say(f"{title} ({len(lines)})" if lines else title)
        self.why.say(title)
        self._lines, self._none = lines, none
        self._fill()

    def _show_all(self) -> None:
        self._whole = not self._whole
        self._fill()

    def _fill(self) -> None:
        cleared(self._rows)
        shown = self._lines if self._whole else self._lines[:MOST]
        row = 0
        for line in shown:
            name, says, act = _widgets(line)
            if act is None:  # the words have a line of their own
                self._rows.addWidget(name, row, 0, 1, 3)
                self._rows.addWidget(says, row + 1, 0, 1, 3)
                row += 2
                continue
            for column, widget in enumerate((name, says, act)):
                self._rows.addWidget(widget, row, column)
            row += 1
        self.nobody.setText(self._none)
        self.nobody.setVisible(not self._lines)
        rest = len(self._lines) - MOST
        self.more.setVisible(rest > 0)
        self.more.setText(
            tr("Show fewer") if self._whole else ntr("and {n} more", "and {n} more", rest)
        )


def _widgets(line: Line) -> tuple[QWidget, QWidget, QWidget | None]:
    name = ElidedLink(line.name)
    name.clicked.connect(line.open)
    says = label(theme.CAPTION, ink="muted", right=line.do is not None, wrap=line.do is None)
    says.setText(line.says)
    if line.do is None:
        return name, says, None
    act = link_button(line.act, size=theme.CAPTION)
    act.setAccessibleName(f"{line.act}: {line.name}")
    act.clicked.connect(line.do)
    return name, says, act
