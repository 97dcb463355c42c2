"""The outline as a table model: one row per visible line, edited through commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.planning import queries, rules
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.outline_commands import AddLine, DuplicateTasks
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import KINDS, PILLARS, Pillar, TaskKind
from crm_pilot.project import Command, SetFields
from ui.language import formats, lang
from ui.models.columns import Column
from ui.models.grid import GridModel
from ui.screens.planning.lines import Line, line_of
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE_ROLE = Role.UserRole + 1
TITLE, START, FINISH, PERCENT, OWNER, SLIP, WAVE, NOTE = range(8)
PLAIN = {  # column → the field it sets as it is, and the name of the step
    OWNER: ("owner_id", N_("Change the owner of “{title}”")),
    WAVE: ("wave_id", N_("Change the wave of “{title}”")),
    NOTE: ("note", N_("Change the note of “{title}”")),
}
NONE = QModelIndex()


@dataclass(frozen=True)
class LineColumn(Column):
    """A column over the lines of the plan: figures of a phase are rolled up."""

    place: int = TITLE

    def value(self, row: Any) -> Any:
        return getattr(row.row, self.value_key or self.key, None) if row.row is not None else None

    def shown(self, row: Any) -> str:
        if self.place == WAVE:
            return self.options().get(self.value(row), "")
        return cell_text(row, self.place)

    def plain(self, row: Any) -> str:
        value = self.measure(row) if self.measured else None
        if isinstance(value, dt.date):
            return value.isoformat()
        return f"{value}%" if self.kind == "percent" else self.shown(row)

    def measure(self, row: Any) -> Any:
        if self.place == SLIP:
            return rules.slip_days(row.row) if row.row is not None else None
        return getattr(row, self.key, None)

    def order(self, row: Any) -> Any:
        value = self.measure(row) if self.measured else folded(self.shown(row)) or None
        return (value is None, 0 if value is None else value)

    def token(self, row: Any) -> str:
        return self.shown(row)


def outline_columns(bridge: Bridge) -> tuple[LineColumn, ...]:
    """Columns of the outline; wave and note are shown when chosen."""

    def owners() -> dict[int, str]:
        return {key: short for key, short, _full in queries.owners(bridge.reader)}

    def waves() -> dict[int, str]:
        return dict(queries.wave_names(bridge.reader))

    tip = N_("Finish compared with the reference plan, in calendar days")
    return (
        LineColumn("title", N_("Task"), "text", "title", 220, optional=False, grow=True),
        LineColumn("start", N_("Start"), "date", "start", 64, place=START),
        LineColumn("finish", N_("Finish"), "date", "finish", 64, place=FINISH),
        LineColumn(
            "percent",
            "%",
            "percent",
            "percent",
            57,
            place=PERCENT,
            why=asks(bridge, "planning.percent"),
        ),
        LineColumn(
            "owner",
            N_("Owner"),
            "choice",
            "owner_id",
            92,
            choices=owners,
            value_key="owner_id",
            place=OWNER,
        ),
        LineColumn(
            "slip",
            N_("Slip"),
            "int",
            width=53,
            tooltip=tip,
            place=SLIP,
            why=asks(bridge, "planning.slip_days"),
        ),
        LineColumn(
            "wave",
            N_("Wave"),
            "choice",
            "wave_id",
            92,
            choices=waves,
            value_key="wave_id",
            hidden=True,
            place=WAVE,
        ),
        LineColumn("note", N_("Note"), "text", "note", 160, hidden=True, place=NOTE),
    )


class OutlineModel(GridModel):
    """Shows `lines`; `setData` executes a command and changes nothing itself. `arrange_asked` is
    emitted when other lines or another order are wanted."""

    arrange_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(
            bridge,
            "task",
            outline_columns(bridge),
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
            self.dataChanged.emit(self.index(place, 0), self.index(last, NOTE))
        return False

    def _take(self, lines: Sequence[Line], today: dt.date) -> None:
        self.lines = list(lines)
        self.places = {line.key: place for place, line in enumerate(self.lines)}
        self.today = today

    def retranslate(self) -> None:
        """Headings and cells in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, NOTE)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, NOTE))

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
        place = self.columns.index(column)
        return super().can_edit(item, column) and self._editable(item, place)

    def why_not_edit(self, item: Any, column: Column) -> str:
        if item.holds:
            return tr("The dates and the progress of a phase follow from its lines.")
        if item.row.kind is TaskKind.MILESTONE and column.key == "start":
            return tr("A milestone has one day: type it as its finish.")
        return super().why_not_edit(item, column)

    def commands(self, item: Any, values: Mapping[str, Any]) -> list[Command]:
        """Start and finish given together are set together."""
        row, left = item.row, dict(values)
        made: list[Command] = []
        if {"start", "finish"} <= left.keys():
            start, finish = left.pop("start"), left.pop("finish")
            made.append(SetTaskDates(row.id, start, finish, self.today, row.title))
        for key, value in left.items():
            command = command_for(row, self.column_at(key) or 0, value, self.today)
            if command is not None:
                made.append(command)
        return made

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
        if self._editable(self.line(index), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _editable(self, line: Line, column: int) -> bool:
        if line.row is None or self.read_only:
            return False
        if column in (TITLE, OWNER, WAVE, NOTE):
            return True
        if column == START and line.row.kind is TaskKind.MILESTONE:
            return False
        return column in (START, FINISH, PERCENT) and not line.holds

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
            return spoken(line, index.column(), self.today)
        if role == Role.ToolTipRole and index.column() == TITLE and line.row is not None:
            return f"{line.row.title}\n{line.row.note}".strip()
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        line = self.line(index)
        if role != Role.EditRole or line.row is None or not self.bridge.has_project:
            return False
        column = self.columns[index.column()]
        try:
            stored = column.parse(value, self.today)
            command = command_for(line.row, index.column(), stored, self.today)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        if command is not None:
            self.bridge.execute(command)
        return True


def cell_text(line: Line, column: int) -> str:
    """The text of a cell in the language of the window."""
    row = line.row
    if column == TITLE:
        return row.title if row else tr(PILLARS[line.pillar])
    if column == START:
        hidden = row is not None and row.kind is TaskKind.MILESTONE
        return formats.day(line.start, lang()) if line.start and not hidden else ""
    if column == FINISH:
        return formats.day(line.finish, lang()) if line.finish else ""
    if column == PERCENT:
        return formats.percent(line.percent / 100, lang())
    if row is None:
        return ""
    if column == OWNER:
        return row.owner
    if column == NOTE:
        return row.note
    slip = rules.slip_days(row)
    return formats.days(slip, lang(), sign=True) if slip else ""


def spoken(line: Line, column: int, today: dt.date) -> str:
    """What a screen reader says of a cell."""
    text = cell_text(line, column)
    row = line.row
    if column == TITLE:
        kind = tr(KINDS[row.kind]) if row else tr("Pillar")
        late = row is not None and rules.late(row, today)
        return f"{text}, {kind}" + (f", {tr('late')}" if late else "")
    return text


def command_for(row: TaskRow, column: int, value: Any, today: dt.date) -> Command | None:
    """The command that sets a value in a cell, None when nothing changes. Raises `UserError`."""
    if column == TITLE:
        if not value:
            raise UserError(N_("A line of the plan needs a title. Nothing was changed."))
        if value == row.title:
            return None
        return SetFields("task", row.id, {"title": value}, msg("Rename “{title}”", title=row.title))
    if column in PLAIN:
        field, label = PLAIN[column]
        if value == getattr(row, field):
            return None
        return SetFields("task", row.id, {field: value}, msg(label, title=row.title))
    if column == PERCENT:
        return None if (value or 0) == row.percent else SetPercent(row.id, value or 0, row.title)
    return dates_command(row, column, value, today)


def dates_command(row: TaskRow, column: int, day: dt.date | None, today: dt.date) -> Command | None:
    """A typed start moves the task and keeps its working days; a typed finish stretches it."""
    start, finish = row.start, row.finish
    if column == FINISH:
        start = day if start is None or row.kind is TaskKind.MILESTONE else start
        finish = day
    elif day is None or finish is None or start is None:
        start, finish = day, finish or day
    else:
        length = rules.working_days(start, finish)
        kept = rules.after_working_days(day, length) if length else day + (finish - start)
        start, finish = day, max(day, kept)
    if (start, finish) == (row.start, row.finish):
        return None
    return SetTaskDates(row.id, start, finish, today, row.title)
