"""The grid of the RACI, typed by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_pilot.governance.raci import SetLetter
from crm_pilot.governance.terms import Letter
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.project import Remove, SetRows
from ui import theme
from ui.screens.committee.raci_model import TITLE, RaciModel
from ui.widgets.cells import Cells, cover_cut_rows
from ui.widgets.digits import HELD
from ui.widgets.fields import LineEdit
from ui.widgets.grid import ROW_HEIGHT

if TYPE_CHECKING:
    from ui.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
HEAD = 52  # height of the names of actors, on three lines at most
NAMED, CHECKED, NARROWEST = 220, 130, 56  # widths of columns
BESIDE = 28  # of a name of an actor
TYPED = {
    Qt.Key.Key_R: Letter.R,
    Qt.Key.Key_A: Letter.A,
    Qt.Key.Key_C: Letter.C,
    Qt.Key.Key_I: Letter.I,
}
BOTH = {Letter.A, Letter.R}
EMPTIES = (Qt.Key.Key_Delete, Qt.Key.Key_Space)
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def typed_over(known: Letter | None, typed: Letter) -> Letter:
    """The letter after one was typed: A beside R, or R beside A, is both in one hand."""
    if known in BOTH and typed in BOTH and known is not typed:
        return Letter.AR
    return typed


def _widest_word(name: str, metrics: QFontMetrics) -> int:
    """Width of a column over which a name wraps between its words alone."""
    widest = max((metrics.horizontalAdvance(word) for word in name.split()), default=0)
    return max(NARROWEST, widest + BESIDE)


class RaciCells(Cells):
    """Lines are typed as text; letters need no editor."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option, index
        field = LineEdit(parent)
        field.setProperty("role", "cell")
        field.setFont(theme.font())
        field.setAccessibleName(tr("Deliverable or activity"))
        return field


class RaciGrid(QTableView):
    """R, A, C, I write a letter; Del takes it away, on the name of a line the line itself.
    `line_asked` for Insert, `actor_asked` for Ctrl+Insert, `moved` to another cell."""

    line_asked = Signal()
    actor_asked = Signal()
    moved = Signal()

    def __init__(self, bridge: Bridge, model: RaciModel) -> None:
        super().__init__()
        self.bridge, self.raci = bridge, model
        self.setModel(model)
        self.setItemDelegate(RaciCells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(True)
        heads.setSectionsClickable(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideNone)
        heads.setFont(theme.font(theme.CAPTION))
        heads.setFixedHeight(HEAD)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def fit(self) -> None:
        """Names take what the letters leave."""
        metrics = QFontMetrics(theme.font(theme.CAPTION))
        widths = [_widest_word(actor.name, metrics) for actor in self.raci.table.actors]
        rest = self.viewport().width() - CHECKED - sum(widths)
        for column, width in enumerate((max(NAMED, rest), *widths, CHECKED)):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        cover_cut_rows(self)

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState or not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & HELD
        if key == Qt.Key.Key_Insert:
            asked = (
                self.actor_asked if held & Qt.KeyboardModifier.ControlModifier else self.line_asked
            )
            asked.emit()
            return True
        if not self.currentIndex().isValid():
            return False
        if held == Qt.KeyboardModifier.AltModifier and key in MOVES:
            self.move_line(MOVES[key])
        elif held:
            return False
        elif key == Qt.Key.Key_F2:
            self.edit_line()
        elif key in TYPED:
            self.write(TYPED[key])
        elif key in EMPTIES:
            self._take_away(key)
        else:
            return False
        return True

    def _take_away(self, key: Qt.Key) -> None:
        if self.currentIndex().column() != TITLE:
            self.write(None)
        elif key == Qt.Key.Key_Delete:
            self.delete_line()

    def write(self, typed: Letter | None) -> None:
        """Write a letter where the cursor stands, or take it away."""
        index = self.currentIndex()
        item, actor = self.raci.item(index.row()), self.raci.actor(index.column())
        if item is None or actor is None or not self.bridge.may_edit():
            return
        known = self.raci.letter(index)
        letter = typed_over(known, typed) if typed is not None else None
        if letter is not known:
            self.bridge.execute(SetLetter(item, actor, letter))

    # lines -----------------------------------------------------------------------------------

    def edit_line(self) -> None:
        """Type over the name of the line."""
        if self.bridge.may_edit():
            index = self.raci.index(self.currentIndex().row(), TITLE)
            self.setCurrentIndex(index)
            self.edit(index)

    def delete_line(self) -> None:
        """Delete the line of the cursor."""
        row = self.currentIndex().row()
        key = self.raci.item(row)
        if key is not None and self.bridge.may_edit():
            self.bridge.execute(Remove("raci_item", (key,), N_("line of the RACI")))
            self.stand(row, TITLE)

    def move_line(self, step: int) -> None:
        """Put the line one place up or down."""
        index = self.currentIndex()
        lines = [line.id for line in self.raci.table.items]
        place = index.row() + step
        if not 0 <= place < len(lines) or not self.bridge.may_edit():
            return
        lines.insert(place, lines.pop(index.row()))
        places = {key: {"position": at} for at, key in enumerate(lines)}
        self.bridge.execute(SetRows("raci_item", places, msg("Change the order")))
        self.stand(place, index.column())

    def stand(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest there is."""
        last = self.raci.rowCount() - 1
        if last >= 0:
            column = min(column, self.raci.columnCount() - 1)
            self.setCurrentIndex(self.raci.index(max(0, min(row, last)), column))

    def show_line(self, key: int, *, edit: bool = False) -> None:
        """Stand on a line; `edit` starts typing its name."""
        for row, line in enumerate(self.raci.table.items):
            if line.id == key:
                self.stand(row, TITLE)
                if edit:
                    self.edit(self.currentIndex())
