"""The bars of the load under the Gantt, on its axis: work by week, and how much is too much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip

from crm_pilot.datatable import DataTable, data_table
from crm_pilot.i18n import current, tr
from crm_pilot.planning.load import Load, Week
from crm_pilot.planning.load_charts import WHY, load_chart
from crm_pilot.planning.load_words import week_tip
from ui import theme
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.widgets.why import Asked

HEIGHT = 92
EDGE = 3  # the line that parts it from the rows above
HIGH, LOW = 28.0, 73.0  # where the fullest week ends, and where bars stand
FIGURES = 87.0  # baseline of the figures below
SHARE = 0.62  # of a week's width
HATCH = 5.0  # pixels between the lines of an overload
ROOM = 12.0  # pixels a week needs to be drawn apart
ONE_WEEK = dt.timedelta(days=7)


class Axis(Protocol):
    """What is asked of the Gantt's time scale."""

    px: float

    def x(self, day: dt.date) -> float: ...

    def day(self, x: float) -> dt.date: ...


class LoadBars(ChartView):
    """One bar a week, aligned with the Gantt above."""

    week_asked = Signal(object)  # the Monday of a week that was pressed

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis = axis
        self.load: Load | None = None
        self.persons: frozenset[int] | None = None
        self.today = dt.date.today()
        self._high = 1.0
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        theme.switched().changed.connect(self.update)

    def show_load(self, load: Load | None, persons: Collection[int] | None, today: dt.date) -> None:
        """Draw the load of these persons from now on; None: of all."""
        self.load, self.today = load, today
        self.persons = None if persons is None else frozenset(persons)
        weeks = [self.week(monday) for monday in load.weeks] if load is not None else []
        self._high = max((max(w.work, w.available) for w in weeks), default=0.0) or 1.0
        self.update()

    def week(self, monday: dt.date) -> Week:
        """A week of those who are shown."""
        assert self.load is not None
        return self.load.week(monday, self.persons)

    # what it says ----------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        return (WHY,)

    def data_table(self) -> DataTable | None:
        if self.load is None:
            return None
        return data_table(load_chart(self.load, self.persons))

    # drawing ---------------------------------------------------------------------------------

    def visible(self) -> Iterator[dt.date]:
        """Mondays of the weeks in view."""
        day = self.axis.day(0)
        monday = day - dt.timedelta(days=day.weekday())
        while self.axis.x(monday) < self.width():
            yield monday
            monday += ONE_WEEK

    def _top(self, days: float) -> float:
        return LOW - (LOW - HIGH) * min(1.0, days / self._high)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(0, 0, self.width(), EDGE, look.colour("line"))
        if self.load is None:
            return
        weeks = [self.week(monday) for monday in self.visible()]
        self._weekends(painter, weeks)
        painter.fillRect(QRectF(0, LOW, self.width(), look.line_width), look.colour("line"))
        painter.fillRect(0, 0, look.line_width, self.height(), look.colour("line"))
        for week in weeks:
            self._bar(painter, week)
        self._today(painter)
        if not self.load.people:
            return  # there is nobody whose time could be compared
        self._steps(painter, weeks)
        taken = self._figures(painter, weeks)
        self._available(painter, weeks, taken)

    def _weekends(self, painter: QPainter, weeks: Sequence[Week]) -> None:
        if self.axis.px < 3:
            return
        tint = theme.theme().mix("raised", 0.62)
        for week in weeks:
            x = self.axis.x(week.monday + dt.timedelta(days=5))
            painter.fillRect(QRectF(x, EDGE, 2 * self.axis.px, HEIGHT - EDGE), tint)

    def _box(self, monday: dt.date) -> tuple[float, float]:
        """Left and width of a week's bar."""
        wide = 7 * self.axis.px
        bar = max(1.0, wide * SHARE if wide >= ROOM else wide - 1)
        return self.axis.x(monday) + (wide - bar) / 2, bar

    def _bar(self, painter: QPainter, week: Week) -> None:
        if week.work <= 0:
            return
        look = theme.theme()
        left, wide = self._box(week.monday)
        past = week.monday + ONE_WEEK <= self.today
        full = self._top(week.work - week.overload)
        ink = look.mix("text", 0.38 if past else 0.68)
        painter.fillRect(QRectF(left, full, wide, LOW - full), ink)
        if week.overload:
            top = self._top(week.work)
            self._hatched(painter, QRectF(left, top, wide, max(3.0, full - top)))

    def _hatched(self, painter: QPainter, box: QRectF) -> None:
        """An overload: framed and hatched, so that it is seen without its colour."""
        alert = theme.theme().colour("alert")
        painter.save()
        painter.fillRect(box, theme.theme().colour("surface"))
        painter.setClipRect(box)
        painter.setPen(QPen(alert, 1.4))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += HATCH
        painter.restore()
        if box.width() >= 4:
            painter.setPen(QPen(alert, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _steps(self, painter: QPainter, weeks: Sequence[Week]) -> None:
        """The time there is, as one line in steps."""
        path = QPainterPath()
        for place, week in enumerate(weeks):
            x, y = self.axis.x(week.monday), round(self._top(week.available)) + 0.5
            if place:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
            path.lineTo(x + 7 * self.axis.px, y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.theme().colour("text"), 1.2))
        painter.drawPath(path)

    def _today(self, painter: QPainter) -> None:
        x = self.axis.x(self.today) + self.axis.px / 2
        accent = theme.theme().colour("accent")
        painter.fillRect(QRectF(round(x) - 0.75, 0, 1.5, HEIGHT), accent)

    def _figures(self, painter: QPainter, weeks: Sequence[Week]) -> list[QRectF]:
        """Person-days below the bars, and what is too much above them; where these stand."""
        taken: list[QRectF] = []
        first, last = self._worked
        below = -99.0
        for week in weeks:
            middle = self._middle(week.monday)
            if week.overload:
                text = "+" + formats.amount(week.overload, lang())
                wide = _wide(text, bold=True)
                box = QRectF(middle - wide / 2, self._above(week), wide, 0)
                clear = not taken or box.left() > taken[-1].right() + 3
                if clear and self._whole(middle, wide):
                    _write(painter, box.left(), box.top(), text, "text", bold=True)
                    taken.append(box)
            if week.work < 0.05 and not first <= week.monday <= last:
                continue  # nothing was planned there, or no more is
            text = formats.amount(week.work, lang())
            bold = bool(week.overload)
            wide = _wide(text, bold=bold)
            if not self._whole(middle, wide):
                continue
            if middle - wide / 2 > below + 6 and wide + 4 <= 7 * self.axis.px:
                ink = "text" if bold else "muted"
                _write(painter, middle - wide / 2, FIGURES, text, ink, bold=bold)
                below = middle + wide / 2
        return taken

    def _whole(self, middle: float, wide: float) -> bool:
        """Whether a text stands wholly inside."""
        return middle - wide / 2 >= 2 and middle + wide / 2 <= self.width() - 2

    def _above(self, week: Week) -> float:
        """Baseline of a figure above a bar, clear of the line of what is available."""
        base, line = self._top(week.work) - 4, self._top(week.available)
        return line - 4 if base - 11 < line < base + 3 else base

    @property
    def _worked(self) -> tuple[dt.date, dt.date]:
        """The first and the last week of the load."""
        if self.load is None:
            return self.today, self.today
        return self.load.weeks[0], self.load.weeks[-1]

    def _middle(self, monday: dt.date) -> float:
        """Where the figures of a week stand: in its middle, or where it is seen."""
        left, right = self.axis.x(monday), self.axis.x(monday + ONE_WEEK)
        if right - left > self.width():
            return (max(0.0, left) + min(float(self.width()), right)) / 2
        return (left + right) / 2

    def _available(self, painter: QPainter, weeks: Sequence[Week], taken: Sequence[QRectF]) -> None:
        """The name of the line at its right end, where nothing stands in its way."""
        if not weeks or self.width() < 240:
            return
        week = weeks[-1]
        days = formats.person_days(week.available, lang())
        text = tr("available: {days}", days=days)
        wide = _wide(text)
        right = self.width() - 4.0
        top = min(self._top(w.available) for w in weeks if self._reaches(w, right - wide))
        bars = [w for w in weeks if self._reaches(w, right - wide) and w.work > w.available]
        if bars or any(box.right() > right - wide - 6 for box in taken):
            return
        _write(painter, right - wide, max(EDGE + 12.0, top - 5), text, "text")

    def _reaches(self, week: Week, x: float) -> bool:
        return self.axis.x(week.monday + ONE_WEEK) > x

    # pointing --------------------------------------------------------------------------------

    def monday_at(self, x: float) -> dt.date:
        """The week at a pixel."""
        day = self.axis.day(x)
        return day - dt.timedelta(days=day.weekday())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.load is not None:
            self.week_asked.emit(self.monday_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self.load is not None:
                week = self.week(self.monday_at(event.pos().x()))
                text = week_tip(self.load, self.persons, week, current())
                QToolTip.showText(event.globalPos() + QPoint(0, 18), text, self)
            return True
        return super().event(event)


def _wide(text: str, *, bold: bool = False) -> float:
    return QFontMetricsF(theme.font(theme.CAPTION, bold=bold)).horizontalAdvance(text)


def _write(
    painter: QPainter, x: float, y: float, text: str, ink: str, *, bold: bool = False
) -> None:
    """Text with a halo of the ground, so that lines behind it do not cut it."""
    face = theme.font(theme.CAPTION, bold=bold)
    path = QPainterPath()
    path.addText(QPointF(round(x), round(y)), face, text)
    painter.strokePath(path, QPen(theme.theme().colour("surface"), 3))
    painter.setFont(face)
    painter.setPen(theme.theme().colour(ink))
    painter.drawText(QPointF(round(x), round(y)), text)
