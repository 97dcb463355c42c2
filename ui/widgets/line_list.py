"""A short list in a dialog: a heading with a button that adds, lines, one complaint."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.text import label

L = TypeVar("L", bound=Any)  # a widget with `edited`, `gone` and `lock(reason)`


class LineList(QWidget, Generic[L]):
    """Lines that are added and taken away. `edited` after each change; `wrong` says what cannot be
    read."""

    edited = Signal()

    def __init__(self, title: str, more: str) -> None:
        super().__init__()
        self.lines: list[L] = []
        head = self.head = QHBoxLayout()
        named = label(bold=True)
        named.setText(title)
        self.more = link_button(more)
        self.more.clicked.connect(self.add_empty)
        head.addWidget(named)
        head.addStretch(1)
        head.addWidget(self.more)
        self.none = label(ink="muted", wrap=True)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.none)
        column.addLayout(self._rows)
        column.addWidget(self.complaint)

    def add_empty(self) -> None:
        """One more line, empty, that takes the keyboard."""
        raise NotImplementedError

    @property
    def wrong(self) -> str:
        """Why not all lines can be read; empty when they can."""
        raise NotImplementedError

    def take(self, made: L) -> None:
        """Show one more line."""
        made.edited.connect(self._edited)
        made.gone.connect(lambda: self._drop(made))
        self.lines.append(made)
        self._rows.addWidget(made)
        self.none.hide()

    def _drop(self, line: L) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.none.setVisible(not self.lines)
        self.more.setFocus()
        self._edited()

    def _edited(self) -> None:
        said = self.wrong
        self.complaint.setText(said)
        self.complaint.setVisible(bool(said))
        self.edited.emit()

    def lock(self, reason: str) -> None:
        """Say why nothing can be changed."""
        set_reason(self.more, reason)
        for line in self.lines:
            line.lock(reason)
