"""A tile: title (16/600) with a quiet "?", muted caption at the right, a body; may be clickable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.roles import tell_role
from ui.widgets.text import label, set_property
from ui.widgets.why import Asked, NoFigure, WhyButton, answers, show_why

if TYPE_CHECKING:
    from crm_pilot.datatable import DataTable


class Tile(QFrame):
    """`.body` is the layout for its content. `clicked` is emitted by click, Enter and Space once
    `make_clickable` was called.

    Every tile says with `set_why` what explains its figures (a test walks all screens for it).
    """

    clicked = Signal()

    def __init__(self, title: str = "", caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self._clickable = False
        self.asked: tuple[Asked, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(15, 11, 15, 11)
        outer.setSpacing(6)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title = label(theme.HEADING, bold=True)
        self.why = WhyButton()
        self.why.clicked.connect(self.explain)
        self.why.hide()
        self.caption = label(theme.CAPTION, ink="muted", right=True)
        named = QHBoxLayout()
        named.setSpacing(4)
        named.addWidget(self.title)
        named.addWidget(self.why)
        self.head.addLayout(named)
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
        self.call(text)

    def call(self, name: str) -> None:
        """What a screen reader and "Why?" call it, where no title is shown."""
        self.setAccessibleName(name)
        self.why.say(name)

    def set_caption(self, text: str) -> None:
        """Scope and unit, in muted text."""
        self.caption.setText(text)

    # why -------------------------------------------------------------------------------------

    def set_why(self, *asked: Asked) -> None:
        """What explains its figures: keys such as "adoption.active_share", functions that answer,
        or `NoFigure` with the reason why there is nothing to explain."""
        self.asked = asked
        self.why.setVisible(not all(isinstance(one, NoFigure) for one in asked))

    def data_table(self) -> DataTable | None:
        """The data of the first chart in it that has any."""
        for child in self.findChildren(QWidget):
            read = getattr(child, "data_table", None)
            found: DataTable | None = read() if read is not None else None
            if found is not None:
                return found
        return None

    def explain(self) -> None:
        """Say why, with the data of its chart."""
        show_why(self.why, self.accessibleName(), answers(self, self.asked), self.data_table())

    # clicking --------------------------------------------------------------------------------

    def make_clickable(self) -> None:
        """Let the tile be clicked, focused and activated by Enter."""
        self._clickable = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tell_role(self, "Button")
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
        elif event.text() == "?" and self.why.isVisibleTo(self):
            self.explain()
        else:
            super().keyPressEvent(event)
