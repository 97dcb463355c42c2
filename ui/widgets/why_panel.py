"""The panel that answers "Why?": labelled lines for each figure, and the data behind a chart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.datatable import DataTable
from crm_pilot.i18n import current, show, tr
from crm_pilot.why import Why
from ui import theme
from ui.widgets.buttons import Tabs, quiet_button
from ui.widgets.scroll import Scroll
from ui.widgets.text import label, rule

WIDTH, MOST_HEIGHT = 480, 440
ROW = 26
MOST_WIDTH = 720  # of a table with many columns
SCROLL_BAR = 16
FLOATING = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint


class DataView(QTableWidget):
    """The rows behind a chart. Ctrl+C copies the selected rows, or all, for a spreadsheet."""

    def __init__(self, table: DataTable) -> None:
        shown = current()
        super().__init__(len(table.rows), len(table.headings))
        self.table = table
        self.setProperty("role", "plain")  # its border tells of the keyboard: no cell does
        self.setAccessibleName(tr("Data"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")  # as the headings have
        self.setCornerButtonEnabled(False)
        names = [row[0] for row in table.cells(shown)]
        self.setVerticalHeaderLabels(names)  # heard with each cell, not seen
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setHorizontalHeaderLabels(table.heads(shown))
        for place, row in enumerate(table.cells(shown)):
            for column, words in enumerate(row):
                self.setItem(place, column, self._item(column, words))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column in range(len(table.headings)):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(self._side(column))
        self.resizeColumnsToContents()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if table.rows:
            self.setCurrentCell(0, 0)
            self.clearSelection()

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = self.table.headings[column].right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _item(self, column: int, words: str) -> QTableWidgetItem:
        made = QTableWidgetItem(words)
        made.setTextAlignment(self._side(column))
        if self.table.headings[column].right:
            made.setFont(theme.font(numbers=True))
        return made

    def wanted(self) -> QSize:
        """The size at which nothing is cut."""
        head = self.horizontalHeader()
        wide = sum(
            max(self.sizeHintForColumn(c), head.sectionSizeHint(c)) + 4
            for c in range(self.columnCount())
        )
        bar = SCROLL_BAR if wide + 24 > MOST_WIDTH - 40 else 0
        return QSize(wide + 24, head.sizeHint().height() + ROW * self.rowCount() + bar + 6)

    def copy(self) -> None:
        """Put the selected rows, or all of them, on the clipboard."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        words = self.table.for_spreadsheet(current(), rows or None)
        QGuiApplication.clipboard().setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class WhyPanel(QDialog):
    """Floats under what was asked about; Escape or a click elsewhere closes it."""

    def __init__(
        self,
        anchor: QWidget,
        title: str,
        whys: Sequence[Why],
        table: DataTable | None = None,
        *,
        data_first: bool = False,
    ) -> None:
        super().__init__(anchor.window(), FLOATING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setStyleSheet("QDialog { background: transparent; }")
        self._was_active = False
        self.setWindowTitle(tr("Why? {title}", title=title))
        self.setAccessibleName(self.windowTitle())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._frame = QFrame()
        self._frame.setProperty("role", "floating")
        whole.addWidget(self._frame)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head(title))
        self.pages = QStackedWidget()
        self.data: DataView | None = None
        self.tabs = Tabs()
        self._answers = _Answers(whys)
        if whys:
            self._add(tr("How it is computed"), self._answers)
        if table is not None:
            self.data = DataView(table)
            self._add(tr("The data"), self._data_page(self.data))
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.tabs.setVisible(self.tabs.count() > 1)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        if data_first and table is not None:
            self.tabs.setCurrentIndex(self.tabs.count() - 1)
        self.resize(self._wanted())

    def _head(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        heading = label(theme.HEADING, bold=True, wrap=True)
        heading.setText(tr("Why? {title}", title=title) if title else tr("Why?"))
        close = QToolButton()
        theme.set_icon(close, "close", "muted", 16)
        close.setAccessibleName(tr("Close"))
        close.setToolTip(tr("Close"))
        close.clicked.connect(self.close)
        row.addWidget(heading, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add(self, title: str, page: QWidget) -> None:
        self.tabs.addTab(title)
        self.pages.addWidget(page)

    def _data_page(self, view: DataView) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        view.setMaximumHeight(view.wanted().height())
        column.addWidget(view, 1)
        row = QHBoxLayout()
        self.copy_button = quiet_button(tr("Copy for a spreadsheet"))
        self.copy_button.clicked.connect(view.copy)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(0)
        return page

    def _wanted(self) -> QSize:
        wide = WIDTH
        if self.data is not None:
            wide = max(wide, min(self.data.wanted().width() + 40, MOST_WIDTH))
        inside = self._answers.height_at(wide - 46)
        if self.data is not None:
            inside = max(inside, self.data.wanted().height() + 44)
        chrome = 78 if self.tabs.count() < 2 else 120
        return QSize(wide, min(inside + chrome, MOST_HEIGHT))

    def open_under(self, anchor: QWidget) -> None:
        """Show below `anchor`, or above it where there is no room, always inside the screen."""
        room = anchor.screen().availableGeometry()
        self.setMaximumHeight(room.height())
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if corner.y() + self.height() > room.bottom():
            above = anchor.mapToGlobal(QPoint(0, -4)).y() - self.height()
            corner.setY(above if above >= room.top() else room.bottom() - self.height())
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), corner.y()))
        self.move(corner)
        self.show()
        self.activateWindow()
        first: QWidget = self._answers
        if self.data is not None and self.pages.currentWidget() is not self._answers:
            first = self.data
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.close()
            self._was_active = self.isActiveWindow()


class _Answers(Scroll):
    """One block a figure: its name where there are several, then its labelled lines."""

    def __init__(self, whys: Sequence[Why]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("How it is computed"))
        content = QWidget()
        content.setProperty("role", "page")
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for place, why in enumerate(whys):
            if place:
                column.addWidget(rule())
            column.addLayout(_block(why, named=len(whys) > 1))
        column.addStretch(1)
        self.setWidget(content)

    def height_at(self, wide: int) -> int:
        """Height at which nothing is cut."""
        return self._column.totalHeightForWidth(wide) + 8 if self._column.count() > 1 else 0


def _block(why: Why, *, named: bool) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    row = 0
    if named and why.name is not None:
        name = label(bold=True, wrap=True)
        name.setText(show(why.name))
        grid.addWidget(name, row, 0, 1, 2)
        row += 1
    for title, message in why.lines():
        caption, words = label(theme.CAPTION, ink="muted"), label(wrap=True)
        caption.setText(tr(title))
        words.setText(show(message))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{tr(title)}: {show(message)}")
        grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
        row += 1
    grid.setColumnMinimumWidth(0, 72)
    return grid
