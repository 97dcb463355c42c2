"""All actions of the window, declared once: text, keys, icon, what they need, who carries them out.

The menus, the palette (Ctrl+K) and the list of keys are all made from this table. What cannot be
done now is grey and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from crm_pilot.i18n import N_, show, tr
from ui import theme
from ui.bridge import NO_PROJECT
from ui.widgets.buttons import set_reason

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.main_window import MainWindow

HISTORY_SHOWN = 20


@dataclass(frozen=True)
class Spec:
    """One action. `needs`: "" or one of `NEEDS`."""

    id: str
    text: str  # marked
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = ""
    choice: str = ""  # value of a checkable group: "theme:dark", "language:fr"


ACTIONS: tuple[Spec, ...] = (
    Spec("new", N_("New project…"), ("Ctrl+N",), "add"),
    Spec("open", N_("Open…"), ("Ctrl+O",), "folder"),
    Spec("demo", N_("Open the demonstration project"), (), "star"),
    Spec("save", N_("Save"), ("Ctrl+S",), "save", "save"),
    Spec("save_as", N_("Save as…"), ("Ctrl+Shift+S",), "", "save"),
    Spec("copies", N_("Dated copies…"), (), "clock", "copies"),
    Spec("import", N_("Import…"), ("Ctrl+I",), "import", "edit"),
    Spec("export", N_("Export tables…"), ("Ctrl+E",), "export", "project"),
    Spec("print", N_("Print…"), ("Ctrl+P",), "print", "project"),
    Spec("pack", N_("Print the committee pack…"), ("Ctrl+Shift+P",), "print", "project"),
    Spec("close", N_("Close the project"), ("Ctrl+W",), "close", "project"),
    Spec("hours", N_("Working time…"), (), "clock", "project"),
    Spec("absences", N_("Absences…"), (), "people", "project"),
    Spec("settings", N_("Settings…"), ("Ctrl+,",), "settings"),
    Spec("quit", N_("Quit"), ("Ctrl+Q",)),
    Spec("undo", N_("Undo"), ("Ctrl+Z",), "undo", "undo"),
    Spec("redo", N_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", "redo"),
    Spec("find", N_("Search in this screen"), ("Ctrl+F",), "search", "search"),
    Spec("palette", N_("Find anything…"), ("Ctrl+K",), "search"),
    Spec("light", N_("Light"), choice="theme:light"),
    Spec("dark", N_("Dark"), choice="theme:dark"),
    Spec("contrast", N_("High contrast"), choice="theme:contrast"),
    Spec("system", N_("As the system"), choice="theme:system"),
    Spec("french", N_("Français"), choice="language:fr"),
    Spec("english", N_("English"), choice="language:en"),
    Spec("keys", N_("Keys"), ("F1",)),
    Spec("about", N_("About CRM Pilot")),
)
MENUS: tuple[tuple[str, ...], ...] = (  # File, Edit, View, Help: the titles are the header's
    (
        *("new", "open", "recent>", "demo", "-", "save", "save_as", "copies", "-"),
        *("import", "export", "print", "pack", "-", "close", "settings", "quit"),
    ),
    ("undo", "redo", "history>", "-", "table>", "-", "hours", "absences", "-", "find", "palette"),
    ("rooms>", "-", "light", "dark", "contrast", "system", "-", "french", "english"),
    ("keys", "about"),
)
SUBMENUS = {
    "recent>": N_("Open recent"),
    "history>": N_("Undo back to"),
    "table>": N_("Rows of the table"),
    "rooms>": N_("Rooms"),
}
NEEDS = ("project", "edit", "save", "copies", "search", "undo", "redo")
SAVING = N_("The project is being saved.")
NO_COPIES = N_("There are no dated copies yet: each save keeps the version before it.")
NO_SEARCH = N_("This screen has nothing to search in.")
NO_UNDO = N_("There is nothing to undo.")
NO_REDO = N_("There is nothing to redo.")
NO_RECENT = N_("The projects you open will be listed here.")


class Actions(QObject):
    """The actions as Qt objects, kept in the language and state of the moment."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._saving = False
        self._steps = ("", "")  # what would be undone, and done again
        self._copied: bool | None = None  # whether there are dated copies; None: not looked yet
        for signal in (bridge.saved, bridge.project_changed):
            signal.connect(self._look_again)
        self.by_id: dict[str, QAction] = {}
        self._submenus: dict[str, QMenu] = {}
        self._groups = {name: QActionGroup(self) for name in ("theme", "language")}
        for spec in ACTIONS:
            action = QAction(window)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            if spec.icon:
                theme.set_icon(action, spec.icon, "muted", 16)
            if spec.choice:
                action.setCheckable(True)
                self._groups[spec.choice.split(":")[0]].addAction(action)
            window.addAction(action)
            self.by_id[spec.id] = action

    def connect_to(self, handlers: dict[str, Callable[[], object]]) -> None:
        """Give every action its handler; a choice calls `theme` or `language` with its value."""
        for spec in ACTIONS:
            handler = handlers[spec.id]
            self.by_id[spec.id].triggered.connect(lambda _=False, handler=handler: handler())

    def fill(self, menus: Sequence[QMenu]) -> None:
        """Fill the menus of the header."""
        for menu, entries in zip(menus, MENUS, strict=True):
            menu.setToolTipsVisible(True)
            for entry in entries:
                if entry == "-":
                    menu.addSeparator()
                elif entry.endswith(">"):
                    self._submenus[entry] = menu.addMenu("")
                    self._submenus[entry].setToolTipsVisible(True)
                else:
                    menu.addAction(self.by_id[entry])

    def submenu(self, name: str) -> QMenu:
        """recent>, history>, table> or rooms>; the window fills them."""
        return self._submenus[name]

    @property
    def submenus(self) -> list[QMenu]:
        """All of them."""
        return list(self._submenus.values())

    # state -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for spec in ACTIONS:
            self.by_id[spec.id].setText(tr(spec.text))
        for name, menu in self._submenus.items():
            menu.setTitle(tr(SUBMENUS[name]))
        self.refresh()

    def set_saving(self, on: bool) -> None:
        """A save runs, or has ended."""
        self._saving = on
        self.refresh()

    def refresh(self) -> None:
        """Enabled or greyed with the reason; undo and redo with the name of their step."""
        undo, redo = self._steps = self._history()
        self.by_id["undo"].setText(tr("Undo: {step}", step=undo) if undo else tr("Undo"))
        self.by_id["redo"].setText(tr("Redo: {step}", step=redo) if redo else tr("Redo"))
        for spec in ACTIONS:
            action = self.by_id[spec.id]
            set_reason(action, self.reason(spec), _tooltip(action))
        set_reason(self._submenus["history>"].menuAction(), self.by_id["undo"].property("reason"))
        settings = self._bridge.settings
        for spec in ACTIONS:
            kind, _, value = spec.choice.partition(":")
            if kind == "theme":
                self.by_id[spec.id].setChecked(settings.theme == value)
            elif kind == "language":
                self.by_id[spec.id].setChecked(self._bridge.language == value)

    def reason(self, spec: Spec) -> str:
        """Why an action cannot be taken now, in the language of the window; empty: it can."""
        if not spec.needs:
            return ""
        if not self._bridge.has_project:
            return tr(NO_PROJECT)
        reasons: dict[str, Callable[[], str]] = {
            "edit": self._bridge.why_not_edit,
            "save": lambda: tr(SAVING) if self._saving else "",
            "copies": lambda: "" if self._has_copies() else tr(NO_COPIES),
            "search": self._why_not_search,
            "undo": lambda: self._why_not_step(0, NO_UNDO),
            "redo": lambda: self._why_not_step(1, NO_REDO),
        }
        return reasons[spec.needs]() if spec.needs in reasons else ""

    def _why_not_step(self, way: int, none: str) -> str:
        return self._bridge.why_not_edit() or ("" if self._steps[way] else tr(none))

    def _why_not_search(self) -> str:
        shown = self._window.current
        return tr(NO_SEARCH) if shown is not None and shown.search_field is None else ""

    def _has_copies(self) -> bool:
        """Whether there are dated copies: looked up once after each save, not at each edit."""
        if self._copied is None:
            self._copied = bool(self._bridge.project.copies())
        return self._copied

    def _look_again(self) -> None:
        self._copied = None

    def _history(self) -> tuple[str, str]:
        if not self._bridge.has_project:
            return "", ""
        project = self._bridge.project
        undo, redo = project.undo_labels, project.redo_labels
        return show(undo[0]) if undo else "", show(redo[0]) if redo else ""


def _tooltip(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = action.text().replace("&", "")
    return f"{text} ({keys})" if keys else text


def step_entries(bridge: Bridge) -> list[str]:
    """Names of the steps that can be undone, newest first, as the history menu shows them."""
    if not bridge.has_project:
        return []
    return [show(label) for label in bridge.project.undo_labels[:HISTORY_SHOWN]]
