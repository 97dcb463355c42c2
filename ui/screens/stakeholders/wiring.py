"""Which part of the room tells which: signals of map, list, panel and other views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot.stakeholders.terms import UnitKind

if TYPE_CHECKING:
    from ui.screens.stakeholders.screen import StakeholdersScreen


def connect_units(screen: StakeholdersScreen) -> None:
    """Map, time line and list."""
    plane, table, asking = screen.plane, screen.table, screen.asking
    plane.selected.connect(screen.select)
    plane.selection_changed.connect(screen.select_many)
    plane.menu_asked.connect(screen.deeds.open_menu)
    plane.rate_asked.connect(asking.rate)
    plane.target_asked.connect(asking.target)
    plane.remove_asked.connect(lambda key: asking.remove((key,)))
    screen.timeline.chosen.connect(screen.show_day)
    screen.timeline.compared.connect(screen.compare_with)
    table.fill_units = screen.menus.fill_table
    table.current_changed.connect(screen.row_chosen)
    table.selected.connect(screen.rows_chosen)
    table.opened.connect(screen.open_sheet)
    table.add_asked.connect(lambda: asking.unit(UnitKind.GROUP))


def connect_panel(screen: StakeholdersScreen) -> None:
    """What is clicked in the panel."""
    panel, asking = screen.panel, screen.asking
    panel.rate_asked.connect(asking.rate)
    panel.target_asked.connect(asking.target)
    panel.action_asked.connect(lambda key: asking.action((key,)))
    panel.action_opened.connect(lambda key: screen.go.emit("planning", "task", key))
    panel.sheet_asked.connect(screen.open_sheet)
    panel.advice_asked.connect(asking.zones)
    panel.listed.connect(screen.show_in_list)
    panel.picked.connect(screen.pick)
    panel.deed_asked.connect(screen.deeds.with_many)
    panel.compared.connect(screen.compare_with)
    panel.several.connect(screen.pick_many)
    panel.confirm_asked.connect(screen.deeds.ask_again)
    panel.place_asked.connect(screen.deeds.place_waiting)
    panel.built.connect(lambda buttons: screen.guard.add(*buttons))


def connect_others(screen: StakeholdersScreen) -> None:
    """What the other views ask for."""
    others, asking = screen.others, screen.asking
    others.go.connect(screen.go)
    others.picked.connect(screen.show_on_map)
    others.opened.connect(screen.open_sheet)
    others.closed.connect(screen.close_sheet)
    others.rate_asked.connect(asking.rate)
    others.target_asked.connect(asking.target)
    others.action_asked.connect(lambda key: asking.action((key,)))
    others.file_asked.connect(asking.person_file)
