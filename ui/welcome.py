"""The welcome page: recent projects, and the four ways to begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, tr
from ui import theme
from ui.bridge import Bridge
from ui.widgets.text import ElidedLabel, label

WAYS = (
    ("new", "add", N_("New project"), N_("From one of four templates, or empty")),
    (
        "open",
        "folder",
        N_("Open a project"),
        N_("A .crmp file on this computer or a shared folder"),
    ),
    (
        "demo",
        "star",
        N_("Demonstration project"),
        N_("Twelve months of a roll-out, with trouble in it to discover"),
    ),
    ("recover", "clock", N_("Recover"), N_("Unsaved work of a session that did not end well")),
)
SHOWN = 6


class Way(QPushButton):
    """A large button: icon, name, what it does."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFixedHeight(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(14)
        self._icon, self._picture = icon, QLabel()
        row.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        self._name = ElidedLabel(bold=True)
        self._detail = ElidedLabel(theme.CAPTION, ink="muted")
        words.addWidget(self._name)
        words.addWidget(self._detail)
        words.addStretch(1)
        row.addLayout(words, 1)
        theme.switched().changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt  # its enums cost 20 ms: not before the first paint

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def say(self, name: str, detail: str) -> None:
        """Texts in the language of the window."""
        self._name.set_whole(name)
        self._detail.set_whole(detail)
        self.setAccessibleName(name)
        self.setAccessibleDescription(detail)

    def _draw(self) -> None:
        self._picture.setPixmap(theme.pixmap(self._icon, "accent", 20))


class Welcome(QWidget):
    """`chosen(id)` names an action; `open_asked(path)` a recent file."""

    chosen = Signal(str)
    open_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._content())
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _content(self) -> QWidget:
        content = QWidget()
        content.setFixedWidth(800)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._title = label(theme.KEY_FIGURE, bold=True, wrap=True)
        self._promise = label(ink="muted", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._promise)
        column.addSpacing(20)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self._begin(), 1)
        sides.addWidget(self._recent(), 1)
        column.addLayout(sides)
        return content

    def _begin(self) -> QFrame:
        card, column = _card()
        self._begin_title = label(theme.HEADING, bold=True)
        self._begin_title.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self._begin_title)
        self._ways: dict[str, Way] = {}
        for key, icon, _name, _detail in WAYS:
            way = Way(icon)
            way.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._ways[key] = way
            column.addWidget(way)
        way.setProperty("last", "true")  # no line below it
        column.addStretch(1)
        return card

    def _recent(self) -> QFrame:
        card, self._recent_column = _card()
        self._recent_title = label(theme.HEADING, bold=True)
        self._recent_title.setContentsMargins(12, 4, 12, 4)
        self._recent_column.addWidget(self._recent_title)
        self._none = label(ink="muted", wrap=True)
        self._none.setContentsMargins(12, 8, 12, 8)
        self._recent_column.addWidget(self._none)
        self._recent_column.addStretch(1)
        self._files: list[Way] = []
        return card

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self._title.setText(tr("Where does your CRM roll-out stand?"))
        self._promise.setText(
            tr(
                "One file for the plan, the people, training, use and tickets, and the committee"
                " pack in one click. Nothing leaves this computer."
            )
        )
        self._begin_title.setText(tr("Begin"))
        for key, _icon, name, detail in WAYS:
            self._ways[key].say(tr(name), tr(detail))
        self._recent_title.setText(tr("Recent projects"))
        self._none.setText(tr("The projects you open will be listed here."))
        self.refresh()

    def begin_here(self) -> None:
        """Put the keyboard on the first way to begin."""
        self._ways["new"].setFocus()

    def refresh(self) -> None:
        """List the recent files that still exist."""
        for way in self._files:
            way.setParent(None)
            way.deleteLater()
        paths = [Path(text) for text in self.bridge.settings.recent]
        known = [path for path in paths if path.exists()][:SHOWN]
        self._files = []
        for place, path in enumerate(known):
            way = Way("documents")
            way.say(path.stem, str(path.parent))
            way.clicked.connect(lambda _=False, path=path: self.open_asked.emit(str(path)))
            self._recent_column.insertWidget(place + 1, way)
            self._files.append(way)
        if self._files:
            self._files[-1].setProperty("last", "true")
        self._none.setVisible(not known)


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(4, 8, 4, 8)
    column.setSpacing(0)
    return card, column
