"""A table model over frozen query rows: shows, sorts, filters, and edits through the bridge.

`setData` changes nothing itself: it executes a command, and the model repaints from the change.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.i18n import tr
from crm_pilot.project import SetField
from crm_pilot.typed import parse_day, parse_whole
from ui import theme
from ui.language import lang

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
Choices = Mapping[Any, str]
RIGHT = ("int", "percent", "share", "date")
Role = Qt.ItemDataRole
ICON_ROLE = Role.UserRole + 1  # (icon name, colour token) or None, drawn before the text
INK_ROLE = Role.UserRole + 2  # colour token of the text
KEY_ROLE = Role.UserRole + 3  # the row's id
BOLD_ROLE = Role.UserRole + 4


class Row(Protocol):
    """A frozen dataclass with an id."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class Column:
    """One column. `key` is the row's attribute, `title` marked text.

    kind: text, date, int, percent (0 to 100), share (0 to 1, read only), choice, bool.
    `grow` columns share the room that is left, and keep at least `width`; `spare` ones hide while
    the table is too narrow, the highest first (search still looks through them).
    `column` is the database column that an edit sets; None is read only. A choice shows
    `choices[value]`: a mapping of marked texts, or a function returning names as they are.
    `value_key`: attribute holding the stored value where `key` holds the shown one (owner_id
    beside owner). `text`, `bold`, `ink` (colour token), `icon` ((name, token)) take the row.
    """

    key: str
    title: str
    kind: str = "text"
    column: str | None = None
    width: int = 120
    align: str = ""  # left, right; empty: by kind
    choices: Choices | Callable[[], Choices] | None = None
    bold: bool | Callable[[Any], bool] = False
    tooltip: str = ""  # marked text on the header
    value_key: str = ""
    text: Callable[[Any], str] | None = None
    ink: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str] | None] | None = None
    sort: Callable[[Any], Any] | None = None
    optional: bool = True  # a choice offers "none"; an emptied date or number is stored as NULL
    low: int | None = None
    high: int | None = None
    grow: bool = False
    spare: int = 0

    @property
    def right(self) -> bool:
        """Whether its text is right-aligned (numbers and dates are)."""
        return self.align == "right" or (not self.align and self.kind in RIGHT)

    def value(self, row: Any) -> Any:
        """The stored value."""
        return getattr(row, self.value_key or self.key)

    def options(self) -> dict[Any, str]:
        """Values and shown texts of a choice, in order."""
        if callable(self.choices):
            return dict(self.choices())
        return {value: tr(text) for value, text in (self.choices or {}).items()}

    def shown(self, row: Any) -> str:
        """The text of a cell in the language of the window."""
        if self.text is not None:
            return self.text(row)
        value = getattr(row, self.key)
        if self.kind == "choice" and self.choices is not None and not self.value_key:
            return self.options().get(value, "" if value is None else str(value))
        if value is None or self.kind == "bool":
            return ""
        return _format(self.kind, value)

    def order(self, row: Any) -> Any:
        """Sort key: unknown values last."""
        value = self.sort(row) if self.sort is not None else getattr(row, self.key)
        if self.kind == "choice" and self.sort is None:
            value = self.shown(row) or None
        if isinstance(value, str):
            value = folded(value)
        return (value is None, 0 if value is None else value)

    def parse(self, typed: Any, today: dt.date) -> Any:
        """The value to store for what was typed or chosen. Raises `UserError`."""
        if self.kind == "date" and isinstance(typed, str):
            return parse_day(typed, today)
        if self.kind == "percent" and isinstance(typed, str):
            return parse_whole(typed, 0, 100)
        if self.kind == "int" and isinstance(typed, str):
            return parse_whole(typed, self.low, self.high)
        if self.kind == "text":
            return str(typed).strip()
        return typed


def _format(kind: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return formats.day(value, lang(), year=True)
    if kind == "percent":
        return formats.percent(value / 100, lang())
    if kind == "share":
        return formats.percent(value, lang())
    if kind == "int":
        return formats.number(value, lang())
    return str(value)


def folded(text: str) -> str:
    """Lower case without accents, and as typed on a keyboard (spaces, apostrophes, 1ᵉʳ), for
    search and sorting."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class RowsModel(QAbstractTableModel):
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
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table = table
        self.columns = tuple(columns)
        self.editable = True
        self._load, self._load_some = load, load_some
        self._rows: list[Any] = []
        self._at: dict[int, int] = {}  # where a row stands in _rows, by id
        self.shown: list[Any] = []
        self._place: dict[int, int] = {}
        self._needle = ""
        self._keep: Callable[[Any], bool] | None = None
        self._haystacks: dict[int, str] = {}
        self._sort: tuple[int, Qt.SortOrder] | None = None

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
            self._arrange()
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
            self._arrange()  # an edit made elsewhere brings a hidden row into view
        return True

    def _repaint(self, fresh: Mapping[int, Any]) -> None:
        last = len(self.columns) - 1
        for key, row in fresh.items():
            self._haystacks.pop(key, None)
            place = self._place.get(key)
            if place is not None:
                self.shown[place] = row
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
            self._arrange()

    def keep(self, wanted: Callable[[Any], bool] | None) -> None:
        """Show only rows for which `wanted(row)`; None shows all."""
        self._keep = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order) if 0 <= column < len(self.columns) else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = [row for row in self._rows if self._wanted(row)]
        if self._sort is not None:
            column = self.columns[self._sort[0]]
            keys = {row.id: column.order(row) for row in rows}  # once a row: tables may be long
            known = [row for row in rows if not keys[row.id][0]]
            unknown = [row for row in rows if keys[row.id][0]]
            descending = self._sort[1] == Qt.SortOrder.DescendingOrder
            known.sort(key=lambda row: keys[row.id], reverse=descending)
            rows = known + unknown
        self.shown = rows
        self._place = {row.id: place for place, row in enumerate(rows)}
        self.endResetModel()

    def _wanted(self, row: Any) -> bool:
        if self._keep is not None and not self._keep(row):
            return False
        if not self._needle:
            return True
        hay = self._haystacks.get(row.id)
        if hay is None:
            hay = folded(" ".join(column.shown(row) for column in self.columns))
            self._haystacks[row.id] = hay
        return all(word in hay for word in self._needle.split())

    # rows ------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Number of rows before the filter."""
        return len(self._rows)

    def row(self, index: Index) -> Any:
        """The row of an index."""
        return self.shown[index.row()]

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
            return edit_text(column, row)
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

    @property
    def _read_only(self) -> bool:
        return not self.bridge.has_project or self.bridge.project.read_only

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        column = self.columns[index.column()]
        if column.column is not None and self.editable and not self._read_only:
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


def edit_text(column: Column, row: Any) -> Any:
    value = column.value(row)
    if column.kind in ("choice", "bool"):
        return value
    if value is None:
        return ""
    if column.kind in ("percent", "int"):
        return str(value)
    return _format(column.kind, value)
