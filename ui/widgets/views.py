"""Named views of a table: filters, order, columns, kept in the person's settings; and what leaves
a table as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from crm_pilot.i18n import tr
from ui.models.filters import ColumnFilter

if TYPE_CHECKING:
    from ui.models.columns import Column
    from ui.widgets.grid import Grid


def _saved(grid: Grid) -> dict[str, Any]:
    return grid.bridge.settings.views.setdefault(grid.name, {})


def names(grid: Grid) -> list[str]:
    """Names of the saved views of a table, in order."""
    return sorted(grid.bridge.settings.views.get(grid.name, {}), key=str.casefold)


def state(grid: Grid) -> dict[str, Any]:
    """The view in front as plain data."""
    model = grid.grid
    made: dict[str, Any] = {
        "filters": {key: one.as_plain() for key, one in model.filters.items()},
        "columns": grid.places.state(),
    }
    if model.sorted_by is not None:
        place, order = model.sorted_by
        made["sort"] = [model.columns[place].key, order == Qt.SortOrder.DescendingOrder]
    return made


def put(grid: Grid, stored: dict[str, Any]) -> None:
    """Show a table as in a `state`."""
    filters = stored.get("filters", {})
    grid.places.put(stored.get("columns", {}))
    grid.grid.set_filters({key: ColumnFilter.from_plain(one) for key, one in filters.items()})
    key, descending = stored.get("sort", ["", False])
    place = grid.grid.column_at(key)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    grid.heading.setSortIndicator(-1 if place is None else place, order)
    grid.heading.viewport().update()
    grid.arranged.emit()


def save(grid: Grid, name: str) -> None:
    """Save the view in front under a name; one of that name is replaced."""
    _saved(grid)[name] = state(grid)
    grid.bridge.remember()
    grid.arranged.emit()


def use(grid: Grid, name: str) -> None:
    """Show a saved view."""
    put(grid, _saved(grid)[name])


def forget(grid: Grid, name: str) -> None:
    """Delete a saved view."""
    _saved(grid).pop(name, None)
    grid.bridge.remember()
    grid.arranged.emit()


def reset(grid: Grid) -> None:
    """No filter, the order and the columns as they come."""
    grid.clear_filters()
    grid.heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    grid.places.reset()


def ask_name(grid: Grid) -> None:
    """Ask under which name the view in front is saved."""
    from ui.dialogs.view_name import ViewName

    ViewName(grid).open()


def explain(grid: Grid, column: Column) -> None:
    """Show the rule, data and source of a column's figures."""
    from ui.widgets.why import show_why

    if column.why is not None:
        show_why(grid, tr(column.title), column.why())


def export(grid: Grid) -> None:
    """Export the rows and columns shown."""
    from crm_pilot.exchange.writing import Sheet, SheetColumn
    from ui.dialogs.export import ExportDialog

    columns = [grid.grid.columns[place] for place in grid.shown_columns]
    heads = tuple(SheetColumn(tr(column.title), column.kind) for column in columns)
    rows = [[column.cell(item) for column in columns] for item in grid.shown_items]
    ExportDialog(grid.window(), grid.bridge, sheet=Sheet(grid.accessibleName(), heads, rows)).open()
