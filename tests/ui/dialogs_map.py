"""Dialogs, menus and papers of the stakeholder room, opened as a person opens them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QDialog, QMenu

from crm_pilot.governance.entry import checks
from crm_pilot.governance.influence import ActionRow
from crm_pilot.i18n import tr
from crm_pilot.stakeholders.acts import acts
from crm_pilot.stakeholders.queries import units
from crm_pilot.stakeholders.terms import ActionKind, UnitKind
from tests.ui.dialog_stage import Case, Open, Stage, front, open_dialog, popped, wait_until
from ui.dialogs import print_map
from ui.dialogs.snooze import SnoozeDialog
from ui.screens.stakeholders.action_dialog import ActionDialog, RemoveAction
from ui.screens.stakeholders.lateral_dialog import LateralDialog
from ui.screens.stakeholders.rating_fact import FactBox
from ui.screens.stakeholders.screen import StakeholdersScreen
from ui.screens.stakeholders.unit_dialog import UnitDialog
from ui.screens.stakeholders.zones_dialog import ZonesDialog

LINES = "Enter begins a new line"
GRID_MENU = "ui.widgets.grid_menu"
UNIT = "ui.screens.stakeholders.unit_dialog"
RATING = "ui.screens.stakeholders.rating_"
TRIO = "ui.screens.stakeholders.trio_dialog"
ZONES = "ui.screens.stakeholders.zones_dialog"
ACTION = "ui.screens.stakeholders.action_dialog"
MAP_ROOM = "ui.screens.stakeholders"
MAP = "ui.dialogs.print_map:PrintMapDialog"


def _map(method: str, *more: object) -> Open:
    def make(stage: Stage) -> None:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        if screen.selected_id is None:
            screen.select(stage.window.bridge.reader.value("SELECT min(id) FROM stakeholder"))
        getattr(screen.asking, method)(*(more or (screen.selected_id,)))

    return make


def _map_several(method: str) -> Open:
    def make(stage: Stage) -> None:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        found = stage.window.bridge.reader.select("SELECT id FROM stakeholder ORDER BY id LIMIT 9")
        getattr(screen.asking, method)([row[0] for row in found])

    return make


def _unit_menu(count: int) -> Open:
    def make(stage: Stage) -> QMenu:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        return popped(screen.menus.menu([row.id for row in screen.shown.kept[:count]]))

    return make


def _units_menu(stage: Stage) -> QMenu:
    screen = cast(StakeholdersScreen, stage.room("stakeholders"))
    screen.show_view("list")
    screen.table.select(screen.shown.kept[0].id)
    made = popped(screen.table.menu())
    screen.show_view("map")
    return made


def _simple(stage: Stage) -> None:
    stage.window.bridge.settings.rating = "simple"
    _map("rate")(stage)
    stage.window.bridge.settings.rating = "full"


def _map_one(stage: Stage, method: str) -> None:
    screen = cast(StakeholdersScreen, stage.room("stakeholders"))
    getattr(screen.asking, method)(
        [stage.window.bridge.reader.value("SELECT min(id) FROM stakeholder")]
    )


def _unit_page(page: str) -> Open:
    def make(stage: Stage) -> None:
        _map("edit")(stage)
        made = cast(UnitDialog, front())
        made.turn(page)
        if page == "ties":
            made.ties.add_empty()

    return make


def _room_dialog(method: str) -> Open:
    return lambda stage: getattr(
        cast(StakeholdersScreen, stage.room("stakeholders")).asking, method
    )()


def _zones_advice(stage: Stage) -> None:
    _room_dialog("zones")(stage)
    cast(ZonesDialog, front()).turn("advice")


def _acts(stage: Stage) -> QMenu:
    made = FactBox(tr("Observed fact"))
    made.setParent(stage.room("stakeholders"))
    made.offer(acts(2, 3))
    return popped(made.menu)


def _print_map(level: str) -> Open:
    def opener(stage: Stage) -> QDialog:
        bridge = stage.window.bridge
        print_map.ask_print(stage.room("stakeholders"), bridge, bridge.today)
        made = cast(print_map.PrintMapDialog, front())
        made.form.level.setCurrentIndex(made.form.level.findData(level))
        wait_until(lambda: made.settled)
        return made

    return opener


def _acting(name: str) -> Open:
    """The dialogs of acting: on the first unit, its first action, a check, a lateral project."""

    def make(stage: Stage) -> QDialog:
        bridge, room = stage.window.bridge, stage.room("stakeholders")
        unit = units(bridge.reader, bridge.today)[0].id
        day = bridge.today + dt.timedelta(days=12)
        days = (day, day + dt.timedelta(days=2))
        kind = ActionKind.WORKSHOP
        action = ActionRow(1, 1, unit, kind, "Atelier", None, "", *days, 40, 480, 240, None, None)
        openers: dict[str, Callable[[], QDialog]] = {
            "plan": lambda: ActionDialog(room, bridge, unit),
            "change": lambda: ActionDialog(room, bridge, unit, action),
            "remove": lambda: RemoveAction(room, bridge, action),
            "snooze": lambda: SnoozeDialog(room, bridge, checks(bridge.reader, bridge.today)[0]),
            "lateral": lambda: LateralDialog(room, bridge, unit_key=unit),
        }
        return open_dialog(openers[name]())

    return make


MAP_CASES: tuple[Case, ...] = (
    # acting on the map
    Case("action-plan", (f"{ACTION}:ActionDialog",), _acting("plan")),
    Case("action-change", (f"{ACTION}:ActionDialog",), _acting("change")),
    Case("action-remove", (f"{ACTION}:RemoveAction",), _acting("remove")),
    Case("snooze", ("ui.dialogs.snooze:SnoozeDialog",), _acting("snooze"),
         LINES),
    Case("lateral", ("ui.screens.stakeholders.lateral_dialog:LateralDialog",),
         _acting("lateral")),
    Case("print-map", (MAP,), _print_map("committee")),
    Case("print-map-own", (MAP,), _print_map("own")),
    Case("rating", (f"{RATING}dialog:RatingDialog",), _map("rate")),
    Case("rating-simple", (f"{RATING}dialog:RatingDialog",), _simple),
    Case("rating-queue", (f"{RATING}queue:RatingQueue",), _map_several("rate_all")),
    Case("menu-acts", (f"{RATING}fact:FactBox.__init__",), _acts),
    Case("trio", (f"{TRIO}:TrioDialog",), _map_several("place")),
    Case("trio-one", (f"{TRIO}:TrioDialog",), lambda s: _map_one(s, "place")),
    Case("target", (f"{UNIT}:TargetDialog",), _map("target")),
    Case("group", (f"{UNIT}:UnitDialog",), _map("unit", UnitKind.GROUP)),
    Case("person", (f"{UNIT}:UnitDialog",), _map("unit", UnitKind.PERSON)),
    Case("unit", (f"{UNIT}:UnitDialog",), _map("edit")),
    Case("unit-stage", (f"{UNIT}:UnitDialog",), _unit_page("stage")),
    Case("unit-ties", (f"{UNIT}:UnitDialog",), _unit_page("ties")),
    Case("zones", (f"{ZONES}:ZonesDialog",), _room_dialog("zones")),
    Case("zones-advice", (f"{ZONES}:ZonesDialog",), _zones_advice),
    Case("map-settings", ("ui.screens.stakeholders.map_settings:MapSettings",),
         _room_dialog("settings")),
    Case("menu-map", ("ui.screens.stakeholders.screen:StakeholdersScreen._build",),
         lambda s: popped(cast(StakeholdersScreen, s.room("stakeholders"))._menu)),
    Case("menu-unit", (f"{MAP_ROOM}.unit_menu:UnitMenu.menu",), _unit_menu(1)),
    Case("menu-units", (f"{MAP_ROOM}.unit_menu:UnitMenu.menu",), _unit_menu(4)),
    Case("menu-shown", (f"{MAP_ROOM}.toolbar:ShownMenu.menu",),
         lambda s: popped(cast(StakeholdersScreen, s.room("stakeholders")).shown_menu.menu())),
    Case("menu-kept", (f"{MAP_ROOM}.filters:UnitFilters.menu",),
         lambda s: popped(cast(StakeholdersScreen, s.room("stakeholders")).filters.menu())),
    Case("menu-list", (f"{GRID_MENU}:row_menu",), _units_menu),
)  # fmt: skip
