"""A small curve a department, all on one scale, each over the band expected of it."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from crm_pilot.adoption.trends import DepartmentCurve
from crm_pilot.datatable import DataTable
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.cells import CellsView, Place, crisp
from ui.charts.ink import Ink, text_width
from ui.language import formats, lang
from ui.screens.adoption.data import multiples_data
from ui.screens.adoption.month_grid import fall
from ui.widgets.why import Asked

NARROWEST, GAP = 98.0, 14.0  # of a panel, and between panels
WIDEST = 300.0
NAME, VALUE = 18.0, 30.0  # height of the name, width of the last value
WEEK = 5.0  # days, the top of the scale as long as nobody comes more often


class MultiplesView(CellsView):
    """Draws `DepartmentCurve`s in rows of panels. Arrow keys walk over the panels."""

    row_low, row_high = 62.0, 150.0

    def __init__(self) -> None:
        super().__init__()
        self.curves: tuple[DepartmentCurve, ...] = ()

    def show_curves(self, curves: tuple[DepartmentCurve, ...]) -> None:
        """Draw these from now on."""
        self.curves = curves
        self.setAccessibleName(tr("By department"))
        self.renew()

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("adoption.multiples",)

    def data_table(self) -> DataTable | None:
        return multiples_data(self.curves) if self.weeks else None

    @property
    def weeks(self) -> tuple[dt.date, ...]:
        """Mondays, from left to right."""
        return tuple(sorted({week for one in self.curves for week, _ in one.points}))

    @property
    def high(self) -> float:
        """The top of the one scale."""
        values = [v for one in self.curves for _, v in one.points if v is not None]
        expected = [one.high for one in self.curves if one.high is not None]
        return float(max([WEEK, *map(math.ceil, values), *map(math.ceil, expected)]))

    def columns(self) -> int:
        count = len(self.curves)
        most = max(1, int((self.width() + GAP) // (NARROWEST + GAP)))
        rows = max(1, math.ceil(count / most))
        return max(1, math.ceil(count / rows))  # as even as they can stand

    def rows(self) -> int:
        return math.ceil(len(self.curves) / self.columns())

    def curve_at(self, place: Place) -> DepartmentCurve | None:
        """The department of a panel; the last row may be short."""
        number = place[0] * self.columns() + place[1]
        return self.curves[number] if number < len(self.curves) else None

    def key_of(self, place: Place) -> object | None:
        one = self.curve_at(place)
        return None if one is None else one.department_id

    def spoken(self, place: Place) -> str:
        one = self.curve_at(place)
        return "" if one is None else self._words(one)

    def _words(self, one: DepartmentCurve) -> str:
        if one.last is None:
            return f"{one.department}: {self._nothing(one)}"
        said = tr(
            "{department}: {value} days a week",
            department=one.department,
            value=formats.number(one.last, lang(), 1),
        )
        if one.low is not None and one.high is not None:
            said += ", " + tr(
                "{low} to {high} expected",
                low=formats.amount(one.low, lang()),
                high=formats.amount(one.high, lang()),
            )
        return said + ", " + tr("below the profile") if one.below else said

    def _nothing(self, one: DepartmentCurve) -> str:
        if one.opens_on is not None:
            return tr("opens {date}", date=formats.day(one.opens_on, lang()))
        return tr("no figure")

    def describe(self) -> str:
        return "; ".join(map(self._words, self.curves)) or tr("Nobody to show")

    # where things stand ----------------------------------------------------------------------

    def panel(self, place: Place) -> QRectF:
        """Where a panel stands."""
        columns = self.columns()
        wide = min(WIDEST, (self.across - (columns - 1) * GAP) / columns)
        return QRectF(place[1] * (wide + GAP), self.top_of(place[0]), wide, self.row)

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        for column in range(self.columns() if row is not None else 0):
            assert row is not None
            inside = self.panel((row, column)).contains(spot)
            if inside and self.curve_at((row, column)) is not None:
                return row, column
        return None

    def walk(self, down: int, right: int) -> None:
        before = self.place
        super().walk(down, right)
        if self.place is not None and self.curve_at(self.place) is None:
            self.place = before
            self._tell()

    def sizeHint(self) -> QSize:
        return QSize(440, round(self.row_high * min(self.rows(), 3)))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, round(self.row_low * min(self.rows(), 3)))

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(QPainter(self))
        weeks, high = self.weeks, self.high
        for row in self.in_sight():
            for column in range(self.columns()):
                one = self.curve_at((row, column))
                if one is not None:
                    self._paint_panel(ink, one, self.panel((row, column)), weeks, high)
                    if self.on_it((row, column)):
                        frame = self.panel((row, column)).adjusted(1, 2, -1, -4)
                        self.mark_place(ink.painter, frame)
        ink.painter.end()

    def _paint_panel(
        self,
        ink: Ink,
        one: DepartmentCurve,
        panel: QRectF,
        weeks: tuple[dt.date, ...],
        high: float,
    ) -> None:
        name = one.department or tr("No department")
        ink.text(panel.x(), panel.y() + 14, name, width=panel.width())
        plot = QRectF(
            panel.x(), panel.y() + NAME + 2, panel.width() - VALUE, panel.height() - NAME - 12
        )
        if one.low is not None and one.high is not None:
            self._paint_band(ink, plot, one.low, one.high, high)
        ink.rule(plot.x(), plot.right(), round(plot.bottom()) + 0.5)
        if one.last is None and not any(v is not None for _, v in one.points):
            base = plot.bottom() - 7
            ink.text(plot.x(), base, self._nothing(one), size=theme.CAPTION, token="muted")
            return
        self._paint_line(ink, one, plot, weeks, high)

    def _paint_band(self, ink: Ink, plot: QRectF, low: float, top: float, high: float) -> None:
        above, under = _y(plot, top, high), _y(plot, low, high)
        band = QRectF(plot.x(), above, plot.width(), max(1.0, under - above))
        ink.painter.fillRect(crisp(ink.painter, band), ink.look.mix("adoption", 0.12))
        if ink.look.line_width > 1:  # tints are hardly seen in high contrast
            ink.line(plot.x(), under, plot.right(), under, "adoption", 1)

    def _paint_line(
        self,
        ink: Ink,
        one: DepartmentCurve,
        plot: QRectF,
        weeks: tuple[dt.date, ...],
        high: float,
    ) -> None:
        step = plot.width() / max(1, len(weeks) - 1)
        at = {week: plot.x() + place * step for place, week in enumerate(weeks)}
        runs: list[list[QPointF]] = [[]]
        for week, value in one.points:
            if value is None:
                runs.append([])
            else:
                runs[-1].append(QPointF(at[week], _y(plot, value, high)))
        painter = ink.painter
        painter.setPen(QPen(ink.look.colour("adoption"), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in runs:
            painter.drawPolyline(QPolygonF(run))
        end = next((run[-1] for run in reversed(runs) if run), None)
        if end is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.look.colour("adoption"))
        painter.drawEllipse(end, 3.0, 3.0)
        self._paint_value(ink, one, plot, end)

    def _paint_value(self, ink: Ink, one: DepartmentCurve, plot: QRectF, end: QPointF) -> None:
        """The last value beside the end of the line, with ▼ under it when it is below."""
        if one.last is None:
            return
        text = formats.number(one.last, lang(), 1)
        lowest = plot.bottom() - (10 if one.below else 0)
        base = min(max(end.y() + 4, plot.y() + 9), lowest)
        left = plot.right() + 8
        wide = text_width(text, theme.CAPTION, bold=True)
        ink.text(left, base, text, size=theme.CAPTION, bold=True)
        if one.below:
            fall(ink, left + wide / 2, base + 8)


def _y(plot: QRectF, value: float, high: float) -> float:
    return plot.bottom() - plot.height() * value / high
