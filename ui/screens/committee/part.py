"""A part of the meeting: a heading with a button that adds, a short table, the keys below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import Guard, link_button
from ui.widgets.empty import EmptyState
from ui.widgets.section import Section
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

LOWEST = 92  # of a table: its heading and two rows


class Part(QWidget):
    """`add_asked` by Insert in the table, by the link and by the button of the empty part."""

    add_asked = Signal()

    def __init__(self, bridge: Bridge, table: Table, icon: str) -> None:
        super().__init__()
        self.bridge, self.table = bridge, table
        self.link = link_button(size=theme.CAPTION)
        kept = self.link.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # headings side by side stay level
        self.link.setSizePolicy(kept)
        self.section = Section(right=self.link)
        self.empty = EmptyState(icon, small=True)
        self.empty.picture.hide()  # four parts share the room
        self.keys = label(theme.CAPTION, ink="muted", wrap=True)
        table.setMinimumHeight(LOWEST)
        for signal in (table.add_asked, self.link.clicked, self.empty.clicked):
            signal.connect(lambda *_: self.add_asked.emit())
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        self.section.body.addWidget(self._stack, 1)
        self.section.body.addWidget(self.keys)
        self.guard = Guard(bridge, self)
        self.guard.add(self.link, self.empty.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section, 1)

    def say(
        self, title: str, add: str, keys: str, sentence: str, button: str = "", detail: str = ""
    ) -> None:
        """Texts in the language of the window; without `add` there is no link."""
        self.section.say(title)
        self.link.setText(add)
        self.keys.setText(keys)
        self.empty.set_texts(sentence, detail, button)
        self.table.retranslate(title)
        self.show_state()

    def show_state(self) -> None:
        """The table, or what to do while it is empty."""
        filled = self.table.rows.total > 0
        self._stack.setCurrentIndex(0 if filled else 1)
        self.link.setVisible(filled and bool(self.link.text()))
        self.keys.setVisible(filled and bool(self.keys.text()))

    def reread(self) -> None:
        """Read again, and stand on a row."""
        model = self.table.rows
        model.refresh()
        if self.table.current_id is None and model.rowCount():
            self.table.setCurrentIndex(model.index(0, 0))
        self.show_state()
