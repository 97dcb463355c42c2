"""Issuing a document: what is frozen is said before, a correction says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from crm_pilot.governance.issued import issues, next_number
from crm_pilot.governance.terms import DOCUMENTS, Document
from crm_pilot.i18n import tr
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.buttons import set_reason
from ui.widgets.fields import TextArea
from ui.widgets.section import named
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge


class IssueDialog(Dialog):
    """Asks whether to issue `document`, and which issue it corrects. `corrects` and `reason` are
    what was answered."""

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        document: Document,
        corrects: int | None = None,
    ) -> None:
        number, name = next_number(bridge.reader), tr(DOCUMENTS[document])
        super().__init__(
            parent,
            tr("Issue “{document}” as no. {number}", document=name, number=number),
            tr(
                "Figures and texts are frozen as of {day}, at committee level, in French and in"
                " English, as PDF, PowerPoint and Excel. An issue is never changed: a correction is"
                " a new issue that says so.",
                day=formats.long_day(bridge.today, lang()),
            ),
            icon="lock",
        )
        self.corrected = QComboBox()
        self.corrected.addItem(tr("A first issue, it corrects none"), None)
        for row in issues(bridge.reader):
            if row.document is document and row.corrected_by is None:
                day = formats.day(row.issued_at.date(), lang(), year=True)
                text = tr("It corrects no. {number} of {day}", number=row.number, day=day)
                self.corrected.addItem(text, row.number)
        if corrects is not None:
            self.corrected.setCurrentIndex(max(self.corrected.findData(corrects), 0))
        self.field = TextArea()
        self.field.setFixedHeight(64)
        self.why = named(tr("Reason of the correction"), self.field)
        self.complaint = label(theme.CAPTION, ink="muted", wrap=True)
        which = named(tr("Correction"), self.corrected)
        which.setVisible(self.corrected.count() > 1)
        for widget in (which, self.why, self.complaint):
            self.body.addWidget(widget)
        self.setMinimumWidth(560)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("issue", tr("Issue"), primary=True)
        self.corrected.currentIndexChanged.connect(lambda _: self._check())
        self.field.textChanged.connect(self._check)
        self._check()
        if self.corrects is not None:
            self.field.setFocus()

    @property
    def corrects(self) -> int | None:
        """Number of the issue that this one corrects."""
        found: int | None = self.corrected.currentData()
        return found

    @property
    def reason(self) -> str:
        """Why, where it corrects one."""
        return " ".join(self.field.toPlainText().split()) if self.corrects is not None else ""

    def _check(self) -> None:
        correction = self.corrects is not None
        self.why.setVisible(correction)
        lacking = tr("Say in a few words what was wrong: the issue keeps it for good.")
        missing = lacking if correction and not self.reason else ""
        self.complaint.setText(missing)
        self.complaint.setVisible(bool(missing))
        set_reason(self.buttons["issue"], missing)
