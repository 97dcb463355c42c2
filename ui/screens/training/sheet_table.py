"""The table of a sheet: a line per trainee, a column per half-day, worked by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from crm_pilot.i18n import N_, tr
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import HALVES, PRESENCES, Presence
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.model import PRESENCE_ICONS
from ui.screens.training.sheet_marks import SheetLine, SheetMarks, Typed
from ui.widgets.digits import typed_digit
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.bridge import Bridge

NAMED = 3  # columns before the first half-day
LETTERS = {
    Qt.Key.Key_A: Presence.ABSENT,
    Qt.Key.Key_E: Presence.EXCUSED,
    Qt.Key.Key_P: Presence.PRESENT,
}
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def half_title(half: HalfDay) -> str:
    """`12 Nov, morning`."""
    part = tr(HALVES[half.part])
    return f"{formats.day(half.day, lang())}, {part[:1].lower()}{part[1:]}"


def columns(halves: tuple[HalfDay, ...]) -> tuple[Column, ...]:
    """Number on the paper, name, department, and one column a half-day."""
    return (
        Column("number", N_("No."), "text", None, 40, align="right", sort=lambda row: row.number),
        Column("name", N_("Name"), "text", None, 170, grow=True),
        Column("department", N_("Department"), "text", None, 130, spare=1),
        *(_half_column(at, half, alone=len(halves) == 1) for at, half in enumerate(halves)),
    )


def _half_column(at: int, half: HalfDay, *, alone: bool) -> Column:
    def text(line: SheetLine) -> str:
        return tr(PRESENCES[line.marks[at]])

    def icon(line: SheetLine) -> tuple[str, str]:
        return PRESENCE_ICONS[line.marks[at]]

    return Column(
        f"half{at}",
        N_("Presence") if alone else half_title(half),
        "choice",
        None,
        132,
        value_key="id",
        text=text,
        sort=text,
        icon=icon,
        ink=lambda line: "muted" if line.marks[at] is Presence.INVITED else "",
        bold=lambda line: line.marks[at] in (Presence.ABSENT, Presence.EXCUSED),
    )


class SheetTable(Table):
    """Arrows go about; A, E, P and Space note; digits name a line of the paper; Enter is done.

    `marked` after each note, `done` for Enter, `pending` tells of the digits typed so far."""

    marked = Signal()
    done = Signal()
    pending = Signal(str)

    def __init__(
        self, bridge: Bridge, marks: SheetMarks, halves: tuple[HalfDay, ...], at: int
    ) -> None:
        self.marks = marks
        model = RowsModel(bridge, "attendance", columns(halves), lambda: marks.lines, copies=False)
        super().__init__(bridge, model, "training.sheet", removable=False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.typed = Typed(len(marks.lines))
        model.refresh()
        if marks.lines:
            self.setCurrentIndex(model.index(0, NAMED + at))
        self.clicked.connect(self._clicked)

    @property
    def half(self) -> int:
        """The half-day the cursor stands on."""
        return max(0, self.currentIndex().column() - NAMED)

    def _line(self, index: QModelIndex) -> int:
        """Which line of the sheet a row of the table is: it may be sorted or filtered."""
        key = self.rows.row(index).id
        return next(at for at, line in enumerate(self.marks.lines) if line.id == key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        figure = typed_digit(event)
        if figure:
            self._number(self.typed.digit(figure))
        elif key in ENTER and plain:
            self._enter()
        elif plain and key in LETTERS:
            self._note(LETTERS[key])
        elif plain and key == Qt.Key.Key_Space:
            self._turn()
        elif plain and key in MOVES:
            self._sideways(MOVES[key])
        else:
            self.forget()
            super().keyPressEvent(event)

    # what keys do ----------------------------------------------------------------------------

    def forget(self) -> None:
        """Forget digits that name nobody yet."""
        self.typed.take()
        self.pending.emit("")

    def _pending_first(self) -> None:
        """A number whose digits could go on names its line now."""
        number = self.typed.take()
        self.pending.emit("")
        if number is not None:
            self._go_to(number)

    def _go_to(self, number: int) -> None:
        place = next((at for at, row in enumerate(self.rows.shown) if row.number == number), None)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place, NAMED + self.half))

    def _number(self, number: int | None) -> None:
        self.pending.emit(self.typed.text)
        if number is None:
            return
        self._go_to(number)
        index = self.currentIndex()
        if index.isValid() and self.rows.row(index).number == number:
            self.marks.toggle(self._line(index), self.half)
            self._told()

    def _enter(self) -> None:
        number = self.typed.take()
        if number is None:
            self.done.emit()
        else:
            self._number(number)

    def _note(self, presence: Presence) -> None:
        self._pending_first()
        index = self.currentIndex()
        if not index.isValid():
            return
        self.marks.put(self._line(index), self.half, presence)
        self._told()
        if index.row() + 1 < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(index.row() + 1, NAMED + self.half))

    def _turn(self) -> None:
        self._pending_first()
        index = self.currentIndex()
        if index.isValid():
            self.marks.turn(self._line(index), self.half)
            self._told()

    def _sideways(self, step: int) -> None:
        self.forget()
        index = self.currentIndex()
        half = self.half + step
        if index.isValid() and 0 <= half < len(self.marks.over):
            self.setCurrentIndex(self.rows.index(index.row(), NAMED + half))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() >= NAMED:
            self.marks.turn(self._line(index), index.column() - NAMED)
            self._told()

    def _told(self) -> None:
        self.rows.refresh()
        self.marked.emit()

    def show_marks(self) -> None:
        """Read the marks again: they were changed elsewhere."""
        self._told()
