"""Letters that give a value to a row of a table: typed down a list, a line is one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.digits import HELD

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.widgets.table import Table


class Letters(QObject):
    """In `table` a letter of `letters` gives its value to the rows that are selected and goes on
    to the next row; Space gives the value after the one that `known(row)` is, in the order of
    `order`. `command(ids, value)` is how it is given. Cells are then edited by F2 or a double
    click alone."""

    def __init__(
        self,
        table: Table,
        letters: Mapping[Qt.Key, Any],
        order: Sequence[Any],
        known: Callable[[Any], Any],
        command: Callable[[Sequence[int], Any], Command],
    ) -> None:
        super().__init__(table)
        self._table, self._letters, self._order = table, letters, tuple(order)
        self._known, self._command = known, command
        triggers = table.EditTrigger.DoubleClicked | table.EditTrigger.EditKeyPressed
        table.setEditTriggers(triggers)
        table.opened.connect(lambda _: table.edit(table.currentIndex()))
        table.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A letter or Space is ours, everything else the table's."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key, index = Qt.Key(event.key()), self._table.currentIndex()
        if event.modifiers() & HELD or not index.isValid():
            return False
        if key == Qt.Key.Key_Space:
            at = self._order.index(self._known(self._table.rows.row(index)))
            self._give(self._order[(at + 1) % len(self._order)])
        elif key in self._letters:
            self._give(self._letters[key])
        else:
            return False
        return True

    def _give(self, value: Any) -> None:
        table = self._table
        ids = table.selected_ids
        if not ids or not table.bridge.may_edit():
            return
        place = table.currentIndex().row()
        table.bridge.execute(self._command(ids, value))
        if len(ids) == 1 and place + 1 < table.rows.rowCount():
            table.setCurrentIndex(table.rows.index(place + 1, 0))
