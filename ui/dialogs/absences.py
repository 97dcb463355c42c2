"""Who is away when, and how much of a person the project has. Never why someone is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.people.terms import DAY_PARTS, DayPart
from crm_pilot.planning import hours_queries, queries
from crm_pilot.planning.hours_commands import AddAbsence
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.dialogs.moved import MovedLine
from ui.models.days import DaysModel, in_order
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import Guard, quiet_button, segmented
from ui.widgets.fields import LineEdit
from ui.widgets.picker import Picker
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    import datetime as dt

    from crm_pilot.project import Changed
    from ui.bridge import Bridge

PAGES = ("absences", "people")
TABLES = ("absence", "person", "calendar")


class AbsencesDialog(Dialog):
    """Absences are typed above their table, or changed in it; the second page says by which
    calendar each person works, and for how much of their time."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(
            parent,
            tr("Absences"),
            tr("Work waits for who is away. The reason is not asked and kept nowhere."),
        )
        self.bridge = bridge
        self.pages = segmented(PAGES)
        self.pages.set_texts((tr("Absences"), tr("Working time of people")))
        self.pages.setAccessibleName(tr("Page"))
        self.pages.chosen.connect(self._turn)
        self.body.addWidget(self.pages)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._absences())
        self.stack.addWidget(self._people())
        self.body.addWidget(self.stack, 1)
        self.moved = MovedLine(bridge)
        self.body.addWidget(self.moved)
        self.close_button = self.add_button("close", tr("Close"), primary=True)
        self.close_button.setDefault(False)  # Enter adds what is typed
        self.close_button.setAutoDefault(False)
        self.resize(800, 520)
        bridge.changed.connect(self._changed)
        self._read()
        self.who.setFocus()

    # absences --------------------------------------------------------------------------------

    def _absences(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._form())
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        column.addWidget(self.complaint)
        self.model = DaysModel(
            self.bridge,
            "absence",
            self._columns(),
            lambda: hours_queries.absences(self.bridge.reader),
            what=N_("absence"),
            fresh=lambda values: in_order(values, self.bridge.today),
        )
        self.table = Table(self.bridge, self.model, "absences", what=N_("absence"))
        self.table.retranslate(tr("Absences"))
        self.table.add_asked.connect(self.who.setFocus)
        column.addWidget(self.table, 1)
        return page

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("person", N_("Person"), "choice", "person_id", 200, grow=True, optional=False,
                   choices=self._names, value_key="person_id"),
            Column("first", N_("First day"), "date", "first", 120, optional=False),
            Column("last", N_("Last day"), "date", "last", 120, optional=False),
            Column("part", N_("Part of the day"), "choice", "part", 140, optional=False,
                   choices=DAY_PARTS),
        )  # fmt: skip

    def _names(self) -> dict[int, str]:
        return {key: full for key, _short, full in queries.owners(self.bridge.reader)}

    def _form(self) -> QHBoxLayout:
        self.who = Picker(self._names().items(), tr("Type a name"))
        self.first, self.last, self.part = LineEdit(), LineEdit(), QComboBox()
        self.who.setAccessibleName(tr("Person"))
        self.first.setAccessibleName(tr("First day"))
        self.first.setPlaceholderText(tr("From: 12/3"))
        self.last.setAccessibleName(tr("Last day"))
        self.last.setPlaceholderText(tr("To: 16/3"))
        self.part.setAccessibleName(tr("Part of the day"))
        for part, text in DAY_PARTS.items():
            self.part.addItem(tr(text), part)
        self.add = quiet_button(tr("Add"))
        self.add.clicked.connect(self.enter)
        for field in (self.first, self.last):
            field.returnPressed.connect(self.enter)
        Guard(self.bridge, self).add(self.add, self.who, self.first, self.last, self.part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.who, 3)
        row.addWidget(self.first, 2)
        row.addWidget(self.last, 2)
        row.addWidget(self.part)
        row.addWidget(self.add)
        return row

    def enter(self) -> None:
        """Add what is typed; what cannot be read stays, and is told."""
        self._complain("")
        person = self.who.key
        if person is None:
            said = tr("Choose who is away.")
            if self.who.typed:
                said = tr("Nobody here is called “{name}”.", name=self.who.typed)
            self._complain(said, self.who)
            return
        days: list[dt.date | None] = []
        for field in (self.first, self.last):
            try:
                days.append(parse_day(field.text(), self.bridge.today))
            except UserError as error:
                self._complain(show(error.message), field)
                return
        first = days[0] or days[1]
        if first is None:
            self._complain(tr("Type the first day."), self.first)
            return
        last, part = days[1] or first, DayPart(self.part.currentData())
        if last < first:
            self._complain(tr("The last day comes before the first."), self.last)
            return
        key = self.bridge.execute(AddAbsence(person, first, last, part, self.who.typed))
        if key is not None:
            self.first.clear()
            self.last.clear()
            self.table.select(key)
            self.who.setFocus()

    def _complain(self, sentence: str, at: Picker | LineEdit | None = None) -> None:
        for one in (self.who, self.first, self.last):
            one.mark_wrong(sentence if one is at else "")
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        if at is not None:
            at.setFocus()

    # people ----------------------------------------------------------------------------------

    def _people(self) -> QWidget:
        def calendars() -> dict[Any, str]:
            return {row.id: row.name for row in hours_queries.calendars(self.bridge.reader)}

        def calendar(row: Any) -> str:
            return calendars().get(row.calendar_id) or tr("as the project")

        columns = (
            Column("name", N_("Person"), "text", None, 220, grow=True),
            Column("calendar", N_("Works by"), "choice", "calendar_id", 180, choices=calendars,
                   value_key="calendar_id", text=calendar),
            Column("units", N_("Share of full time, %"), "int", "units", 172, low=0, high=1000,
                   optional=False, why=lambda: self._why("planning.load_available")),
            Column("away", N_("Absences to come"), "int", None, 130,
                   why=lambda: self._why("planning.load_available")),
        )  # fmt: skip
        self.workers = RowsModel(
            self.bridge,
            "person",
            columns,
            lambda: hours_queries.workers(self.bridge.reader, self.bridge.today),
            what=N_("person"),
            copies=False,
        )
        self.worker_table = Table(
            self.bridge, self.workers, "absences.people", what=N_("person"), removable=False
        )
        self.worker_table.retranslate(tr("Working time of people"))
        return self.worker_table

    def _why(self, key: str) -> Any:
        from crm_pilot.figures import why

        return why(self.bridge.reader, self.bridge.today, key)

    # showing ---------------------------------------------------------------------------------

    def _turn(self, page: str) -> None:
        self.stack.setCurrentIndex(PAGES.index(page))

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*TABLES):
            self._read()

    def _read(self) -> None:
        if self.bridge.has_project:
            self.who.set_things(self._names().items())
            self.model.refresh()
            self.workers.refresh()
