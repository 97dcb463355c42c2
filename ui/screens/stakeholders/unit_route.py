"""The route of one unit on a small plane: where it was, where it is, where it should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.queries import RatingRow
from crm_pilot.stakeholders.terms import ZONES
from crm_pilot.stakeholders.zones import ACTING, LEVELS, Grid
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.painting import text
from ui.widgets.marks import SHAPES, mark_path

LEFT, BOTTOM = 18, 18  # room for the numbers of the levels
TINT = 0.10
NOW, PAST, AIM = 7.5, 4.5, 8.0  # radii
STEP = 9.0  # between stops of one cell
Cell = tuple[int, int]


class RouteView(QWidget):
    """Sixteen cells with the stops of one unit, arrows between them, and its target."""

    def __init__(self) -> None:
        super().__init__()
        self._stops: list[RatingRow] = []
        self._target: Cell | None = None
        self._zones: Grid | None = None
        self.setFixedSize(QSize(238, 186))
        theme.switched().changed.connect(self.update)

    def show_route(self, ratings: Sequence[RatingRow], target: Cell | None, zones: Grid) -> None:
        """`ratings` oldest first; ratings that changed nothing make no stop of their own."""
        self._stops = [
            row for at, row in enumerate(ratings) if at == 0 or _cell(row) != _cell(ratings[at - 1])
        ]
        self._target, self._zones = target, zones
        self.setAccessibleName(tr("Route"))
        self.setAccessibleDescription(self._words())
        self.setToolTip(self._words())
        self.update()

    @property
    def stops(self) -> list[Cell]:
        """Cells in the order they were reached."""
        return [_cell(row) for row in self._stops]

    def _words(self) -> str:
        parts = [
            f"{formats.day(row.rated_on, lang(), year=True)}: {row.synergy}/{row.antagonism}"
            f" {tr(ZONES[row.zone])}"
            for row in self._stops
        ]
        if self._target is not None:
            parts.append(tr("target {cell}", cell="{}/{}".format(*self._target)))
        return " → ".join(parts)

    # drawing ---------------------------------------------------------------------------------

    def _box(self, cell: Cell) -> QRectF:
        synergy, antagonism = cell
        wide, high = (self.width() - LEFT - 1) / 4, (self.height() - BOTTOM - 1) / 4
        return QRectF(LEFT + (antagonism - 1) * wide, (4 - synergy) * high, wide, high)

    def _places(self) -> list[QPointF]:
        """Centres of the stops; several in one cell stand side by side."""
        found = []
        for at, cell in enumerate(self.stops):
            mates = [n for n, other in enumerate(self.stops) if other == cell]
            shift = (mates.index(at) - (len(mates) - 1) / 2) * STEP
            found.append(self._box(cell).center() + QPointF(shift, shift * 0.6))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._zones is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, self._zones)
        places = self._places()
        look = theme.theme()
        pen = QPen(look.colour("accent"), 1.5)
        for number, (start, end) in enumerate(pairwise(places), 2):
            reach = NOW + 3 if number == len(places) else PAST + 3
            _arrow(painter, start, end, pen, PAST + 2, reach)
        if self._target is not None:
            self._aim(painter, places)
        for row, place in zip(self._stops[:-1], places[:-1], strict=True):
            painter.setBrush(look.colour("surface"))
            painter.setPen(QPen(look.colour(row.trio.value), 1.6))
            painter.drawPath(mark_path(SHAPES[row.trio.value], PAST, place))
        if places:
            trio = self._stops[-1].trio.value
            painter.fillPath(mark_path(SHAPES[trio], NOW, places[-1]), look.colour(trio))

    def _ground(self, painter: QPainter, zones: Grid) -> None:
        look = theme.theme()
        for synergy in LEVELS:
            for antagonism in LEVELS:
                tint = look.colour(zones.trio(synergy, antagonism).value)
                tint.setAlphaF(TINT)
                painter.fillRect(self._box((synergy, antagonism)), tint)
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for synergy in LEVELS:
            for antagonism in LEVELS:
                painter.drawRect(self._box((synergy, antagonism)))
        line = QPen(look.colour("muted"), 1)
        line.setDashPattern([4, 3])
        painter.setPen(line)
        under = self._box((ACTING, 1)).bottom()
        painter.drawLine(QPointF(LEFT, under), QPointF(self.width() - 1, under))
        centre = Qt.AlignmentFlag.AlignHCenter
        for level in LEVELS:
            row, column = self._box((level, 1)), self._box((1, level))
            beside = QRectF(0, row.top(), LEFT - 4, row.height())
            below = QRectF(column.left(), column.bottom() + 1, column.width(), BOTTOM - 2)
            text(painter, beside, str(level), token="muted", align=centre)
            text(painter, below, str(level), token="muted", align=centre)

    def _aim(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        assert self._target is not None
        pen = QPen(theme.theme().colour("accent"), 1.5)
        pen.setDashPattern([2.5, 2])
        place = self._box(self._target).center()
        if self.stops and self.stops[-1] == self._target:
            place += QPointF(NOW + AIM, 0)
        elif places:
            _arrow(painter, places[-1], place, pen, NOW + 2, AIM + 2)
        painter.setPen(pen)
        painter.setBrush(theme.theme().colour("surface"))
        painter.drawEllipse(place, AIM, AIM)


def _cell(row: RatingRow) -> Cell:
    return row.synergy, row.antagonism


def _arrow(
    painter: QPainter, start: QPointF, end: QPointF, pen: QPen, leave: float, reach: float
) -> None:
    """A line from `leave` after `start` to `reach` before `end`, with a head."""
    along = end - start
    length = math.hypot(along.x(), along.y())
    if length <= leave + reach:
        return
    unit = along / length
    first, tip = start + unit * leave, end - unit * reach
    painter.setPen(pen)
    painter.drawLine(first, tip - unit * 3)
    side = QPointF(-unit.y(), unit.x()) * 3.2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(QPolygonF([tip, tip - unit * 6 + side, tip - unit * 6 - side]))
