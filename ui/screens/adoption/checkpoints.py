"""Active users 30 and 60 days after each go-live, beside the goals; and the lock of single users'
figures, which explains itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from crm_pilot.adoption.checkpoints import DepartmentCheckpoints, Point, WaveCheckpoints
from crm_pilot.datatable import DataTable
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.cells import CellsView, Place
from ui.charts.ink import Ink, text_width
from ui.language import formats, lang
from ui.screens.adoption.data import checkpoints_data
from ui.widgets.why import Asked

ICON = 14
DAYS = (30, 60)


@dataclass(frozen=True)
class Line:
    """A line of the tile: a wave, a department of it, or a note under a wave."""

    name: str
    points: tuple[Point, ...] = ()
    wave: bool = False
    first: bool = False  # a hairline stands above it
    key: int | None = None


class CheckpointsView(CellsView):
    """Draws `WaveCheckpoints` as lines with a tick or a cross for each checkpoint."""

    head = 20.0
    row_low, row_high = 16.5, 28.0

    def __init__(self) -> None:
        super().__init__()
        self.waves: tuple[WaveCheckpoints, ...] = ()
        self.day = dt.date.min
        self.lines: list[Line] = []

    def show_waves(self, waves: tuple[WaveCheckpoints, ...], day: dt.date = dt.date.min) -> None:
        """Draw these from now on, as of a day: what was due by then without a figure has none."""
        self.waves, self.day, self.lines = waves, day, _lines(waves)
        self.setAccessibleName(tr("Checkpoints at 30 and 60 days"))
        self.renew()

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("adoption.checkpoints",)

    def data_table(self) -> DataTable | None:
        return checkpoints_data(self.waves) if self.waves else None

    def rows(self) -> int:
        return len(self.lines)

    def key_of(self, place: Place) -> object | None:
        return self.lines[place[0]].key

    def spoken(self, place: Place) -> str:
        line = self.lines[place[0]]
        said = [line.name]
        for point in line.points:
            when = tr("D+{n}", n=point.days)
            if point.share is None:
                said.append(f"{when}: " + (self._due(point) or tr("no figure")))
                continue
            verdict = tr("reached") if point.met else tr("missed")
            said.append(f"{when}: {formats.percent(point.share, lang())}, {verdict}")
        return ", ".join(said)

    def describe(self) -> str:
        said = [self.spoken((place, 0)) for place in range(self.rows())]
        return "; ".join(said) or tr("No go-live is dated")

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        return None if row is None else (row, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(190, round(self.head + self.row_low * min(self.rows(), 4)))

    # painting --------------------------------------------------------------------------------

    @property
    def column(self) -> float:
        """Width of a checkpoint."""
        dates = [
            text_width(self._due(point), theme.CAPTION, bold=True)
            for line in self.lines
            for point in line.points
            if point.share is None
        ]
        shares = text_width(formats.percent(1.0, lang()), bold=True) + ICON + 6
        return max([shares, *dates]) + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, column = Ink(QPainter(self)), self.column
        ink.text(0, 14, tr("% active"), size=theme.CAPTION, token="muted")
        for place, days in enumerate(DAYS):
            right = self.across - column * (len(DAYS) - 1 - place)
            text = tr("D+{n}", n=days)
            ink.text(right, 14, text, size=theme.CAPTION, token="muted", right=True)
        for row in self.in_sight():
            self._paint_line(ink, row, column)
        ink.painter.end()

    def _paint_line(self, ink: Ink, row: int, column: float) -> None:
        line, top = self.lines[row], self.top_of(row)
        base = top + self.row / 2 + 4.5
        if line.first:
            ink.rule(0, self.across, round(top) + 0.5)
        if not line.points:
            ink.text(0, base, line.name, size=theme.CAPTION, token="muted", width=self.across)
        else:
            ink.text(0, base, line.name, bold=line.wave, width=self._room(line, column))
        for place, point in enumerate(line.points):
            right = self.across - column * (len(line.points) - 1 - place)
            self._paint_point(ink, point, right, base, bold=line.wave)
        if self.on_it((row, 0)):
            self.mark_place(ink.painter, QRectF(1, top + 1, self.across - 2, self.row - 2))

    def _room(self, line: Line, column: float) -> float:
        """Width for a name: as far as the first figure."""
        first = line.points[0]
        text = text_width("100", bold=True) + ICON + 6
        if first.share is None:
            text = text_width(self._due(first), theme.CAPTION, bold=True)
        return self.across - column * (len(line.points) - 1) - text - 7

    def _due(self, point: Point) -> str:
        """The day of a checkpoint that is still to come; nothing of one that is past."""
        return formats.day(point.due_on, lang()) if point.due_on > self.day else ""

    def _paint_point(
        self, ink: Ink, point: Point, right: float, base: float, *, bold: bool
    ) -> None:
        if point.share is None:
            text = self._due(point) or "–"
            ink.text(right, base, text, size=theme.CAPTION, bold=bold, token="muted", right=True)
            return
        if point.met is not None:
            name, token = ("check", "good") if point.met else ("close", "alert")
            ink.icon(right - ICON, base - 11.5, name, token, ICON)
        text = str(round(point.share * 100))
        ink.text(right - ICON - 6, base, text, bold=bold, right=True, numbers=True)


def _lines(waves: tuple[WaveCheckpoints, ...]) -> list[Line]:
    """Departments are named of waves that have passed a checkpoint; of the others a note says how
    they stand."""
    found: list[Line] = []
    for number, wave in enumerate(waves):
        found.append(Line(wave.wave, wave.points, True, number > 0))
        if any(point.share is not None for point in wave.points):
            found += [_department(one) for one in wave.departments]
        elif wave.now_share is not None and wave.now_day is not None and wave.now_day <= DAYS[-1]:
            found.append(Line(_note(wave)))
    return found


def _department(one: DepartmentCheckpoints) -> Line:
    return Line(one.department, one.points, key=one.department_id)


def _note(wave: WaveCheckpoints) -> str:
    goals = [f"{round(point.goal * 100)}" for point in wave.points]
    return tr(
        "{share} at D+{day}; goals {goals}",
        share=formats.percent(wave.now_share, lang()),
        day=wave.now_day,
        goals=tr("{a} and {b}%", a=goals[0], b=goals[1]) if len(goals) == 2 else goals[0],
    )
