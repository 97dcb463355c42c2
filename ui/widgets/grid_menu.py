"""The menus of every table and outline: of its rows, of a heading, and of its views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from crm_pilot.i18n import tr
from ui.widgets import views
from ui.widgets.buttons import set_reason

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


@dataclass(frozen=True)
class Entry:
    """Something a table offers beside what all tables do; `reason`: why it cannot be done."""

    text: str  # translated
    act: Callable[[], object]
    keys: str = ""
    reason: str = ""


def _entry(
    menu: QMenu, text: str, keys: str, act: Callable[[], object], reason: str = ""
) -> QAction:
    """An entry with its keys; greyed, with the reason, when there is one."""
    said = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    entry = menu.addAction(f"{text}\t{said}" if keys else text)
    entry.triggered.connect(lambda _=False: act())
    set_reason(entry, reason)
    return entry


def row_menu(grid: Grid) -> QMenu:
    """What can be done with the selected rows and the current column, and deleting them."""
    menu = QMenu(grid)
    menu.setToolTipsVisible(True)
    fill_row_menu(menu, grid)
    return menu


def fill_row_menu(menu: QMenu, grid: Grid) -> None:
    """The entries of every table; deleting is among them where the table itself does it."""
    none = "" if grid.selected_items else tr("Choose a row first.")
    edit = grid.why_not_edit()
    _entry(menu, tr("Copy the rows"), "Ctrl+C", grid.copy, none)
    _entry(menu, tr("Copy the column's cells"), "Ctrl+Shift+C", grid.copy_column, none)
    reason = grid.bridge.why_not_edit()
    _entry(menu, tr("Paste"), "Ctrl+V", grid.paste, reason)
    menu.addSeparator()
    _entry(menu, tr("Change the selected rows…"), "Ctrl+Enter", grid.change_selected, edit)
    _entry(menu, tr("Fill down"), "Ctrl+D", grid.fill_down, edit)
    _entry(menu, tr("Find and replace…"), "Ctrl+H", grid.replace, reason)
    _entry(menu, tr("Duplicate"), "Ctrl+Shift+D", grid.duplicate, grid.why_not_copy_rows())
    remove = getattr(grid, "remove_selected", None)
    if remove is not None:
        _entry(menu, tr("Delete"), "Del", remove, reason or none)
    menu.addSeparator()
    own = grid.own_entries()
    for one in own:
        _entry(menu, one.text, one.keys, one.act, one.reason)
    if own:
        menu.addSeparator()
    fill_view_menu(menu, grid)


def fill_view_menu(menu: QMenu, grid: Grid) -> None:
    """Filter, columns, views, export."""
    column = grid.current_column
    if column is not None:
        text = tr("Filter by “{column}”…", column=tr(column.title))
        _entry(menu, text, "Ctrl+Shift+F", grid.filter_current)
    none = "" if grid.grid.filters else tr("No column is filtered.")
    _entry(menu, tr("Take all filters away"), "Ctrl+Shift+L", grid.clear_filters, none)
    _entry(menu, tr("Columns…"), "", grid.choose_columns)
    saved = menu.addMenu(tr("Views"))
    fill_saved_views(saved, grid)
    menu.addSeparator()
    empty = "" if grid.grid.rowCount() else tr("There is no row to export.")
    _entry(menu, tr("Export these rows…"), "", lambda: views.export(grid), empty)


def fill_saved_views(menu: QMenu, grid: Grid) -> None:
    """The saved views, then what can be done with them."""
    menu.setToolTipsVisible(True)
    names = views.names(grid)
    for name in names:
        _entry(menu, name.replace("&", "&&"), "", partial(views.use, grid, name))
    if names:
        menu.addSeparator()
    _entry(menu, tr("As it comes"), "", lambda: views.reset(grid))
    _entry(menu, tr("Save this view…"), "", lambda: views.ask_name(grid))
    if names:
        gone = menu.addMenu(tr("Delete a view"))
        for name in names:
            _entry(gone, name.replace("&", "&&"), "", partial(views.forget, grid, name))


def heading_menu(grid: Grid, place: int) -> QMenu:
    """What can be done with one column."""
    menu = QMenu(grid)
    menu.setToolTipsVisible(True)
    column = grid.grid.columns[place]
    head = grid.heading
    for text, order in (
        (tr("Sort ascending"), Qt.SortOrder.AscendingOrder),
        (tr("Sort descending"), Qt.SortOrder.DescendingOrder),
    ):
        _entry(menu, text, "", partial(head.setSortIndicator, place, order))
    unsorted = "" if grid.grid.sorted_by is not None else tr("No column is sorted.")
    ascending = Qt.SortOrder.AscendingOrder
    _entry(menu, tr("As entered"), "", lambda: head.setSortIndicator(-1, ascending), unsorted)
    menu.addSeparator()
    _entry(menu, tr("Filter…"), "Ctrl+Shift+F", lambda: grid.filter_column(place))
    none = "" if column.key in grid.grid.filters else tr("This column is not filtered.")
    _entry(menu, tr("Take this filter away"), "", lambda: grid.set_filter(column.key, None), none)
    menu.addSeparator()
    last = tr("The last column stays.") if len(grid.shown_columns) < 2 else ""
    _entry(menu, tr("Hide this column"), "", lambda: grid.places.show(column.key, False), last)
    _entry(menu, tr("Columns…"), "", grid.choose_columns)
    if column.why is not None:
        menu.addSeparator()
        _entry(menu, tr("Why this figure?"), "", lambda: views.explain(grid, column))
    return menu
