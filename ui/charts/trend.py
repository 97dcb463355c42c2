"""The dates-dates diagram on the screen: announced dates against the day of the report.

Up and Down choose a line, Enter or a click asks for its milestone, Space shows the data.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crm_pilot.datatable import DataTable
from crm_pilot.i18n import tr
from crm_pilot.planning.charts import TrendChart, TrendLine
from crm_pilot.planning.trend_layout import Label, Layout, Sizes, Spot, end_text, layout
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.widgets.why import Asked

SIZES = Sizes(line=17.0, cap=9.0, pad=6.0, mark=5.5, head=18.0, foot=36.0)
REACH = 9.0  # pixels from a line within which it is meant
HALO = 2.0
DOTS, DASHES = [1.0, 3.0], [5.0, 3.0]


def _measure(text: str, bold: bool) -> float:
    return text_width(text, theme.CAPTION, bold=bold)


class TrendChartView(ChartView):
    """Draws a `TrendChart`; `line_chosen` names the milestone of a line."""

    line_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: TrendChart | None = None
        self._data: DataTable | None = None
        self._layout: Layout | None = None
        self._current: int | None = None  # key of the line the keyboard is on
        self._hovered: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme.switched().changed.connect(self.update)

    @property
    def chart(self) -> TrendChart | None:
        """What is drawn."""
        return self._chart

    @property
    def current(self) -> int | None:
        """The milestone of the line the keyboard is on."""
        return self._current

    def show_chart(self, chart: TrendChart | None, data: DataTable | None) -> None:
        """Draw this from now on; `data` are the rows behind it."""
        self._chart, self._data, self._layout = chart, data, None
        keys = {line.key for line in chart.lines} if chart is not None else set()
        if self._current not in keys:
            self._current = None
        self.setAccessibleName(shown(chart.title) if chart is not None else "")
        self._tell()
        self.update()

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains the diagram."""
        return (self._chart.why,) if self._chart is not None else ()

    def data_table(self) -> DataTable | None:
        """Every announcement of the milestones drawn."""
        return self._data

    def _tell(self) -> None:
        """Say the lines, or the one the keyboard is on, to screen readers; without any, why."""
        if self._chart is None:
            why = tr("A line is drawn from the second announcement of a milestone, on another day.")
            self.setAccessibleDescription(why)
            return
        lines = self._chart.lines
        chosen = [line for line in lines if line.key == self._current] or list(lines)
        self.setAccessibleDescription("; ".join(words(line) for line in chosen))

    def sizeHint(self) -> QSize:
        return QSize(680, 220)  # it takes all the room it is given

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 180)

    # drawing ---------------------------------------------------------------------------------

    def _placed(self, chart: TrendChart) -> Layout:
        if self._layout is None:
            self._layout = layout(
                chart, self.width() - 2, self.height(), SIZES, _measure, lang(), shown
            )
        return self._layout

    def resizeEvent(self, event: Any) -> None:
        self._layout = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self._chart
        painter = QPainter(self)
        if chart is None:
            painter.setFont(theme.font(theme.CAPTION))
            painter.setPen(theme.theme().colour("muted"))
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(how), self.accessibleDescription())
            return
        paper = _Screen(Ink(painter), self._placed(chart))
        paper.axes(chart)
        marked = {self._hovered, self._current if self.hasFocus() else None}
        for line in chart.lines:
            paper.line(line, marked=line.key in marked)
        for label in paper.at.names:
            paper.name(label, chart.lines[label.line])
        for label in paper.at.ends:
            paper.end(label, chart.lines[label.line], marked=chart.lines[label.line].key in marked)
        painter.end()

    # pointing --------------------------------------------------------------------------------

    def line_at(self, spot: QPointF) -> TrendLine | None:
        """The line or label under a place of the widget."""
        chart = self._chart
        if chart is None:
            return None
        at = self._placed(chart)
        for label in (*at.names, *at.ends):
            inside = label.x - 2 <= spot.x() <= label.x + label.wide + 2
            if inside and label.y - SIZES.cap - 4 <= spot.y() <= label.y + 5:
                return chart.lines[label.line]
        found = min(chart.lines, key=lambda line: _distance(at, line, spot))
        return found if _distance(at, found, spot) <= REACH else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position())
        key = line.key if line is not None else None
        if key != self._hovered:
            self._hovered = key
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if line else Qt.CursorShape.ArrowCursor
            )
            self.update()
        text = self._tip(line, event.position()) if line is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def _tip(self, line: TrendLine, spot: QPointF) -> str:
        """The report nearest to the pointer: its day and what was announced."""
        assert self._chart is not None
        at = self._placed(self._chart)
        day, date = min(line.points, key=lambda point: abs(at.x(point[0]) - spot.x()))
        return tr(
            "{name}\nOn {day}: announced for {date}",
            name=shown(line.name),
            day=formats.day(day, lang(), year=True),
            date=formats.day(date, lang(), year=True),
        )

    def leaveEvent(self, event: Any) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(line.key)
            self.line_chosen.emit(line.key)
        else:
            super().mouseReleaseEvent(event)

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = self._chart.lines if self._chart is not None else ()
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if step is not None and lines:
            self._choose(self._beside(lines, step))
        elif enter and self._current is not None:
            self.line_chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _beside(self, lines: Sequence[TrendLine], step: int) -> int:
        """The line above or below the current one; at first the next go-live."""
        keys = [line.key for line in lines]
        if self._current in keys:
            place = keys.index(self._current) + step
            return keys[max(0, min(place, len(keys) - 1))]
        return next((line.key for line in lines if line.strong), keys[-1])

    def _choose(self, key: int) -> None:
        self._current = key
        self._tell()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


