"""A tile: title (16/600), muted caption at the right, a body; may be clickable as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import label, set_property


class Tile(QFrame):
    """`.body` is the layout for its content. `clicked` is emitted by click, Enter and Space once
    `make_clickable` was called."""

    clicked = Signal()

    def __init__(self, title: str = "", caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self._clickable = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(15, 11, 15, 11)
        outer.setSpacing(6)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title = label(theme.HEADING, bold=True)
        self.caption = label(theme.CAPTION, ink="muted", right=True)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.caption)
        outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        outer.addLayout(self.body, 1)
        self.set_title(title)
        self.set_caption(caption)

    def set_title(self, text: str) -> None:
        """The name of what is shown."""
        self.title.setText(text)
        self.title.setVisible(bool(text))
        self.setAccessibleName(text)

    def set_caption(self, text: str) -> None:
        """Scope and unit, in muted text."""
        self.caption.setText(text)

    def make_clickable(self) -> None:
        """Let the tile be clicked, focused and activated by Enter."""
        self._clickable = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_property(self, "clickable", "true")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._clickable
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._clickable and event.key() in keys:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
