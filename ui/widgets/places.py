"""Which columns a table shows, how wide and in what order; remembered under the table's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from ui.models.columns import Column
    from ui.widgets.grid import Grid

GROWS_FROM = 120  # pixels a growing column keeps, before the table scrolls sideways
PAUSE_MS = 300  # after the last move of a border, before it is remembered


class ColumnPlaces(QObject):
    """Columns of one grid: hidden and ordered by the person, or hidden for want of room."""

    changed = Signal()

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._settings = grid.bridge.settings
        self.columns: tuple[Column, ...] = grid.grid.columns
        self._hidden = {column.key for column in self.columns if column.hidden}
        self._pinned: set[str] = set()  # shown by the person: not hidden for want of room
        self._widths = [column.width for column in self.columns]
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self.remember)
        head = grid.horizontalHeader()
        head.setSectionsMovable(True)
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(lambda *_: self._later.start())
        self.put(self._settings.tables.get(grid.name, {}))

    # remembering -----------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Widths, order and choice of columns, for the settings."""
        keys = [column.key for column in self.columns]
        return {
            "widths": dict(zip(keys, self._widths, strict=True)),
            "order": self.order,
            "hidden": sorted(self._hidden),
            "pinned": sorted(self._pinned),
        }

    def put(self, state: dict[str, Any]) -> None:
        """Arrange the columns as in a `state`; what it does not know stays as it is."""
        widths = state.get("widths", {})
        for place, column in enumerate(self.columns):
            width = widths.get(column.key, self._widths[place])
            if isinstance(width, int) and width > 0:
                self._widths[place] = width
                self._grid.setColumnWidth(place, width)
        known = {column.key for column in self.columns}
        if "hidden" in state:
            new = known - set(state.get("order", known))  # added to the program since
            unseen = {column.key for column in self.columns if column.hidden and column.key in new}
            self._hidden = set(state["hidden"]) & known | unseen
            self._pinned = set(state.get("pinned", ())) & known
        self.set_order([key for key in state.get("order", ()) if key in known])
        self.fit()

    def remember(self) -> None:
        """Write what was chosen into the settings."""
        self._settings.tables[self._grid.name] = self.state()

    def _resized(self, place: int, _old: int, new: int) -> None:
        if new:  # a hidden column keeps the width it had
            self._widths[place] = new
        self._later.start()

    # choosing --------------------------------------------------------------------------------

    @property
    def order(self) -> list[str]:
        """Keys of all columns in the order shown."""
        head = self._grid.horizontalHeader()
        return [self.columns[head.logicalIndex(at)].key for at in range(len(self.columns))]

    def set_order(self, keys: list[str]) -> None:
        """Show these columns first, in this order."""
        head = self._grid.horizontalHeader()
        for target, key in enumerate(keys):
            place = next(i for i, column in enumerate(self.columns) if column.key == key)
            head.moveSection(head.visualIndex(place), target)

    def is_shown(self, key: str) -> bool:
        """Whether the person wants to see a column (it may lack the room)."""
        return key not in self._hidden

    def show(self, key: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if not shown and len(self._hidden) >= len(self.columns) - 1:
            return
        self._hidden = self._hidden - {key} if shown else self._hidden | {key}
        self._pinned = self._pinned | {key} if shown else self._pinned - {key}
        self._chosen()

    def reset(self) -> None:
        """Columns, order and widths as they come."""
        self._hidden = {column.key for column in self.columns if column.hidden}
        self._pinned = set()
        for place, column in enumerate(self.columns):
            self._grid.setColumnWidth(place, column.width)
            self._widths[place] = column.width
        self.set_order([column.key for column in self.columns])
        self._chosen()

    def _chosen(self) -> None:
        self.fit()
        self._later.start()
        self.changed.emit()

    # fitting ---------------------------------------------------------------------------------

    def fit(self, room: int = 0) -> None:
        """Hide spare columns, the highest first, until the growing ones have what they need."""
        room = room or self._grid.viewport().width()
        columns = self.columns
        needed = {
            place: column.width if column.grow else self._widths[place]
            for place, column in enumerate(columns)
            if column.key not in self._hidden
        }
        left = sum(needed.values())
        gone = {place for place in range(len(columns)) if place not in needed}
        spares = [p for p in needed if columns[p].spare and columns[p].key not in self._pinned]
        for place in sorted(spares, key=lambda place: -columns[place].spare):
            if left > room:
                gone.add(place)
                left -= needed[place]
        for place in range(len(columns)):
            if self._grid.isColumnHidden(place) != (place in gone):
                self._grid.setColumnHidden(place, place in gone)
        self._keep_readable(left - room, [p for p in needed if columns[p].grow and p not in gone])

    def _keep_readable(self, lacking: int, growing: list[int]) -> None:
        """Keep growing columns readable where columns that were asked for leave them no room."""
        head, columns = self._grid.horizontalHeader(), self.columns
        spare = sum(columns[place].width - self._least(place) for place in growing)
        mode = QHeaderView.ResizeMode
        for place in growing:
            fixed = lacking > spare
            head.setSectionResizeMode(place, mode.Interactive if fixed else mode.Stretch)
            if fixed:
                self._grid.setColumnWidth(place, self._least(place))

    def _least(self, place: int) -> int:
        return min(self.columns[place].width, GROWS_FROM)
