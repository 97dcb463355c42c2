"""Departments whose use rose or fell most between two weeks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from crm_pilot.adoption.trends import Mover, Movers
from crm_pilot.datatable import DataTable
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.cells import CellsView, Place
from ui.charts.ink import Ink
from ui.language import formats, lang
from ui.screens.adoption.data import movers_data
from ui.screens.adoption.month_grid import triangle
from ui.widgets.why import Asked

MOST = 3  # on each side
MARK, VALUE = 16.0, 36.0


class MoversView(CellsView):
    """Up above, down below a hairline. Headings are lines of their own."""

    row_low, row_high = 17.0, 32.0

    def __init__(self) -> None:
        super().__init__()
        self.movers: Movers | None = None

    def show_movers(self, movers: Movers) -> None:
        """Draw these from now on."""
        self.movers = movers
        self.setAccessibleName(tr("Movers"))
        self.renew()

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("adoption.movers",)

    def data_table(self) -> DataTable | None:
        movers = self.movers
        return movers_data(movers) if movers is not None and (movers.up or movers.down) else None

    def lines(self) -> list[Mover | str]:
        """Headings and departments, from top to bottom."""
        if self.movers is None:
            return []
        up, down = self.movers.up[:MOST], self.movers.down[:MOST]
        made: list[Mover | str] = [tr("Up, days a week") if up else tr("No department went up")]
        made += up
        made.append(tr("Down, days a week") if down else tr("No department went down"))
        return [*made, *down]

    def rows(self) -> int:
        return len(self.lines())

    def key_of(self, place: Place) -> object | None:
        line = self.lines()[place[0]]
        return line.department_id if isinstance(line, Mover) else None

    def spoken(self, place: Place) -> str:
        line = self.lines()[place[0]]
        return line if isinstance(line, str) else self._words(line)

    def _words(self, one: Mover) -> str:
        return tr(
            "{department}: {change} days a week, from {before} to {now}",
            department=one.department,
            change=formats.signed(one.change, lang(), 1),
            before=formats.number(one.before, lang(), 1),
            now=formats.number(one.now, lang(), 1),
        )

    def describe(self) -> str:
        return "; ".join(self.spoken((place, 0)) for place in range(self.rows()))

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        return None if row is None else (row, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, lines = Ink(QPainter(self)), self.lines()
        for place in self.in_sight():
            self._paint_line(ink, lines[place], place)
        ink.painter.end()

    def _paint_line(self, ink: Ink, line: Mover | str, place: int) -> None:
        top = self.top_of(place)
        base = top + self.row / 2 + 4.5
        if isinstance(line, str):
            if place:
                ink.rule(0, self.across, round(top) + 0.5)
            ink.text(0, base + 1, line, size=theme.CAPTION, token="muted", width=self.across)
            return
        up = line.change > 0
        ink.text(0, base, line.department, width=self.across - MARK - VALUE - 6)
        triangle(ink, self.across - VALUE - 6, base - 4.5, "good" if up else "alert", up=up)
        value = formats.signed(line.change, lang(), 1)
        ink.text(self.across, base, value, bold=True, right=True, numbers=True)
        if self.on_it((place, 0)):
            self.mark_place(ink.painter, QRectF(1, top + 1, self.across - 2, self.row - 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, round(self.row_low * min(self.rows(), 8)))
