"""A table model over frozen query rows: shows, sorts, filters, and edits through the bridge.

`setData` changes nothing itself: it executes a command, and the model repaints from the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import tr
from crm_pilot.project import SetField
from ui import theme
from ui.models.columns import Choices, Column
from ui.models.grid import Fresh, GridModel

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

__all__ = ["Choices", "Column", "RowsModel"]

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ICON_ROLE = Role.UserRole + 1  # (icon name, colour token) or None, drawn before the text
INK_ROLE = Role.UserRole + 2  # colour token of the text
KEY_ROLE = Role.UserRole + 3  # the row's id
BOLD_ROLE = Role.UserRole + 4
MANY = 200  # rows that are repainted one by one


class Row(Protocol):
    """A frozen dataclass with an id."""

    @property
    def id(self) -> int: ...


class RowsModel(GridModel):
    """Rows of one table.

    `load()` returns all rows; `load_some(ids)`, where given, only those rows, so that an edit in
    a long table re-reads what it touched. `shown` are the rows after filter and sorting.
    """

    def __init__(
        self,
        bridge: Bridge,
        table: str,
        columns: Sequence[Column],
        load: Callable[[], Sequence[Any]],
        load_some: Callable[[frozenset[int]], Sequence[Any]] | None = None,
        parent: QObject | None = None,
        *,
        what: str = "",
        fresh: Fresh | None = None,
        copies: bool = True,
    ) -> None:
        super().__init__(
            bridge, table, columns, what=what, fresh=fresh, copies=copies, parent=parent
        )
        self._load, self._load_some = load, load_some
        self._rows: list[Any] = []
        self._at: dict[int, int] = {}  # where a row stands in _rows, by id
        self.shown: list[Any] = []
        self._place: dict[int, int] = {}
        self._needle = ""
        self._keep: Callable[[Any], bool] | None = None
        self._haystacks: dict[int, str] = {}

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again: everything, or only the rows of this table that `changed` names."""
        ids = changed.tables.get(self.table) if changed is not None else None
        alone = changed is not None and set(changed.tables) == {self.table}
        some = self._load_some if alone and ids is not None else None
        if some is not None and ids is not None and self._replace(ids, some(ids)):
            return
        fresh = list(self._load())
        old, self._rows = self._rows, fresh
        self._at = {row.id: at for at, row in enumerate(fresh)}
        same = len(old) == len(fresh) and all(a.id == b.id for a, b in zip(old, fresh, strict=True))
        if not same:
            self._haystacks.clear()
            self.rearrange()
            return
        self._repaint({n.id: n for o, n in zip(old, fresh, strict=True) if o != n})

    def _replace(self, ids: frozenset[int], rows: Sequence[Any]) -> bool:
        """Take these rows in place of what was known of them; False: rows came or went."""
        fresh = {row.id: row for row in rows}
        if set(fresh) != set(ids) or not all(key in self._at for key in ids):
            return False
        for key, row in fresh.items():
            self._rows[self._at[key]] = row
        self._repaint(fresh)
        if any(key not in self._place and self._wanted(row) for key, row in fresh.items()):
            self.rearrange()  # an edit made elsewhere brings a hidden row into view
        return True

    def _repaint(self, fresh: Mapping[int, Any]) -> None:
        last = len(self.columns) - 1
        places = []
        for key, row in fresh.items():
            self._haystacks.pop(key, None)
            place = self._place.get(key)
            if place is not None:
                self.shown[place] = row
                places.append(place)
        if len(places) > MANY:  # one signal for all costs less than one for each
            places = [min(places), max(places)]
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[1], last))
            return
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def retranslate(self) -> None:
        """Show headers and cells in the language of the window."""
        self._haystacks.clear()
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.shown:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self.shown) - 1, len(self.columns) - 1)
            )

    # filter and order ------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs; accents and case do not count."""
        needle = folded(text).strip()
        if needle != self._needle:
            self._needle = needle
            self.rearrange()

    def keep(self, wanted: Callable[[Any], bool] | None) -> None:
        """Show only rows for which `wanted(row)`; None shows all."""
        self._keep = wanted
        self.rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = (column, order) if 0 <= column < len(self.columns) else None
        self.rearrange()

    def rearrange(self) -> None:
        self.beginResetModel()
        rows = [row for row in self._rows if self._wanted(row)]
        if self.sorted_by is not None:
            column = self.columns[self.sorted_by[0]]
            keys = {row.id: column.order(row) for row in rows}  # once a row: tables may be long
            known = [row for row in rows if not keys[row.id][0]]
            unknown = [row for row in rows if keys[row.id][0]]
            descending = self.sorted_by[1] == Qt.SortOrder.DescendingOrder
            known.sort(key=lambda row: keys[row.id], reverse=descending)
            rows = known + unknown
        self.shown = rows
        self._place = {row.id: place for place, row in enumerate(rows)}
        self.endResetModel()

    def _wanted(self, row: Any) -> bool:
        if self._keep is not None and not self._keep(row):
            return False
        if self.filters and not self.passes(row):
            return False
        return not self._needle or self._found(row)

    def _found(self, row: Any) -> bool:
        hay = self._haystacks.get(row.id)
        if hay is None:
            hay = self._haystacks[row.id] = self.haystack(row)
        return all(word in hay for word in self._needle.split())

    def haystack(self, row: Any) -> str:
        """What a search looks through."""
        return folded(" ".join(column.shown(row) for column in self.columns))

    # rows ------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Number of rows before the filter."""
        return len(self._rows)

    def row(self, index: Index) -> Any:
        """The row of an index."""
        return self.shown[index.row()]

    def item(self, place: int) -> Any:
        return self.shown[place] if 0 <= place < len(self.shown) else None

    def items(self) -> Sequence[Any]:
        return self._rows

    def held(self, keys: Iterable[int]) -> list[Any]:
        """Rows with these ids, shown or not."""
        return [self._rows[self._at[key]] for key in keys if key in self._at]

    def place(self, key: int) -> int | None:
        """Where the row with id `key` is shown, or None."""
        return self._place.get(key)

    def ids(self, places: Iterable[int]) -> list[int]:
        """Ids of shown rows."""
        return [self.shown[place].id for place in places]

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return tr(column.title)
        if role == Role.ToolTipRole and column.tooltip:
            return tr(column.tooltip)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.FontRole:
            return theme.font(theme.CAPTION)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.shown[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.shown(row)
        if role == Role.EditRole:
            return column.typed_text(row)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.CheckStateRole and column.kind == "bool":
            on = bool(column.value(row))
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == BOLD_ROLE:
            return column.bold(row) if callable(column.bold) else column.bold
        if role == INK_ROLE:
            return column.ink(row) if column.ink is not None else ""
        if role == ICON_ROLE:
            return column.icon(row) if column.icon is not None else None
        if role == KEY_ROLE:
            return row.id
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        column = self.columns[index.column()]
        if self.can_edit(self.shown[index.row()], column):
            if column.kind == "bool":
                return flags | Qt.ItemFlag.ItemIsUserCheckable
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role not in (Role.EditRole, Role.CheckStateRole):
            return False
        column, row = self.columns[index.column()], self.shown[index.row()]
        if column.column is None or not self.bridge.has_project:
            return False
        if role == Role.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        try:
            stored = column.parse(value, self.bridge.today)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        if stored == column.value(row):
            return True
        self.bridge.execute(SetField(self.table, row.id, column.column, stored, column.title))
        return True


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
