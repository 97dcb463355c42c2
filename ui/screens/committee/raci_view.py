"""Who does what (RACI): the grid, what its letters mean, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.governance.raci import AddRaciItem
from crm_pilot.governance.terms import LETTERS, Letter
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.project import Remove
from ui import theme
from ui.screens.committee.raci_grid import RaciGrid
from ui.screens.committee.raci_model import RaciModel
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

TABLES = frozenset({"raci_item", "raci_actor", "raci_cell", "person", "task"})


class RaciView(QWidget):
    """Lines and actors with a letter where they meet."""

    go = Signal(str, str, int)
    filled_changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.model = RaciModel(bridge)
        self.table = RaciGrid(bridge, self.model)
        self.empty = EmptyState("people")
        self.add_actor = quiet_button(icon="add")
        self.rename = quiet_button()
        self.drop = quiet_button(icon="remove")
        self.guard = Guard(bridge, self)
        self.guard.add(self.add_actor, self.empty.button)
        self.guard.add(self.rename, self.drop, why=self._why_no_actor)
        self._lay_out()
        self._connect()
        theme.switched().changed.connect(self._say)

    def _lay_out(self) -> None:
        self.letters = ElidedLabel(theme.CAPTION, ink="muted")
        self._sign = QLabel()
        self.said = label(wrap=True)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        tools.addWidget(self.said, 1)
        for button in (self.add_actor, self.rename, self.drop):
            tools.addWidget(button)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addWidget(self.letters)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.empty.clicked.connect(self.add)
        self.table.line_asked.connect(self.add)
        self.table.actor_asked.connect(self.ask_actor)
        self.table.moved.connect(self._moved)
        self.add_actor.clicked.connect(self.ask_actor)
        self.rename.clicked.connect(self.rename_actor)
        self.drop.clicked.connect(self.delete_actor)

    # texts -----------------------------------------------------------------------------------

    @property
    def filled(self) -> bool:
        """Whether there is any line or actor."""
        return bool(self.model.table.items or self.model.table.actors)

    def add_text(self) -> str:
        """What the button of the room says."""
        return tr("New line")

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.setAccessibleName(tr("RACI"))
        self.add_actor.setText(tr("Add an actor…"))
        self.rename.setText(tr("Rename the actor…"))
        self.drop.setText(tr("Delete the actor"))
        self.letters.set_whole(
            "  ·  ".join((*(tr(LETTERS[one]) for one in Letter if one is not Letter.AR),
                          tr("A and R in one cell: both"), tr("Del takes it away")))
        )  # fmt: skip
        self.empty.set_texts(
            tr("Who answers for what?"),
            tr(
                "A line is a deliverable or an activity, a column a role or a person. Exactly one"
                " answers for each line (A), and at least one does the work (R)."
            ),
            tr("Add the first line"),
        )
        self.model.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, max(0, self.model.columnCount() - 1)
        )
        self._say()

    def _say(self) -> None:
        """What is wrong: with the line looked at, else how many lines break a rule."""
        table = self.model.table
        here = self.model.faults(self.table.currentIndex().row())
        count = len({fault.item_id for fault in table.faults})
        if here:
            said = " ".join(here)
        elif count:
            wrong = ntr("{n} line breaks a rule.", "{n} lines break a rule.", count)
            said = f"{wrong} {show(table.faults[0].text)}"
        else:
            said = tr("Every line has exactly one A and at least one R.") if table.items else ""
        self.said.setText(said)
        good = not count
        self._sign.setVisible(bool(said))
        self._sign.setPixmap(
            theme.pixmap("check-circle" if good else "warning", "good" if good else "alert", 16)
        )

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read again what `changed` touched."""
        if changed is not None and not changed.touches(*TABLES):
            return
        row, column = self.table.currentIndex().row(), self.table.currentIndex().column()
        self.model.refresh()
        self._stack.setCurrentIndex(0 if self.filled else 1)
        if not self.table.currentIndex().isValid():
            self.table.stand(max(0, row), max(0, column))
        self._moved()
        self.filled_changed.emit()

    def _moved(self) -> None:
        self._say()
        self.guard.refresh()

    def open_item(self, table: str, key: int) -> None:
        """Show a line."""
        if table == "raci_item":
            self.table.show_line(key)
        self.table.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard into the grid."""
        (self.table if self.filled else self.empty.button).setFocus()

    # edits -----------------------------------------------------------------------------------

    def add(self) -> None:
        """A new line, its name being typed."""
        if not self.bridge.may_edit():
            return
        key = self.bridge.execute(AddRaciItem(tr("New line")))
        if key is not None:
            self.table.show_line(key, edit=True)

    @property
    def actor(self) -> int | None:
        """The actor of the column the cursor stands on."""
        return self.model.actor(self.table.currentIndex().column())

    def _why_no_actor(self) -> str:
        return "" if self.actor is not None else tr("Choose a cell of an actor first.")

    def ask_actor(self) -> None:
        """Ask for a role or a person more."""
        self._ask(None)

    def rename_actor(self) -> None:
        """Give the actor of the column another name."""
        if self.actor is not None:
            self._ask(self.actor)

    def _ask(self, key: int | None) -> None:
        if not self.bridge.may_edit():
            return
        from ui.screens.committee.actor_dialog import ActorDialog

        known = next((one for one in self.model.table.actors if one.id == key), None)
        dialog = ActorDialog(self.bridge, self.window(), known)
        dialog.saved.connect(self._show_actor)
        dialog.open()

    def _show_actor(self, key: int) -> None:
        keys = [one.id for one in self.model.table.actors]
        if key in keys:
            self.table.stand(max(0, self.table.currentIndex().row()), keys.index(key) + 1)
        self.table.setFocus()

    def delete_actor(self) -> None:
        """Delete the actor of the column, with its letters."""
        key = self.actor
        if key is not None and self.bridge.may_edit():
            self.bridge.execute(Remove("raci_actor", (key,), N_("actor of the RACI")))
            self.table.setFocus()
