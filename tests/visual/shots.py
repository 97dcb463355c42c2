"""Every picture that is kept: rooms, dialogs, empty, busy and error states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.main_window import MainWindow
from ui.sidebar import ROOMS

NAMES = tuple(room.name for room in ROOMS)
STEP_MS, MOST_LOOKS = 160, 20  # longer than any pause of the program before it draws on
Make = Callable[[MainWindow], QWidget]  # shows something and returns what is drawn


@dataclass(frozen=True)
class Shot:
    """One picture: what is drawn of which project, in which language and theme."""

    name: str
    make: Make
    lang: str
    theme: str
    empty: bool = False  # a new project instead of the demonstration

    @property
    def key(self) -> str:
        """Name of its reference."""
        return f"{self.name}-{self.lang}-{self.theme}"


def room(name: str) -> Make:
    """A room of the window."""

    def make(window: MainWindow) -> QWidget:
        window.show_screen(name)
        return window

    return make


def rooms(lang: str, theme: str, *, empty: bool = False) -> tuple[Shot, ...]:
    """All rooms."""
    stem = "empty-" if empty else ""
    return tuple(Shot(stem + name, room(name), lang, theme, empty) for name in NAMES)


SHOTS: tuple[Shot, ...] = (
    *rooms("fr", "light"),
    *rooms("en", "dark"),
    *(shot for shot in rooms("fr", "contrast") if shot.name in ("cockpit", "stakeholders")),
    *rooms("fr", "light", empty=True),
)


def draw(widget: QWidget, out: Path) -> Path:
    """Draw a shown widget once it has come to rest, without a blinking caret."""
    before = seen(widget)
    for _ in range(MOST_LOOKS):  # charts and sentences follow a moment after the rest
        QTest.qWait(STEP_MS)
        after = seen(widget)
        if after == before:
            break
        before = after
    seen(widget).save(str(out))
    return out


def seen(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(picture)
    return picture
