"""The selected session: its trainees, or its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.language import formats, lang
from ui.screens.training.model import session_fields
from ui.screens.training.trainees import TraineesPanel
from ui.widgets.buttons import segmented
from ui.widgets.form import Form
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from crm_pilot.training.queries import SessionRow
    from ui.bridge import Bridge


class SessionPanel(QWidget):
    """One session: heading, a switch, and trainees or form below."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.session: SessionRow | None = None
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.caption = ElidedLabel(theme.CAPTION, ink="muted")
        self.switch = segmented(("trainees", "session"))
        self.switch.chosen.connect(self._switched)
        self.trainees = TraineesPanel(bridge)
        self.form = Form(bridge, "training_session", session_fields(bridge))
        scroll = Scroll()
        self.form.setProperty("role", "page")
        self.form.setContentsMargins(0, 0, 8, 0)
        scroll.setWidget(self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.trainees)
        self._stack.addWidget(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.caption)
        column.addWidget(self.switch)
        column.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.switch.set_texts((tr("Trainees"), tr("Session")))
        self.trainees.retranslate()
        self.form.retranslate()
        self._say()

    def show_session(self, session: SessionRow | None) -> None:
        """Show a session, or that there is none."""
        self.session = session
        self.trainees.show_session(session)
        self.form.show_row(session)
        self._say()

    def _say(self) -> None:
        row = self.session
        if row is None:
            self.heading.set_whole("")
            self.caption.set_whole("")
            return
        self.heading.set_whole(row.course)
        parts = [formats.day(row.held_on, lang(), year=True), row.begins, row.place]
        parts.append(tr("{enrolled} of {seats} seats", enrolled=row.enrolled, seats=row.seats))
        self.caption.set_whole(" · ".join(part for part in parts if part))

    def show_trainees(self) -> None:
        """Show the trainees and put the cursor there."""
        self.switch.set_value("trainees")
        self._switched("trainees")
        self.trainees.table.setFocus()

    def _switched(self, value: str) -> None:
        if value == "trainees":
            self.form.commit()
        self._stack.setCurrentIndex(0 if value == "trainees" else 1)
