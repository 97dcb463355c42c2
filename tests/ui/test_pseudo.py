"""Every text a person can see is looked up: a bracketed language walks through every screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.dialogs import copies, messages, preferences, sentence
from ui.dialogs.keys import KeysDialog
from ui.main_window import MainWindow
from ui.sidebar import ROOMS
from ui.widgets.text import ElidedLabel

DATA = {"Trial", "CRM Pilot", "Ctrl+K", "–", "EN", "FR"}  # names, keys and the like
QT = {"Scroll Left", "Scroll Right"}  # names that Qt gives to parts of its own
DATE = re.compile(r"(?:\d{1,2}\s)?\w+\s\d{4}\W*")


def bare(root: QWidget) -> Iterator[str]:
    """Texts under `root` that were not looked up."""
    for widget in (root, *root.findChildren(QWidget)):
        for text in texts(widget):
            plain = text.replace("&", "").strip()
            if not any(c.isalpha() for c in plain) or plain in DATA | QT or len(plain) == 1:
                continue
            if "⟦" not in plain and not DATE.fullmatch(plain):
                yield f"{type(widget).__name__} {widget.objectName()}: {plain!r}"


def texts(widget: QWidget) -> Iterator[str]:
    """What a widget shows, but for names of keys: these are Qt's."""
    if widget.property("keys"):
        return
    if isinstance(widget, ElidedLabel):
        yield widget.whole()
    elif isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QTableView) and widget.model() is not None:
        model = widget.model()
        across = Qt.Orientation.Horizontal
        yield from (str(model.headerData(n, across) or "") for n in range(model.columnCount()))
    yield widget.toolTip()
    yield widget.accessibleName()


@pytest.fixture
def pseudo(window: MainWindow) -> Iterator[MainWindow]:
    """The window in the bracketed language."""
    window.bridge.set_language("en", pseudo=True)
    yield window
    window.bridge.set_language("en")


@pytest.mark.parametrize("name", [room.name for room in ROOMS])
def test_no_bare_text_on_any_screen(pseudo: MainWindow, name: str) -> None:
    pseudo.show_screen(name)
    assert list(bare(pseudo.screen_named(name))) == []


def test_no_bare_text_around_the_screens(pseudo: MainWindow) -> None:
    assert list(bare(pseudo.sidebar)) == []
    assert list(bare(pseudo.header)) == []
    assert list(bare(pseudo.welcome)) == []


def test_no_bare_text_in_dialogs(qtbot: QtBot, pseudo: MainWindow) -> None:
    window = pseudo
    for dialog in (
        KeysDialog(window, window.bridge),
        messages.ask_save_dialog(window, "Trial"),
        messages.RecoveryDialog(window, []),
        copies.CopiesWindow(window, window.jobs, Path("trial.crmp")),
        messages.CrashDialog(window, safe=True),
        preferences.Preferences(window, window.bridge),
        sentence.SentenceDialog(window, window.bridge, "cockpit"),
    ):
        qtbot.addWidget(dialog)
        assert list(bare(dialog)) == []
        assert not dialog.findChildren(QListWidget) or dialog.accessibleName()


def keys(text: str) -> bool:
    """Whether a text is the name of a key."""
    return any(f"'{name}'" in text for name in ("F1", "F2", "Ins", "Del", "Esc"))
