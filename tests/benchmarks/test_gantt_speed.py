"""Scrolling and zooming a chart of 10,000 linked bars, on software rendering.

Issue 4: 60 frames a second at the median (16.7 ms) and 30 at the ninety-fifth percentile (33 ms),
against a bare QPainter that draws the same rows and bars with culling in the same run.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import at
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LinkKind, Pillar, TaskKind
from tests.benchmarks.floor import limit, timed
from ui import theme
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.gantt_data import ColourBy, GanttOptions, Labels
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_scene import Scene
from ui.screens.planning.lines import Line, line_of
from ui.screens.planning.timescale import TimeScale
from ui.widgets.grid import ROW_HEIGHT

BARS = 10_000
ONE = dt.timedelta(days=1)
START = dt.date(2026, 1, 5)
TODAY = dt.date(2027, 3, 1)
SIZES = ((1366, 768), (1920, 1080))
FRAMES = 60
MOST_TIMES = 25  # of the bare chart, which draws far less
ZOOMS = (0.5, 2.0, 6.5, 28.0, 480.0)  # pixels a day


def plan(bars: int) -> tuple[list[Line], list[LinkRow], dict[int, Timing]]:
    """Phases of twenty bars that follow each other, linked by all kinds, near and far."""
    dice = random.Random(4)
    rows: list[TaskRow] = []
    finish = START
    for number in range(1, bars + 1):
        phase = number % 20 == 1
        if phase:
            finish = START + dt.timedelta(days=dice.randrange(700))
        start = finish + dt.timedelta(days=dice.randrange(1, 5))
        finish = start + dt.timedelta(days=dice.randrange(1, 20))
        milestone = number % 17 == 0
        rows.append(
            TaskRow(
                number,
                None if phase else number - (number - 1) % 20,
                number,
                TaskKind.PHASE if phase else TaskKind.MILESTONE if milestone else TaskKind.TASK,
                tuple(Pillar)[number % 3],
                f"Task {number} of a long plan",
                start,
                start if milestone else start + 40 * ONE if phase else finish,
                dice.choice((0, 0, 30, 60, 100)),
                number % 9,
                f"N. Person {number % 9}",
                None,
                False,
                "",
                start - dt.timedelta(days=7),
                finish - dt.timedelta(days=number % 9),
                duration=480 * 5,
                deadline_at=dt.datetime.combine(finish, dt.time(17)) if number % 31 == 0 else None,
            )
        )
    lines = [line_of(row, row.parent_id is not None, row.id % 20 == 1, True) for row in rows]
    links = []
    for number in range(2, bars + 1):
        far = number % 50 == 0
        before = dice.randrange(1, bars) if far else number - 1
        if before != number:
            kind = LinkKind.FS if number % 5 else tuple(LinkKind)[number % 4]
            links.append(LinkRow(number, before, number, False, kind))
    timings = {row.id: timing(row, dice) for row in rows}
    return lines, links, timings


def timing(row: TaskRow, dice: random.Random) -> Timing:
    assert row.start is not None
    assert row.finish is not None
    begin, end, slack = at(row.start, 480), at(row.finish, 1020), dice.choice((0, 480, 4800))
    late = end + slack * 3
    return Timing(begin, end, begin, end, begin, late, slack, slack, slack, 0, not slack, False)


@pytest.fixture(scope="module")
def big() -> tuple[list[Line], list[LinkRow], dict[int, Timing]]:
    """The large plan."""
    return plan(BARS)


@pytest.fixture
def scene(qapp: QApplication, big: tuple[list[Line], list[LinkRow], dict[int, Timing]]) -> Scene:
    """A scene with everything switched on that a person can switch on."""
    theme.start("light")
    lines, links, timings = big
    scale = TimeScale(TODAY, TODAY)
    scale.cover(START, START + dt.timedelta(days=930))
    made = Scene(scale, TODAY)
    made.take_timings(timings)
    made.take_options(
        GanttOptions(
            colour_by=ColourBy.OWNER,
            critical=True,
            slack=True,
            progress_line=True,
            labels=Labels.TITLE,
        )
    )
    made.show(lines, links, TODAY)
    made.selected = frozenset((5, 6))
    return made


def painted(size: tuple[int, int], draw: Callable[[QPainter, float, float], None]) -> float:
    """Milliseconds of the processor for one frame: what else runs on the machine meanwhile does
    not count, so that the slowest frames are those that take most to draw."""
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)  # its memory is there
    begun = time.process_time()
    painter = QPainter(image)
    draw(painter, *size)
    painter.end()
    return (time.process_time() - begun) * 1000


def bare(scene: Scene, scrolled: int) -> Callable[[QPainter, float, float], None]:
    """The least that a chart of the same rows can do: with culling, a ground, a line, a bar with
    its progress, a text and a link for each row, and weekends."""
    lines, scale = scene.lines, scene.scale

    def draw(painter: QPainter, width: float, height: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, width, height), QColor("#FFFFFF"))
        line, bar, done = QColor("#DBE1E8"), QColor("#AACCE4"), QColor("#0072B2")
        painter.setFont(theme.font(theme.CAPTION))
        if scale.px >= 3:
            day = scale.day(0) - dt.timedelta(days=scale.day(0).weekday() + 2)
            while scale.x(day) < width:
                painter.fillRect(QRectF(scale.x(day), HEADER, 2 * scale.px, height), line)
                day += 7 * ONE
        first, before = scrolled // ROW_HEIGHT, QPointF()
        for place in range(first, min(len(lines), first + int(height) // ROW_HEIGHT + 1)):
            y = HEADER + place * ROW_HEIGHT - scrolled
            painter.fillRect(QRectF(0, y + ROW_HEIGHT - 1, width, 1), line)
            start, finish, row = lines[place].start, lines[place].finish, lines[place].row
            if start is None or finish is None or row is None:
                continue
            left, right = scale.x(start), scale.end(finish)
            if right < 0 or left > width:
                continue
            painter.setPen(done)
            painter.setBrush(bar)
            painter.drawRoundedRect(QRectF(left, y + 6, right - left, 11), 2, 2)
            part = (right - left) * lines[place].percent / 100
            painter.fillRect(QRectF(left, y + 6, part, 11), done)
            painter.drawText(QPointF(right + 8, y + 16), row.title)
            corners = [before, QPointF(left + 5, before.y()), QPointF(left + 5, y + 6)]
            painter.drawPolyline(QPolygonF(corners))
            before = QPointF(right, y + 11)

    return draw


def frames(scene: Scene) -> Iterator[int]:
    """Drag both scroll bars: each frame shows other rows and other days."""
    lowest = len(scene.lines) * ROW_HEIGHT
    for number in range(FRAMES):
        scene.scale.offset = (number * 211.0) % max(1, scene.scale.length)
        yield (number * 4_733) % lowest


def told(times: list[float]) -> tuple[float, float]:
    """Median and ninety-fifth percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def drawn(scene: Scene, size: tuple[int, int], scrolled: int) -> float:
    """Milliseconds of one frame of the Gantt."""
    return painted(size, lambda p, w, h: scene.paint(p, w, h, scrolled))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("px", ZOOMS)
