"""The days of a calendar with other hours: closures of the company, half-days, worked Saturdays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.planning.hours_queries import ExceptionRow
from crm_pilot.planning.shifts import parse_shifts
from crm_pilot.typed import parse_day
from ui import theme
from ui.models.days import DaysModel, ShiftsColumn
from ui.models.rows import Column
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.fields import LineEdit
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    import datetime as dt

    from ui.bridge import Bridge

COLUMNS = (
    Column("name", N_("Name"), "text", "name", 150, grow=True),
    Column("first", N_("First day"), "date", "first", 108, optional=False),
    Column("last", N_("Last day"), "date", "last", 108, optional=False),
    ShiftsColumn("shifts", N_("Hours worked"), "text", "shifts", 130),
)


class Closures(QWidget):
    """A line to type one, above the table of all. `entered(name, first, last, shifts)`."""

    entered = Signal(str, object, object, object)

    def __init__(self, bridge: Bridge, load: Callable[[], Sequence[ExceptionRow]]) -> None:
        super().__init__()
        self.bridge = bridge
        self.name, self.first, self.last = LineEdit(), LineEdit(), LineEdit()
        self.hours = LineEdit()
        self.fields = (self.name, self.first, self.last, self.hours)
        self.add = quiet_button()
        self.add.clicked.connect(self.enter)
        row = QHBoxLayout()
        row.setSpacing(8)
        for field, share in zip(self.fields, (2, 2, 2, 2), strict=True):
            field.returnPressed.connect(self.enter)
            field.setMinimumWidth(60)
            row.addWidget(field, share)
        row.addWidget(self.add)
        Guard(bridge, self).add(self.add, *self.fields)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.model = DaysModel(
            bridge, "calendar_exception", COLUMNS, load, what=N_("days of the calendar")
        )
        self.table = Table(
            bridge, self.model, "calendar.exceptions", what=N_("days of the calendar")
        )
        self.table.setMinimumHeight(120)
        self.table.add_asked.connect(self.name.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.complaint)
        column.addWidget(self.table, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        hints = (
            tr("Closure…"),
            tr("From: 24/12"),
            tr("To: 26/12"),
            tr("not worked"),
        )
        names = (tr("Name"), tr("First day"), tr("Last day"), tr("Hours worked"))
        for field, hint, name in zip(self.fields, hints, names, strict=True):
            field.setPlaceholderText(hint)
            field.setAccessibleName(name)
        self.hours.setToolTip(tr("Nothing when nobody works; else 8:00-12:00"))
        self.add.setText(tr("Add"))
        self.table.retranslate(tr("Closures and other days"))

    def refresh(self) -> None:
        """Read the days again."""
        self.model.refresh()

    def enter(self) -> None:
        """Say what is typed; what cannot be read stays, and is told."""
        self._complain("")
        read: list[dt.date | None] = []
        for field in (self.first, self.last):
            try:
                read.append(parse_day(field.text(), self.bridge.today))
            except UserError as error:
                self._complain(show(error.message), field)
                return
        try:
            shifts = parse_shifts(self.hours.text())
        except UserError as error:
            self._complain(show(error.message), self.hours)
            return
        first = read[0] or read[1]
        if first is None:
            self._complain(tr("Type the first day."), self.first)
            return
        last = read[1] or first
        if last < first:
            self._complain(tr("The last day comes before the first."), self.last)
            return
        self.entered.emit(self.name.text().strip(), first, last, shifts)

    def clear(self) -> None:
        """What was typed was taken."""
        for field in self.fields:
            field.clear()
        self.name.setFocus()

    def _complain(self, sentence: str, at: LineEdit | None = None) -> None:
        for one in self.fields:
            one.mark_wrong(sentence if one is at else "")
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        if at is not None:
            at.setFocus()
