"""The palette of Ctrl+K: find a screen or an action by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import tr
from ui import theme
from ui.models.rows import folded
from ui.widgets.fields import LineEdit


@dataclass(frozen=True)
class Entry:
    """Something to be found; all texts are translated."""

    text: str
    hint: str
    icon: str
    run: Callable[[], object]


HINT = Qt.ItemDataRole.UserRole


class _Line(QStyledItemDelegate):
    """An entry with its keys in muted words at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.theme().colour("muted"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(0, 0, -12, 0), side, str(index.data(HINT) or ""))
        painter.restore()


class Finder(QDialog):
    """A field and a list; Enter carries out the marked entry, arrows move, Escape leaves."""

    def __init__(self, parent: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self.entries = tuple(entries)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.field = LineEdit()
        self.field.setFont(theme.font(theme.HEADING))
        self.field.setPlaceholderText(tr("Find a screen, an action…"))
        self.field.setAccessibleName(tr("Find a screen or an action"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.listed = QListWidget()
        self.listed.setAccessibleName(tr("What was found"))
        self.listed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.listed.setItemDelegate(_Line(self.listed))
        self.listed.itemActivated.connect(lambda _: self._run())
        self.listed.itemClicked.connect(lambda _: self._run())
        column.addWidget(self.listed)
        self.setWindowTitle(tr("Find"))
        self.resize(560, 420)
        self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 64)))
        self._found: list[Entry] = []
        self._filter("")

    def _filter(self, text: str) -> None:
        words = folded(text).split()
        self._found = [
            entry for entry in self.entries if all(word in folded(entry.text) for word in words)
        ]
        self._found.sort(key=lambda entry: not folded(entry.text).startswith("".join(words[:1])))
        self.listed.clear()
        blank = QPixmap(16, 16)  # texts stand under each other, with an icon or without
        blank.fill(Qt.GlobalColor.transparent)
        for entry in self._found:
            icon = theme.icon(entry.icon, "muted", 16) if entry.icon else QIcon(blank)
            item = QListWidgetItem(icon, entry.text)
            item.setData(HINT, entry.hint)
            if entry.hint:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text}, {entry.hint}")
            self.listed.addItem(item)
        self.listed.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._found:
                row = (self.listed.currentRow() + step) % len(self._found)
                self.listed.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _run(self) -> None:
        row = self.listed.currentRow()
        if 0 <= row < len(self._found):
            entry = self._found[row]
            self.accept()
            entry.run()
