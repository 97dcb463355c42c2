"""The dialog of a lateral project: whose concern it answers, with what, and who carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.lateral import LateralRow, SaveLateral
from crm_pilot.i18n import show, tr
from crm_pilot.people.queries import owners
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.terms import LATERAL_STATUSES, LateralStatus
from ui import theme
from ui.dialogs.base import Dialog
from ui.screens.stakeholders.action_fields import unit_names
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import Guard
from ui.widgets.fields import TextArea
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge


class LateralDialog(Dialog):
    """Adds a lateral project, for unit `unit_key` where given, or changes `row`; `saved(id)`."""

    saved = Signal(int)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        row: LateralRow | None = None,
        *,
        unit_key: int | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("New lateral project") if row is None else tr("Lateral project"),
            tr(
                "It answers a concern that is theirs, and by that carries the main project without"
                " betraying its goal."
            ),
        )
        set_ink(self.detail, "muted")
        self.setMinimumWidth(560)
        self.bridge, self.row = bridge, row
        self._build()
        self._fill(unit_key)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        text = tr("Add") if row is None else tr("Save")
        self.save = self.add_button("save", text, primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)
        self.title.field.setFocus()

    def _build(self) -> None:
        reader = self.bridge.reader
        self.title = Asked(tr("Title"), str.strip, tr("Rounds planned from the phone"))
        units = queries.units(reader, self.bridge.today)
        self.unit = Picker(unit_names(units), tr("which group"))
        self.pilot = Picker(owners(reader), tr("nobody yet"))
        statuses = {status: tr(text) for status, text in LATERAL_STATUSES.items()}
        self.status = Chosen(tr("Status"), statuses)
        self.concern, self.offer, self.goal = _area(), _area(), _area()
        self.concern.setPlaceholderText(tr("In their own words: “our reports take our evenings”"))
        self.offer.setPlaceholderText(tr("What the project gives them for it"))
        self.goal.setPlaceholderText(tr("How this brings the main goal nearer"))
        self.body.addWidget(self.title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(named(tr("Group"), self.unit), 0, 0)
        grid.addWidget(named(tr("Pilot"), self.pilot), 0, 1)
        grid.addWidget(self.status, 0, 2)
        self.body.addLayout(grid)
        self.body.addWidget(named(tr("Their concern"), self.concern))
        self.body.addWidget(named(tr("Our offer"), self.offer))
        self.body.addWidget(named(tr("Link to the main goal"), self.goal))

    def _fill(self, unit_key: int | None) -> None:
        row = self.row
        if row is None:
            self.unit.choose(unit_key)
            self.status.put(LateralStatus.IDEA)
            return
        self.title.put(row.title, row.title)
        self.unit.choose(row.stakeholder_id)
        self.pilot.choose(row.pilot_id)
        self.status.put(row.status)
        self.concern.setPlainText(row.concern)
        self.offer.setPlainText(row.offer)
        self.goal.setPlainText(row.goal)

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = next(
            (
                tr("“{text}” is none of the names in the list.", text=picker.typed)
                for picker in (self.unit, self.pilot)
                if picker.typed and picker.key is None
            ),
            "",
        )
        made = None
        if not sentence:
            try:
                made = self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if made is None:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()
        self.saved.emit(made)

    def command(self) -> SaveLateral:
        """What saving comes to."""
        return SaveLateral(
            self.title.field.text(),
            self.bridge.today,
            self.unit.key,
            self.concern.toPlainText(),
            self.offer.toPlainText(),
            self.goal.toPlainText(),
            self.pilot.key,
            self.status.value,
            "" if self.row is None else self.row.note,
            None if self.row is None else self.row.id,
        )


def _area() -> TextArea:
    made = TextArea()
    made.setFixedHeight(52)
    return made
