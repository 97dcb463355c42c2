"""The dialog of a new decision: wording, owner and date, none of which may be missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.registers import AddDecision
from crm_pilot.governance.rows import next_committee
from crm_pilot.i18n import show, tr
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge


class DecisionDialog(Dialog):
    """Adds the decision once all is there and tells its id by `added`."""

    added = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr("New decision"), tr("No decision without an owner and a date."))
        self.bridge = bridge
        self.following = next_committee(bridge.reader, bridge.today)
        self.wording_field, self.owner_field, self.due_field = LineEdit(), LineEdit(), LineEdit()
        self.problem = label(theme.CAPTION, ink="alert", wrap=True)
        self._due: dt.date | None = None
        named = (
            (tr("Decision"), self.wording_field),
            (tr("Owner, as printed: name and role"), self.owner_field),
            (tr("Due on"), self.due_field),
        )
        for text, field in named:
            caption = label(theme.CAPTION, ink="muted")
            caption.setText(text)
            caption.setBuddy(field)
            field.setAccessibleName(text)
            field.textChanged.connect(self._check)
            self.body.addWidget(caption)
            self.body.addWidget(field)
        self.body.addWidget(self.problem)
        self.add_button("cancel", tr("Cancel"))
        self.add = self.add_button("ok", tr("Add the decision"), primary=True)
        if self.following is not None:
            self.due_field.setText(formats.day(self.following.held_on, lang(), year=True))
        self._check()
        self.wording_field.setFocus()
        self.accepted.connect(self._add)

    def _add(self) -> None:
        committee = self.following.id if self.following else None
        key = self.bridge.execute(AddDecision(self.wording, self.owner, self._due, committee))
        if key is not None:
            self.added.emit(key)

    def _check(self) -> None:
        missing, self._due, wrong = [], None, ""
        try:
            self._due = parse_day(self.due_field.text(), self.bridge.today)
        except UserError as error:
            wrong = show(error.message)
        if not self.wording:
            missing.append(tr("the wording"))
        if not self.owner:
            missing.append(tr("the owner"))
        if self._due is None and not wrong:
            missing.append(tr("the date"))
        self.due_field.mark_wrong(wrong)
        self.problem.setText(wrong)
        reason = tr("Missing: {what}", what=", ".join(missing)) if missing else wrong
        set_reason(self.add, reason)

    @property
    def wording(self) -> str:
        """What is to be decided."""
        return self.wording_field.text().strip()

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return self.owner_field.text().strip()
