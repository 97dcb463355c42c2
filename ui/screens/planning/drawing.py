"""How bars, milestones, phases, links and the calendar of the Gantt are drawn."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from crm_pilot.planning import rules
from crm_pilot.planning.terms import TaskKind
from ui import theme
from ui.language import formats, lang
from ui.screens.planning.cells import diamond_shape, is_milestone
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import TimeScale, months, next_month, weeks
from ui.widgets.grid import ROW_HEIGHT

BAR_TOP, BAR = 6, 11
BASE_TOP, BASE = 19.5, 3.0
DIAMOND = 7.5
HEADER = 40
Dates = tuple[dt.date, dt.date]


class GanttPainter:
    """Draws lines of the plan on one painter; `y` is always the top of the row."""

    def __init__(self, painter: QPainter, scale: TimeScale, width: float, today: dt.date) -> None:
        self.painter, self.scale, self.width, self.today = painter, scale, width, today
        self.look = theme.theme()
        self.small = theme.font(theme.CAPTION)
        self.small_bold = theme.font(theme.CAPTION, bold=True)
        self._room = QFontMetricsF(self.small)

    # calendar --------------------------------------------------------------------------------

    def weekends(self, top: float, height: float) -> None:
        """Tint Saturdays and Sundays; too narrow to be seen when zoomed out."""
        if self.scale.px < 3:
            return
        tint = self.look.mix("raised", 0.62)
        for monday in weeks(self.scale.day(0), self.scale.day(self.width)):
            x = self.scale.x(monday + dt.timedelta(days=5))
            self.painter.fillRect(QRectF(x, top, 2 * self.scale.px, height), tint)

    def month_lines(self, top: float, height: float) -> None:
        """A hairline at the beginning of each month."""
        self.painter.setPen(QPen(self.look.colour("line"), self.look.line_width))
        for month in months(self.scale.day(0), self.scale.day(self.width)):
            x = round(self.scale.x(month)) + 0.5
            self.painter.drawLine(QPointF(x, top), QPointF(x, top + height))

    def header(self) -> None:
        """Months above weeks; days when zoomed in; years above months when zoomed out."""
        look, line = self.look, self.look.line_width
        self.painter.fillRect(QRectF(0, 0, self.width, HEADER), look.colour("raised"))
        first, last = self.scale.day(0), self.scale.day(self.width)
        if self.scale.zoom == "month":
            self._years(first, last)
        else:
            self._months(first, last)
        self.painter.fillRect(QRectF(0, HEADER - line, self.width, line), look.colour("line"))

    def _months(self, first: dt.date, last: dt.date) -> None:
        for month in months(first, last):
            label = formats.month(month, lang(), year=True)
            self._upper(month, next_month(month), label[:1].upper() + label[1:])
        if self.scale.zoom == "day":
            day = first
            while day <= last:
                self._lower(day, str(day.day), centred=True)
                day += dt.timedelta(days=1)
            return
        for monday in weeks(first, last):
            self._tick(monday)
            self._lower(monday, formats.week(monday, lang()))

    def _years(self, first: dt.date, last: dt.date) -> None:
        for year in range(first.year, last.year + 1):
            self._upper(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), str(year))
        for month in months(first, last):
            self._tick(month)
            label = formats.month(month, lang())
            if self.scale.px * 28 < 34:
                label = label[:1].upper()
            self._lower(month, label)

    def _upper(self, start: dt.date, end: dt.date, text: str) -> None:
        left, right = self.scale.x(start), self.scale.x(end)
        self.painter.setPen(QPen(self.look.colour("line"), 1))
        if left > 0:
            x = round(left) + 0.5
            self.painter.drawLine(QPointF(x, 0), QPointF(x, HEADER))
        self.painter.setFont(self.small_bold)
        self.painter.setPen(self.look.colour("text"))
        room = QFontMetricsF(self.small_bold)
        at = max(left, 0) + 6
        for shown in (text, text.split("\u00a0")[0]):
            if room.horizontalAdvance(shown) <= min(right, self.width) - at - 2:
                self.painter.drawText(QPointF(at, 15.5), shown)
                return

    def _tick(self, day: dt.date) -> None:
        x = round(self.scale.x(day)) + 0.5
        self.painter.setPen(QPen(self.look.colour("line"), 1))
        self.painter.drawLine(QPointF(x, 22), QPointF(x, HEADER))

    def _lower(self, day: dt.date, text: str, *, centred: bool = False) -> None:
        self.painter.setFont(self.small)
        self.painter.setPen(self.look.colour("muted"))
        x = self.scale.x(day)
        if centred:
            box = QRectF(x, 22, self.scale.px, 16)
            self.painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        elif x > -4 and x + 6 + self._room.horizontalAdvance(text) < self.width:  # none is cut
            self.painter.drawText(QPointF(x + 6, 34.5), text)

    def today_line(self, height: float) -> None:
        """One accent line, with a tag in the row of months."""
        x = self.scale.x(self.today) + self.scale.px / 2
        if not -40 < x < self.width + 40:
            return
        accent = self.look.colour("accent")
        self.painter.fillRect(QRectF(round(x) - 0.75, 20, 1.5, height), accent)
        text = formats.day(self.today, lang())
        room = QFontMetricsF(self.small_bold).horizontalAdvance(text) + 12
        tag = QRectF(round(x - room / 2), 3, room, 17)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(accent)
        self.painter.drawRoundedRect(tag, 3, 3)
        self.painter.setPen(self.look.colour("on_accent"))
        self.painter.setFont(self.small_bold)
        self.painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), text)

    # lines -----------------------------------------------------------------------------------

    def line(
        self, line: Line, y: float, dates: Dates | None, *, selected: bool, linked: bool = False
    ) -> None:
        """One line; `dates` are where it is now, also in the middle of a drag. A bar that is
        `linked` to a later one writes no slip at its end, where the link leaves."""
        row = line.row
        if row is not None and row.kind is not TaskKind.MILESTONE:
            self._baseline(line, y)
        if dates is None:
            return
        if row is None:
            self._pillar(line, y, dates)
        elif row.kind is TaskKind.MILESTONE:
            self._milestone(line, y, dates[1], selected)
        elif line.holds:
            self._phase(y, dates)
            self._points(line, y)
            self._slip(line, y, dates)
        else:
            self._bar(line, y, dates, selected)
            if not linked:
                self._slip(line, y, dates)

    def _baseline(self, line: Line, y: float) -> None:
        row = line.row
        if row is None or row.baseline_start is None or row.baseline_finish is None:
            return
        left, right = self.scale.x(row.baseline_start), self.scale.end(row.baseline_finish)
        if right < 0 or left > self.width:
            return
        grey = self.look.mix("muted", 0.75)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(grey)
        self.painter.drawRoundedRect(QRectF(left, y + BASE_TOP, right - left, BASE), 1.5, 1.5)

    def _pillar(self, line: Line, y: float, dates: Dates) -> None:
        left, right = self.scale.x(dates[0]), self.scale.end(dates[1])
        tint = self.look.mix(line.pillar.value, 0.6)
        self.painter.fillRect(QRectF(left, y + 12, right - left, 4), tint)

    def _phase(self, y: float, dates: Dates) -> None:
        left, right = self.scale.x(dates[0]), self.scale.end(dates[1])
        ink = self.look.mix("text", 0.86)
        path = QPainterPath()
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(left, y + 9),
                    QPointF(right, y + 9),
                    QPointF(right, y + 18),
                    QPointF(max(left, right - 6), y + 13),
                    QPointF(min(right, left + 6), y + 13),
                    QPointF(left, y + 18),
                ]
            )
        )
        path.closeSubpath()
        self.painter.fillPath(path, ink)
        self._beyond(left, right, y + 11)

    def _points(self, line: Line, y: float) -> None:
        """Committee milestones on the bar of the closed phase that hides them."""
        self.painter.setPen(QPen(self.look.colour("surface"), 1.5))
        self.painter.setBrush(self.look.colour(line.pillar.value))
        for day in line.points:
            x = self.scale.x(day) + self.scale.px / 2
            self.painter.drawPolygon(diamond_shape(QPointF(x, y + 11.5), 6.5))

    def _bar(self, line: Line, y: float, dates: Dates, selected: bool) -> None:
        left, right = self.scale.x(dates[0]), self.scale.end(dates[1])
        if right < -20 or left > self.width + 20:
            return
        colour = self.look.colour(line.pillar.value)
        box = QRectF(left + 0.5, y + BAR_TOP + 0.5, max(3.0, right - left - 1), BAR - 1)
        whole = QPainterPath()
        whole.addRoundedRect(box, 2, 2)
        self.painter.fillPath(whole, self.look.mix(line.pillar.value, 0.32))
        if line.percent:
            done = QRectF(box)
            done.setWidth(box.width() * line.percent / 100)
            part = QPainterPath()
            part.addRect(done)
            self.painter.fillPath(whole.intersected(part), colour)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(colour, 1))
        self.painter.drawPath(whole)
        if selected:
            self.painter.setPen(QPen(self.look.colour("accent"), 2))
            self.painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 3, 3)
        self._beyond(left, right, y + BAR_TOP + BAR / 2)

    def _milestone(self, line: Line, y: float, day: dt.date, selected: bool) -> None:
        row = line.row
        assert row is not None
        x, middle = self.scale.x(day) + self.scale.px / 2, y + ROW_HEIGHT / 2
        if row.baseline_finish is not None and row.baseline_finish != day:
            base = self.scale.x(row.baseline_finish) + self.scale.px / 2
            self.painter.setPen(QPen(self.look.colour("muted"), 1.2))
            self.painter.setBrush(self.look.colour("surface"))
            self.painter.drawPolygon(diamond_shape(QPointF(base, middle + 1.5), 5.5))
        edge = "accent" if selected else "text"
        self.painter.setPen(QPen(self.look.colour(edge), 2 if selected else 1.2))
        fill = self.look.colour(line.pillar.value)
        self.painter.setBrush(fill if row.done else self.look.mix(line.pillar.value, 0.32))
        self.painter.drawPolygon(diamond_shape(QPointF(x, middle), DIAMOND))
        if x < -DIAMOND or x > self.width:
            return
        label = formats.day(day, lang(), year=day.year != self.today.year)
        at = self.text(x + DIAMOND + 5, middle + 4.5, label, "text", bold=True)
        slip = (day - row.baseline_finish).days if row.baseline_finish else 0
        if slip:
            self.text(at + 6, middle + 4.5, formats.days(slip, lang(), sign=True), "muted")

    def _slip(self, line: Line, y: float, dates: Dates) -> None:
        row = line.row
        if row is None or row.baseline_finish is None:
            return
        slip = (dates[1] - row.baseline_finish).days
        x = self.scale.end(dates[1])
        if slip and 0 <= x < self.width:
            self.text(x + 8, y + 16, formats.days(slip, lang(), sign=True), "muted")

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
                self.painter.setPen(Qt.PenStyle.NoPen)
                self.painter.setBrush(self.look.colour("text"))
                self.painter.drawPolygon(tip)

    def text(self, x: float, y: float, text: str, ink: str, *, bold: bool = False) -> float:
        """Text with a halo of the ground, so that lines behind it do not cut it; its end."""
        face = self.small_bold if bold else self.small
        path = QPainterPath()
        path.addText(QPointF(x, y), face, text)
        self.painter.strokePath(path, QPen(self.look.colour("surface"), 3))
        self.painter.setPen(self.look.colour(ink))
        self.painter.setFont(face)
        self.painter.drawText(QPointF(x, y), text)
        return x + QFontMetricsF(face).horizontalAdvance(text)

    # links -----------------------------------------------------------------------------------

    def link(self, before: tuple[Line, float, Dates], after: tuple[Line, float, Dates]) -> None:
        """A finish-to-start link at right angles; a broken one is dashed in the alert colour."""
        first, y1, from_dates = before
        second, y2, to_dates = after
        x1 = self._leaves(first, from_dates)
        x2 = self._meets(second, to_dates)
        if max(x1, x2) < -20 or min(x1, x2) > self.width + 20:
            return
        broken = False
        if first.row is not None and second.row is not None:
            broken = rules.out_of_order(first.row.kind, from_dates[1], second.row.kind, to_dates[0])
        colour = self.look.colour("alert" if broken else "muted")
        pen = QPen(colour, 1.4 if broken else 1.2)
        if broken:
            pen.setDashPattern([3, 2])
        down = y2 > y1
        from_point, to_point = is_milestone(first), is_milestone(second)
        tip_y = y2 + (BAR_TOP - 0.5 if down else BAR_TOP + BAR + 0.5)
        if to_point:
            tip_y = y2 + ROW_HEIGHT / 2 + (-DIAMOND if down else DIAMOND)
        tip_x = x2 if to_point else x2 + min(5.0, self.scale.px)
        if from_point:  # leaves the diamond up or down, so that its label stays clear
            start = QPointF(x1, y1 + ROW_HEIGHT / 2 + (DIAMOND if down else -DIAMOND))
            turns = [(x1, y2 + (0 if down else ROW_HEIGHT))]
        else:
            start = QPointF(x1, y1 + BAR_TOP + BAR / 2)
            turns = []
            if tip_x < x1 + 2:  # back in time: round the bar, between the rows
                turns = [(x1 + 6, start.y()), (x1 + 6, y1 + (ROW_HEIGHT if down else 0))]
        path = QPainterPath(start)
        for x, y in turns:
            path.lineTo(x, y)
        path.lineTo(tip_x, path.currentPosition().y())
        path.lineTo(tip_x, tip_y - (5 if down else -5))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(pen)
        self.painter.drawPath(path)
        self._arrow(QPointF(tip_x, tip_y), 1 if down else -1, colour)

    def _leaves(self, line: Line, dates: Dates) -> float:
        if is_milestone(line):
            return self.scale.x(dates[1]) + self.scale.px / 2
        return self.scale.end(dates[1])

    def _meets(self, line: Line, dates: Dates) -> float:
        if is_milestone(line):
            return self.scale.x(dates[0]) + self.scale.px / 2
        return self.scale.x(dates[0])

    def _arrow(self, tip: QPointF, way: int, colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawPolygon(
            QPolygonF([tip, tip + QPointF(-3.5, -5.0 * way), tip + QPointF(3.5, -5.0 * way)])
        )
