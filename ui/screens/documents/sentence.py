"""The sentence of the page that is shown, edited where the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from crm_pilot.governance.headline import headline, sentence, written
from crm_pilot.governance.headline_commands import SetSentence
from crm_pilot.i18n import Translator, tr
from ui import theme
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.fields import TextArea
from ui.widgets.section import Section
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

HEIGHT = 92  # four lines


def one_line(text: str) -> str:
    """A text with plain spaces: the field gives none that do not break."""
    return " ".join(text.split())


class SentenceField(TextArea):
    """Return stores, Esc puts back. `stored` when the text was changed and left."""

    stored = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._known = ""
        self.setFixedHeight(HEIGHT)

    def show_text(self, text: str) -> None:
        """Show what is printed; what is being typed stays."""
        typed = self.hasFocus() and self.text != one_line(self._known)
        self._known = text
        if not typed and self.text != one_line(text):
            self.setPlainText(text)

    @property
    def text(self) -> str:
        """What stands in it, on one line."""
        return one_line(self.toPlainText())

    def commit(self) -> None:
        """Store what was typed."""
        if self.text != one_line(self._known):
            self._known = self.text
            self.stored.emit(self.text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._known)
        else:
            super().keyPressEvent(event)


class PageSentence(Section):
    """The field, and a link back to the computed sentence. `place` is where the page keeps it;
    empty: the page has none."""

    def __init__(self, bridge: Bridge) -> None:
        self.computed = link_button(size=theme.CAPTION)
        super().__init__(right=self.computed)
        self.bridge = bridge
        self.place: str | None = None  # not known before the first page is
        self.language = "fr"
        self._own = False  # whether the lead wrote it
        self.field = SentenceField()
        self.field.stored.connect(self._store)
        self.computed.clicked.connect(lambda: self._store(""))
        bridge.saved.connect(self._lock)  # a project that was read-only may be no more
        self.none = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.field)
        self.body.addWidget(self.none)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(tr("Sentence of this page"))
        self.field.setAccessibleName(tr("Sentence of this page"))
        self.computed.setText(tr("Use the computed one"))
        self.none.setText(tr("This page has no sentence to edit."))
        self.refresh()

    def show_place(self, place: str, language: str) -> None:
        """Show the sentence of a place in the language of the document."""
        if (place, language) != (self.place, self.language):
            self.field.commit()
        self.place, self.language = place, language
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        has = self.place != ""
        self.field.setVisible(has)
        self.none.setVisible(not has)
        self.computed.setVisible(has)
        if not self.place or not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        words = Translator(self.language)
        own = written(self.place, reader, self.language)
        computed = words.show(headline(self.place, reader, today))
        self.field.show_text(sentence(self.place, reader, today, words))
        self.field.setToolTip(tr("Computed: {sentence}", sentence=computed))
        self._own = own is not None
        self._lock()

    def _lock(self) -> None:
        """Say what cannot be done now."""
        refused = self.bridge.why_not_edit()
        self.field.setReadOnly(bool(refused))
        none = "" if self._own else tr("It is the computed one.")
        set_reason(self.computed, refused or none)

    def _store(self, text: str) -> None:
        """Keep a sentence; none, or the computed one, takes the lead's own away."""
        if not self.place or not self.bridge.may_edit():
            return
        reader, today = self.bridge.reader, self.bridge.today
        own = written(self.place, reader, self.language)
        computed = Translator(self.language).show(headline(self.place, reader, today))
        wanted = "" if text == one_line(computed) else text
        if wanted != (own or ""):
            self.bridge.execute(SetSentence(self.place, self.language, wanted, today))
        self.refresh()


def goes_to_sentence(widget: PageSentence) -> None:
    """Put the keyboard into the field, everything in it selected, where the page has one."""
    if not widget.field.isHidden():
        widget.field.setFocus()
        widget.field.selectAll()
