"""The outline as a table model: one row per visible line, edited through commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, tr
from crm_pilot.planning import queries, rules
from crm_pilot.planning.outline_commands import AddLine, DuplicateTasks
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import KINDS, Pillar, TaskKind
from crm_pilot.project import Command
from ui.models.columns import Column
from ui.models.grid import GridModel
from ui.screens.planning.changes import CellChanges, together
from ui.screens.planning.columns import LineColumn, outline_columns
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.lines import Line, line_of

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE_ROLE = Role.UserRole + 1
NUMBER, OUTLINE, TITLE, DURATION, START, FINISH, PERCENT, OWNER, SLACK, SLIP, WAITS = range(11)
OF_PHASE = ("duration", "start", "finish", "percent")  # rolled up
TIMED = ("slack",)  # may change with any edit of the plan
NONE = QModelIndex()


class OutlineModel(GridModel):
    """Shows `lines`; `setData` executes a command and changes nothing itself. `arrange_asked` is
    emitted when other lines or another order are wanted."""

    arrange_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        self.facts = PlanFacts(bridge)
        self.changes = CellChanges(lambda: queries.hours(bridge.reader), lambda: self.today)
        super().__init__(
            bridge,
            "task",
            outline_columns(bridge, lambda: self.facts),
            what=N_("task"),
            fresh=lambda values: values,
            parent=parent,
        )
        self.lines: list[Line] = []
        self.places: dict[int, int] = {}
        self.rows: Sequence[TaskRow] = ()  # all of the plan, shown or not
        self.today = dt.date.min
        self.current: Callable[[], Line | None] = lambda: None  # pasted rows are added beside it

    # what is shown ---------------------------------------------------------------------------

    def show(self, lines: Sequence[Line], today: dt.date) -> bool:
        """Show `lines`; True when they are other lines, False when the same ones changed."""
        old = self.lines
        same = len(old) == len(lines) and all(a[0] == b[0] for a, b in zip(old, lines, strict=True))
        if not same:
            self.beginResetModel()
            self._take(lines, today)
            self.endResetModel()
            return True
        moved = today != self.today
        touched = [
            place
            for place, (a, b) in enumerate(zip(old, lines, strict=True))
            if moved or (a is not b and a != b)
        ]
        self._take(lines, today)
        spread = touched if len(touched) < 20 else (touched[0],)
        for place in spread:
            last = place if spread is touched else touched[-1]
            self.dataChanged.emit(self.index(place, 0), self.index(last, self._last))
        return False

    def _take(self, lines: Sequence[Line], today: dt.date) -> None:
        self.lines = list(lines)
        self.places = {line.key: place for place, line in enumerate(self.lines)}
        self.today = today

    def retranslate(self) -> None:
        """Headings and cells in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._last)
        self.show_again()

    def show_again(self) -> None:
        """Draw every cell anew: texts, or figures that follow from other lines, changed."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self._last))

    @property
    def _last(self) -> int:
        return len(self.columns) - 1

    def line(self, index: Index) -> Line:
        """The line of a cell."""
        return self.lines[index.row()]

    # as a grid -------------------------------------------------------------------------------

    def item(self, place: int) -> Any:
        line = self.lines[place] if 0 <= place < len(self.lines) else None
        return line if line is not None and line.row is not None else None

    def items(self) -> Sequence[Any]:
        return [line_of(row, 0, False, False) for row in self.rows]

    def key(self, item: Any) -> int:
        return int(item.key)

    def place(self, key: int) -> int | None:
        return self.places.get(key)

    def name_of(self, item: Any) -> str:
        return str(item.row.title)

    def wants(self, row: TaskRow) -> bool:
        """Whether a row passes the filters of the columns."""
        return self.passes(line_of(row, 0, False, False))

    def rearrange(self) -> None:
        self.arrange_asked.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = (column, order) if 0 <= column < len(self.columns) else None
        self.rearrange()

    def can_edit(self, item: Any, column: Column) -> bool:
        return super().can_edit(item, column) and _takes(column, item)

    def why_not_edit(self, item: Any, column: Column) -> str:
        if isinstance(column, LineColumn) and column.on:
            if item.holds:
                return tr("The schedule of a phase follows from its lines.")
            if item.row.kind is TaskKind.MILESTONE and column.key == "start":
                return tr("A milestone has one day: type it as its finish.")
            if item.row.kind is TaskKind.MILESTONE:
                return tr("A milestone has neither duration nor work.")
        return super().why_not_edit(item, column)

    def commands(self, item: Any, values: Mapping[str, Any]) -> list[Command]:
        """Start and finish given together are set together."""
        return together(self.changes, item.row, values)

    def add_command(self, values: Mapping[str, Any]) -> Command | None:
        if self.read_only or not values.get("title"):
            return None
        line = self.current()
        inside = line.row.parent_id if line is not None and line.row is not None else None
        pillar = line.pillar if line is not None else Pillar.DEPLOYMENT
        return AddLine(values, inside, pillar, self.today)

    def copy_command(self, keys: Sequence[int]) -> Command | None:
        return None if self.read_only or not keys else DuplicateTasks(tuple(keys))

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section not in range(len(self.columns)):
            return None
        if role == Role.DisplayRole:
            return tr(self.columns[section].title)
        if role == Role.ToolTipRole and self.columns[section].tooltip:
            return tr(self.columns[section].tooltip)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not self.read_only and _takes(self.columns[index.column()], self.line(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index)
        if role == Role.DisplayRole:
            return self.columns[index.column()].shown(line)
        if role == Role.EditRole:
            return self.columns[index.column()].typed_text(line)
        if role == LINE_ROLE:
            return line
        if role == Role.AccessibleTextRole:
            return spoken(line, self.columns[index.column()], self.today)
        if role == Role.ToolTipRole and line.row is not None:
            return self._tip(line.row, index.column())
        return None

    def _tip(self, row: TaskRow, column: int) -> str | None:
        """The note of a line, and the titles of what it waits for."""
        if column == TITLE:
            return f"{row.title}\n{row.note}".strip()
        if column == self.column_at("predecessors"):
            known = self.facts
            found = [one.predecessor_id for one in known.waits_for(row.id)]
            return "\n".join(f"{known.numbers[key]}  {known.titles[key]}" for key in found) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        line = self.line(index)
        if role != Role.EditRole or line.row is None or not self.bridge.has_project:
            return False
        column = self.columns[index.column()]
        try:
            stored = column.parse(value, self.today)
            same = stored == column.value(line)
            command = None if same else self.changes.command(line.row, column.key, stored)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        if command is not None:
            self.bridge.execute(command)
        return True


def _takes(column: Column, line: Line) -> bool:
    return isinstance(column, LineColumn) and column.takes(line)


def spoken(line: Line, column: Column, today: dt.date) -> str:
    """What a screen reader says of a cell."""
    text = column.shown(line)
    row = line.row
    if column.key == "title":
        kind = tr(KINDS[row.kind]) if row else tr("Pillar")
        late = tr("late") if row is not None and rules.late(row, today) else ""
        return ", ".join(part for part in (text, kind, late) if part)
    return text
