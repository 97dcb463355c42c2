"""How cells are drawn and edited: hairlines, accent edge, icons before text, typed editors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from ui import theme
from ui.models.columns import Column
from ui.models.grid import GridModel
from ui.models.rows import BOLD_ROLE, ICON_ROLE, INK_ROLE
from ui.widgets.fields import LineEdit
from ui.widgets.grid import ROW_HEIGHT, Grid

Index = QModelIndex | QPersistentModelIndex
PAD = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Cells(QStyledItemDelegate):
    """Delegate of `Table`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.theme()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("raised" if selected else "surface"))
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = option.widget
        if selected and isinstance(view, QTableView) and _first(view, index.column()):
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), look.colour("accent"))
        inner = rect.adjusted(PAD, 0, -PAD, -1)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            self._check(painter, inner, index)
        else:
            self._text(painter, inner, index)
        if bool(option.state & QStyle.StateFlag.State_HasFocus) and view.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _text(self, painter: QPainter, inner: QRect, index: Index) -> None:
        look = theme.theme()
        mark = index.data(ICON_ROLE)
        if mark:
            theme.draw_icon(painter, inner.left(), inner.center().y() - 7, mark[0], mark[1], 16)
            inner = inner.adjusted(22, 0, 0, 0)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        right = bool(align & Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme.font(bold=bool(index.data(BOLD_ROLE)), numbers=right))
        painter.setPen(look.colour(index.data(INK_ROLE) or "text"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        metrics = painter.fontMetrics()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(align), text)

    def _check(self, painter: QPainter, inner: QRect, index: Index) -> None:
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        if state == Qt.CheckState.Checked:
            theme.draw_icon(painter, inner.left(), inner.center().y() - 7, "check", "text", 16)
        else:
            painter.setPen(theme.theme().colour("muted"))
            painter.drawRoundedRect(inner.left() + 1, inner.center().y() - 6, 13, 13, 3, 3)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole text of a cell that is cut."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        metrics = QFontMetrics(theme.font(bold=bool(index.data(BOLD_ROLE))))
        room = option.rect.width() - 2 * PAD - (22 if index.data(ICON_ROLE) else 0)
        if event.type() == QEvent.Type.ToolTip and metrics.horizontalAdvance(text) > room:
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)

    # editing ---------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = _column(index)
        if column.kind == "choice":
            box = QComboBox(parent)
            box.setProperty("role", "cell")
            if column.optional:
                box.addItem("–", None)
            for value, text in column.options().items():
                box.addItem(text, value)
            box.activated.connect(lambda _: self._chosen(box))
            box.setAccessibleName(tr(column.title))
            return box
        field = LineEdit(parent)
        field.setProperty("role", "cell")
        field.setFont(theme.font(numbers=column.right))
        field.setAccessibleName(tr(column.title))
        if column.right:
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
            editor.showPopup()
        elif isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(value))
            editor.selectAll()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Ctrl+Enter stores the value in every selected row. What cannot be read stays in the
        cell, marked, with the reason below it: nothing that was typed is lost."""
        view = self.parent()
        if isinstance(view, Grid) and _ends_typing(event):
            if isinstance(editor, LineEdit) and self._refused(editor, view):
                return True
            if _is_spread(event):
                view.spread_next()
        return super().eventFilter(editor, event)

    def _refused(self, editor: LineEdit, view: Grid) -> bool:
        """Whether the text cannot be read as a value of its column; then it says why."""
        column = view.current_column
        complaint = ""
        if column is not None:
            try:
                column.parse(editor.text(), view.bridge.today)
            except UserError as error:
                complaint = show(error.message)
        editor.mark_wrong(complaint)
        if complaint:
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), complaint, editor)
        return bool(complaint)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        typed = editor.currentData() if isinstance(editor, QComboBox) else _text_of(editor)
        view = self.parent()
        if isinstance(view, Grid) and not view.bridge.has_project:
            return  # the project was closed over what was typed and refused
        if isinstance(view, Grid) and view.take_spread():
            taken = view.spread(index.column(), typed)
        else:
            taken = model.setData(index, typed)
        if isinstance(editor, LineEdit):
            editor.setProperty("refused", not taken)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)


def _text_of(editor: QWidget) -> str:
    return editor.text() if isinstance(editor, LineEdit) else ""


def _ends_typing(event: QEvent) -> bool:
    """Enter or Tab, with which a value is to be stored."""
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    return event.key() in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def _is_spread(event: QEvent) -> bool:
    assert isinstance(event, QKeyEvent)
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() in ENTER and bool(held)


def _column(index: Index) -> Column:
    model = index.model()
    assert isinstance(model, GridModel)
    return model.columns[index.column()]


def _first(view: QTableView, column: int) -> bool:
    header = view.horizontalHeader()
    return bool(header.visualIndex(column) == 0)


def cover_cut_rows(view: QTableView) -> None:
    """Whole rows only: draw ground over what is left of a row cut by the edge of `view`."""
    height, width = view.viewport().height(), view.viewport().width()
    painter = QPainter(view.viewport())
    ground = theme.theme().colour("surface")
    first, last = view.rowAt(0), view.rowAt(height - 1)
    if first >= 0 and (top := view.rowViewportPosition(first)) < 0:
        painter.fillRect(0, 0, width, top + ROW_HEIGHT, ground)
    if last > first >= 0 and (top := view.rowViewportPosition(last)) + ROW_HEIGHT > height:
        painter.fillRect(0, top, width, height - top, ground)
    painter.end()
