"""PySide6 6.12.0 lost a reference to None in every void call; a short test run hides that."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

# The interpreter and pytest may let go of a few references of their own meanwhile.
SLACK = 500


class Sender(QObject):
    sent = Signal()


def test_void_calls_keep_the_references_of_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(50_000):
        thing.setObjectName("soak")
    assert sys.getrefcount(None) > before - SLACK


def test_emitting_keeps_the_references_of_true() -> None:
    sender, heard = Sender(), []
    sender.sent.connect(lambda: heard.append(1))
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(20_000):
        sender.sent.emit()
    assert len(heard) == 20_000
    assert sys.getrefcount(True) > before[0] - SLACK
    assert sys.getrefcount(None) > before[1] - SLACK
