"""The menu of the selected lines of the plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot import formats
from crm_pilot.i18n import tr
from crm_pilot.planning.terms import MODES, TaskKind
from ui.language import lang
from ui.widgets.buttons import set_reason
from ui.widgets.grid_menu import fill_row_menu

if TYPE_CHECKING:
    from ui.screens.planning.edits import PlanEdits

PERCENTS = (0, 25, 50, 75, 100)
Entry = tuple[str, str, Callable[[], object], str]  # text, keys, what it does, why it cannot


class LineMenu:
    """Makes the menu anew each time; what cannot be done says why."""

    def __init__(self, edits: PlanEdits) -> None:
        self._edits = edits

    def menu(self, parent: QWidget) -> QMenu:
        """The menu of the lines."""
        made = QMenu(parent)
        made.setToolTipsVisible(True)
        self.fill(made)
        return made

    def fill(self, menu: QMenu) -> None:
        """Its entries: the line, adding, progress and mode, places, links, deleting, cells."""
        edits, view = self._edits, self._edits.view
        line = view.current
        none = "" if line is not None and line.row is not None else tr("Choose a row first.")
        key = line.key if line is not None else 0
        _add(menu, (tr("Details of the line…"), "Enter", lambda: edits.open_task(key), none))
        menu.addSeparator()
        for entry in (
            (tr("Add a task"), "Ins", lambda: edits.add(), ""),
            (tr("Add a line under it"), "Ctrl+Ins", lambda: edits.add(under=True), none),
            (tr("Add a milestone"), "", lambda: edits.add(TaskKind.MILESTONE), ""),
            (tr("Add a phase"), "", lambda: edits.add(TaskKind.PHASE), ""),
        ):
            self._add(menu, entry)
        menu.addSeparator()
        self._fill_state(menu, none)
        menu.addSeparator()
        self._fill_places(menu, none)
        menu.addSeparator()
        self._add(menu, (tr("Delete"), "Del", edits.remove, none))
        menu.addSeparator()
        shared = _sub(menu, tr("Cells, filter and view"))
        fill_row_menu(shared, view)

    def _fill_state(self, menu: QMenu, none: str) -> None:
        edits = self._edits
        rows = edits.work()
        phase = none or ("" if rows else tr("The schedule of a phase follows from its lines."))
        done = _sub(menu, tr("Progress"))
        for percent in PERCENTS:
            text = formats.percent(percent / 100, lang())
            act = partial(edits.set_percent, percent)
            _check(
                self._add(done, (text, "", act, phase)), _all(row.percent for row in rows), percent
            )
        mode = _sub(menu, tr("Planned"))
        for one, text in MODES.items():
            entry = (tr(text), "", partial(edits.set_mode, one), phase)
            _check(self._add(mode, entry), _all(row.mode for row in rows), one)
        active = not rows or any(row.active for row in rows)
        text = tr("Take out of the plan") if active else tr("Take back into the plan")
        self._add(menu, (text, "", partial(edits.set_active, not active), phase))

    def _fill_places(self, menu: QMenu, none: str) -> None:
        edits = self._edits
        single = "" if len(edits.view.selected) > 1 else tr("Select two lines or more first.")
        linked = "" if edits.links_here() else tr("There is no link to remove here.")
        for entry in (
            (tr("Link the selected lines in order"), "Ctrl+F2", edits.link, single),
            (tr("Remove their links"), "Ctrl+Shift+F2", edits.unlink, linked),
        ):
            self._add(menu, entry)
        menu.addSeparator()
        for entry in (
            (tr("Indent"), "Tab", lambda: edits.indent(False), none),
            (tr("Outdent"), "Shift+Tab", lambda: edits.indent(True), none),
            (tr("Move up"), "Alt+Up", lambda: edits.move_line(-1), none),
            (tr("Move down"), "Alt+Down", lambda: edits.move_line(1), none),
        ):
            self._add(menu, entry)

    def _add(self, menu: QMenu, entry: Entry) -> QAction:
        """An entry that edits."""
        text, key, act, reason = entry
        return _add(menu, (text, key, act, self._edits.bridge.why_not_edit() or reason))


def _add(menu: QMenu, entry: Entry) -> QAction:
    text, key, act, reason = entry
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    action = menu.addAction(f"{text}\t{native}" if key else text)
    action.triggered.connect(lambda _=False: act())
    set_reason(action, reason)
    return action


def _sub(menu: QMenu, text: str) -> QMenu:
    made = menu.addMenu(text)
    made.setToolTipsVisible(True)
    return made


def _check(action: QAction, known: object, value: object) -> None:
    action.setCheckable(True)
    action.setChecked(known == value)


def _all(values: object) -> object:
    """What all of them are, or None."""
    found = set(values)  # type: ignore[call-overload]
    return found.pop() if len(found) == 1 else None
