"""What of the plan is shown: rows are read, arranged into lines, and given to table and Gantt."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from crm_pilot.people import queries as people
from crm_pilot.planning import history, queries, rules
from crm_pilot.planning.headline import wave_milestones
from crm_pilot.planning.live import HOURS_TABLES
from crm_pilot.planning.rows import TaskRow
from ui.screens.planning.baselines import compared_with
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.filters import MenuFilters
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.lines import (
    Arrangement,
    Choice,
    Counts,
    Line,
    ancestors,
    in_week,
    line_of,
    monday_of,
)
from ui.screens.planning.model import OutlineModel
from ui.screens.planning.outline import OutlineView

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

FEW = 4000  # more changed rows than this are read with all the others
PATCHED = frozenset({"task", "forecast", "link", "assignment"})


class PlanLines(QObject):
    """Keeps table and Gantt in step with the project and with what the person wants to see.

    `counted` when chips have other counts; `arranged` when lines came, went or changed places.
    """

    counted = Signal(object)  # Counts
    arranged = Signal()

    def __init__(self, bridge: Bridge, model: OutlineModel, view: OutlineView) -> None:
        super().__init__(view)
        self.bridge, self.model, self.view = bridge, model, view
        self.choice = Choice()
        self.rows: list[TaskRow] = []
        self.shown: Arrangement | None = None
        self.counts = Counts(0, 0, 0, 0)
        self.fresh = True  # nothing of this project was shown yet
        self._state: int | None = None  # of the schedule that is shown
        self.gantt: GanttView
        self.filters: MenuFilters
        model.arrange_asked.connect(self.columns_chosen)

    def forget(self) -> None:
        """Another project will be shown."""
        self.fresh = True
        self.shown = None
        self.rows = []
        self.choice.closed = set()
        self.filters.forget()

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read everything (None), or what an edit touched."""
        if changed is None or changed.touches(*HOURS_TABLES):
            self._tell_hours()
        if changed is None or not self._patch(changed):
            self.rows = queries.tasks(self.bridge.reader)
            if self.fresh and self.rows:
                self.choice.closed = {row.id for row in self.rows if row.done}
            self.arrange()
        if self.fresh and self.rows:
            self.fresh = False
            self._begin_at_this_week()

    def _tell_hours(self) -> None:
        reader = self.bridge.reader
        hours = queries.hours(reader)
        self.gantt.set_hours(hours, self.model.facts.sizes[0])
        self.gantt.set_departments({one.id: one.department or "" for one in people.persons(reader)})

    def _patch(self, changed: Changed) -> bool:
        """Read and show only what an edit touched; False when the outline itself changed."""
        ids = changed.tables.get("task", frozenset())
        shown = self.shown
        if ids is None or shown is None or not set(changed.tables) <= PATCHED:
            return False
        if len(ids) > FEW or shown.today != self.bridge.today or self._filters_by(changed):
            return False
        rows = self.rows
        if ids:
            fresh = queries.tasks_again(self.bridge.reader, rows, ids)
            if fresh is None or not shown.take(fresh):
                return False
            rows = fresh
        self.rows = rows
        self._know(rows)
        self.model.show(shown.lines, shown.today)
        state = queries.schedule_state(self.bridge.reader)
        if state is None or state != self._state:
            self._state = state
            self.model.show_again()  # slack of any line may be another
        self.gantt.set_timings(self.model.facts.timings)
        if changed.touches("link"):
            links = queries.links(self.bridge.reader)
            self.gantt.show_lines(self._drawn(shown.lines), links, shown.today)
        else:
            self.gantt.change_lines(self._drawn(shown.lines))
        self._count(shown.counts)
        return True

    def _filters_by(self, changed: Changed) -> bool:
        """Whether lines are chosen by something this edit changed."""
        return self.choice.works is not None and changed.touches("assignment")

    def _know(self, rows: list[TaskRow]) -> None:
        """Let columns and filters speak of these rows."""
        self.model.rows = rows
        self.model.facts = PlanFacts(self.bridge, rows)

    def arrange(self) -> None:
        """Work out anew which lines are shown."""
        today = self.bridge.today
        self._know(self.rows)
        self.filters.put_into(self.choice)
        shown = self.shown = Arrangement(self.rows, self.choice, today)
        if not self.model.show(shown.lines, today):
            self.model.show_again()
        self.gantt.set_timings(self.model.facts.timings)
        links = queries.links(self.bridge.reader)
        self.gantt.show_lines(self._drawn(shown.lines), links, today)
        self._count(shown.counts)
        self.arranged.emit()

    def _drawn(self, lines: list[Line]) -> list[Line]:
        """The lines as they are drawn: beside another reference plan where one was chosen."""
        chosen = compared_with(self.bridge)
        if chosen is None:
            return lines
        dates = history.dates_in(self.bridge.reader, chosen)
        rows = [line.row for line in lines if line.row is not None]
        known = {row.id: row for row in history.compared(rows, dates)}
        return [line._replace(row=known.get(line.key)) for line in lines]

    def _count(self, counts: Counts) -> None:
        if counts != self.counts:
            self.counts = counts
            self.counted.emit(counts)

    def _begin_at_this_week(self) -> None:
        """Choose the first line that is worked on this week or later, so that the details and the
        bars show it."""
        monday = monday_of(self.bridge.today)
        leaves = [line for line in self.model.lines if line.row is not None and not line.holds]
        now = [line for line in leaves if line.row is not None and in_week(line.row, monday)]
        later = [line for line in leaves if line.finish is not None and line.finish >= monday]
        for line in (now or later)[:1]:
            self.view.select(line.key)
            self.view.bring_up_soon()
            if not now:
                self.show_bar_soon()

    def show_bar_soon(self) -> None:
        """Scroll to the current line's bar once the room is known."""
        self.view.soon(self.show_bar)

    def show_bar(self) -> None:
        """Scroll the bars to the current line when its start is out of sight."""
        line = self.view.current
        if line is not None:
            self.gantt.show_line(line.key)

    # choosing --------------------------------------------------------------------------------

    def choose(self, name: str, value: object) -> None:
        """Show other lines."""
        setattr(self.choice, name, value)
        self.arrange()

    def columns_chosen(self) -> None:
        """Another filter or order of the columns."""
        model, choice = self.model, self.choice
        choice.passes = model.wants if model.filters else None
        choice.order, choice.descending = None, False
        if model.sorted_by is not None:
            column = model.columns[model.sorted_by[0]]

            def order(row: TaskRow) -> Any:
                return column.order(line_of(row, 0, False, False))

            choice.order = order
            choice.descending = model.sorted_by[1] == Qt.SortOrder.DescendingOrder
        self.arrange()

    def fold(self, key: int) -> None:
        """Open a closed line, close an open one."""
        self.set_closed(self.choice.closed ^ {key})

    def fold_all(self, closed: bool) -> None:
        """Close or open everything that holds lines."""
        holding = {row.parent_id for row in self.rows if row.parent_id is not None}
        self.set_closed(holding if closed else set())

    def set_closed(self, closed: set[int]) -> None:
        """Close these lines; when the current one disappears, stand on what holds it."""
        line = self.view.current
        self.choice.closed = closed
        self.arrange()
        if line is not None and line.key not in self.model.places:
            above = ancestors(self.rows, line.key)
            self.view.select(next((key for key in above if key in self.model.places), 0))

    def open_to(self, key: int) -> None:
        """Open everything above a line."""
        self.choice.closed -= set(ancestors(self.rows, key))
        self.arrange()

    # asking ----------------------------------------------------------------------------------

    def carried(self, key: int) -> tuple[TaskRow, ...]:
        """The lines without children that a phase takes along when its bar is moved."""
        return tuple(rules.outline(self.rows).leaves(key))

    def row(self, key: int) -> TaskRow | None:
        """A row of the plan by its id."""
        return next((row for row in self.rows if row.id == key), None)

    def go_lives(self) -> Collection[int]:
        """Milestones of waves."""
        return wave_milestones(self.bridge.reader)
