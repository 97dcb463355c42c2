"""A day to choose among known ones, or to type: a field with a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from crm_pilot.errors import UserError
from crm_pilot.i18n import show
from crm_pilot.typed import parse_day
from ui.language import formats, lang
from ui.widgets.text import set_property


class DayPicker(QComboBox):
    """Days with their names; any other day is typed (“8 January”, “-3w”). `picked(day)` when
    another one is chosen; what cannot be read stays in the field, marked, with a sentence."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(11)
        self._days: list[dt.date] = []
        self._today = dt.date.max
        self.day: dt.date | None = None
        self.field.editingFinished.connect(self._typed)
        self.activated.connect(self._taken)

    @property
    def field(self) -> QLineEdit:
        """Where it is typed."""
        field = self.lineEdit()
        assert field is not None
        return field

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def show_days(
        self, days: Iterable[tuple[dt.date, str]], chosen: dt.date | None, today: dt.date
    ) -> None:
        """Offer these days with their names; `chosen` is shown without telling."""
        listed = list(days)
        self._days, self._today = [day for day, _ in listed], today
        texts = [f"{_written(day)}  {name}".rstrip() for day, name in listed]
        if texts != [self.itemText(at) for at in range(self.count())]:
            self.blockSignals(True)
            self.clear()
            self.addItems(texts)
            self.blockSignals(False)
        if not self.field.hasFocus() or chosen != self.day:
            self._show(chosen)

    def _show(self, day: dt.date | None) -> None:
        self.day = day
        place = self._days.index(day) if day in self._days else -1
        self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(False)
        self.setEditText(_written(day) if day is not None else "")
        self.field.setCursorPosition(0)
        self.mark_wrong("")

    def mark_wrong(self, sentence: str) -> None:
        """Show that what stands here is no day that can be taken, and say why."""
        set_property(self.field, "wrong", "true" if sentence else "false")
        self.setToolTip(sentence)

    def _taken(self, place: int) -> None:
        self._choose(self._days[place])

    def _typed(self) -> None:
        text = self.field.text().strip()
        if self.day is not None and text == _written(self.day):
            return
        try:
            day = parse_day(text, self._today)
        except UserError as error:
            self.mark_wrong(show(error.message))
            return
        if day is None:
            self._show(self.day)
        else:
            self._choose(day)

    def _choose(self, day: dt.date) -> None:
        known = self.day
        self._show(day)
        if day != known:
            self.picked.emit(day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:  # scrolling a panel must not choose
            event.ignore()
            return True
        return super().event(event)


def _written(day: dt.date) -> str:
    return formats.day(day, lang(), year=True)
