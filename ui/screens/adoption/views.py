"""The views of the room, made when first shown (`ui/widgets/room_views.py`). A view also answers
to `show_scope(where)`, told first of all; its signal `narrowed(where)` asks for another filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import N_
from ui.screens.adoption.filters import UseFilter
from ui.widgets import room_views
from ui.widgets.room_views import ViewOf

if TYPE_CHECKING:
    from ui.bridge import Bridge


VIEWS: tuple[ViewOf, ...] = (
    ViewOf("overview", N_("Overview"), "ui.screens.adoption.overview:OverviewView"),
    ViewOf("month", N_("Month"), "ui.screens.adoption.month_view:MonthView"),
    ViewOf("needs", N_("Who needs help"), "ui.screens.adoption.needs_view:NeedsView"),
    ViewOf("features", N_("Functions"), "ui.screens.adoption.features_view:FeaturesView"),
    ViewOf(
        "transfer",
        N_("Before and after training"),
        "ui.screens.adoption.transfer_view:TransferView",
    ),
    ViewOf("users", N_("Users"), "ui.screens.adoption.users_view:UsersView"),
    ViewOf("signs", N_("Warning signs"), "ui.screens.adoption.signs_view:SignsView"),
)


class Limited(Protocol):
    """What a view of this room answers to besides."""

    def show_scope(self, where: UseFilter) -> None: ...


class RoomViews(room_views.RoomViews):
    """The views of the adoption room behind one filter."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, VIEWS)
        self._where = UseFilter()
        self._limited: set[str] = set()  # views that do not know the filter yet

    def view(self, name: str) -> QWidget:
        if name not in self.made:
            self._limited.add(name)
        return super().view(name)

    def bring_up(self, name: str) -> None:
        """Tell a view what it has missed while it was hidden."""
        if name in self._limited:
            self._limited.discard(name)
            cast("Limited", self.made[name]).show_scope(self._where)
        super().bring_up(name)

    def show_scope(self, where: UseFilter) -> None:
        """Limit all views, the one in front at once."""
        self._where = where
        self._limited = set(self.made)
        if self.front:
            self.bring_up(self.front)
