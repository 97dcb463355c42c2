"""The open risks by probability and impact: four by four, the heaviest at the top right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.governance.risks import LEVELS, RiskTableRow, band
from crm_pilot.governance.rows import HIGH_RISK
from crm_pilot.governance.terms import RISK_TRENDS
from crm_pilot.i18n import msg, ntr, tr
from ui import theme
from ui.charts.cells import CellsView, Place
from ui.charts.ink import Ink, text_width
from ui.widgets.weather import ARROWS
from ui.widgets.why import Asked

SIDES = len(LEVELS)
LEFT = 38.0  # room for the numbers of the probability, and its name along the side
LINE = 17.0  # of codes in a cell
ARROW = 12
TINTS = {"good": 0.10, "watch": 0.16, "alert": 0.16}


class RiskMatrixView(CellsView):
    """Codes of open risks with the arrow of their trend. `chosen((probability, impact))`."""

    head, foot = 4.0, 40.0
    row_low, row_high = 44.0, 104.0

    def __init__(self) -> None:
        super().__init__()
        self._cells: dict[tuple[int, int], list[RiskTableRow]] = {}
        self._rows: Sequence[RiskTableRow] = ()

    def show_risks(self, rows: Sequence[RiskTableRow]) -> None:
        """Draw the open ones of these."""
        self._rows = [row for row in rows if row.open]
        self._cells = {}
        for row in sorted(self._rows, key=lambda row: row.code):
            self._cells.setdefault((row.probability, row.impact), []).append(row)
        self.setAccessibleName(tr("Risk matrix"))
        self.renew()

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("committee.score",)

    def data_table(self) -> DataTable | None:
        headings = (
            Heading(msg("Code")),
            Heading(msg("Risk")),
            Heading(msg("Probability"), "number"),
            Heading(msg("Impact"), "number"),
            Heading(msg("Score"), "number"),
            Heading(msg("At the last committee"), "number"),
        )
        rows = tuple(
            (row.code, row.title, row.probability, row.impact, row.score, row.before)
            for row in self._rows
        )
        return DataTable(headings, rows, msg("Risk matrix")) if rows else None

    def rows(self) -> int:
        return SIDES

    def columns(self) -> int:
        return SIDES

    def levels(self, place: Place) -> tuple[int, int]:
        """Probability and impact of a cell: the highest probability stands at the top."""
        return SIDES - place[0], place[1] + 1

    def at(self, place: Place) -> list[RiskTableRow]:
        """The risks of a cell."""
        return self._cells.get(self.levels(place), [])

    def key_of(self, place: Place) -> object | None:
        return self.levels(place) if self.at(place) else None

    def spoken(self, place: Place) -> str:
        probability, impact = self.levels(place)
        where = tr(
            "Probability {p}, impact {i}, score {s}",
            p=probability,
            i=impact,
            s=probability * impact,
        )
        named = [_named(row) for row in self.at(place)]
        return f"{where}: " + ("; ".join(named) or tr("no risk"))

    def describe(self) -> str:
        high = sum(row.score >= HIGH_RISK for row in self._rows)
        return ", ".join(
            (
                ntr("{n} open risk", "{n} open risks", len(self._rows)),
                ntr("{n} with a score of 9 or more", "{n} with a score of 9 or more", high),
            )
        )

    # where things stand ----------------------------------------------------------------------

    @property
    def cell(self) -> float:
        """Width of a column."""
        return (self.across - LEFT) / SIDES

    def rect_of(self, place: Place) -> QRectF:
        """A cell on the screen."""
        top = self.top_of(place[0])
        return QRectF(LEFT + place[1] * self.cell, top, self.cell, self.row).adjusted(1, 1, -1, -1)

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        column = int((spot.x() - LEFT) // self.cell)
        return (row, column) if row is not None and 0 <= column < SIDES else None

    def sizeHint(self) -> QSize:
        return QSize(340, round(self.head + self.foot + self.row_high * SIDES))

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        ink = Ink(QPainter(self))
        for row in self.in_sight():
            for column in range(SIDES):
                self._paint_cell(ink, (row, column))
        self._paint_axes(ink)
        ink.painter.end()

    def _paint_cell(self, ink: Ink, place: Place) -> None:
        rect, (probability, impact) = self.rect_of(place), self.levels(place)
        score = probability * impact
        token = band(score)
        ink.painter.fillRect(rect, ink.look.mix(token, TINTS[token]))
        high = score >= HIGH_RISK
        ink.text(rect.right() - 5, rect.top() + 14, str(score), size=theme.CAPTION,
                 token="muted", right=True, bold=high)  # fmt: skip
        if high:
            ink.painter.setPen(QPen(ink.look.colour("alert"), 1))
            ink.painter.setBrush(Qt.BrushStyle.NoBrush)
            ink.painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_codes(ink, rect, self.at(place), high)
        if self.on_it(place):
            self.mark_place(ink.painter, rect)

    def _paint_codes(
        self, ink: Ink, rect: QRectF, rows: Sequence[RiskTableRow], high: bool
    ) -> None:
        """Codes in columns of their width, from the top; what finds no room is counted."""
        wide = max((text_width(row.code, bold=high) for row in rows), default=0.0) + ARROW + 8
        across = max(1, int((rect.width() - 8) // wide)) if rows else 1
        first = rect.top() + 15 if across * wide < rect.width() - 26 else rect.top() + 30
        down = max(1, int((rect.bottom() - first + 4) // LINE))
        room = across * down
        shown = list(rows) if len(rows) <= room else list(rows[: room - 1])
        for at, row in enumerate(shown):
            x, base = rect.left() + 6 + (at % across) * wide, first + (at // across) * LINE
            end = x + ink.text(x, base, row.code, bold=high)
            if row.trend is not None:
                ink.icon(end + 2, base - 10, ARROWS[row.trend], "muted", ARROW)
        if len(shown) < len(rows):
            at = len(shown)
            x, base = rect.left() + 6 + (at % across) * wide, first + (at // across) * LINE
            ink.text(x, base, f"+{len(rows) - len(shown)}", token="muted")

    def _paint_axes(self, ink: Ink) -> None:
        for row in self.in_sight():
            base = self.top_of(row) + self.row / 2 + 4
            ink.text(
                LEFT - 8, base, str(SIDES - row), size=theme.CAPTION, token="muted", right=True
            )
        bottom = self.top_of(SIDES) if not self.scrolled else self.height() - self.foot
        for column in range(SIDES):
            text = str(column + 1)
            x = LEFT + (column + 0.5) * self.cell - text_width(text, theme.CAPTION) / 2
            ink.text(x, bottom + 15, text, size=theme.CAPTION, token="muted")
        title = tr("Impact")
        middle = LEFT + (self.across - LEFT - text_width(title, theme.CAPTION)) / 2
        ink.text(middle, bottom + 32, title, size=theme.CAPTION, token="muted")
        ink.painter.save()
        title = tr("Probability")
        along = self.head + self.row * SIDES / 2 + text_width(title, theme.CAPTION) / 2
        ink.painter.translate(12, along)
        ink.painter.rotate(-90)
        ink.text(0, 0, title, size=theme.CAPTION, token="muted")
        ink.painter.restore()


def _named(row: RiskTableRow) -> str:
    said = f"{row.code} {row.title}"
    return f"{said} ({tr(RISK_TRENDS[row.trend])})" if row.trend is not None else said
