"""The page of a screen: margins, and the sentence on top that says what matters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import link_button
from ui.widgets.text import PLAIN, label
from ui.widgets.why import Asked, NoFigure, WhyButton, answers, show_why

MARGIN = 24
GAP = 16


def page_layout(page: QWidget) -> QVBoxLayout:
    """The vertical layout of a screen, with the margins of the house."""
    made = QVBoxLayout(page)
    made.setContentsMargins(MARGIN, 20, MARGIN, MARGIN)
    made.setSpacing(GAP)
    return made


class Headline(QLabel):
    """A sentence on one line, or on two of about the same width."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(theme.TITLE, bold=True))
        self.setProperty("textFormat", PLAIN)
        self.setWordWrap(True)

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.setText(text)
        self._balance(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance(event.size().width())

    def _balance(self, room: int) -> None:
        metrics = QFontMetrics(self.font())
        words = self.text().split(" ")
        spare = 0
        if metrics.horizontalAdvance(self.text()) > room:
            halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
            widths = [max(map(metrics.horizontalAdvance, pair)) for pair in halves]
            spare = max(0, room - min(widths, default=room) - 4)
        if self.contentsMargins().right() != spare:
            self.setContentsMargins(0, 0, spare, 0)


class PageHeader(QWidget):
    """Sentence (20/600), caption (12 muted), buttons at the right.

    `set_sentence`, `set_caption`; `set_link` shows a link after the caption and `link` tells of a
    click on it. Buttons are given their texts by the screen.
    """

    link = Signal()

    def __init__(
        self, sentence: str = "", caption: str = "", buttons: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = self._words = QVBoxLayout()
        words.setSpacing(2)
        self.sentence = Headline()
        self.sentence.setAccessibleName("")
        words.addWidget(self.sentence)
        below = QHBoxLayout()
        below.setSpacing(6)
        self.caption: QLabel = label(theme.CAPTION, ink="muted")
        self._link: QPushButton = link_button(size=theme.CAPTION)
        self._link.clicked.connect(self.link)
        self._link.hide()
        below.addWidget(self.caption)
        below.addWidget(self._link)
        self.asked: tuple[Asked, ...] = ()
        self.why = WhyButton()
        self.why.clicked.connect(self.explain)
        self.why.hide()
        below.addWidget(self.why)
        below.addStretch(1)
        self._below = below
        words.addLayout(below)
        row.addLayout(words, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.set_sentence(sentence)
        self.set_caption(caption)

    def set_why(self, *asked: Asked) -> None:
        """What explains the sentence and the figures of the caption (see `Tile.set_why`)."""
        self.asked = asked
        self.why.setVisible(any(not isinstance(one, NoFigure) for one in asked))

    def explain(self) -> None:
        """Say why."""
        show_why(self.why, "", answers(self, self.asked))

    def add_line(self, line: QHBoxLayout) -> None:
        """Put a row of its own where the caption stands."""
        self._words.addLayout(line)

    def add_beside_caption(self, widget: QWidget) -> None:
        """Put a control at the right of the caption, so that the sentence has the whole width."""
        self._below.addWidget(widget)

    def set_sentence(self, text: str) -> None:
        """What matters on this screen today."""
        self.sentence.say(text)
        self.why.say(text)

    def set_caption(self, text: str) -> None:
        """Date of the data, scope."""
        self.caption.setText(text)
        self.caption.setVisible(bool(text))

    @property
    def link_button(self) -> QPushButton:
        """The link after the caption."""
        return self._link

    def set_link(self, text: str) -> None:
        """A link after the caption; empty hides it."""
        self._link.setText(text)
        self._link.setVisible(bool(text))
