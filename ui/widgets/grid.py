"""What every table and outline of the program can do, written once over `GridModel`.

Copy and paste as spreadsheets do, fill down, one value for many rows, find and replace, duplicate,
filter by any column, choose and order columns, named views. Each edit is one step to undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, nmsg, tr
from ui.models import clipboard, edits
from ui.models.grid import GridModel, Index
from ui.widgets.heading import HEIGHT, Heading
from ui.widgets.places import ColumnPlaces

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionRange

    from ui.bridge import Bridge
    from ui.models.columns import Column
    from ui.models.edits import EditPlan
    from ui.widgets.grid_menu import Entry

ROW_HEIGHT = 28
MOST_SELECTED = 500  # rows selected one by one after they were added
NO_ROW = N_("Choose a row first.")
NO_COPY = N_("Rows of this table cannot be duplicated.")
Key = Qt.Key
Mod = Qt.KeyboardModifier


class Grid(QTableView):
    """A view of a `GridModel`, remembered under `name`. `arranged` is emitted when filters,
    columns or views changed."""

    arranged = Signal()

    def __init__(
        self, bridge: Bridge, model: GridModel, name: str, *, heading_height: int = HEIGHT
    ) -> None:
        super().__init__()
        self.bridge, self.grid, self.name = bridge, model, name
        self.heading = Heading(self, model, heading_height)
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.places = ColumnPlaces(self)
        self.places.changed.connect(self.arranged)
        for place, column in enumerate(model.columns):
            if column.grow:
                self.heading.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.heading.setStretchLastSection(not any(column.grow for column in model.columns))
        self.heading.sortIndicatorChanged.connect(model.sort)
        self.heading.filter_asked.connect(self.filter_column)
        self.heading.menu_asked.connect(self._heading_menu)
        self.own_entries: Callable[[], Sequence[Entry]] = tuple  # of its menu, beside the shared
        self._spread = False  # the editor that closes writes into all selected rows

    def cover_corner(self) -> None:
        """Carry the ground of the headings over the scroll bar."""
        above = QFrame()
        above.setProperty("role", "head")
        above.setFixedHeight(self.heading.height())
        self.addScrollBarWidget(above, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.places.fit(event.size().width())
        super().resizeEvent(event)

    def setCurrentIndex(self, index: Index) -> None:
        """Stand on a cell and select its row alone. Qt's own looks at the keys that are held:
        after Ctrl+Shift+D it would stretch the selection over rows nobody chose."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    # what is chosen --------------------------------------------------------------------------

    @property
    def shown_columns(self) -> list[int]:
        """Columns in the order they are shown."""
        head = self.heading
        order = (head.logicalIndex(at) for at in range(head.count()))
        return [place for place in order if not self.isColumnHidden(place)]

    @property
    def selected_items(self) -> list[Any]:
        """The rows selected, in the order shown."""
        items = (self.grid.item(place) for place in self.selected_places)
        return [item for item in items if item is not None]

    @property
    def selected_places(self) -> list[int]:
        """Lines selected, in order; by ranges, because a selection may hold all of a long table."""
        ranges = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})

    @property
    def shown_items(self) -> list[Any]:
        """The rows shown, in order."""
        items = (self.grid.item(place) for place in range(self.grid.rowCount()))
        return [item for item in items if item is not None]

    @property
    def current_column(self) -> Column | None:
        """The column of the current cell."""
        index = self.currentIndex()
        return self.grid.columns[index.column()] if index.isValid() else None

    # why something cannot be done ------------------------------------------------------------

    def why_not_edit(self) -> str:
        """Why the current column of the selected rows cannot be edited; empty when it can."""
        if self.grid.read_only:
            return self.bridge.why_not_edit()
        column, items = self.current_column, self.selected_items
        if column is None or not items:
            return tr(NO_ROW)
        if any(self.grid.can_edit(item, column) for item in items):
            return ""
        return self.grid.why_not_edit(items[0], column)

    def why_not_copy_rows(self) -> str:
        """Why the selected rows cannot be duplicated; empty when they can."""
        if self.grid.read_only:
            return self.bridge.why_not_edit()
        if not self.selected_items:
            return tr(NO_ROW)
        return "" if self.grid.copies else tr(NO_COPY)

    # copy and paste --------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected rows with their headings, as spreadsheets take them."""
        columns = [self.grid.columns[place] for place in self.shown_columns]
        rows = [[column.plain(item) for column in columns] for item in self.selected_items]
        heads = [tr(column.title) for column in columns]
        QGuiApplication.clipboard().setText(clipboard.to_text([heads, *rows]))

    def copy_column(self) -> None:
        """Copy the cells of the current column, without the heading."""
        column = self.current_column
        if column is not None:
            cells = [[column.plain(item)] for item in self.selected_items]
            QGuiApplication.clipboard().setText(clipboard.to_text(cells))

    def paste(self) -> None:
        """Paste what was copied from here or a spreadsheet, from the current cell on. What cannot
        be taken, or would add rows, is shown before anything changes."""
        cells = clipboard.from_text(QGuiApplication.clipboard().text())
        if not cells:
            return
        if not self.bridge.may_edit():
            return
        plan = self.paste_plan(cells, add=self.grid.rowCount() == 0)
        if plan.edits and not plan.problems and not plan.added:
            self.carry_out(plan, pasted(plan))
        else:
            from ui.dialogs.paste import PasteDialog

            PasteDialog(self, cells).open()

    def paste_plan(self, cells: Sequence[Sequence[str]], *, add: bool) -> EditPlan:
        """What pasting `cells` would do: over the rows from the current one on (one line goes
        into every selected row), or, with `add`, as new rows."""
        shown = self.shown_columns
        headed = edits.named(self.grid.columns, cells[0]) if len(cells) > 1 else None
        columns: Sequence[Column | None]
        if headed is not None:
            columns, cells = headed, cells[1:]
        else:
            current = self.currentIndex().column()
            start = 0 if add or current not in shown else shown.index(current)
            columns = [self.grid.columns[place] for place in shown[start:]]
        onto: list[Any] = []
        if not add:
            selected = self.selected_items
            if len(cells) == 1 and len(selected) > 1:
                onto, cells = selected, [cells[0]] * len(selected)
            else:
                first = max(0, self.currentIndex().row())
                places = range(first, self.grid.rowCount())
                onto = [i for p in places if (i := self.grid.item(p)) is not None]
        return edits.paste(self.grid, columns, cells, onto)

    # many rows at once -----------------------------------------------------------------------

    def fill_down(self) -> None:
        """The first selected row's value into the others; with one row, the value above it."""
        column, items = self.current_column, self.selected_items
        if column is None or not items:
            return
        if len(items) == 1:
            above = self.grid.item(self.currentIndex().row() - 1)
            items = [above, items[0]] if above is not None else []
        if len(items) > 1:
            self.set_all(items[1:], column, column.value(items[0]))

    def set_all(self, items: Sequence[Any], column: Column, value: Any) -> None:
        """One value into a column of these rows, as one step."""
        plan = edits.fill(self.grid, items, column, value)
        if plan.problems:
            problem = plan.problems[0].problem
            assert problem is not None
            self.bridge.failed.emit(
                UserError(N_("Nothing was changed: {problem}."), problem=problem)
            )
            return
        count = len(plan.changes)
        what = Message(column.title)
        self.carry_out(
            plan,
            nmsg("Change {what} in {n} row", "Change {what} in {n} rows", count, what=what),
        )

    def carry_out(self, plan: EditPlan, label: Message) -> None:
        """Carry out the changes of a plan as one step; the first added row becomes current."""
        try:
            command = plan.command(label)
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        made = self.bridge.execute(command) if command is not None else None
        if plan.added:
            ids = [one for one in (made if isinstance(made, list) else [made]) if one is not None]
            self._stand_on(ids[-plan.added :])

    def duplicate(self) -> None:
        """Copies of the selected rows; the first of them becomes current."""
        keys = [self.grid.key(item) for item in self.selected_items]
        command = self.grid.copy_command(keys)
        self._stand_on(self.bridge.execute(command) if command is not None else None)

    def _stand_on(self, ids: Sequence[int] | None) -> None:
        """Select these rows where they are shown; the first of them becomes current."""
        places = [place for key in ids or () if (place := self.grid.place(key)) is not None]
        if places:
            self.setCurrentIndex(self.grid.index(places[0], self.shown_columns[0]))
        flags = QItemSelectionModel.SelectionFlag
        for place in places[1:MOST_SELECTED]:
            index = self.grid.index(place, self.shown_columns[0])
            self.selectionModel().select(index, flags.Select | flags.Rows)

    def change_selected(self) -> None:
        """Ask for a value that goes into the selected rows."""
        if not self.why_not_edit():
            from ui.dialogs.change_rows import ChangeRows

            ChangeRows(self).open()

    def replace(self) -> None:
        """Find and replace in the rows shown, or in the selected ones."""
        if self.bridge.may_edit():
            from ui.dialogs.replace import ReplaceDialog

            ReplaceDialog(self).open()

    # filters, columns, views -----------------------------------------------------------------

    def filter_column(self, place: int) -> None:
        """Open the filter of a column below its heading."""
        from ui.widgets.filter_popup import FilterPopup

        left = self.heading.sectionViewportPosition(place)
        where = self.heading.viewport().mapToGlobal(QPoint(left, self.heading.height()))
        FilterPopup(self, self.grid.columns[place]).show_at(where)

    def filter_current(self) -> None:
        """Open the filter of the current column."""
        place = self.currentIndex().column()
        self.filter_column(place if place >= 0 else self.shown_columns[0])

    def set_filter(self, key: str, wanted: Any) -> None:
        """Filter a column; None takes its filter away."""
        self.grid.set_filter(key, wanted)
        self.heading.viewport().update()
        self.arranged.emit()

    def clear_filters(self) -> None:
        """Take every filter of a column away."""
        self.grid.set_filters({})
        self.heading.viewport().update()
        self.arranged.emit()

    def choose_columns(self) -> None:
        """Open the list of columns."""
        from ui.dialogs.choose_columns import ChooseColumns

        ChooseColumns(self).open()

    # menus and keys --------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from ui.widgets.grid_menu import row_menu

        menu = row_menu(self)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def _heading_menu(self, place: int, where: QPoint) -> None:
        from ui.widgets.grid_menu import heading_menu

        menu = heading_menu(self, place)
        menu.exec(where)
        menu.deleteLater()

    def grid_key(self, event: QKeyEvent) -> bool:
        """Carry out a key that all grids share; whether it was one."""
        for keys, act in self._keys():
            if QKeySequence(event.keyCombination()) == QKeySequence(keys):
                act()
                return True
        if event.key() == Key.Key_F2 and not self._editable_here():
            self._say_here(self.why_not_edit() or tr(NO_ROW))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            return False
        return True

    def _keys(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("Ctrl+Shift+C", self.copy_column),
            ("Ctrl+D", self.fill_down),
            ("Ctrl+H", self.replace),
            ("Ctrl+Shift+D", self.duplicate),
            ("Ctrl+Return", self.change_selected),
            ("Ctrl+Enter", self.change_selected),
            ("Ctrl+Shift+F", self.filter_current),
            ("Ctrl+Shift+L", self.clear_filters),
            ("Shift+F10", self.ask_menu),
        )

    def ask_menu(self) -> None:
        """The menu of the current cell, for keyboards without a menu key."""
        where = self._cell().center()
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, where, self.viewport().mapToGlobal(where)
        )
        QCoreApplication.sendEvent(self.viewport(), event)

    def _cell(self) -> QRect:
        return self.visualRect(self.currentIndex())

    def _editable_here(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and bool(self.grid.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _say_here(self, reason: str) -> None:
        """Say a reason below the current cell."""
        where = self.viewport().mapToGlobal(self._cell().bottomLeft())
        QToolTip.showText(where, reason, self)

    def spread_next(self) -> None:
        """The value now being typed goes into all selected rows (Ctrl+Enter in an editor)."""
        self._spread = True

    def take_spread(self) -> bool:
        """Whether the value just typed goes into all selected rows; asked once."""
        spread, self._spread = self._spread, False
        return spread

    def spread(self, place: int, typed: Any) -> bool:
        """What was typed in a column's editor into all selected rows; False when refused."""
        column = self.grid.columns[place]
        try:
            value = column.parse(typed, self.bridge.today)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        self.set_all(self.selected_items, column, value)
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After a value that was refused stay here: no editor of the next cell opens."""
        if editor.property("refused"):
            hint = QAbstractItemDelegate.EndEditHint.NoHint
        super().closeEditor(editor, hint)


def pasted(plan: EditPlan) -> Message:
    """Name of the step that pastes."""
    count = len(plan.changes)
    return nmsg("Paste {n} cell", "Paste {n} cells", count)
