"""The sidebar: project, rooms with Ctrl+1..9, and at the bottom the saved state in words."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from crm_pilot.i18n import N_, ntr, tr
from ui import theme
from ui.bridge import Bridge
from ui.language import formats
from ui.widgets.text import label

WIDTH = 200


class Room(NamedTuple):
    """What the sidebar shows of a screen before it is imported."""

    name: str
    title: str  # marked
    icon: str


ROOMS = (
    Room("cockpit", N_("Cockpit"), "cockpit"),
    Room("planning", N_("Plan"), "plan"),
    Room("stakeholders", N_("Stakeholders"), "stakeholders"),
    Room("training", N_("Training"), "training"),
    Room("people", N_("People"), "people"),
    Room("maintenance", N_("Maintenance"), "maintenance"),
    Room("committee", N_("Committee"), "committee"),
)


class Sidebar(QFrame):
    """200 px at the left. `chosen(name)` asks for a room, `save_asked` for a save."""

    chosen = Signal(str)
    save_asked = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setProperty("role", "sidebar")
        self.setFixedWidth(WIDTH)
        self._saving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        self._name = label(bold=True, wrap=True)
        self._name.setContentsMargins(16, 0, 12, 0)
        self._caption = label(theme.CAPTION, ink="muted", wrap=True)
        self._caption.setContentsMargins(16, 2, 12, 12)
        column.addWidget(self._name)
        column.addWidget(self._caption)
        self._rooms: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for room in ROOMS:
            column.addWidget(self._room(room))
        column.addStretch(1)
        column.addLayout(self._state())
        bridge.project_changed.connect(self.refresh)
        bridge.history_changed.connect(self.refresh_state)
        bridge.saved.connect(self.refresh)

    def _room(self, room: Room) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "room")
        button.setCheckable(True)
        button.setIconSize(QSize(20, 20))
        theme.set_icon(button, room.icon, "muted", 20)
        button.clicked.connect(lambda: self.chosen.emit(room.name))
        self._group.addButton(button)
        self._rooms[room.name] = button
        return button

    def _state(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 0)
        row.setSpacing(8)
        self._mark = QLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        self._state_line = label(theme.CAPTION, ink="muted", wrap=True)
        self._detail_line = label(theme.CAPTION, ink="muted", wrap=True)
        words.addWidget(self._state_line)
        words.addWidget(self._detail_line)
        top = QVBoxLayout()
        top.addWidget(self._mark)
        top.addStretch(1)
        row.addLayout(top)
        row.addLayout(words, 1)
        theme.switched().changed.connect(self.refresh_state)
        return row

    def complete(self) -> None:
        """Add the keys Ctrl+1..9."""
        for place, room in enumerate(ROOMS, start=1):
            keys = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            keys.activated.connect(lambda name=room.name: self._by_key(name))

    def _by_key(self, name: str) -> None:
        if self._rooms[name].isEnabled():
            self.chosen.emit(name)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for place, room in enumerate(ROOMS, start=1):
            button = self._rooms[room.name]
            button.setText("  " + tr(room.title))
            button.setAccessibleName(tr(room.title))
            button.setToolTip(f"{tr(room.title)} (Ctrl+{place})")
        self.refresh()

    def refresh(self) -> None:
        """Name, caption and state of the open project."""
        open_ = self.bridge.has_project
        for button in self._rooms.values():
            button.setEnabled(open_)
        self._name.setText(self.bridge.project.name if open_ else "CRM Pilot")
        self._caption.setText(self._counts() if open_ else tr("No project open"))
        if not open_:
            self.mark_room("")
        self.refresh_state()

    def _counts(self) -> str:
        from crm_pilot.people.queries import accounts
        from crm_pilot.stakeholders.queries import units
        from crm_pilot.stakeholders.terms import UnitKind

        reader = self.bridge.reader
        users_of = (a for a in accounts(reader) if a.closed_on is None)
        open_ = sum(1 for a in users_of if a.person_id is not None)  # interfaces are no users
        groups = sum(1 for unit in units(reader, self.bridge.today) if unit.kind is UnitKind.GROUP)
        users = ntr("{n} user", "{n} users", open_)
        return f"{users} · " + ntr("{n} group", "{n} groups", groups)

    def refresh_state(self) -> None:
        """The saved state in words."""
        icon, token, line, detail = self._words()
        self._mark.setPixmap(theme.pixmap(icon, token, 18) if icon else QPixmap())
        self._state_line.setText(line)
        self._detail_line.setText(detail)
        self._detail_line.setVisible(bool(detail))

    def _words(self) -> tuple[str, str, str, str]:
        if not self.bridge.has_project:
            return "", "muted", "", ""
        project = self.bridge.project
        if self._saving:
            return "save", "muted", tr("Saving…"), ""
        if project.read_only:
            holder = project.holder
            who = tr("open by {person}", person=holder.person) if holder else ""
            return "lock", "watch", tr("Read-only"), who
        if project.path is None:
            return "save", "muted", tr("Not saved yet"), tr("every edit is kept")
        if project.unsaved:
            return "save", "muted", tr("Unsaved edits"), tr("safe in the working copy")
        moment = project.saved_at
        at = tr("Saved at {time}", time=formats.clock(moment)) if moment else tr("Saved")
        count = len(project.copies())
        copies = ntr("{n} copy · checked", "{n} copies · checked", count)
        return "check-circle", "good", at, copies if count else tr("checked")

    def set_saving(self, on: bool) -> None:
        """A save runs, or has ended."""
        self._saving = on
        self.refresh_state()

    def mark_room(self, name: str) -> None:
        """Show which room is open; empty marks none."""
        self._group.setExclusive(False)
        for known, button in self._rooms.items():
            button.setChecked(known == name)
            token = "accent" if known == name else "muted"
            icon = next(room.icon for room in ROOMS if room.name == known)
            theme.set_icon(button, icon, token, 20)
        self._group.setExclusive(True)
