"""The selected session: its trainees, who waits, what clashes, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, show, tr
from ui import theme
from ui.screens.training.clash_list import ClashPanel
from ui.screens.training.session_facts import FactsPanel
from ui.screens.training.trainees import TraineesPanel
from ui.screens.training.waiting_list import WaitingPanel
from ui.screens.training.words import when_text
from ui.widgets.buttons import link_button, segmented
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from crm_pilot.training.clashes import Clash
    from crm_pilot.training.room import SessionLine
    from ui.bridge import Bridge

PAGES = ("trainees", "waiting", "clashes", "session")


class SessionPanel(QWidget):
    """One session: heading, the first clash, a switch, and a page below."""

    page_shown = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.session: SessionLine | None = None
        self.found: Sequence[Clash] = ()
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.caption = ElidedLabel(theme.CAPTION, ink="muted")
        self.switch = segmented(PAGES)
        self.switch.chosen.connect(self.show_page)
        self.trainees = TraineesPanel(bridge)
        self.waiting = WaitingPanel(bridge)
        self.clashes = ClashPanel(bridge)
        self.facts = FactsPanel(bridge)
        self._stack = QStackedWidget()
        for page in (self.trainees, self.waiting, self.clashes, self.facts):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.caption)
        column.addWidget(self._build_alert())
        column.addWidget(self.switch)
        column.addWidget(self._stack, 1)

    def _build_alert(self) -> QWidget:
        """The first clash, whatever page is shown."""
        self.alert = QWidget()
        row = QHBoxLayout(self.alert)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._sign = QLabel()
        self._said = ElidedLabel(bold=True)
        self.see = link_button(size=theme.CAPTION)
        self.see.clicked.connect(lambda: self.show_page("clashes"))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._said, 1)
        row.addWidget(self.see)
        self.alert.hide()
        theme.switched().changed.connect(self._draw)
        self._draw()
        return self.alert

    def _draw(self) -> None:
        self._sign.setPixmap(theme.pixmap("warning", "alert", 16))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.switch.setAccessibleName(tr("Page of the session"))
        for page in (self.trainees, self.waiting, self.clashes, self.facts):
            page.retranslate()
        self._say()

    def show_session(
        self,
        session: SessionLine | None,
        clashes: Sequence[Clash] = (),
        made_up: SessionLine | None = None,
    ) -> None:
        """Show a session with its clashes, or that there is none."""
        self.session, self.found = session, clashes
        self.trainees.show_session(session)
        self.waiting.show_session(session)
        self.clashes.show_clashes(session, clashes)
        self.facts.show_session(session, made_up)
        self._say()

    def _say(self) -> None:
        row = self.session
        waits, clashes = (row.listed if row else 0), len(self.found)
        self.switch.set_texts(
            (
                tr("Trainees"),
                tr("Waiting ({n})", n=waits) if waits else tr("Waiting"),
                tr("Clashes ({n})", n=clashes) if clashes else tr("Clashes"),
                tr("Session"),
            )
        )
        hidden = not clashes or self.switch.value == "clashes"
        self.alert.setVisible(not hidden)
        if clashes:
            self._said.set_whole(show(self.found[0].what))
            self.see.setText(ntr("See it", "See all {n}", clashes))
        if row is None:
            self.heading.set_whole("")
            self.caption.set_whole("")
            return
        self.heading.set_whole(row.course)
        seats = tr("{enrolled} of {seats} seats", enrolled=row.enrolled, seats=row.seats)
        parts = (when_text(row), row.place, seats)
        self.caption.set_whole(" · ".join(part for part in parts if part))

    def show_trainees(self) -> None:
        """Show the trainees and put the cursor there."""
        self.show_page("trainees")
        self.trainees.table.setFocus()

    def show_page(self, name: str) -> None:
        """Turn to one of the pages."""
        self.switch.set_value(name)
        self._stack.setCurrentIndex(PAGES.index(name))
        self._say()
        self.page_shown.emit(name)
