"""The people screen: who is in the project, where they work, and which CRM account is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Add
from ui import theme
from ui.models.rows import RowsModel
from ui.screens.base import Screen
from ui.screens.people.registers import Register, count, registers
from ui.screens.people.sentences import (
    casting_caption,
    casting_sentence,
    people_caption,
    people_sentence,
)
from ui.widgets.buttons import Guard, primary_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.grid_menu import Entry
from ui.widgets.page import PageHeader, page_layout
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


IMPORTED = ("person", "account")  # tables that a list of people brings


class PeopleScreen(Screen):
    """Persons, departments, accounts, profiles and roles, edited in place."""

    name = "people"
    title = N_("People")
    icon = "people"
    tables = frozenset({"person", "department", "account", "profile", "wave", "role"})

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._registers = registers(bridge)
        self._add = primary_button(icon="add")
        self._add.clicked.connect(self.add_row)
        self.header = PageHeader(buttons=(self._add,))
        self.header.set_why(
            "people.persons", "people.accounts", "people.strangers", "people.homeless"
        )
        self._choice = segmented([register.table for register in self._registers])
        self._choice.chosen.connect(self._show_register)
        self.search_field = self._search = SearchField()
        self._search.textChanged.connect(self._filter)
        self.views = ViewButton()
        self._shown: QLabel = label(theme.CAPTION, ink="muted")
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self._choice)
        bar.addWidget(self._shown)
        bar.addStretch(1)
        bar.addWidget(self.views)
        bar.addWidget(self._search)
        self._stack = QStackedWidget()
        self._tables: dict[str, Table] = {}
        self._empties: dict[str, EmptyState] = {}
        for register in self._registers:
            self._build(register)
        column = page_layout(self)
        column.addWidget(self.header)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        self.guard = Guard(bridge, self)
        self.guard.add(self._add, *(empty.button for empty in self._empties.values()))
        self.guard.add(*(empty.second for empty in self._empties.values()))
        self.retranslate()

    def _build(self, register: Register) -> None:
        model = RowsModel(
            self.bridge,
            register.table,
            register.columns,
            register.load,
            what=register.what,
            fresh=lambda _: register.fresh(),
        )
        table = Table(self.bridge, model, f"people-{register.table}", what=register.what)
        table.add_asked.connect(self.add_row)
        if register.table == "person":
            table.own_entries = self._entries_of_persons
        empty = EmptyState("people")
        empty.clicked.connect(self.add_row)
        empty.second_clicked.connect(self.bridge.import_asked)
        self._tables[register.table] = table
        self._empties[register.table] = empty
        self._stack.addWidget(table)
        self._stack.addWidget(empty)

    # what is shown ---------------------------------------------------------------------------

    @property
    def _register(self) -> Register:
        return next(r for r in self._registers if r.table == self._choice.value)

    @property
    def table(self) -> Table:
        """The table in front."""
        return self._tables[self._choice.value]

    def retranslate(self) -> None:
        self._choice.set_texts([tr(register.title) for register in self._registers])
        self._search.retranslate(tr("Search this list"))
        self.views.retranslate()
        for register in self._registers:
            self._tables[register.table].retranslate(tr(register.title))
            sentence, hint = register.empty
            way = tr("Import a list…") if register.table in IMPORTED else ""
            self._empties[register.table].set_texts(tr(sentence), tr(hint), tr(register.add), way)
        self._show_register(self._choice.value)

    def refresh(self, changed: Changed | None) -> None:
        for table in self._tables.values():
            table.rows.refresh(changed)
        self._say()

    def _say(self) -> None:
        if self.bridge.has_project:
            self._show_register(self._choice.value)

    def _show_register(self, name: str) -> None:
        table = self.table
        page: QWidget = table if table.rows.total else self._empties[table.rows.table]
        self._stack.setCurrentWidget(page)
        self._add.setText(tr(self._register.add))
        self.views.follow(table)
        if self.bridge.has_project:
            reader, cast = self.bridge.reader, name == "role"
            self.header.set_sentence(casting_sentence(reader) if cast else people_sentence(reader))
            self.header.set_caption(casting_caption(reader) if cast else people_caption(reader))
        self._filter()

    def _filter(self) -> None:
        table = self.table
        table.rows.search(self._search.text())
        shown, total = table.rows.rowCount(), table.rows.total
        text = ntr(
            "{shown} of {total} row",
            "{shown} of {total} rows",
            shown,
            shown=count(shown),
            total=count(total),
        )
        self._shown.setText(text if shown != total else "")

    # data on one person ----------------------------------------------------------------------

    def _entries_of_persons(self) -> tuple[Entry, ...]:
        """Hand out what is held on the selected person, or erase it."""
        chosen = self._tables["person"].selected_items
        reason = "" if len(chosen) == 1 else tr("Choose one person.")
        locked = self.bridge.why_not_edit() or reason

        def ask(what: str) -> None:
            self.bridge.person_asked.emit(what, "person", chosen[0].id)

        return (
            Entry(tr("Person file (all that is held)…"), lambda: ask("file"), reason=reason),
            Entry(tr("Erase this person…"), lambda: ask("erase"), reason=locked),
        )

    # edits -----------------------------------------------------------------------------------

    def add_row(self) -> None:
        """Add a row to the table in front and start typing in it."""
        register = self._register
        self._search.clear()
        key = self.bridge.execute(Add(register.table, register.fresh(), register.what))
        if key is not None:
            self._show_register(register.table)
            self.table.select(key, edit=register.first)

    def show_imported(self) -> None:
        self._choice.set_value("person")
        self._show_register("person")

    def open_item(self, table: str, key: int) -> None:
        if table in self._tables:
            self._choice.set_value(table)
            self._search.clear()
            self._show_register(table)
            self._tables[table].reveal(key)
