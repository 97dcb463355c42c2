"""Why figures of single users are not shown, and the way to what opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from crm_pilot.i18n import show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.governance.user_lock import Lock


class LockBand(QFrame):
    """A quiet band, hidden while the figures are open. `date_asked(title)` where the milestone
    has no day yet or is late, `milestone_asked(id)` where its day is still to come."""

    date_asked = Signal(str)
    milestone_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        self._picture = QLabel()
        self.title = label(bold=True)
        self.why = label(theme.CAPTION, wrap=True)
        self.link: QPushButton = link_button(size=theme.CAPTION)
        self.link.clicked.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.why)
        words.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._lock: Lock | None = None
        self._milestone = ""
        theme.switched().changed.connect(self._draw)
        self._draw()

    def show_lock(self, lock: Lock, milestone: str = "") -> None:
        """Say what is missing; `milestone` is the title of the one that decides."""
        self.setVisible(not lock.open)
        self._lock, self._milestone = lock, milestone
        self.title.setText(tr("Per-user view locked"))
        link = tr("Date the milestone")
        if not lock.milestone_id:
            said = tr("The plan has no works council milestone.")
        elif lock.day is None:
            said = tr("“{title}” has no date yet.", title=milestone)
        elif lock.late:
            day = formats.day(lock.day, lang(), year=True)
            said = tr("“{title}” of {day} is not reached.", day=day, title=milestone)
            link = tr("Say when it took place")
        else:
            day = formats.day(lock.day, lang(), year=True)
            said = tr("It opens on {day}, with “{title}”.", day=day, title=milestone)
            link = tr("Show the milestone")
        self.why.setText(said)
        self.link.setText(link)
        self.setToolTip(show(lock.why))
        self.setAccessibleName(f"{self.title.text()}: {show(lock.why)}")

    def _ask(self) -> None:
        lock = self._lock
        if lock is not None and lock.day is not None and lock.milestone_id and not lock.late:
            self.milestone_asked.emit(lock.milestone_id)
        else:
            self.date_asked.emit(self._milestone)

    def _draw(self) -> None:
        self._picture.setPixmap(theme.pixmap("lock", "text", 18))
