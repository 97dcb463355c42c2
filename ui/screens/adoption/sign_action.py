"""The dialog that answers a warning sign with a task of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.entry import Check
from crm_pilot.governance.sign_actions import PlanAction
from crm_pilot.i18n import show, tr
from crm_pilot.people.queries import owners
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge


class SignActionDialog(Dialog):
    """Title, owner and days of a task; what the sign suggests is filled in."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, check: Check) -> None:
        self.bridge, self.check = bridge, check
        sentence = tr("Plan an action: {check}", check=show(check.title))
        super().__init__(parent, sentence, show(check.data))
        set_ink(self.detail, "muted")
        self.setMinimumWidth(640)
        self._build(bridge)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Plan it"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)
        self.title.field.setFocus()
        self.title.field.selectAll()

    def _build(self, bridge: Bridge) -> None:
        today = bridge.today
        hint = tr("for example 8 January or +2w")
        suggested = show(self.check.action)
        self.title = Asked(tr("Action"), str.strip)
        self.title.put(suggested, suggested)
        self.owner = Picker(owners(bridge.reader), tr("nobody yet"))
        self.start = Asked(tr("First day"), lambda text: parse_day(text, today), hint)
        self.finish = Asked(tr("Last day"), lambda text: parse_day(text, today), tr("the same day"))
        self.body.addWidget(self.title)
        self.body.addWidget(named(tr("Owner"), self.owner))
        days = QGridLayout()
        days.setHorizontalSpacing(16)
        days.addWidget(self.start, 0, 0)
        days.addWidget(self.finish, 0, 1)
        self.body.addLayout(days)
        note = label(theme.CAPTION, ink="muted", wrap=True)
        note.setText(
            tr("It is a line of the plan, under the phase of these actions: plain words only.")
        )
        self.body.addWidget(note)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)

    @property
    def wrong(self) -> str:
        """Why what stands here cannot be taken; empty when it can."""
        for editor in (self.start, self.finish):
            if editor.wrong:
                return editor.wrong
        if not self.title.field.text().strip():
            return tr("Write what is to be done.")
        if self.owner.typed and self.owner.key is None:
            return tr("“{text}” is none of the names in the list.", text=self.owner.typed)
        return "" if self.start.value is not None else tr("Write a day.")

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.wrong
        if not sentence:
            try:
                self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()

    def command(self) -> PlanAction:
        """What planning comes to."""
        return PlanAction(
            self.check.rule,
            self.check.subject,
            self.title.field.text(),
            self.bridge.today,
            tr("Answers to warnings"),
            owner_id=self.owner.key,
            start=self.start.value,
            finish=self.finish.value or self.start.value,
        )
