"""The dialog that chooses persons to enrol: search, tick, enrol all of them in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training import queries
from crm_pilot.training.queries import CandidateRow, SessionRow
from crm_pilot.training.rules import places_open
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import chip, primary_button, quiet_button
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
        Column("name", N_("Name"), width=170),
        Column("department", N_("Department"), width=150),
        Column("job", N_("Job"), width=130),
        Column("state", N_("Training"), width=130, ink=_state_ink),
    )


def _state_ink(row: Choice) -> str:
    return "" if row.state == tr("to train") else "muted"


class ChoiceTable(Table):
    """Space and a click tick a row; Enter accepts."""

    ticked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_id is not None:
            self.ticked.emit(self.current_id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class EnrolDialog(QDialog):
    """Choose persons for a session; `chosen` are their ids once accepted."""

    def __init__(self, bridge: Bridge, session: SessionRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.session = bridge, session
        self._chosen: dict[int, None] = {}
        self._found = queries.candidates(bridge.reader, session.id, bridge.today)
        self.model = RowsModel(bridge, "person", _columns(), self._rows)
        self.table = ChoiceTable(bridge, self.model, "training.enrol", removable=False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.ticked.connect(self.tick)
        self.table.clicked.connect(self._clicked)
        self.search = SearchField(260)
        self.search.textChanged.connect(self.model.search)
        self.search.returnPressed.connect(self._tick_only_hit)
        self.only = chip()
        self.only.setChecked(any(row.user and not row.trained for row in self._found))
        self.only.toggled.connect(self._filter)
        self.state = label(theme.CAPTION, ink="muted")
        self.enrol = primary_button()
        self.enrol.clicked.connect(self.accept)
        self.enrol.setAutoDefault(False)
        self.cancel = quiet_button()
        self.cancel.clicked.connect(self.reject)
        self.cancel.setAutoDefault(False)
        self._lay_out()
        self.model.refresh()
        self._filter()
        self._say()
        self.search.setFocus()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Enrol persons"))
        self.resize(680, 520)
        self.only.setText(tr("Users to train"))
        self.cancel.setText(tr("Cancel"))
        self.search.retranslate(tr("Search a name, a department, a job"))
        self.table.retranslate(tr("Persons to enrol"))
        heading = label(theme.HEADING, bold=True)
        heading.setText(self.session.course)
        caption = label(theme.CAPTION, ink="muted")
        day = formats.day(self.session.held_on, lang(), year=True)
        caption.setText(" · ".join(part for part in (day, self.session.place) if part))
        top = QHBoxLayout()
        top.addWidget(self.search)
        top.addWidget(self.only)
        top.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.state, 1)
        bottom.addWidget(self.cancel)
        bottom.addWidget(self.enrol)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(caption)
        column.addSpacing(4)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)

    def _rows(self) -> list[Choice]:
        return [
            Choice(
                row.id,
                row.id in self._chosen,
                row.name,
                row.department,
                row.job,
                state_text(row),
                row,
            )
            for row in self._found
        ]

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of the ticked persons, in the order ticked."""
        return tuple(self._chosen)

    def tick(self, person_id: int) -> None:
        """Tick a person, or take the tick away."""
        if person_id in self._chosen:
            del self._chosen[person_id]
        else:
            self._chosen[person_id] = None
        self.model.refresh()
        self._say()

    def _clicked(self, index: QModelIndex) -> None:
        self.tick(self.model.row(index).id)

    def _tick_only_hit(self) -> None:
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
        count = len(self._chosen)
        free = places_open(self.session.seats, self.session.enrolled)
        chosen = ntr("{n} chosen", "{n} chosen", count)
        seats = ntr("{n} seat free", "{n} seats free", free)
        self.state.setText(f"{chosen} · {seats}")
        self.enrol.setText(ntr("Enrol {n} person", "Enrol {n} persons", count))
        self.enrol.setEnabled(count > 0)
        self.enrol.setToolTip("" if count else tr("Tick at least one person"))
