"""The dialog that puts a check aside: why, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.entry import Check
from crm_pilot.governance.snoozing import Snooze
from crm_pilot.i18n import show, tr
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.fields import TextArea
from ui.widgets.section import named
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge


class SnoozeDialog(Dialog):
    """Asks for a reason, without which nothing is put aside, and for a last day."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, check: Check) -> None:
        super().__init__(parent, tr("Snooze: {check}", check=show(check.title)), show(check.data))
        set_ink(self.detail, "muted")
        self.bridge, self.check = bridge, check
        self.reason = TextArea()
        self.reason.setFixedHeight(64)
        self.body.addWidget(named(tr("Why it may rest"), self.reason))
        today = bridge.today
        hint = tr("for good, or for example +4w")
        self.until = Asked(tr("Until"), lambda text: parse_day(text, today), hint)
        self.body.addWidget(self.until)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Snooze"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)
        self.reason.setFocus()

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.until.wrong
        if not sentence:
            reason, last = self.reason.toPlainText(), self.until.value
            made = Snooze(self.check.rule, self.check.subject, reason, self.bridge.today, last)
            try:
                self.bridge.project.execute(made)
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()
