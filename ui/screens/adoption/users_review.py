"""Whose an account is: the accounts that are not surely anybody's, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.people.matching import REASONS, Candidate
from crm_pilot.people.queries import owners, persons
from crm_pilot.people.users import Doubt, LinkAccount, PersonOfAccount, SettleAccounts
from ui import theme
from ui.language import lang
from ui.widgets.buttons import Guard, link_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.picker import Picker
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_pilot.project import Command
    from ui.bridge import Bridge

LIST_WIDTH = 320
KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


class ReviewList(QListWidget):
    """The accounts to review; digits and letters answer for the one in front."""

    answered = Signal(int)  # key pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in (
            *KEYS, Qt.Key.Key_N, Qt.Key.Key_P
        ):  # fmt: skip
            self.answered.emit(event.key())
        else:
            super().keyPressEvent(event)


class UsersReview(QWidget):
    """Accounts at the left, whom one may belong to at the right. Every answer is one step that can
    be undone, and shows the next account."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.found: tuple[Doubt, ...] = ()
        self._known: tuple[object, ...] = ()
        self._offered: object = ()
        self.list = ReviewList()
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.currentRowChanged.connect(self._show)
        self.list.answered.connect(self._key)
        self.tile = Tile()
        self.name, self.detail = label(theme.TITLE, bold=True, wrap=True), label(ink="muted")
        self.offers = QVBoxLayout()
        self.offers.setSpacing(8)
        self._buttons: list[QWidget] = []
        self.other = Picker()
        self.other.picked.connect(self._other)
        self.other_name = label(theme.CAPTION, ink="muted")
        self.other_name.setBuddy(self.other)
        self.nobody, self.person = quiet_button(), quiet_button()
        self.nobody.clicked.connect(self._nobody)
        self.person.clicked.connect(self._person)
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.empty = EmptyState("check-circle", small=True)
        self._build()
        self.guard = Guard(bridge, self)
        self.guard.add(self.nobody, self.person)
        self.guard.add(self.other)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list)
        body = self.tile.body
        body.setSpacing(8)
        body.addWidget(self.name)
        body.addWidget(self.detail)
        body.addLayout(self.offers)
        body.addWidget(self.other_name)
        body.addWidget(self.other)
        buttons = QHBoxLayout()
        buttons.addWidget(self.nobody)
        buttons.addWidget(self.person)
        buttons.addStretch(1)
        body.addLayout(buttons)
        body.addWidget(self.hint)
        body.addStretch(1)
        row.addWidget(self.tile, 1)
        row.addWidget(self.empty, 1)

    # what is shown ---------------------------------------------------------------------------

    @property
    def current(self) -> Doubt | None:
        """The account in front."""
        row = self.list.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def take(self, found: Sequence[Doubt]) -> None:
        """Show what is still to be settled; the place in the list stays."""
        known = (tuple(found), lang())
        if known != self._known:
            self._known, self.found = known, tuple(found)
            self._list()
        for widget in (self.list, self.tile):
            widget.setVisible(bool(self.found))
        self.empty.setVisible(not self.found)
        if self.isVisible():
            self._offer_people()

    def _list(self) -> None:
        place = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.found:
            count = len(one.candidates)
            told = ntr("{n} proposal", "{n} proposals", count) if count else tr("no proposal")
            self.list.addItem(f"{one.name}\n{told}")
        if self.found:
            self.list.setCurrentRow(min(place, len(self.found) - 1))
        self.list.blockSignals(False)
        self._show(self.list.currentRow())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_people()

    def _offer_people(self) -> None:
        """Everybody, to choose from: only once this is seen, there may be thousands."""
        people = owners(self.bridge.reader) if self.bridge.has_project and self.found else ()
        if people is not self._offered:
            self._offered = people
            self.other.set_things(people)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.tile.set_title(tr("Whose account is this?"))
        self.list.setAccessibleName(tr("Accounts to review"))
        self.other_name.setText(tr("Somebody else"))
        self.other.setAccessibleName(tr("Somebody else"))
        self.nobody.setText(tr("Nobody of the project"))
        self.person.setText(tr("Add as a person"))
        self.hint.setText(
            tr("In the list: 1 to 4 choose a proposal, N nobody, P a new person. Ctrl+Z takes an"
               " answer back.")
        )  # fmt: skip
        self.empty.set_texts(
            tr("Every account is settled"),
            tr("Accounts that belong surely to one person are tied to them when users are imported;"
               " what is doubtful comes here."),
            "",
        )  # fmt: skip
        self.take(self.found)

    def _show(self, _row: int) -> None:
        for button in self._buttons:
            self.offers.removeWidget(button)
            button.hide()  # until the loop of events deletes it
            button.deleteLater()
        self._buttons = []
        one = self.current
        if one is None:
            return
        self.name.setText(one.name)
        parts = [one.email, one.external_id if one.external_id != one.name else "", one.profile]
        self.detail.setText(" · ".join(part for part in parts if part))
        for number, candidate in enumerate(one.candidates, 1):
            self.offers.addWidget(self._offer(number, candidate))
        if not one.candidates:
            none = label(ink="muted", wrap=True)
            none.setText(tr("Nobody of the project has a name or an address like it."))
            self._buttons.append(none)
            self.offers.addWidget(none)
        self.other.choose(None)

    def _offer(self, number: int, candidate: Candidate) -> QWidget:
        """A proposal: whom, where, and why."""
        everybody = persons(self.bridge.reader)
        person = next((one for one in everybody if one.id == candidate.person_id), None)
        name = "" if person is None else f"{person.first_name} {person.last_name}".strip()
        made = link_button(f"{number}.  {name}")
        made.clicked.connect(lambda: self._answer(candidate))
        parts = [] if person is None else [person.department or "", person.email]
        reason = tr(REASONS[candidate.reason])
        note = label(theme.CAPTION, ink="muted")
        note.setText(" · ".join(part for part in (*parts, reason) if part))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(made)
        row.addWidget(note, 1)
        made.setAccessibleName(f"{name}, {note.text()}")
        self._buttons.append(box)
        return box

    # answers ---------------------------------------------------------------------------------

    def _key(self, key: int) -> None:
        one = self.current
        if one is None or self.bridge.why_not_edit():
            return
        if key == Qt.Key.Key_N:
            self._nobody()
        elif key == Qt.Key.Key_P:
            self._person()
        else:
            place = KEYS.index(Qt.Key(key))
            if place < len(one.candidates):
                self._answer(one.candidates[place])

    def _answer(self, candidate: Candidate) -> None:
        if self.current is not None:
            self._do(LinkAccount(self.current.account_id, candidate.person_id))

    def _other(self) -> None:
        if self.current is not None and self.other.key is not None:
            self._do(LinkAccount(self.current.account_id, self.other.key))

    def _nobody(self) -> None:
        if self.current is not None:
            self._do(SettleAccounts((self.current.account_id,)))

    def _person(self) -> None:
        if self.current is not None:
            self._do(PersonOfAccount(self.current.account_id))

    def _do(self, command: Command) -> None:
        if not self.bridge.why_not_edit():
            self.bridge.execute(command)
            self.list.setFocus()
