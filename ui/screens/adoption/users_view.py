"""The users of the CRM: their accounts, what is expected of each profile, and whose is not settled.

Who has an account is not how it is used: names may stand here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.adoption.rules import is_open
from crm_pilot.adoption.scope import accounts as measured
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.people.queries import owners, profiles
from crm_pilot.people.terms import PROFILE_KINDS
from crm_pilot.people.users import Doubt, UserRow, doubts, users
from crm_pilot.project import Add
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.reading import Reading
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.users_review import UsersReview
from ui.widgets.buttons import Guard, quiet_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

AN_ACCOUNT, A_PROFILE = N_("account"), N_("profile")
ACCOUNTS, PROFILES, REVIEW = "account", "profile", "review"
TABLES = frozenset({"account", "person", "profile", "department", "wave"})


@dataclass(frozen=True)
class Accounts:
    """What the view shows: the accounts of the filter, how many there are and are open in all,
    and those whose person is not sure."""

    rows: tuple[UserRow, ...] = ()
    total: int = 0
    opened: int = 0
    doubts: tuple[Doubt, ...] = ()


def read(reader: Reader, today: dt.date, where: UseFilter) -> Accounts:
    """Read all of it; accounts of no measured profile are there while the filter is open."""
    every = shown = users(reader)
    if not where.open:
        scope = where.scope(reader, today)
        kept = {one.id for one in measured(reader) if scope.keeps(one)}
        shown = tuple(row for row in every if row.id in kept)
    opened = sum(is_open(row.opened_on, row.closed_on, today) for row in every)
    return Accounts(shown, len(every), opened, doubts(reader))


class UsersView(QWidget):
    """Accounts | Profiles | To review."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()
        self._begun = False  # not before the first `refresh`
        self._found = Accounts()
        self._wanted: int | None = None  # shown once it is read
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._take)
        self.reading.begun.connect(self._say)
        self.choice = segmented([ACCOUNTS, PROFILES, REVIEW])
        self.choice.chosen.connect(self._show)
        self.caption = label(theme.CAPTION, ink="muted")
        self.search = SearchField()
        self.search.textChanged.connect(self._search)
        self.add = quiet_button(icon="add")
        self.add.clicked.connect(self._add)
        self.accounts = self._table("use-users", "account", _accounts(bridge),
                                    lambda: self._found.rows,
                                    AN_ACCOUNT)  # fmt: skip
        self.profiles = self._table("use-profiles", "profile", _profiles(),
                                    lambda: profiles(bridge.reader), A_PROFILE)  # fmt: skip
        self.review = UsersReview(bridge)
        self.empty = EmptyState("people")
        self.empty.clicked.connect(bridge.import_asked)
        self.stack = QStackedWidget()
        for page in (self.accounts, self.profiles, self.review, self.empty):
            self.stack.addWidget(page)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.choice)
        bar.addWidget(self.caption, 1)
        bar.addWidget(self.search)
        bar.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.guard = Guard(bridge, self)
        self.guard.add(self.add, self.empty.button)

    def _table(
        self,
        name: str,
        table: str,
        columns: tuple[Column, ...],
        load: object,
        what: str,
    ) -> Table:
        model = RowsModel(self.bridge, table, columns, load, what=what)  # type: ignore[arg-type]
        return Table(self.bridge, model, name, what=what)

    # what is shown ---------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read accounts, profiles and what is to be settled."""
        if not self.bridge.has_project:
            return
        if changed is not None and not TABLES & set(changed.tables):
            return
        self._begun = True
        self.profiles.rows.refresh(None)
        self.reading.read(partial(read, today=self.bridge.today, where=self._where))

    def _take(self, found: Accounts) -> None:
        """Show what was read."""
        self._found = found
        self.accounts.rows.refresh(None)
        self.review.take(found.doubts)
        self._say()
        self._show(self.choice.value)
        if self._wanted is not None:
            self.accounts.reveal(self._wanted)
            self._wanted = None

    def show_scope(self, where: UseFilter) -> None:
        """Limit the accounts."""
        self._where = where
        if self._begun:
            self.refresh(None)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.search.retranslate(tr("Search this list"))
        self.accounts.retranslate(tr("CRM accounts"))
        self.profiles.retranslate(tr("User profiles"))
        self.add.setText(tr("Add a profile"))
        self.review.retranslate()
        self.empty.set_texts(
            tr("No CRM user is here yet"),
            tr("Import the list of users that your CRM exports: they are tied to the people of the"
               " project by staff number, e-mail or name."),
            tr("Import CRM users…"),
        )  # fmt: skip
        self._say()
        self._show(self.choice.value)

    def take_focus(self) -> None:
        """The keyboard goes to the list in front."""
        here = self.review.list if self.choice.value == REVIEW else self.stack.currentWidget()
        (here or self).setFocus()

    def open_item(self, table: str, key: int) -> None:
        """Show and select an account or a profile."""
        if table in (ACCOUNTS, PROFILES):
            self.choice.set_value(table)
            self.search.clear()
            self._show(table)
            (self.accounts if table == ACCOUNTS else self.profiles).reveal(key)
            self._wanted = key if table == ACCOUNTS and self.reading.busy else None

    def _say(self) -> None:
        found = self._found
        left = len(found.doubts)
        shown = formats.number(left, lang())
        self.choice.set_texts(
            [
                tr("Accounts"),
                tr("Profiles"),
                tr("To review ({n})", n=shown) if left else tr("To review"),
            ]
        )
        if not self._begun or self.reading.busy:
            self.caption.setText(tr("Reading the accounts…") if self.reading.busy else "")
            return
        total, rows, opened = found.total, len(found.rows), found.opened
        text = ntr("{n} account", "{n} accounts", total)
        if rows != total:
            text = tr("{shown} of {all}", shown=formats.number(rows, lang()), all=text)
        opened_text = ntr("{n} open today", "{n} open today", opened)
        self.caption.setText(f"{text} · {opened_text}")

    def _show(self, name: str) -> None:
        pages = {ACCOUNTS: self.accounts, PROFILES: self.profiles, REVIEW: self.review}
        page: QWidget = pages[name]
        known = self._begun and not self.reading.busy
        if name == ACCOUNTS and known and not self._found.total:
            page = self.empty
        self.stack.setCurrentWidget(page)
        self.add.setVisible(name == PROFILES)
        self.search.setVisible(name != REVIEW)
        self._search()

    def _search(self) -> None:
        table = self.profiles if self.choice.value == PROFILES else self.accounts
        table.rows.search(self.search.text())

    def _add(self) -> None:
        """A new profile, its name being typed."""
        taken = {row.name for row in profiles(self.bridge.reader)}
        new = tr("New profile")
        name, number = new, 1
        while name in taken:
            number += 1
            name = f"{new} {number}"
        key = self.bridge.execute(Add("profile", {"name": name}, A_PROFILE))
        if key is not None:
            self.profiles.select(key, edit="name")

    def show_review(self) -> None:
        """Show the accounts that are not settled."""
        self.choice.set_value(REVIEW)
        self._show(REVIEW)


