"""Choosing whom to enrol: by department, profile or name, with what comes of it beside each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.people.queries import accounts, departments, profiles
from crm_pilot.training import queries
from crm_pilot.training.enrolment import EnrolGroup, Group, Proposal, propose
from crm_pilot.training.queries import CandidateRow
from crm_pilot.training.rules import places_open
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.enrol_sessions import SessionChoice
from ui.screens.training.wish import Wish
from ui.widgets.buttons import Guard, chip, link_button, set_reason
from ui.widgets.fields import SearchField
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

ASKED = -1  # in the list of departments: the persons the dialog was opened for
SEAT, WAITS, OUT = "seat", "waits", "out"
SIGNS = {SEAT: ("check", "good"), WAITS: ("clock", "watch"), OUT: ("warning", "alert")}


@dataclass(frozen=True)
class Choice:
    """A candidate, whether they are ticked, and what would come of it."""

    id: int
    chosen: bool
    name: str
    department: str | None
    job: str
    state: str
    verdict: str
    outcome: str
    person: CandidateRow


def states(rows: Iterable[CandidateRow]) -> Iterable[str]:
    """Where persons stand, in words; words are looked up once."""
    said: dict[tuple[bool, dt.date | None, bool], str] = {}
    for row in rows:
        stand = (row.trained, row.planned_on, row.user)
        if stand not in said:
            said[stand] = _state_text(row)
        yield said[stand]


def _state_text(row: CandidateRow) -> str:
    if row.trained:
        return tr("trained")
    if row.planned_on is not None:
        return tr("enrolled on {date}", date=formats.day(row.planned_on, lang()))
    return tr("to train") if row.user else tr("no account")


def _columns() -> tuple[Column, ...]:
    return (
        Column("chosen", "", "bool", width=36),
        Column("name", N_("Name"), width=150, grow=True),
        Column("department", N_("Department"), width=120),
        Column("job", N_("Job"), width=176, spare=1),
        Column("state", N_("Training"), width=124, ink=_state_ink),
        Column("outcome", N_("What comes of it"), width=204,
               icon=lambda row: SIGNS.get(row.verdict),
               ink=lambda row: "muted" if row.verdict == WAITS else ""),
    )  # fmt: skip


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
    """Ticks persons for a session and enrols them in one step, which `enrolled(session)` tells;
    `session_asked(persons)` asks for a new session, when there is none to come."""

    enrolled = Signal(int)
    session_asked = Signal(object)

    def __init__(self, bridge: Bridge, wish: Wish, parent: QWidget | None = None) -> None:
        super().__init__(parent, wish.title or tr("Enrol persons"))
        self.bridge, self.wish = bridge, wish
        self._ticked: dict[int, None] = {}
        self._proposal: Proposal | None = None
        self._profiles = _profiles_of(bridge)
        self.sessions = SessionChoice(bridge, wish)
        self._found = self._candidates()
        self.model = RowsModel(bridge, "person", _columns(), self._rows)
        self.table = ChoiceTable(bridge, self.model, "training.enrol", removable=False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._build_filters(wish)
        self.state = label(bold=True)
        self.add_button("cancel", tr("Cancel"))
        self.enrol = self.add_button("ok", "", primary=True)
        self.enrol.setDefault(False)  # Enter in the search ticks the first hit
        self.enrol.setAutoDefault(False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.enrol, why=self._why_not)
        self._lay_out()
        self._connect()
        self._ticked = dict.fromkeys(wish.persons)
        self._read()
        self.search.setFocus()

    # building --------------------------------------------------------------------------------

    def _build_filters(self, wish: Wish) -> None:
        reader = self.bridge.reader
        self.department, self.profile = QComboBox(), QComboBox()
        if wish.persons:
            asked = ntr("The {n} asked for", "The {n} asked for", len(wish.persons))
            self.department.addItem(asked, ASKED)
        self.department.addItem(tr("All departments"), None)
        for home in departments(reader):
            self.department.addItem(home.name, home.id)
        self.profile.addItem(tr("All profiles"), None)
        for one in profiles(reader):
            if one.measured:
                self.profile.addItem(one.name, one.id)
        for box, name in ((self.department, tr("Department")), (self.profile, tr("Profile"))):
            box.setAccessibleName(name)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(17)
        first = ASKED if wish.persons else wish.departments[0] if wish.departments else None
        self.department.setCurrentIndex(max(0, self.department.findData(first)))
        self.profile.setCurrentIndex(max(0, self.profile.findData(wish.profile_id)))
        self.search = SearchField(230)
        self.only = chip(tr("To train"))
        self.only.setToolTip(tr("Users who are not trained yet"))
        self.all = link_button()

    def _lay_out(self) -> None:
        self.resize(900, 580)
        self.search.retranslate(tr("Search a name or a job"))
        self.table.retranslate(tr("Persons to enrol"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.department, self.profile, self.search, self.only):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.all)
        self.body.addWidget(self.sessions)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.state)

    def _connect(self) -> None:
        self.table.ticked.connect(self.tick)
        self.table.clicked.connect(self._clicked)
        self.table.done.connect(self._enter)
        self.search.textChanged.connect(self.model.search)
        self.search.textChanged.connect(lambda _: self._say())
        self.search.returnPressed.connect(self._tick_first_hit)
        self.only.toggled.connect(self._filter)
        for box in (self.department, self.profile):
            box.activated.connect(self._filter)
        self.all.clicked.connect(self.tick_shown)
        self.sessions.chosen.connect(self._other_session)
        self.sessions.new_asked.connect(self._new_session)
        self.accepted.connect(self._enrol)

    # reading ---------------------------------------------------------------------------------

    def _candidates(self) -> tuple[CandidateRow, ...]:
        """Whoever is not in the session yet."""
        key = self.sessions.key or 0
        return queries.candidates(self.bridge.reader, key, self.bridge.today)

    def _read(self) -> None:
        self._found = self._candidates()
        if not self.only.isChecked() and not self.wish.persons:
            self.only.setChecked(any(row.user and not row.trained for row in self._found))
        known = {row.id for row in self._found}
        self._ticked = {person: None for person in self._ticked if person in known}
        self._judge()
        self._filter()

    def _judge(self) -> None:
        """What enrolling those who are ticked comes to."""
        key = self.sessions.key
        group = Group(persons=tuple(self._ticked), everyone=True)
        wanted = key is not None and self._ticked
        reader, today = self.bridge.reader, self.bridge.today
        self._proposal = propose(reader, key, group, today) if wanted and key else None
        self.model.refresh()
        self._say()

    def _rows(self) -> list[Choice]:
        seen = self._outcomes()
        return [
            Choice(
                row.id,
                row.id in self._ticked,
                row.name,
                row.department,
                row.job,
                state,
                *seen.get(row.id, ("", "")),
                row,
            )
            for row, state in zip(self._found, states(self._found), strict=True)
        ]

    def _outcomes(self) -> dict[int, tuple[str, str]]:
        found = self._proposal
        if found is None:
            return {}
        seats = {one.person_id: (SEAT, tr("gets a seat")) for one in found.seated}
        waits = {one.person_id: (WAITS, tr("waits for a seat")) for one in found.waiting}
        out = {
            one.person_id: (OUT, show(one.reason) if one.reason else tr("left out"))
            for one in found.excluded
        }
        return {**seats, **waits, **out}

    # choosing --------------------------------------------------------------------------------

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
        self._judge()

    def tick_shown(self) -> None:
        """Tick all who are shown; once all are, take their ticks away."""
        shown = [row.id for row in self.model.shown]
        if all(key in self._ticked for key in shown):
            for key in shown:
                del self._ticked[key]
        else:
            self._ticked |= dict.fromkeys(shown)
        self._judge()

    def _enter(self) -> None:
        if self.enrol.isEnabled():
            self.enrol.click()

    def _clicked(self, index: QModelIndex) -> None:
        self.tick(self.model.row(index).id)

    def _tick_first_hit(self) -> None:
        if self.model.rowCount():
            self.tick(self.model.shown[0].id)
            self.search.selectAll()

    def _filter(self) -> None:
        untrained, profile = self.only.isChecked(), self.profile.currentData()
        asked = self.department.currentData() == ASKED
        named = self.department.currentData() is not None and not asked
        home = self.department.currentText() if named else None

        def wanted(row: Choice) -> bool:
            if row.chosen:
                return True
            if asked and row.id not in self.wish.persons:
                return False
            if untrained and not (row.person.user and not row.person.trained):
                return False
            if home is not None and row.department != home:
                return False
            return profile is None or profile in self._profiles.get(row.id, ())

        self.model.keep(wanted)
        self._say()

    def _other_session(self) -> None:
        self._read()

    def _new_session(self) -> None:
        self.reject()
        self.session_asked.emit(self.person_ids)

    # words -----------------------------------------------------------------------------------

    def _why_not(self) -> str:
        if self.sessions.key is None:
            return tr("Plan a session first")
        if not self._ticked:
            return tr("Tick at least one person")
        found = self._proposal
        if found is not None and not (found.seated or found.waiting):
            return tr("Nobody of those who are ticked can come")
        return ""

    def _say(self) -> None:
        self.state.setText(" · ".join(self._counts()))
        shown = self.model.rowCount()
        every = all(row.chosen for row in self.model.shown)
        self.all.setText(
            tr("Take the ticks away")
            if shown and every
            else ntr("Tick all {n}", "Tick all {n}", shown)
        )
        set_reason(self.all, "" if shown else tr("Nobody is shown"))
        found = self._proposal
        count = len(found.seated) + len(found.waiting) if found else 0
        self.enrol.setText(ntr("Enrol {n} person", "Enrol {n} persons", count))
        self.guard.refresh()

    def _counts(self) -> Iterable[str]:
        found, session = self._proposal, self.sessions.line
        yield ntr("{n} chosen", "{n} chosen", len(self._ticked))
        if found is None and session is not None:
            free = places_open(session.seats, session.enrolled)
            yield ntr("{n} seat free", "{n} seats free", free)
        if found is not None:
            yield ntr("{n} gets a seat", "{n} get a seat", len(found.seated))
        if found is not None and found.waiting:
            yield ntr("{n} waits", "{n} wait", len(found.waiting))
        if found is not None and found.excluded:
            yield ntr("{n} is left out", "{n} are left out", len(found.excluded))

    def _enrol(self) -> None:
        found = self._proposal
        if found is None:
            return
        seated = tuple(one.person_id for one in found.seated)
        waiting = tuple(one.person_id for one in found.waiting)
        made = EnrolGroup(found.session_id, seated, waiting, self.bridge.today)
        self.bridge.execute(made)
        self.enrolled.emit(found.session_id)


def _profiles_of(bridge: Bridge) -> Mapping[int, frozenset[int]]:
    """The profiles of each person's accounts that are not closed."""
    made: dict[int, set[int]] = {}
    for row in accounts(bridge.reader):
        if row.person_id is not None and row.profile_id is not None and row.closed_on is None:
            made.setdefault(row.person_id, set()).add(row.profile_id)
    return {person: frozenset(some) for person, some in made.items()}
