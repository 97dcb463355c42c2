"""Parts of the import wizard: where a file is dropped, the mapping, and tables of plain texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import Message, show, tr
from ui import theme
from ui.models.rows import ICON_ROLE, INK_ROLE
from ui.widgets.buttons import primary_button
from ui.widgets.cells import ROW_HEIGHT, Cells
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
HINT_WIDTH = 600


def dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one local file of a drag, or None."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None


class DropZone(QWidget):
    """A dashed frame that says what can be dropped, with a button for those who would rather
    choose."""

    asked = Signal()

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
        column.addStretch(1)
        for widget in (self._icon, self._words, self._hint, self.button):
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
                " logins of Salesforce or another CRM; people. Addresses, browsers and places"
                " are thrown away before anything is read."
            )
        )
        self._hint.setMinimumHeight(self._hint.heightForWidth(HINT_WIDTH))
        self.button.setText(tr("Choose a file…"))
        self.setAccessibleName(self._words.text())
        self._draw_icon()

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
        self._icons: Sequence[tuple[str, str]] = ()
        self.numbers: frozenset[int] = frozenset()

    def show_rows(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        icons: Sequence[tuple[str, str]] = (),
        numbers: frozenset[int] = frozenset(),
    ) -> None:
        """Replace everything; `numbers` are the right-aligned columns."""
        self.beginResetModel()
        self.headings, self.rows = tuple(headings), rows
        self._icons, self.numbers = icons, numbers
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
            return "muted" if index.column() in self.numbers else "text"
        if role == ICON_ROLE and index.column() == 0 and self._icons:
            return self._icons[index.row()]
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

    def fit(self, widths: Sequence[int] = (), widest: int = 260) -> None:
        """Widths of the columns: given (the last then takes the rest), or by content up to
        `widest`."""
        for column in range(self.texts.columnCount()):
            if column < len(widths):
                self.setColumnWidth(column, widths[column])
            elif not widths:
                self.setColumnWidth(column, min(widest, self.sizeHintForColumn(column) + 24))


class MappingForm(QScrollArea):
    """Which column fills which field; `changed(mapping)` when the person corrects it."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boxes: dict[str, QComboBox] = {}

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the mapping of a plan."""
        self.boxes = {}
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(plan.fields):
            name = show(Message(field.title))
            missing = field.required and field.name not in plan.mapping
            title = label(bold=field.required, ink="alert" if missing else "")
            title.setText(f"{name} *" if field.required else name)
            box = self._box(plan, field.name)
            box.setAccessibleName(name)
            title.setBuddy(box)
            grid.addWidget(title, row, 0)
            grid.addWidget(box, row, 1)
        grid.setRowStretch(len(plan.fields), 1)
        self.setWidget(page)

    def _box(self, plan: ImportPlan, name: str) -> QComboBox:
        box = QComboBox()
        box.setMinimumContentsLength(14)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem("–", "")
        for header in plan.headers:
            box.addItem(header, header)
        box.setCurrentIndex(max(0, box.findData(plan.mapping.get(name, ""))))
        box.activated.connect(lambda _: self.changed.emit(self.mapping()))
        self.boxes[name] = box
        return box

    def mapping(self) -> dict[str, str]:
        """Field name → header; empty where the field is left out."""
        return {name: str(box.currentData()) for name, box in self.boxes.items()}
