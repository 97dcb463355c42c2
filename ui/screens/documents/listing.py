"""What can be printed: documents, other papers with a dialog of their own, and issued reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.governance.issued import issues
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import N_, ntr, tr
from ui import theme
from ui.screens.documents.words import document_line, issue_line
from ui.widgets.buttons import link_button
from ui.widgets.section import Section
from ui.widgets.text import label
from ui.widgets.two_lines import TwoLines

if TYPE_CHECKING:
    from ui.bridge import Bridge

WIDTH = 228
MOST = 5  # issues seen at once, the others by scrolling
PAPERS = (
    ("gantt", N_("Gantt chart…")),
    ("map", N_("Stakeholder map…")),
    ("training", N_("Papers of training…")),
)


class Listing(QWidget):
    """The lists at the left. `document` and `issue` when one was chosen, `paper` when a dialog is
    wanted."""

    document = Signal(object)
    issue = Signal(int)
    paper = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setFixedWidth(WIDTH)
        self.documents, self.issues = TwoLines(), TwoLines()
        self.documents.picked.connect(self._document)
        self.issues.picked.connect(self._issue)
        self.other, self.issued = Section(), Section()
        self.papers = {name: link_button() for name, _ in PAPERS}
        for name, button in self.papers.items():
            button.clicked.connect(lambda _=False, name=name: self.paper.emit(name))
            self.other.body.addWidget(button)
        self.none = label(theme.CAPTION, ink="muted", wrap=True)
        self.issued.body.addWidget(self.issues, 1)
        self.issued.body.addWidget(self.none)
        self.issued.body.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.documents)
        column.addWidget(self.other)
        column.addWidget(self.issued)
        column.addStretch(1)

    def _document(self, key: str) -> None:
        self.issues.choose(None)
        self.document.emit(Document(key))  # Qt keeps its text

    def _issue(self, number: int) -> None:
        self.documents.choose(None)
        self.issue.emit(number)

    def choose(self, document: Document | None, issue: int | None = None) -> None:
        """Mark what is shown, without telling."""
        self.documents.choose(document)
        self.issues.choose(issue)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.documents.show_lines((one, document_line(one)) for one in Document)
        self.documents.setFixedHeight(self.documents.height_of(len(Document)))
        self.documents.setAccessibleName(tr("Documents"))
        self.issues.setAccessibleName(tr("Issued reports"))
        self.other.say(tr("Other papers"))
        for name, text in PAPERS:
            self.papers[name].setText(tr(text))
        self.none.setText(tr("Issuing freezes a document: figures, texts and files, for good."))

    def refresh(self) -> None:
        """Read the issued reports again."""
        known = issues(self.bridge.reader)
        self.issues.show_lines((row.number, issue_line(row)) for row in known)
        self.issues.setFixedHeight(self.issues.height_of(min(len(known), MOST)))
        self.issues.setVisible(bool(known))
        self.none.setVisible(not known)
        told = ntr("{n} issue", "{n} issues", len(known)) if known else tr("none yet")
        self.issued.say(tr("Issued"), told)
