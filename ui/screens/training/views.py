"""The views of the room, imported when first shown. A view is a widget made with the bridge alone;
it answers to `retranslate()` and `refresh(changed)`, and `tools` is what it puts beside the switch.
Its signals, where it has them: `go(room, table, id)`, `view_asked(name)`, `enrol_asked(wish)` for a
group to be enrolled, `session_asked(id)` for a session to be shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_pilot.i18n import N_

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class ViewOf(NamedTuple):
    """A view before it is imported."""

    name: str
    title: str  # marked
    path: str  # module and class


VIEWS: tuple[ViewOf, ...] = (
    ViewOf("sessions", N_("Sessions"), "ui.screens.training.sessions_view:SessionsView"),
    ViewOf("courses", N_("Courses"), "ui.screens.training.courses_view:CoursesView"),
    ViewOf("coverage", N_("Coverage"), "ui.screens.training.coverage_view:CoverageView"),
    ViewOf("newcomers", N_("Newcomers"), "ui.screens.training.newcomers_view:NewcomersView"),
    ViewOf("evaluation", N_("Evaluation"), "ui.screens.training.evaluation_view:EvaluationView"),
)
SIGNALS = ("go", "view_asked", "enrol_asked", "session_asked", "narrowed")


class RoomView(Protocol):
    """What a view answers to."""

    tools: QWidget

    def refresh(self, changed: Changed | None) -> None: ...

    def retranslate(self) -> None: ...


class RoomViews(QStackedWidget):
    """One view at a time; a hidden one is read again when it is shown next."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    enrol_asked = Signal(object)  # a Wish: whom, and for what
    session_asked = Signal(int)
    narrowed = Signal(object)  # the sessions to be shown
    made_view = Signal(object)  # a view whose tools are to be placed

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.made: dict[str, QWidget] = {}
        self._stale: set[str] = set()

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
            cast("RoomView", made).retranslate()
            self.made[name] = made
            self._stale.add(name)
            self.addWidget(made)
            self.made_view.emit(made)
        return self.made[name]

    def show_view(self, name: str) -> None:
        """Show a view, read as it is now."""
        made = self.view(name)
        if name in self._stale:
            self._stale.discard(name)
            cast("RoomView", made).refresh(None)
        self.setCurrentWidget(made)
        for one in self.made.values():
            cast("RoomView", one).tools.setVisible(one is made)

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
