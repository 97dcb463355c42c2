"""The choices beside a preview: what every printed document asks alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, show, tr
from crm_pilot.typed import parse_day
from ui import theme
from ui.language import formats, lang
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

LANGUAGES = (("fr", N_("Français")), ("en", N_("English")))
LEVELS = (
    (Level.COMMITTEE, N_("Committee")),
    (Level.OWN, N_("Lead's own, marked as confidential")),
)


class Choices(QWidget):
    """Titled fields below each other. `changed` after every change that can be printed, or tells
    why not."""

    changed = Signal()
    language: QComboBox
    level: QComboBox

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._today = today
        self.problem = ""  # why what is chosen cannot be read
        self._forms: list[QFormLayout] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(6)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.note.hide()

    def reader(self, form: QFormLayout, levels: Sequence[tuple[Level, str]] = LEVELS) -> None:
        """In which language it is read, and by whom (marked text of each level)."""
        self.language = self.combo(form, tr("Language"), [(v, tr(text)) for v, text in LANGUAGES])
        self.language.setCurrentIndex(self.language.findData(lang()))
        self.level = self.combo(form, tr("Confidentiality"), [(v, tr(t)) for v, t in levels])

    def title(self, text: str) -> None:
        """A heading."""
        made = label(bold=True)
        made.setText(text)
        if self.column.count():
            self.column.addSpacing(8)
        self.column.addWidget(made)

    def rows(self) -> QFormLayout:
        """Named fields below each other."""
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.column.addLayout(form)
        self._forms.append(form)
        return form

    def complete(self) -> None:
        """The form is whole: let the fields of all parts begin at the same pixel."""
        self.column.addStretch(1)
        fields = [one for one in self.findChildren(QWidget) if not isinstance(one, QLabel)]
        found = [form.labelForField(one) for form in self._forms for one in fields]
        names = [name for name in found if name is not None]
        widest = max(name.sizeHint().width() for name in names)
        for name in names:
            name.setMinimumWidth(widest)

    def combo(self, form: QFormLayout, name: str, values: Sequence[tuple[Any, str]]) -> QComboBox:
        """A choice among values with their texts."""
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        for value, text in values:
            made.addItem(text, value)
        made.setAccessibleName(name)
        made.currentIndexChanged.connect(self.tell)
        form.addRow(name, made)
        return made

    def tick(self, text: str, *, on: bool = False) -> QCheckBox:
        """Something to tick."""
        made = QCheckBox(text)
        made.setChecked(on)
        made.toggled.connect(self.tell)
        self.column.addWidget(made)
        return made

    def tell(self) -> None:
        """Tell that something was chosen, once all of the form is there."""
        if self.isEnabled() and hasattr(self, "level"):  # all of it is there
            self.changed.emit()

    def day(self, field: LineEdit) -> dt.date | None:
        """The day typed into a field; None for none, or with `problem` where it cannot be read."""
        try:
            day = parse_day(field.text(), self._today)
        except UserError as error:
            self.problem = show(error.message)
            field.mark_wrong(self.problem)
            return None
        field.mark_wrong("")
        if day is not None:
            field.setText(formats.day(day, lang(), year=True))
        return day

    def say(self, note: str) -> None:
        """A remark about the pages."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
