"""The cockpit: the sentence of the day, and eight tiles that open their rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout

from crm_pilot.adoption import queries as adoption
from crm_pilot.governance import queries as governance
from crm_pilot.governance.headline import sentence
from crm_pilot.i18n import N_, current, tr
from crm_pilot.training import queries as training
from ui.language import formats, lang
from ui.reading import Reading
from ui.screens.base import Screen
from ui.screens.cockpit.tiles import (
    AdoptionTile,
    ChangesTile,
    CockpitTile,
    MilestonesTile,
    PositionsTile,
    TicketsTile,
    TrainingTile,
    WarningsTile,
    WeatherTile,
)
from ui.widgets.buttons import Guard, primary_button
from ui.widgets.page import GAP, PageHeader, page_layout

if TYPE_CHECKING:
    from crm_pilot.governance.rows import Warning
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

PLACES: tuple[tuple[type[CockpitTile], int, int, int], ...] = (  # tile, row, column, columns
    (WeatherTile, 0, 0, 1),
    (MilestonesTile, 0, 1, 1),
    (ChangesTile, 0, 2, 1),
    (PositionsTile, 1, 0, 1),
    (AdoptionTile, 1, 1, 1),
    (TrainingTile, 1, 2, 1),
    (WarningsTile, 2, 0, 2),
    (TicketsTile, 2, 2, 1),
)
# What takes long where there are many accounts: the tiles ask for it again, for nothing
LONG = (adoption.figures, training.figures, governance.figures)
COLUMNS, ROWS = (324, 416, 346), (172, 216, 184)  # shares of the width and height


class CockpitScreen(Screen):
    """`completed` is emitted once all tiles have been filled and painted."""

    name, title, icon = "cockpit", N_("Cockpit"), "cockpit"
    completed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.complete = False
        self._filled = False
        self.reading = Reading(bridge, self, kept=True)
        self.reading.found.connect(self._fill)
        self.reading.begun.connect(self._wait)
        self.print_button = primary_button("", "print")
        self.print_button.clicked.connect(self._print)
        self.header = PageHeader(buttons=(self.print_button,))
        self.header.set_why("committee.headlines")
        self.header.link.connect(self._edit_sentence)
        Guard(bridge, self).add(self.header.link_button)
        column = page_layout(self)
        column.addWidget(self.header)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self.tiles: list[CockpitTile] = []
        for kind, row, place, wide in PLACES:
            tile = kind(bridge)
            tile.clicked.connect(lambda tile=tile: self.go.emit(tile.room, "", 0))
            self.tiles.append(tile)
            grid.addWidget(tile, row, place, 1, wide)
        for place, share in enumerate(COLUMNS):
            grid.setColumnStretch(place, share)
            grid.setColumnMinimumWidth(place, 220)
        for place, share in enumerate(ROWS):
            grid.setRowStretch(place, share)
        warnings = self.tiles[6]
        if isinstance(warnings, WarningsTile):
            warnings.panel.opened.connect(self._open_warning)
        column.addLayout(grid, 1)

    def _open_warning(self, warning: Warning) -> None:
        """Go where one acts; for a sign of use, to the signs with their rule and its snooze."""
        sign = warning.says is not None and warning.screen == "adoption"
        self.go.emit(warning.screen, "sign" if sign else "", int(sign))

    def retranslate(self) -> None:
        self.print_button.setText(tr("Print the committee pack"))
        self.header.set_link(tr("Edit the sentence"))
        for tile in self.tiles:
            tile.retranslate()

    def refresh(self, changed: Changed | None) -> None:
        today, words = self.bridge.today, current()
        self.header.set_caption(formats.long_day(today, lang()) + "  ·")

        def ask(reader: Reader) -> str:
            for figures in LONG:
                figures(reader, today)
            return sentence("cockpit", reader, today, words)

        self.reading.read(ask)

    def _wait(self) -> None:
        """Figures that are known stay until the new ones come."""
        if not self._filled:
            self.header.set_sentence(tr(self.title))
            for tile in self.tiles:
                tile.set_caption(tr("Reading…"))

    def _fill(self, words: str) -> None:
        self.header.set_sentence(words)
        for tile in self.tiles:
            if not self._filled:
                tile.set_caption("")
            tile.refresh()
        self._filled = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._filled and not self.complete:
            self.complete = True
            QTimer.singleShot(0, self.completed.emit)

    def _print(self) -> None:
        print_pack = getattr(self.window(), "print_pack", None)
        if print_pack is not None:
            print_pack()

    def _edit_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, "cockpit").open()
