"""One register as a page: its table, a search, the button that adds, and what to do when empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.screens.committee.model import Register, register_model
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class RegisterPage(QWidget):
    """A register. `add_asked` when a row is wanted by Insert or the button of the empty page."""

    add_asked = Signal()

    def __init__(self, bridge: Bridge, register: Register, icon: str) -> None:
        super().__init__()
        self.register = register
        self.model = register_model(bridge, register)
        self.table = Table(bridge, self.model, f"committee.{register.key}", what=register.what)
        self.table.add_asked.connect(self.add_asked)
        self.table.opened.connect(self._edit)
        self.empty = EmptyState(icon)
        self.empty.clicked.connect(self.add_asked)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)

    def set_texts(self, sentence: str, detail: str, button: str, note: str) -> None:
        """Texts in the language of the window."""
        self.empty.set_texts(sentence, detail, button)
        self.table.retranslate(tr(self.register.title))
        self.note.setText(note)
        self._show_state()

    def refresh(self, changed: Changed | None) -> None:
        """Read again."""
        self.model.refresh(changed)
        if self.table.current_id is None and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_state()

    def _edit(self) -> None:
        index = self.table.currentIndex()
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(index)

    def _show_state(self) -> None:
        filled = self.model.total > 0
        self._stack.setCurrentIndex(0 if filled else 1)
        self.note.setVisible(filled and bool(self.note.text()))
