"""The stakeholders screen: the map and the list with what is known beside them, and other views
of the same units: order of entry, lateral projects, crossings, the page of one unit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.starting import other_headcounts
from crm_pilot.stakeholders.terms import UnitKind
from ui import theme
from ui.screens.base import Screen
from ui.screens.stakeholders import reading
from ui.screens.stakeholders.asking import Asking
from ui.screens.stakeholders.beginning import Beginning, headcounts_offered, headcounts_told
from ui.screens.stakeholders.content import UnitsContent
from ui.screens.stakeholders.deeds import Deeds
from ui.screens.stakeholders.filters import FilterChips, UnitFilters
from ui.screens.stakeholders.refreshing import Refreshing
from ui.screens.stakeholders.seen import SeenOptions
from ui.screens.stakeholders.toolbar import RoomToolbar, ShownMenu
from ui.screens.stakeholders.unit_menu import UnitMenu
from ui.screens.stakeholders.views import OtherViews
from ui.screens.stakeholders.wiring import connect_others, connect_panel, connect_units
from ui.widgets.buttons import Guard, link_button, primary_button, quiet_button, set_reason
from ui.widgets.page import PageHeader, page_layout
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge
    from ui.screens.stakeholders.lateral_view import LateralView

A_UNIT = N_("a unit of the map")
CONTENT, EMPTY, OTHERS = range(3)  # pages of the stack
UNITS = ("map", "list")
# what moves or renames marks, and what stands beside them in panel and other views
MAPPED = frozenset(
    {"stakeholder", "rating", "zone_cell", "stakeholder_tie", "position_count", "department"}
    | {"person", "profile", "committee", "project"}
)
BESIDE = frozenset(
    {"zone_advice", "account", "wave", "task", "headline", "influence", "lateral_project"}
    | {"snooze", "attendance", "training_session", "ticket", "assignment", "calendar"}
    | {"calendar_exception", "absence"}
)


class StakeholdersScreen(Screen):
    """Positions of groups and people, replayed at any day, rated by dragging."""

    name: ClassVar[str] = "stakeholders"
    title: ClassVar[str] = N_("Stakeholders")
    icon: ClassVar[str] = "stakeholders"
    tables: ClassVar[frozenset[str]] = MAPPED | BESIDE

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._chosen_day: dt.date | None = None  # None: today
        self._chosen_since: dt.date | None = None  # None: the last committee
        self._key: int | None = None
        self._many: frozenset[int] = frozenset()
        self.names = False
        self._worded = False  # whether it was given its texts
        self._looked = False  # whether the first look chose a unit
        self.options = SeenOptions(bridge, self)
        self.asking = Asking(bridge, self, A_UNIT)
        self.shown = Refreshing(self)
        self._build()
        self.menus = UnitMenu(bridge, self.asking, self, self.open_sheet)
        self.deeds = Deeds(self)
        self.shown_menu = ShownMenu(self.toolbar.shown, self.options, self.asking)
        self.guard = Guard(bridge, self)
        self.guard.add(self.add_button, self.empty.button, self.beginning.groups)
        self.guard.add(self.rate_button, why=self._why_not_rate)
        self.front = self.plane
        self._connect()

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        page = page_layout(self)
        page.setSpacing(10)
        self.add_button = quiet_button(icon="add")
        self._menu = QMenu(self)
        self._add_group = self._menu.addAction("")
        self._add_person = self._menu.addAction("")
        self._add_groups = self._menu.addAction("")
        self._headcounts = self._menu.addAction("")
        self._menu.setToolTipsVisible(True)
        self.add_button.setMenu(self._menu)
        self.rate_button = primary_button()
        self.header = PageHeader(buttons=(self.add_button, self.rate_button))
        self.header.add_line(self._build_notes())
        self.toolbar = RoomToolbar()
        self.view, self.search = self.toolbar.view, self.toolbar.search
        self.search_field = self.search
        self.filters = UnitFilters(self.bridge, self.toolbar.filter)
        self.chips = FilterChips(self.filters)
        self.content = UnitsContent(self.bridge, A_UNIT)
        self.plane, self.timeline = self.content.plane, self.content.timeline
        self.model, self.table = self.content.model, self.content.table
        self.panel, self.legend = self.content.panel, self.content.legend
        self.toolbar.columns.follow(self.table)
        self.beginning = Beginning()
        self.empty = self.beginning.state
        self.others = OtherViews(self.bridge)
        self._stack = QStackedWidget()
        for widget in (self.content, self.beginning, self.others):
            self._stack.addWidget(widget)
        page.addWidget(self.header)
        page.addWidget(self.toolbar)
        page.addWidget(self.chips)
        page.addWidget(self._stack, 1)

    def _build_notes(self) -> QHBoxLayout:
        """The caption under the sentence, with its switches as links."""
        row = QHBoxLayout()
        row.setSpacing(10)
        self._note = label(theme.CAPTION, ink="muted")
        self.names_link = link_button(size=theme.CAPTION)
        self.today_link = link_button(size=theme.CAPTION)
        for widget in (self._note, self.today_link, self.names_link):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        asking = self.asking
        self._add_group.triggered.connect(lambda: asking.unit(UnitKind.GROUP))
        self._add_person.triggered.connect(lambda: asking.unit(UnitKind.PERSON))
        self._add_groups.triggered.connect(lambda: asking.groups())
        self._headcounts.triggered.connect(lambda: asking.headcounts())
        self.empty.clicked.connect(lambda: asking.unit(UnitKind.GROUP))
        self.empty.second_clicked.connect(self.bridge.import_asked)
        self.beginning.groups_asked.connect(asking.groups)
        self.rate_button.clicked.connect(lambda: asking.rate_all(self.selected_keys))
        self.names_link.clicked.connect(self._switch_names)
        self.today_link.clicked.connect(lambda: self.show_day(None))
        self.view.chosen.connect(self.show_view)
        self.search.textChanged.connect(self.filters.search)
        self.filters.changed.connect(self._filtered)
        self.options.changed.connect(self.shown.read)
        asking.settled.connect(self.plane.settle)
        asking.added.connect(self.deeds.added)
        asking.showing.connect(self.pick)
        connect_units(self)
        connect_panel(self)
        connect_others(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.panel.fit(event.size().width())
        super().resizeEvent(event)

    # state -----------------------------------------------------------------------------------

    @property
    def day(self) -> dt.date:
        """The day positions are shown for."""
        today = self.bridge.today
        return min(self._chosen_day or today, today)

    @property
    def since(self) -> dt.date | None:
        """The day compared with: the one chosen, or that of the last committee."""
        if self._chosen_since is not None:
            return self._chosen_since
        return last_committee_day(self.bridge.reader, self.bridge.today)

    def show_day(self, day: dt.date | None) -> None:
        """Replay positions on a day; None or today goes on with the present."""
        self._chosen_day = None if day is None or day >= self.bridge.today else day
        self.shown.read(whole=False, sliding=True)

    def compare_with(self, day: dt.date) -> None:
        """Compare with another day."""
        self._chosen_since = day
        self.shown.read(whole=False, sliding=True)

    def show_view(self, view: str) -> None:
        """One of the views of the toolbar."""
        self.toolbar.show_view(view)
        if not self.bridge.has_project:
            return
        if view in UNITS:
            if self.shown.owes_units:
                self.shown.read(whole=False)
            self.content.show_view(view)
            self._show_page(CONTENT)
            self.shown.read_list()
            if view == "list" and self._key is not None:
                self.table.select(self._key)
        else:
            held = self._stack.focusWidget()  # of what goes away
            self.others.show_view(view, names=self.names)
            self._show_page(OTHERS)
            if held is not None and not held.isVisible():
                self.others.take_focus()

    def _show_page(self, page: int) -> None:
        """Map and list give way to the beginning while there is no unit."""
        if page == CONTENT and not queries.units(self.bridge.reader, self.day):
            page = EMPTY
        self._stack.setCurrentIndex(page)
        self.toolbar.setVisible(page != EMPTY and not self._on_sheet)
        self.rate_button.setVisible(page == CONTENT)
        self.chips.setVisible(page == CONTENT and not self.filters.wanted.open)

    def open_sheet(self, key: int) -> None:
        """The page of one unit, over the view it was asked from."""
        self.select(key)
        page = self.others.show_unit(key, names=self.names)
        self._show_page(OTHERS)
        page.setFocus()

    def close_sheet(self) -> None:
        """Back to where the page was opened from."""
        self.show_view(self.view.value)
        front = {"map": self.plane, "list": self.table}.get(self.view.value)
        if front is not None:
            front.setFocus()

    @property
    def _on_sheet(self) -> bool:
        page = self.others.made.get("unit")
        shown = self._stack.currentIndex() == OTHERS
        return shown and page is not None and self.others.currentWidget() is page

    def select(self, key: int | None) -> None:
        """Select a unit on the map, in the list and in the panel."""
        self._key, self._many = key, frozenset()
        self.shown.show_selection()

    def select_many(self, keys: frozenset[int]) -> None:
        """Select several; one alone is selected as ever."""
        if len(keys) > 1:
            self._many = frozenset(keys)
            lead = self.plane.selected_id
            self._key = lead if lead in keys else None
            self.shown.show_selection()
        elif self._many or next(iter(keys), None) != self._key:
            self.select(next(iter(keys), None))

    def pick(self, key: int) -> None:
        front = self.table if self.content.listed else self.plane
        front.setFocus()  # the link that was clicked goes away
        self.select(key)

    def pick_many(self, keys: frozenset[int]) -> None:
        self.plane.setFocus()
        self.select_many(keys)

    @property
    def selected_id(self) -> int | None:
        """Id of the selected unit."""
        return self._key

    @property
    def selected_keys(self) -> tuple[int, ...]:
        """Ids of all selected units, in the order of the list."""
        wanted = self._many or frozenset(() if self._key is None else (self._key,))
        return tuple(row.id for row in self.shown.kept if row.id in wanted)

    def open_item(self, table: str, key: int) -> None:
        if table == "lateral_project":
            self.show_view("lateral")
            cast("LateralView", self.others.view("lateral")).open_item(table, key)
            return
        if table == "rating":
            key = self.bridge.reader.value("SELECT stakeholder_id FROM rating WHERE id = ?", key)
        self._show_all()
        self.show_view("map")
        self.open_sheet(key)

    def show_on_map(self, key: int) -> None:
        self._show_all()
        self.select(key)
        on_map = self.plane.scene.mark(key) is not None
        self.show_view("map" if on_map else "list")
        if on_map:
            self.plane.setFocus()
        else:
            self.table.reveal(key)

    def start_search(self) -> None:
        if self.view.value not in UNITS or self._on_sheet:
            self.show_view("list")
        super().start_search()

    def print_room(self) -> bool:
        if self._stack.currentIndex() == EMPTY:
            return False
        self.asking.print_map()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self._on_sheet:
            self.close_sheet()
        elif enter and held and self._key is not None and not self._on_sheet:
            self.open_sheet(self._key)
        else:
            super().keyPressEvent(event)

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        if not self._worded:
            self.retranslate()
        if not self._looked:
            self._looked = True
            self._key = reading.first_look(self.bridge.reader, self.bridge.today)
        behind = self._stack.currentIndex() == OTHERS
        if changed is not None and behind:
            self.shown.postpone()
        elif changed is None or changed.touches(*MAPPED):
            self.shown.read(whole=changed is None)
        else:
            self.shown.show_selection()
            self.shown.soon()
        if self._stack.currentIndex() != OTHERS:
            self._show_page(CONTENT)
        self.others.refresh(changed, shown=self._stack.currentIndex() == OTHERS)

    def show_notes(self, words: str) -> None:
        """The caption; empty without units."""
        self._note.setText(words)
        for widget in (self._note, self.names_link):
            widget.setVisible(bool(words))
        self.today_link.setVisible(bool(words) and self.day != self.bridge.today)

    def show_missing(self, departments: int) -> None:
        """Departments that have no group yet."""
        self.beginning.show_departments(departments)
        none = "" if departments else tr("No department is without its group on the map.")
        set_reason(self._add_groups, none)
        other = other_headcounts(self.bridge.reader)
        self._headcounts.setVisible(bool(other))
        self._headcounts.setText(headcounts_offered(other) if other else "")
        self._headcounts.setToolTip(headcounts_told(other))

    def _filtered(self) -> None:
        words = self.filters.wanted.words
        if self.search.text().strip() != words:  # its chip took it away
            self.search.setText(words)
        self.shown.read(whole=False)

    def _show_all(self) -> None:
        """Take the filters away, so that what is asked for is among what is shown."""
        self.filters.clear()
        self.table.clear_filters()

    def row_chosen(self, key: object) -> None:
        if self.content.listed and isinstance(key, int) and key != self._key and not self._many:
            self.select(key)

    def rows_chosen(self, keys: frozenset[int]) -> None:
        if self.content.listed and self.table.hasFocus():
            self.select_many(keys)

    def show_in_list(self, key: int) -> None:
        self.show_view("list")
        self.table.select(key)
        self.table.setFocus()

    # edits -----------------------------------------------------------------------------------

    def _why_not_rate(self) -> str:
        return "" if self.selected_keys else tr("Select a group or person first.")

    def ask_rating(self, key: int, cell: tuple[int, int] | None = None) -> None:
        """Ask for the observed fact, then rate."""
        self.asking.rate(key, cell)

    def ask_unit(self, kind: UnitKind) -> None:
        """Ask for a new group or person."""
        self.asking.unit(kind)

    # words -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self._worded = True
        self.add_button.setText(tr("Add"))
        self._add_group.setText(tr("A group…"))
        self._add_person.setText(tr("A person…"))
        self._add_groups.setText(tr("One group per department"))
        self.rate_button.setText(tr("Rate"))
        self.today_link.setText(tr("Back to today"))
        for part in (self.toolbar, self.filters, self.content, self.beginning, self.others):
            part.retranslate()
        self._show_switch()
        self.toolbar.show_view(self.view.value)
        if self._looked and self.bridge.has_project:
            self.shown.read()

    def _switch_names(self) -> None:
        self.names = not self.names
        self.shown.read()
        self._show_switch()

    def _show_switch(self) -> None:
        self.names_link.setText(tr("Show codes") if self.names else tr("Show names"))
