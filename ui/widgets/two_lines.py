"""A list whose lines have a name and, muted below it, what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

KEY, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
HIGH, LOW = 46, 32  # of a line with and without words below the name
PAD, ICON = 11, 18
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """Name, words below it, and an icon before both."""

    name: str
    below: str = ""
    icon: str = ""
    faded: bool = False  # it can be looked at, but is no longer what it was

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.name, self.below) if part)


class TwoLines(QListWidget):
    """A choice of one. `picked` when another line becomes current by hand, `entered` by Return or
    a double click, `turned` by PgUp and PgDown: what is shown beside has pages."""

    picked = Signal(object)
    entered = Signal(object)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(self._clicked)
        self.itemDoubleClicked.connect(lambda item: self.entered.emit(item.data(KEY)))

    def show_lines(self, lines: Iterable[tuple[Any, Line]]) -> None:
        """Show these, each with its key; the current one stays where it still is."""
        current = self.current_key
        self.blockSignals(True)
        self.clear()
        for key, line in lines:
            item = QListWidgetItem(line.name)
            item.setData(KEY, key)
            item.setData(LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setToolTip(line.spoken)
            self.addItem(item)
        self._select(current)
        self.blockSignals(False)

    @property
    def keys(self) -> list[Any]:
        """Keys of the lines, as shown."""
        return [self.item(place).data(KEY) for place in range(self.count())]

    @property
    def current_key(self) -> Any:
        """Key of the current line; None for none."""
        item = self.currentItem()
        return None if item is None else item.data(KEY)

    def choose(self, key: Any) -> None:
        """Make a line current without telling; None: no line."""
        self.blockSignals(True)
        self._select(key)
        self.blockSignals(False)
        self.viewport().update()

    def _select(self, key: Any) -> None:
        keys = self.keys
        if key in keys:
            self.setCurrentRow(keys.index(key))
        else:
            self.setCurrentItem(None)  # type: ignore[call-overload]
            self.clearSelection()

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(KEY))

    def _clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(KEY))

    def height_of(self, lines: int) -> int:
        """Pixels that show so many lines whole."""
        return lines * HIGH + 2 * self.frameWidth() + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.entered.emit(self.current_key)
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        return QSize(0, HIGH if line.below else LOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        look, rect = theme.theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("raised"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), look.colour("accent"))
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if line.icon:
            top = inner.center().y() - ICON // 2 + 1
            theme.draw_icon(painter, inner.x(), top, line.icon, "muted", ICON)
            inner.setLeft(inner.left() + ICON + 10)
        half = inner.height() // 2
        name = inner.adjusted(0, 5, 0, -half) if line.below else inner
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        _write(painter, name, line.name, "muted" if line.faded else "text", bold=chosen)
        _write(painter, inner.adjusted(0, half - 1, 0, -4), line.below, "muted", theme.CAPTION)
        painter.restore()


def _write(
    painter: QPainter,
    rect: QRect,
    text: str,
    ink: str,
    size: int = theme.BODY,
    *,
    bold: bool = False,
) -> None:
    font = theme.font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(theme.theme().colour(ink))
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, int(side), cut)
