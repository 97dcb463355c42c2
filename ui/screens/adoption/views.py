"""The views of the room, made when first shown.

A view is a widget made with the bridge alone. It answers to `retranslate()`, `show_scope(where)`,
told first of all, and `refresh(changed)`. Where it has them, its signal `go(room, table, id)` asks
for a room, `view_asked(name)` for another view, `narrowed(where)` for another filter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import N_
from ui.screens.adoption.filters import UseFilter
from ui.widgets.rooms import Rooms

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class ViewOf(NamedTuple):
    """A view before it is imported."""

    name: str
    title: str  # marked
    path: str  # module and class, as "ui.screens.adoption.overview:Overview"


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

SIGNALS = ("go", "view_asked", "narrowed")


class RoomView(Protocol):
    """What a view answers to."""

    def refresh(self, changed: Changed | None) -> None: ...

    def retranslate(self) -> None: ...

    def show_scope(self, where: UseFilter) -> None: ...


class RoomViews(Rooms):
    """One view at a time; a hidden one is read again when it is shown next."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._where = UseFilter()
        self.made: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._limited: set[str] = set()  # views that do not know the filter yet

    def hasHeightForWidth(self) -> bool:
        """Every view gives way: Qt would take the height the highest of all wishes for to be the
        least, and the room would scroll."""
        return False

    @property
    def front(self) -> str:
        """The name of the view shown; empty before the first."""
        here = self.currentWidget()
        return next((name for name, made in self.made.items() if made is here), "")

    def view(self, name: str) -> QWidget:
        """A view, made the first time."""
        if name not in self.made:
            module, kind = next(one.path for one in VIEWS if one.name == name).split(":")
            made: QWidget = getattr(import_module(module), kind)(self._bridge)
            for signal in SIGNALS:
                asked = getattr(made, signal, None)
                if asked is not None:
                    asked.connect(getattr(self, signal))
            self.made[name] = made
            self._stale.add(name)
            self._limited.add(name)
            self.addWidget(made)  # first: alone it would have no jobs to read in
            cast("RoomView", made).retranslate()
        return self.made[name]

    def show_view(self, name: str) -> None:
        """Show a view, read as it is now."""
        made = self.view(name)
        self._bring_up(name)
        self.setCurrentWidget(made)

    def _bring_up(self, name: str) -> None:
        """Tell a view what it has missed while it was hidden."""
        made = cast("RoomView", self.made[name])
        if name in self._limited:
            self._limited.discard(name)
            made.show_scope(self._where)
        if name in self._stale:
            self._stale.discard(name)
            made.refresh(None)

    def show_scope(self, where: UseFilter) -> None:
        """Limit all views, the one in front at once."""
        self._where = where
        self._limited = set(self.made)
        if self.front:
            self._bring_up(self.front)

    def refresh(self, changed: Changed | None, *, shown: bool) -> None:
        """Read the view in front, if it is seen; the others when they are shown."""
        front = self.front if shown else ""
        self._stale |= set(self.made) - {front}
        if front:
            self._stale.discard(front)
            cast("RoomView", self.made[front]).refresh(changed)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for made in self.made.values():
            cast("RoomView", made).retranslate()

    def take_focus(self) -> None:
        """Put the keyboard where the view in front begins."""
        here = self.currentWidget() or self
        getattr(here, "take_focus", here.setFocus)()
