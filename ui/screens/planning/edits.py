"""What the plan's keys, buttons and menus do: each makes one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.planning.commands import AddLinks, AddTask, MoveTask, SetPercent, SetTaskDates
from crm_pilot.planning.outline_commands import DeleteTasks, Indent, MoveLine, Outdent
from crm_pilot.planning.rows import LinkRow
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Remove, Several
from ui.screens.planning.gestures import BarDrag, Part, stretchable
from ui.screens.planning.lines import Line
from ui.screens.planning.outline import OutlineView
from ui.widgets.buttons import set_reason
from ui.widgets.grid_menu import fill_row_menu

if TYPE_CHECKING:
    from ui.bridge import Bridge

NEW = {
    TaskKind.TASK: N_("New task"),
    TaskKind.MILESTONE: N_("New milestone"),
    TaskKind.PHASE: N_("New phase"),
}


SORTED = N_(
    "The lines are sorted by a column, so they cannot be moved. Choose “As entered” in the menu of"
    " the heading first."
)


class PlanEdits:
    """Commands on the current line or the selected ones. `reveal(key)` shows a new line and
    starts editing its title; `links()` are all links of the plan."""

    def __init__(
        self,
        bridge: Bridge,
        view: OutlineView,
        reveal: Callable[[int], None],
        links: Callable[[], tuple[LinkRow, ...]],
    ) -> None:
        self.bridge, self.view = bridge, view
        self._reveal, self._links = reveal, links
        view.add_asked.connect(lambda under: self.add(TaskKind.TASK, under=under))
        view.remove_asked.connect(self.remove)
        view.indent_asked.connect(self.indent)
        view.line_moved.connect(self.move_line)
        view.task_moved.connect(self.move_task)

    @property
    def frozen(self) -> bool:
        """Whether nothing may be changed."""
        return not self.bridge.has_project or self.bridge.project.read_only

    def add(self, kind: TaskKind = TaskKind.TASK, *, under: bool = False) -> None:
        """Add a line behind the current one, or as the last one under it."""
        line = self.view.current
        key = line.key if line is not None and line.row is not None else None
        title, today = tr(NEW[kind]), self.bridge.today
        if key is not None and (under or self._opens(line)):
            command = AddTask(title, today, under=key, kind=kind)
        elif key is not None:
            command = AddTask(title, today, after=key, kind=kind)
        else:
            pillar = line.pillar if line is not None else Pillar.DEPLOYMENT
            command = AddTask(title, today, kind=kind, pillar=pillar)
        new = self.bridge.execute(command)
        if new is not None:
            self._reveal(new)

    def _opens(self, line: Line | None) -> bool:
        """Whether a line added at this one belongs under it: at a phase with nothing in it."""
        return (
            line is not None
            and line.row is not None
            and (line.row.kind is TaskKind.PHASE and not line.holds)
        )

    def remove(self) -> None:
        """Delete the selected lines with all they hold."""
        keys = self.view.selected
        if keys:
            line = self.view.outline.lines[self.view.outline.places[keys[0]]]
            title = line.row.title if line.row is not None else ""
            self.bridge.execute(DeleteTasks(tuple(keys), title))

    def indent(self, outwards: bool) -> None:
        """One level in or out."""
        keys = tuple(self.view.selected)
        if keys:
            self.bridge.execute(Outdent(keys) if outwards else Indent(keys))

    def move_line(self, step: int) -> None:
        """Up or down among its neighbours."""
        line = self.view.current
        if self.view.outline.sorted_by is not None:
            self.bridge.failed.emit(UserError(SORTED))
        elif line is not None and line.row is not None:
            self.bridge.execute(MoveLine(line.key, step, line.row.title))

    def move_task(self, days: int, finish_only: bool) -> None:
        """The keys for what a drag does: move a bar, or stretch its finish, by days."""
        line = self.view.current
        if line is None or line.row is None or line.start is None or line.finish is None:
            return
        row, today = line.row, self.bridge.today
        if not finish_only:
            self.bridge.execute(MoveTask(row.id, days, today, row.title, repeated=True))
        elif stretchable(row, line.holds):
            drag = BarDrag(row, Part.FINISH, (row,), today)
            drag.move(days)
            if drag.shown is not None and drag.commit() is not None:
                self.bridge.execute(
                    SetTaskDates(row.id, *drag.shown, today, row.title, repeated=True)
                )

    def toggle_done(self) -> None:
        """Done, or not begun again."""
        line = self.view.current
        if line is not None and line.row is not None and not line.holds:
            percent = 0 if line.row.done else 100
            self.bridge.execute(SetPercent(line.key, percent, line.row.title))

    def link(self) -> None:
        """Let each selected line wait for the one above it."""
        keys = tuple(self.view.selected)
        if len(keys) > 1:
            self.bridge.execute(AddLinks(keys))

    def unlink(self) -> None:
        """Remove the links among the selected lines, or all links of a single one."""
        found = self._links_here()
        if found:
            remove = Remove("link", found)
            self.bridge.execute(Several((remove,), msg("Remove links of the plan")))

    def _links_here(self) -> tuple[int, ...]:
        keys = set(self.view.selected)
        ends = [(link.id, {link.predecessor_id, link.successor_id}) for link in self._links()]
        if len(keys) == 1:
            return tuple(key for key, both in ends if both & keys)
        return tuple(key for key, both in ends if both <= keys)

    # menu ------------------------------------------------------------------------------------

    def menu(self, parent: QWidget, more: tuple[QAction, ...] = ()) -> QMenu:
        """A menu of what can be done with the selected lines; `more` follows after a line."""
        made = QMenu(parent)
        made.setToolTipsVisible(True)
        line = self.view.current
        none = "" if line is not None and line.row is not None else tr("Choose a row first.")
        single = "" if len(self.view.selected) > 1 else tr("Select two lines or more first.")
        linked = "" if self._links_here() else tr("There is no link to remove here.")
        entries: tuple[tuple[str, str, Callable[[], None], str] | None, ...] = (
            (tr("Add a task"), "Ins", lambda: self.add(), ""),
            (tr("Add a line under it"), "Ctrl+Ins", lambda: self.add(under=True), none),
            (tr("Add a milestone"), "", lambda: self.add(TaskKind.MILESTONE), ""),
            (tr("Add a phase"), "", lambda: self.add(TaskKind.PHASE), ""),
            None,
            (tr("Done or not done"), "", self.toggle_done, none),
            (tr("Indent"), "Tab", lambda: self.indent(False), none),
            (tr("Outdent"), "Shift+Tab", lambda: self.indent(True), none),
            (tr("Move up"), "Alt+Up", lambda: self.move_line(-1), none),
            (tr("Move down"), "Alt+Down", lambda: self.move_line(1), none),
            None,
            (tr("Link the selected lines in order"), "", self.link, single),
            (tr("Remove their links"), "", self.unlink, linked),
            None,
            (tr("Delete"), "Del", self.remove, none),
        )
        frozen = self.bridge.why_not_edit()
        for entry in entries:
            if entry is None:
                made.addSeparator()
                continue
            text, key, run, reason = entry
            native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            action = made.addAction(f"{text}\t{native}" if key else text)
            action.triggered.connect(lambda _=False, run=run: run())
            set_reason(action, frozen or reason)
        made.addSeparator()
        shared = made.addMenu(tr("Cells, filter and view"))
        shared.setToolTipsVisible(True)
        fill_row_menu(shared, self.view)
        if more:
            made.addSeparator()
            made.addActions(more)
        return made

    def show_menu(self, at: QPoint, parent: QWidget) -> None:
        """The menu at a point of the screen."""
        menu = self.menu(parent)
        menu.exec(at)
        menu.deleteLater()
