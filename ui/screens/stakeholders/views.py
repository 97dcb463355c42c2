"""The other views of the room, made when first shown: order of entry, lateral projects,
crossings, and the page of one unit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge
    from ui.screens.stakeholders.unit_page import UnitPage

PACKAGE = "ui.screens.stakeholders"
MAKERS = {
    "entry": ("entry_view", "EntryView"),
    "lateral": ("lateral_view", "LateralView"),
    "crossings": ("crossings_view", "CrossingsView"),
    "unit": ("unit_page", "UnitPage"),
}
PLAIN = ("go", "picked", "opened", "closed")
ASKED = ("rate_asked", "target_asked", "action_asked", "file_asked")


class RoomView(Protocol):
    """What a view of the room answers to."""

    def refresh(self, changed: Changed | None) -> None: ...

    def retranslate(self) -> None: ...


class OtherViews(QStackedWidget):
    """Shows one of them; a hidden one is read again when it is shown next. What any of them asks
    for is told on: `go` to another room, `picked` on the map, `opened` as a page."""

    go = Signal(str, str, int)
    picked = Signal(int)
    opened = Signal(int)
    closed = Signal()
    rate_asked = Signal(int)
    target_asked = Signal(int)
    action_asked = Signal(int)
    file_asked = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.made: dict[str, QWidget] = {}
        self._stale: set[str] = set()

    def view(self, name: str) -> QWidget:
        """A view, made the first time."""
        if name not in self.made:
            module, kind = MAKERS[name]
            made = getattr(import_module(f"{PACKAGE}.{module}"), kind)(self._bridge)
            for signal in (*PLAIN, *ASKED):
                asked = getattr(made, signal, None)
                if asked is not None:
                    asked.connect(getattr(self, signal))
            self.made[name] = made
            self.addWidget(made)
            self._stale.add(name)
        return self.made[name]

    def show_view(self, name: str, *, names: bool) -> None:
        """Show a view; persons by code unless `names`."""
        made = self.view(name)
        show_names = getattr(made, "show_names", None)
        if show_names is not None:
            show_names(names)
        if name in self._stale:
            self._stale.discard(name)
            cast("RoomView", made).refresh(None)
        self.setCurrentWidget(made)

    def take_focus(self) -> None:
        """Put the keyboard where the view in front begins."""
        here = self.currentWidget() or self
        getattr(here, "take_focus", here.setFocus)()

    def show_unit(self, key: int, *, names: bool) -> QWidget:
        """Show the page of a unit."""
        page = cast("UnitPage", self.view("unit"))
        page.show_unit(key, names)
        self._stale.discard("unit")
        self.setCurrentWidget(page)
        return page

    def refresh(self, changed: Changed | None, *, shown: bool) -> None:
        """Read the view in front, if it is shown; the others later."""
        for name, made in self.made.items():
            if shown and self.currentWidget() is made:
                cast("RoomView", made).refresh(changed)
            else:
                self._stale.add(name)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for made in self.made.values():
            cast("RoomView", made).retranslate()
