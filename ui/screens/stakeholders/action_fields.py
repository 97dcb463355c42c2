"""The fields of an influence action, and how what is typed there is read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.lateral import laterals
from crm_pilot.i18n import N_, tr
from crm_pilot.people.queries import owners
from crm_pilot.planning.durations import format_duration, parse_duration
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ACTIONS, ActionKind, Zone
from crm_pilot.stakeholders.zones import ally
from crm_pilot.typed import parse_day
from ui.language import formats, lang
from ui.widgets.asked import Asked, Chosen
from ui.widgets.picker import Picker
from ui.widgets.section import named

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from ui.bridge import Bridge

# What is proposed for a zone. The title goes into the plan, which many read: it is neutral.
PROPOSED: dict[Zone | None, tuple[ActionKind, str]] = {
    Zone.GOLDEN_TRIANGLE: (ActionKind.WORKSHOP, N_("Workshop run by {unit}")),
    Zone.ZEALOT: (ActionKind.DEMONSTRATION, N_("Demonstration by {unit}")),
    Zone.HESITANT: (ActionKind.NEGOTIATION, N_("Agree the conditions with {unit}")),
    Zone.PASSIVE: (ActionKind.PAIRING, N_("Pair {unit} with colleagues who use it")),
    Zone.GRUMBLER: (ActionKind.IRRITANT, N_("Fix what hampers {unit}")),
    Zone.OPPONENT: (ActionKind.MEETING, N_("Listen to {unit}")),
    Zone.REBEL: (ActionKind.MEETING, N_("Meet {unit}")),
    Zone.TORN: (ActionKind.MEETING, N_("Meet {unit}")),
    None: (ActionKind.MEETING, N_("Meet {unit}")),
}


def sizes(reader: Reader) -> tuple[int, int]:
    """Minutes of a day and of a week of the project."""
    row = reader.one("SELECT day_minutes, week_minutes FROM project")
    return (480, 2400) if row is None else (row[0], row[1])


def read_effort(text: str, lengths: tuple[int, int]) -> int | None:
    """Minutes of work as people type them; None for an empty text. Raises `UserError`."""
    if not text.strip():
        return None
    minutes, by_clock = parse_duration(text, *lengths)
    if by_clock:
        raise UserError(N_("An effort counts working time: type for example 3 h, 0.5 d or 90 min."))
    return minutes


def unit_names(units: tuple[UnitRow, ...]) -> list[tuple[int, str]]:
    """Units to choose from: groups by name, persons by code."""
    return [(unit.id, unit.shown(names=False)) for unit in units]


class ActionFields(QWidget):
    """Title, kind, owner, days, effort, the ally who carries it, the lateral project."""

    def __init__(self, bridge: Bridge, unit: UnitRow) -> None:
        super().__init__()
        reader, today = bridge.reader, bridge.today
        self._sizes = sizes(reader)
        kinds = {kind: tr(text) for kind, text in ACTIONS.items()}
        self.title = Asked(tr("Action"), str.strip)
        self.kind = Chosen(tr("Kind"), kinds)
        self.owner = Picker(owners(reader), tr("nobody yet"))
        hint = tr("for example 8 January or +2w")
        self.start = Asked(tr("First day"), lambda text: parse_day(text, today), hint)
        self.finish = Asked(tr("Last day"), lambda text: parse_day(text, today), tr("the same day"))
        effort = tr("for example 3 h or 0.5 d")
        self.effort = Asked(tr("Effort"), lambda text: read_effort(text, self._sizes), effort)
        self.ally = Picker(self._allies(queries.units(reader, today), unit), tr("no one"))
        offers = {row.id: row.title for row in laterals(reader) if row.open}
        self.lateral = Chosen(tr("Lateral project"), offers, "–")
        self._lay()

    @staticmethod
    def _allies(units: tuple[UnitRow, ...], unit: UnitRow) -> list[tuple[int, str]]:
        """Allies first (at least as synergic as antagonistic), then the units not rated yet."""
        others = [row for row in units if row.id != unit.id]
        allied = [row for row in others if row.rated and ally(*row.position)]
        allied.sort(key=lambda row: (-row.position[0], row.name))
        return unit_names((*allied, *(row for row in others if not row.rated)))

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.addWidget(self.kind, 0, 0)
        rows.addWidget(named(tr("Owner"), self.owner), 0, 1)
        rows.addWidget(self.start, 1, 0)
        rows.addWidget(self.finish, 1, 1)
        rows.addWidget(self.effort, 2, 0)
        rows.addWidget(named(tr("Ally who carries it"), self.ally), 2, 1)
        rows.addWidget(self.lateral, 3, 0, 1, 2)
        rows.setColumnStretch(0, 1)
        rows.setColumnStretch(1, 1)
        column.addLayout(rows)

    def propose(self, unit: UnitRow) -> None:
        """Fill in what the zone of the unit suggests."""
        kind, text = PROPOSED[unit.zone]
        title = tr(text, unit=unit.shown(names=False))
        self.title.put(title, title)
        self.kind.put(kind)
        self.owner.choose(unit.owner_id)

    def put_day(self, editor: Asked, day: dt.date | None) -> None:
        """Show a day."""
        editor.put(day, formats.day(day, lang(), year=True) if day is not None else "")

    def put_effort(self, minutes: int | None) -> None:
        """Show an effort, as it would be typed."""
        text = format_duration(minutes, lang(), self._sizes[0]) if minutes is not None else ""
        self.effort.put(minutes, text)

    @property
    def wrong(self) -> str:
        """Why what stands here cannot be taken; empty when it can."""
        for editor in (self.start, self.finish, self.effort):
            if editor.wrong:
                return editor.wrong
        if not self.title.field.text().strip():
            return tr("Write what is to be done.")
        for picker in (self.owner, self.ally):
            if picker.typed and picker.key is None:
                return tr("“{text}” is none of the names in the list.", text=picker.typed)
        if self.start.value is None:
            return tr("Write a day.")
        if self.finish.value is not None and self.finish.value < self.start.value:
            return tr("The last day comes before the first.")
        return ""
