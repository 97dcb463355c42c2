"""The views of a room behind one switch, imported and made when first shown.

A view is a widget made with the bridge alone. It answers to `retranslate()` and `refresh(changed)`;
`tools`, where it has them, are what it puts beside the switch. Its signals, where it has them:
`go(room, table, id)` asks for another room, `view_asked(name)` for another view of this one,
`narrowed(what)` for another choice of what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.rooms import Rooms

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SIGNALS = ("go", "view_asked", "narrowed")


class ViewOf(NamedTuple):
    """A view before it is imported."""

    name: str
    title: str  # marked
    path: str  # module and class, as "ui.screens.training.sessions_view:SessionsView"


class RoomView(Protocol):
    """What a view answers to."""

    def refresh(self, changed: Changed | None) -> None: ...

    def retranslate(self) -> None: ...


class RoomViews(Rooms):
    """One view at a time; a hidden one is read again when it is shown next. A room with signals of
    its own adds them in a class of its own, and their names to `more`."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)
    made_view = Signal(object)  # a view whose tools are to be placed

    def __init__(self, bridge: Bridge, views: Sequence[ViewOf], more: Sequence[str] = ()) -> None:
        super().__init__()
        self._bridge = bridge
        self._views = {one.name: one for one in views}
        self._signals = (*SIGNALS, *more)
        self.made: dict[str, QWidget] = {}
        self._stale: set[str] = set()

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
            made = self._make(self._views[name])
            self.made[name] = made
            self._stale.add(name)
            self.addWidget(made)  # first: alone it would have no jobs to read in
            cast("RoomView", made).retranslate()
            self.made_view.emit(made)
        return self.made[name]

    def _make(self, wanted: ViewOf) -> QWidget:
        module, kind = wanted.path.split(":")
        made: QWidget = getattr(import_module(module), kind)(self._bridge)
        for signal in self._signals:
            asked = getattr(made, signal, None)
            if asked is not None:
                asked.connect(getattr(self, signal))
        return made

    def show_view(self, name: str) -> None:
        """Show a view, read as it is now."""
        made = self.view(name)
        self.bring_up(name)
        self.setCurrentWidget(made)
        for one in self.made.values():
            tools: QWidget | None = getattr(one, "tools", None)
            if tools is not None:
                tools.setVisible(one is made)

    def bring_up(self, name: str) -> None:
        """Tell a view what it has missed while it was hidden."""
        if name in self._stale:
            self._stale.discard(name)
            cast("RoomView", self.made[name]).refresh(None)

    def refresh(self, changed: Changed | None, *, shown: bool = True) -> None:
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
