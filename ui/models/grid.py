"""What every editable table and outline offers to the tools shared by all of them.

`GridModel` is the model side of `ui.widgets.grid.Grid`: columns, the things on its lines, the
command that an edit makes, filters and sorting. Filling, pasting, replacing, duplicating and
filtering are written once against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_pilot.i18n import tr
from crm_pilot.project import Add, AddWith, Command, Duplicate, SetFields
from ui.models.columns import Column
from ui.models.filters import ColumnFilter

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
# What a row with these values (by database column) is added by: the values of a plain new row,
# which those given go over, or the room's own command, after which they are set
Fresh = Callable[[Mapping[str, Any]], Mapping[str, Any] | Command]
Ascending = Qt.SortOrder.AscendingOrder


class GridModel(QAbstractTableModel):
    """A table model whose lines are frozen rows with an id.

    `table` is edited by its commands; `what` names one row (marked text); `fresh` begins a new
    row, where rows can be added by pasting; `copies` whether a row can be duplicated.
    """

    def __init__(
        self,
        bridge: Bridge,
        table: str,
        columns: Sequence[Column],
        *,
        what: str = "",
        fresh: Fresh | None = None,
        copies: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table = table
        self.columns = tuple(columns)
        self.what, self.fresh, self.copies = what, fresh, copies
        self.editable = True
        self.filters: dict[str, ColumnFilter] = {}
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None

    # lines -----------------------------------------------------------------------------------

    def item(self, place: int) -> Any:
        """What stands on a line; None for a line that is no row."""
        raise NotImplementedError

    def items(self) -> Sequence[Any]:
        """All rows, shown or not."""
        raise NotImplementedError

    def key(self, item: Any) -> int:
        """Id of a row."""
        return int(item.id)

    def name_of(self, item: Any) -> str:
        """What a person calls this row: its boldest or widest text."""
        texts = [column for column in self.columns if column.kind == "text"] or self.columns
        first = [c for c in texts if c.bold is True] + [c for c in texts if c.grow] + [*texts]
        return first[0].shown(item)

    def place(self, key: int) -> int | None:
        """Where the row with id `key` is shown, or None."""
        raise NotImplementedError

    def column_at(self, key: str) -> int | None:
        """Index of the column called `key`."""
        found = (place for place, column in enumerate(self.columns) if column.key == key)
        return next(found, None)

    # editing ---------------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """Whether nothing can be edited at all."""
        return not self.bridge.has_project or self.bridge.project.read_only

    def can_edit(self, item: Any, column: Column) -> bool:
        """Whether this cell may be edited."""
        return (
            column.column is not None and item is not None and self.editable and not self.read_only
        )

    def why_not_edit(self, item: Any, column: Column) -> str:
        """Why this cell cannot be edited, for a project that can be."""
        return tr("This column follows from others and cannot be edited.")

    def commands(self, item: Any, values: Mapping[str, Any]) -> list[Command]:
        """The commands that set these cells of a row: column key → value to store. Cells that
        have the value already are left out. Raises `UserError`."""
        set_ = {}
        for key, value in values.items():
            column = self.columns[self.column_at(key) or 0]
            if column.column is not None and value != column.value(item):
                set_[column.column] = value
        return [SetFields(self.table, self.key(item), set_)] if set_ else []

    def add_command(self, values: Mapping[str, Any]) -> Command | None:
        """The command that adds a row with these cells, or None where none can be added here."""
        if self.fresh is None or self.read_only:
            return None
        set_: dict[str, Any] = {}
        for key, value in values.items():
            column = self.columns[self.column_at(key) or 0]
            if column.column is not None:
                set_[column.column] = value
        begun = self.fresh(set_)
        if isinstance(begun, Mapping):
            return Add(self.table, {**begun, **set_}, self.what)
        return AddWith(begun, self.table, set_)

    def copy_command(self, keys: Sequence[int]) -> Command | None:
        """The command that duplicates rows, or None where they cannot be."""
        if not self.copies or self.read_only or not keys:
            return None
        return Duplicate(self.table, tuple(keys), self.what)

    # filter ----------------------------------------------------------------------------------

    def set_filter(self, key: str, wanted: ColumnFilter | None) -> None:
        """Filter the column `key`; None or a filter that keeps everything takes it away."""
        if wanted is None or wanted.open:
            self.filters.pop(key, None)
        else:
            self.filters[key] = wanted
        self.rearrange()

    def set_filters(self, wanted: Mapping[str, ColumnFilter]) -> None:
        """Filter by these columns and no others."""
        known = {column.key for column in self.columns}
        self.filters = {key: one for key, one in wanted.items() if key in known and not one.open}
        self.rearrange()

    def passes(self, item: Any, without: str = "") -> bool:
        """Whether a row passes the filters (but the one of the column `without`)."""
        return all(
            one.keeps(column, item)
            for column in self.columns
            if column.key != without and (one := self.filters.get(column.key)) is not None
        )

    def countable(self, key: str) -> Iterable[Any]:
        """The rows that the filter of column `key` chooses among."""
        return (item for item in self.items() if self.passes(item, key))

    def rearrange(self) -> None:
        """Show what passes, in order."""
        raise NotImplementedError
