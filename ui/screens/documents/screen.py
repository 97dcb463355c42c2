"""The documents room: what is printed for the committee, seen live; saved, printed, issued."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance.issued import file, issues
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import N_, ntr, show, tr
from ui.dialogs.print_preview import Preview
from ui.files import commit_pending
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.documents.carrying import FORMATS, Carrying
from ui.screens.documents.issue_panel import IssuePanel
from ui.screens.documents.laying import Laying
from ui.screens.documents.listing import Listing
from ui.screens.documents.options import Options
from ui.screens.documents.sentence import goes_to_sentence
from ui.screens.documents.wish import Wish, drawn
from ui.screens.documents.words import headline
from ui.widgets.buttons import Guard, primary_button, quiet_button, set_reason
from ui.widgets.page import PageHeader, page_layout
from ui.widgets.scroll import Scroll
from ui.widgets.why import NoFigure

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from crm_pilot.reports.documents import LaidNote
    from crm_pilot.reports.sheets import Pages
    from ui.bridge import Bridge

SIDE = 304
NO_FIGURE = "tells which report is issued; the pages explain their figures in their annex"
CALM_MS = 500  # after the pages came to rest, remarks for the author are looked for
SAVED_AS = {"pdf": N_("PDF…"), "pptx": N_("PowerPoint…"), "xlsx": N_("Excel workbook…")}


class DocumentsScreen(Screen):
    """Lists, pages and choices side by side."""

    name, title, icon = "documents", N_("Documents"), "documents"
    # no `tables`: a document tells of everything

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.document, self.issue = Document.COMMITTEE, None  # type: Document, int | None
        self.pages: Pages | None = None
        self.shown: Wish | None = None  # what the pages show
        self._print_next = False  # once they are laid out
        self._make()
        self._place()
        self._connect()

    def _make(self) -> None:
        bridge = self.bridge
        self.laying = Laying(bridge, self)
        self.carrying = Carrying(bridge, self)
        self.listing = Listing(bridge)
        self.preview = Preview(named=True)
        self.options = Options(bridge, lang())
        self.facts = IssuePanel()
        self.save_button, self.print_button = quiet_button(icon="save"), quiet_button(icon="print")
        self.issue_button = primary_button(icon="lock")
        self.header = PageHeader(buttons=(self.save_button, self.print_button, self.issue_button))
        self.header.set_why(NoFigure(NO_FIGURE))
        self.guard = Guard(bridge, self)
        self.guard.add(self.issue_button, why=self._why_not_issue)
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM_MS)
        self.front = self.listing.documents

    def _place(self) -> None:
        self.side = QStackedWidget()
        for panel in (self.options, self.facts):
            self.side.addWidget(Scroll(panel))
        self.side.setFixedWidth(SIDE)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.listing)
        row.addWidget(self.preview, 1)
        row.addWidget(self.side)
        column = page_layout(self)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.listing.document.connect(self.show_document)
        self.listing.issue.connect(self.show_issue)
        self.listing.paper.connect(self._open_paper)
        for listed in (self.listing.documents, self.listing.issues):
            listed.turned.connect(self.preview.turn)
            listed.entered.connect(lambda _: self.preview.page.setFocus())
        self.preview.moved.connect(lambda _: self._page_shown())
        self.options.readers.changed.connect(self._lay)
        self.options.notes.asked.connect(self.preview.go_to)
        self.facts.language_chosen.connect(self._other_language)
        self.laying.laid.connect(self._laid)
        self.laying.refused.connect(self._refused)
        self.carrying.frozen.connect(self._frozen)
        self.carrying.over.connect(self.guard.refresh)
        self.calm.timeout.connect(self._note)
        self.save_button.clicked.connect(self.open_formats)
        self.print_button.clicked.connect(self.print_room)
        self.issue_button.clicked.connect(self._issue)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From everywhere in the room: F2 to the sentence, PgUp and PgDown to the other pages."""
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() == Qt.Key.Key_F2 and self.issue is None:
            goes_to_sentence(self.options.sentence)
        elif event.key() in turns:
            self.preview.turn(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.save_button.setText(tr("Save as"))
        self.print_button.setText(tr("Print…"))
        for part in (self.listing, self.preview, self.options, self.facts):
            part.retranslate()
        self._say()

    def _say(self) -> None:
        self.issue_button.setText(tr("Issue…") if self.issue is None else tr("Correct…"))
        if not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        self.header.set_sentence(show(headline(reader, today)))
        told = [tr("Figures of {day}", day=formats.long_day(today, lang()))]
        if self.pages is not None and self.shown == self.wish:
            told.append(ntr("{n} page, A4", "{n} pages, A4", self.pages.count))
            told.append(tr("issue, frozen") if self.issue is not None else tr("draft"))
        self.header.set_caption(" · ".join(told))

    # what is shown ---------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        if self.issue is not None:
            language = self.facts.language.value
            return Wish(self.document, language, Level.COMMITTEE, self.issue)
        readers = self.options.readers
        level = Level(readers.level.currentData())
        return Wish(self.document, readers.language.value, level)

    @property
    def settled(self) -> bool:
        """Whether the pages are those of what is chosen, as of now."""
        return self.shown == self.wish and not self.laying.busy

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.touches("report_issue", "report_file"):
            self.listing.refresh()
            if self.issue is not None and self.issue not in self.listing.issues.keys:
                self.issue = None
        self.listing.choose(None if self.issue is not None else self.document, self.issue)
        if changed is None or changed.touches("report_section"):
            self.options.sections.refresh(self.document)
        if changed is None or changed.touches("report_look"):
            self.options.look.refresh()
        self.guard.refresh()
        if self.issue is not None:
            self.show_issue(self.issue)
        else:
            self._lay()

    def show_document(self, document: Document) -> None:
        """Show a document as it would be printed now."""
        if self.issue is not None or document is not self.document:
            self.preview.number = 1
        self.document, self.issue = document, None
        self._print_next = False
        self.listing.choose(document)
        self.side.setCurrentIndex(0)
        self.options.sections.refresh(document)
        self.options.notes.show_notes(())
        self._lay()

    def show_issue(self, number: int) -> None:
        """Show an issued report as it was frozen."""
        row = next((row for row in issues(self.bridge.reader) if row.number == number), None)
        if row is None:
            return
        if number != self.issue:
            self.preview.number = 1
        self.laying.forget()
        self.document, self.issue = row.document, number
        self.listing.refresh()
        self.listing.choose(None, number)
        self.side.setCurrentIndex(1)
        self.facts.show_row(row)
        self._show_frozen()

    def _other_language(self) -> None:
        if self.issue is not None:
            self.show_issue(self.issue)

    def _show_frozen(self) -> None:
        from ui.screens.documents.frozen import FrozenPages

        wish = self.wish
        if wish.issue is None:
            return
        try:
            content = file(self.bridge.reader, wish.issue, wish.language, "pdf")
        except UserError as error:
            self._refused(show(error.message))
            return
        self._laid(wish, FrozenPages(content))

    def _lay(self) -> None:
        """Lay out what is chosen, beside the window."""
        wish, today = self.wish, self.bridge.today
        self.calm.stop()
        if self.pages is None:
            self.preview.show_reason(tr("The pages are being laid out."))
        self.laying.want(wish, lambda reader: drawn(reader, today, wish), self._page)
        self._grey()

    def _page(self) -> int:
        return self.preview.number

    def _laid(self, wish: Wish, pages: Pages) -> None:
        self.pages, self.shown = pages, wish
        self.preview.show_drawing(pages)
        self._grey()
        self._say()
        if wish.issue is None:
            self.calm.start()
        if self._print_next:
            self.print_room()

    def _refused(self, reason: str) -> None:
        self.pages, self.shown = None, None
        self._print_next = False
        self.preview.show_reason(reason)
        self._grey(reason)
        self._say()

    def _grey(self, reason: str = "") -> None:
        waiting = "" if self.shown == self.wish else tr("The pages are being laid out.")
        for button in (self.save_button, self.print_button):
            set_reason(button, reason or waiting)
        self.guard.refresh()

    def _page_shown(self) -> None:
        place = getattr(self.pages, "place", None)
        if self.issue is None and place is not None and self.preview.pages:
            language = self.options.readers.language.value
            self.options.sentence.show_place(place(self.preview.number), language)

    def _note(self) -> None:
        """Look for texts that were shortened, once nothing else is to be done."""
        pages = self.pages
        if self.issue is None and pages is not None and self.settled:
            self.carrying.jobs.run(
                tr("Laying out the pages"),
                lambda _progress, _cancelled: (pages, getattr(pages, "notes", ())),
                done=self._noted,
                quiet=True,
            )

    def _noted(self, found: tuple[Pages, tuple[LaidNote, ...]]) -> None:
        pages, notes = found
        if pages is self.pages:
            self.options.notes.show_notes(notes)

    # carrying out ----------------------------------------------------------------------------

    def formats(self) -> QMenu:
        """The kinds of files a document is saved as."""
        menu = QMenu(self)
        for format in FORMATS:
            menu.addAction(tr(SAVED_AS[format])).triggered.connect(
                partial(self.carrying.save, self.wish, format)
            )
        return menu

    def open_formats(self) -> None:
        """Choose one of them, below the button."""
        menu = self.formats()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.save_button.mapToGlobal(self.save_button.rect().bottomLeft()))

    def print_room(self) -> bool:
        """Print what is shown, as soon as it is what there is now."""
        commit_pending()
        self._print_next = not self.settled
        if self.pages is not None and self.settled:
            self.carrying.print_(self.pages, self.document)
        return True

    def _why_not_issue(self) -> str:
        """Why the document in front cannot be issued, or the issue in front not corrected."""
        if self.carrying.issuing:
            return tr("A document is being issued.")
        row = self.facts.row if self.issue is not None else None
        if row is not None and row.corrected_by is not None:
            return tr("It was corrected by no. {number} already.", number=row.corrected_by)
        return ""

    def _issue(self) -> None:
        self.carrying.ask_issue(self.document, self.issue)

    def _frozen(self, number: int) -> None:
        self.show_issue(number)
        self.listing.issues.setFocus()

    def _open_paper(self, name: str) -> None:
        if name == "gantt":
            from ui.dialogs.print_gantt import ask_print as ask_gantt

            ask_gantt(self.window(), self.bridge)
        elif name == "map":
            from ui.dialogs.print_map import ask_print as ask_map

            ask_map(self.window(), self.bridge, self.bridge.today)
        else:
            from ui.dialogs.print_training import ask_papers

            ask_papers(self.window(), self.bridge, ())

    def open_item(self, table: str, key: int) -> None:
        """Show an issued report, or the minutes of a committee."""
        if table == "committee":
            self.show_document(Document.MINUTES)
            return
        row = next((row for row in issues(self.bridge.reader) if row.id == key), None)
        if table == "report_issue" and row is not None:
            self.show_issue(row.number)
