"""Everything is reached by keyboard, tells a screen reader what it is, and shows its focus."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from crm_pilot.project import Project
from tests.ui.conftest import let_go
from ui import language, theme
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens import SCREENS, screen_name

ROOMS = tuple(dict.fromkeys(screen_name(path) for path in SCREENS))
CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractItemView,
    QPlainTextEdit,
    QAbstractSlider,
    QTabBar,
    QMenuBar,
)
ROLES = {  # what a screen reader must hear, where Qt could say less
    QLineEdit: {QAccessible.Role.EditableText},
    QComboBox: {QAccessible.Role.ComboBox},
    QPlainTextEdit: {QAccessible.Role.EditableText},
    QTabBar: {QAccessible.Role.PageTabList},
}


@pytest.fixture(autouse=True)
def look() -> None:
    """The window is shared, and so is its look: nothing is put back between two rooms."""


@pytest.fixture(scope="module")
def demo_window(
    qapp: QApplication, demo_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window over the demonstration, in French: its words are the longer ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        theme.start("light")
        language.apply("fr")
        made = MainWindow(Bridge())
        made.complete()
        made.resize(1366, 768)
        made.show()
        with Project.open(demo_files["fr"], read_only=True) as project:
            project.read_only = False  # nothing is written
            made.bridge.attach(project)
            yield made
            made.hide()
            let_go(made)
        made.deleteLater()
        theme.start("light")
        language.apply("en")


@pytest.fixture(autouse=True)
def french(demo_window: MainWindow) -> None:
    """The fixtures of every test speak English; this window does not."""
    language.apply("fr")


def settle() -> None:
    """Let queued work be done."""
    for _ in range(6):
        QApplication.processEvents()


def visible(root: QWidget) -> list[QWidget]:
    """Everything shown inside a widget."""
    return [one for one in root.findChildren(QWidget) if one.isVisible()]


def is_control(one: QWidget) -> bool:
    """Whether a person can do something with it."""
    if isinstance(one, QScrollBar):
        return False
    return isinstance(one, CONTROLS) or one.focusPolicy() != Qt.FocusPolicy.NoFocus


def told(one: QWidget) -> str:
    """What a screen reader calls a widget."""
    found = QAccessible.queryAccessibleInterface(one)
    return str(found.text(QAccessible.Text.Name)) if found is not None else ""


@pytest.mark.parametrize("room", ROOMS)
def test_every_control_has_a_name_and_a_role(demo_window: MainWindow, room: str) -> None:
    demo_window.show_screen(room)
    settle()
    nameless, odd = [], []
    for one in visible(demo_window):
        if not is_control(one):
            continue
        if not told(one).strip():
            nameless.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
        found = QAccessible.queryAccessibleInterface(one)
        for kind, roles in ROLES.items():
            if isinstance(one, kind) and found.role() not in roles:
                odd.append((type(one).__name__, found.role()))
    assert not nameless
    assert not odd


@pytest.mark.parametrize("room", ROOMS)
def test_tab_reaches_every_control_of_a_screen(demo_window: MainWindow, room: str) -> None:
    demo_window.show_screen(room)
    settle()
    screen = demo_window.screen_named(room)
    seen: list[QWidget] = []
    for _ in range(200):  # Tab, but where a table keeps it for indenting: Ctrl+Tab there
        focus = QApplication.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
        demo_window.focusNextPrevChild(True)
    wanted = [
        one
        for one in visible(screen)
        if one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollBar)
    ]
    missing = [one for one in wanted if one not in seen and one.focusProxy() is None]
    assert not [(type(one).__name__, told(one)) for one in missing]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ["light", "contrast"])
def test_focus_can_be_seen(demo_window: MainWindow, room: str, name: str) -> None:
    if theme.theme().name != name:
        theme.apply(name)
    demo_window.show_screen(room)
    settle()
    screen = demo_window.screen_named(room)
    blind = []
    for one in visible(screen):
        reached = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
        if not reached or isinstance(one, QScrollBar) or one.visibleRegion().isEmpty():
            continue
        screen.setFocus()
        QApplication.focusWidget() and QApplication.focusWidget().clearFocus()
        settle()
        without = picture(one)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        if QApplication.focusWidget() is one and picture(one) == without:
            blind.append((type(one).__name__, told(one)))
    assert not blind


def picture(one: QWidget) -> QImage:
    """What is seen of a widget, with a little around it."""
    window = one.window()
    corner = one.mapTo(window, one.rect().topLeft())
    around = one.rect().translated(corner).adjusted(-3, -3, 3, 3)
    return window.grab(around).toImage()


def test_data_colours_stay_apart_for_every_eye() -> None:
    """Positions, weather and pillars under the three colour blindnesses and in grey: where two
    come close in colour, shape and word tell them apart, so lightness must not be equal as well
    for neighbours of one stack."""
    from crm_pilot.palette import palette

    for name in ("light", "dark", "contrast"):
        colours = palette(name)
        trio = [QColor(colours[token]) for token in ("locomotive", "hesitant", "opponent")]
        for kind in BLINDNESS:
            seen = [simulated(one, kind) for one in trio]
            for first in range(3):
                for second in range(first + 1, 3):
                    assert distance(seen[first], seen[second]) > 12, (name, kind, first, second)


# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(share: float) -> float:
    """sRGB to linear light, 0 to 1."""
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def simulated(colour: QColor, kind: str) -> tuple[float, float, float]:
    """Linear RGB as seen under a colour blindness."""
    rgb = [linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF())]
    seen = [sum(w * c for w, c in zip(row, rgb, strict=True)) for row in BLINDNESS[kind]]
    low, middle, high = (min(1.0, max(0.0, part)) for part in seen)
    return low, middle, high


def distance(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """CIE 1976 colour difference of two linear RGB colours (D65)."""
    return sum((a - b) ** 2 for a, b in zip(lab(first), lab(second), strict=True)) ** 0.5


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear RGB (D65)."""
    r, g, b = rgb
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883

    def bent(t: float) -> float:
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    fx, fy, fz = bent(x), bent(y), bent(z)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_scrolls_only_where_the_screen_is_small(demo_window: MainWindow, room: str) -> None:
    demo_window.resize(1366, 768)
    demo_window.show_screen(room)
    settle()
    area = next(
        one for one in demo_window.findChildren(QScrollArea) if one.widget() is demo_window.stack
    )
    assert area.verticalScrollBar().maximum() == area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_stands_any_height(demo_window: MainWindow, room: str) -> None:
    """Bars that came and went by turns once filled the stack of the process."""
    demo_window.show_screen(room)
    for width, height in itertools.product((892, 1000, 1366), range(480, 790, 23)):
        demo_window.resize(width, height)
        QApplication.processEvents()
    demo_window.resize(1366, 768)
