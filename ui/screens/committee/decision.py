"""The dialog of a new decision: wording, owner and date, none of which may be missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.rows import next_committee
from crm_pilot.i18n import show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.fields import LineEdit
from ui.widgets.text import label
from ui.widgets.typed import parse_day

if TYPE_CHECKING:
    from ui.bridge import Bridge


class DecisionDialog(QDialog):
    """`wording`, `owner`, `due_on` and `committee_id` once accepted."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.following = next_committee(bridge.reader, bridge.today)
        self.wording_field, self.owner_field, self.due_field = LineEdit(), LineEdit(), LineEdit()
        self.problem = label(theme.CAPTION, ink="alert", wrap=True)
        self.add, self.cancel = primary_button(), quiet_button()
        self.add.setDefault(True)
        self.cancel.setAutoDefault(False)
        self.add.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._due: dt.date | None = None
        for field in (self.wording_field, self.owner_field, self.due_field):
            field.textChanged.connect(self._check)
        self._lay_out()
        if self.following is not None:
            self.due_field.setText(formats.day(self.following.held_on, lang(), year=True))
        self._check()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("New decision"))
        self.setMinimumWidth(480)
        rule = label(theme.CAPTION, ink="muted", wrap=True)
        rule.setText(tr("No decision without an owner and a date."))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addWidget(rule)
        named = (
            (tr("Decision"), self.wording_field),
            (tr("Owner, as printed: name and role"), self.owner_field),
            (tr("Due on"), self.due_field),
        )
        for text, field in named:
            caption: QLabel = label(theme.CAPTION, ink="muted")
            caption.setText(text)
            caption.setBuddy(field)
            field.setAccessibleName(text)
            column.addWidget(caption)
            column.addWidget(field)
        column.addWidget(self.problem)
        column.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.cancel)
        bottom.addWidget(self.add)
        self.cancel.setText(tr("Cancel"))
        self.add.setText(tr("Add the decision"))
        column.addLayout(bottom)

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
        self.add.setEnabled(not missing and not wrong)
        reason = tr("Missing: {what}", what=", ".join(missing)) if missing else wrong
        self.add.setToolTip(reason)

    @property
    def wording(self) -> str:
        """What is to be decided."""
        return self.wording_field.text().strip()

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return self.owner_field.text().strip()

    @property
    def due_on(self) -> dt.date | None:
        """By when."""
        return self._due

    @property
    def committee_id(self) -> int | None:
        """The committee it is asked of: the next one."""
        return self.following.id if self.following else None
