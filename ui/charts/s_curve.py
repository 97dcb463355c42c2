"""The S-curve on the screen, and an index over time: dash, weight and rings tell lines apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crm_pilot.datatable import DataTable
from crm_pilot.governance.budget_charts import SCurve
from crm_pilot.governance.s_curve_layout import Bar, Dot, Layout, Sizes, Stroke, Words, layout
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.widgets.why import Asked

SIZES = Sizes(line=16.0, cap=9.0, pad=7.0, bar=11.0, track=62.0, foot=24.0)
Dashes = list[float] | None
LINES: dict[str, tuple[str, float, Dashes]] = {  # token, width, dash of each kind of stroke
    "grid": ("line", 1.0, None),
    "axis": ("text", 1.0, None),
    "tick": ("text", 1.0, None),
    "today": ("accent", 2.0, None),
    "planned": ("muted", 1.6, [5.0, 3.0]),
    "forecast": ("text", 1.6, [1.0, 3.0]),
    "actual": ("text", 2.6, None),
    "earned": ("deployment", 2.6, None),
    "leader_planned": ("muted", 1.0, None),
    "leader_actual": ("text", 1.0, None),
    "leader_earned": ("deployment", 1.0, None),
}
SPAN = 0.16  # least height of an index's scale


def _measure(text: str, bold: bool) -> float:
    return text_width(text, theme.CAPTION, bold=bold)


class SCurveView(ChartView):
    """Draws an `SCurve`; pointing at a day tells its amounts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: SCurve | None = None
        self._data: DataTable | None = None
        self._layout: Layout | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme.switched().changed.connect(self.update)

    def show_chart(self, chart: SCurve | None, data: DataTable | None) -> None:
        """Draw this from now on; `data` are the rows behind it."""
        self._chart, self._data, self._layout = chart, data, None
        self.setAccessibleName(shown(chart.title) if chart is not None else "")
        self.setAccessibleDescription("; ".join(told(chart)) if chart is not None else "")
        self.update()

    @property
    def chart(self) -> SCurve | None:
        """What is drawn."""
        return self._chart

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains the curve and its three values."""
        keys = ("s_curve", "planned_value", "earned_value", "actual_cost")
        return tuple(f"committee.{key}" for key in keys) if self._chart is not None else ()

    def data_table(self) -> DataTable | None:
        """Every month with its values and indices."""
        return self._data

    def sizeHint(self) -> QSize:
        return QSize(520, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(210, 150)

    # drawing ---------------------------------------------------------------------------------

    def placed(self) -> Layout | None:
        """Where everything stands; None without a chart."""
        if self._layout is None and self._chart is not None:
            self._layout = layout(
                self._chart, self.width() - 2, self.height(), SIZES, _measure, lang(), shown
            )
        return self._layout

    def resizeEvent(self, event: Any) -> None:
        self._layout = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        at = self.placed()
        if at is None:
            return
        painter = QPainter(self)
        ink = Ink(painter)
        for stroke in at.strokes:
            _stroke(ink, stroke)
        for dot in at.dots:
            _dot(ink, dot)
        for bar in at.bars:
            _bar(ink, bar)
        for words in at.words:
            _words(ink, words)
        painter.end()

    # pointing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        text = self.tip(event.position().x())
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def tip(self, x: float) -> str:
        """The day nearest to a place and its amounts; empty outside the plot."""
        chart, at = self._chart, self.placed()
        if chart is None or at is None or not at.plot[0] - 6 <= x <= at.plot[2] + 6:
            return ""
        lines = {
            tr("PV, planned"): dict(chart.planned),
            tr("AC, actual"): dict(chart.actual),
            tr("EV, earned"): dict(chart.earned),
            tr("Revised"): dict(chart.forecast[1:]),
        }
        days = {day for known in lines.values() for day in known}
        span = max((chart.last - chart.first).days, 1)
        wanted = (x - at.plot[0]) / (at.plot[2] - at.plot[0]) * span
        day = min(days, key=lambda one: abs((one - chart.first).days - wanted))
        said = [formats.day(day, lang(), year=True)]
        said += [f"{name}: {_money(one[day])}" for name, one in lines.items() if day in one]
        return "\n".join(said)


def told(chart: SCurve) -> list[str]:
    """The values of the last estimate in words, for screen readers."""
    value = chart.value
    if value is None:
        return []
    named = (
        (tr("PV, planned"), value.planned),
        (tr("AC, actual"), value.actual),
        (tr("EV, earned"), value.earned),
        (tr("Revised"), value.estimate),
    )
    return [f"{name}: {'–' if cents is None else _money(cents)}" for name, cents in named]


def _money(cents: float) -> str:
    return formats.money(round(cents), lang())


def _pen(ink: Ink, kind: str) -> QPen:
    token, width, dash = LINES[kind]
    pen = QPen(ink.look.colour(token), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def _stroke(ink: Ink, stroke: Stroke) -> None:
    spots = [QPointF(*spot) for spot in stroke.spots]
    if stroke.kind in ("grid", "axis", "today"):  # crisp
        token, width, _ = LINES[stroke.kind]
        (x1, y1), (x2, y2) = ((round(s.x()), round(s.y())) for s in (spots[0], spots[-1]))
        ink.line(x1, y1, x2, y2, token, width)
        return
    ink.painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.painter.setPen(_pen(ink, stroke.kind))
    ink.painter.drawPolyline(QPolygonF(spots))


def _dot(ink: Ink, dot: Dot) -> None:
    ring = dot.kind in ("earned", "now_planned")
    token = {"now_planned": "muted", "now_actual": "text"}.get(dot.kind, "deployment")
    ink.painter.setPen(QPen(ink.look.colour(token), 1.6))
    ink.painter.setBrush(ink.look.colour("surface" if ring else token))
    radius = 3.0 if dot.kind == "earned" else 4.0
    ink.painter.drawEllipse(QPointF(*dot.at), radius, radius)


def _bar(ink: Ink, bar: Bar) -> None:
    rect = QRectF(round(bar.x) + 0.5, round(bar.y) + 0.5, round(bar.wide), round(bar.high))
    token = {"planned": "muted", "actual": "text"}.get(bar.kind, "deployment")
    colour = ink.look.colour(token)
    pen = QPen(colour, 1.2)
    brush = QBrush(colour)
    if bar.kind == "planned":
        pen.setDashPattern([3.0, 2.0])
        brush = QBrush(Qt.BrushStyle.NoBrush)
    elif bar.kind == "earned":
        brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
    ink.painter.setPen(pen)
    ink.painter.setBrush(brush)
    ink.painter.drawRect(rect)


def _words(ink: Ink, words: Words) -> None:
    wide = _measure(words.text, words.bold)
    left = words.x - {"right": wide, "middle": wide / 2}.get(words.align, 0.0)
    patch = QRectF(left - 2, words.y - SIZES.cap - 2, wide + 4, SIZES.cap + 5)
    ink.painter.fillRect(patch, ink.look.colour("surface"))
    ink.text(left, words.y, words.text, size=theme.CAPTION, bold=words.bold, token=words.ink)


class IndexLine(QWidget):
    """An index over time beside 1.00, dashed; a drawing beside words that say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._points: Sequence[tuple[dt.date, float]] = ()
        self.setMinimumSize(96, 34)
        self.setMaximumSize(220, 96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def show_points(self, points: Sequence[tuple[dt.date, float]]) -> None:
        """Draw these from now on."""
        self._points = points
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        ink = Ink(painter)
        values = [1.0, *(value for _, value in self._points)]
        low, top = min(values), max(values)
        if top - low < SPAN:
            low, top = (top - SPAN, top) if top - 1.0 < 1.0 - low else (low, low + SPAN)
        wide, high = self.width() - 6.0, self.height() - 10.0
        first, last = self._points[0][0], self._points[-1][0]
        days = max((last - first).days, 1)

        def at(day: dt.date, value: float) -> QPointF:
            part = (day - first).days / days if last > first else 1.0
            return QPointF(1 + part * wide, 5 + (top - value) / (top - low) * high)

        level = at(first, 1.0).y()
        pen = QPen(ink.look.colour("text"), 1.0)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(0, level), QPointF(self.width(), level))
        painter.setPen(QPen(ink.look.colour("deployment"), 2.2))
        spots = [at(day, value) for day, value in self._points]
        painter.drawPolyline(QPolygonF(spots))
        painter.setBrush(ink.look.colour("deployment"))
        painter.drawEllipse(spots[-1], 3.0, 3.0)
        painter.end()
