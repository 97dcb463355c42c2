"""The two rows of time above the bars: the widest that fits above the narrowest that fits."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from crm_pilot.i18n import tr
from ui import theme
from ui.language import formats, lang
from ui.screens.planning.gantt_inks import advance, inks
from ui.screens.planning.timescale import (
    TimeScale,
    days,
    hour_step,
    months,
    next_month,
    weeks,
)

HEADER = 40
UPPER, LOWER = 15.5, 34.5  # where texts stand
SPLIT = 22  # top of the lower row
PAD = 6
TAG_GAP = 4  # pixels between the tag of today and a text
LETTER = 34  # pixels under which the name of a month is one letter


class HeaderPainter:
    """Draws the header of the bars once."""

    def __init__(
        self,
        painter: QPainter,
        scale: TimeScale,
        width: float,
        tag: tuple[float, float] | None = None,
    ) -> None:
        self.painter, self.scale, self.width = painter, scale, width
        self.tag = tag  # ends of the tag of today, which stands in the upper row
        self.inks = inks()
        self.language = lang()
        self.first, self.last = scale.day(0), scale.day(width)

    def draw(self) -> None:
        """Both rows and the line under them."""
        line = self.inks.look.line_width
        self.painter.fillRect(QRectF(0, 0, self.width, HEADER), self.inks.colour("raised"))
        level = getattr(self, f"_{self.scale.zoom}")
        level()
        self.painter.fillRect(QRectF(0, HEADER - line, self.width, line), self.inks.colour("line"))

    # levels ----------------------------------------------------------------------------------

    def _year(self) -> None:
        self._years()
        quarter = self.scale.px * 91
        if quarter < 14:
            return
        for start in months(self.first, self.last, 3):
            number = (start.month + 2) // 3
            text = tr("Q{n}", n=number) if quarter >= 30 else str(number)
            self._tick(self.scale.x(start))
            self._lower(start, next_month(start, 3), text)

    def _month(self) -> None:
        self._years()
        for month in months(self.first, self.last):
            label = formats.month(month, self.language)
            if self.scale.px * 28 < LETTER + PAD:
                label = label[:1].upper()
            self._tick(self.scale.x(month))
            self._lower(month, next_month(month), label)

    def _week(self) -> None:
        for month in months(self.first, self.last):
            label = capital(formats.month(month, self.language, year=True))
            self._upper(month, next_month(month), (label, label.split("\u00a0")[0]))
        for monday in weeks(self.first, self.last):
            left, right = self.scale.x(monday), self.scale.x(monday + dt.timedelta(days=7))
            self._tick(left)
            text = formats.week(monday, self.language)
            self._write(left, right, text, self._gap(left, right, monday, advance(text)))

    def _gap(self, left: float, right: float, monday: dt.date, wide: float) -> float:
        """How far into its week a label begins, so that the line of a month does not cut it."""
        turn = self.scale.x(next_month(monday))
        if not left < turn < left + PAD + wide + 1:
            return PAD
        after, before = turn + 3 - left, turn - 2 - wide - left
        if after + wide <= right - left:
            return after
        if before < 1:  # it fits on neither side: the line gives way
            box = QRectF(left + 2, SPLIT, wide + 2 * (PAD - 2), HEADER - SPLIT)
            self.painter.fillRect(box, self.inks.colour("raised"))
            return PAD
        return before

    def _day(self) -> None:
        for monday in weeks(self.first, self.last):
            week = formats.week(monday, self.language)
            thursday = monday + dt.timedelta(days=3)  # which the week counts to
            month = formats.month(thursday, self.language, year=True)
            whole = f"{week} · {month}"
            self._upper(monday, monday + dt.timedelta(days=7), (whole, week))
        named = self.scale.px >= 44
        for day in days(self.first, self.last):
            text = str(day.day)
            if named:
                text = f"{short_weekday(day, self.language)} {text}"
            self._centred(day, text)

    def _hour(self) -> None:
        for day in days(self.first, self.last):
            name = capital(formats.weekday(day, self.language))
            date = formats.day(day, self.language, year=True)
            short = f"{short_weekday(day, self.language)} {formats.day(day, self.language)}"
            self._upper(day, day + dt.timedelta(days=1), (f"{name} {date}", short))
        hour = self.scale.px / 24
        step = hour_step(self.scale.px, advance(hour_text(20, self.language)) + 2 * PAD)
        for day in days(self.first, self.last):
            left = self.scale.x(day)
            for number in range(0, 24, step):
                x = left + number * hour
                self._tick(x)
                self._write(x, x + step * hour, hour_text(number, self.language))

    # parts -----------------------------------------------------------------------------------

    def _years(self) -> None:
        for year in range(self.first.year, self.last.year + 1):
            self._upper(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), (str(year),))

    def _upper(self, start: dt.date, end: dt.date, texts: tuple[str, ...]) -> None:
        """The first of `texts` that fits, kept in sight while its time is."""
        left, right = self.scale.x(start), self.scale.x(end)
        if left > 0:
            x = round(left) + 0.5
            self.painter.setPen(self.inks.pen("line", 1.0))
            self.painter.drawLine(QPointF(x, 0), QPointF(x, HEADER))
        for at, until in self._beside_tag(max(left, 0) + PAD, min(right, self.width) - 2):
            for text in texts:
                if advance(text, bold=True) <= until - at:
                    self.painter.setFont(theme.font(theme.CAPTION, bold=True))
                    self.painter.setPen(self.inks.colour("text"))
                    self.painter.drawText(QPointF(at, UPPER), text)
                    return

    def _beside_tag(self, left: float, right: float) -> list[tuple[float, float]]:
        """Where a text of the upper row may stand: left of the tag of today, or right of it."""
        if self.tag is None or self.tag[1] < left or self.tag[0] > right:
            return [(left, right)]
        return [(left, self.tag[0] - TAG_GAP), (self.tag[1] + TAG_GAP, right)]

    def _tick(self, left: float) -> None:
        x = round(left) + 0.5
        self.painter.setPen(self.inks.pen("line", 1.0))
        self.painter.drawLine(QPointF(x, SPLIT), QPointF(x, HEADER))

    def _lower(self, start: dt.date, end: dt.date, text: str) -> None:
        self._write(self.scale.x(start), self.scale.x(end), text)

    def _write(self, left: float, right: float, text: str, gap: float | None = None) -> None:
        """A text of the lower row, where it fits; none is cut at the edge of the window."""
        if gap is None:
            gap = PAD if right - left - PAD > advance(text) else 2
        if left <= -4 or left + gap + advance(text) > min(right, self.width):
            return
        self.painter.setFont(theme.font(theme.CAPTION))
        self.painter.setPen(self.inks.colour("muted"))
        self.painter.drawText(QPointF(left + gap, LOWER), text)

    def _centred(self, day: dt.date, text: str) -> None:
        self.painter.setFont(theme.font(theme.CAPTION))
        self.painter.setPen(self.inks.colour("muted"))
        box = QRectF(self.scale.x(day), SPLIT, self.scale.px, 16)
        self.painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def capital(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def hour_text(hour: int, language: str) -> str:
    """`14 h` / `14:00`."""
    return f"{hour}\u202fh" if language == "fr" else f"{hour}:00"


def short_weekday(day: dt.date, language: str) -> str:
    """`lun.` / `Mon`."""
    name = formats.weekday(day, language)
    return f"{name[:3]}." if language == "fr" else name[:3]
