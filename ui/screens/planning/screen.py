"""The planning screen: sentence, chips, outline and Gantt in one scroll, load and dates beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.planning import followed
from crm_pilot.planning.headline import headline
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import PILLARS, TaskKind
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.planning.arranging import PlanLines
from ui.screens.planning.baselines import BaselinesDialog
from ui.screens.planning.conflicts import ConflictsLink
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.edits import PlanEdits
from ui.screens.planning.filters import MenuFilters
from ui.screens.planning.follow_note import FollowNote
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.gantt_legend import LegendStrip
from ui.screens.planning.model import TITLE, OutlineModel
from ui.screens.planning.more import MoreMenu
from ui.screens.planning.options import VIEWS, Options
from ui.screens.planning.outline import OutlineView
from ui.screens.planning.pane import PlanPane, WholeRows
from ui.screens.planning.strip import TaskStrip
from ui.screens.planning.toolbar import PlanToolbar
from ui.screens.planning.views import OtherViews
from ui.widgets.buttons import Guard, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.give_way import GiveWay
from ui.widgets.page import PageHeader

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SOON = 40  # milliseconds after an edit, once for several in a row
GANTT, EMPTY, OTHERS = range(3)  # pages of the stack


class PlanningScreen(Screen):
    """Phases, tasks and milestones under the three pillars."""

    name = "planning"
    title = N_("Plan")
    icon = "plan"
    tables = frozenset(
        {"task", "link", "wave", "person", "baseline", "baseline_task", "forecast", "project"}
        | {"assignment", "calendar", "calendar_exception", "absence", "department", "committee"}
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.options = Options(bridge, self)
        self.switch = segmented(VIEWS)
        self.header = PageHeader()
        self.header.add_beside_caption(self.switch)
        self.header.set_why(
            *("committee.headlines", "planning.tasks_late", "planning.slip_days"),
            *("planning.total_slack", "planning.load_overload", "planning.percent"),
        )
        self.toolbar = PlanToolbar()
        GiveWay(self.toolbar, (self.toolbar.today, self.toolbar.zoom))
        self.model = OutlineModel(bridge, self)
        self.view = OutlineView(self.model)
        self.lines = PlanLines(bridge, self.model, self.view)
        self.gantt = GanttView(self.view, self.view.verticalScrollBar())
        self.filters = MenuFilters(
            bridge, self.options, lambda: self.model.facts, self.toolbar.filter
        )
        self.lines.gantt, self.lines.filters = self.gantt, self.filters
        self.gantt.carried = self.lines.carried
        self.gantt.judged = lambda key: self.model.facts.timing(key)
        self.conflicts = ConflictsLink(bridge, self.header, self.gantt, self.show_task)
        self.strip = TaskStrip(bridge)
        self.empty = EmptyState("plan")
        self.edits = PlanEdits(bridge, self.view, self.gantt, self.reveal, self.lines.row)
        self.more = MoreMenu(self)
        self.others = OtherViews(bridge, self.show_task)
        self.search_field = self.toolbar.search
        self._sentence_soon = QTimer(self)
        self._sentence_soon.setSingleShot(True)
        self._sentence_soon.timeout.connect(self._show_slowly)
        self.front = self.view
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
        self.legend = LegendStrip(self.gantt)
        page.addWidget(self.legend)
        self.stack = QStackedWidget()
        self.pane = PlanPane(self.view, self.gantt, self.bridge)
        self.plan = WholeRows(self.pane, self.strip)
        for one in (self.plan, self.empty, self.others):
            self.stack.addWidget(one)
        page.addWidget(self.stack, 1)
        self.note = FollowNote(self.stack)
        self._show_options("")

    def _make_actions(self) -> None:
        self.set_baseline = QAction(self)
        self.set_baseline.triggered.connect(self._ask_baseline)
        self.baselines = QAction(self)
        self.baselines.triggered.connect(self._ask_baselines)
        self.announce = QAction(self)
        self.announce.triggered.connect(self._ask_announcement)

    def _connect(self) -> None:
        bar, lines = self.toolbar, self.lines
        for button, name in (
            (bar.hide_done, "hide_done"),
            (bar.this_week, "this_week"),
            (bar.late, "late"),
        ):
            button.toggled.connect(lambda on, name=name: lines.choose(name, on))
        bar.critical.toggled.connect(lambda on: self.options.set("critical", on))
        bar.search.textChanged.connect(lambda text: lines.choose("needle", folded(text.strip())))
        bar.add.clicked.connect(lambda: self.edits.add())
        bar.today.clicked.connect(lambda: self.gantt.show_day(self.bridge.today))
        bar.zoom.chosen.connect(self.gantt.set_zoom)
        bar.more.clicked.connect(lambda: self.more.open_below(bar.more))
        bar.filtered.follow(self.view)
        self.switch.chosen.connect(self.show_view)
        self.options.changed.connect(self._show_options)
        self.filters.changed.connect(lines.arrange)
        lines.counted.connect(bar.show_counts)
        lines.arranged.connect(self._show_arranged)
        self.others.compared.connect(lines.arrange)
        self.empty.clicked.connect(self._first)
        self.note.undo_asked.connect(self.bridge.undo)
        self.pane.load.task_asked.connect(self.show_task)
        self._connect_gantt()
        self.guard = Guard(self.bridge, self)
        self.guard.add(bar.add, self.set_baseline)
        self.guard.add(self.announce, why=self._why_not_announce)
        self.guard.add(self.empty.button, why=self._why_not_first, edits=False)
        self.bridge.saved.connect(self._thaw)
        self.bridge.theme_changed.connect(self.update)
        self.bridge.project_changed.connect(self._another_project)

    def _connect_gantt(self) -> None:
        gantt, view = self.gantt, self.view
        gantt.zoom_changed.connect(self.toolbar.show_zoom)
        gantt.picked.connect(self._picked)
        gantt.gesture_done.connect(self.bridge.execute)
        gantt.opened.connect(self.edits.open_task)
        gantt.folded.connect(self.lines.fold)
        gantt.menu_asked.connect(lambda at: self.edits.show_menu(at, self))
        view.folded.connect(self.lines.fold)
        view.details_asked.connect(self.toggle_details)
        view.current_changed.connect(lambda _: self._show_current())
        view.selectionModel().selectionChanged.connect(lambda *_: self._select_bars())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(
            lambda at: self.edits.show_menu(view.viewport().mapToGlobal(at), self)
        )

    def retranslate(self) -> None:
        self.switch.set_texts([tr("Gantt"), tr("Load"), tr("Announced dates")])
        self.switch.setAccessibleName(tr("View of the plan"))
        self.toolbar.retranslate(self.lines.counts, self._criticals())
        self.toolbar.filtered.retranslate()
        self.filters.retranslate()
        self.model.retranslate()
        self.view.heading.retranslate()
        self.strip.retranslate()
        self.pane.retranslate()
        self.others.retranslate()
        self.view.setAccessibleName(tr("Outline of the plan"))
        self.gantt.setAccessibleName(tr("Gantt chart"))
        self.gantt.setAccessibleDescription(
            tr("Bars of the outline. In the outline, Alt+Shift+Left and Right move a bar.")
        )
        self.set_baseline.setText(tr("Set the reference plan…"))
        self.baselines.setText(tr("Reference plans…"))
        self.announce.setText(tr("Announce a date for the milestone…"))
        if self.bridge.has_project:
            self._show_empty()
            self._show_sentence()
            self._show_current()
        self.gantt.update()

    # showing ---------------------------------------------------------------------------------

    @property
    def _rows(self) -> list[TaskRow]:
        return self.lines.rows

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.touches(*self.tables):
            return
        before = self._rows
        self.lines.refresh(changed)
        self._thaw()
        self._show_current()
        self.others.refresh(changed)
        self.pane.refresh(changed)
        if changed is None:
            self.filters.retranslate()
            self._show_empty()
            self._show_slowly()
        else:
            self._tell_followed(before, changed)
            self._sentence_soon.start(SOON)

    def _thaw(self) -> None:
        """Bars can be dragged in a project that can be edited; saving as another may make it so."""
        self.gantt.frozen = self.edits.frozen

    def _another_project(self) -> None:
        self._sentence_soon.stop()
        self.note.hide()
        self.lines.forget()

    def _show_arranged(self) -> None:
        """Table and Gantt, or why there is nothing to show."""
        self.toolbar.setVisible(bool(self._rows) and self.switch.value == "gantt")
        if self.switch.value == "gantt":
            self.stack.setCurrentIndex(GANTT if self.model.lines else EMPTY)
        if not self.model.lines:
            self._show_empty()
        self._show_caption()

    def _show_slowly(self) -> None:
        """What needs the whole plan, a moment after an edit."""
        if self.bridge.has_project:
            self._show_sentence()
            self.toolbar.show_criticals(self._criticals())

    def _criticals(self) -> int:
        return self.model.facts.criticals if self.bridge.has_project and self._rows else 0

    def _show_sentence(self) -> None:
        self._show_caption()
        self.conflicts.refresh()
        self._show_current()
        if not self._rows:
            self.header.set_sentence(tr("The plan is still empty."))
            return
        self.header.set_sentence(show(headline(self.bridge.reader, self.bridge.today)))

    def _show_caption(self) -> None:
        counts = self.lines.counts
        parts = [formats.long_day(self.bridge.today, lang())]
        if counts.shown < counts.lines and self.switch.value == "gantt":
            shown, lines = counts.shown, counts.lines
            parts.append(ntr("{n} of {lines} lines", "{n} of {lines} lines", shown, lines=lines))
        self.header.set_caption(" · ".join(parts))

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
        about = self.gantt.about(row.id) if row is not None else None
        pillar = tr(PILLARS[line.pillar]) if line is not None else ""
        self.strip.show_row(row, self.bridge.today, about, pillar)

    def _tell_followed(self, before: list[TaskRow], changed: Changed) -> None:
        """Say which lines moved although nobody touched them, and how to take it back."""
        project = self.bridge.project
        if project.redo_labels or not project.undo_labels:
            self.note.hide()  # undone: it is seen by itself
            return
        hours = changed.touches("calendar", "calendar_exception", "absence", "person")
        edited = () if hours else self.view.selected
        found = followed.followed(before, self._rows, edited, self.lines.go_lives())
        said = followed.sentence(found, alone=hours)
        if said is None:
            self.note.hide()
        else:
            self.note.tell(show(said), show(changed.label))

    # views and options -----------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Gantt, load or announced dates."""
        self.switch.set_value(view)
        if view == "gantt":
            self._show_arranged()
            self.view.setFocus()
            return
        self.toolbar.hide()
        self.stack.setCurrentIndex(OTHERS)
        self.note.hide()
        self.others.show_view(view)
        self._show_caption()

    def show_task(self, key: int) -> None:
        """Show a line in the Gantt, from another view."""
        self.show_view("gantt")
        self.reveal(key, edit=False)

    def toggle_details(self) -> None:
        """Show or hide the details below the plan."""
        self.options.set("details", not self.strip.isVisible())

    def _show_options(self, name: str) -> None:
        seen = self.options.seen
        self.toolbar.critical.setChecked(seen.critical)
        self.gantt.set_options(seen.gantt())
        self.pane.show_load(seen.load)
        self.plan.show_details(seen.details)
        if name:
            self.bridge.remember()

    def _show_all(self) -> None:
        bar = self.toolbar
        for button in (bar.hide_done, bar.this_week, bar.late):
            button.setChecked(False)
        bar.search.clear()
        self.filters.clear()
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
            self.lines.open_to(key)
        self.view.select(key, edit=edit)
        self.lines.show_bar()

    def print_room(self) -> bool:
        if self.switch.value != "gantt":
            return False
        self.more.print_gantt()
        return True

    def open_item(self, table: str, key: int) -> None:
        if table == "task":
            self.show_task(key)
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

    def _why_not_announce(self) -> str:
        line = self.view.current
        row = line.row if line is not None else None
        milestone = row is not None and row.kind is TaskKind.MILESTONE
        return "" if milestone else tr("Choose a milestone first.")

    def _why_not_first(self) -> str:
        return "" if self._rows else self.bridge.why_not_edit()

    def _ask_baseline(self) -> None:
        self._ask(BaselineDialog(self, self.bridge.today))

    def _ask_baselines(self) -> None:
        made = BaselinesDialog(self.bridge, self)
        made.compared.connect(self.lines.arrange)
        made.open()

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
