"""Two small questions of the plan: a new reference plan, and a milestone's new date."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.planning.announcements import AnnounceForecast, SetBaseline
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import SLIP_REASONS, SlipReason
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

FUTURE = N_("A date is announced today or earlier. Type the day of the announcement.")


class _Question(Dialog):
    """A sentence, two fields and two buttons; `command` after accepting."""

    def __init__(self, parent: QWidget, title: str, detail: str, verb: str) -> None:
        super().__init__(parent, title, detail)
        self.fields = QFormLayout()
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(10)
        self.body.addLayout(self.fields)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.accept_button = self.add_button("ok", verb, primary=True, closes=False)
        self.accept_button.clicked.connect(self.accept)

    def add_field(self, name: str, text: str = "") -> LineEdit:
        """A labelled field."""
        made = LineEdit(text)
        self.put(name, made)
        return made

    def put(self, name: str, field: QWidget) -> None:
        """A field under its name."""
        field.setAccessibleName(name)
        field.setMinimumWidth(280)
        self.fields.addRow(name, field)


class BaselineDialog(_Question):
    """Name and reason of a new reference plan; `command` after accepting."""

    def __init__(self, parent: QWidget, today: dt.date) -> None:
        super().__init__(
            parent,
            tr("Set the reference plan"),
            tr(
                "The present dates become the reference that slips are counted from. Earlier"
                " reference plans are kept."
            ),
            tr("Set the reference plan"),
        )
        self._today = today
        date = formats.day(today, lang(), year=True)
        self.name = self.add_field(tr("Name"), tr("Reference of {date}", date=date))
        self.reason = self.add_field(tr("Reason"))
        self.name.setFocus()
        self.name.selectAll()
        self.command: SetBaseline | None = None

    def accept(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.complaint.setText(tr("Give the reference plan a name."))
            return
        self.command = SetBaseline(name, self._today, self.reason.text().strip())
        super().accept()


class ReasonBox(QComboBox):
    """The reason codes, and none."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Reason"))
        self.addItem(tr("No reason given"), None)
        for code in SlipReason:
            self.addItem(tr(SLIP_REASONS[code]), code.value)

    @property
    def code(self) -> SlipReason | None:
        """The reason chosen."""
        value = self.currentData()
        return SlipReason(value) if value else None

    def choose(self, code: SlipReason | None) -> None:
        """Show this one."""
        self.setCurrentIndex(max(0, self.findData(code.value if code else None)))


class AnnounceDialog(_Question):
    """Asks for date, day of the announcement and reason; `command` after accepting."""

    def __init__(self, parent: QWidget, row: TaskRow, today: dt.date) -> None:
        super().__init__(
            parent,
            tr("Announce a date"),
            tr(
                "“{title}” takes this date, and what was announced before is kept.", title=row.title
            ),
            tr("Announce"),
        )
        self._task, self._today = row, today
        self.command: AnnounceForecast | None = None
        known = formats.day(row.finish, lang(), year=True) if row.finish else ""
        self.day = self.add_field(tr("New date"), known)
        self.on = self.add_field(tr("Announced on"), formats.day(today, lang(), year=True))
        self.code = ReasonBox()
        self.put(tr("Reason"), self.code)
        self.reason = self.add_field(tr("In your words"))
        self.day.setFocus()
        self.day.selectAll()

    def accept(self) -> None:
        try:
            day = parse_day(self.day.text(), self._today)
            on = parse_day(self.on.text(), self._today) or self._today
        except UserError as error:
            self.complaint.setText(show(error.message))
            return
        if day is None or on > self._today:
            self.complaint.setText(tr("Type the new date.") if day is None else tr(FUTURE))
            return
        reason = self.reason.text().strip()
        self.command = AnnounceForecast(
            self._task.id, day, on, reason, self._task.title, self.code.code
        )
        super().accept()
