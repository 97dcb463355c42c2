"""The load view: persons by weeks against their time, the tasks of one person, what can slip."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import current, tr
from crm_pilot.planning import load_queries
from crm_pilot.planning.load import Load, Piece, Week
from crm_pilot.planning.load_words import move, overloads
from crm_pilot.planning.relief import Relief, relief, relief_of
from ui import theme
from ui.language import formats, lang
from ui.screens.planning.load_bars import LoadBars
from ui.screens.planning.load_choice import LoadChooser
from ui.screens.planning.load_heat import NAMES, TEAM, UNOWNED, HeatAxis, HeatTable
from ui.screens.planning.load_person import PersonTile
from ui.screens.planning.slips_panel import SlipsPanel
from ui.widgets.buttons import link_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.text import ElidedLabel, label
from ui.widgets.text_table import TextTable
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

DETAIL = 300
WORK = 76  # width of the column of work
PAGES = ("weeks", "person", "slips")


class CellTasks(TextTable):
    """The tasks of a cell; Enter and double click ask for one."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.doubleClicked.connect(lambda _: self.asked.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()


class CellTile(Tile):
    """What makes the week of a cell, and what would relieve it."""

    task_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(DETAIL)
        self.figures = label(theme.BODY, bold=True, wrap=True)
        self.over = label(theme.CAPTION, ink="alert", wrap=True)
        self.tasks = CellTasks()
        self.action = link_button(size=theme.CAPTION)
        self.reason = label(theme.CAPTION, ink="muted", wrap=True)
        for part in (self.figures, self.over):
            self.body.addWidget(part)
        self.body.addWidget(self.tasks, 1)
        self.body.addWidget(self.action)
        self.body.addWidget(self.reason)
        self._keys: tuple[int, ...] = ()
        self._relief: Relief | None = None
        self.tasks.asked.connect(self._ask)
        self.action.clicked.connect(self._ask_relief)
        self.set_why("planning.load", "planning.load_overload", "planning.relief")

    def show_week(
        self, name: str, week: Week, pieces: tuple[Piece, ...], load: Load, found: Relief | None
    ) -> None:
        """Show a week and its tasks under the name of those it is of."""
        days = lambda value: formats.person_days(value, lang())  # noqa: E731
        first, last = week.monday, week.monday + dt.timedelta(days=6)
        span = f"{formats.day(first, lang())} – {formats.day(last, lang())}"
        self.set_title(f"{name}, {formats.week(week.monday, lang())}")
        self.set_caption(span)
        if not week.available:
            self.figures.setText(tr("{work} to do", work=days(week.work)))
        else:
            self.figures.setText(
                tr(
                    "{work} to do, {available} available",
                    work=days(week.work),
                    available=days(week.available),
                )
            )
        people = [
            f"{load.by_id[key].name} {formats.person_days(over, lang(), sign=True)}"
            for key, over in week.over
        ]
        self.over.setText(tr("Too much: {people}", people=", ".join(people)) if people else "")
        self.over.setVisible(bool(people))
        self._keys = tuple(piece.task for piece in pieces)
        rows = [(piece.title, days(piece.work)) for piece in pieces]
        heads = (tr("Task"), tr("Work"))
        self.tasks.texts.show_rows(heads, rows, numbers=frozenset({1}))
        across = self.tasks.horizontalHeader()
        across.setStretchLastSection(False)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.resizeSection(1, WORK)
        self.tasks.setAccessibleName(tr("Tasks of the week"))
        self._relief = found
        self.action.setVisible(found is not None)
        self.action.setText(tr("Show “{task}”", task=found.title) if found is not None else "")
        said = move(found, current()) + "." if found is not None else ""
        if found is None and week.over:
            said = tr("No task of this week can be moved without making another too full.")
        self.reason.setText(said)
        self.reason.setVisible(bool(said))

    def _ask(self) -> None:
        row = self.tasks.currentIndex().row()
        if 0 <= row < len(self._keys):
            self.task_asked.emit(self._keys[row])

    def _ask_relief(self) -> None:
        if self._relief is not None:
            self.task_asked.emit(self._relief.task)


