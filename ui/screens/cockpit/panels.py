"""Bodies of the cockpit's tiles that are lists of figures, painted row by row.

Each is one widget: it keeps rows aligned on their baselines and costs one paint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.governance.terms import AXES, TRENDS, WEATHERS
from crm_pilot.i18n import show, tr
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.screens.cockpit.data import (
    MILESTONE_WHYS,
    WARNING_WHYS,
    change_data,
    milestone_data,
    warning_data,
    weather_data,
)
from ui.widgets.weather import ARROWS, ICONS

if TYPE_CHECKING:
    import datetime as dt

    from crm_pilot.datatable import DataTable
    from crm_pilot.governance.rows import ChangeRow, Warning, WeatherRow
    from crm_pilot.planning.queries import MilestoneRow
    from ui.widgets.why import Asked


STEP = 29  # between the weathers of two committees


class Panel(ChartView):
    """Rows of figures. `describe` gives the same content as text, `data_table` as a table."""

    row_low, row_high = 18.0, 26.0
    head = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def count(self) -> int:
        """Number of rows."""
        return 0

    def describe(self) -> str:
        """The content as text."""
        return ""

    def renew(self) -> None:
        """Draw again after new content."""
        self.setAccessibleDescription(self.describe())
        self.updateGeometry()
        self.update()

    @property
    def row(self) -> float:
        """Height of a row: what there is, within the limits of the house."""
        rows = max(1, self.count())
        return max(self.row_low, min(self.row_high, (self.height() - self.head) / rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, round(self.head + self.row_low * min(self.count(), 4)))

    def sizeHint(self) -> QSize:
        return QSize(280, round(self.head + self.row_high * self.count()))

    def baseline(self, place: int) -> float:
        """Baseline of a row's text."""
        return round(self.head + place * self.row + self.row / 2 + 4.5)

    def fits(self, place: int) -> bool:
        """Whether the row lies wholly inside."""
        return self.head + (place + 1) * self.row <= self.height() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(QPainter(self))
        self.paint_head(ink)
        for place in range(self.count()):
            if self.fits(place):
                self.paint_row(ink, place, self.baseline(place))
        ink.painter.end()

    def paint_head(self, ink: Ink) -> None:
        """Draw the column titles."""

    def paint_row(self, ink: Ink, place: int, base: float) -> None:
        """Draw one row."""


class WeatherPanel(Panel):
    """Four axes: the weathers of the last committees, the weather of now, the trend."""

    head = 22.0

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[WeatherRow, ...] = ()

    def set_rows(self, rows: tuple[WeatherRow, ...]) -> None:
        """Show these."""
        self.rows = rows
        self.renew()

    def count(self) -> int:
        return len(self.rows)

    def describe(self) -> str:
        return "; ".join(f"{tr(AXES[r.axis])}: {tr(WEATHERS[r.weather])}" for r in self.rows)

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(f"committee.weather.{row.axis}" for row in self.rows)

    def data_table(self) -> DataTable | None:
        return weather_data(self.rows) if self.rows else None

    def _past(self) -> list[int]:
        """The last two committees, fewer in a narrow tile."""
        numbers = sorted({number for row in self.rows for number, _ in row.history})
        names = max((text_width(tr(AXES[row.axis])) for row in self.rows), default=60)
        words = max((text_width(tr(WEATHERS[r.weather]), bold=True) for r in self.rows), default=60)
        trends = max(text_width(tr(text)) for text in TRENDS.values())
        room = self.width() - (names + 14 + 24 + words + 6 + 17 + trends)
        return numbers[-2:] if room >= 2 * STEP else numbers[-1:] if room >= STEP else []

    def _columns(self) -> tuple[float, float]:
        names = max((text_width(tr(AXES[row.axis])) for row in self.rows), default=60)
        start = names + 12
        return start, start + STEP * len(self._past()) + 2

    def paint_head(self, ink: Ink) -> None:
        start, now = self._columns()
        caption = {"size": theme.CAPTION, "token": "muted"}
        for place, number in enumerate(self._past()):
            ink.text(start + STEP * place, 14, tr("C{n}", n=number), **caption)  # type: ignore[arg-type]
        ink.text(now, 14, tr("today"), **caption)  # type: ignore[arg-type]
        if any(row.trend is not None for row in self.rows):
            ink.text(self.width(), 14, tr("trend"), right=True, **caption)  # type: ignore[arg-type]

    def paint_row(self, ink: Ink, place: int, base: float) -> None:
        row = self.rows[place]
        start, now = self._columns()
        ink.text(0, base, tr(AXES[row.axis]))
        past = dict(row.history)
        ink.painter.setOpacity(0.65)
        for step, number in enumerate(self._past()):
            weather = past.get(number)
            if weather is not None:
                ink.icon(start + STEP * step, base - 13, ICONS[weather], weather.value, 16)
        ink.painter.setOpacity(1.0)
        ink.icon(now, base - 14, ICONS[row.weather], row.weather.value, 18)
        ink.text(now + 24, base, tr(WEATHERS[row.weather]), bold=True)
        if row.trend is not None:
            word = tr(TRENDS[row.trend])
            ink.text(self.width(), base, word, token="muted", right=True)
            wide = max(text_width(tr(text)) for text in TRENDS.values())
            ink.icon(self.width() - wide - 17, base - 12, ARROWS[row.trend], "muted", 14)


