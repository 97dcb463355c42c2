"""What every screen is: a widget over the bridge that reads on `refresh` and never holds truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class Screen(QWidget):
    """Base of the screens. The window calls `retranslate` and `refresh`; screens only answer.

    `refresh(None)` reads everything; `refresh(changed)` is called while visible when a table of
    `tables` changed. A hidden screen is marked stale and refreshed when shown.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""  # marked text
    icon: ClassVar[str] = ""
    tables: ClassVar[frozenset[str]] = frozenset()

    go = Signal(str, str, int)  # another screen's name, and a table and id there ("" and 0: none)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setObjectName(f"screen-{self.name}")
        self.search_field: QWidget | None = None  # focused by Ctrl+F
        # Where the keyboard goes when the screen is shown. Not a focus proxy: Tab would jump
        # from the screen to it, over all that stands before it.
        self.front: QWidget | None = None

    def retranslate(self) -> None:
        """Set every text again in the language of the window."""

    def refresh(self, changed: Changed | None) -> None:
        """Read what is shown: all of it (None) or what `changed` touched."""

    def show_imported(self) -> None:
        """Show what imports bring into this room, where it shows one of several things."""

    def print_room(self) -> bool:
        """Offer to print what the room shows; False: the documents room is."""
        return False

    def open_item(self, table: str, key: int) -> None:
        """Show and select one thing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Insert or not self._begin_here():
            super().keyPressEvent(event)

    def _begin_here(self) -> bool:
        """Press the button of the empty state that is shown; False when none is."""
        from ui.widgets.empty import EmptyState

        for empty in self.findChildren(EmptyState):
            if empty.button.isVisible() and empty.button.isEnabled():
                empty.button.click()
                return True
        return False

    def take_focus(self) -> None:
        """Put the keyboard where work goes on: on the map or the table in front."""
        place = self.front
        if place is None:
            views = self.findChildren(QTableView)
            place = next((view for view in views if view.isVisible()), None)
        (place or self).setFocus()

    def start_search(self) -> None:
        """Put the cursor into the search field."""
        if self.search_field is not None:
            self.search_field.setFocus()
            select_all = getattr(self.search_field, "selectAll", None)
            if select_all is not None:
                select_all()
