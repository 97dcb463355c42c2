"""The ground of the plane: tints, lines between cells, names, frontiers, axes."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, ZONES, Zone
from crm_pilot.stakeholders.zones import ACTING, LEVELS, ally, swing, trio
from ui import theme
from ui.screens.stakeholders.painting import (
    AlignCenter,
    AlignLeft,
    AlignRight,
    arrow,
    text,
)
from ui.screens.stakeholders.placing import text_width
from ui.screens.stakeholders.scene import AXIS_LEFT, SHOWN, Scene, Trail
from ui.screens.stakeholders.zooming import Cell

# Opacity of the trio's colour behind a zone (LOOK.md, screens 11: 5 to 13 %)
TINTS = {
    Zone.ZEALOT: 0.05,
    Zone.GOLDEN_TRIANGLE: 0.12,
    Zone.HESITANT: 0.13,
    Zone.PASSIVE: 0.05,
    Zone.TORN: 0.08,
    Zone.GRUMBLER: 0.05,
    Zone.OPPONENT: 0.09,
    Zone.REBEL: 0.13,
}
ASIDE = 48.0  # room for the name of a zone to stand aside for an arrow upwards
NARROW = 90.0  # a cell narrower than this has its level as a number alone


def paint_ground(
    painter: QPainter, scene: Scene, trail: Trail | None, *, named: bool = True
) -> None:
    """Cells with their tints, hairlines, zone names, frontiers; without words when not `named`,
    so that nobody rates by the name of a zone (DOMAIN.md 1.2)."""
    look = theme.theme()
    painter.save()
    painter.setClipRect(scene.view.adjusted(-1, -1, 1, 1))
    painter.fillRect(scene.view, look.colour("surface"))
    if scene.zones:
        for cell in SHOWN:
            painter.fillRect(scene.cell(cell), ground_colour(scene, cell))
    _hairlines(painter, scene)
    if scene.zones and named:
        _zone_names(painter, scene, trail)
    _notes(painter, scene, named=named)
    if scene.zones:
        _frontiers(painter, scene, named=named)
    painter.restore()
    _axes(painter, scene)


def _depth() -> float:
    """Tints need more of the colour on a dark ground."""
    return 1.5 if theme.theme().dark else 1.0


def ground_colour(scene: Scene, cell: Cell) -> QColor:
    """The colour behind a cell."""
    look = theme.theme()
    if not scene.zones:
        return look.colour("surface")
    zone = scene.grid.zone(*cell)
    return look.mix(trio(zone).value, TINTS[zone] * _depth())


def _hairlines(painter: QPainter, scene: Scene) -> None:
    look = theme.theme()
    solid = QPen(look.colour("line"), look.line_width)
    dots = QPen(look.colour("line"), look.line_width, Qt.PenStyle.DotLine)
    apart = not scene.zones or scene.look.zoom.cell is not None
    for s, a in SHOWN:
        box, zone = scene.cell((s, a)), scene.grid.zone(s, a)
        if a < 4:
            same = not apart and scene.grid.zone(s, a + 1) == zone
            painter.setPen(dots if same else solid)
            painter.drawLine(QLineF(box.topRight(), box.bottomRight()))
        if s > 1:
            same = not apart and scene.grid.zone(s - 1, a) == zone
            painter.setPen(dots if same else solid)
            painter.drawLine(QLineF(box.bottomLeft(), box.bottomRight()))
    painter.setPen(solid)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(scene.view)


def _seen(scene: Scene, cell: Cell) -> QRectF:
    """The part of a cell that is in view."""
    return scene.cell(cell).intersected(scene.view)


def _zone_names(painter: QPainter, scene: Scene, trail: Trail | None) -> None:
    """At the top left of the cell; at the right where the arrow to a target goes up."""
    upwards = trail is not None and trail.target is not None
    for cell, zone in scene.zone_name_cells():
        box = name_box(scene, cell)
        words = tr(ZONES[zone])
        aside = upwards and trail is not None and trail.now.row.position == cell
        clear = box.right() - text_width(words) - 6
        aside = aside and trail is not None and trail.now.centre.x() < clear
        align = AlignRight if aside else AlignLeft
        if box.width() > 30 and box.top() < scene.view.bottom() - 10:
            text(painter, box, words, token="muted", align=align, elide=True)


def name_box(scene: Scene, cell: Cell) -> QRectF:
    """Where the name of a cell's zone is written."""
    box = _seen(scene, cell)
    corner = _corner(scene, cell)
    wide = text_width(corner) + 8 if corner else 0.0
    return QRectF(box.x() + 8, scene.cell(cell).y() + 4, box.width() - 16 - wide, 16)


def note_box(scene: Scene, cell: Cell) -> QRectF | None:
    """Where a cell says how many units it does not name."""
    if not scene.unnamed(cell):
        return None
    box, wide = _seen(scene, cell), text_width(_corner(scene, cell))
    return QRectF(box.right() - 8 - wide, scene.cell(cell).y() + 4, wide + 2, 16)


