"""The first view of the room: the month by department, curves, movers, features, checkpoints."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.language import lang
from ui.reading import Reading
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.loading import LoadingView
from ui.screens.adoption.overview_read import Overview, read
from ui.screens.adoption.overview_tiles import (
    CheckpointsTile,
    CurvesTile,
    FeaturesTile,
    MonthTile,
    MoversTile,
    MultiplesTile,
    OverviewTile,
)
from ui.widgets.page import GAP

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

COLUMNS, ROWS = (462, 376, 242), (246, 268)  # shares of the width and height
LEAST = (400, 270, 210)  # widths under which the room scrolls
PLACES: tuple[tuple[type[OverviewTile], int, int], ...] = (
    (MonthTile, 0, 0),
    (CurvesTile, 0, 1),
    (MoversTile, 0, 2),
    (FeaturesTile, 1, 0),
    (MultiplesTile, 1, 1),
    (CheckpointsTile, 1, 2),
)


class OverviewView(QWidget):
    """Tiles that share their column edges. `narrowed(filter)` asks for a department alone."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()
        self._by_user = False
        self._begun = False  # not before the first `refresh`: it would be read twice
        self._shown: Overview | None = None
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._show)
        self.reading.begun.connect(self._wait)
        self.loading = LoadingView(COLUMNS, ROWS)
        self.tiles: list[OverviewTile] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build())
        self._stack.addWidget(self.loading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _build(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for kind, row, column in PLACES:
            tile = kind(self.bridge)
            tile.department_asked.connect(self._narrow)
            tile.go.connect(self.go)
            tile.view_asked.connect(self.view_asked)
            self.tiles.append(tile)
            grid.addWidget(tile, row, column)
        for place, share in enumerate(COLUMNS):
            grid.setColumnStretch(place, share)
            grid.setColumnMinimumWidth(place, LEAST[place])
        for place, share in enumerate(ROWS):
            grid.setRowStretch(place, share)
        self.month.user_asked.connect(self.show_users)
        return page

    @property
    def month(self) -> MonthTile:
        """The tile of the month."""
        return next(tile for tile in self.tiles if isinstance(tile, MonthTile))

    # reading ---------------------------------------------------------------------------------

    def show_scope(self, where: UseFilter) -> None:
        """Read with another filter."""
        if where != self._where:
            self._where = where
            if self._begun:
                self._read()

    def show_users(self, on: bool) -> None:
        """Show the month by user, or by department."""
        self._by_user = on
        self._read()

    def refresh(self, changed: Changed | None) -> None:
        """Read everything."""
        self._begun = True
        self._read()

    def _read(self) -> None:
        if not self._where.month or not self.bridge.has_project:
            return
        ask = partial(
            read,
            today=self.bridge.today,
            where=self._where,
            by_user=self._by_user,
            language=lang(),
        )
        self.reading.read(ask)

    def _wait(self) -> None:
        """Outlines before the first figures; later the known ones stay until the new ones come."""
        if self._shown is None:
            self._stack.setCurrentWidget(self.loading)

    def _show(self, found: Overview) -> None:
        self._shown = found
        self._by_user = found.by_user
        for tile in self.tiles:
            tile.show_overview(found)
        self._stack.setCurrentIndex(0)

    # words and keys --------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.loading.retranslate()
        for tile in self.tiles:
            tile.retranslate()
        if self._shown is not None:
            self._read()

    def take_focus(self) -> None:
        """Put the keyboard on the month."""
        self.month.view.setFocus()

    def _narrow(self, key: int) -> None:
        """Show a department alone; the same once more shows all again."""
        alone = frozenset({key})
        wanted = frozenset() if self._where.departments == alone else alone
        self.narrowed.emit(replace(self._where, departments=wanted))
