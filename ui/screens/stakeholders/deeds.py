"""What is done with the units selected, or with those the panel counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from crm_pilot.stakeholders import queries

if TYPE_CHECKING:
    from ui.screens.stakeholders.screen import StakeholdersScreen


class Deeds:
    """Knows the selection of the screen and which dialog does what."""

    def __init__(self, screen: StakeholdersScreen) -> None:
        self._screen = screen

    def open_menu(self, keys: Iterable[int], where: QPoint) -> None:
        """The menu of these units; units that are not shown are left out."""
        wanted = set(keys)
        found = [row.id for row in self._screen.shown.kept if row.id in wanted]
        if found:
            menu = self._screen.menus.menu(found)
            menu.exec(where)
            menu.deleteLater()

    def with_many(self, deed: str) -> None:
        """A button of the panel that stands for several units."""
        screen = self._screen
        keys, asking = screen.selected_keys, screen.asking
        if deed == "more":
            more = screen.panel.many.more
            self.open_menu(keys, more.mapToGlobal(more.rect().bottomLeft()))
            return
        deeds = {
            "rate": asking.rate_all,
            "place": asking.place,
            "target": asking.targets,
            "action": asking.action,
        }
        deeds[deed](keys)

    def ask_again(self) -> None:
        """Go through the old ratings of the units shown, the oldest first."""
        screen = self._screen
        kept = {row.id for row in screen.shown.kept}
        old = queries.to_confirm(screen.bridge.reader, screen.day)
        screen.asking.rate_all([one.unit.id for one in old if one.unit.id in kept])

    def place_waiting(self) -> None:
        """Rate those that have no position yet."""
        kept = self._screen.shown.kept
        self._screen.asking.rate_all([row.id for row in kept if not row.rated])

    def added(self, key: int) -> None:
        """A new unit is selected and rated at once."""
        self._screen.select(key)
        self._screen.asking.rate(key)
