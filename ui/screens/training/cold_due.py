"""Sessions whose trainees are to be asked after three months, or reminded a week later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.training.evaluations import COLD_AFTER, REMIND_AFTER, ColdDue, NoteCold
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.scroll import Scroll
from ui.widgets.section import ElidedLink, cleared
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from ui.bridge import Bridge

ROW, MOST_ROWS = 26, 4
MOST = 20  # sessions listed, the oldest first


class ColdTile(Tile):
    """A line a session: when it is due, what was answered, and a link that notes it as done."""

    forms_asked = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._due: Sequence[ColdDue] = ()
        self.set_why("training.cold_due")
        self._inside = QWidget()
        self._inside.setProperty("role", "page")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        self._area = Scroll(self._inside)
        self.nothing = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self._area)
        self.body.addWidget(self.nothing)
        for signal in (bridge.saved, bridge.project_changed):
            signal.connect(self._fill)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.set_title(tr("To ask after three months"))
        self.nothing.setText(
            tr(
                "Nothing is due: trainees are asked {ask} days after a session and reminded"
                " {remind} days after.",
                ask=COLD_AFTER,
                remind=REMIND_AFTER,
            )
        )
        self._fill()

    def show_due(self, due: Sequence[ColdDue]) -> None:
        """Show what is due."""
        self._due = due
        self._fill()

    def _fill(self) -> None:
        cleared(self._grid)
        self._area.setVisible(bool(self._due))
        self.nothing.setVisible(not self._due)
        count = len(self._due)
        self.set_caption(ntr("{n} session", "{n} sessions", count) if count else "")
        self._area.setFixedHeight(min(MOST_ROWS, max(1, count)) * ROW)
        for at, one in enumerate(self._due[:MOST]):
            self._row(at, one)
        if count > MOST:
            more = label(theme.CAPTION, ink="muted")
            more.setText(ntr("and {n} more", "and {n} more", count - MOST))
            self._grid.addWidget(more, MOST, 0)

    def _row(self, at: int, one: ColdDue) -> None:
        reason = self.bridge.why_not_edit()
        name = ElidedLink(f"{formats.day(one.held_on, lang(), year=True)} · {one.course}")
        name.setToolTip(tr("Type the forms that came back"))
        name.clicked.connect(lambda: self.forms_asked.emit(one.session_id))
        answered = label(theme.CAPTION, ink="muted", right=True)
        answered.setText(tr("{n} of {asked} answered", n=one.answered, asked=one.asked))
        due = label(theme.CAPTION, ink="alert", right=True)
        day = formats.day(one.due_on, lang())
        due.setText(tr("remind since {day}", day=day) if one.remind else tr("since {day}", day=day))
        words = tr("Note the reminder") if one.remind else tr("Note as asked")
        done = link_button(words, size=theme.CAPTION)
        done.setAccessibleName(f"{words}: {name.text()}")
        done.clicked.connect(lambda: self._note(one))
        set_reason(done, reason)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(answered, at, 1)
        self._grid.addWidget(due, at, 2)
        self._grid.addWidget(done, at, 3, Qt.AlignmentFlag.AlignRight)

    def _note(self, one: ColdDue) -> None:
        self.bridge.execute(NoteCold((one.session_id,), self.bridge.today, one.remind))
