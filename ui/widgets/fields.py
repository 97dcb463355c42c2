"""Text fields that keep Ctrl+Z for themselves only while they have something to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.text import set_property

Std = QKeySequence.StandardKey
AROUND = 36  # of a search field: its glass and its edges


def _passes_on(event: QEvent, undo: bool, redo: bool) -> bool:
    """Whether a shortcut of undo or redo belongs to the project rather than to the field."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(Std.Undo) and not undo:
        return True
    return event.matches(Std.Redo) and not redo


class LineEdit(QLineEdit):
    """One line. Ctrl+Z goes to the project when there is no local undo."""

    def event(self, event: QEvent) -> bool:
        if _passes_on(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def mark_wrong(self, sentence: str) -> None:
        """Show that what stands here cannot be taken, and why; empty takes the mark away."""
        set_property(self, "wrong", "true" if sentence else "false")
        self.setToolTip(sentence)


class TextArea(QPlainTextEdit):
    """Several lines. Ctrl+Z goes to the project when there is no local undo; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if _passes_on(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class SearchField(LineEdit):
    """A search field with its magnifying glass; Escape empties it."""

    def __init__(self, width: int = 220) -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(width)
        self._glass = self.addAction(
            theme.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.set_icon(self._glass, "search", "muted", 16)

    def retranslate(self, hint: str = "") -> None:
        """Placeholder and accessible name; `hint` is already translated."""
        text = hint or tr("Search")
        self.setPlaceholderText(text)
        needed = self.fontMetrics().horizontalAdvance(text) + AROUND
        if self.minimumWidth() == self.maximumWidth() < needed:
            self.setFixedWidth(needed)
        self.setAccessibleName(text)
        self._glass.setText(text)
        for button in self.findChildren(QToolButton):  # the glass and the cross that empties it
            button.setAccessibleName(text if button.isVisibleTo(self) else tr("Empty the search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
