"""The order of entry: who comes on stage when, by wave and department, and what goes against it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from crm_pilot.governance import entry
from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.governance.snoozing import WakeUp
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import SetField
from crm_pilot.stakeholders.zones import entry_rank
from ui.dialogs.snooze import SnoozeDialog
from ui.screens.stakeholders.action_dialog import ActionDialog
from ui.screens.stakeholders.entry_board import Board, BoardArea
from ui.screens.stakeholders.entry_checks import CheckList
from ui.screens.stakeholders.entry_strip import STAGE, EntrantStrip
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.scroll import Scroll
from ui.widgets.text import rule
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.governance.influence import ActionRow
    from crm_pilot.project import Changed
    from crm_pilot.stakeholders.entry import Entrant
    from ui.bridge import Bridge

HELP = N_("Drag a card, or Ctrl+← and Ctrl+→, to change its stage")


class EntryView(QWidget):
    """Board, fields of the card chosen, checks."""

    go = Signal(str, str, int)  # another room, and a table and id there
    picked = Signal(int)  # a unit to show on the map
    opened = Signal(int)  # a unit whose page is asked for

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._names = False
        self._read = False  # not before it stands in the room: cards made earlier are styled twice
        self._entrants: dict[int, Entrant[ActionRow]] = {}
        self.board = Board()
        self.area = BoardArea(self.board)
        self.strip = EntrantStrip(bridge)
        self.checks = CheckList(bridge)
        self.empty = EmptyState("stakeholders")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.tile, self.check_tile = Tile(), Tile()
        self.tile.set_why("committee.entry_order", "committee.influence_minutes")
        self.check_tile.set_why("committee.warnings")
        self.tile.body.addWidget(self.area, 1)
        self.tile.body.addWidget(rule())
        self.tile.body.addWidget(self.strip)
        self.check_tile.body.addWidget(Scroll(self.checks), 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(GAP)
        self.splitter.setChildrenCollapsible(False)
        for place, tile in enumerate((self.tile, self.check_tile)):
            self.splitter.addWidget(tile)
            self.splitter.setStretchFactor(place, 5 - 2 * place)
        self.splitter.setSizes([360, 190])
        column.addWidget(self.splitter, 1)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.board.selected.connect(lambda _: self._show_card())
        self.board.moved.connect(self.move_unit)
        self.board.opened.connect(self.opened)
        self.board.action_asked.connect(self.ask_action)
        self.board.edit_asked.connect(lambda _: self.strip.role.field.setFocus())
        self.strip.action_asked.connect(self.ask_action)
        self.strip.task_asked.connect(self._change_action)
        self.strip.shown_on_map.connect(self.picked)
        self.strip.opened.connect(self.opened)
        self.checks.acted.connect(self.act_on)
        self.checks.snoozed.connect(self._snooze)
        self.checks.woken.connect(self._wake)

    # reading ---------------------------------------------------------------------------------

    def show_names(self, names: bool) -> None:
        """Show persons by name, or by code."""
        if names != self._names:
            self._names = names
            self._read_again()

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the order and the checks."""
        self._read = True
        if not self.bridge.has_project:
            return
        waves = entry.order(self.bridge.reader, self.bridge.today)
        self._entrants = {
            one.unit.id: one for wave in waves for place in wave.departments
            for one in place.entrants
        }  # fmt: skip
        self.splitter.setVisible(bool(self._entrants))
        self.empty.setVisible(not self._entrants)
        self.board.today = self.bridge.today
        self.board.show_order(waves, names=self._names)
        self._show_card()
        found = entry.checks(self.bridge.reader, self.bridge.today)
        self.checks.show_checks(found)
        self._order_tabs()
        warn = sum(check.verdict is Verdict.WARN for check in found)
        self.check_tile.set_caption(
            ntr("{n} check asks for attention", "{n} checks ask for attention", warn)
            if warn
            else tr("No check asks for attention")
        )

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.tile.set_title(tr("Order of entry"))
        self.tile.set_caption(tr(HELP))
        self.check_tile.set_title(tr("Checks"))
        self.empty.set_texts(
            tr("Nobody is on the map yet"),
            tr("Place groups on the map: their zone says in which order they come on stage."),
        )
        self.strip.retranslate()
        self._read_again()

    def _read_again(self) -> None:
        if self._read:
            self.refresh(None)

    def _show_card(self) -> None:
        key = self.board.current
        one = None if key is None else self._entrants.get(key)
        self.strip.show_entrant(one, names=self._names)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the card chosen to its fields, then to the checks: cards and rows are
        made later than the fields between them."""
        card = None if self.board.current is None else self.board.cards.get(self.board.current)
        strip = self.strip
        links = (strip.act, strip.more, strip.map, strip.page)
        fields = (strip.stage.box, strip.role.field, strip.day.field)
        chain = [
            self.tile.why,
            *filter(None, [card]),
            *fields,
            *links,
            self.check_tile.why,
            *self.checks.stops(),
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def take_focus(self) -> None:
        """Put the keyboard on the card chosen."""
        if self.board.current in self.board.cards:
            self.board.cards[self.board.current].setFocus()

    # acting ----------------------------------------------------------------------------------

    def move_unit(self, key: int, stage: int) -> None:
        """Put a unit into another stage; that of its zone is not written by hand."""
        if not self.bridge.may_edit():
            return
        zone = self._entrants[key].unit.zone
        own = None if zone is None else entry_rank(zone)
        value = None if stage == own else stage
        self.bridge.execute(SetField("stakeholder", key, "stage", value, STAGE))

    def ask_action(self, key: int) -> None:
        """Plan an action on a unit."""
        if self.bridge.may_edit():
            ActionDialog(self, self.bridge, key).open()

    def _change_action(self, action: ActionRow) -> None:
        ActionDialog(self, self.bridge, action.stakeholder_id, action).open()

    def act_on(self, check: Check) -> None:
        """Do what a check suggests: plan an action, choose a card, or go where one acts."""
        place = check.place
        self.board.complete()
        if place.unit is not None:
            self.ask_action(place.unit)
        elif place.table == "stakeholder" and place.key in self.board.cards:
            self.board.select(place.key)
            self.strip.day.field.setFocus()
        elif place.room == "stakeholders":
            self.picked.emit(place.key or (self.board.current or 0))
        else:
            self.go.emit(place.room, place.table, place.key)

    def _snooze(self, check: Check) -> None:
        SnoozeDialog(self, self.bridge, check).open()

    def _wake(self, check: Check) -> None:
        if check.snooze is not None:
            self.bridge.execute(WakeUp(check.snooze.id))
