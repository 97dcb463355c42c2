"""How the Gantt is to be printed: the choices beside its preview, and what is remembered."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
)

from crm_pilot.i18n import N_, tr
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
from ui.dialogs.print_choices import Choices
from ui.widgets.buttons import segmented
from ui.widgets.fields import LineEdit

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


class PrintForm(Choices):
    """Choices of the printed Gantt."""

    def __init__(self, source: Source, today: dt.date) -> None:
        super().__init__(today)
        self._source = source
        self._paper()
        self._days()
        self._lines()
        self._looks()
        self.complete()

    # building --------------------------------------------------------------------------------

    def _paper(self) -> None:
        self.title(tr("Paper"))
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
            segment.chosen.connect(self.tell)
            row.addWidget(segment)
        row.addStretch(1)
        self.column.addLayout(row)
        form = self.rows()
        readable = tr("As many as readable")
        self.wide = self.combo(
            form, tr("Pages wide"), [(0, readable), *((n, str(n)) for n in range(1, MOST_WIDE + 1))]
        )
        self.tall = self.combo(
            form, tr("Pages tall"), [(0, readable), *((n, str(n)) for n in range(1, MOST_TALL + 1))]
        )
        self.skip_empty = self.tick(tr("Leave out pages without bars"), on=True)
        self.column.addWidget(self.note)

    def _days(self) -> None:
        self.title(tr("Days"))
        form = self.rows()
        self.first, self.last = LineEdit(), LineEdit()
        for field, name in ((self.first, tr("First day")), (self.last, tr("Last day"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(tr("whole plan"))
            field.editingFinished.connect(self.tell)
            form.addRow(name, field)

    def _lines(self) -> None:
        self.title(tr("Lines"))
        self.only = {name: self.tick(tr(text)) for name, text in ONLY}
        form = self.rows()
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
        self.phase = self.combo(form, tr("Phase"), [(0, tr("All phases")), *phases])
        self.person = self.combo(form, tr("Owner"), [(0, tr("All owners")), *named])
        self.text = LineEdit()
        self.text.setAccessibleName(tr("With the words"))
        self.text.textChanged.connect(self.tell)
        form.addRow(tr("With the words"), self.text)

    def _looks(self) -> None:
        self.title(tr("Shown"))
        self.ticks = {name: self.tick(tr(text), on=name != "owners") for name, text in TICKS}
        form = self.rows()
        self.colour_by = self.combo(
            form, tr("Colours"), [(value, tr(text)) for value, text in COLOURS.items()]
        )
        self.reader(form)

    # what was chosen -------------------------------------------------------------------------

    def options(self) -> Options | None:
        """What was chosen; None, with `problem`, when a date cannot be read."""
        self.problem = ""
        first, last = self.day(self.first), self.day(self.last)
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
