"""What is wrong with the selected session: a sentence each, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, show, tr
from crm_pilot.training.clashes import Clash, ClashKind
from ui import theme
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.empty import EmptyState
from ui.widgets.scroll import Scroll
from ui.widgets.section import cleared
from ui.widgets.text import label, rule

if TYPE_CHECKING:
    from crm_pilot.training.room import SessionLine
    from ui.bridge import Bridge

DAYS = (ClashKind.HOLIDAY, ClashKind.CLOSURE, ClashKind.WEEKEND)
TRAINER = (ClashKind.TRAINER_ABSENT, ClashKind.TRAINER_TWICE, ClashKind.NO_TRAINER)
TRAINEE = (ClashKind.TRAINEE_ABSENT, ClashKind.TRAINEE_TWICE, ClashKind.DUPLICATE)
MOVE, OTHER, OUT, SEATS, GO = "move", "trainer", "out", "seats", "go"
WORDS = {
    MOVE: N_("Hold it on another day"),
    OTHER: N_("Choose another trainer"),
    OUT: N_("Take them out of this session"),
    SEATS: N_("Change the seats"),
    GO: N_("Show the other session"),
}


def deeds(clash: Clash) -> tuple[str, ...]:
    """What can be done about a clash, the usual thing first."""
    if clash.kind in DAYS:
        return (MOVE,)
    if clash.kind in TRAINER:
        made = (OTHER, MOVE) if clash.kind is not ClashKind.NO_TRAINER else (OTHER,)
    elif clash.kind in TRAINEE:
        made = (OUT,)
    else:
        return (SEATS,)
    return (*made, GO) if clash.other_id is not None else made


class ClashPanel(QWidget):
    """The clashes of one session; `wanted(deed, clash)` tells what is to be done."""

    wanted = Signal(str, object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.clashes: Sequence[Clash] = ()
        self.links: list[QPushButton] = []
        self.empty = EmptyState("check-circle", small=True)
        inside = QWidget()
        inside.setProperty("role", "page")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(8)
        self._area = Scroll(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area, 1)
        column.addWidget(self.empty, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.empty.set_texts(
            tr("No clash"),
            tr("No holiday, absence or double booking, and no more trainees than seats."),
        )
        self._fill()

    def show_clashes(self, session: SessionLine | None, clashes: Sequence[Clash]) -> None:
        """Show what is wrong with a session."""
        self.clashes = clashes if session is not None else ()
        self._fill()

    def _fill(self) -> None:
        cleared(self._rows)
        self.links = []
        self._area.setVisible(bool(self.clashes))
        self.empty.setVisible(not self.clashes)
        for place, clash in enumerate(self.clashes):
            if place:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._made(clash))
        self._rows.addStretch(1)

    def _made(self, clash: Clash) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        sign = QLabel()
        sign.setPixmap(theme.pixmap("warning", "alert", 16))
        sign.setFixedWidth(18)
        words = QVBoxLayout()
        words.setSpacing(2)
        says = label(wrap=True)
        says.setText(show(clash.what))
        words.addWidget(says)
        links = QHBoxLayout()
        links.setSpacing(12)
        for deed in deeds(clash):
            links.addWidget(self._link(deed, clash, says.text()))
        links.addStretch(1)
        words.addLayout(links)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return made

    def _link(self, deed: str, clash: Clash, says: str) -> QPushButton:
        link = link_button(tr(WORDS[deed]), size=theme.CAPTION)
        link.setAccessibleName(f"{tr(WORDS[deed])}: {says}")
        link.clicked.connect(lambda: self.wanted.emit(deed, clash))
        if deed != GO:
            set_reason(link, self.bridge.why_not_edit())
        self.links.append(link)
        return link
