"""The dialog of a new action: title, owner and day, none of which may be missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from crm_pilot.governance.actions import AddAction
from crm_pilot.governance.owners import match
from crm_pilot.governance.rows import decisions, next_committee
from crm_pilot.governance.terms import DecisionStatus
from crm_pilot.i18n import tr
from crm_pilot.people.queries import owners
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge


class ActionDialog(Dialog):
    """Adds the action once all is there and tells its id by `added`."""

    added = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr("New action"), tr("No action without an owner and a date."))
        self.bridge = bridge
        self.people = owners(bridge.reader)
        self.title = Asked(tr("Action"), str.strip)
        self.owner = Asked(tr("Owner"), str.strip, tr("a person, or any name"))
        known = QCompleter([name for _, name in self.people], self)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.owner.field.setCompleter(known)
        self.due = Asked(
            tr("Due on"), lambda text: parse_day(text, bridge.today), tr("12/1, friday")
        )
        self.answers = Picker(self._decisions(), tr("none"))
        for one in (self.title, self.owner, self.due):
            one.edited.connect(self._check)
            self.body.addWidget(one)
        self.body.addWidget(named(tr("Carries out the decision"), self.answers))
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.told)
        self.add_button("cancel", tr("Cancel"))
        self.add = self.add_button("ok", tr("Add the action"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.add, why=self._missing)
        self._check()
        self.title.field.setFocus()
        self.accepted.connect(self._add)

    def _decisions(self) -> list[tuple[int, str]]:
        return [
            (row.id, f"{row.code} · {row.wording}")
            for row in decisions(self.bridge.reader)
            if row.status is not DecisionStatus.CLOSED
        ]

    def _missing(self) -> str:
        day: dt.date | None = self.due.value
        lacks = [
            text
            for text, given in (
                (tr("the title"), self.title.value),
                (tr("the owner"), self.owner.value),
                (tr("the date"), day or self.due.wrong),
            )
            if not given
        ]
        if lacks:
            return tr("Missing: {what}", what=", ".join(lacks))
        several = match(self.owner.value, self.people).several
        if several:
            return tr("This name may be {names}.", names=", ".join(several[:4]))
        return self.due.wrong

    def _check(self) -> None:
        found = match(self.owner.value or "", self.people)
        said = ""
        if found.several:
            said = tr("This name may be {names}.", names=", ".join(found.several[:4]))
        elif found.name and found.id is None:
            said = tr("{name} is new and becomes a person of the project.", name=found.name)
        elif found.name:
            said = tr("Owner: {name}", name=found.name)
        self.told.setText(said)
        self.guard.refresh()

    def _add(self) -> None:
        following = next_committee(self.bridge.reader, self.bridge.today)
        key = self.bridge.execute(
            AddAction(
                self.title.value,
                self.owner.value,
                self.due.value,
                committee_id=following.id if following is not None else None,
                decision_id=self.answers.key,
            )
        )
        if key is not None:
            self.added.emit(key)
