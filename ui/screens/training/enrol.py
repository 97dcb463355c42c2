"""The dialog that chooses persons to enrol: search, tick, enrol all of them in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training import queries
from crm_pilot.training.commands import Enrol
from crm_pilot.training.queries import CandidateRow, SessionRow
from crm_pilot.training.rules import places_open
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import chip, set_reason
from ui.widgets.fields import SearchField
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge


@dataclass(frozen=True)
class Choice:
    """A candidate and whether they are ticked."""

    id: int
    chosen: bool
    name: str
    department: str | None
    job: str
    state: str
    person: CandidateRow


def state_text(row: CandidateRow) -> str:
    """Where a person stands, in words."""
    if row.trained:
        return tr("trained")
    if row.planned_on is not None:
        return tr("enrolled on {date}", date=formats.day(row.planned_on, lang()))
    return tr("to train") if row.user else tr("no account")


def _columns() -> tuple[Column, ...]:
    return (
        Column("chosen", "", "bool", width=36),
        Column("name", N_("Name"), width=160),
        Column("department", N_("Department"), width=128),
        Column("job", N_("Job"), width=160, grow=True),
        Column("state", N_("Training"), width=124, ink=_state_ink),
    )


def _state_ink(row: Choice) -> str:
    return "" if row.state == tr("to train") else "muted"


class ChoiceTable(Table):
    """Space and a click tick a row; Enter is done."""

    ticked = Signal(int)
    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_id is not None:
            self.ticked.emit(self.current_id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class EnrolDialog(Dialog):
    """Ticks persons for a session and enrols them in one step, which `enrolled` tells."""

    enrolled = Signal()

    def __init__(self, bridge: Bridge, session: SessionRow, parent: QWidget | None = None) -> None:
        day = formats.day(session.held_on, lang(), year=True)
        detail = " · ".join(part for part in (session.course, day, session.place) if part)
        super().__init__(parent, tr("Enrol persons"), detail)
        self.bridge, self.session = bridge, session
        self._ticked: dict[int, None] = {}
        self._found = queries.candidates(bridge.reader, session.id, bridge.today)
        self.model = RowsModel(bridge, "person", _columns(), self._rows)
        self.table = ChoiceTable(bridge, self.model, "training.enrol", removable=False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.ticked.connect(self.tick)
        self.table.clicked.connect(self._clicked)
        self.table.done.connect(self._enter)
        self.search = SearchField(320)
        self.search.textChanged.connect(self.model.search)
        self.search.returnPressed.connect(self._tick_first_hit)
        self.only = chip(tr("Users to train"))
        self.only.setChecked(any(row.user and not row.trained for row in self._found))
        self.only.toggled.connect(self._filter)
        self.state = label(theme.CAPTION, ink="muted")
        self.add_button("cancel", tr("Cancel"))
        self.enrol = self.add_button("ok", "", primary=True)
        self.enrol.setDefault(False)  # Enter in the search ticks the first hit
        self.enrol.setAutoDefault(False)
        self._lay_out()
        self.model.refresh()
        self._filter()
        self._say()
        self.search.setFocus()
        self.accepted.connect(self._enrol)

    def _enrol(self) -> None:
        self.bridge.execute(Enrol(self.session.id, self.person_ids))
        self.enrolled.emit()

    def _lay_out(self) -> None:
        self.resize(760, 540)
        self.search.retranslate(tr("Search a name, a department, a job"))
        self.table.retranslate(tr("Persons to enrol"))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search)
        top.addWidget(self.only)
        top.addStretch(1)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.state)

    def _rows(self) -> list[Choice]:
        return [
            Choice(
                row.id,
                row.id in self._ticked,
                row.name,
                row.department,
                row.job,
                state_text(row),
                row,
            )
            for row in self._found
        ]

    @property
    def person_ids(self) -> tuple[int, ...]:
        """Ids of the ticked persons, in the order ticked."""
        return tuple(self._ticked)

    def tick(self, person_id: int) -> None:
        """Tick a person, or take the tick away."""
        if person_id in self._ticked:
            del self._ticked[person_id]
        else:
            self._ticked[person_id] = None
        self.model.refresh()
        self._say()

    def _enter(self) -> None:
        if self._ticked:
            self.enrol.click()

    def _clicked(self, index: QModelIndex) -> None:
        self.tick(self.model.row(index).id)

    def _tick_first_hit(self) -> None:
        if self.model.rowCount():
            self.tick(self.model.shown[0].id)
            self.search.selectAll()

    def _filter(self) -> None:
        wanted = self.only.isChecked()
        self.model.keep(
            (lambda row: row.chosen or (row.person.user and not row.person.trained))
            if wanted
            else None
        )

    def _say(self) -> None:
        count = len(self._ticked)
        free = places_open(self.session.seats, self.session.enrolled)
        chosen = ntr("{n} chosen", "{n} chosen", count)
        seats = ntr("{n} seat free", "{n} seats free", free)
        self.state.setText(f"{chosen} · {seats}")
        self.enrol.setText(ntr("Enrol {n} person", "Enrol {n} persons", count))
        set_reason(self.enrol, "" if count else tr("Tick at least one person"))