class MilestonePanel(Panel):
    """Next milestones: baseline, previous, forecast, slip."""

    head = 22.0

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MilestoneRow, ...] = ()

    def set_rows(self, rows: Sequence[MilestoneRow]) -> None:
        """Show these."""
        self.rows = tuple(rows)
        self.renew()

    def count(self) -> int:
        return len(self.rows)

    def describe(self) -> str:
        return "; ".join(f"{row.title}: {self._day(row.forecast)}" for row in self.rows)

    @property
    def asked(self) -> tuple[Asked, ...]:
        return MILESTONE_WHYS

    def data_table(self) -> DataTable | None:
        return milestone_data(self.rows) if self.rows else None

    def _day(self, day: dt.date | None) -> str:
        return formats.day(day, lang()) if day is not None else "–"

    def _rights(self) -> tuple[float, float, float, float]:
        """Right edges; 0 leaves a column out: those without a date, and in a narrow tile the
        previous date, so that the title has room."""
        right = float(self.width())
        if all(row.baseline is None and row.previous is None for row in self.rows):
            return 0.0, 0.0, right, 0.0
        if right < 370:
            return right - 125, 0.0, right - 62, right
        return right - 184, right - 125, right - 62, right

    def paint_head(self, ink: Ink) -> None:
        titles = (tr("ref."), tr("prev."), tr("forecast"), tr("slip"))
        ink.text(0, 14, tr("Milestone"), size=theme.CAPTION, token="muted")
        for right, title in zip(self._rights(), titles, strict=True):
            if right:
                ink.text(right, 14, title, size=theme.CAPTION, token="muted", right=True)

    def paint_row(self, ink: Ink, place: int, base: float) -> None:
        row = self.rows[place]
        baseline, previous, forecast, slip = self._rights()
        ink.text(0, base, row.title, width=(baseline or forecast) - 52)
        if baseline:
            first = self._day(row.baseline)
            ink.text(baseline, base, first, token="muted", right=True, numbers=True)
        if previous:
            before = self._day(row.previous)
            ink.text(previous, base, before, token="muted", right=True, numbers=True)
        ink.text(forecast, base, self._day(row.forecast), bold=True, right=True, numbers=True)
        days = row.slip_days
        if days is None or not slip:
            return
        late = days > 0
        token = "text" if late else "muted"
        shown_days = formats.days(days, lang(), sign=True)
        wide = ink.text(slip, base, shown_days, bold=late, token=token, right=True, numbers=True)
        if late:
            ink.mark(slip - wide - 10, base - 4.5, "triangle", "watch", 3.6)


