"""Who needs help: departments and what would help them; beside them what users asked for.

It is about help, not about persons: departments are counted, small ones together, and nobody is
ranked. The one list of persons (those who never or no longer log in) opens with the works council
milestone, is in the order of the alphabet and says nothing but the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.adoption.commands import ReopenSupport
from crm_pilot.adoption.needs import Need, needs, who
from crm_pilot.adoption.support import CauseCount, SupportCase, cases, causes
from crm_pilot.adoption.terms import CAUSES, NeedReason
from crm_pilot.governance.user_lock import Lock, lock
from crm_pilot.i18n import N_, ntr, tr
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.reading import Reading
from ui.screens.adoption.council_dialog import CouncilDialog
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.lock_band import LockBand
from ui.screens.adoption.needs_rows import Names, NeedList, counts_line
from ui.screens.adoption.support_dialog import AnswerCase, NoteCase
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.scroll import Scroll
from ui.widgets.section import cleared
from ui.widgets.table import Table
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

A_CASE = N_("case")
GAP = 16


@dataclass(frozen=True)
class Seen:
    """What the view shows; `names` are empty while figures of single users are locked."""

    needs: tuple[Need, ...]
    lock: Lock
    names: Mapping[NeedReason, tuple[str, ...]]


class NeedsView(QWidget):
    """Needs at the left, cases of support at the right."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()
        self._begun = False  # not before the first `refresh`: it would be read twice
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._show)
        self.tile, self.support = Tile(), Tile()
        self.tile.set_why("adoption.needs")
        self.support.set_why("adoption.support")
        self.list = NeedList(bridge)
        self.list.asked.connect(self._asked)
        self.empty = EmptyState("check-circle", small=True)
        self.area = Scroll(self.list)
        self.persons = Names()
        self.band = LockBand()
        self.band.date_asked.connect(self._ask_day)
        self.band.milestone_asked.connect(lambda key: self.go.emit("planning", "task", key))
        self.figures = QVBoxLayout()
        self.cases = self._table()
        self.note, self.answer, self.again = (
            quiet_button(icon="add"),
            quiet_button(),
            quiet_button(),
        )
        self.note.clicked.connect(lambda: self._note(None))
        self.answer.clicked.connect(self._answer)
        self.again.clicked.connect(self._reopen)
        self.none = EmptyState("people", small=True)
        self.none.clicked.connect(lambda: self._note(None))
        self._build()
        self.guard = Guard(bridge, self)
        self.guard.add(self.note, self.none.button)
        self.guard.add(self.answer, self.again, why=self._why_not)
        self.cases.current_changed.connect(lambda *_: self.guard.refresh())

    def _table(self) -> Table:
        model = RowsModel(
            self.bridge,
            "support",
            (
                Column("matter", N_("What was asked"), column="matter", width=150, grow=True,
                       bold=True, optional=False),
                Column("cause", N_("Cause"), "choice", column="cause", choices=CAUSES, width=192),
                Column("department", N_("Department"), width=116, spare=1),
                Column("feature", N_("Function"), width=130, hidden=True),
                Column("noted_on", N_("Noted on"), "date", width=100, spare=2),
                Column("answer", N_("What was done"), column="answer", width=150, grow=True,
                       spare=3),
                Column("done_on", N_("Done on"), "date", width=100),
            ),
            self._shown,
            what=A_CASE,
        )  # fmt: skip
        return Table(self.bridge, model, "use-support", what=A_CASE)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.area, self.empty):
            self.tile.body.addWidget(widget, 1)
        self.tile.body.addWidget(self.persons)
        self.tile.body.addWidget(self.band)
        self.support.body.setSpacing(10)
        self.support.body.addLayout(self.figures)
        self.support.body.addWidget(self.cases, 1)
        self.support.body.addWidget(self.none, 1)
        buttons = QHBoxLayout()
        for button in (self.note, self.answer, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.support.body.addLayout(buttons)
        row.addWidget(self.tile, 1)
        row.addWidget(self.support, 1)

    # reading ---------------------------------------------------------------------------------

    def _shown(self) -> list[SupportCase]:
        """Cases of the departments that are looked at."""
        found = cases(self.bridge.reader, self.bridge.today)
        wanted = self._where.departments
        return [one for one in found if not wanted or one.department_id in wanted]

    def refresh(self, changed: Changed | None) -> None:
        """Read needs and cases."""
        if not self.bridge.has_project:
            return
        self._begun = True
        where, today = self._where, self.bridge.today

        def ask(reader: Reader) -> Seen:
            state, day, scope = lock(reader, today), where.as_of(today), where.scope(reader, today)
            names = who(reader, day, scope) if state.open else {}
            return Seen(needs(reader, day, scope), state, names)

        self.reading.read(ask)
        self.cases.rows.refresh(None)
        self._show_causes()
        self.guard.refresh()

    def _show(self, seen: Seen) -> None:
        found = seen.needs
        self.list.show_needs(found)
        self.area.setVisible(bool(found))
        self.empty.setVisible(not found)
        users = sum(one.accounts for one in found)
        self.tile.set_caption(ntr("{n} account", "{n} accounts", users) if found else "")
        self._show_persons(seen)

    def show_scope(self, where: UseFilter) -> None:
        """Limit what is shown."""
        self._where = where
        if self._begun:
            self.refresh(None)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.tile.set_title(tr("What would help"))
        self.support.set_title(tr("What users asked for"))
        self.empty.set_texts(
            tr("Nobody needs help, as far as the logins tell"),
            tr("Departments come here when people never log in, no longer do, or stay below what"
               " is expected of their profile."),
            "",
        )  # fmt: skip
        self.none.set_texts(
            tr("No case was noted yet"),
            tr("A question, a function not mastered, something found complicated: note what keeps"
               " people away, and what was done."),
            tr("Note a case"),
        )  # fmt: skip
        self.note.setText(tr("Note a case"))
        self.answer.setText(tr("Say what was done"))
        self.again.setText(tr("Open again"))
        self.cases.retranslate(tr("Cases of support"))
        if self._begun:
            self.refresh(None)

    def take_focus(self) -> None:
        """The keyboard goes to the first link, else to the cases."""
        rows = self.list.rows
        (rows[0].case if rows else self.cases).setFocus()

    def open_item(self, table: str, key: int) -> None:
        """Show and select a case of support."""
        if table == "support":
            self.cases.reveal(key)

    def _show_persons(self, seen: Seen) -> None:
        """Names and reasons where they may be seen, or the lock."""
        title = self.bridge.reader.value(
            "SELECT title FROM task WHERE id = ?", seen.lock.milestone_id or 0
        )
        self.band.show_lock(seen.lock, title or "")
        self.persons.setVisible(seen.lock.open and bool(seen.names))
        self.persons.show_names(seen.names)

    def _show_causes(self) -> None:
        cleared(self.figures)
        found = causes(self.bridge.reader, self.bridge.today)
        total = sum(one.cases for one in found)
        self.cases.setVisible(bool(total))
        self.none.setVisible(not total)
        for button in (self.note, self.answer, self.again):
            button.setVisible(bool(total))  # without a case its own place asks for the first
        if total:
            self.figures.addWidget(
                counts_line(
                    [(formats.number(one.cases, lang()), _cause_words(one)) for one in found]
                )
            )
        waiting = sum(one.waiting for one in found)
        self.support.set_caption(ntr("{n} waits", "{n} wait", waiting) if total else "")

    # acting ----------------------------------------------------------------------------------

    def _asked(self, need: Need, what: str) -> None:
        if what == "case":
            self._note(need.department_id)
        else:
            self.go.emit("training", "department", need.department_id or 0)

    def _note(self, department: int | None) -> None:
        NoteCase(self.window(), self.bridge, department).open()

    def _current(self) -> SupportCase | None:
        key = self.cases.current_id
        return next((one for one in self._shown() if one.id == key), None) if key else None

    def _why_not(self) -> str:
        return "" if self._current() is not None else tr("Choose a case first.")

    def _answer(self) -> None:
        case = self._current()
        if case is not None:
            AnswerCase(self.window(), self.bridge, case).open()

    def _reopen(self) -> None:
        case = self._current()
        if case is not None and case.done_on is not None:
            self.bridge.execute(ReopenSupport(case.id))

    def _ask_day(self, milestone: str) -> None:
        CouncilDialog(self.window(), self.bridge, milestone).open()


def _cause_words(one: CauseCount) -> str:
    """The cause, and how many of its cases wait."""
    name = tr(CAUSES[one.cause])
    return tr("{name}, {n} waiting", name=name, n=one.waiting) if one.waiting else name
