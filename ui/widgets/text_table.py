"""A read-only table of plain texts in the look of the house: previews, problems, memories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.models.rows import BOLD_ROLE, ICON_ROLE, INK_ROLE
from ui.widgets.cells import Cells, cover_cut_rows
from ui.widgets.grid import ROW_HEIGHT

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
ICON_ROOM = 22


class Texts(QAbstractTableModel):
    """Rows of plain texts under headings; `icons` gives (name, token) by row for column 0."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: tuple[str, ...] = ()
        self.rows: Sequence[Sequence[str]] = ()
        self.icons: Sequence[tuple[str, str] | None] = ()
        self.numbers: frozenset[int] = frozenset()
        self._bold: frozenset[tuple[int, int]] = frozenset()
        self._muted: frozenset[int] = frozenset()

    def show_rows(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        icons: Sequence[tuple[str, str] | None] = (),
        numbers: frozenset[int] = frozenset(),
        bold: frozenset[tuple[int, int]] = frozenset(),
        muted: frozenset[int] = frozenset(),
    ) -> None:
        """Replace everything; `numbers` are the right-aligned columns, `bold` cells as (row,
        column), `muted` rows."""
        self.beginResetModel()
        self.headings, self.rows = tuple(headings), rows
        self.icons, self.numbers = icons, numbers
        self._bold, self._muted = bold, muted
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(index.column())
        if role == INK_ROLE:
            return "muted" if index.row() in self._muted else "text"
        if role == BOLD_ROLE:
            return (index.row(), index.column()) in self._bold
        if role == ICON_ROLE and index.column() == 0 and self.icons:
            return self.icons[index.row()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return None

    def _align(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self.numbers else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class TextTable(QTableView):
    """A read-only table of texts in the look of the house."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")  # its border tells of the keyboard: no cell does
        self.texts = Texts()
        self.setModel(self.texts)
        self.setItemDelegate(Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        cover_cut_rows(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the row; passed on, it would press the dialog's main button."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def fit(self, widths: Sequence[int] = (), widest: int = 260) -> None:
        """Widths of the columns: given (the last then takes the rest), or by content up to
        `widest`; never narrower than the heading."""
        header = self.horizontalHeader()
        for column in range(self.texts.columnCount()):
            if column < len(widths):
                least = header.sectionSizeHint(column) + 8
                self.setColumnWidth(column, max(widths[column], least))
            elif not widths:
                icon = ICON_ROOM if column == 0 and self.texts.icons else 0
                needed = self.sizeHintForColumn(column) + 24 + icon
                heading = header.sectionSizeHint(column) + 8
                self.setColumnWidth(column, max(heading, min(widest, needed)))
