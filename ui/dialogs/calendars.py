"""When work is done: calendars with their week, public holidays, closures. Edits act at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, msg, tr
from crm_pilot.people.calendar import country_names
from crm_pilot.planning import hours_queries
from crm_pilot.planning.calendars import OFFICE_WEEK
from crm_pilot.planning.hours_commands import (
    AddCalendar,
    AddClosure,
    RenameCalendar,
    SetProjectCalendar,
    SetWeek,
    WithNewCalendar,
)
from crm_pilot.planning.hours_queries import CalendarRow
from crm_pilot.project import Command, Remove, SetFields
from ui import theme
from ui.dialogs.base import Dialog
from ui.dialogs.calendar_closures import Closures
from ui.dialogs.calendar_week import WeekEditor
from ui.dialogs.moved import MovedLine
from ui.language import lang
from ui.widgets.buttons import quiet_button, set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_pilot.project import Changed
    from ui.bridge import Bridge

TABLES = ("calendar", "calendar_exception", "project", "person", "task")
KEY = Qt.ItemDataRole.UserRole
FIRST = ("FR", "BE", "CH", "LU", "CA", "GB")  # countries listed before the others
LIST_WIDTH = 224


class CalendarsDialog(Dialog):
    """A list of calendars, and beside it the one chosen. As long as the project has none of its
    own, office hours are shown, and the first change makes a calendar of them."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(
            parent,
            tr("Working time"),
            tr("Lines planned automatically move to when work is done."),
        )
        self.bridge = bridge
        self.key: int | None = None  # of the calendar shown; None: office hours
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._left())
        row.addLayout(self._right(), 1)
        self.body.addLayout(row, 1)
        self.moved = MovedLine(bridge)
        self.body.addWidget(self.moved)
        self.close_button = self.add_button("close", tr("Close"), primary=True)
        self.close_button.setDefault(False)  # Enter ends the typing of a field
        self.close_button.setAutoDefault(False)
        self.resize(960, 660)
        bridge.changed.connect(self._changed)
        card = hours_queries.card(bridge.reader)
        self.key = card.calendar_id
        self._read()
        self.listed.setFocus()

    # building --------------------------------------------------------------------------------

    def _left(self) -> QVBoxLayout:
        self.listed = QListWidget()
        self.listed.setAccessibleName(tr("Calendars"))
        self.listed.setFixedWidth(LIST_WIDTH)
        self.listed.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.new = quiet_button(tr("New calendar"))
        self.new.clicked.connect(self._add)
        self.remove = quiet_button(tr("Delete"))
        self.remove.clicked.connect(self._remove)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.listed, 1)
        column.addWidget(self.new)
        column.addWidget(self.remove)
        return column

    def _right(self) -> QVBoxLayout:
        self.name = LineEdit()
        self.name.editingFinished.connect(self._rename)
        self.country = QComboBox()
        self.country.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.country.activated.connect(lambda _: self._set_country())
        self.used = label(theme.CAPTION, ink="muted")
        self.take: QPushButton = quiet_button(tr("Use for the project"))
        self.take.clicked.connect(self._take)
        head = QGridLayout()
        head.setHorizontalSpacing(12)
        head.setVerticalSpacing(8)
        for place, (text, field) in enumerate(
            ((tr("Name"), self.name), (tr("Public holidays"), self.country))
        ):
            named = label(ink="muted")
            named.setText(text)
            named.setBuddy(field)
            field.setAccessibleName(text)
            head.addWidget(named, place, 0)
            head.addWidget(field, place, 1)
        head.setColumnStretch(1, 1)
        head.addWidget(self.take, 0, 2)
        head.addWidget(self.used, 1, 2)
        self.week = WeekEditor()
        self.week.changed.connect(self._set_week)
        self.closures = Closures(self.bridge, self._exceptions)
        self.closures.entered.connect(self._add_closure)
        title = label(bold=True)
        title.setText(tr("Closures and other days"))
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.week)
        column.addWidget(title)
        column.addWidget(self.closures, 1)
        return column

    # showing ---------------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if self.bridge.has_project and changed.touches(*TABLES):
            self._read()

    def _read(self) -> None:
        rows = hours_queries.calendars(self.bridge.reader)
        if self.key not in {row.id for row in rows}:
            self.key = hours_queries.card(self.bridge.reader).calendar_id
        self._list(rows)
        self._show()

    def _list(self, rows: Sequence[CalendarRow]) -> None:
        card = hours_queries.card(self.bridge.reader)
        entries: list[tuple[int | None, str]] = [(row.id, row.name) for row in rows]
        if card.calendar_id is None:
            entries.insert(0, (None, tr("Office hours")))
        self.listed.blockSignals(True)
        self.listed.clear()
        for key, name in entries:
            of_project = key == card.calendar_id
            used = tr("used by the project")
            item = QListWidgetItem(f"{name}\n{used}" if of_project else name)
            item.setData(KEY, key)
            self.listed.addItem(item)
            if key == self.key:
                self.listed.setCurrentItem(item)
        self.listed.blockSignals(False)

    @property
    def _shown(self) -> CalendarRow | None:
        rows = hours_queries.calendars(self.bridge.reader)
        return next((row for row in rows if row.id == self.key), None)

    def _show(self) -> None:
        row, card = self._shown, hours_queries.card(self.bridge.reader)
        reason = self.bridge.why_not_edit()
        of_project = self.key == card.calendar_id
        self.name.setText(row.name if row is not None else tr("Office hours"))
        self._fill_countries(row.country if row is not None else card.country)
        self.week.show_week(
            row.week if row is not None else OFFICE_WEEK, of_project=of_project, reason=reason
        )
        for field in (self.name, self.country, self.new):
            set_reason(field, reason)
        none = "" if row is not None else tr("Office hours cannot be deleted.")
        set_reason(self.remove, reason or none)
        set_reason(self.take, reason or (tr("The project works by it.") if of_project else ""))
        self.used.setText(self._uses())
        self.closures.refresh()

    def _uses(self) -> str:
        if self.key is None:
            return tr("works for the project")
        project, persons, lines = hours_queries.uses(self.bridge.reader, self.key)
        found = [tr("project")] if project else []
        found += [tr("persons: {n}", n=persons)] if persons else []
        found += [tr("lines: {n}", n=lines)] if lines else []
        return tr("used by: {what}", what=", ".join(found)) if found else tr("not used yet")

    def _fill_countries(self, chosen: str) -> None:
        names = country_names(lang())
        self.country.clear()
        self.country.addItem(tr("no public holidays"), "")
        for code in (*FIRST, *(code for code in names if code not in FIRST)):
            self.country.addItem(names.get(code, code), code)
        self.country.insertSeparator(1 + len(FIRST))
        self.country.setCurrentIndex(max(0, self.country.findData(chosen)))

    def _exceptions(self) -> Sequence[hours_queries.ExceptionRow]:
        if self.key is None:
            return ()
        return hours_queries.exceptions(self.bridge.reader, self.key)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.key = item.data(KEY)
            self._show()

    # editing ---------------------------------------------------------------------------------

    def _edit(self, make: Callable[[int], Command]) -> bool:
        """Change the calendar shown; office hours become a calendar of the project first."""
        if self.key is not None:
            before = len(self.bridge.project.undo_labels)
            self.bridge.execute(make(self.key))
            done = len(self.bridge.project.undo_labels) != before
        else:
            country = hours_queries.card(self.bridge.reader).country
            adding = AddCalendar(tr("Project calendar"), country, of_project=True)
            key = self.bridge.execute(WithNewCalendar(adding, make))
            done = key is not None
            self.key = key if done else None
        self._read()
        return done

    def _set_week(self, week: tuple[object, ...]) -> None:
        keep, name = self.week.keep_days.isChecked(), self.name.text()
        self._edit(lambda key: SetWeek(key, week, keep, name))  # type: ignore[arg-type]

    def _set_country(self) -> None:
        code = str(self.country.currentData() or "")
        row = self._shown
        if row is not None and row.country == code:
            return
        label_ = msg("Change the public holidays of “{name}”", name=self.name.text())
        self._edit(lambda key: SetFields("calendar", key, {"country": code}, label_))

    def _rename(self) -> None:
        if not self.bridge.has_project:
            return
        name, row = self.name.text().strip(), self._shown
        if name and name != (row.name if row is not None else tr("Office hours")):
            self._edit(lambda key: RenameCalendar(key, name))
        else:
            self.name.setText(row.name if row is not None else tr("Office hours"))

    def _add_closure(self, name: str, *days: object) -> None:
        if self._edit(lambda key: AddClosure(key, name, *days)):  # type: ignore[arg-type]
            self.closures.clear()

    def _take(self) -> None:
        row = self._shown
        self.bridge.execute(SetProjectCalendar(self.key, row.name if row is not None else ""))

    def _add(self) -> None:
        known = {row.name for row in hours_queries.calendars(self.bridge.reader)}
        plain = name = tr("New calendar")
        number = 2
        while name in known:
            name, number = f"{plain} {number}", number + 1
        card = hours_queries.card(self.bridge.reader)
        key = self.bridge.execute(AddCalendar(name, card.country, self.key))
        if key is not None:
            self.key = key
            self._read()
            self.name.setFocus()
            self.name.selectAll()

    def _remove(self) -> None:
        if self.key is not None:
            self.bridge.execute(Remove("calendar", (self.key,), N_("calendar")))
