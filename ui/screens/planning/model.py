"""The outline as a table model: one row per visible line, edited through commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.planning import rules
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import KINDS, PILLARS, TaskKind
from crm_pilot.project import Command, SetFields
from crm_pilot.typed import parse_day, parse_whole
from ui.language import formats, lang
from ui.screens.planning.lines import Line

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE_ROLE = Role.UserRole + 1
TITLE, START, FINISH, PERCENT, OWNER, SLIP = range(6)
HEADINGS = (N_("Task"), N_("Start"), N_("Finish"), "%", N_("Owner"), N_("Slip"))
TIPS = {SLIP: N_("Finish compared with the reference plan, in calendar days")}
WIDTHS = (220, 64, 64, 57, 92, 53)
NONE = QModelIndex()


class OutlineModel(QAbstractTableModel):
    """Shows `lines`; `setData` executes a command and changes nothing itself."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.lines: list[Line] = []
        self.places: dict[int, int] = {}
        self.today = dt.date.min

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
            self.dataChanged.emit(self.index(place, 0), self.index(last, SLIP))
        return False

    def _take(self, lines: Sequence[Line], today: dt.date) -> None:
        self.lines = list(lines)
        self.places = {line.key: place for place, line in enumerate(self.lines)}
        self.today = today

    def retranslate(self) -> None:
        """Headings and cells in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, SLIP)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, SLIP))

    def line(self, index: Index) -> Line:
        """The line of a cell."""
        return self.lines[index.row()]

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section not in range(len(HEADINGS)):
            return None
        if role == Role.DisplayRole:
            return tr(HEADINGS[section])
        if role == Role.ToolTipRole and section in TIPS:
            return tr(TIPS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self._editable(self.line(index), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _editable(self, line: Line, column: int) -> bool:
        if line.row is None or self.bridge.project.read_only:
            return False
        if column in (TITLE, OWNER):
            return True
        if column == START and line.row.kind is TaskKind.MILESTONE:
            return False
        return column in (START, FINISH, PERCENT) and not line.holds

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index)
        if role == Role.DisplayRole:
            return cell_text(line, index.column())
        if role == Role.EditRole:
            return edit_value(line, index.column())
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
        try:
            command = command_for(line.row, index.column(), value, self.today)
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
    slip = rules.slip_days(row)
    return formats.days(slip, lang(), sign=True) if slip else ""


def edit_value(line: Line, column: int) -> Any:
    """What an editor starts with."""
    row = line.row
    if row is None:
        return None
    if column == TITLE:
        return row.title
    if column in (START, FINISH):
        day = row.start if column == START else row.finish
        return formats.day(day, lang(), year=True) if day else ""
    if column == PERCENT:
        return str(row.percent)
    return row.owner_id if column == OWNER else None


def spoken(line: Line, column: int, today: dt.date) -> str:
    """What a screen reader says of a cell."""
    text = cell_text(line, column)
    row = line.row
    if column == TITLE:
        kind = tr(KINDS[row.kind]) if row else tr("Pillar")
        late = row is not None and rules.late(row, today)
        return f"{text}, {kind}" + (f", {tr('late')}" if late else "")
    return text


def command_for(row: TaskRow, column: int, typed: Any, today: dt.date) -> Command | None:
    """The command of an edit in a cell, None when nothing changes. Raises `UserError`."""
    if column == TITLE:
        title = str(typed).strip()
        if not title:
            raise UserError(N_("A line of the plan needs a title. Nothing was changed."))
        if title == row.title:
            return None
        return SetFields("task", row.id, {"title": title}, msg("Rename “{title}”", title=title))
    if column == OWNER:
        if typed == row.owner_id:
            return None
        label = msg("Change the owner of “{title}”", title=row.title)
        return SetFields("task", row.id, {"owner_id": typed}, label)
    if column == PERCENT:
        percent = parse_whole(str(typed), 0, 100) or 0
        return None if percent == row.percent else SetPercent(row.id, percent, row.title)
    return dates_command(row, column, parse_day(str(typed), today), today)


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