def test_scrolling_10_000_bars(scene: Scene, size: tuple[int, int], px: float) -> None:
    scene.scale.px = px
    drawn(scene, size, 0)  # fonts
    times, floors = [], []
    for scrolled in frames(scene):
        times.append(drawn(scene, size, scrolled))
        floors.append(painted(size, bare(scene, scrolled)))
    (median, high), floor = told(times), statistics.median(floors)
    print(
        f"{size[0]}x{size[1]} at {px:g} px a day: {median:.1f} ms, p95 {high:.1f} ms;"
        f" bare {floor:.2f} ms, {median / floor:.1f} times"
    )
    assert median <= limit(16.7)
    assert high <= limit(33)
    assert median <= MOST_TIMES * floor


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_zooming_10_000_bars(scene: Scene, size: tuple[int, int]) -> None:
    """Turn the wheel from years to hours and back over the middle of the plan."""
    scrolled = len(scene.lines) * ROW_HEIGHT // 2
    times = []
    for notch in range(2 * FRAMES):
        turn = 1.16 if notch < FRAMES else 1 / 1.16
        scene.scale.zoomed(scene.scale.px * turn, size[0] / 2)
        times.append(drawn(scene, size, scrolled))
        if notch == 0:
            scene.scale.px = 0.2
    median, high = told(times)
    print(f"{size[0]}x{size[1]} zooming: {median:.1f} ms, p95 {high:.1f} ms")
    assert median <= limit(16.7)
    assert high <= limit(33)


@pytest.mark.parametrize(("bars", "most"), [(2_000, 16.0), (BARS, 120.0)])
def test_showing_lines_and_repainting_after_an_edit(
    qapp: QApplication, bars: int, most: float
) -> None:
    theme.start("light")
    lines, links, timings = plan(bars)
    keys, rows = QWidget(), QScrollBar()
    view = GanttView(keys, rows)
    view.resize(1366, 768)
    image = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)

    def shown() -> None:
        view.show_lines(lines, links, TODAY)
        view.set_timings(timings)
        view.render(image)

    def changed(number: int) -> None:
        line = lines[number]
        lines[number] = line._replace(percent=(line.percent + 1) % 100)
        view.change_lines(lines)
        view.render(image)

    shown()
    whole = statistics.median(timed(shown) for _ in range(7))
    edit = statistics.median(timed(lambda n=n: changed(n)) for n in range(15))
    print(f"{bars:,} lines: shown in {whole:.1f} ms, an edit in {edit:.1f} ms")
    view.deleteLater()
    keys.deleteLater()
    rows.deleteLater()
    assert whole <= limit(most)
    assert edit <= limit(16.0 if bars < BARS else 40.0)
