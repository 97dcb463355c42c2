"""What lies behind the bars: days and hours nobody works, rows, and the line of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from crm_pilot.i18n import tr
from crm_pilot.people.terms import DayPart
from crm_pilot.planning.calendars import DayOff, FreeDays
from crm_pilot.planning.engine.worktime import DAY
from ui import theme
from ui.language import formats, lang
from ui.screens.planning.gantt_data import ONE_DAY
from ui.screens.planning.gantt_header import HEADER, SPLIT
from ui.screens.planning.gantt_inks import advance, hatch, inks, write_upright
from ui.screens.planning.gantt_places import Places
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import days, months
from ui.widgets.grid import ROW_HEIGHT

FINEST = 3.0  # pixels a day under which weekends would only be noise
UPRIGHT = 15.0  # pixels of width that an upright word needs
ABSENCE_PART = 0.24  # of the muted ink: quiet
KNOT = 2.0  # radius of a point of the progress line

Knot = tuple[float, float, float | None]  # top of a row, middle, pixel of its progress or none


class GroundPainter:
    """Draws the ground of the bars between two heights."""

    def __init__(
        self, painter: QPainter, places: Places, width: float, top: float, bottom: float
    ) -> None:
        self.painter, self.places, self.width = painter, places, width
        self.top, self.bottom = top, bottom
        self.scale = places.scale
        self.inks = inks()

    @cached_property
    def free(self) -> list[FreeDays]:
        """Stretches of days nobody works in the window; none where they would only be noise."""
        if self.scale.px < FINEST:
            return []
        return self.places.hours.free(self.scale.day(0), self.scale.day(self.width))

    @property
    def _height(self) -> float:
        return self.bottom - self.top

    def calendar(self) -> None:
        """Weekends tinted, holidays and closures hatched, hours nobody works tinted."""
        if self.bottom <= self.top:
            return
        tint = self.inks.colour("raised", 0.62)
        ratio = self.painter.device().devicePixelRatioF()
        hatched = hatch(
            self.inks.colour("muted", 0.38).name(), self.inks.colour("raised", 0.3).name(), ratio
        )
        for one in self.free:
            box = self._box(one.first, one.last)
            if one.kind is DayOff.WEEKEND:
                self.painter.fillRect(box, tint)
            else:
                self.painter.fillRect(box, hatched)
        if self.scale.by_clock:
            self._hours()

    def _box(self, first: dt.date, last: dt.date) -> QRectF:
        left = self.scale.x(first)
        return QRectF(left, self.top, self.scale.end(last) - left, self._height)

    def _hours(self) -> None:
        """The hours of working days in which nobody works."""
        tint, calendar = self.inks.colour("raised", 0.62), self.places.hours.calendar
        minute = self.scale.px / DAY
        for day in days(self.scale.day(0), self.scale.day(self.width)):
            shifts = calendar.shifts(day.toordinal())
            if not shifts:
                continue
            left, begun = self.scale.x(day), 0
            for begin, end in (*shifts, (DAY, DAY)):
                if begin > begun:
                    x, wide = left + begun * minute, (begin - begun) * minute
                    self.painter.fillRect(QRectF(x, self.top, wide, self._height), tint)
                begun = end

    def lines(self) -> None:
        """Hairlines where months begin, or days where hours can be read."""
        self.painter.setPen(self.inks.pen("line", 1.0))
        first, last = self.scale.day(0), self.scale.day(self.width)
        if self.scale.by_clock:
            starts: Iterable[dt.date] = days(first, last)
        elif self.scale.zoom == "year":
            starts = months(first, last, 12)
        else:
            starts = months(first, last)
        for start in starts:
            x = round(self.scale.x(start)) + 0.5
            self.painter.drawLine(QPointF(x, self.top), QPointF(x, self.bottom))

    def words(self, taken: Sequence[tuple[float, float, float, float]]) -> None:
        """The names of closures and holidays, upright where there is room between the bars.
        `taken` are the left, right, top and bottom of what is drawn."""
        for one in self.free:
            if one.kind is DayOff.WEEKEND:
                continue
            box = self._box(one.first, one.last)
            left, right = max(box.left(), 0.0), min(box.right(), self.width)
            if right - left < UPRIGHT:
                continue
            kind = tr("Closure") if one.kind is DayOff.CLOSURE else tr("Public holiday")
            text = one.name or kind
            middle = (left + right) / 2
            near = [t for t in taken if t[0] < middle + 8 and t[1] > middle - 8]
            y = self._room(near, advance(text) + 8)
            if y is not None:
                write_upright(self.painter, QPointF(middle, y), text)

    def _room(
        self, taken: Sequence[tuple[float, float, float, float]], length: float
    ) -> float | None:
        """Middle of the lowest gap that is `length` high; None without one."""
        bottom = self.bottom - 4
        for _, _, top, below in sorted(taken, key=lambda box: -box[3]):
            if bottom - below >= length:
                break
            bottom = min(bottom, top)
        return bottom - length / 2 if bottom - length >= self.top else None

    # rows ------------------------------------------------------------------------------------

    def row(self, line: Line, y: float, *, selected: bool) -> None:
        """The wash of a selected row, the absences of its owner, and the line under it."""
        if selected:
            wash = theme.theme().colour("accent")
            wash.setAlphaF(0.10)
            self.painter.fillRect(QRectF(0, y, self.width, ROW_HEIGHT - 1), wash)
        if line.row is not None and not line.holds and self.scale.px >= FINEST:
            self._absences(line, y)
        thick = self.inks.look.line_width
        self.painter.fillRect(
            QRectF(0, y + ROW_HEIGHT - thick, self.width, thick), self.inks.colour("line")
        )

    def _absences(self, line: Line, y: float) -> None:
        row, hours, scale = line.row, self.places.hours, self.scale
        if row is None or line.start is None or line.finish is None:
            return
        for first, last, part in hours.away(row):
            if first > line.finish + 7 * ONE_DAY or last < line.start - 7 * ONE_DAY:
                continue
            if scale.x(first) > self.width or scale.end(last) < 0:
                continue
            tint = theme.theme().colour("muted")
            tint.setAlphaF(ABSENCE_PART)
            for left, right in self._away(first, last, part):
                box = QRectF(left, y + 2, right - left, ROW_HEIGHT - 5)
                self.painter.fillRect(box, tint)

    def _away(self, first: dt.date, last: dt.date, part: DayPart) -> list[tuple[float, float]]:
        scale, hours = self.scale, self.places.hours
        if part is DayPart.DAY:
            return [(scale.x(first), scale.end(last))]
        if not scale.by_minute:
            return [(scale.x(day), scale.end(day)) for day in days(first, last)]
        made = []
        for day in days(first, last):
            begin, end = hours.part(day, part)
            if not scale.by_clock:
                begin, end = (0, DAY // 2) if part is DayPart.MORNING else (DAY // 2, DAY)
            left = scale.x(day)
            made.append((left + begin * scale.px / DAY, left + end * scale.px / DAY))
        return made

    # today -----------------------------------------------------------------------------------

    def today(self, day: dt.date, points: Sequence[Knot] = ()) -> None:
        """One accent line, with a tag in the upper row of the header. With `points` it bends
        through them: the progress line."""
        x = float(round(self.places.middle(day)))
        tag = tag_of(self.places, day, self.width)
        if tag is None and not points:
            return
        accent = self.inks.colour("accent")
        straight = x - 1  # one whole pixel, and half of the next
        if points:
            self.painter.fillRect(QRectF(straight, SPLIT - 2, 1.5, HEADER - SPLIT + 2), accent)
            self._zigzag(straight + 0.75, points)
        else:
            height = self.bottom - SPLIT + 2
            self.painter.fillRect(QRectF(straight, SPLIT - 2, 1.5, height), accent)
        if tag is not None:
            self._tag(tag, formats.day(day, lang()))

    def _zigzag(self, x: float, points: Sequence[Knot]) -> None:
        """Line by line: one long line with turns costs ten times as much as its parts."""
        painter, end = self.painter, float(HEADER)
        painter.save()
        painter.setClipRect(QRectF(0, HEADER, self.width, self.bottom - HEADER))
        painter.setPen(self.inks.pen("accent", 1.5))
        painter.setBrush(self.inks.brush("accent"))
        for top, middle, point in points:
            below = top + ROW_HEIGHT
            if point is None:
                painter.drawLine(QLineF(x, end, x, below))
            else:
                painter.drawLine(QLineF(x, end, x, top))
                painter.drawLine(QLineF(x, top, point, middle))
                painter.drawLine(QLineF(point, middle, x, below))
                painter.drawEllipse(QPointF(point, middle), KNOT, KNOT)
            end = below
        painter.drawLine(QLineF(x, end, x, self.bottom))
        painter.restore()

    def _tag(self, ends: tuple[float, float], text: str) -> None:
        box = QRectF(ends[0], 3, ends[1] - ends[0], 17)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.inks.colour("accent"))
        self.painter.drawRoundedRect(box, 3, 3)
        self.painter.setPen(self.inks.colour("on_accent"))
        self.painter.setFont(theme.font(theme.CAPTION, bold=True))
        self.painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def tag_of(places: Places, day: dt.date, width: float) -> tuple[float, float] | None:
    """Ends of the tag of today; None when it is out of sight."""
    x = places.middle(day)
    if not -40 < x < width + 40:
        return None
    room = advance(formats.day(day, lang()), bold=True) + 12
    left = float(round(x - room / 2))
    return left, left + room
