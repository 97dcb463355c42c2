"""The dialog of a course: what is learned, for whom, how long, and how long it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.people.queries import profiles
from crm_pilot.planning.durations import parse_duration
from crm_pilot.training.course_commands import SaveCourse
from crm_pilot.training.syllabus import CourseLine, features
from crm_pilot.typed import parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.screens.training.words import hours
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.fields import TextArea
from ui.widgets.section import named
from ui.widgets.text import label
from ui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from ui.bridge import Bridge

USUAL = 210  # minutes: a half-day
MOST = 2400


def read_minutes(text: str) -> int:
    """Minutes of a course as people type them: 3 h 30, 210, 1 d. Raises `UserError`."""
    plain = text.strip()
    if plain.isdigit():
        found = parse_whole(plain, 1, MOST)
    else:
        found = parse_duration(plain, 420, 2100)[0] if plain else None
    if found is None or not 1 <= found <= MOST:
        raise UserError(N_("Type how long it takes, for example 3 h or 210 min."))
    return found


class CourseDialog(Dialog):
    """Adds a course, or changes `line`; `saved(id)`."""

    saved = Signal(int)

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, line: CourseLine | None = None
    ) -> None:
        super().__init__(parent, tr("New course") if line is None else tr("Course"))
        self.setMinimumWidth(720)
        self.bridge, self.line = bridge, line
        self._build()
        self._fill()
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        text = tr("Add the course") if line is None else tr("Save")
        self.save = self.add_button("save", text, primary=True, closes=False)
        Guard(bridge, self).add(self.save)
        self.chosen.connect(self._chosen)
        self.title.field.setFocus()

    def _build(self) -> None:
        self.title = Asked(tr("Title"), str.strip, tr("First steps in the CRM"))
        self.aim = TextArea()
        self.aim.setFixedHeight(76)
        self.aim.setPlaceholderText(tr("One objective a line: “prepare a visit in the CRM”"))
        self.minutes = Asked(tr("Length"), read_minutes, tr("3 h 30"))
        self.valid = Asked(tr("Valid for (months)"), _months, tr("for ever"))
        self.formal = QCheckBox(tr("A formal course: it counts as training"))
        self.formal.setToolTip(tr("Not for a short help of some minutes at somebody's desk"))
        self.features = TickList(tr("Functions it covers"), tr("none yet"))
        self.profiles = TickList(tr("Meant for"), tr("everybody"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addWidget(self.minutes, 0, 0)
        grid.addWidget(self.valid, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.features, 1)
        lists.addWidget(self.profiles, 1)
        self.body.addWidget(self.title)
        self.body.addWidget(named(tr("Objectives"), self.aim))
        self.body.addLayout(grid)
        self.body.addWidget(self.formal)
        self.body.addLayout(lists, 1)

    def _fill(self) -> None:
        row, reader = self.line, self.bridge.reader
        known = [(one.id, one.name) for one in profiles(reader) if one.measured]
        self.features.show_things(features(reader), row.features if row else ())
        self.profiles.show_things(known, row.profiles if row else ())
        minutes = row.minutes if row else USUAL
        self.minutes.put(minutes, hours(minutes))
        self.formal.setChecked(row.formal if row else True)
        if row is not None:
            self.title.put(row.title, row.title)
            self.aim.setPlainText(row.aim)
            self.valid.put(row.valid_months, str(row.valid_months or ""))

    @property
    def wrong(self) -> str:
        """Why it cannot be saved; empty when it can."""
        if not self.title.field.text().strip():
            return tr("Give the course a title.")
        return self.minutes.wrong or self.valid.wrong

    def command(self) -> SaveCourse:
        """What saving comes to."""
        values: dict[str, Any] = {
            "title": self.title.field.text().strip(),
            "aim": self.aim.toPlainText().strip(),
            "minutes": self.minutes.value,
            "formal": self.formal.isChecked(),
            "valid_months": self.valid.value,
        }
        key = None if self.line is None else self.line.id
        return SaveCourse(key, values, self.features.ticked, self.profiles.ticked)

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence, made = self.wrong, None
        if not sentence:
            try:
                made = self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if made is None:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()
        self.saved.emit(made)


def _months(text: str) -> int | None:
    return parse_whole(text, 1, 120)
