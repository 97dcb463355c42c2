"""What is known of an issued report, beside its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from crm_pilot.governance.terms import DOCUMENTS
from crm_pilot.i18n import tr
from ui import theme
from ui.dialogs.print_choices import LANGUAGES
from ui.language import formats, lang
from ui.widgets.buttons import segmented
from ui.widgets.section import Section
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.governance.issued import IssueRow


class IssuePanel(QWidget):
    """Facts of an issue; `language` is the one it is reprinted in."""

    language_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.row: IssueRow | None = None
        self.language = segmented([value for value, _ in LANGUAGES])
        self.language.set_value(lang())
        self.language.chosen.connect(lambda _: self.language_chosen.emit())
        self.facts, self.reprint = Section(), Section()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(6)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.facts.body.addLayout(self.form)
        self.sentence = label(wrap=True)
        self.facts.body.addWidget(self.sentence)
        self.reprint.body.setSpacing(8)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.reprint.body.addWidget(self.language)
        self.reprint.body.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.facts)
        column.addWidget(self.reprint)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.reprint.say(tr("Reprint"))
        self.language.set_texts([tr(text) for _, text in LANGUAGES])
        self.language.setAccessibleName(tr("Language of the document"))
        self.note.setText(
            tr("Every file is the one that was issued, byte for byte, whatever was edited since.")
        )
        if self.row is not None:
            self.show_row(self.row)

    def show_row(self, row: IssueRow) -> None:
        """Show the facts of an issue."""
        self.row = row
        self.facts.say(tr("Issue no. {number}", number=row.number))
        while self.form.rowCount():
            self.form.removeRow(0)
        for name, value in self._facts(row):
            named, told = label(theme.CAPTION, ink="muted"), label(theme.CAPTION, wrap=True)
            named.setText(name)
            told.setText(value)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.form.addRow(named, told)
        self.sentence.setText(row.sentence)
        self.sentence.setVisible(bool(row.sentence))
        gone = row.withdrawn_on is not None
        self.reprint.setVisible(not gone)
        if row.languages and self.language.value not in row.languages:
            self.language.set_value(row.languages[0])

    def _facts(self, row: IssueRow) -> list[tuple[str, str]]:
        told = [
            (tr("Document"), tr(DOCUMENTS[row.document])),
            (tr("Issued on"), formats.moment(row.issued_at, lang())),
            (tr("Figures of"), formats.day(row.as_of, lang(), year=True)),
            (tr("Fingerprint"), row.mark),
        ]
        if row.committee is not None:
            told.insert(1, (tr("Committee"), tr("no. {number}", number=row.committee)))
        here = (self.language.value, "pdf")
        pages = next((one.pages for one in row.files if (one.language, one.format) == here), 0)
        if pages:
            told.append((tr("Pages"), str(pages)))
        if row.corrects is not None:
            told.append((tr("Corrects"), tr("no. {number}", number=row.corrects)))
        if row.reason:
            told.append((tr("Reason"), row.reason))
        if row.corrected_by is not None:
            told.append((tr("Corrected by"), tr("no. {number}", number=row.corrected_by)))
        if row.withdrawn_on is not None:
            told.append((tr("Withdrawn on"), formats.day(row.withdrawn_on, lang(), year=True)))
        return told
