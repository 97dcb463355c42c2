"""A button that says what is chosen: the kind in muted text, the choice in bold, a chevron."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton

from ui import theme
from ui.widgets.text import label, set_property

LONGEST = 20  # letters of a choice; the whole is in the tooltip
CHEVRON = 12


class FilterButton(QPushButton):
    """`say` sets its two texts; the menu it opens is made by who owns it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "filter")
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 5, 9, 5)
        row.setSpacing(5)
        self.kind = label(ink="muted")
        self.choice = label(bold=True)
        self._chevron = QLabel()
        for widget in (self.kind, self.choice, self._chevron):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget)
        theme.switched().changed.connect(self._draw)
        self._draw()

    def say(self, kind: str, choice: str) -> None:
        """Show and tell what is chosen."""
        short = choice if len(choice) <= LONGEST else choice[: LONGEST - 1].rstrip() + "…"
        self.kind.setText(kind)
        self.choice.setText(short)
        self.setAccessibleName(f"{kind}: {choice}")
        self.setToolTip(choice if short != choice else "")
        self.updateGeometry()

    def mark(self, on: bool) -> None:
        """Whether it limits anything: the choice is then written in the accent colour."""
        set_property(self.choice, "ink", "accent" if on else "")

    def open_below(self, menu: QMenu) -> None:
        """Open a menu below the button; it goes away when it is closed."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        marked = [one for one in menu.actions() if one.isChecked()]
        if marked:
            menu.setActiveAction(marked[0])

    def _draw(self) -> None:
        self._chevron.setPixmap(theme.pixmap("chevron-down", "muted", CHEVRON))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
