"""The dialog of an influence action: a task of the plan that aims at a unit of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.influence import ActionRow
from crm_pilot.governance.influence_commands import (
    ChangeInfluence,
    PlanInfluence,
    UnlinkInfluence,
)
from crm_pilot.i18n import show, tr
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.zones import HANDLING
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import lang
from ui.screens.stakeholders.action_fields import ActionFields
from ui.widgets.buttons import Guard
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge


class ActionDialog(Dialog):
    """Plans an action on unit `unit_key`, or changes `action`; `saved(id)` once it is stored."""

    saved = Signal(int)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        unit_key: int,
        action: ActionRow | None = None,
        *,
        lateral_id: int | None = None,
    ) -> None:
        self.bridge = bridge
        self.action = action
        units = queries.units(bridge.reader, bridge.today)
        self.unit = next(row for row in units if row.id == unit_key)
        shown = self.unit.shown(names=False)
        sentence = (
            tr("Plan an action for {unit}", unit=shown)
            if action is None
            else tr("Action for {unit}", unit=shown)
        )
        super().__init__(parent, sentence, self._advice())
        set_ink(self.detail, "muted")
        self.setMinimumWidth(640)
        self.fields = ActionFields(bridge, self.unit)
        self.body.addWidget(self.fields)
        self.is_done = QCheckBox(tr("Done"))
        self.is_done.setVisible(action is not None)
        self.body.addWidget(self.is_done)
        note = label(theme.CAPTION, ink="muted", wrap=True)
        note.setText(
            tr("It is a line of the plan, under the phase of these actions: plain words only.")
        )
        self.body.addWidget(note)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self._buttons()
        self._fill(lateral_id)
        self.chosen.connect(self._chosen)
        self.fields.title.field.setFocus()
        self.fields.title.field.selectAll()

    def _advice(self) -> str:
        """How the zone of the unit is handled."""
        if self.unit.zone is None:
            return tr("Not rated yet: the action is planned all the same.")
        own = queries.advice(self.bridge.reader)[self.unit.zone].own_handling.get(lang())
        return own or tr(HANDLING[self.unit.zone].advice)

    def _buttons(self) -> None:
        self.guard = Guard(self.bridge, self)
        if self.action is not None:
            remove = self.add_button("remove", tr("Take away…"), closes=False, left=True)
            self.guard.add(remove)
        self.add_button("cancel", tr("Cancel"))
        text = tr("Plan it") if self.action is None else tr("Save")
        self.save = self.add_button("save", text, primary=True, closes=False)
        self.guard.add(self.save)

    def _fill(self, lateral_id: int | None) -> None:
        fields, action = self.fields, self.action
        if action is None:
            fields.propose(self.unit)
            enters = self.unit.enters_on
            fields.put_day(fields.start, enters if enters and enters >= self.bridge.today else None)
            fields.lateral.put(lateral_id)
            return
        fields.title.put(action.title, action.title)
        fields.kind.put(action.kind)
        fields.owner.choose(action.owner_id)
        fields.put_day(fields.start, action.start)
        fields.put_day(fields.finish, action.finish if action.finish != action.start else None)
        fields.put_effort(action.effort)
        fields.ally.choose(action.ally_id)
        fields.lateral.put(action.lateral_id)
        self.is_done.setChecked(action.done)

    # answering -------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key == "remove":
            self._ask_removal()
        if key != "save":
            return
        wrong = self.fields.wrong
        if wrong:
            self._complain(wrong)
            return
        try:
            made = self.bridge.project.execute(self.command())
        except UserError as error:
            self._complain(show(error.message))
            return
        self.accept()
        self.saved.emit(made if self.action is None else self.action.id)

    def _complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.show()

    def command(self) -> Command:
        """What saving comes to."""
        fields = self.fields
        if self.action is None:
            return PlanInfluence(
                self.unit.id,
                fields.title.field.text(),
                self.bridge.today,
                tr("Influence actions"),
                kind=fields.kind.value,
                owner_id=fields.owner.key,
                start=fields.start.value,
                finish=fields.finish.value or fields.start.value,
                effort=fields.effort.value,
                ally_id=fields.ally.key,
                lateral_id=fields.lateral.value,
            )
        return ChangeInfluence(
            self.action.id,
            fields.title.field.text(),
            fields.kind.value,
            fields.owner.key,
            fields.start.value,
            fields.finish.value,
            fields.effort.value,
            fields.ally.key,
            fields.lateral.value,
            self._percent(self.action),
        )

    def _percent(self, action: ActionRow) -> int | None:
        """Done or not, where that was changed."""
        if self.is_done.isChecked() == action.done:
            return None
        return 100 if self.is_done.isChecked() else 0

    def _ask_removal(self) -> None:
        assert self.action is not None
        asked = RemoveAction(self, self.bridge, self.action)
        asked.removed.connect(self.reject)
        asked.open()


class RemoveAction(Dialog):
    """Asks whether the task of an action goes with it; `removed` once it is decided."""

    removed = Signal()

    def __init__(self, parent: QWidget | None, bridge: Bridge, action: ActionRow) -> None:
        super().__init__(
            parent,
            tr("Take “{title}” away?", title=action.title),
            tr("The action leaves the map. Its task may stay in the plan as an ordinary one."),
        )
        self.bridge, self.action = bridge, action
        self.add_button("cancel", tr("Cancel"))
        self.add_button("delete", tr("Delete the task too"))
        self.add_button("keep", tr("Keep the task"), primary=True)
        self.chosen.connect(self._chosen)

    def _chosen(self, key: str) -> None:
        if key not in ("keep", "delete"):
            return
        self.bridge.execute(UnlinkInfluence(self.action.id, key == "delete", self.action.title))
        self.removed.emit()
