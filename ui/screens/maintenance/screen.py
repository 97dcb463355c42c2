"""The maintenance room: figures and charts above, tickets below, the selected one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot import i18n
from crm_pilot.governance.queries import sentence
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.maintenance import queries
from crm_pilot.maintenance.commands import AddTicket
from crm_pilot.maintenance.queries import TicketRow
from crm_pilot.maintenance.terms import TICKET_KINDS, TicketKind
from ui import theme
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.maintenance.form import TicketForm
from ui.screens.maintenance.model import URGENT, TicketsModel, now_on
from ui.screens.maintenance.tiles import AgeingTile, FiguresTile, FlowTile
from ui.widgets.buttons import Guard, chip, primary_button
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.page import GAP, PageHeader, page_layout
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

FORM_WIDTH = 264
CHARTS_HEIGHT = 190
SETTLE = 120  # ms after an edit until the figures above follow: typing on is not disturbed


class MaintenanceScreen(Screen):
    """Tickets, their flow and their age."""

    name = "maintenance"
    title = N_("Maintenance")
    icon = "maintenance"
    tables = frozenset(
        ("ticket", "ticket_event", "priority_cell", "department", "project", "headline")
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.new = primary_button(icon="add")
        self.new.clicked.connect(self.add_ticket)
        self.header = PageHeader(buttons=(self.new,))
        self.header.set_why(
            "committee.headlines", "maintenance.corrective_share", "maintenance.evolutive_waiting"
        )
        self.header.link.connect(self._write_sentence)
        self.figures, self.flow, self.ageing = FiguresTile(), FlowTile(), AgeingTile()
        self.figures.filter_asked.connect(self.show_only)
        self.model = TicketsModel(bridge)
        self.table = Table(bridge, self.model, "maintenance.tickets", what=N_("ticket"))
        self.table.add_asked.connect(self.add_ticket)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._edit_current)
        self.views = ViewButton(self.table)
        self.search = SearchField(200)
        self.search.textChanged.connect(self.model.search)
        self.search_field = self.search
        self.chips = {key: chip() for key in ("open", "urgent", "unsorted", "overdue")}
        self.chips["open"].setChecked(True)
        for one in self.chips.values():
            one.toggled.connect(self._filter)
        self.kinds = QComboBox()
        self.kinds.activated.connect(self._filter)
        self.count = label(theme.CAPTION, ink="muted")
        self.model.modelReset.connect(self._say_count)
        self.form = TicketForm(bridge)
        self.empty = EmptyState("maintenance")
        self.empty.clicked.connect(self.add_ticket)
        self.empty.second_clicked.connect(bridge.import_asked)
        self.guard = Guard(bridge, self)
        self.guard.add(self.new, self.empty.button, self.empty.second, self.header.link_button)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._settle)
        self._lay_out()
        self.retranslate()
        self._filter()

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP)
        for tile, stretch in ((self.figures, 5), (self.flow, 8), (self.ageing, 6)):
            tile.setFixedHeight(CHARTS_HEIGHT)
            tiles.addWidget(tile, stretch)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for one in self.chips.values():
            filters.addWidget(one)
        filters.addWidget(self.kinds)
        filters.addStretch(1)
        filters.addWidget(self.views)
        filters.addWidget(self.search)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(tiles)
        left.addSpacing(GAP - 8)
        left.addLayout(filters)
        left.addWidget(self.table, 1)
        left.addWidget(self.count)
        self.form.setFixedWidth(FORM_WIDTH)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(room)
        self._stack.addWidget(self.empty)
        page = page_layout(self)
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.new.setText(tr("New ticket"))
        self.chips["open"].setText(tr("Open tickets"))
        self.chips["urgent"].setText(tr("Priority 1–2"))
        self.chips["unsorted"].setText(tr("To be sorted"))
        self.chips["overdue"].setText(tr("Past due"))
        self.search.retranslate(tr("Search tickets"))
        self.views.retranslate()
        self.table.retranslate(tr("Tickets"))
        chosen = self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(tr("All kinds"), None)
        for kind, name in TICKET_KINDS.items():
            self.kinds.addItem(tr(name), kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))
        self.kinds.setAccessibleName(tr("Kind"))
        self.empty.set_texts(
            tr("Import the tickets, or type them in"),
            tr(
                "An export of ServiceNow, GLPI, Jira or any table can be imported (Ctrl+I);"
                " the flow, the ages and the priorities follow."
            ),
            tr("Type the first ticket"),
            tr("Import a file…"),
        )
        if self.bridge.has_project:
            self.form.retranslate()
            self._say()
            self._say_count()

    def _say(self) -> None:
        reader, today = self.bridge.reader, self.bridge.today
        figures = queries.figures(reader, today)
        self.header.set_sentence(sentence(self.name, reader, today, i18n.current()))
        parts = [formats.long_day(today, lang())]
        if figures.corrective_share is not None:
            share = formats.percent(figures.corrective_share, lang())
            parts.append(tr("corrective {share} of what is sorted", share=share))
        if figures.evolutive_waiting:
            parts.append(
                ntr(
                    "{n} evolutive request waiting",
                    "{n} evolutive requests waiting",
                    figures.evolutive_waiting,
                )
            )
        self.header.set_link(tr("Edit the sentence"))
        self.header.set_caption(" · ".join(parts))
        self.figures.show_figures(figures)
        self.ageing.show_figures(figures)
        if figures.total:
            self.flow.show_figures(figures)

    def _say_count(self) -> None:
        shown = formats.number(self.model.rowCount(), lang())
        total = formats.number(self.model.total, lang())
        self.count.setText(tr("{shown} of {total} tickets", shown=shown, total=total))

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        ids = changed.tables.get("ticket") if changed is not None else None
        before = self.model.counted(ids or ())
        self.model.refresh(changed)
        filled = self.model.total > 0
        self._stack.setCurrentIndex(0 if filled else 1)
        self.new.setVisible(filled)
        if filled and self.table.current_id is None and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current(self.table.current_id)
        self._say_count()
        if changed is None:
            self._later.start(0)  # charts after the table is painted
        elif ids is None or changed.touches("headline") or self.model.counted(ids) != before:
            self._later.start(SETTLE)

    def _settle(self) -> None:
        if self.bridge.has_project:
            self._say()

    def _show_current(self, key: int | None) -> None:
        rows = self.model.rows_by_id([key] if key is not None else [])
        self.form.show_ticket(rows[0] if rows else None)

    def _filter(self) -> None:
        on = {key for key, one in self.chips.items() if one.isChecked()}
        kind = self.kinds.currentData()

        def wanted(row: TicketRow) -> bool:
            return (
                ("open" not in on or row.open)
                and ("urgent" not in on or (row.priority or 9) <= URGENT)
                and ("unsorted" not in on or row.kind is TicketKind.UNSORTED)
                and ("overdue" not in on or row.overdue)
                and (kind is None or row.kind == kind)
            )

        self.model.keep(wanted if on or kind else None)

    def show_only(self, key: str) -> None:
        """Show the tickets a key figure counts."""
        self.search.clear()
        self.kinds.setCurrentIndex(0)
        for name, one in self.chips.items():
            one.setChecked(name == key)
        self._filter()

    # edits -----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()

    def _edit_current(self) -> None:
        self.form.editor("status").setFocus()

    def add_ticket(self) -> None:
        """A new ticket, its title being typed."""
        key = self.bridge.execute(AddTicket(tr("New ticket"), now_on(self.bridge.today)))
        if key is not None:
            self.open_item("ticket", key)
            self.table.select(key, edit="title")

    def open_item(self, table: str, key: int) -> None:
        if table != "ticket":
            return
        if self.model.place(key) is None:
            self.show_only("")
        self.table.reveal(key)
