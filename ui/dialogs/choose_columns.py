"""Which columns a table shows, and in what order; by mouse or keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crm_pilot.i18n import tr
from ui.dialogs.base import Dialog
from ui.widgets.buttons import quiet_button
from ui.widgets.ordered_ticks import OrderedTicks

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


class ChooseColumns(Dialog):
    """Tick what is shown; Alt+Up and Alt+Down, dragging or the buttons put it in order."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(
            grid.window(),
            tr("Columns of this table"),
            tr("What is ticked is shown, in this order. Alt+Up and Alt+Down move a column."),
        )
        self._grid = grid
        self.listed = OrderedTicks(self)
        self.listed.setAccessibleName(tr("Columns"))
        self._fill()
        self.up, self.down = quiet_button(tr("Up")), quiet_button(tr("Down"))
        self.up.clicked.connect(lambda: self.listed.shift(-1))
        self.down.clicked.connect(lambda: self.listed.shift(1))
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.up)
        side.addWidget(self.down)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.listed, 1)
        row.addLayout(side)
        self.body.addLayout(row, 1)
        self.add_button("reset", tr("As it comes"), closes=False, left=True)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("ok", tr("Show these columns"), primary=True)
        self.chosen.connect(self._chosen)
        self.listed.setFocus()

    def _fill(self) -> None:
        places, columns = self._grid.places, {c.key: c for c in self._grid.grid.columns}
        self.listed.show_things(
            (key, tr(columns[key].title), places.is_shown(key)) for key in places.order
        )
        self.listed.setMinimumHeight(min(420, 12 + 32 * len(columns)))

    def _chosen(self, key: str) -> None:
        places = self._grid.places
        if key == "reset":
            places.reset()
            self._fill()
        elif key == "ok":
            things = self.listed.things
            places.set_order([name for name, _ in things])
            for name, on in sorted(things, key=lambda thing: not thing[1]):
                if on != places.is_shown(name):
                    places.show(name, on)
            places.remember()
