"""The dialog that dates the works council milestone, on whose day figures of single users open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.governance.user_lock import DateWorksCouncil
from crm_pilot.i18n import tr
from crm_pilot.typed import parse_day
from ui.dialogs.base import Dialog
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.text import set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge


class CouncilDialog(Dialog):
    """Asks for the day on which the works council was, or will be, informed and consulted."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, milestone: str) -> None:
        name = milestone or tr("Works council consulted")
        super().__init__(
            parent,
            tr("When is “{title}”?", title=name),
            tr(
                "The works council (CSE) is informed and consulted before figures of single users"
                " are looked at (article L2312-38). They open on this day, for the lead alone."
            ),
        )
        set_ink(self.detail, "muted")
        self.bridge = bridge
        today = bridge.today
        hint = tr("for example 12 January or +2w")
        self.day = Asked(tr("Day"), lambda text: parse_day(text, today), hint)
        self.body.addWidget(self.day)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Date the milestone"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save, why=self._why_not)
        self.day.edited.connect(self.guard.refresh)
        self.chosen.connect(self._chosen)
        self.day.field.setFocus()

    def _why_not(self) -> str:
        return self.day.wrong or ("" if self.day.value else tr("Type the day first."))

    def _chosen(self, key: str) -> None:
        if key != "save" or self._why_not():
            return
        if self.bridge.execute(DateWorksCouncil(self.day.value, self.bridge.today)) is not None:
            self.accept()
