"""The hours of seven weekdays, each typed on a line, and the two usual weeks by a click."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.planning.calendars import OFFICE_WEEK
from crm_pilot.planning.engine.worktime import Shifts
from crm_pilot.planning.shifts import minutes_of, parse_shifts, shifts_text
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

Week = tuple[Shifts, ...]
SEVEN: Shifts = ((540, 720), (780, 1020))  # 9 to 12, 13 to 17
SEVEN_WEEK: Week = (SEVEN,) * 5 + ((),) * 2
PRESETS: dict[str, Week] = {"eight": OFFICE_WEEK, "seven": SEVEN_WEEK}
OWN = "own"
MONDAY = dt.date(2024, 1, 1)
FIELD = 220


class WeekEditor(QWidget):
    """`changed(week)` when a line was typed that can be read, or a usual week chosen. A line that
    cannot be read keeps its text, with the reason below the week."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._week: Week = OFFICE_WEEK
        self.presets = segmented((*PRESETS, OWN))
        self.presets.chosen.connect(self._chosen)
        self.fields: list[LineEdit] = []
        self._names: list[QLabel] = []
        self._sums: list[QLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for day in range(7):
            field, name = LineEdit(), label(ink="muted")
            total = label(ink="muted", numbers=True, right=True)
            total.setMinimumWidth(56)
            field.setMinimumWidth(FIELD)
            field.editingFinished.connect(lambda day=day: self._typed(day))
            for place, widget in enumerate((name, field, total)):
                grid.addWidget(widget, day, place)
            self.fields.append(field)
            self._names.append(name)
            self._sums.append(total)
        grid.setColumnStretch(1, 1)
        self.total = label(bold=True, numbers=True, right=True)
        grid.addWidget(self.total, 7, 1, 1, 2)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.keep_days = QCheckBox()
        self.keep_days.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.presets)
        column.addLayout(grid)
        column.addWidget(self.complaint)
        column.addWidget(self.keep_days)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.presets.set_texts((tr("8 h a day"), tr("7 h a day, 35 h"), tr("Own hours")))
        self.presets.setAccessibleName(tr("Usual week"))
        for day, (name, field) in enumerate(zip(self._names, self.fields, strict=True)):
            text = formats.weekday(MONDAY + dt.timedelta(days=day), lang())
            name.setText(text)
            field.setAccessibleName(text)
            field.setPlaceholderText(tr("not worked"))
        self.keep_days.setText(tr("Keep durations in days when these hours change"))
        self.keep_days.setToolTip(
            tr("With other hours a day, durations are counted anew, so that they stay in days")
        )
        self._show_sums()

    def show_week(self, week: Week, *, of_project: bool, reason: str) -> None:
        """Show a week; `reason`: why it cannot be changed."""
        self._week = tuple(week)
        self._complain("")
        for field, shifts in zip(self.fields, week, strict=True):
            field.setText(shifts_text(shifts))
            set_reason(field, reason)
        self.presets.set_value(next((n for n, w in PRESETS.items() if w == self._week), OWN))
        self.presets.setEnabled(not reason)
        self.keep_days.setVisible(of_project)
        self._show_sums()

    def _show_sums(self) -> None:
        sizes = [minutes_of(shifts) for shifts in self._week]
        for total, size in zip(self._sums, sizes, strict=True):
            total.setText(_hours(size) if size else "–")
        self.total.setText(tr("{hours} a week", hours=_hours(sum(sizes))))

    def _chosen(self, preset: str) -> None:
        if preset in PRESETS:
            self._take(PRESETS[preset])
        else:
            self.presets.set_value(next((n for n, w in PRESETS.items() if w == self._week), OWN))
            self.fields[0].setFocus()

    def _typed(self, day: int) -> None:
        try:
            shifts = parse_shifts(self.fields[day].text())
        except UserError as error:
            self._complain(show(error.message), day)
            return
        self._complain("")
        week = (*self._week[:day], shifts, *self._week[day + 1 :])
        if not any(week):
            self._complain(tr("A calendar needs working time: give one day its hours."), day)
            return
        self._take(week)

    def _take(self, week: Week) -> None:
        if week != self._week:
            self.changed.emit(week)
        else:
            for field, shifts in zip(self.fields, week, strict=True):
                field.setText(shifts_text(shifts))

    def _complain(self, sentence: str, day: int | None = None) -> None:
        for place, field in enumerate(self.fields):
            if sentence and place != day:
                continue
            field.mark_wrong(sentence)
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))


def _hours(minutes: int) -> str:
    """`8 h`, `7 h 30`."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return tr("{hours} h {minutes}", hours=hours, minutes=f"{rest:02d}")
    return tr("{hours} h", hours=hours)
