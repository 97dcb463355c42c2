"""A file handed over by the system: kept until the window stands, then opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.arrivals import Arrivals


def hand_over(path: Path) -> None:
    """What macOS does after a double click."""
    app = QApplication.instance()
    assert app is not None
    QApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(path))))


def test_files_wait_for_the_window_then_come_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert app is not None
    arrivals, opened = Arrivals(), list[Path]()
    app.installEventFilter(arrivals)
    hand_over(tmp_path / "first.crmp")
    hand_over(tmp_path / "Été à l’agence.crmp")
    assert opened == []
    arrivals.deliver_to(opened.append)
    assert opened == [tmp_path / "Été à l’agence.crmp"]
    hand_over(tmp_path / "third.crmp")
    assert opened[1:] == [tmp_path / "third.crmp"]
    app.removeEventFilter(arrivals)


def test_other_events_pass(qtbot: QtBot) -> None:
    assert not Arrivals().eventFilter(QObject(), QEvent(QEvent.Type.User))