def _accounts(bridge: Bridge) -> tuple[Column, ...]:
    return (
        Column("full_name", N_("Name in the CRM"), column="full_name", width=160, grow=True),
        Column(
            "person",
            N_("Person"),
            "choice",
            column="person_id",
            value_key="person_id",
            choices=lambda: dict(owners(bridge.reader)),
            width=160,
            bold=True,
        ),
        Column("department", N_("Department"), width=140),
        Column(
            "profile",
            N_("Profile"),
            "choice",
            column="profile_id",
            value_key="profile_id",
            choices=lambda: {row.id: row.name for row in profiles(bridge.reader)},
            width=140,
        ),
        Column("licence", N_("Licence"), column="licence", width=110, spare=1),
        Column("opened_on", N_("Opened"), "date", column="opened_on", width=108),
        Column("closed_on", N_("Closed on"), "date", column="closed_on", width=108),
        Column("email", N_("E-mail of the account"), column="email", width=190, spare=2),
        Column("username", N_("User name"), column="username", width=190, hidden=True),
        Column("external_id", N_("CRM user id"), column="external_id", width=160, hidden=True),
        Column(
            "settled",
            N_("Nobody of the project"),
            "bool",
            column="settled",
            width=150,
            hidden=True,
        ),
    )


def _profiles() -> tuple[Column, ...]:
    return (
        Column("name", N_("Profile"), column="name", width=240, bold=True, grow=True),
        Column("kind", N_("Kind of profile"), "choice", column="kind", choices=PROFILE_KINDS,
               width=190),
        Column("expected_low", N_("Days a week, from"), "int", column="expected_low", width=150),
        Column("expected_high", N_("to"), "int", column="expected_high", width=80),
        Column("measured", N_("Measured"), "bool", column="measured", width=100,
               tooltip=N_("Integration accounts are left out of every figure")),
        Column("accounts", N_("Accounts"), "int", width=100),
    )  # fmt: skip
