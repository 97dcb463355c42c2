"""The start of the program: a window first, everything heavy after its first paint.

Before the first paint nothing imports SQLAlchemy, pyqtgraph, reportlab or the spreadsheet readers;
the order of things after it is: open the project, show the cockpit, then load what edits need.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from crm_pilot import settings
from ui import collecting, language, theme
from ui.app import Options
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.preload import Preload

if TYPE_CHECKING:
    from ui.arrivals import Arrivals
    from ui.crash import Crashes

SWITCH_S = 0.0005  # how long a job may keep the window from drawing on; Python itself says 5 ms


def start(path: Path | None, options: Options) -> int:
    """Show the window, with the project at `path` if given, until it is closed."""
    app = make_application(options)
    arrivals = None
    if sys.platform == "darwin":  # elsewhere a double click names the file on the command line
        from ui.arrivals import Arrivals

        arrivals = Arrivals(app)
        app.installEventFilter(arrivals)
    bridge = Bridge()
    if options.language:
        bridge.settings.language = options.language
    if options.theme:
        bridge.settings.theme = options.theme
    window = MainWindow(bridge, opening=path is not None)
    begun = _Start(window, path, options)
    begun.arrivals = arrivals
    window.first_painted.connect(begun.painted)
    window.show()
    code = app.exec()
    if begun.crashes is not None:
        begun.crashes.uninstall()
    return code


def make_application(options: Options) -> QApplication:
    """The application with fonts, theme and language; made once a process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # as an argument, because `setStyle` makes PySide6 build all of QStyle's enums
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
        app.setApplicationName("CRM Pilot")
        app.setDesktopFileName("crm-pilot")
    stored = settings.load_settings()
    language.apply(language.wanted(options.language or stored.language))
    theme.start(options.theme or stored.theme)
    sys.setswitchinterval(SWITCH_S)
    return app


class _Start(QObject):
    """What happens after the first paint."""

    def __init__(self, window: MainWindow, path: Path | None, options: Options) -> None:
        super().__init__(window)
        self.window, self._path, self._options = window, path, options
        self.crashes: Crashes | None = None
        self.arrivals: Arrivals | None = None

    def painted(self) -> None:
        """The window is on the screen."""
        gc.freeze()  # what stands now stays: later collections need not look at it
        if self._options.quit_after == "window":
            QApplication.exit(0)
            return
        self.window.complete()
        self.watch()
        QTimer.singleShot(0, self._open)

    def watch(self) -> None:
        """Catch what nobody caught, from now on."""
        from ui.crash import Crashes

        self.crashes = Crashes(self)
        self.crashes.bug.connect(self.window.tell_bug)
        self.crashes.mistake.connect(self.window.tell)
        self.window.jobs.broken.connect(self.crashes.report)
        self.crashes.install()

    def _open(self) -> None:
        if self._path is not None:
            opened = self.window.files.load(self._path)
            if self._options.quit_after == "cockpit":
                self._wait_for_cockpit(opened)
                return
            if not opened:
                self.window.show_welcome()
        elif self._options.quit_after:
            QApplication.exit(0)
            return
        collecting.begin()
        theme.follow_system()
        theme.follow_screens()
        if self.crashes is not None:
            self.crashes.log_faults()
        self.window.files.offer_recovery()
        if self.arrivals is not None:
            self.arrivals.deliver_to(self.window.files.open)
        from ui.readying import Readying

        preload = Preload(self)
        preload.begin()
        Readying(preload, self.window.bridge)

    def _wait_for_cockpit(self, opened: bool) -> None:
        if not opened:
            QApplication.exit(2)
            return
        from ui.screens.cockpit.screen import CockpitScreen

        screen = self.window.screen_named("cockpit")
        assert isinstance(screen, CockpitScreen)
        if screen.complete:
            QApplication.exit(0)
        screen.completed.connect(lambda: QApplication.exit(0))
