"""Which column fills which field, with values of the column beside it, and what is left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import Message, ntr, show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label, set_ink

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from crm_pilot.exchange.plan import Field, ImportPlan

SAMPLES = 3  # different values shown of a column
BOX_WIDTH = 168


class MappingForm(Scroll):
    """A line for each field; `corrected(field, header)` when the person chooses another column."""

    corrected = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self.samples: dict[str, ElidedLabel] = {}
        self._titles: dict[str, QLabel] = {}

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the mapping of a plan; the controls stay where the fields are the same."""
        if list(self.boxes) != [wanted.name for wanted in plan.fields]:
            self._build(plan)
        samples = sample_values(plan)
        for wanted in plan.fields:
            self._fill(plan, wanted, samples.get(wanted.name, ""))

    def _build(self, plan: ImportPlan) -> None:
        self.boxes, self.samples, self._titles = {}, {}, {}
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for row, wanted in enumerate(plan.fields):
            title = self._titles[wanted.name] = label(bold=wanted.required)
            box = self.boxes[wanted.name] = self._box(wanted.name)
            sample = self.samples[wanted.name] = ElidedLabel(theme.CAPTION, ink="muted")
            title.setBuddy(box)
            for column, widget in enumerate((title, box, sample)):
                grid.addWidget(widget, row, column)
        grid.setRowStretch(len(plan.fields), 1)
        self.setWidget(page)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setFixedWidth(BOX_WIDTH)
        box.activated.connect(lambda _: self.corrected.emit(name, str(box.currentData())))
        return box

    def _fill(self, plan: ImportPlan, wanted: Field, sample: str) -> None:
        name = show(Message(wanted.title))
        missing = wanted.required and wanted.name not in plan.mapping
        title, box = self._titles[wanted.name], self.boxes[wanted.name]
        title.setText(f"{name} *" if wanted.required else name)
        set_ink(title, "alert" if missing else "")
        box.clear()
        box.addItem("–", "")
        for header in plan.headers:
            box.addItem(header, header)
        chosen = plan.mapping.get(wanted.name, "")
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setToolTip(chosen)
        box.setAccessibleName(tr("{field} (required)", field=name) if wanted.required else name)
        told = tr("Choose a column") if missing else sample
        set_ink(self.samples[wanted.name], "alert" if missing else "muted")
        self.samples[wanted.name].set_whole(told)
        box.setAccessibleDescription(told)


def sample_values(plan: ImportPlan) -> dict[str, str]:
    """Field → the first different values of its column, on one line."""
    mapped = [wanted.name for wanted in plan.fields if wanted.name in plan.mapping]
    samples = {}
    for number, name in enumerate(mapped):
        values = dict.fromkeys(row[number] for row in plan.preview if row[number])
        samples[name] = " · ".join(list(values)[:SAMPLES])
    return samples


class MappingPage(QWidget):
    """The mapping under its heading, with what is remembered, thrown away and not used."""

    corrected = Signal(str, str)
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = label(theme.BODY, bold=True)
        self._hint = label(theme.CAPTION, ink="muted")
        self.remembered = label(theme.CAPTION, ink="muted")
        self.forget = link_button(size=theme.CAPTION)
        self.forget.clicked.connect(self.forget_asked)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(self._title)
        heading.addWidget(self._hint)
        heading.addStretch(1)
        for widget in (self.remembered, self.forget):
            heading.addWidget(widget)
        self.form = MappingForm()
        self.form.corrected.connect(self.corrected)
        self.dropped = ElidedLabel(theme.CAPTION, ink="muted")
        self.unused = ElidedLabel(theme.CAPTION, ink="muted")
        column.addLayout(heading)
        column.addWidget(self.form, 1)
        column.addWidget(self.dropped)
        column.addWidget(self.unused)

    def show_plan(self, plan: ImportPlan, *, remembered: bool, day: dt.date | None) -> None:
        """Show the mapping of a plan; `remembered`: it was corrected at an earlier import."""
        self._title.setText(tr("Columns of the file"))
        self.form.setAccessibleName(tr("Columns of the file"))
        self._hint.setText(tr("* required"))
        self.remembered.setText(_remembered(day))
        self.forget.setText(tr("Forget"))
        self.forget.setAccessibleName(tr("Forget the remembered mapping"))
        self.remembered.setVisible(remembered)
        self.forget.setVisible(remembered)
        self.form.show_plan(plan)
        dropped = plan.understood.dropped
        told = ntr(
            "Thrown away unread, because it tells a machine or a place: {columns}",
            "Thrown away unread, because they tell a machine or a place: {columns}",
            len(dropped),
            columns=", ".join(dropped),
        )
        _show_line(self.dropped, told if dropped else "")
        unused = ", ".join(plan.understood.ignored)
        _show_line(self.unused, tr("Not used: {columns}", columns=unused) if unused else "")


def _show_line(line: ElidedLabel, text: str) -> None:
    line.set_whole(text)
    line.setVisible(bool(text))


def _remembered(day: dt.date | None) -> str:
    if day is None:
        return tr("Mapping remembered from last time")
    year = day.year != dt.date.today().year
    told = formats.day(day, lang(), year=year)
    return tr("Mapping remembered from last time, {day}", day=told)
