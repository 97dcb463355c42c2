"""Parts of the form for a new project: the cards of the templates, the table of departments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QRadioButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.typed import parse_whole
from ui import theme
from ui.language import formats, lang
from ui.models.rows import BOLD_ROLE, INK_ROLE
from ui.widgets.cells import Cells
from ui.widgets.fields import LineEdit
from ui.widgets.grid import ROW_HEIGHT

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
TICK, NAME, USERS, WAVE = range(4)
HEADINGS = ("", N_("Department"), N_("Users"), N_("Wave"))
MOST_USERS = 100_000
_SPLIT = re.compile(r"\t|;")


class Card(QRadioButton):
    """One motivation: title, and a line on what its template holds. Chosen by click or arrows."""

    def __init__(self, key: str, title: str, about: str) -> None:
        super().__init__(title)
        self.key, self.about = key, about
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)

    def sizeHint(self) -> QSize:
        return QSize(480, 60)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: Any) -> bool:
        """The whole card can be clicked."""
        return bool(self.rect().contains(pos))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, near = self.isChecked(), self.underMouse()
        width = 2 if self.hasFocus() or chosen else look.line_width
        edge = "accent" if chosen or self.hasFocus() else "muted" if near else "line"
        if chosen and self.hasFocus():
            edge = "text"  # as a chip that is on
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour("raised" if chosen else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        ring = self.rect().adjusted(16, 0, 0, 0)
        top = ring.center().y() - 7
        painter.setPen(QPen(look.colour("accent" if chosen else "muted"), 1.5))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(ring.left(), top, 14, 14)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(ring.left() + 4, top + 4, 7, 7)
        left = ring.left() + 30
        room = self.rect().adjusted(left, 9, -16, -9)
        painter.setPen(look.colour("text"))
        painter.setFont(theme.font(bold=True))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.text()
        )
        painter.setPen(look.colour("muted"))
        painter.setFont(theme.font())
        below = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        painter.drawText(room, below, self.about)
        painter.end()


@dataclass(frozen=True)
class Line:
    """A department as it stands in the table; one that is not ticked is left out."""

    name: str
    users: int
    wave: int = 1
    key: str = ""
    ticked: bool = True


class Departments(QAbstractTableModel):
    """Departments with users and wave; `edited` after each change, `refused(sentence)` for what
    cannot be taken."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, most_waves: int) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._most_waves = most_waves

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace everything, without telling."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    @property
    def ticked(self) -> list[Line]:
        """The departments that count."""
        return [line for line in self.lines if line.ticked]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TICK:
            return kept | Qt.ItemFlag.ItemIsUserCheckable
        return kept | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if column == TICK:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return line.name
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.name, formats.number(line.users, lang()), str(line.wave))[column - NAME]
        if role == Qt.ItemDataRole.EditRole:
            return (line.name, str(line.users), str(line.wave))[column - NAME]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(column)
        if role == BOLD_ROLE:
            return column == NAME and line.ticked
        if role == INK_ROLE:
            return "text" if line.ticked else "muted"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section]) if HEADINGS[section] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return None

    def _align(self, column: int) -> int:
        right = column in (USERS, WAVE)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        try:
            if role == Qt.ItemDataRole.CheckStateRole:
                line = replace(line, ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
            elif index.column() == NAME:
                line = replace(line, name=str(value).strip() or line.name)
            elif index.column() == USERS:
                users = parse_whole(str(value), 0, MOST_USERS)
                line = replace(line, users=line.users if users is None else users)
            else:
                wave = parse_whole(str(value), 1, self._most_waves)
                line = replace(line, wave=wave or line.wave)
        except UserError as error:
            self.refused.emit(show(error.message))
            return False
        self.lines[index.row()] = line
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), WAVE))
        self.edited.emit()
        return True

    def add(self, lines: Sequence[Line]) -> int:
        """Append lines; one whose name is there already takes its place. Wave 0 is that of the
        line before. Returns the last row."""
        self.beginResetModel()
        row = len(self.lines) - 1
        for line in lines:
            known = [
                n for n, one in enumerate(self.lines) if one.name.casefold() == line.name.casefold()
            ]
            if known:
                row = known[0]
                old = self.lines[row]
                self.lines[row] = replace(
                    old, users=line.users, wave=line.wave or old.wave, ticked=True
                )
            else:
                before = self.lines[-1].wave if self.lines else 1
                self.lines.append(replace(line, wave=line.wave or before))
                row = len(self.lines) - 1
        self.endResetModel()
        self.edited.emit()
        return row

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out."""
        self.beginResetModel()
        self.lines = [line for n, line in enumerate(self.lines) if n not in rows]
        self.endResetModel()
        self.edited.emit()

    def paste(self, text: str) -> int | None:
        """Add lines such as Excel copies them: name, users, and a wave if there is one. Returns
        the last row; None when a number cannot be read, and then nothing changes."""
        made: list[Line] = []
        for place, row in enumerate(filter(str.strip, text.splitlines())):
            cells = [cell.strip() for cell in _SPLIT.split(row)]
            if not cells[0]:
                continue
            try:
                users = parse_whole(cells[1] if len(cells) > 1 else "", 0, MOST_USERS)
                own = parse_whole(cells[2] if len(cells) > 2 else "", 1, self._most_waves)
            except UserError as error:
                if place == 0:  # a row of headings
                    continue
                self.refused.emit(tr("{row}: {problem}", row=cells[0], problem=show(error.message)))
                return None
            made.append(Line(cells[0], users or 0, own or 0))
        return self.add(made) if made else None


class _Editors(Cells):
    """The cells of the house, with a plain field to type in."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = LineEdit(parent)
        field.setProperty("role", "cell")
        field.setAccessibleName(tr(HEADINGS[index.column()]))
        if index.column() in (USERS, WAVE):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field


class DepartmentTable(QTableView):
    """Departments: Space ticks, typing edits, Insert adds, Delete removes, Ctrl+V pastes lines."""

    def __init__(self, most_waves: int) -> None:
        super().__init__()
        self.departments = Departments(most_waves)
        self.setModel(self.departments)
        self.setItemDelegate(_Editors(self))
        self.setAccessibleName(tr("Departments"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(NAME, head.ResizeMode.Stretch)
        for column, width in ((TICK, 36), (USERS, 110), (WAVE, 90)):
            self.setColumnWidth(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_line()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_lines()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._tick(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialog's own button
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK:
            self._tick(index.row())
        super().mouseReleaseEvent(event)

    def _tick(self, row: int) -> None:
        ticked = self.departments.lines[row].ticked
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        index = self.departments.index(row, TICK)
        self.departments.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def add_line(self) -> None:
        """Add a department and start typing its name."""
        taken = {line.name for line in self.departments.lines}
        stem, number = tr("New department"), 1
        name = stem
        while name in taken:
            number += 1
            name = f"{stem} {number}"
        wave = self.departments.lines[-1].wave if self.departments.lines else 1
        self._edit(self.departments.add([Line(name, 10, wave)]))

    def _edit(self, row: int) -> None:
        index = self.departments.index(row, NAME)
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)

    def remove_lines(self) -> None:
        """Take the selected departments out."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if rows:
            self.departments.remove(rows)
            left = self.departments.rowCount()
            if left:
                self.setCurrentIndex(self.departments.index(min(rows[0], left - 1), NAME))

    def paste(self) -> None:
        """Take lines from the clipboard."""
        row = self.departments.paste(QGuiApplication.clipboard().text())
        if row is not None:
            self.setCurrentIndex(self.departments.index(row, NAME))
