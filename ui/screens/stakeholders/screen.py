"""The stakeholders screen: map or list at the left, the selected unit at the right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.governance.headline import sentence
from crm_pilot.i18n import N_, current, tr
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.project import Remove
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from ui import theme
from ui.screens.base import Screen
from ui.screens.stakeholders.legend import Legend
from ui.screens.stakeholders.listing import UnitsModel
from ui.screens.stakeholders.panel import UnitPanel
from ui.screens.stakeholders.plane import PlaneView
from ui.screens.stakeholders.rating_dialog import RatingDialog
from ui.screens.stakeholders.reading import caption, first_look
from ui.screens.stakeholders.scene import Cell
from ui.screens.stakeholders.timeline import Timeline
from ui.screens.stakeholders.unit_dialog import TargetDialog, UnitDialog
from ui.widgets.buttons import Guard, Segmented, link_button, primary_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.page import GAP, PageHeader, page_layout
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Command
    from ui.bridge import Bridge

A_UNIT = N_("a unit of the map")
SETTLE_MS = 40  # after an edit: the mark first, then the figures of the whole project


class StakeholdersScreen(Screen):
    """Positions of groups and people, replayed at any day, rated by dragging."""

    name: ClassVar[str] = "stakeholders"
    title: ClassVar[str] = N_("Stakeholders")
    icon: ClassVar[str] = "stakeholders"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "stakeholder",
            "rating",
            "zone_cell",
            "department",
            "person",
            "wave",
            "task",
            "committee",
            "headline",
            "project",
        }
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._chosen_day: dt.date | None = None  # None: today
        self._key: int | None = None
        self.names, self.zones = False, True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._settle)
        self._looked = False  # whether the first look chose a unit
        self._build()
        self.guard = Guard(bridge, self)
        self.guard.add(self.add_button, self.empty.button, self.panel.set_target)
        self.guard.add(self.rate_button, why=self._why_not_rate)
        self.front = self.plane
        self._connect()
        self.retranslate()

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        page = page_layout(self)
        self.add_button = quiet_button(icon="add")
        self._menu = QMenu(self)
        self._add_group = self._menu.addAction("")
        self._add_person = self._menu.addAction("")
        self.add_button.setMenu(self._menu)
        self.rate_button = primary_button()
        self.header = PageHeader(buttons=(self.add_button, self.rate_button))
        self.header.add_line(self._build_notes())
        page.addWidget(self.header)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_content())
        self.empty = EmptyState("stakeholders")
        self._stack.addWidget(self.empty)
        page.addWidget(self._stack, 1)

    def _build_notes(self) -> QHBoxLayout:
        """The caption under the sentence, with its switches as links."""
        row = QHBoxLayout()
        row.setSpacing(10)
        self._note = label(theme.CAPTION, ink="muted")
        self.names_link = link_button(size=theme.CAPTION)
        self.zones_link = link_button(size=theme.CAPTION)
        self.today_link = link_button(size=theme.CAPTION)
        for widget in (self._note, self.today_link, self.names_link, self.zones_link):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _build_content(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._tile = Tile()
        self._tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = Segmented(("map", "list"))
        self.legend = Legend()
        self.search = SearchField()
        self.search_field = self.search
        self._tile.title.hide()
        self._tile.set_why("committee.headlines", "stakeholders.units", "stakeholders.zones")
        self._tile.head.takeAt(1)
        self._tile.head.insertWidget(0, self.view)
        self._tile.head.addWidget(self.legend, 1)
        self._tile.head.addWidget(self.search, 1, Qt.AlignmentFlag.AlignRight)
        self._views = QStackedWidget()
        self._views.addWidget(self._build_map())
        self.model = UnitsModel(self.bridge, self)
        self.table = Table(self.bridge, self.model, "stakeholders", what=A_UNIT)
        self._views.addWidget(self.table)
        self._tile.body.addWidget(self._views)
        self.panel = UnitPanel()
        row.addWidget(self._tile, 1)
        row.addWidget(self.panel)
        return content

    def _build_map(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(8)
        self.plane = PlaneView()
        self.timeline = Timeline()
        column.addWidget(self.plane, 1)
        column.addWidget(self.timeline)
        return page

    def _connect(self) -> None:
        self._add_group.triggered.connect(lambda: self.ask_unit(UnitKind.GROUP))
        self._add_person.triggered.connect(lambda: self.ask_unit(UnitKind.PERSON))
        self.empty.clicked.connect(lambda: self.ask_unit(UnitKind.GROUP))
        self.rate_button.clicked.connect(self._rate_selected)
        self.names_link.clicked.connect(self._switch_names)
        self.zones_link.clicked.connect(self._switch_zones)
        self.today_link.clicked.connect(lambda: self.show_day(None))
        self.view.chosen.connect(self.show_view)
        self.search.textChanged.connect(self._search)
        self.plane.selected.connect(self.select)
        self.plane.rate_asked.connect(self.ask_rating)
        self.plane.target_asked.connect(self.ask_target)
        self.plane.remove_asked.connect(self._remove)
        self.timeline.chosen.connect(self.show_day)
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(self.ask_rating)
        self.table.add_asked.connect(lambda: self.ask_unit(UnitKind.GROUP))
        self.panel.rate_asked.connect(self.ask_rating)
        self.panel.target_asked.connect(self.ask_target)
        self.panel.listed.connect(self._show_in_list)
        self.panel.picked.connect(self._pick)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.panel.fit(event.size().width())
        super().resizeEvent(event)

    # state -----------------------------------------------------------------------------------

    @property
    def day(self) -> dt.date:
        """The day positions are shown for."""
        today = self.bridge.today
        return min(self._chosen_day or today, today)

    def show_day(self, day: dt.date | None) -> None:
        """Replay positions on a day; None or today goes on with the present."""
        self._chosen_day = None if day is None or day >= self.bridge.today else day
        self._read()

    def show_view(self, view: str) -> None:
        """`map` or `list`."""
        self.view.set_value(view)
        listed = view == "list"
        self._views.setCurrentIndex(1 if listed else 0)
        self.legend.setVisible(not listed)
        self.search.setVisible(listed)
        if self.bridge.has_project:
            self._read_list()
        if listed and self._key is not None:
            self.table.select(self._key)

    def select(self, key: int | None) -> None:
        """Select a unit on the map, in the list and in the panel."""
        self._key = key
        self._show_selection(queries.units(self.bridge.reader, self.day))

    def _pick(self, key: int) -> None:
        self.plane.setFocus()  # the link that was clicked goes away
        self.select(key)

    @property
    def selected_id(self) -> int | None:
        """Id of the selected unit."""
        return self._key

    def open_item(self, table: str, key: int) -> None:
        if table == "rating":
            key = self.bridge.reader.value("SELECT stakeholder_id FROM rating WHERE id = ?", key)
        self.search.clear()
        self.select(key)
        on_map = self.plane.scene.mark(key) is not None
        self.show_view("map" if on_map else "list")
        if on_map:
            self.plane.setFocus()
        else:
            self.table.reveal(key)

    def start_search(self) -> None:
        self.show_view("list")
        super().start_search()

    def _search(self, words: str) -> None:
        self.model.search(words)

    def _switch_names(self) -> None:
        self.names = not self.names
        self._read()
        self._show_switches()

    def _switch_zones(self) -> None:
        self.zones = not self.zones
        self._read()
        self._show_switches()

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        if not self._looked:
            self._looked = True
            self._key = first_look(self.bridge.reader, self.bridge.today)
        self._read(whole=changed is None)

    def _read(self, *, whole: bool = True) -> None:
        """Read the map; after an edit the project's own figures follow a moment later."""
        reader, day = self.bridge.reader, self.day
        units = queries.units(reader, day)
        self._stack.setCurrentIndex(0 if units else 1)
        self._show_note(units)
        self.plane.show_units(
            units, queries.zone_grid(reader), day, names=self.names, tinted=self.zones
        )
        self._read_list()
        self._show_selection(units)
        self.legend.show_scale(self.plane.scene.scale, zones=self.zones)
        if whole:
            self._settle()
        else:
            self._later.start(SETTLE_MS)

    def _settle(self) -> None:
        """The sentence and the distribution: they compare with the last committee's day."""
        if not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        since = last_committee_day(reader, today)
        self.header.set_sentence(sentence("stakeholders", reader, today, current()))
        self.panel.show_project(queries.figures(reader, self.day, since))

    def _read_list(self) -> None:
        """The list is read while it is shown, and when it is opened."""
        if self._views.currentIndex() == 1:
            self.model.day = self.day
            self.model.show_names(self.names)
            self.model.refresh()

    def _show_selection(self, units: tuple[UnitRow, ...]) -> None:
        reader, day = self.bridge.reader, self.day
        unit = next((row for row in units if row.id == self._key), None)
        if unit is None:
            self._key = None
        known = () if unit is None else queries.ratings(reader, unit.id)
        ratings = tuple(rating for rating in known if rating.rated_on <= day)
        waves = queries.waves(reader)
        self.plane.select(self._key, ratings)
        if unit is None:
            since = last_committee_day(reader, self.bridge.today)
            self.panel.show_nobody(queries.figures(reader, day, since), names=self.names)
        else:
            self.panel.show_unit(unit, ratings, waves, names=self.names)
        marked = tuple(rating.rated_on for rating in known)
        self.timeline.show_days(
            self.bridge.today, day, marked or queries.rating_days(reader), marked, waves
        )
        self.guard.refresh()
        if self._key is not None and self._views.currentIndex() == 1:
            self.table.select(self._key)

    def _show_note(self, units: tuple[UnitRow, ...]) -> None:
        past = self.day != self.bridge.today
        self._note.setText(caption(units, self.day, past=past, names=self.names))
        self._note.setVisible(bool(units))
        self.today_link.setVisible(past)
        for link in (self.names_link, self.zones_link):
            link.setVisible(bool(units))

    def _row_chosen(self, key: object) -> None:
        if self._views.currentIndex() == 1 and isinstance(key, int) and key != self._key:
            self.select(key)

    def _show_in_list(self, key: int) -> None:
        self.show_view("list")
        self.table.select(key)
        self.table.setFocus()

    # edits -----------------------------------------------------------------------------------

    def _unit(self, key: int) -> UnitRow | None:
        rows = queries.units(self.bridge.reader, self.day)
        return next((row for row in rows if row.id == key), None)

    def _rate_selected(self) -> None:
        if self._key is not None:
            self.ask_rating(self._key)

    def _why_not_rate(self) -> str:
        return "" if self._key is not None else tr("Select a group or person first.")

    def ask_rating(self, key: int, cell: Cell | None = None) -> None:
        """Ask for the observed fact, then rate; `cell` when the levels are known already."""
        unit = self._unit(key)
        if unit is None or not self.bridge.may_edit():
            self.plane.settle()
            return
        dialog = RatingDialog(
            self,
            unit,
            queries.zone_grid(self.bridge.reader),
            today=self.bridge.today,
            day=self.day,
            author=self.bridge.settings.person,
            names=self.names,
            cell=cell,
        )
        dialog.rated.connect(self._execute)
        dialog.finished.connect(lambda _: self.plane.settle())
        dialog.open()

    def ask_target(self, key: int, cell: Cell | None = None) -> None:
        """Ask where a unit should be and by when."""
        unit = self._unit(key)
        if unit is None or not self.bridge.may_edit():
            self.plane.settle()
            return
        dialog = TargetDialog(self, unit, today=self.bridge.today, names=self.names, cell=cell)
        dialog.decided.connect(self._execute)
        dialog.finished.connect(lambda _: self.plane.settle())
        dialog.open()

    def ask_unit(self, kind: UnitKind) -> None:
        """Ask for a new group or person."""
        if not self.bridge.may_edit():
            return
        dialog = UnitDialog(self, self.bridge, kind)
        dialog.added.connect(self._add)
        dialog.open()

    def _add(self, command: Command) -> None:
        key = self.bridge.execute(command)
        if key is not None:
            self.select(key)
            self.ask_rating(key)

    def _execute(self, command: Command) -> None:
        self.bridge.execute(command)

    def _remove(self, key: int) -> None:
        self.bridge.execute(Remove("stakeholder", (key,), A_UNIT))

    # words -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.add_button.setText(tr("Add"))
        self._add_group.setText(tr("A group…"))
        self._add_person.setText(tr("A person…"))
        self.rate_button.setText(tr("Rate the position"))
        self.view.set_texts((tr("Map"), tr("List")))
        self.view.setAccessibleName(tr("View"))
        self.search.retranslate(tr("Search the list"))
        self.plane.setAccessibleName(tr("Map of synergy and antagonism"))
        self._tile.call(tr("Map of synergy and antagonism"))
        self.timeline.setAccessibleName(tr("Date shown"))
        self.today_link.setText(tr("Back to today"))
        self.table.retranslate(tr("Groups and people"))
        self.empty.set_texts(
            tr("Who carries the project, who waits, who resists?"),
            tr(
                "Begin with the groups that go live first: their headcount, what was observed, and"
                " the map shows whom to work with. Rating persons is never needed."
            ),
            tr("Add a group"),
        )
        self._show_switches()
        self.show_view(self.view.value)
        if self.bridge.has_project:
            self._read()

    def _show_switches(self) -> None:
        self.names_link.setText(tr("Show codes") if self.names else tr("Show names"))
        self.zones_link.setText(tr("Hide zones") if self.zones else tr("Show zones"))