def words(line: TrendLine) -> str:
    """A line as text: `Wave 3: 12 Jan (+7 d), reached`."""
    text = f"{shown(line.name)}: {end_text(line, lang())}"
    return tr("{line}, reached", line=text) if line.done else text


def _distance(at: Layout, line: TrendLine, spot: QPointF) -> float:
    """Pixels from a place to the nearest part of a line, its dotted end included."""
    corners = [*at.spots(line), at.mark(line)]
    here = spot.x(), spot.y()
    if len(corners) == 1:
        return math.dist(here, corners[0])
    return min(_apart(here, a, b) for a, b in pairwise(corners))


def _apart(here: Spot, a: Spot, b: Spot) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = ((here[0] - a[0]) * dx + (here[1] - a[1]) * dy) / length if length else 0.0
    share = max(0.0, min(1.0, share))
    return math.dist(here, (a[0] + share * dx, a[1] + share * dy))


def _token(line: TrendLine) -> str:
    return "deployment" if line.strong else "text"


class _Screen:
    """A layout and the painter it is drawn with."""

    def __init__(self, ink: Ink, at: Layout) -> None:
        self.ink, self.at = ink, at

    def _pen(self, token: str, width: float, dots: list[float] | None = None) -> QPen:
        pen = QPen(self.ink.look.colour(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dots:
            pen.setDashPattern([length / max(width, 1.0) for length in dots])
        return pen

    def axes(self, chart: TrendChart) -> None:
        """Months at the left, reports below, the diagonal, and today."""
        ink, at = self.ink, self.at
        for month in at.months:
            y = round(month.at) + 0.5
            self._grid_line(y)
            ink.text(
                at.left - SIZES.pad,
                y + 4,
                month.text,
                size=theme.CAPTION,
                token="muted",
                right=True,
            )
        ink.line(at.left, at.foot, at.right, at.foot, "text", 1)
        ink.painter.setPen(self._pen("muted", 1.2, DOTS))
        ink.painter.drawLine(QPointF(*at.diagonal[0]), QPointF(*at.diagonal[1]))
        for report in at.reports:
            ink.line(report.at, at.foot, report.at, at.foot + 4, "text", 1)
            wide = _measure(report.text, report.strong)
            ink.text(
                report.at - wide / 2,
                at.foot + 17,
                report.text,
                size=theme.CAPTION,
                token="accent" if report.strong else "muted",
                bold=report.strong,
            )
        below = tr("Date of the committee (no.)") if at.committees else tr("Date of the report")
        ink.text(at.left, at.foot + 33, below, size=theme.CAPTION, token="muted")
        (x, top), (_, low) = at.today
        ink.line(round(x), top - 6, round(x), low, "accent", 2)
        today = formats.day(chart.today, lang())
        self._text(x + 6, top + 2, today, "accent", bold=True)

    def _grid_line(self, y: float) -> None:
        """A hairline; dotted in high contrast, where hairlines are as dark as the data."""
        painter = self.ink.painter
        strong = self.ink.look.line_width > 1
        painter.setPen(self._pen("line", 1.0, [1.0, 5.0] if strong else None))
        painter.drawLine(QPointF(self.at.left, y), QPointF(self.at.right, y))

    def line(self, line: TrendLine, *, marked: bool) -> None:
        """The reports of a milestone, dotted on from today to the diagonal."""
        painter, token = self.ink.painter, _token(line)
        spots = [QPointF(*spot) for spot in self.at.spots(line)]
        mark = QPointF(*self.at.mark(line))
        width = 2.4 if line.strong else 1.4 if line.dashed else 1.8
        width += 1.4 if marked else 0.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(token, width, DASHES if line.dashed else None))
        painter.drawPolyline(QPolygonF(spots))
        if not line.done and mark.x() > spots[-1].x():
            painter.setPen(self._pen(token, 1.4, DOTS))
            painter.drawLine(spots[-1], mark)
        painter.setPen(self._pen(token, 1.4))
        painter.setBrush(self.ink.look.colour("surface"))
        for spot in spots[:-1] if line.done else spots:
            painter.drawEllipse(spot, 3.0, 3.0)
        radius = SIZES.mark
        corners = [(0, -radius), (radius, 0), (0, radius), (-radius, 0)]
        if line.done:
            painter.setBrush(self.ink.look.colour(token))
        painter.drawPolygon(QPolygonF([mark + QPointF(x, y) for x, y in corners]))

    def name(self, label: Label, line: TrendLine) -> None:
        """What a line is, at its start."""
        self._text(label.x, label.y, label.text, _token(line), bold=True)

    def end(self, label: Label, line: TrendLine, *, marked: bool) -> None:
        """Date and slip at the end of a line."""
        x = label.x
        if label.leader is not None:
            self.ink.painter.setPen(self._pen("muted", 1.0))
            self.ink.painter.drawLine(QPointF(*label.leader[0]), QPointF(*label.leader[1]))
        if label.tick:
            self._patch(x, label.y, SIZES.line)
            self.ink.icon(x - 2, label.y - 12, "check", "text", 14)
            x += SIZES.line * 0.85
        self._text(x, label.y, label.text, _token(line), bold=label.bold or marked)

    def _text(self, x: float, y: float, text: str, token: str, *, bold: bool = False) -> None:
        """Text on a patch of the ground colour, so that lines behind it stay clear."""
        self._patch(x, y, _measure(text, bold))
        self.ink.text(x, y, text, size=theme.CAPTION, bold=bold, token=token)

    def _patch(self, x: float, y: float, wide: float) -> None:
        patch = QRectF(x - HALO, y - SIZES.cap - 2, wide + 2 * HALO, SIZES.cap + 5)
        self.ink.painter.fillRect(patch, self.ink.look.colour("surface"))
