"""What is known of a session: its half-days, room, trainer, seats and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.language import formats, lang
from ui.screens.training.words import euros, half_text, hours
from ui.widgets.buttons import Guard, link_button, quiet_button
from ui.widgets.scroll import Scroll
from ui.widgets.section import cleared
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.training.room import SessionLine
    from ui.bridge import Bridge


class FactsPanel(QWidget):
    """Facts of one session, and buttons that change or repeat it."""

    change_asked = Signal()
    again_asked = Signal()
    opened = Signal(int)  # another session

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.session: SessionLine | None = None
        self.change = quiet_button()
        self.change.clicked.connect(self.change_asked)
        self.again = quiet_button()
        self.again.clicked.connect(self.again_asked)
        Guard(bridge, self).add(self.change, self.again)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.change)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(buttons)
        outer.addWidget(Scroll(inside), 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.change.setText(tr("Change the session…"))
        self.again.setText(tr("Plan it again…"))
        self._fill()

    def show_session(self, session: SessionLine | None, made_up: SessionLine | None) -> None:
        """Show a session; `made_up` is the one it makes up."""
        self.session, self._made_up = session, made_up
        self._fill()

    _made_up: SessionLine | None = None

    def _fill(self) -> None:
        cleared(self._grid)
        row = self.session
        if row is None:
            return
        self._fact(tr("Half-days"), "\n".join(half_text(half) for half in row.halves))
        self._fact(tr("Length"), hours(row.length))
        self._fact(tr("Room"), row.place or "–")
        self._fact(tr("Trainer"), row.leader or "–")
        self._fact(tr("Seats"), self._seats(row))
        self._fact(tr("Cost"), self._cost(row))
        if self._made_up is not None:
            other = self._made_up
            day = formats.day(other.held_on, lang(), year=True)
            self._link(tr("Makes up"), f"{other.course}, {day}", other.id)
        if row.note:
            self._fact(tr("Note"), row.note)

    def _seats(self, row: SessionLine) -> str:
        taken = tr("{enrolled} of {seats} taken", enrolled=row.enrolled, seats=row.seats)
        waits = ntr("{n} waits", "{n} wait", row.listed) if row.listed else ""
        return ", ".join(part for part in (taken, waits) if part)

    def _cost(self, row: SessionLine) -> str:
        if row.costs is None:
            return tr("not known")
        heads = row.present or row.enrolled
        if not heads or not row.costs:
            return euros(row.costs)
        each = euros(row.costs / heads)
        return tr("{cost}, {each} per head", cost=euros(row.costs), each=each)

    def _named(self, title: str) -> int:
        line = self._grid.rowCount()
        named = label(theme.CAPTION, ink="muted")
        named.setText(title)
        self._grid.addWidget(named, line, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _fact(self, title: str, text: str) -> None:
        line = self._named(title)
        says = label(wrap=True)
        says.setText(text)
        says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(says, line, 1)

    def _link(self, title: str, text: str, key: int) -> None:
        line = self._named(title)
        link = link_button(text)
        link.clicked.connect(lambda: self.opened.emit(key))
        self._grid.addWidget(link, line, 1, Qt.AlignmentFlag.AlignLeft)
