"""The plane as one picture: drawn once for a state, then shown while a mark or a lasso moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from ui import theme
from ui.screens.stakeholders import painting, route
from ui.screens.stakeholders.ground import ground_colour, paint_ground
from ui.screens.stakeholders.moves import move_arrows
from ui.screens.stakeholders.options import Tie
from ui.screens.stakeholders.placing import RING_ROOM, Mark, text_width
from ui.screens.stakeholders.scene import Scene, Trail
from ui.screens.stakeholders.ties import tie_arrows
from ui.screens.stakeholders.zooming import Cell

HEAD_GAP = 12.0  # between the ring and the words, for the head of an arrow from the right
AWAY = 0.3  # opacity of a mark that is being dragged, where it was


@dataclass(frozen=True)
class State:
    """What is drawn besides the scene. `away`: the unit that is being dragged."""

    key: int | None
    selection: frozenset[int]
    focused: bool
    trail: Trail | None = None
    ties: Sequence[Tie] = ()
    moves: Mapping[int, Cell] | None = None
    away: int | None = None
    dragging: bool = False


def picture(scene: Scene, state: State, size: QSize, ratio: float) -> QPixmap:
    """The plane in `size`, `ratio` device pixels for one of them."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(theme.theme().colour("surface"))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, scene, state, size)
    painter.end()
    return made


def paint(painter: QPainter, scene: Scene, state: State, size: QSize) -> None:
    """Everything but what follows the mouse."""
    trail = None if state.dragging else state.trail
    paint_ground(painter, scene, trail, named=not state.dragging)
    painter.save()
    if not scene.look.zoom.whole:
        painter.setClipRect(scene.view)
    _arrows(painter, scene, state)
    _selection(painter, scene, state, trail)
    seen = scene.view.adjusted(-4, -4, 4, 4)
    whole = scene.look.zoom.whole
    for mark in scene.marks:
        if not whole and not seen.intersects(mark.reach):
            continue
        if mark.row.id == state.away:
            painter.setOpacity(AWAY)
        painting.paint_mark(painter, mark)
        if mark.row.id != state.key or state.dragging:
            ringed = mark.row.id in state.selection and not state.dragging
            limit = _limit(scene, mark) if ringed else None
            painting.paint_label(painter, mark, ringed=ringed, limit=limit)
        painter.setOpacity(1.0)
    now = scene.mark(state.key)
    if now is not None and not state.dragging:
        _selected_label(painter, scene, now, trail)
    painter.restore()
    if state.focused and now is None and not state.selection:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.theme().colour("accent"), 2))
        painter.drawRect(QRectF(scene.view).adjusted(1, 1, -1, -1))


def _arrows(painter: QPainter, scene: Scene, state: State) -> None:
    """Who moved, and the ties of the selection."""
    arrows = move_arrows(scene, state.moves or {})
    if not state.dragging:
        arrows += tie_arrows(scene, state.ties, state.key)
    if not arrows:
        return
    for arrow in arrows:
        arrow.paint_line(painter)
    _plates(painter, scene)
    for arrow in arrows:
        arrow.paint_head(painter)


def _plates(painter: QPainter, scene: Scene) -> None:
    """The ground again behind labels, so that no arrow strikes words through."""
    for mark in scene.marks:
        box = mark.place.label_box
        if box is not None:
            ground = ground_colour(scene, mark.row.position)
            painter.fillRect(QRectF(box.x - 1, box.y, box.width + 2, box.height), ground)


def _selection(painter: QPainter, scene: Scene, state: State, trail: Trail | None) -> None:
    """Rings and the route, under the marks."""
    if state.dragging:
        return
    for key in state.selection:
        mark = scene.mark(key)
        if mark is not None and key != state.key:
            painting.paint_ring(painter, mark, focused=False, first=False)
    if trail is not None:
        route.paint_trail(painter, scene, trail, lambda: _plates(painter, scene))
    now = scene.mark(state.key)
    if now is not None:
        painting.paint_ring(painter, now, focused=state.focused)


def _selected_label(painter: QPainter, scene: Scene, mark: Mark, trail: Trail | None) -> None:
    told = False
    if mark.place.lines:
        ground = ground_colour(scene, mark.row.position)
        limit = _limit(scene, mark)
        came = trail.past[-1].centre.x() if trail is not None and trail.past else 0.0
        gap = HEAD_GAP if came > mark.centre.x() else 5.0
        whole = not painting.label_cut(mark, gap, limit)
        told = whole and mark.place.named
        if whole:
            painting.paint_label(painter, mark, ringed=True, gap=gap, limit=limit, ground=ground)
    if not told:
        _tag(painter, scene, mark)


def _limit(scene: Scene, mark: Mark) -> float:
    """How far to the right the label of the selection may go: to the next mark or the edge."""
    box = mark.place.box
    edge = scene.cell(mark.row.position).right() - 6
    for other in scene.marks:
        there = other.place.box
        beside = there.y < box.bottom and there.bottom > box.y
        if beside and box.right <= there.x < edge and other is not mark:
            edge = there.x - 4
    return edge


def _tag(painter: QPainter, scene: Scene, mark: Mark) -> None:
    """The name of a selected mark that has no room for its label, over what is beside it."""
    wide, room = text_width(mark.name, bold=True) + 12, scene.view.adjusted(2, 2, -2, -2)
    reach = painting.ring_radius(mark) + 3
    x, y = mark.centre.x(), mark.centre.y()
    spots = [
        QRectF(x - wide / 2, y - reach - 20, wide, 20),
        QRectF(x - wide / 2, y + reach, wide, 20),
        QRectF(x + reach, y - 10, wide, 20),
        QRectF(x - reach - wide, y - 10, wide, 20),
    ]
    inside = [spot for spot in spots if room.contains(spot)] or [_held(spots[0], room)]
    best = min(inside, key=lambda spot: _covered(scene, spot, mark))
    paint_tag(painter, best, mark.name, bold=True)


def _held(box: QRectF, room: QRectF) -> QRectF:
    """A box pushed inside the room."""
    x = max(room.left(), min(room.right() - box.width(), box.x()))
    y = max(room.top(), min(room.bottom() - box.height(), box.y()))
    return QRectF(x, y, box.width(), box.height())


def _covered(scene: Scene, box: QRectF, mark: Mark) -> float:
    found = 0.0
    for other in scene.marks:
        if other is not mark:
            there = other.place.box
            shared = box.intersected(QRectF(there.x, there.y, there.width, there.height))
            found += max(0.0, shared.width()) * max(0.0, shared.height())
    return found


def paint_tag(painter: QPainter, box: QRectF, words: str, *, bold: bool = False) -> None:
    """Words on a small plate of their own."""
    look = theme.theme()
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("accent"), look.line_width))
    painter.drawRoundedRect(box, 3, 3)
    painting.text(painter, box, words, bold=bold, align=painting.AlignCenter)


def tag_box(words: str, below: QPointF, radius: float, room: QRectF) -> QRectF:
    """Where a plate with words stands under a mark that is being dragged."""
    wide = text_width(words) + 16
    top = below.y() + radius * (1 + RING_ROOM) + 8
    if top + 22 > room.bottom():
        top = below.y() - radius * (1 + RING_ROOM) - 30
    return _held(QRectF(below.x() - wide / 2, top, wide, 22), room)
