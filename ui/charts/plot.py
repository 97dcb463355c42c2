"""The pyqtgraph plot behind `TimeChartView`. Importing this module imports pyqtgraph.

pyqtgraph draws lines, bars, bands and references; every text is painted over it, so that sizes,
fonts and places follow LOOK.md: the name and last value at the end of each line, no legend.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsRectItem, QToolTip, QWidget

from crm_pilot.charts import Mark, Series, TimeChart
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.lean import load
from ui.charts.words import figure, point_words, step_name, tick

pg: Any = load()
pg.setConfigOptions(antialias=True)
LINE = 17  # height of a label line
TOP, BOTTOM = 8, 22
WIDEST = 0.45  # of the width, for the labels at most
BAR_SHARE = 0.36  # of a step, for each of two bars


@dataclass
class _Label:
    """A text of the right-hand column; `y` is where its line ends, in pixels."""

    text: str
    y: float
    bold: bool = False
    muted: bool = True
    square: str = ""  # "solid" or "hollow" with `colour`
    colour: str = ""


class Plot(pg.GraphicsView):
    """One chart. Not zoomed or dragged: it shows what its data say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.scene().addItem(self.box)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self._chart: TimeChart | None = None
        self._steps: list[dt.date] = []
        self._right = 60.0
        self.setMouseTracking(True)

    # building --------------------------------------------------------------------------------

    def draw(self, chart: TimeChart) -> None:
        """Show `chart` in the colours and language of now."""
        self._chart = chart
        self._steps = sorted({day for series in chart.series for day, _ in series.points})
        self.box.clear()
        if not self._steps:
            self.viewport().update()
            return
        step = self._step
        bars = any(series.mark is not Mark.LINE for series in chart.series)
        pad = step * 0.5 if bars else 0.0
        low, high = self._steps[0].toordinal() - pad, self._steps[-1].toordinal() + pad
        self.box.setRange(xRange=(low, max(high, low + 1)), yRange=(0, chart.high), padding=0)
        self._ground(chart, low, high)
        self._bars(chart)
        for series in chart.series:
            if series.mark is Mark.LINE:
                self._line(series)
        self._make_room()
        self.viewport().update()

    @property
    def _step(self) -> float:
        if len(self._steps) < 2:
            return 7.0
        days = [day.toordinal() for day in self._steps]
        return min(b - a for a, b in pairwise(days))

    def _pen(self, token: str, width: float, style: Any = Qt.PenStyle.SolidLine) -> QPen:
        """Cosmetic pens are in device pixels: thicker on screens of high density."""
        pen = QPen(theme.theme().colour(token), width * self.devicePixelRatioF())
        pen.setCosmetic(True)
        pen.setStyle(style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _ground(self, chart: TimeChart, low: float, high: float) -> None:
        look = theme.theme()
        for band in chart.bands:
            rect = QGraphicsRectItem(low, band.low, high - low, band.high - band.low)
            rect.setPen(QPen(Qt.PenStyle.NoPen))
            rect.setBrush(QBrush(look.mix(band.colour, 0.12)))
            rect.setZValue(-20)
            self.box.addItem(rect, ignoreBounds=True)
            self._level(band.low, self._pen(band.colour, 1, Qt.PenStyle.DotLine))
        edges = {band.low for band in chart.bands} | {band.high for band in chart.bands}
        for value in chart.ticks:
            if value not in edges:
                self._level(value, self._pen("line", 1))
        for reference in chart.references:
            self._level(reference.value, self._pen("text", 1, Qt.PenStyle.DashLine))
        for event in chart.events:
            line = pg.InfiniteLine(
                event.day.toordinal(), 90, self._pen("muted", 1, Qt.PenStyle.DotLine)
            )
            line.setZValue(-5)
            self.box.addItem(line, ignoreBounds=True)

    def _level(self, value: float, pen: QPen) -> None:
        line = pg.InfiniteLine(value, 0, pen)
        line.setZValue(-10)
        self.box.addItem(line, ignoreBounds=True)

    def _bars(self, chart: TimeChart) -> None:
        series = [one for one in chart.series if one.mark is not Mark.LINE]
        width = self._step * BAR_SHARE
        for place, one in enumerate(series):
            shift = (place - (len(series) - 1) / 2) * width * 1.08
            points = [(day, value) for day, value in one.points if value]
            colour = theme.theme().colour(one.colour)
            hollow = one.mark is Mark.HOLLOW_BAR
            item = pg.BarGraphItem(
                x=[day.toordinal() + shift for day, _ in points],
                height=[value for _, value in points],
                width=width * 0.86,
                pen=self._pen(one.colour, 1) if hollow else QPen(Qt.PenStyle.NoPen),
                brush=QBrush(theme.theme().colour("surface") if hollow else colour),
            )
            self.box.addItem(item, ignoreBounds=True)

    def _line(self, series: Series) -> None:
        style = Qt.PenStyle.DashLine if series.dashed else Qt.PenStyle.SolidLine
        pen = self._pen(series.colour, 2.0 if series.strong else 1.4, style)
        xs = [float(day.toordinal()) for day, _ in series.points]
        ys = [math.nan if value is None else value for _, value in series.points]
        curve = pg.PlotCurveItem(xs, ys, pen=pen, connect="finite", antialias=True)
        curve.setZValue(10 if series.strong else 5)
        self.box.addItem(curve, ignoreBounds=True)

    # room for the labels ---------------------------------------------------------------------

    def _labels(self) -> list[_Label]:
        chart = self._chart
        if chart is None:
            return []
        made = []
        for series in chart.series:
            last = series.last
            if last is None:
                continue
            text = self._end(shown(series.name), figure(chart, last[1], series.decimals))
            if series.mark is Mark.LINE:
                y = self._y(last[1])
                made.append(_Label(text, y, bold=series.strong, muted=not series.strong))
            else:
                square = "hollow" if series.mark is Mark.HOLLOW_BAR else "solid"
                made.append(
                    _Label(text, self._y(chart.high * 0.2), square=square, colour=series.colour)
                )
        for band in chart.bands:
            made.append(_Label(shown(band.name), self._y(band.low)))
        for reference in chart.references:
            value = figure(chart, reference.value, 0)
            made.append(_Label(f"{shown(reference.name)} {value}", self._y(reference.value)))
        return _spread(made, TOP + 4.0, self.height() - BOTTOM)

    def _end(self, name: str, value: str) -> str:
        """A name with its last value; where both find no room, the name is cut."""
        room = self.width() * WIDEST - text_width(f" {value}", theme.CAPTION, bold=True) - 14
        metrics = QFontMetricsF(theme.font(theme.CAPTION, bold=True))
        return f"{metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)} {value}"

    def _make_room(self) -> None:
        chart = self._chart
        if chart is None:
            return
        widths = [
            text_width(one.text, theme.CAPTION, bold=one.bold) + (14 if one.square else 0)
            for one in self._labels()
        ]
        wanted = max(widths, default=0) + 14
        self._right = min(wanted, self.width() * WIDEST)
        ticks = [text_width(tick(chart, value), theme.CAPTION) for value in chart.ticks]
        left = max(ticks, default=0) + 10
        width = max(10.0, self.width() - left - self._right)
        height = max(10.0, self.height() - TOP - BOTTOM)
        self.box.setGeometry(QRectF(left, TOP, width, height))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if getattr(self, "_chart", None) is not None:
            self._make_room()

    def _y(self, value: float) -> float:
        return float(self.box.mapViewToScene(QPointF(0, value)).y())

    def _x(self, day: float) -> float:
        return float(self.box.mapViewToScene(QPointF(day, 0)).x())

    # text over the drawing -------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        chart = self._chart
        if chart is None or not self._steps:
            return
        painter = QPainter(self.viewport())
        ink = Ink(painter)
        self._paint_axes(ink, chart)
        self._paint_ends(ink, chart)
        self._paint_events(ink, chart)
        self._paint_labels(ink)
        painter.end()

    def _paint_axes(self, ink: Ink, chart: TimeChart) -> None:
        left = self._x(self._steps[0].toordinal())
        bars = any(series.mark is not Mark.LINE for series in chart.series)
        edge = self.box.geometry().left() if bars else left
        for value in chart.ticks:
            ink.text(
                edge - 6,
                self._y(value) + 4,
                tick(chart, value),
                size=theme.CAPTION,
                token="muted",
                right=True,
                numbers=True,
            )
        base = self.height() - 5
        for day in self._named_steps(chart):
            text = step_name(chart, day)
            x = self._x(day.toordinal()) - text_width(text, theme.CAPTION) / 2
            ink.text(max(0, x), base, text, size=theme.CAPTION, token="muted")

    def _named_steps(self, chart: TimeChart) -> list[dt.date]:
        """The last step and as many before it as there is room for, evenly."""
        wide = max(text_width(step_name(chart, day), theme.CAPTION) for day in self._steps) + 16
        span = self._x(self._steps[-1].toordinal()) - self._x(self._steps[0].toordinal())
        room = max(1, int(span / wide))
        every = max(1, math.ceil((len(self._steps) - 1) / room))
        return self._steps[::-1][::every][::-1]

    def _paint_ends(self, ink: Ink, chart: TimeChart) -> None:
        for series in chart.series:
            if series.mark is Mark.LINE and series.last is not None:
                day, value = series.last
                point = QPointF(self._x(day.toordinal()), self._y(value))
                ink.painter.setPen(Qt.PenStyle.NoPen)
                ink.painter.setBrush(ink.look.colour(series.colour))
                radius = 3.5 if series.strong else 2.8
                ink.painter.drawEllipse(point, radius, radius)

    def _paint_events(self, ink: Ink, chart: TimeChart) -> None:
        base = self._y(0) - 5
        taken = -1e9
        for event in sorted(chart.events, key=lambda one: one.day):
            text = shown(event.name)
            wide = text_width(text, theme.CAPTION)
            x = self._x(event.day.toordinal())
            start = x - wide - 5
            left = self._x(self._steps[0].toordinal())
            if start < left:
                start = x + 5
            if start < taken + 6:
                continue
            wide = min(wide, self.width() - self._right - start)  # names of figures stand there
            ink.painter.fillRect(
                round(start) - 1, round(base) - 12, round(wide) + 2, 15, _ground_colour(ink)
            )
            ink.text(start, base, text, size=theme.CAPTION, token="muted", width=wide + 1)
            taken = start + wide

    def _paint_labels(self, ink: Ink) -> None:
        x = self.width() - self._right + 9
        room = self._right - 10
        for one in self._labels():
            shift = 0.0
            if one.square:
                colour = ink.look.colour(one.colour)
                ink.bar(x, one.y - 5, 9, 9, colour, hollow=one.square == "hollow")
                shift = 14
            ink.text(
                x + shift,
                one.y + 4,
                one.text,
                size=theme.CAPTION,
                bold=one.bold,
                token="muted" if one.muted else "text",
                width=room - shift,
            )

    # pointing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._chart is None or not self._steps:
            return
        x = event.position().x()
        day = min(self._steps, key=lambda one: abs(self._x(one.toordinal()) - x))
        lines = [
            f"{shown(series.name)}: {point_words(self._chart, day, value, series.decimals)}"
            for series in self._chart.series
            if (value := dict(series.points).get(day)) is not None
        ]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def _ground_colour(ink: Ink) -> Any:
    colour = ink.look.colour("surface")
    colour.setAlpha(200)
    return colour


def _spread(labels: list[_Label], top: float, bottom: float) -> list[_Label]:
    """Move labels apart so that none covers another, keeping their order and staying inside."""
    labels = sorted(labels, key=lambda one: one.y)
    for before, after in pairwise(labels):
        after.y = max(after.y, before.y + LINE)
    limit = bottom
    for one in reversed(labels):
        one.y = min(one.y, limit)
        limit = one.y - LINE
    limit = top
    for one in labels:
        one.y = max(one.y, limit)
        limit = one.y + LINE
    return labels
