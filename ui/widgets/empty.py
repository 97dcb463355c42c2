"""What an empty screen or tile says: what to do first, with a button for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.text import label


class EmptyState(QWidget):
    """Icon, sentence, detail and button, in the middle of the room there is; a second button for
    another way to begin."""

    clicked = Signal()
    second_clicked = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str = "",
        detail: str = "",
        button: str = "",
        *,
        small: bool = False,
    ) -> None:
        super().__init__()
        self._icon, self._side = icon, 28 if small else 40
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6 if small else 10)
        column.addStretch(1)
        self.picture = QLabel()
        self.sentence = label(theme.BODY if small else theme.HEADING, bold=True, wrap=True)
        self.detail = label(theme.CAPTION if small else theme.BODY, ink="muted", wrap=True)
        self.button: QPushButton = primary_button()
        self.button.clicked.connect(self.clicked)
        for widget in (self.picture, self.sentence, self.detail):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.picture)
        column.addWidget(self.sentence)
        if small:
            column.addWidget(self.detail)
        else:  # in a row of its own: an aligned label gets the height of a wider one
            self.detail.setFixedWidth(520)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(self.detail)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(0 if small else 6)
        self.second: QPushButton = quiet_button(icon="import")
        self.second.clicked.connect(self.second_clicked)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addStretch(1)
        ways.addWidget(self.button)
        ways.addWidget(self.second)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addStretch(1)
        self.set_texts(sentence, detail, button)
        self._draw()
        theme.switched().changed.connect(self._draw)

    def set_texts(
        self, sentence: str, detail: str = "", button: str = "", second: str = ""
    ) -> None:
        """Texts in the language of the window; a button without a text is hidden."""
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self.sentence.setText(sentence)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def _draw(self) -> None:
        self.picture.setPixmap(theme.pixmap(self._icon, "muted", self._side))
