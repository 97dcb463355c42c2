"""How the Gantt is to be printed: the choices beside its preview, and what is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, show, tr
from crm_pilot.planning.terms import TaskKind
from crm_pilot.reports.gantt_pages_options import (
    COLOURS,
    ORIENTATIONS,
    PAPERS,
    ColourBy,
    Filter,
    Options,
    Orientation,
    Paper,
)
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.typed import parse_day
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import segmented
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

LANGUAGES = (("fr", N_("Français")), ("en", N_("English")))
LEVELS = (
    (Level.COMMITTEE, N_("Committee")),
    (Level.OWN, N_("Lead's own, marked as confidential")),
)
MOST_WIDE, MOST_TALL = 12, 30  # pages offered
TICKS = (  # field of the options, text
    ("dates", N_("Start and finish")),
    ("owners", N_("Owners")),
    ("links", N_("Links")),
    ("baseline", N_("Reference plan and slips")),
)
ONLY = (
    ("hide_done", N_("Without what is done")),
    ("late", N_("Late only")),
    ("critical", N_("Critical path only")),
)


class Shown(Protocol):
    """What of the room's filters begins the print."""

    hide_done: bool
    late: bool
    needle: str


class PrintForm(QWidget):
    """Choices of a print. `changed` after every change that can be printed, or tells why not."""

    changed = Signal()

    def __init__(self, source: Source, today: dt.date) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._source, self._today = source, today
        self.problem = ""  # why the options cannot be read
        self._forms: list[QFormLayout] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._paper()
        self._days()
        self._lines()
        self._looks()
        self._column.addStretch(1)
        self._align()

    # building --------------------------------------------------------------------------------

    def _title(self, text: str) -> None:
        made = label(bold=True)
        made.setText(text)
        if self._column.count():
            self._column.addSpacing(8)
        self._column.addWidget(made)

    def _rows(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._column.addLayout(form)
        self._forms.append(form)
        return form

    def _align(self) -> None:
        """Let the fields of all parts begin at the same pixel."""
        fields = [one for one in self.findChildren(QWidget) if not isinstance(one, QLabel)]
        found = [form.labelForField(one) for form in self._forms for one in fields]
        names = [name for name in found if name is not None]
        widest = max(name.sizeHint().width() for name in names)
        for name in names:
            name.setMinimumWidth(widest)

    def _paper(self) -> None:
        self._title(tr("Paper"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.paper = segmented(tuple(PAPERS))
        self.paper.set_texts([tr(text) for text in PAPERS.values()])
        self.paper.setAccessibleName(tr("Size of the paper"))
        turned = (Orientation.LANDSCAPE, Orientation.PORTRAIT)
        self.orientation = segmented(turned)
        self.orientation.set_texts([tr(ORIENTATIONS[one]) for one in turned])
        self.orientation.setAccessibleName(tr("Which way round"))
        for segment in (self.paper, self.orientation):
            segment.chosen.connect(self._tell)
            row.addWidget(segment)
        row.addStretch(1)
        self._column.addLayout(row)
        form = self._rows()
        readable = tr("As many as readable")
        self.wide = self._combo(
            form, tr("Pages wide"), [(0, readable), *((n, str(n)) for n in range(1, MOST_WIDE + 1))]
        )
        self.tall = self._combo(
            form, tr("Pages tall"), [(0, readable), *((n, str(n)) for n in range(1, MOST_TALL + 1))]
        )
        self.skip_empty = self._tick(tr("Leave out pages without bars"), on=True)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.note.hide()
        self._column.addWidget(self.note)

    def _days(self) -> None:
        self._title(tr("Days"))
        form = self._rows()
        self.first, self.last = LineEdit(), LineEdit()
        for field, name in ((self.first, tr("First day")), (self.last, tr("Last day"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(tr("whole plan"))
            field.editingFinished.connect(self._tell)
            form.addRow(name, field)

    def _lines(self) -> None:
        self._title(tr("Lines"))
        self.only = {name: self._tick(tr(text)) for name, text in ONLY}
        form = self._rows()
        parents = {row.parent_id for row in self._source.rows}
        phases = [
            (row.id, row.title)
            for row in self._source.rows
            if row.kind is TaskKind.PHASE or row.id in parents
        ]
        owners = {
            row.owner_id: row.owner for row in self._source.rows if row.owner_id and row.owner
        }
        named = sorted(owners.items(), key=lambda found: found[1])
        self.phase = self._combo(form, tr("Phase"), [(0, tr("All phases")), *phases])
        self.person = self._combo(form, tr("Owner"), [(0, tr("All owners")), *named])
        self.text = LineEdit()
        self.text.setAccessibleName(tr("With the words"))
        self.text.textChanged.connect(self._tell)
        form.addRow(tr("With the words"), self.text)

    def _looks(self) -> None:
        self._title(tr("Shown"))
        self.ticks = {name: self._tick(tr(text), on=name != "owners") for name, text in TICKS}
        form = self._rows()
        self.colour_by = self._combo(
            form, tr("Colours"), [(value, tr(text)) for value, text in COLOURS.items()]
        )
        self.language = self._combo(form, tr("Language"), [(v, tr(text)) for v, text in LANGUAGES])
        self.language.setCurrentIndex(self.language.findData(lang()))
        self.level = self._combo(form, tr("Confidentiality"), [(v, tr(t)) for v, t in LEVELS])

    def _combo(self, form: QFormLayout, name: str, values: Sequence[tuple[Any, str]]) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        for value, text in values:
            made.addItem(text, value)
        made.setAccessibleName(name)
        made.currentIndexChanged.connect(self._tell)
        form.addRow(name, made)
        return made

    def _tick(self, text: str, *, on: bool = False) -> QCheckBox:
        made = QCheckBox(text)
        made.setChecked(on)
        made.toggled.connect(self._tell)
        self._column.addWidget(made)
        return made

    # what was chosen -------------------------------------------------------------------------

    def _tell(self) -> None:
        if self.isEnabled() and hasattr(self, "level"):  # all of it is there
            self.changed.emit()

    def options(self) -> Options | None:
        """What was chosen; None, with `problem`, when a date cannot be read."""
        self.problem = ""
        first, last = self._day(self.first), self._day(self.last)
        if self.problem:
            return None
        return Options(
            paper=Paper(self.paper.value),
            orientation=Orientation(self.orientation.value),
            first=first,
            last=last,
            wide=self.wide.currentData() or None,
            tall=self.tall.currentData() or None,
            filter=Filter(
                phase=self.phase.currentData() or None,
                person=self.person.currentData() or None,
                text=self.text.text().strip(),
                **{name: tick.isChecked() for name, tick in self.only.items()},
            ),
            colour_by=ColourBy(self.colour_by.currentData()),
            skip_empty=self.skip_empty.isChecked(),
            **{name: tick.isChecked() for name, tick in self.ticks.items()},
        )

    def _day(self, field: LineEdit) -> dt.date | None:
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

    # beginning -------------------------------------------------------------------------------

    def begin(self, remembered: dict[str, Any], choice: Shown | None) -> None:
        """Start with the paper of the last time, and with the filters of the room."""
        self.setEnabled(False)
        for name in ("paper", "orientation"):
            segment = getattr(self, name)
            if remembered.get(name) in (PAPERS | ORIENTATIONS):
                segment.set_value(remembered[name])
        for name in ("wide", "tall", "colour_by"):
            box: QComboBox = getattr(self, name)
            place = box.findData(remembered.get(name, 0))
            if place >= 0:
                box.setCurrentIndex(place)
        for name, tick in (self.ticks | {"skip_empty": self.skip_empty}).items():
            tick.setChecked(bool(remembered.get(name, tick.isChecked())))
        if choice is not None:
            self.only["hide_done"].setChecked(choice.hide_done)
            self.only["late"].setChecked(choice.late)
            self.only["critical"].setChecked(bool(getattr(choice, "critical", None)))
            self.text.setText(choice.needle)
            for box, key in ((self.phase, "phase"), (self.person, "person")):
                place = box.findData(getattr(choice, key, None))
                if place >= 0:
                    box.setCurrentIndex(place)
        self.setEnabled(True)

    def remembered(self) -> dict[str, Any]:
        """What the next print begins with: the paper and the looks, not the lines."""
        made: dict[str, Any] = {
            "paper": self.paper.value,
            "orientation": self.orientation.value,
            "wide": self.wide.currentData(),
            "tall": self.tall.currentData(),
            "colour_by": str(self.colour_by.currentData()),
            "skip_empty": self.skip_empty.isChecked(),
        }
        return made | {name: tick.isChecked() for name, tick in self.ticks.items()}
