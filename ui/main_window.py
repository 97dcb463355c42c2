"""The window: sidebar, header, and a stack of screens that are made when first shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import tr
from ui import theme
from ui.bridge import Bridge
from ui.header import Header
from ui.holding import hold_methods
from ui.sidebar import Sidebar
from ui.widgets.rooms import Rooms
from ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_pilot.project import Changed
    from ui.actions import Actions
    from ui.dialogs.messages import CrashDialog
    from ui.files import Files
    from ui.menus import Menus
    from ui.screens.base import Screen
    from ui.tasks import Jobs, ProgressStrip
    from ui.welcome import Welcome


LEAST = QSize(880, 480)  # a screen of 1920 × 1080 at 200 %, less its bars; rooms then scroll


class MainWindow(QMainWindow):
    """Shows one project at a time, or the welcome page.

    What the first paint does not show (actions, files, jobs) is made by `complete`, to be
    called after it; `opening` leaves out the welcome page, because a file is about to be opened.
    """

    first_painted = Signal()
    actions_: Actions
    files: Files
    jobs: Jobs
    menus: Menus
    strip: ProgressStrip

    def __init__(self, bridge: Bridge, *, opening: bool = False) -> None:
        super().__init__()
        self.bridge = bridge
        self._painted = False
        self._completed = False
        self._welcome: Welcome | None = None
        self._closing = False
        self._crash: CrashDialog | None = None
        self._screens: dict[str, Screen] = {}
        self._stale: set[str] = set()
        self._build()
        if not opening:
            self.stack.addWidget(self.welcome)
        self.retranslate()
        self._restore()

    def _build(self) -> None:
        self.sidebar = Sidebar(self.bridge)
        self.header = Header(self.bridge)
        self.stack = Rooms()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(Scroll(self.stack, sideways=True), 1)
        self._right = right
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(LEAST)

    @property
    def welcome(self) -> Welcome:
        """The welcome page, made when first needed."""
        from ui.welcome import Welcome

        if self._welcome is None:
            self._welcome = Welcome(self.bridge)
            self._welcome.retranslate()
            self._welcome.chosen.connect(self._begin)
            self._welcome.open_asked.connect(lambda path: self.files.open(Path(path)))
        return self._welcome

    def complete(self) -> None:
        """Make what the first paint does not show; done once."""
        if self._completed:
            return
        from ui.actions import Actions
        from ui.drops import Drops
        from ui.files import Files
        from ui.personal import Personal
        from ui.tasks import Jobs, ProgressStrip

        self._completed = True
        self.jobs = Jobs(self)
        self.files = Files(self, self.bridge, self.jobs)
        self.personal = Personal(self.files, self, self.bridge)
        self._right.insertWidget(1, self.files.keeping.bar)
        self.actions_ = Actions(self, self.bridge)
        self.strip = ProgressStrip(self)
        Drops(self)
        self.setWindowIcon(theme.icon("app", "text", 64))
        self.sidebar.complete()
        self._connect()
        self.actions_.retranslate()
        self.menus.fill_rooms()
        self._show_state()
        self.settle_size()
        if self._welcome is not None:
            self._welcome.begin_here()

    def _connect(self) -> None:
        from ui.menus import Menus

        bridge = self.bridge
        self.actions_.fill(self.header.menu_list)
        self.menus = Menus(self)
        self.actions_.connect_to(self._handlers())
        self.sidebar.chosen.connect(self.show_screen)
        self.header.search_asked.connect(self.menus.open_finder)
        self.jobs.started.connect(self.strip.follow)
        self.jobs.failed.connect(self.tell)
        self.files.saving_changed.connect(self.sidebar.set_saving)
        self.files.keeping.bar.emptied.connect(self._back_to_work)
        self.files.keeping.watch.place_found.connect(self.sidebar.set_place)
        self.files.keeping.watch.elsewhere.connect(self.sidebar.set_outside)
        self.sidebar.copies_asked.connect(self.files.show_copies)
        self.files.saving_changed.connect(self.actions_.set_saving)
        bridge.failed.connect(self.tell)
        bridge.import_asked.connect(self.open_import)
        bridge.changed.connect(self._changed)
        bridge.history_changed.connect(self._show_state)
        bridge.saved.connect(self._show_state)
        bridge.project_changed.connect(self._other_project)
        bridge.language_changed.connect(self.retranslate)
        bridge.theme_changed.connect(self.actions_.refresh)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        files = self.files
        from ui.actions import ACTIONS

        handlers: dict[str, Callable[[], object]] = {
            "new": files.new,
            "open": files.open,
            "demo": files.demo,
            "save": files.save,
            "save_as": files.save_as,
            "copies": files.show_copies,
            "close": files.close,
            "import": self.open_import,
            "export": self.open_export,
            "print": self.print_shown,
            "pack": self.print_pack,
            "hours": self.menus.open_hours,
            "absences": self.menus.open_absences,
            "settings": self.open_settings,
            "quit": self.close,
            "undo": self.bridge.undo,
            "redo": self.bridge.redo,
            "find": self._find,
            "palette": self.menus.open_finder,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        for spec in ACTIONS:
            kind, _, value = spec.choice.partition(":")
            if kind == "theme":
                handlers[spec.id] = partial(self.bridge.set_theme, value)
            elif kind == "language":
                handlers[spec.id] = partial(self.bridge.set_language, value)
        return handlers

    # the first moments -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def _restore(self) -> None:
        kept = self.bridge.settings.window.get("geometry", "")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            self.resize(1366, 768)

    def settle_size(self) -> None:
        """Fill the screen when the window with its frame would reach beyond it."""
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        beyond = frame.width() > room.width() or frame.height() > room.height()
        if self.isVisible() and beyond and not (self.isMaximized() or self.isFullScreen()):
            self.showMaximized()

    # screens ---------------------------------------------------------------------------------

    def show_screen(self, name: str) -> None:
        """Show a room, making it the first time."""
        if not self.bridge.has_project:
            return
        screen = self.screen_named(name)
        if name in self._stale:
            self._stale.discard(name)
            screen.refresh(None)
        self.stack.setCurrentWidget(screen)
        screen.take_focus()
        self.sidebar.mark_room(name)
        self.bridge.settings.window["screen"] = name
        if self._completed:
            self.actions_.refresh()  # whether it can be searched in

    def screen_named(self, name: str) -> Screen:
        """The screen called `name`, made if needed."""
        from ui.screens import SCREENS, screen_class, screen_name

        screen = self._screens.get(name)
        if screen is None:
            path = next(path for path in SCREENS if screen_name(path) == name)
            screen = screen_class(path)(self.bridge)
            hold_methods()
            screen.go.connect(self.go)
            screen.retranslate()
            self._screens[name] = screen
            self._stale.add(name)
            self.stack.addWidget(screen)
        return screen

    @property
    def current(self) -> Screen | None:
        """The screen being shown, or None on the welcome page."""
        shown = self.stack.currentWidget()
        return next((s for s in self._screens.values() if s is shown), None)

    def go(self, name: str, table: str = "", key: int = 0) -> None:
        """Open a room, and there one thing."""
        self.show_screen(name)
        if table and key:
            self.screen_named(name).open_item(table, key)

    def _changed(self, changed: Changed) -> None:
        shown = self.current
        for name, screen in self._screens.items():
            if screen.tables and not changed.touches(*screen.tables):
                continue
            if screen is shown:
                screen.refresh(changed)
            else:
                self._stale.add(name)
        if changed.touches("project", "account", "stakeholder"):
            self.sidebar.refresh()
            self._show_state()

    def _other_project(self) -> None:
        for screen in self._screens.values():
            self.stack.removeWidget(screen)
            screen.deleteLater()
        self._screens.clear()
        self._stale.clear()
        if self.bridge.has_project:
            self.show_screen("cockpit")
            self.stack.setFocus()  # no control of the screen is marked before a key is pressed
        else:
            self.show_welcome()
        self._show_state()

    def show_welcome(self) -> None:
        """Show the welcome page, as when no project could be opened."""
        self.stack.addWidget(self.welcome)
        self.welcome.refresh()
        self.stack.setCurrentWidget(self.welcome)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Every text of the window in its language."""
        self.sidebar.retranslate()
        self.header.retranslate()
        if self._welcome is not None:
            self._welcome.retranslate()
        if self._completed:
            self.actions_.retranslate()
            self.menus.fill_rooms()
            self._show_state()
        for screen in self._screens.values():
            screen.retranslate()
        shown = self.current
        for name, screen in self._screens.items():
            if screen is shown:
                screen.refresh(None)
            else:
                self._stale.add(name)

    def _show_state(self) -> None:
        self.actions_.refresh()
        if not self.bridge.has_project:
            self.setWindowTitle("CRM Pilot")
            self.setWindowModified(False)
            return
        project = self.bridge.project
        self.setWindowTitle(f"{project.name}[*] – CRM Pilot")
        self.setWindowModified(project.unsaved)

    # actions ---------------------------------------------------------------------------------

    def _begin(self, way: str) -> None:
        if way == "recover":
            if not self.files.offer_recovery():
                from ui.dialogs.messages import notice

                detail = tr("The last session ended as it should.")
                notice(self, tr("There is nothing to recover"), detail).open()
        else:
            self.actions_.by_id[way].trigger()

    def _back_to_work(self) -> None:
        if self.current is not None:
            self.current.take_focus()

    def _find(self) -> None:
        if self.current is not None:
            self.current.start_search()

    def open_settings(self) -> None:
        """Open the settings."""
        from ui.dialogs.preferences import Preferences

        Preferences(self, self.bridge).open()

    def open_import(self, paths: list[Path] | None = None) -> None:
        """Open the import wizard, with the files that were dropped."""
        from ui.dialogs.import_wizard import ImportWizard

        wizard = ImportWizard(self, self.bridge, self.jobs, paths)
        wizard.go.connect(self._show_imported)
        wizard.open()

    def _show_imported(self, room: str) -> None:
        self.show_screen(room)
        self.screen_named(room).show_imported()

    def open_export(self) -> None:
        """Ask which tables to export, and how."""
        from ui.dialogs.export import ExportDialog

        ExportDialog(self, self.bridge, self.jobs).open()

    def print_shown(self) -> None:
        """Print what the room shows where it can be printed, else go to the documents."""
        if self.current is None or not self.current.print_room():
            self.print_pack()

    def print_pack(self) -> None:
        """Show the committee report as it would be printed; there, ask for the printer."""
        if self.current is not None and self.current.name == "documents":
            self.current.print_room()
        else:
            self.show_screen("documents")

    def _show_keys(self) -> None:
        from ui.dialogs.keys import KeysDialog

        KeysDialog(self, self.bridge).open()

    def _show_about(self) -> None:
        from ui.dialogs.about import about_dialog

        about_dialog(self).open()

    # troubles --------------------------------------------------------------------------------

    def tell(self, error: UserError) -> None:
        """Tell of something the person can mend."""
        from ui.dialogs.messages import error_dialog

        error_dialog(self, error, safe=self.bridge.has_project).open()

    def tell_bug(self, text: str) -> None:
        """Tell of a bug: one dialog for all, with a count."""
        from ui.dialogs.messages import CrashDialog

        if self._crash is None:
            self._crash = CrashDialog(self, safe=self.bridge.has_project)
            self._crash.finished.connect(self._crash_over)
            self._crash.open()
        self._crash.add(text)

    def _crash_over(self) -> None:
        self._crash = None

    # the end ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._completed and self.strip.isVisible():
            self.strip.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or not self.bridge.has_project:
            self._remember()
            event.accept()
            return
        event.ignore()

        def then() -> None:
            self._closing = True
            QTimer.singleShot(0, self, self.close)  # Qt ignores a close within a close

        self.files.leave(then)

    def _remember(self) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.bridge.settings.window["geometry"] = geometry
        self.bridge.remember()
        if self._completed:
            self.jobs.wait()
