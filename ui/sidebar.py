"""The sidebar: project, rooms with Ctrl+1..9, and at the bottom the saved state in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from crm_pilot.i18n import N_, ntr, show, tr
from ui import theme
from ui.bridge import NO_PROJECT, Bridge
from ui.language import formats, lang
from ui.widgets.buttons import set_reason
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from crm_pilot.versions import Elsewhere, Place

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
    Room("adoption", N_("Adoption"), "adoption"),
    Room("people", N_("People"), "people"),
    Room("maintenance", N_("Maintenance"), "maintenance"),
    Room("committee", N_("Committee"), "committee"),
    Room("documents", N_("Documents"), "documents"),
)

OUTSIDE = {  # by kind of trouble with the file
    "changed": N_("Changed elsewhere"),
    "gone": N_("File not in its place"),
    "empty": N_("File empty for now"),
    "unreachable": N_("Folder out of reach"),
}


class State(QPushButton):
    """The saved state in up to three lines, with its mark; a click opens the dated copies."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setProperty("last", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        self._mark = QLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        self.line = label(theme.CAPTION, ink="muted", wrap=True)
        self.detail = label(theme.CAPTION, ink="muted", wrap=True)
        self.place = ElidedLabel(theme.CAPTION, ink="muted")
        for widget in (self.line, self.detail, self.place):
            words.addWidget(widget)
        words.addStretch(1)
        top = QVBoxLayout()
        top.addWidget(self._mark)
        top.addStretch(1)
        row.addLayout(top)
        row.addLayout(words, 1)

    def say(self, icon: str, token: str, line: str, detail: str, place: str) -> None:
        """Show these; an empty line is hidden."""
        self._mark.setPixmap(theme.pixmap(icon, token, 18) if icon else QPixmap())
        self.line.setText(line)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.place.set_whole(place)
        self.place.setVisible(bool(place))
        spoken = ", ".join(part for part in (line, detail, place) if part)
        self.setAccessibleName(spoken)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        box = self.layout()
        return box.minimumSize() if box is not None else super().minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return as well as the space bar."""
        from PySide6.QtCore import Qt  # its enums cost 20 ms: not before the first paint

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Sidebar(QFrame):
    """200 px at the left. `chosen(name)` asks for a room, `copies_asked` for the dated copies."""

    chosen = Signal(str)
    copies_asked = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setProperty("role", "sidebar")
        self.setFixedWidth(WIDTH)
        self._saving = False
        self._place: Place | None = None
        self._outside = ""  # marked words, when the file is not as we left it
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
        self.state = State()
        self.state.clicked.connect(self.copies_asked)
        column.addWidget(self.state)
        theme.switched().changed.connect(self.refresh_state)
        bridge.project_changed.connect(self._other_project)
        bridge.history_changed.connect(self.refresh_state)
        bridge.saved.connect(self._saved)

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
            set_reason(button, "" if open_ else tr(NO_PROJECT))
        self._name.setText(self.bridge.project.name if open_ else "CRM Pilot")
        self._caption.setText(self._counts() if open_ else tr("No project open"))
        if not open_:
            self.mark_room("")
        self.refresh_state()

    def _counts(self) -> str:
        from crm_pilot.stakeholders.queries import units
        from crm_pilot.stakeholders.terms import UnitKind

        reader = self.bridge.reader
        open_ = reader.value(  # interfaces are no users
            "SELECT count(*) FROM account WHERE closed_on IS NULL AND person_id IS NOT NULL"
        )
        groups = sum(1 for unit in units(reader, self.bridge.today) if unit.kind is UnitKind.GROUP)
        users = ntr("{n} user", "{n} users", open_) if open_ else tr("No account")
        return f"{users} · " + ntr("{n} group", "{n} groups", groups)

    def refresh_state(self) -> None:
        """The saved state in words."""
        icon, token, line, detail = self._words()
        self.state.say(icon, token, line, detail, self._where())
        closed = "" if self.bridge.has_project else tr(NO_PROJECT)
        set_reason(self.state, closed, self._explained())

    def _words(self) -> tuple[str, str, str, str]:
        if not self.bridge.has_project:
            return "", "muted", "", ""
        project = self.bridge.project
        if self._saving:
            return "save", "muted", tr("Saving…"), ""
        if self._outside and not project.read_only:
            return "warning", "watch", tr(self._outside), tr("your work is safe here")
        if project.read_only:
            holder = project.holder
            who = tr("open by {person}", person=holder.person) if holder else ""
            return "lock", "watch", tr("Read-only"), who
        check = project.last_check
        if check is not None and not check.good:
            return "warning", "alert", tr("Unsaved edits"), tr("the last check failed")
        if project.path is None:
            return "save", "muted", tr("Not saved yet"), tr("every edit is kept")
        if project.unsaved:
            return "save", "muted", tr("Unsaved edits"), tr("safe in the working copy")
        at = _saved_at(project.saved_at)
        count = len(project.copies())
        if check is None:
            return "save", "muted", at, ntr("{n} copy", "{n} copies", count) if count else ""
        passed = tr("last check passed").replace(" ", formats.NO_BREAK)  # breaks before it
        copies = ntr("{n} copy, {check}", "{n} copies, {check}", count, check=passed)
        return "check-circle", "good", at, copies if count else passed

    def _where(self) -> str:
        """The synced or shared place of the file."""
        if self._place is None or not self.bridge.has_project:
            return ""
        if self._place.network:
            return tr("on the network: {name}", name=self._place.name)
        return tr("in {name}", name=self._place.name)

    def _explained(self) -> str:
        """What was checked and when, where the file lies, and what a click does."""
        if not self.bridge.has_project:
            return ""
        from crm_pilot.checked import check_sentence

        project = self.bridge.project
        told = [show(check_sentence(project.last_check))] if project.last_check else []
        if project.path is not None:
            told.append(str(project.path))
        told.append(tr("Click for the copies and what changed in each."))
        return "\n".join(told)

    def set_place(self, place: Place | None) -> None:
        """Where the file lives was found out."""
        self._place = place
        self.refresh_state()

    def set_outside(self, found: Elsewhere | None) -> None:
        """Something happened to the file outside, or it is as we left it again."""
        self._outside = OUTSIDE.get(found.kind.value, "") if found is not None else ""
        self.refresh_state()

    def _saved(self) -> None:
        self._outside = ""
        self.refresh()

    def _other_project(self) -> None:
        self._place = None
        self._outside = ""
        self.refresh()

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


def _saved_at(moment: dt.datetime | None) -> str:
    """`Saved at 14:02`; the day instead when it was not today, for there is one line."""
    if moment is None:
        return tr("Saved")
    if moment.date() == dt.date.today():
        return tr("Saved at {time}", time=formats.clock(moment))
    return tr("Saved on {day}", day=formats.day(moment.date(), lang()))
