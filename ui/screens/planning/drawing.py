"""How bars, milestones and phases of the Gantt are drawn, each from the top of its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from crm_pilot.planning.engine.worktime import of_datetime
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Mode, TaskKind
from ui.language import formats, lang
from ui.screens.planning.gantt_data import Labels, Span, end_of
from ui.screens.planning.gantt_inks import BASE, advance, inks, write
from ui.screens.planning.gantt_places import DIAMOND, Extent, Places
from ui.screens.planning.gantt_route import BAR, BAR_TOP, MIDDLE
from ui.screens.planning.lines import Line
from ui.widgets.grid import ROW_HEIGHT

BASE_TOP, BASE_HIGH = 19.5, 3.0  # of the reference bar
TINT = 0.32  # of the colour, where work is still to be done
PALE = 0.55  # the pattern on what is done
ROUND = 2.0
FAR = 40.0  # pixels beyond the window at which a long bar is cut
TEXT_GAP, LINKED_GAP, POINT_GAP = 8.0, 14.0, 5.0  # from the end of a bar to its text
BETWEEN = 6.0  # pixels between two texts
MOST_TITLE = 60  # letters of a title written after its bar
PARCEL = 6.0  # half the width of a deliverable
HANDLE = 5.0  # half the width of the progress handle
LEAST_HANDLED = 14.0  # pixels of a bar whose progress can be taken
DOT, DOT_OUT = 3.5, 9.0  # radius of the dots that draw links, and how far out they stand
NO_BRUSH, NO_PEN = Qt.BrushStyle.NoBrush, Qt.PenStyle.NoPen
Text = tuple[str, str, bool]  # text, ink, bold


class Bar(NamedTuple):
    """One line as it is to be drawn: where, and how."""

    line: Line
    y: float
    span: Span
    extent: Extent
    token: str = "deployment"
    pattern: str = ""
    critical: bool = False
    near: bool = False
    selected: bool = False
    hovered: bool = False
    percent: int = 0
    slack_to: float | None = None  # pixel of its late finish
    texts: tuple[Text, ...] = ()
    text_x: float = 0.0

    @property
    def milestone(self) -> bool:
        """Whether it is one point."""
        return is_milestone(self.line)

    @property
    def end(self) -> float:
        """Pixel up to which something is drawn, texts included."""
        if not self.texts:
            return self.extent.right
        return self.text_x + width_of(self.texts)


def width_of(texts: Sequence[Text]) -> float:
    """Pixels of the texts after a bar."""
    return sum(advance(text, bold=bold) + BETWEEN for text, _, bold in texts) - BETWEEN


def is_milestone(line: Line) -> bool:
    """Whether a line is a milestone."""
    return line.row is not None and line.row.kind is TaskKind.MILESTONE


@lru_cache(maxsize=1024)
def signed_days(days: int, language: str) -> str:
    """`+7 j`; writing a number costs more than drawing it."""
    return formats.days(days, language, sign=True)


def texts_of(line: Line, span: Span, today: dt.date, labels: Labels, baseline: bool) -> list[Text]:
    """What is written after a line: the date of a milestone, the slip, the title or the owner."""
    row = line.row
    if row is None:
        return []
    made: list[Text] = []
    milestone = row.kind is TaskKind.MILESTONE
    if labels is Labels.TITLE and not line.holds:
        made.append((row.title[:MOST_TITLE], "text", milestone))
    elif labels is Labels.OWNER and not line.holds and row.owner:
        made.append((row.owner, "muted", False))
    if milestone:
        day = formats.day(span.finish, lang(), year=span.finish.year != today.year)
        made.append((day, "text", True))
    slip = (span.finish - row.baseline_finish).days if row.baseline_finish and baseline else 0
    if slip:
        made.append((signed_days(slip, lang()), "muted", False))
    return made


class BarPainter:
    """Draws bars on one painter."""

    def __init__(self, painter: QPainter, places: Places, width: float) -> None:
        self.painter, self.places, self.width = painter, places, width
        self.scale, self.inks = places.scale, inks()

    def draw(self, bar: Bar, *, baseline: bool) -> None:
        """One line with all that belongs to it."""
        line, row = bar.line, bar.line.row
        if row is None:
            self._pillar(bar)
            return
        if bar.milestone:
            self._milestone(bar, row, baseline=baseline)
        else:
            if baseline:
                self.reference(row, bar.y)
            if line.holds:
                self._phase(bar)
            else:
                self._bar(bar, row)
        if row.deadline_at is not None and not line.holds:
            self._deadline(bar, row)
        self._texts(bar)

    def _out(self, left: float, right: float) -> bool:
        return right < -20 or left > self.width + 20

    def reference(self, row: TaskRow, y: float) -> None:
        """The bar of the reference plan, under the present one."""
        if row.baseline_start is None or row.baseline_finish is None:
            return
        left = self.places.begin(row, row.baseline_start, None)
        right = self.places.finish(row, row.baseline_finish, None)
        if self._out(left, right):
            return
        left, right = max(left, -FAR), min(right, self.width + FAR)
        self.painter.setPen(NO_PEN)
        self.painter.setBrush(self.inks.brush("muted", 0.75))
        box = QRectF(left, y + BASE_TOP, right - left, BASE_HIGH)
        self.painter.drawRoundedRect(box, 1.5, 1.5)

    def _pillar(self, bar: Bar) -> None:
        left, right = max(bar.extent.left, -FAR), min(bar.extent.right, self.width + FAR)
        if right > left:
            tint = self.inks.colour(bar.line.pillar.value, 0.6)
            self.painter.fillRect(QRectF(left, bar.y + 12, right - left, 4), tint)

    def _phase(self, bar: Bar) -> None:
        left, right, y = *bar.extent, bar.y
        if not self._out(left, right):
            cut_left, cut_right = max(left, -FAR), min(right, self.width + FAR)
            corners = (
                *((cut_left, 9), (cut_right, 9), (cut_right, 18)),
                *((max(cut_left, cut_right - 6), 13), (min(cut_right, cut_left + 6), 13)),
                (cut_left, 18),
            )
            self.painter.setPen(NO_PEN)
            self.painter.setBrush(self.inks.brush("text", 0.86))
            self.painter.drawPolygon(QPolygonF([QPointF(x, y + dy) for x, dy in corners]))
            self._beyond(left, right, y + 11)
        self._points(bar)

    def _points(self, bar: Bar) -> None:
        """Committee milestones on the bar of the closed phase that hides them."""
        for day in bar.line.points:
            x = self.places.middle(day)
            if not self._out(x, x):
                self.painter.setPen(self.inks.pen("surface", 1.5))
                self.painter.setBrush(self.inks.brush(bar.token))
                self.painter.drawPolygon(_diamond(6.5).translated(x, bar.y + 11.5))

    # bars ------------------------------------------------------------------------------------

    def _bar(self, bar: Bar, row: TaskRow) -> None:
        left, right = bar.extent
        if self._out(left, right):
            return
        cut_left, cut_right = max(left, -FAR), min(right, self.width + FAR)
        top = bar.y + BAR_TOP
        box = QRectF(cut_left + 0.5, top + 0.5, max(2.0, cut_right - cut_left - 1), BAR - 1)
        if not row.active:
            self._inactive(box)
        else:
            self._filled(bar, box)
            self._outline(bar, box)
        if row.mode is Mode.MANUAL and row.active:
            self._brackets(cut_left, cut_right, top)
        if bar.slack_to is not None:
            self._slack(bar, bar.slack_to)
        if bar.selected:
            self.painter.setPen(self.inks.pen("accent", 2.0))
            self.painter.setBrush(NO_BRUSH)
            self.painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 3, 3)
        self._beyond(left, right, bar.y + MIDDLE)

    def _filled(self, bar: Bar, box: QRectF) -> None:
        """What is done solid, what is to do tinted."""
        painter = self.painter
        painter.setPen(NO_PEN)
        painter.setBrush(self.inks.brush(bar.token, TINT))
        painter.drawRoundedRect(box, ROUND, ROUND)
        if bar.pattern:
            painter.setBrush(self.inks.brush(bar.token, 1.0, bar.pattern))
            painter.drawRoundedRect(box, ROUND, ROUND)
        if bar.percent:
            left, right = bar.extent
            end = left + (right - left) * bar.percent / 100 - 0.5
            done = QRectF(box)
            done.setRight(min(box.right(), end))
            if done.width() > 0:
                painter.setBrush(self.inks.brush(bar.token))
                painter.drawRoundedRect(done, ROUND, ROUND)
                if bar.pattern:
                    painter.setBrush(self.inks.brush(bar.token, PALE, bar.pattern))
                    painter.drawRoundedRect(done, ROUND, ROUND)

    def _outline(self, bar: Bar, box: QRectF) -> None:
        if bar.critical:
            pen = self.inks.pen("text", 2.0)
        elif bar.near:
            pen = self.inks.pen("text", 1.0, 1.0, (4, 3))  # wider dashes are slow
        else:
            pen = self.inks.pen(bar.token, 1.0)
        self.painter.setPen(pen)
        self.painter.setBrush(NO_BRUSH)
        self.painter.drawRoundedRect(box, ROUND, ROUND)

    def _inactive(self, box: QRectF) -> None:
        """Hollow and struck: it is not to be done."""
        self.painter.setPen(self.inks.pen("muted", 1.0, 1.0, (4, 3)))
        self.painter.setBrush(self.inks.brush("surface"))
        self.painter.drawRoundedRect(box, ROUND, ROUND)
        self.painter.setPen(self.inks.pen("muted", 1.0))
        y = box.center().y()
        self.painter.drawLine(QLineF(box.left() - 4, y, box.right() + 4, y))

    def _brackets(self, left: float, right: float, top: float) -> None:
        """The ends of a line planned by hand."""
        self.painter.setPen(self.inks.pen("text", 1.6))
        self.painter.setBrush(NO_BRUSH)
        high, low = top - 2, top + BAR + 2
        for x, way in ((left, 1), (right, -1)):
            path = QPainterPath(QPointF(x + 3 * way, high))
            path.lineTo(x - way, high)
            path.lineTo(x - way, low)
            path.lineTo(x + 3 * way, low)
            self.painter.drawPath(path)

    def _slack(self, bar: Bar, end: float) -> None:
        """How much later it could end: a thin line with a tick, which texts interrupt."""
        right, y = bar.extent.right, bar.y + MIDDLE
        if end < right + 3 or self._out(right, end):
            return
        self.painter.setPen(self.inks.pen("muted", 1.2))
        gaps = [(bar.text_x - 3, bar.end + 4)] if bar.texts and bar.text_x < end else []
        for left, stop in pieces(max(right + 1, -FAR), min(end, self.width + FAR), gaps):
            self.painter.drawLine(QLineF(left, y, stop, y))
        self.painter.drawLine(QLineF(end, y - 3, end, y + 3))

    def _beyond(self, left: float, right: float, middle: float) -> None:
        """An arrow head where a bar leaves the window."""
        for leaves, x, way in ((left < 0, 1.0, -1), (right > self.width, self.width - 1.0, 1)):
            if leaves and right > 0 and left < self.width:
                tip = QPolygonF(
                    [
                        QPointF(x, middle),
                        QPointF(x - 7 * way, middle - 5.5),
                        QPointF(x - 7 * way, middle + 5.5),
                    ]
                )
                self.painter.setPen(NO_PEN)
                self.painter.setBrush(self.inks.brush("text"))
                self.painter.drawPolygon(tip)

    # points ----------------------------------------------------------------------------------

    def _milestone(self, bar: Bar, row: TaskRow, *, baseline: bool) -> None:
        """A diamond; what hands something over is a parcel."""
        painter, middle = self.painter, bar.y + ROW_HEIGHT / 2
        shape = _parcel() if row.deliverable else _diamond(DIAMOND)
        x = (bar.extent.left + bar.extent.right) / 2
        if baseline and row.baseline_finish is not None and row.baseline_finish != bar.span.finish:
            base = self.places.middle(row.baseline_finish)
            if not self._out(base, base):
                painter.setPen(self.inks.pen("muted", 1.2))
                painter.setBrush(self.inks.brush("surface"))
                small = _parcel(4.5) if row.deliverable else _diamond(5.5)
                painter.drawPolygon(small.translated(base, middle + 1.5))
        if self._out(x - DIAMOND, x + DIAMOND):
            return
        if not row.active:
            painter.setPen(self.inks.pen("muted", 1.2, 1.0, (3, 2)))
            painter.setBrush(self.inks.brush("surface"))
        else:
            width = 2.0 if bar.selected or bar.critical else 1.2
            dash = (2.0, 1.5) if bar.near and not bar.selected else ()
            painter.setPen(self.inks.pen("accent" if bar.selected else "text", width, 1.0, dash))
            painter.setBrush(self.inks.brush(bar.token, 1.0 if bar.percent >= 100 else TINT))
        painter.drawPolygon(shape.translated(x, middle))
        if row.deliverable:  # the lid of the parcel
            painter.drawLine(QLineF(x - 6, middle - 2, x + 6, middle - 2))
        if not row.active:
            painter.drawLine(QLineF(x - 11, middle, x + 11, middle))

    def _deadline(self, bar: Bar, row: TaskRow) -> None:
        """An arrow down at the deadline; filled and in the colour of alert when it is missed."""
        assert row.deadline_at is not None
        calendar = self.places.hours.of(row)
        moment = of_datetime(row.deadline_at)
        x = self.places.of_moment(calendar, moment)
        if self._out(x, x):
            return
        missed = end_of(bar.span, calendar) > moment and not bar.milestone
        if bar.milestone:
            missed = bar.span.finish > row.deadline_at.date()
        self.painter.setPen(self.inks.pen("alert" if missed else "text", 1.2))
        self.painter.setBrush(self.inks.brush("alert" if missed else "surface"))
        self.painter.drawPolygon(_arrow_down().translated(x, bar.y + 3))

    def _texts(self, bar: Bar) -> None:
        x = bar.text_x
        if not 2 <= x <= self.width:  # none is cut
            return
        base = bar.y + (ROW_HEIGHT / 2 + BASE if bar.milestone else 16)
        ground = "accent_wash" if bar.selected else "surface"
        for text, ink, bold in bar.texts:
            x = write(self.painter, QPointF(x, base), text, ink, bold=bold, ground=ground) + BETWEEN

    # handles ---------------------------------------------------------------------------------

    def handles(self, bar: Bar, *, stretches: bool, dots: bool) -> None:
        """What can be taken of a bar: the dots that draw links, and its progress."""
        left, right = bar.extent
        self.painter.setPen(self.inks.pen("accent", 1.4))
        self.painter.setBrush(self.inks.brush("surface"))
        if dots:
            middle = bar.y + (ROW_HEIGHT / 2 if bar.milestone else MIDDLE)
            for x in (left - DOT_OUT, right + DOT_OUT):
                self.painter.drawEllipse(QPointF(x, middle), DOT, DOT)
        if stretches and right - left >= LEAST_HANDLED:
            at = progress_x(bar), bar.y + BAR_TOP + BAR
            self.painter.drawPolygon(_handle().translated(*at))


def pieces(
    left: float, right: float, gaps: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """What is left of a line when gaps in order are cut out of it."""
    made = []
    for begin, end in gaps:
        if begin > left:
            made.append((left, min(begin, right)))
        left = max(left, end)
    if right > left:
        made.append((left, right))
    return made


def progress_x(bar: Bar) -> float:
    """Pixel up to which a bar is done."""
    left, right = bar.extent
    return left + (right - left) * bar.percent / 100


def _polygon(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners])


@lru_cache(maxsize=8)
def _diamond(radius: float) -> QPolygonF:
    return _polygon((0, -radius), (radius, 0), (0, radius), (-radius, 0))


@lru_cache(maxsize=2)
def _parcel(half: float = PARCEL) -> QPolygonF:
    return _polygon((-half, -half), (half, -half), (half, half), (-half, half))


@lru_cache(maxsize=1)
def _arrow_down() -> QPolygonF:
    return _polygon((-2, 0), (2, 0), (2, 9), (5, 9), (0, 15), (-5, 9), (-2, 9))


@lru_cache(maxsize=1)
def _handle() -> QPolygonF:
    return _polygon((0, -1), (HANDLE, HANDLE + 1), (-HANDLE, HANDLE + 1))