def _corner(scene: Scene, cell: Cell, *, named: bool = True) -> str:
    """Words at the top right of a cell: how many are not named there, as a number where the name
    of the zone leaves no more room, and that it is about to tip."""
    unnamed, zones = scene.unnamed(cell), named and scene.zones
    tips = zones and swing(*cell) and not scene.folded(cell)
    rest = [tr("about to tip")] if tips else []
    if not unnamed:
        return "".join(rest)
    zone = dict(scene.zone_name_cells()).get(cell) if zones else None
    taken = text_width(tr(ZONES[zone])) + ASIDE if zone is not None else 0.0
    words = " · ".join([ntr("{n} unnamed", "{n} unnamed", unnamed), *rest])
    if text_width(words) <= _seen(scene, cell).width() - 16 - taken:
        return words
    return " · ".join([f"+{unnamed}", *rest])


def _notes(painter: QPainter, scene: Scene, *, named: bool) -> None:
    for cell in SHOWN:
        box = _seen(scene, cell)
        if scene.folded(cell):
            count = scene.counts[cell]
            if count:
                text(painter, box, str(count), bold=True, token="muted", align=AlignCenter)
            continue
        words = _corner(scene, cell, named=named)
        if words and box.width() > 40:
            line = QRectF(box.x() + 8, scene.cell(cell).y() + 4, box.width() - 16, 16)
            text(painter, line, words, token="muted", align=AlignRight, elide=True)


def _frontier_width() -> float:
    """Thicker than the lines between cells, in high contrast too."""
    return 1.6 if theme.theme().line_width == 1 else 4.0


def _frontiers(painter: QPainter, scene: Scene, *, named: bool) -> None:
    look = theme.theme()
    stairs = QPainterPath()
    for s in LEVELS:  # from the bottom: the right edge of the last ally cell of each row
        box = scene.cell((s, max(a for a in LEVELS if ally(s, a))))
        if s == LEVELS[0]:
            stairs.moveTo(box.bottomRight())
        else:
            stairs.lineTo(box.bottomRight())
        if box.right() < scene.plane.right() - 1:
            stairs.lineTo(box.topRight())
    painter.setClipRect(scene.view.adjusted(0, 1, 0, 0))
    painter.strokePath(stairs, QPen(look.mix("text", 0.82), _frontier_width()))
    painter.setClipRect(scene.view.adjusted(-1, -1, 1, 1))
    y = scene.cell((ACTING, 1)).bottom()
    dashes = QPen(look.colour("text"), _frontier_width() - 0.2)
    dashes.setDashPattern([5, 3])
    painter.setPen(dashes)
    painter.drawLine(QLineF(scene.view.left(), y, scene.view.right(), y))
    notes = ((4, tr("ally diagonal")), (3, tr("initiative line")))
    for synergy, words in notes:
        box = _seen(scene, (synergy, 4))
        if named and not scene.folded((synergy, 4)) and box.width() > NARROW:
            line = QRectF(box.x() + 4, box.bottom() - 20, box.width() - 12, 16)
            if box.bottom() == scene.cell((synergy, 4)).bottom():
                text(painter, line, words, token="muted", align=AlignRight)


def _axes(painter: QPainter, scene: Scene) -> None:
    plane = scene.view
    for level in LEVELS:
        row = scene.cell((level, 1))
        top, bottom = max(row.top(), plane.top()), min(row.bottom(), plane.bottom())
        if bottom - top > 14:
            lines = bottom - top > 36
            label = QRectF(14, (top + bottom) / 2 - (17 if lines else 8), AXIS_LEFT - 24, 16)
            text(painter, label, str(level), bold=True, align=AlignRight)
            if lines:
                name = label.translated(0, 17)
                text(painter, name, tr(SYNERGY[level]), token="muted", align=AlignRight)
        column = scene.cell((1, level))
        left, right = max(column.left(), plane.left()), min(column.right(), plane.right())
        if right - left > 14:
            words = tr(ANTAGONISM[level]) if right - left > NARROW else ""
            _numbered(painter, (left + right) / 2, plane.bottom() + 13, level, words)
    _axis_arrows(painter, scene)


def _numbered(painter: QPainter, x: float, y: float, level: int, words: str) -> None:
    number = text_width(f"{level} ", bold=True)
    wide = number + text_width(words)
    left = x - wide / 2
    text(painter, QRectF(left, y - 8, number + 2, 16), str(level), bold=True)
    if words:
        text(painter, QRectF(left + number, y - 8, wide, 16), words, token="muted")


def _axis_arrows(painter: QPainter, scene: Scene) -> None:
    look, plane = theme.theme(), scene.view
    pen = QPen(look.colour("muted"), 1)
    across, y = tr("Antagonism"), plane.bottom() + 33
    text(painter, QRectF(plane.left(), y - 8, 200, 16), across, bold=True)
    start = plane.left() + text_width(across, bold=True) + 8
    arrow(painter, QPointF(start, y), QPointF(plane.right(), y), pen)
    up = tr("Synergy")
    wide = text_width(up, bold=True)
    painter.save()
    painter.translate(6, plane.bottom())
    painter.rotate(-90)
    text(painter, QRectF(0, -8, wide + 4, 16), up, bold=True)
    painter.restore()
    arrow(painter, QPointF(6, plane.bottom() - wide - 8), QPointF(6, plane.top()), pen)
