"""The observed fact: written, or taken from a list of typical acts and completed; watched for
words that do not belong beside a position."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.acts import GAP
from crm_pilot.stakeholders.wording import CATEGORIES, delicate
from ui import theme
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.fields import TextArea
from ui.widgets.text import label

ACTS_KEY = "Alt+Down"


def warning_text(text: str) -> str:
    """What to say about delicate words in a text; empty without any."""
    found = delicate(text)
    if not found:
        return ""
    words = ", ".join(
        tr("“{word}” ({category})", word=f.word, category=tr(CATEGORIES[f.category])) for f in found
    )
    return tr("Delicate words: {words}. Would you show this sentence to them?", words=words)


class FactBox(QWidget):
    """`edited` with each letter. `warned` tells whether delicate words stand in it."""

    edited = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._acts: tuple[str, ...] = ()
        self.area = TextArea()
        self.area.setFixedHeight(64)
        self.area.setAccessibleName(tr("Observed fact"))
        self.area.setPlaceholderText(
            tr("In the regional meeting, 31 of 46 asked to keep their rounds in Excel.")
        )
        self.area.textChanged.connect(self._changed)
        self.acts = link_button(tr("Typical acts"), size=theme.CAPTION)
        theme.set_icon(self.acts, "chevron-down", "accent", 16)
        self.acts.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign after the word
        self.acts.clicked.connect(self.open_acts)
        self.menu = QMenu(self)
        QShortcut(QKeySequence(ACTS_KEY), self.area).activated.connect(self.open_acts)
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.hint.setText(
            tr(
                "What was said or done, where, by how many. No opinion, no guess, nothing private:"
                " whoever it is about may ask to read it."
            )
        )
        self.warning = label(theme.CAPTION, ink="alert", wrap=True)
        self.warning.hide()
        self._lay_out(title)
        self.offer(())

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        named = label(bold=True)
        named.setText(title)
        head.addWidget(named)
        head.addStretch(1)
        head.addWidget(self.acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for widget in (self.area, self.hint, self.warning):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """The fact without spaces around it."""
        return self.area.toPlainText().strip()

    @property
    def warned(self) -> bool:
        """Whether it holds delicate words."""
        return not self.warning.isHidden()

    def clear(self) -> None:
        """An empty fact, for the next unit."""
        self.area.setPlainText("")

    def _changed(self) -> None:
        said = warning_text(self.area.toPlainText())
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.edited.emit()

    # typical acts ----------------------------------------------------------------------------

    def offer(self, acts: Sequence[str]) -> None:
        """Marked texts to choose from; none as long as nothing is picked."""
        self._acts = tuple(acts)
        set_reason(self.acts, "" if acts else tr("Pick the position first."), "Alt+↓")
        self.menu.clear()
        for number, act in enumerate(self._acts, 1):
            key = f"&{number}  " if number < 10 else ""
            words = tr(act).removesuffix(".")  # a full stop after a gap reads as a fourth dot
            action = self.menu.addAction(key + words.replace("&", "&&"))
            action.triggered.connect(lambda _=False, act=act: self.insert(tr(act)))

    def open_acts(self) -> None:
        """Show what is typical for the levels picked."""
        if self._acts:
            self.menu.popup(self.acts.mapToGlobal(QPoint(0, self.acts.height() + 2)))

    def insert(self, text: str) -> None:
        """Put a sentence after what is written; its first gap is selected, to be typed over."""
        cursor = self.area.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        before = self.area.toPlainText()
        start = len(before) + (1 if before and not before[-1].isspace() else 0)
        cursor.insertText(text if start == len(before) else f" {text}")
        gap = text.find(GAP)
        if gap >= 0:
            cursor.setPosition(start + gap)
            cursor.setPosition(start + gap + 1, QTextCursor.MoveMode.KeepAnchor)
        self.area.setTextCursor(cursor)
        self.area.setFocus()
