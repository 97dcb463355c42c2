"""The choices beside the pages: sentence, readers, sections, look, and remarks for the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.figures import Level
from crm_pilot.governance.report_choices import SetSections, chosen
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import N_, ntr, tr
from ui import theme
from ui.dialogs.print_choices import LANGUAGES, LEVELS
from ui.screens.documents.look import Look
from ui.screens.documents.sentence import PageSentence
from ui.widgets.buttons import Guard, link_button, quiet_button, segmented
from ui.widgets.ordered_ticks import OrderedTicks
from ui.widgets.section import ElidedLink, Section, cleared
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.reports.documents import LaidNote
    from ui.bridge import Bridge

LEAST = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
LINE = 26  # pixels of a section in the list
MOST_LINES = 11
NOTES = 4  # remarks shown, the others counted

TOLD = {
    Level.COMMITTEE: N_("Positions aggregated, nobody named beside one."),
    Level.OWN: N_("Names stand beside positions: not to be passed on."),
}


class Readers(Section):
    """In which language the document is read, and by whom. `changed` by either."""

    changed = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = segmented([value for value, _ in LANGUAGES])
        self.language.set_value(language)
        self.language.chosen.connect(lambda _: self.changed.emit())
        self.level = QComboBox()
        self.level.setSizeAdjustPolicy(LEAST)
        for value, text in LEVELS:
            self.level.addItem(text, value)
        self.level.currentIndexChanged.connect(lambda _: self._levelled())
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.language)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.level)
        self.body.addWidget(self.told)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(tr("For whom"))
        self.language.set_texts([tr(text) for _, text in LANGUAGES])
        self.language.setAccessibleName(tr("Language of the document"))
        self.level.setAccessibleName(tr("Confidentiality"))
        for place, (_, text) in enumerate(LEVELS):
            self.level.setItemText(place, tr(text))
        self.told.setText(tr(TOLD[Level(self.level.currentData())]))

    def _levelled(self) -> None:
        self.told.setText(tr(TOLD[Level(self.level.currentData())]))
        self.changed.emit()


class Sections(Section):
    """Which sections the document has, in which order; stored at once."""

    def __init__(self, bridge: Bridge) -> None:
        self.usual = link_button(size=theme.CAPTION)
        super().__init__(right=self.usual)
        self.bridge = bridge
        self.document = Document.COMMITTEE
        self.listed = OrderedTicks()
        self.listed.edited.connect(self._store)
        self.up, self.down = quiet_button(icon="chevron-up"), quiet_button(icon="chevron-down")
        self.up.clicked.connect(lambda: self.listed.shift(-1))
        self.down.clicked.connect(lambda: self.listed.shift(1))
        self.usual.clicked.connect(lambda: self._execute(()))
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.up)
        row.addWidget(self.down)
        self.body.addWidget(self.listed)
        self.body.addLayout(row)
        self.guard = Guard(bridge, self)
        self.guard.add(self.listed, self.up, self.down)
        self.guard.add(self.usual, why=self._why_usual)

    def _why_usual(self) -> str:
        if self.bridge.has_project and not chosen(self.bridge.reader, self.document):
            return tr("The sections are as the product has them.")
        return ""

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(tr("Sections"))
        self.usual.setText(tr("The usual ones"))
        self.listed.setAccessibleName(tr("Sections of the document"))
        self.told.setText(tr("Space prints or leaves out."))
        for button, text in ((self.up, tr("Up")), (self.down, tr("Down"))):
            button.setAccessibleName(text)
            button.setToolTip(text + f" (Alt+{'↑' if button is self.up else '↓'})")

    def refresh(self, document: Document) -> None:
        """Read the sections of a document again."""
        from crm_pilot.reports.documents import sections

        known = sections(self.bridge.reader, document)
        self.listed.show_things((one.key, tr(one.title), one.shown) for one in known)
        if document is not self.document:
            self.document = document
            self.listed.setCurrentRow(0)
        self.listed.setFixedHeight(min(len(known), MOST_LINES) * LINE + 6)
        self.guard.refresh()

    def _store(self) -> None:
        self._execute(self.listed.things)

    def _execute(self, things: tuple[tuple[str, bool], ...]) -> None:
        self.bridge.execute(SetSections(self.document, things))
        self.refresh(self.document)  # also what was refused stands as it was


class Notes(Section):
    """Texts of the document that did not fit, for the author alone."""

    asked = Signal(int)  # a page

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)
        self.hide()

    def show_notes(self, notes: tuple[LaidNote, ...]) -> None:
        """Name the pages with shortened texts; each leads to its page."""
        cleared(self._rows)
        self.setVisible(bool(notes))
        self.say(tr("For the author"), ntr("{n} text shortened", "{n} texts shortened", len(notes)))
        for note in notes[:NOTES]:
            link = ElidedLink(
                tr("Page {page}: {text}", page=note.page, text=note.whole.strip(" ·"))
            )
            link.clicked.connect(lambda _=False, page=note.page: self.asked.emit(page))
            self._rows.addWidget(link)
        if len(notes) > NOTES:
            more = label(theme.CAPTION, ink="muted")
            more.setText(ntr("and {n} more", "and {n} more", len(notes) - NOTES))
            self._rows.addWidget(more)


class Options(QWidget):
    """All of them below each other."""

    def __init__(self, bridge: Bridge, language: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.sentence = PageSentence(bridge)
        self.readers = Readers(language)
        self.sections = Sections(bridge)
        self.look = Look(bridge)
        self.notes = Notes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self.sentence, self.readers, self.sections, self.look, self.notes):
            column.addWidget(part)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for part in (self.sentence, self.readers, self.sections, self.look):
            part.retranslate()
