"""The committee room: decisions, risks, highlights, committees and budget, one tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from crm_pilot import i18n
from crm_pilot.governance.queries import (
    budget,
    last_committee,
    next_committee,
    sentence,
)
from crm_pilot.i18n import N_, ntr, tr
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.committee.decision import DecisionDialog
from ui.screens.committee.model import REGISTERS, begun
from ui.screens.committee.page import RegisterPage
from ui.widgets.buttons import Guard, primary_button, segmented
from ui.widgets.fields import SearchField
from ui.widgets.page import PageHeader, page_layout
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

ICONS = {
    "decisions": "check-circle",
    "risks": "warning",
    "highlights": "star",
    "committees": "committee",
    "budget": "charter",
}
FIRST_CELL = {
    "risks": "title",
    "highlights": "lead",
    "committees": "held_on",
    "budget": "name",
}


class CommitteeScreen(Screen):
    """The registers of the committee."""

    name = "committee"
    title = N_("Committee")
    icon = "committee"
    tables = frozenset(
        ("decision", "risk", "highlight", "committee", "budget_line", "project", "headline")
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.new = primary_button(icon="add")
        self.new.clicked.connect(self.add)
        self.header = PageHeader(buttons=(self.new,))
        self.header.set_why(
            "committee.headlines",
            "committee.decisions",
            "committee.risks",
            "committee.budget",
            "committee.drift_share",
        )
        self.header.link.connect(self._write_sentence)
        self.choice = segmented([register.key for register in REGISTERS])
        self.search = SearchField()
        self.search.textChanged.connect(self._search)
        self.search_field = self.search
        self.views = ViewButton()
        self.pages = {r.key: RegisterPage(bridge, r, ICONS[r.key]) for r in REGISTERS}
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
            page.add_asked.connect(self.add)
        self.choice.chosen.connect(self.show_register)
        self.guard = Guard(bridge, self)
        self.guard.add(self.new, self.header.link_button)
        self.guard.add(*(page.empty.button for page in self.pages.values()))
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.choice)
        top.addStretch(1)
        top.addWidget(self.views)
        top.addWidget(self.search)
        layout = page_layout(self)
        layout.addWidget(self.header)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.views.follow(self.page.table)
        self.retranslate()

    @property
    def page(self) -> RegisterPage:
        """The register shown."""
        return self.pages[self.choice.value]

    def show_register(self, key: str) -> None:
        """Show a register by its key."""
        self.choice.set_value(key)
        self._stack.setCurrentWidget(self.page)
        self.views.follow(self.page.table)
        self._say_button()
        self._search(self.search.text())

    def _search(self, text: str) -> None:
        self.page.model.search(text)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.choice.set_texts([tr(register.title) for register in REGISTERS])
        self.choice.setAccessibleName(tr("Registers"))
        self.search.retranslate(tr("Search this register"))
        self.views.retranslate()
        texts = {
            "decisions": (
                tr("No decision yet"),
                tr(
                    "A decision has an owner and a date, or it is none. Those to take are"
                    " printed on the first page of the report."
                ),
            ),
            "risks": (
                tr("No risk yet"),
                tr(
                    "Probability × impact, each 1 to 4, gives the score;"
                    " the report prints the three highest."
                ),
            ),
            "highlights": (
                tr("No highlight yet"),
                tr("What happened since the last committee, in a few words: the report prints it."),
            ),
            "committees": (
                tr("No committee yet"),
                tr("Trends and “since the last committee” compare with these dates."),
            ),
            "budget": (
                tr("No budget line yet"),
                tr("Reference, spent and still needed give the revised amount and the drift."),
            ),
        }
        for key, page in self.pages.items():
            sentence_, detail = texts[key]
            page.set_texts(sentence_, detail, self._button_texts()[key], self._note(key))
        self._say_button()
        if self.bridge.has_project:
            self._say()

    def _button_texts(self) -> dict[str, str]:
        return {
            "decisions": tr("New decision"),
            "risks": tr("New risk"),
            "highlights": tr("New highlight"),
            "committees": tr("New committee"),
            "budget": tr("New budget line"),
        }

    def _say_button(self) -> None:
        self.new.setText(self._button_texts()[self.page.register.key])
        self.new.setVisible(self.page.model.total > 0)

    def _note(self, key: str) -> str:
        if key == "risks":
            return tr("Score = probability × impact; bold from 9.")
        if key != "budget" or not self.bridge.has_project:
            return ""
        money = budget(self.bridge.reader)
        if not money.lines:
            return ""
        return tr(
            "Total: reference {reference}, spent {spent}, still needed {needed},"
            " revised {revised}, drift {drift}.",
            reference=formats.money(money.baseline_cents, lang()),
            spent=formats.money(money.spent_cents, lang()),
            needed=formats.money(money.remaining_cents, lang()),
            revised=formats.money(money.revised_cents, lang()),
            drift=formats.percent(money.drift_share, lang(), 1),
        )

    def _say(self) -> None:
        reader, today = self.bridge.reader, self.bridge.today
        self.header.set_sentence(sentence(self.name, reader, today, i18n.current()))
        parts = [formats.long_day(today, lang())]
        last, following = last_committee(reader, today), next_committee(reader, today)
        if last is not None:
            day = formats.day(last.held_on, lang())
            parts.append(tr("last committee {date}", date=day))
        if following is not None:
            gap = (following.held_on - today).days
            parts.append(ntr("next in {n} day", "next in {n} days", gap))
        self.header.set_link(tr("Edit the sentence"))
        self.header.set_caption(" · ".join(parts))
        for key, page in self.pages.items():
            page.note.setText(self._note(key))

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        for page in self.pages.values():
            tables = {page.register.table}
            if page.register.key == "decisions":
                tables.add("committee")
            if changed is None or changed.touches(*tables):
                page.refresh(changed)
        self._say()
        self._say_button()

    def open_item(self, table: str, key: int) -> None:
        for register in REGISTERS:
            if register.table == table:
                self.show_register(register.key)
                self.search.clear()
                self.page.table.reveal(key)

    # edits -----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()

    def add(self) -> None:
        """A new row of the register shown, its first cell being typed."""
        key = self.page.register.key
        if not self.bridge.may_edit():
            return
        if key == "decisions":
            dialog = DecisionDialog(self.bridge, self.window())
            dialog.added.connect(self._show_added)
            dialog.open()
            return
        self.search.clear()
        made = self.bridge.execute(begun(self.bridge, key, {}))
        if made is not None:
            self.page.table.select(made, edit=FIRST_CELL[key])

    def _show_added(self, key: int) -> None:
        self.search.clear()
        self.page.table.select(key)
