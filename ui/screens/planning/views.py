"""The other views of the plan, made when first shown: the load of people, announced dates."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

MAKERS = {
    "load": ("ui.screens.planning.load_view", "LoadView"),
    "announced": ("ui.screens.planning.trend_view", "TrendView"),
}


class PlanView(Protocol):
    """What a view of the plan answers to."""

    def refresh(self, changed: Changed | None) -> None: ...

    def retranslate(self) -> None: ...


class OtherViews(QStackedWidget):
    """Shows one of them. A hidden one is read again when it is shown next; `show_task(key)`
    leads from a view to a line in the Gantt; `compared` when its bars are to be compared with
    another reference plan."""

    compared = Signal()

    def __init__(self, bridge: Bridge, show_task: Callable[[int], None]) -> None:
        super().__init__()
        self._bridge, self._show_task = bridge, show_task
        self.made: dict[str, QWidget] = {}
        self._stale: set[str] = set()

    def show_view(self, name: str) -> None:
        """Show a view, making it the first time."""
        if name not in self.made:
            module, kind = MAKERS[name]
            made = self.made[name] = getattr(import_module(module), kind)(self._bridge)
            for name_, act in (("task_asked", self._show_task), ("compared", self.compared)):
                asked = getattr(made, name_, None)
                if asked is not None:
                    asked.connect(act)
            self.addWidget(made)
            self._stale.add(name)
        if name in self._stale:
            self._stale.discard(name)
            cast("PlanView", self.made[name]).refresh(None)
        self.setCurrentWidget(self.made[name])

    def refresh(self, changed: Changed | None) -> None:
        """Read the view in front; the others later."""
        for name, view in self.made.items():
            if self.isVisible() and self.currentWidget() is view:
                cast("PlanView", view).refresh(changed)
            else:
                self._stale.add(name)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for view in self.made.values():
            cast("PlanView", view).retranslate()
