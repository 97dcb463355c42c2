"""The dialog of an actor of the RACI: a role or a person, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from crm_pilot.governance.owners import match
from crm_pilot.governance.raci import AddRaciActor, RaciActorRow
from crm_pilot.i18n import msg, tr
from crm_pilot.people.queries import owners
from crm_pilot.project import SetFields
from ui.dialogs.base import Dialog
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard

if TYPE_CHECKING:
    from ui.bridge import Bridge


class ActorDialog(Dialog):
    """Adds an actor, or renames `known`; `saved(id)`."""

    saved = Signal(int)

    def __init__(
        self, bridge: Bridge, parent: QWidget | None, known: RaciActorRow | None = None
    ) -> None:
        title = tr("Add an actor") if known is None else tr("Rename the actor")
        super().__init__(parent, title)
        self.bridge, self.known = bridge, known
        self.people = owners(bridge.reader)
        self.name = Asked(tr("Role or person"), str.strip, tr("sponsor, integrator, a name"))
        names = QCompleter([name for _, name in self.people], self)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.field.setCompleter(names)
        if known is not None:
            self.name.put(known.name, known.name)
        self.body.addWidget(self.name)
        self.add_button("cancel", tr("Cancel"))
        text = tr("Add the actor") if known is None else tr("Save")
        self.save = self.add_button("ok", text, primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save, why=self._missing)
        self.name.edited.connect(self.guard.refresh)
        self.accepted.connect(self._save)
        self.name.field.setFocus()
        self.name.field.selectAll()

    def _missing(self) -> str:
        return "" if self.name.value else tr("Missing: {what}", what=tr("the name"))

    def _save(self) -> None:
        if self.known is None:
            key = self.bridge.execute(AddRaciActor(self.name.value))
            if key is not None:
                self.saved.emit(key)
            return
        person = match(self.name.value, self.people).id
        values = {"name": self.name.value, "person_id": person}
        name = msg("Rename an actor of the RACI")
        self.bridge.execute(SetFields("raci_actor", self.known.id, values, name))
        self.saved.emit(self.known.id)
