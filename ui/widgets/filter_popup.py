"""The filter of one column: search among its values, tick some, or give a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import show, tr
from crm_pilot.typed import parse_day, parse_decimal
from ui import theme
from ui.language import lang
from ui.models.columns import Column
from ui.models.filters import Bound, ColumnFilter, tokens
from ui.widgets.buttons import primary_button, quiet_button, set_reason
from ui.widgets.fields import LineEdit, SearchField
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.widgets.grid import Grid

WIDTH = 300
LINE = 26
MOST_LINES = 10  # shown at once
MOST_VALUES = 500  # more different values are only searched, not listed
TOKEN = Qt.ItemDataRole.UserRole


class FilterPopup(QFrame):
    """Floats under a heading; Enter takes the filter, Escape leaves it as it was."""

    def __init__(self, grid: Grid, column: Column) -> None:
        super().__init__(grid.window(), Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "floating")
        self.setFixedWidth(WIDTH)
        self._grid, self.column = grid, column
        known = grid.grid.filters.get(column.key, ColumnFilter())
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        heading = label(bold=True, wrap=True)
        heading.setText(tr("Filter by “{column}”", column=tr(column.title)))
        box.addWidget(heading)
        self.setAccessibleName(heading.text())
        self.low, self.high, self.empty = LineEdit(), LineEdit(), QCheckBox(tr("Without a value"))
        self.field = SearchField()
        self.field.setMinimumWidth(0)
        self.field.setMaximumWidth(WIDTH)  # as wide as the list below it
        self.listed = QListWidget()
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        if column.measured:
            self._build_range(box, known)
        else:
            self._build_values(box, known)
        self.complaint.hide()
        box.addWidget(self.complaint)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.clear = quiet_button(tr("Take away"))
        set_reason(self.clear, tr("This column is not filtered.") if known.open else "")
        self.clear.clicked.connect(lambda: self._take(None))
        self.ok = primary_button(tr("Filter"))
        self.ok.clicked.connect(self.accept)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(self.ok)
        box.addLayout(row)

    def _build_range(self, box: QVBoxLayout, known: ColumnFilter) -> None:
        lines = QGridLayout()
        lines.setHorizontalSpacing(8)
        for place, (text, line, bound) in enumerate(
            ((tr("From"), self.low, known.low), (tr("To"), self.high, known.high))
        ):
            name = label(ink="muted")
            name.setText(text)
            line.setAccessibleName(text)
            line.setText(self._shown(bound))
            line.setPlaceholderText(self._example())
            lines.addWidget(name, place, 0)
            lines.addWidget(line, place, 1)
        box.addLayout(lines)
        self.empty.setChecked(known.empty)
        box.addWidget(self.empty)
        for unused in (self.field, self.listed):
            unused.setParent(self)
            unused.hide()

    def _build_values(self, box: QVBoxLayout, known: ColumnFilter) -> None:
        for unused in (self.low, self.high, self.empty):
            unused.setParent(self)
            unused.hide()
        self.field.retranslate(tr("Contains"))
        self.field.setText(known.contains)
        self.field.textChanged.connect(self._narrow)
        box.addWidget(self.field)
        found = tokens(self.column, self._grid.grid.countable(self.column.key))
        for token in sorted(known.values or ()):
            found.setdefault(token, (token, 0))
        self.listed.setAccessibleName(tr("Values"))
        if len(found) > MOST_VALUES:
            self.listed.hide()
        else:
            self._list(found, known)
            self.listed.itemActivated.connect(_toggle)
        box.addWidget(self.listed)
        if len(found) > MOST_VALUES:
            hint = label(theme.CAPTION, ink="muted", wrap=True)
            count = formats.number(len(found), lang())
            hint.setText(tr("{count} different values: search for a part of one.", count=count))
            box.addWidget(hint)

    def _list(self, found: dict[str, tuple[str, int]], known: ColumnFilter) -> None:
        for token, (text, count) in found.items():
            shown = self._value_text(token, text)
            item = QListWidgetItem(f"{shown}  ({formats.number(count, lang())})")
            item.setData(TOKEN, token)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = known.values is not None and token in known.values
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, LINE))
            self.listed.addItem(item)
        if self.listed.count():
            self.listed.setCurrentRow(0)
        lines = max(1, min(MOST_LINES, self.listed.count()))
        self.listed.setFixedHeight(LINE * lines + 2 * theme.theme().line_width)

    def _value_text(self, token: str, text: str) -> str:
        if self.column.kind == "bool":
            return tr("Yes") if token == "1" else tr("No")
        return text or tr("(empty)")

    def _narrow(self, text: str) -> None:
        wanted = folded(text)
        for place in range(self.listed.count()):
            item = self.listed.item(place)
            item.setHidden(wanted not in folded(item.text()))

    # taking ----------------------------------------------------------------------------------

    def accept(self) -> None:
        """Filter by what is chosen."""
        try:
            wanted = self.wanted()
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            self.adjustSize()
            return
        self._take(wanted)

    def wanted(self) -> ColumnFilter:
        """The filter chosen. Raises `UserError` for a bound that cannot be read."""
        if self.column.measured:
            low, high = self._bound(self.low.text()), self._bound(self.high.text())
            return ColumnFilter(low=low, high=high, empty=self.empty.isChecked())
        items = [self.listed.item(place) for place in range(self.listed.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        values = frozenset(str(item.data(TOKEN)) for item in ticked)
        some = bool(values) and len(values) < len(items)
        return ColumnFilter(self.field.text().strip(), values if some else None)

    def _take(self, wanted: ColumnFilter | None) -> None:
        self.close()
        self._grid.set_filter(self.column.key, wanted)
        self._grid.setFocus()

    def _bound(self, text: str) -> Bound:
        if self.column.kind == "date":
            return parse_day(text, self._grid.bridge.today)
        number = parse_decimal(text.replace("%", ""), lang())
        return number / 100 if number is not None and self.column.kind == "share" else number

    def _shown(self, bound: Bound) -> str:
        if bound is None:
            return ""
        if isinstance(bound, (int, float)):
            return f"{bound * 100:g}" if self.column.kind == "share" else f"{bound:g}"
        return formats.day(bound, lang(), year=True)

    def _example(self) -> str:
        return tr("12/3, today, +7") if self.column.kind == "date" else ""

    # showing ---------------------------------------------------------------------------------

    def show_at(self, where: QPoint) -> None:
        """Show below a point, inside the screen."""
        self.adjustSize()
        room = self._grid.screen().availableGeometry()
        x = max(room.left(), min(where.x(), room.right() - self.width()))
        y = max(room.top(), min(where.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        (self.low if self.column.measured else self.field).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and self.clear.hasFocus():
            self.clear.click()
        elif event.key() in keys:
            self.accept()
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.listed.setFocus()
        else:
            super().keyPressEvent(event)


def _toggle(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
