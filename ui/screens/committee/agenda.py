"""Agenda and participants of a committee: points in their order, presence by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from crm_pilot.governance.meetings import (
    AddAgendaItem,
    AddParticipant,
    AgendaRow,
    ParticipantRow,
    agenda,
    participants,
)
from crm_pilot.governance.owners import match
from crm_pilot.governance.terms import PRESENCES, Presence
from crm_pilot.i18n import N_, msg, ntr, tr
from crm_pilot.people.queries import owners
from crm_pilot.project import SetFields, SetRows
from ui.models.rows import Column, RowsModel
from ui.screens.committee.model import CommandModel
from ui.screens.committee.part import Part
from ui.screens.committee.words import length
from ui.widgets.letters import Letters
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_pilot.project import Command
    from ui.bridge import Bridge

PRESENCE_ICONS = {
    Presence.INVITED: ("clock", "muted"),
    Presence.PRESENT: ("check", "good"),
    Presence.REPRESENTED: ("people", "good"),
    Presence.EXCUSED: ("calendar", "muted"),
    Presence.ABSENT: ("close", "alert"),
}
LETTERS = {  # the same in both languages
    Qt.Key.Key_P: Presence.PRESENT,
    Qt.Key.Key_R: Presence.REPRESENTED,
    Qt.Key.Key_E: Presence.EXCUSED,
    Qt.Key.Key_A: Presence.ABSENT,
    Qt.Key.Key_I: Presence.INVITED,
}
ORDER = tuple(LETTERS.values())
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderedTable(Table):
    """Alt+arrows move a row among the others."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = MOVES.get(Qt.Key(event.key()))
        if alone == Qt.KeyboardModifier.AltModifier and step is not None:
            self.move_row(step)
        else:
            super().keyPressEvent(event)

    def move_row(self, step: int) -> None:
        """Put the current row one place up or down."""
        key, rows = self.current_id, list(self.rows.items())
        place = next((at for at, row in enumerate(rows) if row.id == key), None)
        if place is None or not 0 <= place + step < len(rows) or not self.bridge.may_edit():
            return
        rows.insert(place + step, rows.pop(place))
        places = {row.id: {"position": at} for at, row in enumerate(rows)}
        self.bridge.execute(SetRows(self.rows.table, places, msg("Change the order")))
        self.select(key or 0)


class AgendaPart(Part):
    """The points of a committee, and in a line what became of each."""

    def __init__(self, bridge: Bridge) -> None:
        self.committee: int | None = None
        columns = (
            Column("title", N_("Point"), "text", "title", 120, grow=True, optional=False),
            Column("presenter", N_("By"), "text", "presenter", 92, spare=1),
            Column("minutes", N_("Min."), "int", "minutes", 52, low=1, high=1440),
            Column("outcome", N_("What became of it"), "text", "outcome", 110, grow=True),
        )
        model = RowsModel(bridge, "agenda_item", columns, lambda: self.points(bridge),
                          what=N_("point"), fresh=self._fresh)  # fmt: skip
        table = OrderedTable(bridge, model, "committee.agenda", what=N_("point"))
        super().__init__(bridge, table, "committee")
        table.opened.connect(lambda _: table.edit(table.currentIndex()))
        self.add_asked.connect(self.add)

    def points(self, bridge: Bridge) -> tuple[AgendaRow, ...]:
        """The points shown."""
        return agenda(bridge.reader, self.committee) if self.committee is not None else ()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(
            tr("Agenda"),
            tr("Add a point"),
            tr("Alt+arrows change the order"),
            tr("No agenda yet"),
            tr("Add the first point"),
        )

    def show_committee(self, key: int | None) -> None:
        """Show the agenda of a committee."""
        self.committee = key
        self.reread()
        if key is not None:
            total = sum(row.minutes or 0 for row in self.points(self.bridge))
            said = tr("Agenda")
            self.section.say(f"{said} · {length(total)}" if total else said)

    def _fresh(self, values: Any) -> Command:
        return AddAgendaItem(self.committee or 0, values.get("title") or tr("New point"))

    def add(self) -> None:
        """A new point, its title being typed."""
        if self.committee is None or not self.bridge.may_edit():
            return
        key = self.bridge.execute(AddAgendaItem(self.committee, tr("New point")))
        if key is not None:
            self.table.select(key, edit="title")


class PeoplePart(Part):
    """Who is invited to a committee, and who came."""

    def __init__(self, bridge: Bridge) -> None:
        self.committee: int | None = None
        columns = (
            Column("name", N_("Name"), "text", "name", 116, grow=True, optional=False),
            Column("role", N_("Role"), "text", "role", 110, spare=1),
            Column(
                "presence",
                N_("Presence"),
                "choice",
                "presence",
                112,
                choices=PRESENCES,
                optional=False,
                icon=lambda row: PRESENCE_ICONS[row.presence],
                ink=lambda row: "muted" if row.presence is Presence.INVITED else "",
            ),
        )
        model = CommandModel(bridge, "participant", columns, lambda: self.invited(bridge),
                             self._edit, what=N_("participant"), fresh=self._fresh)  # fmt: skip
        table = OrderedTable(bridge, model, "committee.participants", what=N_("participant"))
        super().__init__(bridge, table, "people")
        Letters(table, LETTERS, ORDER, lambda row: row.presence, self._note)
        self.add_asked.connect(self.add)

    def invited(self, bridge: Bridge) -> tuple[ParticipantRow, ...]:
        """The participants shown."""
        return participants(bridge.reader, self.committee) if self.committee is not None else ()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(
            tr("Participants"),
            tr("Invite somebody"),
            tr("P present · R represented · E excused · A absent · I invited · F2 edits"),
            tr("Nobody is invited yet"),
            tr("Invite somebody"),
        )
        self._count()

    def show_committee(self, key: int | None) -> None:
        """Show the participants of a committee."""
        self.committee = key
        self.reread()
        self._count()

    def _count(self) -> None:
        if not self.bridge.has_project:
            return
        came = sum(
            row.presence in (Presence.PRESENT, Presence.REPRESENTED)
            for row in self.invited(self.bridge)
        )
        said = tr("Participants")
        if came:
            said += " · " + ntr("{n} present", "{n} present", came)
        self.section.say(said)

    def _edit(self, row: ParticipantRow, values: dict[str, Any]) -> list[Command]:
        """Another name is another person."""
        if "name" not in values:
            return []
        name = values.pop("name")
        person = match(name, owners(self.bridge.reader)).id
        return [SetFields("participant", row.id, {"name": name, "person_id": person})]

    def _fresh(self, values: Any) -> Command:
        return AddParticipant(self.committee or 0, values.get("name") or tr("New participant"))

    def _note(self, ids: Sequence[int], presence: Presence) -> Command:
        made = {key: {"presence": presence} for key in ids}
        return SetRows("participant", made, msg("Note who came"))

    def add(self) -> None:
        """Somebody more, the name being typed."""
        if self.committee is None or not self.bridge.may_edit():
            return
        key = self.bridge.execute(AddParticipant(self.committee, tr("New participant")))
        if key is not None:
            self.table.select(key, edit="name")
