"""Pictures of the real window, drawn without a screen, for checking the look."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from ui.app import Options
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.sidebar import ROOMS
from ui.start import make_application

SETTLE_S = 0.35  # time for coalesced refreshes and late layouts
PATIENCE_S = 10.0  # for what a room lays out or reads beside the window
ALL = "all"
NAMES = ("welcome", *(room.name for room in ROOMS))


class PictureWindow(MainWindow):
    """The window at the size asked for, whatever the size of the screen."""

    def settle_size(self) -> None:
        """Stay as large as asked."""


def render(
    project_path: Path | None,
    screen: str,
    out: Path,
    lang: str = "en",
    theme: str = "light",
    size: tuple[int, int] = (1366, 768),
    scale: float = 1.0,
) -> list[Path]:
    """Draw `screen` (or "all": then `out` is a folder) of a project into PNG files.

    `size` is in logical pixels; `scale` is pixels per logical pixel. Raises `StorageError`.
    """
    if QApplication.instance() is None and scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    make_application(Options(language=lang, theme=theme))
    bridge = Bridge()
    window = PictureWindow(bridge)
    window.setWindowState(Qt.WindowState.WindowNoState)  # as left: perhaps the whole screen
    window.resize(QSize(*size))
    window.show()
    window.complete()
    written = []
    wanted = list(NAMES) if screen == ALL else [screen]
    if "welcome" in wanted:
        target = out / f"welcome-{lang}-{theme}.png" if screen == ALL else out
        written.append(_grab(window, target, scale))
        wanted.remove("welcome")
    if wanted and project_path is not None:
        written += _rooms(window, bridge, project_path, wanted, out, screen == ALL, scale)
    window._closing = True
    window.close()
    return written


def _rooms(
    window: MainWindow,
    bridge: Bridge,
    path: Path,
    wanted: list[str],
    out: Path,
    named: bool,
    scale: float,
) -> list[Path]:
    from crm_pilot.project import Project
    from ui.theme import theme

    written = []
    with Project.open(path, read_only=True) as project:
        project.read_only = False  # nothing is written; the pictures show it as one works on it
        bridge.attach(project)
        for name in wanted:
            window.show_screen(name)
            file = f"{name}-{bridge.language}-{theme().name}.png"
            written.append(_grab(window, out / file if named else out, scale))
        bridge.detach()
    return written


def _grab(window: MainWindow, out: Path, scale: float) -> Path:
    begun = time.monotonic()
    end, latest = begun + SETTLE_S, begun + PATIENCE_S
    while time.monotonic() < min(end, latest):
        if window.jobs.busy:
            end = time.monotonic() + SETTLE_S
        QApplication.processEvents()
        time.sleep(0.01)
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    picture = QPixmap(QSize(round(window.width() * scale), round(window.height() * scale)))
    picture.setDevicePixelRatio(scale)
    window.render(picture)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(out))
    return out
