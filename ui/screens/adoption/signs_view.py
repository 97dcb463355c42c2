"""The warning signs of use and training: what was found, by which rule, and what one can do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.governance.signs import signs
from crm_pilot.governance.snoozing import WakeUp
from crm_pilot.i18n import ntr, tr
from ui.dialogs.snooze import SnoozeDialog
from ui.reading import Reading
from ui.screens.adoption.sign_action import SignActionDialog
from ui.screens.adoption.signs_rows import SignList
from ui.screens.adoption.thresholds import ThresholdsDialog
from ui.widgets.buttons import quiet_button
from ui.widgets.scroll import Scroll
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge
    from ui.screens.adoption.filters import UseFilter

IMPORT = ("D14",)  # the sign whose place is the import of a file
# The view of this room that shows a sign; another one is shown by the overview
VIEW_OF = {"D2": "features", "D7": "features", "D1": "needs", "D3": "needs"}
OVERVIEW = "overview"


class SignsView(QWidget):
    """Signs on rows, and a button to their thresholds. They are of the whole project: the filter
    of the room does not narrow them."""

    go = Signal(str, str, int)
    view_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._narrowed = False
        self._read = False
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._show)
        self.tile = Tile()
        self.tile.set_why("committee.signs")
        self.thresholds = quiet_button()
        self.thresholds.clicked.connect(self.ask_thresholds)
        self.tile.head.addWidget(self.thresholds)
        self.list = SignList(bridge)
        self.list.asked.connect(self._asked)
        self.list.task.connect(lambda key: self.go.emit("planning", "task", key))
        self.tile.body.addWidget(Scroll(self.list), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tile)

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the signs, in a job where there are many accounts."""
        self._read = True
        if not self.bridge.has_project:
            return
        today = self.bridge.today
        self.reading.read(lambda reader: signs(reader, today))

    def _show(self, found: tuple[Check, ...]) -> None:
        self.list.show_checks(found)
        self.tile.set_caption(self._caption(found))
        self._order_tabs()

    def show_scope(self, where: UseFilter) -> None:
        """The filter does not narrow the signs; the caption says so while there is one."""
        self._narrowed = not where.open
        if self._read:
            self.refresh(None)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.tile.set_title(tr("Warning signs"))
        self.thresholds.setText(tr("Thresholds…"))
        if self._read:
            self.refresh(None)

    def _caption(self, found: tuple[Check, ...]) -> str:
        warn = sum(check.verdict is Verdict.WARN for check in found)
        unknown = sum(check.verdict is Verdict.UNKNOWN for check in found)
        said = [
            ntr("{n} sign asks for attention", "{n} signs ask for attention", warn)
            if warn
            else tr("No sign asks for attention")
        ]
        if unknown:
            said.append(ntr("{n} lacks data", "{n} lack data", unknown))
        if self._narrowed:
            said.append(tr("of the whole project, whatever the filter"))
        return " · ".join(said)

    def _order_tabs(self) -> None:
        chain = [self.tile.why, self.thresholds, *self.list.stops()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def take_focus(self) -> None:
        """Put the keyboard on the first link."""
        stops = self.list.stops()
        (stops[0] if stops else self.thresholds).setFocus()

    # acting ----------------------------------------------------------------------------------

    def _asked(self, check: Check, what: str) -> None:
        {
            "show": self.show_place,
            "plan": self.plan,
            "snooze": self.snooze,
            "wake": self.wake,
        }[what](check)

    def show_place(self, check: Check) -> None:
        """Go to what shows the sign: another room, a view of this one, or the import."""
        place = check.place
        if place.room != "adoption":
            self.go.emit(place.room, place.table, place.key)
        elif check.rule in IMPORT and check.verdict is not Verdict.OK:
            self.bridge.import_asked.emit()
        else:
            self.view_asked.emit(_view(check.rule))

    def plan(self, check: Check) -> None:
        """Answer a sign with a task of the plan."""
        if self.bridge.may_edit():
            SignActionDialog(self, self.bridge, check).open()

    def snooze(self, check: Check) -> None:
        """Put a sign aside, with a reason."""
        if self.bridge.may_edit():
            SnoozeDialog(self, self.bridge, check).open()

    def wake(self, check: Check) -> None:
        """Let a sign speak again."""
        if check.snooze is not None:
            self.bridge.execute(WakeUp(check.snooze.id))

    def ask_thresholds(self) -> None:
        """Open the thresholds; they may also be read where nothing can be edited."""
        ThresholdsDialog(self, self.bridge).open()


def _view(rule: str) -> str:
    """The view that shows a sign, the overview where it is not there."""
    from ui.screens.adoption.views import VIEWS

    wanted = VIEW_OF.get(rule, OVERVIEW)
    return wanted if wanted in {view.name for view in VIEWS} else OVERVIEW
