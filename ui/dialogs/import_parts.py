"""Parts of the import wizard: where a file is dropped, and tables of plain texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.language import formats, lang
from ui.models.rows import BOLD_ROLE, ICON_ROLE, INK_ROLE
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.cells import Cells, cover_cut_rows
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.text import label

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
HINT_WIDTH = 600
ICON_ROOM = 22


def ask_for_table(parent: QWidget, folder: str, then: Callable[[Path], object]) -> None:
    """Ask for a file to import, without blocking; `then` takes it."""
    dialog = QFileDialog(parent, tr("Choose a file to import"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [tr("Tables") + " (*.csv *.txt *.tsv *.gz *.xlsx *.xls *.xlsm *.ods)",
         tr("All files") + " (*)"]
    )  # fmt: skip
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


class DropZone(QWidget):
    """A dashed frame that says what can be dropped, with a button for those who would rather
    choose."""

    asked = Signal()
    memory_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(10)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = QLabel()
        self._words = label(bold=True)
        self._hint = label(ink="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setFixedWidth(HINT_WIDTH)
        self.button = primary_button(icon="folder")
        self.button.clicked.connect(self.asked)
        self.setFocusProxy(self.button)
        self.memory = link_button(size=theme.CAPTION)
        self.memory.clicked.connect(self.memory_asked)
        self.memory.hide()
        column.addStretch(1)
        for widget in (self._icon, self._words, self._hint, self.button, self.memory):
            column.addWidget(widget, 0, centre)
        column.addStretch(1)
        theme.switched().changed.connect(self._draw_icon)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self._words.setText(tr("Drop a file here"))
        self._hint.setText(
            tr(
                "CSV or spreadsheet: tickets of ServiceNow, GLPI, Jira or your own list;"
                " logins of Salesforce or another CRM; people; training followed. Addresses,"
                " browsers and places are thrown away before anything is read."
            )
        )
        self._hint.setMinimumHeight(self._hint.heightForWidth(HINT_WIDTH))
        self.button.setText(tr("Choose a file…"))
        self.setAccessibleName(self._words.text())
        self._draw_icon()

    def offer_memory(self, count: int) -> None:
        """Offer to look at the remembered mappings, where there are any."""
        shown = formats.number(count, lang())
        many = ntr(
            "{shown} remembered mapping…", "{shown} remembered mappings…", count, shown=shown
        )
        self.memory.setText(many if count else "")
        self.memory.setVisible(bool(count))

    def _draw_icon(self) -> None:
        self._icon.setPixmap(theme.pixmap("import", "muted", 32))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.theme()
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("muted"), look.line_width, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.end()


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
