"""Digits as they are typed: by the keys above the letters, with or without Shift on French
keyboards, and by the keys at the side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

UNSHIFTED = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))  # French keyboards
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def typed_digit(event: QKeyEvent) -> str:
    """The digit a key stands for; empty for another key."""
    if event.modifiers() & HELD:
        return ""
    text = event.text()
    return text if text.isdigit() else UNSHIFTED.get(text, "")
