"""The planning screen: sentence, chips, outline and Gantt in one scroll, details below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, show, tr
from crm_pilot.planning import queries, rules
from crm_pilot.planning.headline import headline
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import PILLARS, TaskKind
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.edits import PlanEdits
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.lines import (
    Arrangement,
    Choice,
    Counts,
    ancestors,
    in_week,
    line_of,
    monday_of,
)
from ui.screens.planning.model import TITLE, OutlineModel
from ui.screens.planning.outline import OutlineView
from ui.screens.planning.pane import PlanPane, WholeRows
from ui.screens.planning.strip import TaskStrip
from ui.screens.planning.toolbar import PlanToolbar
from ui.widgets.buttons import Guard
from ui.widgets.empty import EmptyState
from ui.widgets.page import PageHeader

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SOON = 40  # milliseconds after an edit, once for several in a row
FEW = 100  # more changed rows than this are read with all the others


class PlanningScreen(Screen):
    """Phases, tasks and milestones under the three pillars."""

    name = "planning"
    title = N_("Plan")
    icon = "plan"
    tables = frozenset(
        {"task", "link", "wave", "person", "baseline", "baseline_task", "forecast", "project"}
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.choice = Choice()
        self._rows: list[TaskRow] = []
        self._shown: Arrangement | None = None
        self._counts = Counts(0, 0, 0, 0)
        self.header = PageHeader()
        self.header.set_why(
            "committee.headlines", "planning.tasks_late", "planning.slip_days", "planning.percent"
        )
        self.toolbar = PlanToolbar()
        self.model = OutlineModel(bridge, self)
        self.view = OutlineView(self.model)
        self.gantt = GanttView(self.view, self.view.verticalScrollBar())
        self.gantt.carried = self._carried
        self.strip = TaskStrip(bridge)
        self.empty = EmptyState("plan")
        self.edits = PlanEdits(bridge, self.view, self.reveal, self._links)
        self.search_field = self.toolbar.search
        self._sentence_soon = QTimer(self)
        self._sentence_soon.setSingleShot(True)
        self._sentence_soon.timeout.connect(self._show_sentence)
        self.front = self.view
        self._fresh = True  # nothing of this project was shown yet
        self._lay_out()
        self._make_actions()
        self._connect()
        self.retranslate()

    # building --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(10)
        page.addWidget(self.header)
        page.addWidget(self.toolbar)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._plan())
        self.stack.addWidget(self.empty)
        page.addWidget(self.stack, 1)

    def _plan(self) -> QWidget:
        pane = PlanPane(self.view, self.gantt, self.bridge.settings.columns)
        return WholeRows(pane, self.strip)

    def _make_actions(self) -> None:
        self.set_baseline = QAction(self)
        self.set_baseline.triggered.connect(self._ask_baseline)
        self.announce = QAction(self)
        self.announce.triggered.connect(self._ask_announcement)
        self.open_all = QAction(self)
        self.open_all.triggered.connect(lambda: self._fold_all(False))
        self.close_all = QAction(self)
        self.close_all.triggered.connect(lambda: self._fold_all(True))

    def _connect(self) -> None:
        bar = self.toolbar
        for button, name in (
            (bar.hide_done, "hide_done"),
            (bar.this_week, "this_week"),
            (bar.late, "late"),
        ):
            button.toggled.connect(lambda on, name=name: self._choose(name, on))
        bar.search.textChanged.connect(lambda text: self._choose("needle", folded(text.strip())))
        bar.add.clicked.connect(lambda: self.edits.add())
        bar.today.clicked.connect(lambda: self.gantt.show_day(self.bridge.today))
        bar.zoom.chosen.connect(self.gantt.set_zoom)
        bar.more.clicked.connect(self._show_more)
        self.gantt.zoom_changed.connect(bar.zoom.set_value)
        self.gantt.picked.connect(self._picked)
        self.gantt.gesture_done.connect(self.bridge.execute)
        self.gantt.opened.connect(lambda key: self.view.select(key, edit=True))
        self.gantt.folded.connect(self._fold)
        self.gantt.menu_asked.connect(lambda at: self.edits.show_menu(at, self))
        self.view.folded.connect(self._fold)
        self.view.current_changed.connect(lambda _: self._show_current())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._select_bars())
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(
            lambda at: self.edits.show_menu(self.view.viewport().mapToGlobal(at), self)
        )
        self.empty.clicked.connect(self._first)
        self.model.arrange_asked.connect(self._columns_chosen)
        self.toolbar.filtered.follow(self.view)
        self.guard = Guard(self.bridge, self)
        self.guard.add(bar.add, self.set_baseline)
        self.guard.add(self.announce, why=self._why_not_announce)
        self.guard.add(self.empty.button, why=self._why_not_first, edits=False)
        self.bridge.saved.connect(self._thaw)
        self.bridge.theme_changed.connect(self.update)
        self.bridge.project_changed.connect(self._another_project)

    def retranslate(self) -> None:
        self.toolbar.retranslate(self._counts)
        self.toolbar.filtered.retranslate()
        self.model.retranslate()
        self.view.heading.retranslate()
        self.strip.retranslate()
        self.view.setAccessibleName(tr("Outline of the plan"))
        self.gantt.setAccessibleName(tr("Gantt chart"))
        self.gantt.setAccessibleDescription(
            tr("Bars of the outline. In the outline, Alt+Shift+Left and Right move a bar.")
        )
        self.set_baseline.setText(tr("Set the reference plan…"))
        self.announce.setText(tr("Announce a date for the milestone…"))
        self.open_all.setText(tr("Open all phases"))
        self.close_all.setText(tr("Close all phases"))
        if self.bridge.has_project:
            self._show_empty()
            self._show_sentence()
            self._show_current()
        self.gantt.update()

    # showing ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.touches(*self.tables):
            return
        if changed is None or not self._patch(changed):
            self._rows = queries.tasks(self.bridge.reader)
            if self._fresh and self._rows:
                self.choice.closed = {row.id for row in self._rows if row.done}
            self._arrange()
        if self._fresh and self._rows:
            self._fresh = False
            self._begin_at_this_week()
        self._thaw()
        self._show_current()
        if changed is None:
            self._show_empty()
            self._show_sentence()
        else:
            self._sentence_soon.start(SOON)

    def _thaw(self) -> None:
        """Bars can be dragged in a project that can be edited; saving as another may make it so."""
        self.gantt.frozen = self.edits.frozen

    def _patch(self, changed: Changed) -> bool:
        """Read and show only what an edit touched; False when the outline itself changed."""
        ids = changed.tables.get("task")
        shown = self._shown
        if ids is None or shown is None or not set(changed.tables) <= {"task", "forecast"}:
            return False
        if len(ids) > FEW or shown.today != self.bridge.today:
            return False
        rows = queries.tasks_again(self.bridge.reader, self._rows, ids)
        if rows is None or not shown.take(rows):
            return False
        self._rows = rows
        self._know(rows)
        self.model.show(shown.lines, shown.today)
        self.model.show_again()
        self.gantt.change_lines(shown.lines)
        self._show_counts(shown.counts)
        return True

    def _begin_at_this_week(self) -> None:
        """Choose the first line that is worked on this week or later, so that the details and the
        bars show it."""
        monday = monday_of(self.bridge.today)
        leaves = [line for line in self.model.lines if line.row is not None and not line.holds]
        now = [line for line in leaves if line.row is not None and in_week(line.row, monday)]
        later = [line for line in leaves if line.finish is not None and line.finish >= monday]
        for line in (now or later)[:1]:
            self.view.select(line.key)
            QTimer.singleShot(0, self.view, self.view.bring_up)  # once the room is known
            if not now:
                QTimer.singleShot(0, self.gantt, self._show_bar)

    def _show_bar(self) -> None:
        """Scroll the bars to the current line when its start is out of sight."""
        line = self.view.current
        day = (line.start or line.finish) if line is not None else None
        if day is not None and not 0 <= self.gantt.scale.x(day) <= self.gantt.width() * 0.6:
            self.gantt.show_day(day)

    def _another_project(self) -> None:
        self._sentence_soon.stop()
        self._fresh = True
        self._shown = None
        self.choice.closed = set()

    def _arrange(self) -> None:
        today = self.bridge.today
        shown = self._shown = Arrangement(self._rows, self.choice, today)
        lines = shown.lines
        self._know(self._rows)
        if not self.model.show(lines, today):
            self.model.show_again()
        self.gantt.show_lines(lines, queries.link_ends(self.bridge.reader), today)
        self._show_counts(shown.counts)
        self.toolbar.setVisible(bool(self._rows))
        self.stack.setCurrentIndex(0 if lines else 1)
        if not lines:
            self._show_empty()

    def _know(self, rows: list[TaskRow]) -> None:
        """Let columns and filters speak of these rows."""
        self.model.rows = rows
        self.model.facts = PlanFacts(self.bridge, rows)

    def _show_counts(self, counts: Counts) -> None:
        if counts != self._counts:
            self._counts = counts
            self.toolbar.show_counts(counts)

    def _show_sentence(self) -> None:
        self.header.set_caption(formats.long_day(self.bridge.today, lang()))
        if not self._rows:
            self.header.set_sentence(tr("The plan is still empty."))
            return
        self.header.set_sentence(show(headline(self.bridge.reader, self.bridge.today)))

    def _show_empty(self) -> None:
        if self._rows:
            self.empty.set_texts(
                tr("No line of the plan fits this choice"),
                tr("Take back a filter or empty the search to see the others."),
                tr("Show all lines"),
            )
        else:
            self.empty.set_texts(
                tr("Begin with the first task"),
                tr(
                    "Phases under the three pillars hold tasks and milestones. Add a first line;"
                    " Tab puts a line under the one before it."
                ),
                tr("Add a task"),
            )
        self.guard.refresh()

    def _show_current(self) -> None:
        line = self.view.current
        row = line.row if line is not None else None
        waits: list[str] = []
        if row is not None:
            ends = queries.link_ends(self.bridge.reader)
            before = {first for first, second in ends if second == row.id}
            waits = [other.title for other in self._rows if other.id in before]
        pillar = tr(PILLARS[line.pillar]) if line is not None else ""
        self.strip.show_row(row, self.bridge.today, waits, pillar)

    def _links(self) -> tuple[queries.LinkRow, ...]:
        return queries.links(self.bridge.reader)

    def _carried(self, key: int) -> tuple[TaskRow, ...]:
        return tuple(rules.outline(self._rows).leaves(key))

    # choosing --------------------------------------------------------------------------------

    def _choose(self, name: str, value: object) -> None:
        setattr(self.choice, name, value)
        self._arrange()

    def _columns_chosen(self) -> None:
        """Another filter or order of the columns."""
        model, choice = self.model, self.choice
        choice.passes = model.wants if model.filters else None
        choice.order, choice.descending = None, False
        if model.sorted_by is not None:
            column = model.columns[model.sorted_by[0]]
            choice.order = lambda row: column.order(line_of(row, 0, False, False))
            choice.descending = model.sorted_by[1] == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _fold(self, key: int) -> None:
        self._set_closed(self.choice.closed ^ {key})

    def _fold_all(self, closed: bool) -> None:
        holding = {row.parent_id for row in self._rows if row.parent_id is not None}
        self._set_closed(holding if closed else set())

    def _set_closed(self, closed: set[int]) -> None:
        """Close these lines; when the current one disappears, stand on what holds it."""
        line = self.view.current
        self.choice.closed = closed
        self._arrange()
        if line is not None and line.key not in self.model.places:
            above = ancestors(self._rows, line.key)
            self.view.select(next((key for key in above if key in self.model.places), 0))

    def _show_all(self) -> None:
        bar = self.toolbar
        for button in (bar.hide_done, bar.this_week, bar.late):
            button.setChecked(False)
        bar.search.clear()
        self.view.clear_filters()

    def _first(self) -> None:
        if self._rows:
            self._show_all()
        else:
            self.edits.add()

    def reveal(self, key: int, *, edit: bool = True) -> None:
        """Show line `key` whatever hides it, select it, and edit its title."""
        if key not in self.model.places:
            self._show_all()
            self.choice.closed -= set(ancestors(self._rows, key))
            self._arrange()
        self.view.select(key, edit=edit)
        self._show_bar()

    def open_item(self, table: str, key: int) -> None:
        if table == "task":
            self.reveal(key, edit=False)
            self.view.setFocus()

    def _picked(self, key: int, keys: Qt.KeyboardModifier) -> None:
        place = self.model.places.get(key)
        if place is None:
            return
        index = self.model.index(place, TITLE)
        flags = QItemSelectionModel.SelectionFlag
        if keys & Qt.KeyboardModifier.ControlModifier:
            how = flags.Toggle | flags.Rows
        else:
            how = flags.ClearAndSelect | flags.Rows
        self.view.selectionModel().setCurrentIndex(index, how)

    def _select_bars(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        self.gantt.set_selected(frozenset(self.model.lines[index.row()].key for index in rows))

    # questions -------------------------------------------------------------------------------

    def _show_more(self) -> None:
        self.guard.refresh()
        more = (self.set_baseline, self.announce, self.open_all, self.close_all)
        menu = self.edits.menu(self, more)
        button = self.toolbar.more
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def _why_not_announce(self) -> str:
        line = self.view.current
        row = line.row if line is not None else None
        milestone = row is not None and row.kind is TaskKind.MILESTONE
        return "" if milestone else tr("Choose a milestone first.")

    def _why_not_first(self) -> str:
        return "" if self._rows else self.bridge.why_not_edit()

    def _ask_baseline(self) -> None:
        self._ask(BaselineDialog(self, self.bridge.today))

    def _ask_announcement(self) -> None:
        line = self.view.current
        if line is not None and line.row is not None:
            self._ask(AnnounceDialog(self, line.row, self.bridge.today))

    def _ask(self, asked: BaselineDialog | AnnounceDialog) -> None:
        def answered() -> None:
            if asked.command is not None:
                self.bridge.execute(asked.command)

        asked.accepted.connect(answered)
        asked.open()
