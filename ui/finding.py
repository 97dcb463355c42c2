"""What Ctrl+K offers and does: rooms, actions, everything of the project, what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from crm_pilot.findable import KINDS
from crm_pilot.i18n import N_, current, tr
from crm_pilot.index import Index
from crm_pilot.search import ACTION, ROOM, Choice, Found, Hit, Part, fixed, search
from crm_pilot.search import chosen_lately as still_there
from ui.actions import ACTIONS, Spec
from ui.bridge import NO_PROJECT
from ui.sidebar import ROOMS

if TYPE_CHECKING:
    from ui.main_window import MainWindow

RECENT = "recent"
REMEMBERED = 8  # choices, of the program and of each project
PROJECTS = 12  # whose choices are remembered
KIND = {kind.table: kind for kind in KINDS}
ICONS = {
    "task": "plan",
    "person": "people",
    "department": "people",
    "stakeholder": "stakeholders",
    "lateral_project": "stakeholders",
    "training_session": "training",
    "course": "training",
    "ticket": "maintenance",
    "feature": "adoption",
    "passage": "adoption",
    "support": "adoption",
    "decision": "check-circle",
    "risk": "warning",
    "highlight": "star",
    "committee": "committee",
    "budget_line": "charter",
    "committee_action": "check",
    "problem": "close",
    "agenda_item": "committee",
    "raci_item": "people",
}
CHOICES = {"theme": N_("Theme: {name}"), "language": N_("Language: {name}")}


class Look(NamedTuple):
    """How a result is shown: icon, keys, and why it cannot be opened now (empty: it can)."""

    icon: str
    keys: str = ""
    reason: str = ""


class Finding(QObject):
    """Belongs to one window, whose actions are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._bridge = window, window.bridge
        self._actions = window.actions_
        self._index: Index | None = None
        self._fixed: list[Part] = []
        self._unsaved: list[str] = []  # choices in a project that has no file yet
        self._bridge.project_changed.connect(self._forget)
        self._bridge.language_changed.connect(self._forget)

    def _forget(self) -> None:
        self._index = None
        self._unsaved = []

    # finding ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look at rooms and actions as they are now; to be called before the palette is shown."""
        self._fixed = [
            fixed(ROOM, [(room.name, tr(room.title), "") for room in ROOMS]),
            fixed(ACTION, [(s.id, self._text(s), "") for s in ACTIONS if s.id != "palette"]),
        ]
        if self._index is None and self._bridge.has_project:
            self._index = Index(self._bridge.reader, current())

    def _text(self, spec: Spec) -> str:
        text = self._actions.by_id[spec.id].text().rstrip("…")
        kind = spec.choice.partition(":")[0]
        return tr(CHOICES[kind], name=text) if kind else text

    def step(self) -> bool:
        """Read on for a few milliseconds; True when everything can be found."""
        return self._index is None or self._index.step()

    @property
    def _parts(self) -> list[Part]:
        return [*self._fixed, *(self._index.parts if self._index is not None else ())]

    def find(self, typed: str) -> Found:
        """What fits; when nothing is typed, what was chosen lately and the rooms."""
        if typed.strip():
            return search(self._parts, typed, self._recent())
        groups = ((RECENT, still_there(self._parts, self._recent())[:REMEMBERED]),)
        rooms = tuple(hit for hit in search(self._fixed[:1], "").hits)
        return Found(tuple(group for group in (*groups, (ROOM, rooms)) if group[1]), 0)

    def heading(self, kind: str) -> str:
        """The name of a group of results."""
        ours = {RECENT: N_("Recent"), ROOM: N_("Rooms"), ACTION: N_("Actions")}
        return tr(ours[kind] if kind in ours else KIND[kind].title)

    def look(self, hit: Hit) -> Look:
        """How a result is shown."""
        if hit.kind == ROOM:
            place, room = next((n, r) for n, r in enumerate(ROOMS, 1) if r.name == hit.key)
            keys = QKeySequence(f"Ctrl+{place}").toString(QKeySequence.SequenceFormat.NativeText)
            return Look(room.icon, keys, "" if self._bridge.has_project else tr(NO_PROJECT))
        if hit.kind == ACTION:
            spec = next(spec for spec in ACTIONS if spec.id == hit.key)
            shortcut = self._actions.by_id[spec.id].shortcut()
            keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            return Look(spec.icon, keys, self._actions.reason(spec))
        return Look(ICONS[hit.kind])

    # choosing --------------------------------------------------------------------------------

    def open(self, hit: Hit) -> None:
        """Carry out an action, open a room, or show a thing in its room."""
        self._remember(hit)
        if hit.kind == ACTION:
            self._actions.by_id[str(hit.key)].trigger()
        elif hit.kind == ROOM:
            self._window.show_screen(str(hit.key))
        else:
            self._window.go(KIND[hit.kind].room, hit.kind, int(hit.key))

    @property
    def _place(self) -> str:
        """Under which the choices in this project are kept; empty: it has no file."""
        path = self._bridge.project.path if self._bridge.has_project else None
        return str(path) if path is not None else ""

    def _recent(self) -> list[Choice]:
        kept = self._bridge.settings.found
        things = kept.get(self._place, []) if self._place else self._unsaved
        return [choice for text in (*things, *kept.get("", [])) for choice in _choice(text)]

    def _remember(self, hit: Hit) -> None:
        text = f"{hit.kind}:{hit.key}"
        kept = self._bridge.settings.found
        if hit.kind in KIND and not self._place:
            self._unsaved = _first(text, self._unsaved)
            return
        place = self._place if hit.kind in KIND else ""
        mine = _first(text, kept.pop(place, []))
        while len(kept) >= PROJECTS:
            kept.pop(next(name for name in kept if name))
        kept[place] = mine  # the last used project stands last


def _first(text: str, known: list[str]) -> list[str]:
    return [text, *(one for one in known if one != text)][:REMEMBERED]


def _choice(text: str) -> list[Choice]:
    """A remembered choice; nothing when the settings hold something else."""
    kind, _, key = str(text).partition(":")
    if kind in (ROOM, ACTION):
        return [(kind, key)]
    return [(kind, int(key))] if kind in KIND and key.isdigit() else []