class LoadView(QWidget):
    """Read it with `refresh` when it is shown and after edits; `task_asked` names a line to be
    shown in the Gantt."""

    task_asked = Signal(int)
    tables = frozenset(load_queries.TABLES) | {"link"} | SlipsPanel.tables

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.load: Load | None = None
        self.pages = segmented(PAGES)
        self.chooser = LoadChooser()
        self.people = LoadChooser(persons_only=True)
        self.told = ElidedLabel(theme.CAPTION, ink="muted")
        self.heat = HeatTable()
        self.bars = LoadBars(HeatAxis(self.heat))
        self.cell = CellTile()
        self.person = PersonTile(bridge)
        self.slips = SlipsPanel(bridge)
        self.empty = EmptyState("people")
        self.stack = QStackedWidget()
        self._lay_out()
        self.pages.chosen.connect(lambda _: self._show())
        self.chooser.currentIndexChanged.connect(lambda _: self._show())
        self.people.currentIndexChanged.connect(lambda _: self._show())
        self.heat.cell_chosen.connect(self._show_cell)
        self.heat.opened.connect(self._open_cell)
        self.heat.horizontalScrollBar().valueChanged.connect(lambda _: self.bars.update())
        self.bars.week_asked.connect(self._week_pressed)
        self.cell.task_asked.connect(self.task_asked)
        self.person.task_asked.connect(self.task_asked)
        self.slips.task_asked.connect(self.task_asked)
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.pages)
        head.addWidget(self.chooser)
        head.addWidget(self.people)
        head.addSpacing(8)
        head.addWidget(self.told, 100)
        head.addStretch(1)  # while nothing is told
        column.addLayout(head)
        weeks = QWidget()
        row = QHBoxLayout(weeks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.frame = Tile()
        self.frame.body.addWidget(self.heat, 1)
        below = QHBoxLayout()
        below.addSpacing(NAMES)
        below.addWidget(self.bars, 1)
        self.frame.body.addLayout(below)
        self.frame.body.addStretch(0)
        self.frame.set_why("planning.load", "planning.load_available", "planning.load_overload")
        row.addWidget(self.frame, 1)
        row.addWidget(self.cell)
        for page in (weeks, self.person, self.slips, self.empty):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.pages.set_texts((tr("By week"), tr("By person"), tr("What can still slip")))
        self.slips.retranslate()
        self.chooser.retranslate()
        self.people.retranslate()
        self.heat.retranslate()
        self.person.retranslate()
        self.frame.set_title(tr("Load by week, in person-days"))
        self.frame.set_caption(tr("to do / available; framed: too much"))
        self.empty.set_texts(
            tr("Nobody has work in the plan yet"),
            tr("Give tasks dates and owners: their work is then set against the time there is."),
        )
        self._show()

    def refresh(self, changed: Changed | None) -> None:
        """Read again, unless `changed` touches nothing that is shown."""
        if changed is not None and not changed.touches(*self.tables):
            return
        if not self.bridge.has_project:
            return
        self.load = load_queries.load(self.bridge.reader, self.bridge.today)
        self.chooser.show_load(self.load)
        self.people.show_load(self.load)
        self.slips.refresh(changed)
        self._show()

    def show_person(self, key: int) -> None:
        """Show the tasks of one person."""
        if self.people.choose(("person", key)):
            self.pages.set_value("person")
            self._show()

    def show_slips(self, goal: int | None = None) -> None:
        """Show what can still slip, before a milestone or the next go-live."""
        if goal is not None:
            self.slips.choose(goal)
        self.pages.set_value("slips")
        self._show()

    def show_week(self, monday: dt.date) -> None:
        """Show one week of all."""
        self.pages.set_value("weeks")
        self._show()
        self.heat.choose(TEAM, monday)

    # showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        load = self.load
        if load is None:
            return
        page = self.pages.value
        weeks, people = page == "weeks", page == "person"
        self.chooser.setVisible(weeks and self.chooser.count() > 1)
        self.people.setVisible(people and bool(load.people))
        self.told.setVisible(weeks or people)
        if page == "slips":
            self.stack.setCurrentWidget(self.slips)
            return
        persons = self.chooser.persons if weeks else self.people.persons
        self.told.set_whole("" if load.empty else overloads(load, persons, current()))
        nothing = load.empty or (people and not load.people)
        self.stack.setCurrentIndex(3 if nothing else 0 if weeks else 1)
        if weeks:
            self.heat.show_load(load, persons)
            chosen = self.heat.chosen
            if chosen is not None:
                self._show_cell(*chosen)
        else:
            kind, key = self.people.who
            self.person.show_person(load, key if kind == "person" else None)

    def _show_cell(self, line: int, monday: dt.date) -> None:
        load, model = self.load, self.heat.heat
        if load is None or line not in model.lines or monday not in model.mondays:
            return
        index = model.index(model.lines.index(line), model.mondays.index(monday))
        week = model.week(index)
        found = self._relief(load, line, week)
        pieces = model.pieces(line, monday)
        self._show_bars(line)
        self.cell.show_week(model.name(line), week, pieces, load, found)

    def _show_bars(self, line: int) -> None:
        """Draw the line of the cell, below the table."""
        load, persons = self.load, self.chooser.persons
        self.bars.setVisible(line != UNOWNED and load is not None and bool(load.people))
        if load is None or line == UNOWNED:
            return
        shown = persons if line == TEAM else frozenset({line})
        if self.bars.load is not load or self.bars.persons != shown:
            self.bars.show_load(load, shown, self.bridge.today)
            self.bars.setAccessibleName(
                tr("{title}: {who}", title=tr("Load by week"), who=self.heat.heat.name(line))
            )
            self.bars.setAccessibleDescription(overloads(load, shown, current()))

    def _week_pressed(self, monday: dt.date) -> None:
        chosen = self.heat.chosen
        if chosen is not None:
            self.heat.choose(chosen[0], monday)

    def _relief(self, load: Load, line: int, week: Week) -> Relief | None:
        """What would relieve a week that is not over."""
        if not week.over or week.monday < load.this_week:
            return None
        slack = load_queries.room(self.bridge.reader, self.bridge.today)
        if line == TEAM:
            found = relief(load, slack, self.chooser.persons)
            if found is not None and found.monday == week.monday:
                return found
        person, over = week.over[0]
        return relief_of(load, slack, person, week.monday, over)

    def _open_cell(self) -> None:
        self.cell.tasks.setFocus()
        if not self.cell.tasks.currentIndex().isValid():
            self.cell.tasks.selectRow(0)
