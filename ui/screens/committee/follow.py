"""The decisions of a committee, taken by one key, and what earlier ones left to be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from crm_pilot import formats
from crm_pilot.governance.actions import ActionRow, ChangeAction, actions
from crm_pilot.governance.decisions import SetDecisionStatus, follow_up, is_late
from crm_pilot.governance.rows import CommitteeRow, DecisionRow, decisions
from crm_pilot.governance.terms import DECISION_STATUSES, DecisionStatus
from crm_pilot.i18n import N_, msg, ntr, tr
from crm_pilot.project import Several
from ui.language import lang
from ui.models.rows import Column, RowsModel
from ui.screens.committee.columns import decision_late, due_column, status_icon
from ui.screens.committee.model import CommandModel
from ui.screens.committee.part import Part
from ui.widgets.digits import HELD
from ui.widgets.letters import Letters
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_pilot.project import Command
    from ui.bridge import Bridge

LETTERS = {
    Qt.Key.Key_V: DecisionStatus.VALIDATED,
    Qt.Key.Key_I: DecisionStatus.IN_PROGRESS,
    Qt.Key.Key_C: DecisionStatus.CLOSED,
    Qt.Key.Key_P: DecisionStatus.PROPOSED,
}
ORDER = tuple(DecisionStatus)


class DecisionsPart(Part):
    """What a committee is asked, and what it decided. In the order of the codes: a line stays
    where it is when it is taken."""

    def __init__(self, bridge: Bridge) -> None:
        self.committee: CommitteeRow | None = None
        columns = (
            Column("code", N_("Code"), "text", None, 58),
            Column("wording", N_("Decision"), "text", "wording", 110, grow=True),
            Column("owner", N_("Owner"), "text", "owner", 106),
            due_column(decision_late(bridge), optional=False, width=86, short=True),
            Column(
                "status",
                N_("Status"),
                "choice",
                "status",
                98,
                choices=DECISION_STATUSES,
                optional=False,
                icon=status_icon,
            ),
        )
        model = CommandModel(bridge, "decision", columns, self.rows_of, self._edit, copies=False)
        table = Table(bridge, model, "committee.meeting.decisions", what=N_("decision"))
        super().__init__(bridge, table, "check-circle")
        Letters(table, LETTERS, ORDER, lambda row: row.status, self._judge)

    def rows_of(self) -> list[DecisionRow]:
        """Its decisions by code."""
        if self.committee is None:
            return []
        key = self.committee.id
        found = [row for row in decisions(self.bridge.reader) if row.committee_id == key]
        return sorted(found, key=lambda row: row.code)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(
            tr("Decisions"),
            "",
            tr("V validated · I in progress · C completed · P proposed · F2 edits"),
            tr("No decision here yet"),
            "",
            tr("Type one above: D, what is decided, @owner, day"),
        )
        self._count()

    def show_committee(self, row: CommitteeRow | None) -> None:
        """Show the decisions of a committee."""
        self.committee = row
        self.reread()
        self._count()

    def _count(self) -> None:
        said = tr("Decisions")
        asked = sum(row.status is DecisionStatus.PROPOSED for row in self.table.rows.items())
        if asked:
            said += " · " + ntr("{n} to take", "{n} to take", asked)
        self.section.say(said)

    @property
    def _on(self) -> dt.date:
        """The day of what is noted: that of the committee once it is held."""
        today = self.bridge.today
        return min(self.committee.held_on, today) if self.committee is not None else today

    def _edit(self, row: DecisionRow, values: dict[str, Any]) -> list[Command]:
        if "status" not in values:
            return []
        return [SetDecisionStatus(row.id, DecisionStatus(values.pop("status")), self._on)]

    def _judge(self, ids: Sequence[int], status: DecisionStatus) -> Command:
        made = tuple(SetDecisionStatus(key, status, self._on) for key in ids)
        return Several(made, msg("Status of a decision"))


@dataclass(frozen=True)
class FollowRow:
    """An earlier decision or an action still to be done; actions have ids under 0."""

    id: int
    key: int
    code: str
    title: str
    owner: str
    due_on: dt.date | None
    late: bool
    state: str
    icon: tuple[str, str] | None

    @property
    def of_action(self) -> bool:
        """Whether it is an action."""
        return self.id < 0

    @property
    def table(self) -> str:
        """The register it stands in."""
        return "committee_action" if self.of_action else "decision"


def followed(bridge: Bridge, committee: int) -> list[FollowRow]:
    """What is open: decisions taken at other committees, and every action; by day."""
    found = [_decision(row, bridge.today) for row in follow_up(bridge.reader, committee)]
    open_ = (row for row in actions(bridge.reader, bridge.today) if not row.done)
    found += [_action(row) for row in open_]
    return sorted(found, key=lambda row: (row.due_on or dt.date.max, row.code))


def _decision(row: DecisionRow, today: dt.date) -> FollowRow:
    late, state = is_late(row, today), tr(DECISION_STATUSES[row.status])
    return FollowRow(row.id, row.id, row.code, row.wording, row.owner, row.due_on, late, state,
                     status_icon(row))  # fmt: skip


def _action(row: ActionRow) -> FollowRow:
    state = formats.percent(row.percent / 100, lang())
    return FollowRow(-row.id, row.id, row.code, row.title, row.owner, row.due_on, row.late, state,
                     ("play", "accent") if row.percent else ("clock", "muted"))  # fmt: skip


class FollowTable(Table):
    """C: it is completed."""

    completed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and not event.modifiers() & HELD:
            self.completed.emit()
        else:
            super().keyPressEvent(event)


class FollowPart(Part):
    """Decisions of earlier committees and actions that are still open."""

    go = Signal(str, str, int)

    def __init__(self, bridge: Bridge) -> None:
        self.committee: int | None = None
        columns = (
            Column("code", N_("Code"), "text", None, 58, bold=True),
            Column("title", N_("Decision or action"), "text", None, 110, grow=True),
            Column("owner", N_("Owner"), "text", None, 170),
            due_column(lambda row: row.late, width=86, short=True, edit=False),
            Column("state", N_("Status"), "text", None, 112, icon=lambda row: row.icon),
        )  # fmt: skip
        model = RowsModel(bridge, "decision", columns, self._load, copies=False)
        table = FollowTable(bridge, model, "committee.meeting.follow", removable=False)
        super().__init__(bridge, table, "clock")
        table.completed.connect(self.complete)
        table.opened.connect(self._open)

    def _load(self) -> list[FollowRow]:
        if self.committee is None or not self.bridge.has_project:
            return []
        return followed(self.bridge, self.committee)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(
            tr("Follow-up"),
            "",
            tr("C completed · Enter opens it in its register"),
            tr("Nothing is left open"),
            "",
            tr("Earlier decisions and open actions stand here until they are completed."),
        )
        self.reread()  # its words are made when it is read
        self._count()

    def show_committee(self, key: int | None) -> None:
        """Show what a committee looks back at."""
        self.committee = key
        self.reread()
        self._count()

    def _count(self) -> None:
        said = tr("Follow-up")
        late = sum(row.late for row in self.table.rows.items())
        if late:
            said += " · " + ntr("{n} late", "{n} late", late)
        self.section.say(said)

    def complete(self) -> None:
        """The selected ones are done."""
        chosen = [row for row in self.table.selected_items if row is not None]
        if not chosen or not self.bridge.may_edit():
            return
        place = self.table.currentIndex().row()
        made: tuple[Command, ...] = tuple(
            ChangeAction(row.key, percent=100)
            if row.of_action
            else SetDecisionStatus(row.key, DecisionStatus.CLOSED, self.bridge.today)
            for row in chosen
        )
        self.bridge.execute(Several(made, msg("Note what is completed")))
        if self.table.rows.rowCount():
            last = self.table.rows.rowCount() - 1
            self.table.setCurrentIndex(self.table.rows.index(min(place, last), 0))

    def _open(self, key: int) -> None:
        row = next((one for one in self.table.rows.shown if one.id == key), None)
        if row is not None:
            self.go.emit("committee", row.table, row.key)
