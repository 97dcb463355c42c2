"""The route of a selected unit: past positions, arrows that keep clear of marks, the target."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.screens.stakeholders.ground import ground_colour
from ui.screens.stakeholders.painting import arrow_head, halo_text, ring_radius, text
from ui.screens.stakeholders.placing import Mark, text_width
from ui.screens.stakeholders.scene import (
    DATE_GAP,
    PAST_RADIUS,
    PastMark,
    Scene,
    Trail,
    day_text,
    target_text,
)
from ui.widgets.marks import SHAPES, mark_path

Head = tuple[QPointF, float, float, QPen]  # where an arrow ends, its direction, its line
Stone = tuple[float, float, float]  # centre of a mark and how far off a leg keeps
CLEAR = 2.0  # pixels between a leg and a mark it goes around
LEVEL = 0.5  # rise of a leg that runs along a date beside its end


def paint_trail(painter: QPainter, scene: Scene, trail: Trail, between: Callable[[], None]) -> None:
    """Arrows from past positions to now, and dashed on to the target; `between` draws what lies
    over the lines and under their heads, positions and dates."""
    heads: list[Head] = []
    look = theme.theme()
    accent = QPen(look.colour("accent"), 1.6)
    stops = [past.centre for past in trail.past]
    dates = [_date_room(past) for past in trail.past]
    ring, stones = ring_radius(trail.now), _stones(scene, trail.now)
    for index, start in enumerate(stops):
        last = index == len(stops) - 1
        end = trail.now.centre if last else stops[index + 1]
        bend = _bend(scene, stones, start, end)
        leave = PAST_RADIUS + 3 + _on_date(dates[index], (bend or end) - start)
        if bend is not None:
            _leg(painter, start, bend, accent, leave, 0)
        reach = ring + 2 if last else PAST_RADIUS + 4
        if not last:
            reach += _on_date(dates[index + 1], (bend or start) - end)
        heads += _leg(painter, bend or start, end, accent, 0 if bend else leave, reach)
    if trail.target is not None:
        dashed = QPen(look.colour("accent"), 1.6)
        dashed.setDashPattern([3, 2.5])
        heads += _leg(painter, trail.now.centre, trail.target, dashed, ring + 1, 11)
    between()
    for head in heads:
        arrow_head(painter, *head)
    if trail.target is not None:
        _target(painter, trail)
    for past in trail.past:
        _past(painter, scene, past)


def _date_room(past: PastMark) -> float:
    """What a date beside a mark takes, negative at its left; 0: it stands below."""
    return past.beside * (DATE_GAP + text_width(day_text(past.day)))


def _on_date(room: float, towards: QPointF) -> float:
    """How much farther from a mark a leg begins or ends, for the date it would cross."""
    level = abs(towards.y()) < LEVEL * abs(towards.x())
    return abs(room) if level and room * towards.x() > 0 else 0.0


def _bend(scene: Scene, stones: Sequence[Stone], start: QPointF, end: QPointF) -> QPointF | None:
    """Where a leg turns so that it crosses no mark; None: straight is as good."""
    cell = scene.cell_at(end)
    straight = _hits(stones, start, end)
    if cell is None or not straight:
        return None
    box, rightwards = scene.cell(cell), end.x() > start.x()
    edge = box.left() - 5 if rightwards else box.right() + 5
    turns = [QPointF(edge, start.y()), QPointF(end.x(), start.y()), QPointF(start.x(), end.y())]
    hits = [_hits(stones, start, turn, end) for turn in turns]
    best = min(hits)
    return turns[hits.index(best)] if best < straight else None


def _stones(scene: Scene, now: Mark) -> list[Stone]:
    """The marks that a leg should go around, as plain numbers: five legs with four ways each are
    held against hundreds of them, at each step of the time line."""
    return [
        (mark.centre.x(), mark.centre.y(), mark.radius + CLEAR)
        for mark in scene.marks
        if mark is not now
    ]


def _hits(stones: Sequence[Stone], *points: QPointF) -> int:
    """How many marks the line through the points touches."""
    hit: set[Stone] = set()
    for start, end in pairwise(points):
        hit.update(_touched(stones, start.x(), start.y(), end.x(), end.y()))
    return len(hit)


def _touched(
    stones: Sequence[Stone], x: float, y: float, to_x: float, to_y: float
) -> Iterator[Stone]:
    """Marks that the line between two points touches."""
    dx, dy = to_x - x, to_y - y
    length = dx * dx + dy * dy
    left, right = min(x, to_x), max(x, to_x)
    top, bottom = min(y, to_y), max(y, to_y)
    for stone in stones:
        cx, cy, reach = stone
        if not (left - reach < cx < right + reach and top - reach < cy < bottom + reach):
            continue
        share = ((cx - x) * dx + (cy - y) * dy) / length if length else 0.0
        share = max(0.0, min(1.0, share))
        if math.hypot(cx - x - share * dx, cy - y - share * dy) < reach:
            yield stone


def _leg(
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    pen: QPen,
    leave: float,
    reach: float,
) -> list[Head]:
    """The line without its head, which is handed back; none where it is too short."""
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if length <= leave + reach:
        return []
    ux, uy = (end.x() - start.x()) / length, (end.y() - start.y()) / length
    first = QPointF(start.x() + leave * ux, start.y() + leave * uy)
    last = QPointF(end.x() - reach * ux, end.y() - reach * uy)
    painter.setPen(pen)
    painter.drawLine(first, last if reach == 0 else last - QPointF(7 * ux, 7 * uy))
    return [(last, ux, uy, pen)]


def _past(painter: QPainter, scene: Scene, past: PastMark) -> None:
    look = theme.theme()
    shape, token = (SHAPES[past.trio], past.trio.value) if scene.zones else ("circle", "muted")
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour(token), 1.8))
    painter.drawPath(mark_path(shape, PAST_RADIUS, past.centre))
    cell = scene.cell_at(past.centre) or (1, 1)
    words = day_text(past.day)
    away = PAST_RADIUS + DATE_GAP + text_width(words) / 2
    where = past.centre + (QPointF(past.beside * away, 0) if past.beside else QPointF(0, 18))
    halo_text(painter, where, words, "muted", ground_colour(scene, cell))


def _target(painter: QPainter, trail: Trail) -> None:
    assert trail.target is not None
    look = theme.theme()
    pen = QPen(look.colour("accent"), 1.6)
    pen.setDashPattern([2.5, 2])
    painter.setBrush(look.colour("surface"))
    painter.setPen(pen)
    painter.drawEllipse(trail.target, 9, 9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    painter.drawEllipse(trail.target, 2.6, 2.6)
    words = target_text(trail.target_day)
    text(
        painter,
        QRectF(trail.target.x() + 14, trail.target.y() - 8, 120, 16),
        words,
        token="accent",
    )
