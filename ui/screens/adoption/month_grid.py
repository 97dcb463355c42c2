"""The month as quiet intensity: a row a department (or a user), a cell a working day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.adoption.grid import DayKind, GridDay, GridRow, MonthGrid
from crm_pilot.datatable import DataTable
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.cells import CellsView, Place, crisp
from ui.charts.ink import Ink, text_width
from ui.language import formats, lang
from ui.screens.adoption.data import grid_data
from ui.widgets.why import Asked

SHADES = (0.07, 0.24, 0.45, 0.68, 0.94)  # of the adoption colour over the surface
WEEK_GAP = 5.0
LOW_MARK, VALUE = 18.0, 30.0  # ▼ and the weekly figure at the right
WIDEST_CELL = 36.0
SAID = 60  # rows a description tells: nobody listens to thousands
NAMES = 0.3  # of the width, for names at most


def shade(share: float) -> QColor:
    """One of five steps of one hue."""
    step = min(len(SHADES) - 1, int(share * len(SHADES)))
    return theme.theme().mix("adoption", SHADES[step])


@dataclass(frozen=True)
class _Columns:
    """Where the days stand: x of each day shown, the width of a cell, where names end."""

    days: tuple[int, ...]  # places in the grid's days
    lefts: tuple[float, ...]
    cell: float
    start: float
    end: float


class MonthGridView(CellsView):
    """Draws a `MonthGrid`. Arrow keys walk over cells; the last column is the weekly figure.
    `chosen` tells the department of a row."""

    head, foot = 19.0, 19.0
    row_low, row_high = 16.5, 38.0

    def __init__(self) -> None:
        super().__init__()
        self.grid: MonthGrid | None = None
        self.today = dt.date.min
        self.by_user = False

    def show_grid(self, grid: MonthGrid, today: dt.date, *, by_user: bool = False) -> None:
        """Draw this from now on."""
        self.grid, self.today, self.by_user = grid, today, by_user
        self.setAccessibleName(tr("Month by user") if by_user else tr("Month by department"))
        self.renew()

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("adoption.month_grid",)

    def data_table(self) -> DataTable | None:
        grid = self.grid
        return grid_data(grid, by_user=self.by_user) if grid is not None and grid.rows else None

    def rows(self) -> int:
        return len(self.grid.rows) if self.grid is not None else 0

    def columns(self) -> int:
        return len(self._shown_days()) + 1

    def key_of(self, place: Place) -> object | None:
        return None if self.by_user or self.grid is None else self.grid.rows[place[0]].key

    def name_of(self, row: GridRow) -> str:
        """The name of a row; accounts without a department have none."""
        return row.name or (tr("No name") if self.by_user else tr("No department"))

    def describe(self) -> str:
        if self.grid is None:
            return ""
        said = [f"{self.name_of(row)}: {self._week_words(row)}" for row in self.grid.rows[:SAID]]
        return "; ".join(said) or tr("Nobody to show")

    def _is_low(self, row: GridRow) -> bool:
        """Departments are marked, persons never: their figure stands beside no verdict."""
        return row.below and not self.by_user

    def _week_words(self, row: GridRow) -> str:
        if row.per_week is None:
            return tr("no figure")
        value = formats.number(row.per_week, lang(), 1)
        if self._is_low(row):
            return tr("{value} days a week, below the profile", value=value)
        return tr("{value} days a week", value=value)

    def spoken(self, place: Place) -> str:
        grid = self.grid
        if grid is None or place[0] >= len(grid.rows):
            return ""
        row, days = grid.rows[place[0]], self._shown_days()
        name = self.name_of(row)
        if place[1] >= len(days):
            return f"{name}: {self._week_words(row)}"
        day, value = grid.days[days[place[1]]], row.cells[days[place[1]]]
        when = f"{formats.weekday(day.day, lang())} {formats.long_day(day.day, lang())}"
        return f"{name}, {when}: {self._cell_words(day, value)}"

    def _cell_words(self, day: GridDay, value: float | None) -> str:
        if day.kind is DayKind.HOLIDAY:
            return day.name or tr("day off")
        if day.kind is DayKind.FUTURE:
            return tr("still to come")
        if value is None:
            return tr("no open account")
        if self.by_user:
            return tr("connected that day") if value else tr("not connected")
        return tr("{share} connected", share=formats.percent(value, lang()))

    # where things stand ----------------------------------------------------------------------

    def _shown_days(self) -> tuple[int, ...]:
        """Places of the days that are no weekend."""
        if self.grid is None:
            return ()
        return tuple(
            place
            for place, day in enumerate(self.grid.days)
            if day.kind is not DayKind.WEEKEND
            and (day.kind is not DayKind.FUTURE or day.day.weekday() < 5)
        )

    def _columns(self) -> _Columns:
        grid = self.grid
        assert grid is not None
        shown = self._shown_days()
        widest = max((text_width(self.name_of(row)) for row in grid.rows[:200]), default=60)
        start = min(widest, self.across * NAMES) + 12
        weeks = [grid.days[place].day.isocalendar().week for place in shown]
        gaps = sum(a != b for a, b in pairwise(weeks))
        room = self.across - start - LOW_MARK - VALUE - gaps * WEEK_GAP
        cell = max(4.0, min(WIDEST_CELL, room / max(1, len(shown))))
        lefts, x = [], start
        for number, week in enumerate(weeks):
            if number and week != weeks[number - 1]:
                x += WEEK_GAP
            lefts.append(x)
            x += cell
        return _Columns(shown, tuple(lefts), cell, start, x)

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        if row is None or self.grid is None or spot.x() > self.across:
            return None
        at = self._columns()
        for number, left in enumerate(at.lefts):
            if left <= spot.x() < left + at.cell:
                return row, number
        return row, len(at.lefts)

    def sizeHint(self) -> QSize:
        return QSize(440, round(self.head + self.foot + self.row_high * min(self.rows(), 9)))

    def minimumSizeHint(self) -> QSize:
        return QSize(340, round(self.head + self.foot + self.row_low * min(self.rows(), 5)))

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.grid is None:
            return
        ink, at = Ink(QPainter(self)), self._columns()
        self._paint_head(ink, at)
        for row in self.in_sight():
            self._paint_row(ink, at, row)
        self._paint_foot(ink, at)
        ink.painter.end()

    def _paint_head(self, ink: Ink, at: _Columns) -> None:
        assert self.grid is not None
        monday = self.grid.week
        unit = tr("d/week")
        if monday is not None:
            unit = tr("d/week {week}", week=formats.week(monday, lang()))
        ink.text(self.across, 13, unit, size=theme.CAPTION, token="muted", right=True)
        end = self.across - text_width(unit, theme.CAPTION) - 6
        taken, week, named = -1.0, 0, False
        for number, place in enumerate(at.days):
            day = self.grid.days[place].day
            if day.isocalendar().week == week:
                continue
            week = day.isocalendar().week
            text = str(day.day) if named else formats.day(day, lang())
            past = at.lefts[number] + text_width(text, theme.CAPTION) > end
            if at.lefts[number] < taken + 4 or past:
                continue
            wide = ink.text(at.lefts[number], 13, text, size=theme.CAPTION, token="muted")
            taken, named = at.lefts[number] + wide, True

    def _paint_row(self, ink: Ink, at: _Columns, number: int) -> None:
        assert self.grid is not None
        row, top = self.grid.rows[number], self.top_of(number)
        base = top + self.row / 2 + 4.5
        ink.text(0, base, self.name_of(row), width=at.start - 10)
        inset = 1.5 if self.row < 20 else 2.5
        for column, place in enumerate(at.days):
            rect = QRectF(at.lefts[column], top + inset, at.cell - 1, self.row - 2 * inset)
            self._paint_cell(ink, crisp(ink.painter, rect), self.grid.days[place], row.cells[place])
            if self.on_it((number, column)):
                self.mark_place(ink.painter, rect)
        self._paint_week(ink, row, base)
        if self.on_it((number, len(at.days))):
            left = self.across - VALUE
            self.mark_place(ink.painter, QRectF(left, top + inset, VALUE, self.row - 2 * inset))

    def _paint_cell(self, ink: Ink, rect: QRectF, day: GridDay, value: float | None) -> None:
        painter = ink.painter
        if value is not None:
            painter.fillRect(rect, shade(value))
            if ink.look.line_width == 1:
                return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if value is None and day.kind is DayKind.WORKING:  # nobody was open: a dot
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.look.colour("line"))
            painter.drawEllipse(rect.center(), 1.5, 1.5)
            return
        painter.setPen(QPen(ink.look.colour("line"), 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if day.kind is DayKind.HOLIDAY:
            painter.setPen(QPen(ink.look.colour("muted"), 1))
            painter.drawLine(rect.bottomLeft(), rect.topRight())

    def _paint_week(self, ink: Ink, row: GridRow, base: float) -> None:
        right = self.across
        if row.per_week is None:
            ink.text(right, base, "–", token="muted", right=True)
            return
        value = formats.number(row.per_week, lang(), 1)
        ink.text(right, base, value, bold=True, right=True, numbers=True)
        if self._is_low(row):
            fall(ink, right - VALUE - LOW_MARK / 2 + 2, base - 4.5)

    def _paint_foot(self, ink: Ink, at: _Columns) -> None:
        assert self.grid is not None
        bottom = self.top_of(self.first + len(self.in_sight()))
        base = bottom + 15
        taken = []
        end = self.across
        if any(map(self._is_low, self.grid.rows)):
            below = tr("below the profile")
            wide = ink.text(end, base, below, size=theme.CAPTION, token="muted", right=True)
            fall(ink, end - wide - 11, base - 4)
            taken.append((end - wide - 20, end))
            end -= wide + 26
        taken += self._paint_today(ink, at, bottom, base, end)
        self._paint_holidays(ink, at, base, taken)

    def _paint_today(
        self, ink: Ink, at: _Columns, bottom: float, base: float, end: float
    ) -> list[tuple[float, float]]:
        """The accent line after the last day that is not to come, and its date."""
        assert self.grid is not None
        month = [day.day for day in self.grid.days]
        if not (month and month[0] <= self.today <= month[-1]) or not at.lefts:
            return []
        past = [n for n, place in enumerate(at.days) if self.grid.days[place].day <= self.today]
        x = at.lefts[past[-1]] + at.cell + 0.5 if past else at.lefts[0] - 2
        line = crisp(ink.painter, QRectF(x, self.head - 4, 2, bottom - self.head + 6))
        ink.painter.fillRect(line, ink.look.colour("accent"))
        text = formats.day(self.today, lang())
        wide = text_width(text, theme.CAPTION)
        left = min(x - wide / 2, end - wide)
        ink.text(left, base, text, size=theme.CAPTION, token="accent")
        return [(left, left + wide)]

    def _paint_holidays(
        self, ink: Ink, at: _Columns, base: float, taken: list[tuple[float, float]]
    ) -> None:
        """Names of days off under their column, as far as they find room."""
        assert self.grid is not None
        for number, place in enumerate(at.days):
            day = self.grid.days[place]
            if day.kind is not DayKind.HOLIDAY or not day.name:
                continue
            middle = at.lefts[number] + at.cell / 2
            for text in (day.name, tr("day off")):
                wide = text_width(text, theme.CAPTION)
                left = max(0.0, middle - wide / 2)
                free = all(left > b + 6 or left + wide < a - 6 for a, b in taken)
                if free:
                    ink.text(left, base, text, size=theme.CAPTION, token="muted")
                    taken.append((left, left + wide))
                    break


def fall(ink: Ink, x: float, y: float) -> None:
    """▼ centred on a place: below the profile."""
    triangle(ink, x, y, "alert", up=False)


def triangle(ink: Ink, x: float, y: float, token: str, *, up: bool) -> None:
    """▲ or ▼ centred on a place."""
    tip = -3.5 if up else 3.5
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(ink.look.colour(token))
    corners = [QPointF(x - 4, y - tip), QPointF(x + 4, y - tip), QPointF(x, y + tip)]
    ink.painter.drawPolygon(QPolygonF(corners))


class ShadeKey(QWidget):
    """The key of the shades: connected, 0 % to 100 %; of single users two shades, yes and no."""

    SWATCH, STEP = 13, 16

    def __init__(self) -> None:
        super().__init__()
        self._by_user = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.switched().changed.connect(self.update)

    def show_users(self, by_user: bool) -> None:
        """Be the key of single users, or of departments."""
        self._by_user = by_user
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        said = tr("Shades: connected, from 0 to 100%")
        if self._by_user:
            said = tr("Dark: connected that day; light: not connected")
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def _parts(self, *, brief: bool) -> list[str | float]:
        """Words, and shares of which the shade is shown."""
        if self._by_user:
            return [1.0, tr("connected"), 0.0, tr("not")]
        low, high = formats.percent(0.0, lang()), formats.percent(1.0, lang())
        shades = [(place + 0.5) / len(SHADES) for place in range(len(SHADES))]
        connected = tr("connected")
        return [low if brief else f"{connected}, {low}", *shades, high]

    def _wide(self, *, brief: bool) -> int:
        parts = self._parts(brief=brief)
        words = sum(text_width(one, theme.CAPTION) + 6 for one in parts if isinstance(one, str))
        return round(words) + self.STEP * sum(isinstance(one, float) for one in parts)

    def sizeHint(self) -> QSize:
        return QSize(self._wide(brief=False), 18)

    def minimumSizeHint(self) -> QSize:
        """Without the word, which is told and stands in the tooltip."""
        return QSize(self._wide(brief=True), 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(QPainter(self))
        brief = self.width() < self._wide(brief=False)
        x = float(self.width() - self._wide(brief=brief) + 6)
        for part in self._parts(brief=brief):
            if isinstance(part, str):
                x += round(ink.text(x, 13, part, size=theme.CAPTION, token="muted")) + 6
            else:
                self._swatch(ink, crisp(ink.painter, QRectF(x, 4, self.SWATCH, 11)), part)
                x += self.STEP
        ink.painter.end()

    def _swatch(self, ink: Ink, rect: QRectF, share: float) -> None:
        ink.painter.fillRect(rect, shade(share))
        if ink.look.line_width > 1:
            ink.painter.setPen(QPen(ink.look.colour("line"), 1))
            ink.painter.setBrush(Qt.BrushStyle.NoBrush)
            ink.painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