class ChangePanel(Panel):
    """Figures at the last committee and now."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ChangeRow, ...] = ()

    def set_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show these."""
        self.rows = tuple(rows)
        self.renew()

    def count(self) -> int:
        return len(self.rows)

    def describe(self) -> str:
        return "; ".join(
            f"{show(row.label)}: {shown(row.before)} → {shown(row.after)}" for row in self.rows
        )

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("committee.changes",)

    def data_table(self) -> DataTable | None:
        return change_data(self.rows) if self.rows else None

    def paint_row(self, ink: Ink, place: int, base: float) -> None:
        row = self.rows[place]
        right = self.width()
        after = max(text_width(shown(one.after), bold=True) for one in self.rows)
        before = max(text_width(shown(one.before)) for one in self.rows)
        arrow = right - max(after, 44) - 30
        ink.text(0, base, show(row.label), width=arrow - before - 16)
        ink.text(arrow - 8, base, shown(row.before), token="muted", right=True, numbers=True)
        ink.icon(arrow, base - 11, "arrow-right", "muted", 13)
        ink.text(right, base, shown(row.after), bold=True, right=True, numbers=True)


class WarningPanel(Panel):
    """Warnings: title and data, and the suggested action as a link to its room."""

    row_low, row_high = 40.0, 44.0
    opened = Signal(object)  # the warning one acts on

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Warning, ...] = ()
        self._over = -1
        self.setMouseTracking(True)
        self._marked = 0

    def set_rows(self, rows: Sequence[Warning]) -> None:
        """Show these."""
        self.rows = tuple(rows)
        self._marked = 0
        self.renew()

    def count(self) -> int:
        return len(self.rows)

    def describe(self) -> str:
        return "; ".join(
            f"{show(row.title)}: {show(row.data)}. {show(row.action)}" for row in self.rows
        )

    @property
    def asked(self) -> tuple[Asked, ...]:
        return WARNING_WHYS

    def data_table(self) -> DataTable | None:
        return warning_data(self.rows) if self.rows else None

    @property
    def action_left(self) -> float:
        """Left edge of the column of actions."""
        return round(self.width() * 0.61)

    def paint_row(self, ink: Ink, place: int, base: float) -> None:
        row = self.rows[place]
        top = self.head + place * self.row
        middle = top + self.row / 2
        if place:
            ink.rule(0, self.width(), round(top) + 0.5)
        ink.icon(0, middle - 11, ICONS[row.weather], row.weather.value, 21)
        left = self.action_left
        ink.text(32, middle - 3, show(row.title), bold=True, width=left - 48)
        data = show(row.data)
        ink.text(32, middle + 14, data, size=theme.CAPTION, token="muted", width=left - 48)
        action = show(row.action)
        wide = ink.text(left, middle + 5, action, token="accent", width=self.width() - left)
        if place == self._over or (self.hasFocus() and place == self._marked):
            ink.line(left, middle + 8, left + wide, middle + 8, "accent")

    def _at(self, event: QMouseEvent) -> int:
        place = int((event.position().y() - self.head) / self.row)
        inside = 0 <= place < len(self.rows) and event.position().x() >= self.action_left
        return place if inside else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event)
        if over != self._over:
            self._over = over
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.setToolTip(show(self.rows[over].source) if over >= 0 else "")
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0:
            self.opened.emit(self.rows[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows:
            self.opened.emit(self.rows[self._marked])
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._marked = (self._marked + step) % len(self.rows)
            self.update()
        else:
            super().keyPressEvent(event)


class KeyFigure(QWidget):
    """One large figure with a few muted lines below it."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = ""
        self.lines: tuple[str, ...] = ()
        self.setFixedWidth(112)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def say(self, figure: str, lines: tuple[str, ...]) -> None:
        """Texts are already translated; an empty line is a gap."""
        self.figure, self.lines = figure, lines
        self.setAccessibleName(figure + " " + " ".join(lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(QPainter(self))
        ink.text(0, 27, self.figure, size=theme.KEY_FIGURE, bold=True)
        base = 48
        for line in self.lines:
            if base > self.height():
                break
            ink.text(0, base, line, size=theme.CAPTION, token="muted", width=self.width())
            base += 16 if line else 10
        ink.painter.end()
