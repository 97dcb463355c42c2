"""Into which session: those to come, with the seats that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.training.room import SessionLine, session_lines
from crm_pilot.training.rules import places_open
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.screens.training.wish import Wish


class SessionChoice(QWidget):
    """A list of sessions; `chosen` when another one is, `new_asked` for one that is not planned."""

    chosen = Signal()
    new_asked = Signal()

    def __init__(self, bridge: Bridge, wish: Wish) -> None:
        super().__init__()
        self._lines = {row.id: row for row in offered(bridge, wish)}
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Session"))
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(40)
        for row in self._lines.values():
            self.box.addItem(session_text(row), row.id)
        self.box.setCurrentIndex(max(0, self.box.findData(wish.session_id)))
        self.box.activated.connect(lambda _: self.chosen.emit())
        self.none = label(ink="muted")
        self.none.setText(tr("No session to come teaches this yet."))
        self.none.setVisible(not self._lines)
        self.box.setVisible(bool(self._lines))
        self.new = link_button(tr("Plan a new session…"))
        self.new.clicked.connect(self.new_asked)
        into = label(theme.BODY, ink="muted")
        into.setText(tr("In"))
        into.setVisible(bool(self._lines))
        row_ = QHBoxLayout(self)
        row_.setContentsMargins(0, 0, 0, 0)
        row_.setSpacing(8)
        row_.addWidget(into)
        row_.addWidget(self.box, 1)
        row_.addWidget(self.none)
        row_.addWidget(self.new)
        if not self._lines:
            row_.addStretch(1)

    @property
    def key(self) -> int | None:
        """Id of the session chosen."""
        found: int | None = self.box.currentData()
        return found

    @property
    def line(self) -> SessionLine | None:
        """The session chosen."""
        return self._lines.get(self.key or 0)


def offered(bridge: Bridge, wish: Wish) -> list[SessionLine]:
    """The session asked for; else those to come that teach what is wanted, free seats first."""
    lines, today = session_lines(bridge.reader), bridge.today
    coming = [row for row in lines if row.held_on > today]
    if wish.session_id is not None:
        front = [row for row in lines if row.id == wish.session_id]
        return front + [row for row in coming if row.id != wish.session_id]
    taught = [row for row in coming if _teaches(bridge, row, wish)]
    return sorted(taught, key=lambda row: places_open(row.seats, row.enrolled) == 0)


def _teaches(bridge: Bridge, row: SessionLine, wish: Wish) -> bool:
    if wish.course_id is not None:
        return row.course_id == wish.course_id
    if wish.feature_id is not None:
        found = bridge.reader.value(
            "SELECT COUNT(*) FROM course_feature WHERE course_id = ? AND feature_id = ?",
            row.course_id,
            wish.feature_id,
        )
        return bool(found)
    return True


def session_text(row: SessionLine) -> str:
    """`1 Dec 2026 · Reports · Lille · 5 seats free`."""
    free = places_open(row.seats, row.enrolled)
    seats = ntr("{n} seat free", "{n} seats free", free) if free else tr("full")
    parts = (formats.day(row.held_on, lang(), year=True), row.course, row.place, seats)
    return " · ".join(part for part in parts if part)
