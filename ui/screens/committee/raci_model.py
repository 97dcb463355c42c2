"""The RACI as a table model: a line an item, a column an actor, a letter where they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from crm_pilot.governance.raci import Fault, FaultKind, RaciTable, raci
from crm_pilot.governance.terms import LETTERS, Letter
from crm_pilot.i18n import N_, show, tr
from crm_pilot.project import SetField
from ui.models.rows import BOLD_ROLE, ICON_ROLE, INK_ROLE

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
NONE = RaciTable((), (), {}, ())
TITLE = 0  # column
FAULTS = {  # beside the line; its sentence is told below the table
    FaultKind.NO_A: N_("no A"),
    FaultKind.MANY_A: N_("several A"),
    FaultKind.NO_R: N_("no R"),
}


class RaciModel(QAbstractTableModel):
    """Column 0 is the line, which can be typed; the last one says what is wrong with it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.table = NONE
        self._faults: dict[int, list[Fault]] = {}

    def refresh(self) -> None:
        """Read again; the cells alone where neither lines nor actors changed."""
        fresh = raci(self.bridge.reader) if self.bridge.has_project else NONE
        known, self.table = self.table, fresh
        same = (known.items, known.actors) == (fresh.items, fresh.actors)
        if not same:
            self.beginResetModel()
        self._faults = {}
        for fault in fresh.faults:
            self._faults.setdefault(fault.item_id, []).append(fault)
        if not same:
            self.endResetModel()
        elif fresh.items:
            last = self.index(len(fresh.items) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # where things stand ----------------------------------------------------------------------

    @property
    def verdict(self) -> int:
        """The column that says what is wrong."""
        return len(self.table.actors) + 1

    def actor(self, column: int) -> int | None:
        """The id of the actor of a column."""
        at = column - 1
        return self.table.actors[at].id if 0 <= at < len(self.table.actors) else None

    def item(self, row: int) -> int | None:
        """The id of a line."""
        return self.table.items[row].id if 0 <= row < len(self.table.items) else None

    def letter(self, index: Index) -> Letter | None:
        """The letter of a cell."""
        item, actor = self.item(index.row()), self.actor(index.column())
        return self.table.letter(item, actor) if item is not None and actor is not None else None

    def faults(self, row: int) -> list[str]:
        """What is wrong with a line, in sentences."""
        return [show(fault.text) for fault in self._faults.get(self.item(row) or 0, ())]

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.table.items)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.table.actors) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            if section == TITLE:
                return tr("Deliverable or activity")
            if section == self.verdict:
                return tr("Check")
            return self.table.actors[section - 1].name if self.actor(section) else None
        if role == Role.TextAlignmentRole:
            return self._align(section) | int(Qt.TextFlag.TextWordWrap)
        return None

    def _align(self, column: int) -> int:
        between = TITLE < column < self.verdict
        side = Qt.AlignmentFlag.AlignHCenter if between else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return self._align(index.column())
        if index.column() == TITLE:
            wanted = role in (Role.DisplayRole, Role.EditRole)
            return self.table.items[index.row()].title if wanted else None
        if index.column() == self.verdict:
            return self._verdict(index.row(), role)
        letter = self.letter(index)
        if role == Role.DisplayRole:
            return letter.value if letter is not None else ""
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return tr(LETTERS[letter]) if letter is not None else tr("nothing")
        if role == BOLD_ROLE:
            return letter in (Letter.A, Letter.AR)
        return None

    def _verdict(self, row: int, role: int) -> Any:
        said = self._faults.get(self.item(row) or 0, [])
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return ", ".join(tr(FAULTS[one.kind]) for one in said) or tr("In order")
        if role == Role.ToolTipRole:
            return "\n".join(self.faults(row)) or None
        if role == ICON_ROLE:
            return ("warning", "alert") if said else ("check", "good")
        if role == INK_ROLE:
            return "alert" if said else "muted"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == TITLE and not self.bridge.why_not_edit():
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        key = self.item(index.row())
        title = str(value).strip()
        if role != Role.EditRole or index.column() != TITLE or key is None:
            return False
        if title and title != self.table.items[index.row()].title:
            self.bridge.execute(SetField("raci_item", key, "title", title))
        return True
