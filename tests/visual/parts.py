"""Palette, settings, tables, dialogs of rooms and what floats over the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot import formats
from crm_pilot.i18n import ntr, tr
from tests.visual.steps import Make, opened, until
from ui.main_window import MainWindow
from ui.widgets.fields import LineEdit

FLAG = QItemSelectionModel.SelectionFlag
ROWS = FLAG.Select | FLAG.Rows


def preferences(window: MainWindow) -> QWidget:
    """The settings."""
    from ui.dialogs.preferences import Preferences

    return Preferences(window, window.bridge)


def issue(window: MainWindow) -> QWidget:
    """What is said before a document is frozen."""
    from crm_pilot.governance.terms import Document
    from ui.screens.documents.issue_dialog import IssueDialog

    return IssueDialog(window, window.bridge, Document.COMMITTEE)


def keys(typed: str = "") -> Make:
    """The list of keys."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.keys import KeysDialog

        dialog = KeysDialog(window, window.bridge)
        dialog.search.setText(typed)
        return opened(dialog)

    return make


def palette(typed: str) -> Make:
    """The palette with something typed."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.finder import Finder
        from ui.finding import Finding as Found

        made = Finder(window, Found(window))
        made.show()
        until(lambda: made.complete)
        made.field.setText(typed)
        return made

    return make


def sentence(window: MainWindow) -> QWidget:
    """The sentence of the cockpit."""
    from ui.dialogs.sentence import SentenceDialog

    return SentenceDialog(window, window.bridge, "cockpit")


def at_people(window: MainWindow) -> Any:
    """The table of persons with its first rows selected."""
    window.show_screen("people")
    screen: Any = window.current
    table = screen.table
    table.selectRow(0)
    table.setCurrentIndex(table.rows.index(0, 0))
    return table


def change_rows(window: MainWindow) -> QWidget:
    """One value into many rows."""
    from ui.dialogs.change_rows import ChangeRows

    table = at_people(window)
    for row in range(3):
        table.selectionModel().select(table.rows.index(row, 0), ROWS)
    return ChangeRows(table)


def choose_columns(window: MainWindow) -> QWidget:
    """Columns and their order."""
    from ui.dialogs.choose_columns import ChooseColumns

    return ChooseColumns(at_people(window))


def paste(window: MainWindow) -> QWidget:
    """Cells that cannot all be taken."""
    from ui.dialogs.paste import PasteDialog

    grid = at_people(window)
    return PasteDialog(grid, [["Ivy", "Anne"], ["Jack", "Tom"], ["", "Léa"]])


def replace(window: MainWindow) -> QWidget:
    """Find and replace."""
    from ui.dialogs.replace import ReplaceDialog

    dialog = ReplaceDialog(at_people(window))
    for field, text in zip(dialog.findChildren(LineEdit), ("ar", "or"), strict=False):
        field.setText(text)
    return dialog


def view_name(window: MainWindow) -> QWidget:
    """The name of a view."""
    from ui.dialogs.view_name import ViewName

    return ViewName(at_people(window))


def filter_of(room: str, column: int) -> Make:
    """The filter of a column."""

    def make(window: MainWindow) -> QWidget:
        from ui.widgets.filter_popup import FilterPopup

        window.show_screen(room)
        screen: Any = window.current
        table = screen.sessions.table if room == "training" else screen.table
        return opened(FilterPopup(table, table.grid.columns[column]))

    return make


def row_menu(window: MainWindow) -> QWidget:
    """The menu of a row."""
    from ui.widgets.grid_menu import row_menu as made

    menu: QMenu = made(at_people(window))
    return opened(menu)


def heading_menu(window: MainWindow) -> QWidget:
    """The menu of a heading."""
    from ui.widgets.grid_menu import heading_menu as made

    menu: QMenu = made(at_people(window), 1)
    return opened(menu)


def first_unit(window: MainWindow) -> tuple[Any, int]:
    """The map and its first unit."""
    window.show_screen("stakeholders")
    screen: Any = window.current
    return screen, screen.bridge.reader.value("SELECT min(id) FROM stakeholder")


def modal(window: MainWindow, ask: Callable[[], object]) -> QWidget:
    """The dialog that `ask` opens."""
    from ui.dialogs.base import Dialog

    known = set(window.findChildren(Dialog))
    ask()
    return next(one for one in window.findChildren(Dialog) if one not in known)


def rating(window: MainWindow) -> QWidget:
    """Rate a position."""
    screen, key = first_unit(window)
    return modal(window, lambda: screen.ask_rating(key))


def target(window: MainWindow) -> QWidget:
    """Where a unit should be."""
    screen, key = first_unit(window)
    return modal(window, lambda: screen.asking.target(key))


def unit(kind: str) -> Make:
    """A new group or person."""

    def make(window: MainWindow) -> QWidget:
        from crm_pilot.stakeholders.terms import UnitKind

        screen, _ = first_unit(window)
        return modal(window, lambda: screen.ask_unit(UnitKind[kind]))

    return make


def baseline(window: MainWindow) -> QWidget:
    """The reference plan."""
    from ui.screens.planning.dialogs import BaselineDialog

    window.show_screen("planning")
    assert window.current is not None
    return BaselineDialog(window.current, window.bridge.today)


def announce(window: MainWindow) -> QWidget:
    """A new date of a milestone."""
    from crm_pilot.planning.terms import TaskKind
    from ui.screens.planning.dialogs import AnnounceDialog

    window.show_screen("planning")
    screen: Any = window.current
    row = next(r for r in screen._rows if r.kind is TaskKind.MILESTONE)
    return AnnounceDialog(screen, row, window.bridge.today)


def decision(window: MainWindow) -> QWidget:
    """A new decision."""
    from ui.screens.committee.decision import DecisionDialog

    return DecisionDialog(window.bridge, window)


def courses(window: MainWindow) -> QWidget:
    """A course, changed."""
    from crm_pilot.training.syllabus import course_lines
    from ui.screens.training.course_dialog import CourseDialog

    bridge = window.bridge
    return CourseDialog(window, bridge, course_lines(bridge.reader, bridge.today)[0])


def enrol(window: MainWindow) -> QWidget:
    """Persons for a session."""
    window.show_screen("training")
    screen: Any = window.current
    screen.sessions.table.selectRow(0)
    return modal(window, lambda: screen.sessions.enrol())


def why(room: str, at: int, *, data: bool = False) -> Make:
    """The answer to a "?"."""

    def make(window: MainWindow) -> QWidget:
        from ui.widgets.why import WhyButton
        from ui.widgets.why_panel import WhyPanel

        window.show_screen(room)
        assert window.current is not None
        QTest.qWait(300)
        asks = [b for b in window.current.findChildren(WhyButton) if b.isVisible()]
        asks[at].click()
        panel = window.findChildren(WhyPanel)[-1]
        if data:
            panel.tabs.setCurrentIndex(panel.tabs.count() - 1)
        return panel

    return make


def notice(window: MainWindow) -> QWidget:
    """The bar that tells of a change from elsewhere."""
    from ui.widgets.bar import Notice

    window.show_screen("cockpit")
    bar = window.files.keeping.bar
    changes = ntr("{n} task changed", "{n} tasks changed", 4)
    bar.tell(
        Notice(
            "changed",
            0,
            "warning",
            "watch",
            tr("{person} changed the file at {time}", person="Claire Morel", time="14:02"),
            tr("Compared with yours, it has: {changes}.", changes=changes),
            (("theirs", tr("Open theirs")), ("save_as", tr("Save mine as another file…"))),
        )
    )
    return bar


def busy(window: MainWindow) -> QWidget:
    """A job halfway."""
    from ui.tasks import Job

    job = Job(tr("Opening the project"))
    window.strip.follow(job)
    window.strip._advance(0.4, "1 200 / 3 000")
    window.strip._appear()
    return window.strip


def saved(window: MainWindow) -> QWidget:
    """What the sidebar says of a file that is well kept."""
    line = tr("Saved at {time}", time="14:02")
    passed = tr("last check passed").replace(" ", formats.NO_BREAK)  # as the sidebar does
    copies = ntr("{n} copy, {check}", "{n} copies, {check}", 12, check=passed)
    window.sidebar.state.say("check-circle", "good", line, copies, "")
    return window.sidebar.state
