"""A register as a view of the room: chips and search above, its table, and what to do when it is
empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from crm_pilot.project import Several
from ui import theme
from ui.screens.committee.model import RegisterModel, register
from ui.screens.committee.texts import add_text, empty_texts
from ui.widgets.buttons import Guard, chip
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.view_button import ViewButton

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

FILLED, EMPTY = 0, 1


class RegisterView(QWidget):
    """One register. A row is added by Insert, by the button of the room, or by the dialog that
    `_ask` opens."""

    go = Signal(str, str, int)
    filled_changed = Signal()
    key = ""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.register = register(self.key)
        self.model = RegisterModel(bridge, self.register)
        self.table = self._table()
        self.table.add_asked.connect(self.add)
        self.table.opened.connect(self._open)
        self.empty = EmptyState(self.register.icon)
        self.empty.clicked.connect(self.add)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.empty.button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._work())
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack, 1)

    # building --------------------------------------------------------------------------------

    def _table(self) -> Table:
        what = self.register.what
        return Table(self.bridge, self.model, f"committee.{self.register.key}", what=what)

    def _work(self) -> QWidget:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addLayout(self._body(), 1)
        column.addWidget(self.note)
        return work

    def _body(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.table, 1)
        return row

    def _tools(self) -> QHBoxLayout:
        self.chips = [chip() for _ in self.register.chips]
        self.search = SearchField()
        self.search.textChanged.connect(self.model.search)
        self.views = ViewButton(self.table)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in self.chips:
            one.toggled.connect(self._filter)
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.views)
        row.addWidget(self.search)
        return row

    def _filter(self) -> None:
        wanted = [
            one.keep
            for one, on in zip(self.register.chips, self.chips, strict=True)
            if on.isChecked()
        ]
        bridge = self.bridge
        self.model.keep((lambda row: all(keep(row, bridge) for keep in wanted)) if wanted else None)

    def widen(self) -> None:
        """Take search and chips away, so that every row is shown."""
        self.search.clear()
        for one in self.chips:
            one.setChecked(False)

    # texts -----------------------------------------------------------------------------------

    @property
    def filled(self) -> bool:
        """Whether there is any row."""
        return self.model.total > 0

    def add_text(self) -> str:
        """What the button of the room says."""
        return add_text(self.key)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for one, made in zip(self.register.chips, self.chips, strict=True):
            made.setText(tr(one.title))
        self.search.retranslate(tr("Search this register"))
        self.views.retranslate()
        self.table.retranslate(tr(self.register.title))
        self.empty.set_texts(*empty_texts(self.key), self.add_text())
        self._show_state()

    def _note(self) -> str:
        return ""

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read again what `changed` touched."""
        if changed is None or changed.touches(*self.register.tables):
            self.model.refresh(changed)
            if self.table.current_id is None and self.model.rowCount():
                self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_state()

    def _show_state(self) -> None:
        filled = self.model.total > 0
        if (self._stack.currentIndex() == FILLED) != filled:
            self._stack.setCurrentIndex(FILLED if filled else EMPTY)
        self.note.setText(self._note() if filled and self.bridge.has_project else "")
        self.note.setVisible(bool(self.note.text()))
        self.filled_changed.emit()

    def open_item(self, table: str, key: int) -> None:
        """Show and select a row."""
        if table == self.register.table:
            self.widen()
            self.table.reveal(key)

    def take_focus(self) -> None:
        """Put the keyboard into the table."""
        (self.table if self.filled else self.empty.button).setFocus()

    # edits -----------------------------------------------------------------------------------

    def _open(self, _key: int) -> None:
        index = self.table.currentIndex()
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(index)

    def add(self) -> None:
        """A new row, its first cell being typed, or what a dialog asks for it."""
        if not self.bridge.may_edit():
            return
        if not self.register.first:
            self._ask()
            return
        self.widen()
        made = self.bridge.execute(self.register.fresh(self.bridge, {}))
        if made is not None:
            self.table.select(made, edit=self.register.first)

    def _ask(self) -> None:
        raise NotImplementedError

    def _show_added(self, key: int) -> None:
        self.widen()
        self.table.select(key)
        self.table.setFocus()


class DecisionsView(RegisterView):
    """Decisions: asked, taken, carried out, done."""

    key = "decisions"

    def _ask(self) -> None:
        from ui.screens.committee.decision import DecisionDialog

        dialog = DecisionDialog(self.bridge, self.window())
        dialog.added.connect(self._show_added)
        dialog.open()


class ActionTable(Table):
    """Deleting an action deletes its task too, as one step."""

    def remove_selected(self) -> None:
        """Delete the selected actions."""
        from crm_pilot.governance.actions import DropAction
        from crm_pilot.i18n import Message, msg

        ids = self.selected_ids
        if ids and self.bridge.may_edit():
            name = msg("Delete {what}", what=Message(self.rows.what))
            self.bridge.execute(Several(tuple(DropAction(key) for key in ids), name))


class ActionsView(RegisterView):
    """Actions: tasks of the plan that a committee asked for."""

    key = "actions"

    def _table(self) -> Table:
        made = ActionTable(self.bridge, self.model, "committee.actions", what=self.register.what)
        made.own_entries = self._entries
        return made

    def _entries(self) -> list[Any]:
        from ui.widgets.grid_menu import Entry

        row = self.model.item(self.table.currentIndex().row())
        if row is None:
            return []
        return [
            Entry(tr("Show in the plan"), lambda: self.go.emit("planning", "task", row.task_id))
        ]

    def _note(self) -> str:
        return tr("An action is a task of the plan: owner, day and progress are the same there.")

    def _ask(self) -> None:
        from ui.screens.committee.action_dialog import ActionDialog

        dialog = ActionDialog(self.bridge, self.window())
        dialog.added.connect(self._show_added)
        dialog.open()


class ProblemsView(RegisterView):
    """Problems: what happened and hinders."""

    key = "problems"


class HighlightsView(RegisterView):
    """Noteworthy facts."""

    key = "highlights"
