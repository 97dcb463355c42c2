"""A section of a panel: a hairline, a bold title, a body; links that end in …; named fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.text import ElidedLabel, label, rule

PADDING = 8  # pixels of a link beside its text


class Section(QWidget):
    """A hairline, a bold title, muted words at the right, and a body."""

    def __init__(self, *, right: QWidget | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule())
        head = QHBoxLayout()
        head.setContentsMargins(0, 5, 0, 0)
        self.title = label(bold=True)
        self.note = ElidedLabel(theme.CAPTION, ink="muted", right=True)
        head.addWidget(self.title)
        if right is None:
            head.addWidget(self.note, 1)
        else:
            head.addStretch(1)
            head.addWidget(right)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column.addLayout(self.body)

    def say(self, title: str, note: str = "") -> None:
        """Title and the words at the right."""
        self.title.setText(title)
        self.note.set_whole(note)


def cleared(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            cleared(inner)


class ElidedLink(QPushButton):
    """A link on one line that ends in … where it does not fit; the tooltip says it whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self._whole = ""
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Set the text; what is cut is drawn as …"""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - PADDING
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


def named(title: str, editor: QWidget) -> QWidget:
    """A field under its name."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    caption = label(theme.CAPTION, ink="muted")
    caption.setText(title)
    caption.setBuddy(editor)
    editor.setAccessibleName(title)
    column.addWidget(caption)
    column.addWidget(editor)
    column.addStretch(1)
    return holder
