"""What the plan's keys, buttons and drops do: each makes one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, nmsg, tr
from crm_pilot.planning.commands import AddLinks, AddTask, SetPercent
from crm_pilot.planning.move_lines import MoveLines
from crm_pilot.planning.outline_commands import DeleteTasks, Indent, MoveLine, Outdent
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import RemoveLinks, SetActive, SetMode
from crm_pilot.planning.terms import Mode, Pillar, TaskKind
from crm_pilot.project import Command, Several
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.line_menu import LineMenu
from ui.screens.planning.lines import PILLAR_KEYS, Line
from ui.screens.planning.outline import OutlineView
from ui.screens.planning.row_drag import Where

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
    starts editing its title; `row(key)` is a row of the plan."""

    def __init__(
        self,
        bridge: Bridge,
        view: OutlineView,
        gantt: GanttView,
        reveal: Callable[[int], None],
        row: Callable[[int], TaskRow | None],
    ) -> None:
        self.bridge, self.view, self.gantt = bridge, view, gantt
        self._reveal, self.row = reveal, row
        self.lines_menu = LineMenu(self)
        view.add_asked.connect(lambda under: self.add(TaskKind.TASK, under=under))
        view.remove_asked.connect(self.remove)
        view.indent_asked.connect(self.indent)
        view.line_moved.connect(self.move_line)
        view.task_moved.connect(self.move_task)
        view.percent_moved.connect(self.move_percent)
        view.link_asked.connect(lambda away: self.unlink() if away else self.link())
        view.opened.connect(self.open_task)
        view.dropped.connect(self.drop)
        view.zoom_key.connect(gantt.keys.zoom)

    @property
    def frozen(self) -> bool:
        """Whether nothing may be changed."""
        return not self.bridge.has_project or self.bridge.project.read_only

    # lines -----------------------------------------------------------------------------------

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
            self.bridge.execute(DeleteTasks(tuple(keys), self._title(keys[0])))

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
        elif step and line is not None and line.row is not None:
            self.bridge.execute(MoveLine(line.key, step, line.row.title))

    def drop(self, keys: list[int], key: int, where: int) -> None:
        """Put lines before, after or under another one."""
        title = self._title(keys[0])
        if key < 0:
            pillar = next(one for one, known in PILLAR_KEYS.items() if known == key)
            self.bridge.execute(MoveLines(tuple(keys), pillar=pillar, title=title))
            return
        before, after, under = (key if at == where else None for at in Where)
        self.bridge.execute(MoveLines(tuple(keys), before, after, under, title=title))

    def _title(self, key: int) -> str:
        row = self.row(key)
        return row.title if row is not None else ""

    # bars ------------------------------------------------------------------------------------

    def move_task(self, steps: int, finish_only: bool) -> None:
        """The keys for what a drag does: move a bar, or stretch its finish."""
        line = self.view.current
        if line is not None and line.row is not None:
            act = self.gantt.key_stretch if finish_only else self.gantt.key_move
            act(line.key, steps)

    def move_percent(self, steps: int) -> None:
        """The keys for what dragging the progress does."""
        line = self.view.current
        if line is not None and line.row is not None and not line.holds:
            self.gantt.key_percent(line.key, steps)

    def set_percent(self, percent: int) -> None:
        """The same progress for all selected lines, as one step."""
        rows = [row for row in self.work() if row.percent != percent]
        made = [SetPercent(row.id, percent, row.title) for row in rows]
        label = nmsg(
            "Progress of {n} line: {percent}%",
            "Progress of {n} lines: {percent}%",
            len(made),
            percent=percent,
        )
        self._several(made, label)

    def _several(self, made: list[Any], label: Any) -> None:
        if len(made) == 1:
            self.bridge.execute(made[0])
        elif made:
            self.bridge.execute(Several(tuple(made), label))

    def work(self) -> list[TaskRow]:
        """Selected lines that hold no others."""
        items = self.view.selected_items
        return [line.row for line in items if not line.holds]

    def toggle_done(self) -> None:
        """Done, or not begun again."""
        rows = self.work()
        if rows:
            self.set_percent(0 if all(row.done for row in rows) else 100)

    def set_mode(self, mode: Mode) -> None:
        """Let the engine place the selected lines, or keep their dates by hand."""
        keys = tuple(row.id for row in self.work() if row.mode is not mode)
        self._execute(SetMode(keys, mode) if keys else None)

    def set_active(self, active: bool) -> None:
        """Take the selected lines out of the plan without deleting them, or back in."""
        keys = tuple(row.id for row in self.work() if row.active is not active)
        self._execute(SetActive(keys, active) if keys else None)

    def _execute(self, command: Command | None) -> None:
        if command is not None:
            self.bridge.execute(command)

    # links -----------------------------------------------------------------------------------

    def link(self) -> None:
        """Let each selected line wait for the one above it."""
        keys = tuple(self.view.selected)
        if len(keys) > 1:
            self.bridge.execute(AddLinks(keys))

    def unlink(self) -> None:
        """Remove the links among the selected lines, or all links of a single one."""
        found = self.links_here()
        if found:
            self.bridge.execute(RemoveLinks(found))

    def links_here(self) -> tuple[int, ...]:
        """Links that `unlink` takes away."""
        keys, facts = set(self.view.selected), self.view.outline.facts
        links = {link.id: link for key in keys for link in facts.waits_for(key)}
        if len(keys) == 1:
            links |= {link.id: link for key in keys for link in facts.leads_to(key)}
            return tuple(links)
        return tuple(key for key, link in links.items() if link.predecessor_id in keys)

    # dialogs and menus -----------------------------------------------------------------------

    def open_task(self, key: int) -> None:
        """Open the dialog of a line."""
        from ui.screens.planning.task_dialog import TaskDialog

        row = self.row(key)
        if row is not None:
            TaskDialog(self.view.window(), self.bridge, row).open()

    def menu(self, parent: QWidget) -> QMenu:
        """A menu of what can be done with the selected lines."""
        return self.lines_menu.menu(parent)

    def fill(self, menu: QMenu) -> None:
        """The same in a menu that is there."""
        self.lines_menu.fill(menu)

    def show_menu(self, at: QPoint, parent: QWidget) -> None:
        """The menu at a point of the screen."""
        menu = self.menu(parent)
        menu.exec(at)
        menu.deleteLater()
