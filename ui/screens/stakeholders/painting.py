"""How the plane is drawn: cells, frontiers, marks, route. Reads a `Scene`, decides nothing."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, ZONES, Zone
from crm_pilot.stakeholders.zones import ACTING, LEVELS, ally, swing, trio
from ui import theme
from ui.screens.stakeholders.scene import (
    AXIS_LEFT,
    Cell,
    Mark,
    Scene,
    Trail,
    day_text,
)
from ui.widgets.marks import mark_path

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
RING = {"triangle": 1.5, "circle": 1.0, "square": 1.25}  # corner of the shape, in radii
AlignLeft, AlignRight = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
AlignCenter, AlignVCenter = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignVCenter


def text(
    painter: QPainter,
    box: QRectF,
    words: str,
    *,
    bold: bool = False,
    token: str = "text",
    align: Qt.AlignmentFlag = AlignLeft,
    elide: bool = False,
) -> None:
    """One line of 12 px text, vertically centred in `box`."""
    made = theme.font(theme.CAPTION, bold=bold)
    painter.setFont(made)
    painter.setPen(theme.theme().colour(token))
    if elide:
        metrics = QFontMetricsF(made)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, int(align | AlignVCenter) | int(Qt.TextFlag.TextSingleLine), words)


def halo_text(painter: QPainter, centre: QPointF, words: str, token: str, ground: QColor) -> None:
    """Centred text with a 3 px halo of the ground, for words that lines may cross."""
    made = theme.font(theme.CAPTION)
    wide = QFontMetricsF(made).horizontalAdvance(words)
    path = QPainterPath()
    path.addText(QPointF(centre.x() - wide / 2, centre.y() + 4), made, words)
    painter.strokePath(path, QPen(ground, 3, Qt.PenStyle.SolidLine))
    painter.fillPath(path, theme.theme().colour(token))


def paint_ground(painter: QPainter, scene: Scene, trail: Trail | None) -> None:
    """Cells with their tints, hairlines, zone names, frontiers, axes."""
    look = theme.theme()
    painter.fillRect(scene.plane, look.colour("surface"))
    if scene.zones:
        for s in LEVELS:
            for a in LEVELS:
                zone = scene.grid.zone(s, a)
                painter.fillRect(
                    scene.cell((s, a)), look.mix(trio(zone).value, TINTS[zone] * _depth())
                )
    _hairlines(painter, scene)
    if scene.zones:
        _zone_names(painter, scene, trail)
        _frontiers(painter, scene)
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
    for s in LEVELS:
        for a in LEVELS:
            box, zone = scene.cell((s, a)), scene.grid.zone(s, a)
            if a < 4:
                same = scene.zones and scene.grid.zone(s, a + 1) == zone
                painter.setPen(dots if same else solid)
                painter.drawLine(QLineF(box.topRight(), box.bottomRight()))
            if s > 1:
                same = scene.zones and scene.grid.zone(s - 1, a) == zone
                painter.setPen(dots if same else solid)
                painter.drawLine(QLineF(box.bottomLeft(), box.bottomRight()))
    painter.setPen(solid)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(scene.plane)


def _zone_names(painter: QPainter, scene: Scene, trail: Trail | None) -> None:
    """At the top left of the cell; at the right where the arrow to a target goes up."""
    upwards = trail is not None and trail.target is not None
    for cell, zone in scene.zone_name_cells():
        box = scene.cell(cell)
        aside = upwards and trail is not None and trail.now.row.position == cell
        text(
            painter,
            QRectF(box.x() + 8, box.y() + 4, box.width() - 12, 16),
            tr(ZONES[zone]),
            token="muted",
            align=AlignRight if aside else AlignLeft,
            elide=True,
        )
    for s in LEVELS:
        for a in LEVELS:
            if swing(s, a):
                box = scene.cell((s, a))
                text(
                    painter,
                    QRectF(box.x() + 8, box.y() + 4, box.width() - 16, 16),
                    tr("about to tip"),
                    token="muted",
                    align=AlignRight,
                )


def _frontier_width() -> float:
    """Thicker than the lines between cells, in high contrast too."""
    return 1.6 if theme.theme().line_width == 1 else 4.0


def _frontiers(painter: QPainter, scene: Scene) -> None:
    look = theme.theme()
    stairs = QPainterPath()
    started = False
    for s in LEVELS:  # from the bottom: the right edge of the last ally cell of each row
        box = scene.cell((s, max(a for a in LEVELS if ally(s, a))))
        if not started:
            stairs.moveTo(box.bottomRight())
            started = True
        else:
            stairs.lineTo(box.bottomRight())
        if box.right() < scene.plane.right() - 1:
            stairs.lineTo(box.topRight())
    ink = look.mix("text", 0.82)
    painter.save()
    painter.setClipRect(scene.plane.adjusted(0, 1, 0, 0))
    painter.strokePath(stairs, QPen(ink, _frontier_width()))
    painter.restore()
    y = scene.cell((ACTING, 1)).bottom()
    dashes = QPen(look.colour("text"), _frontier_width() - 0.2)
    dashes.setDashPattern([5, 3])
    painter.setPen(dashes)
    painter.drawLine(QLineF(scene.plane.left(), y, scene.plane.right(), y))
    notes = ((4, tr("ally diagonal")), (3, tr("initiative line")))
    for synergy, words in notes:
        box = scene.cell((synergy, 4))
        line = QRectF(box.x() + 4, box.bottom() - 20, box.width() - 12, 16)
        text(painter, line, words, token="muted", align=AlignRight)


def _axes(painter: QPainter, scene: Scene) -> None:
    plane = scene.plane
    for level in LEVELS:
        row = scene.cell((level, 1))
        middle = row.center().y()
        label = QRectF(14, middle - 17, AXIS_LEFT - 24, 16)
        text(painter, label, str(level), bold=True, align=AlignRight)
        text(painter, label.translated(0, 17), tr(SYNERGY[level]), token="muted", align=AlignRight)
        column = scene.cell((1, level))
        _numbered(painter, column.center().x(), plane.bottom() + 13, level, tr(ANTAGONISM[level]))
    _axis_arrows(painter, scene)


def _numbered(painter: QPainter, x: float, y: float, level: int, words: str) -> None:
    bold, plain = theme.font(theme.CAPTION, bold=True), theme.font(theme.CAPTION)
    number = QFontMetricsF(bold).horizontalAdvance(f"{level} ")
    wide = number + QFontMetricsF(plain).horizontalAdvance(words)
    left = x - wide / 2
    text(painter, QRectF(left, y - 8, number + 2, 16), str(level), bold=True)
    text(painter, QRectF(left + number, y - 8, wide, 16), words, token="muted")


def _axis_arrows(painter: QPainter, scene: Scene) -> None:
    look, plane = theme.theme(), scene.plane
    bold = QFontMetricsF(theme.font(theme.CAPTION, bold=True))
    pen = QPen(look.colour("muted"), 1)
    across, y = tr("Antagonism"), plane.bottom() + 33
    text(painter, QRectF(plane.left(), y - 8, 200, 16), across, bold=True)
    start = plane.left() + bold.horizontalAdvance(across) + 8
    arrow(painter, QPointF(start, y), QPointF(plane.right(), y), pen)
    up = tr("Synergy")
    wide = bold.horizontalAdvance(up)
    painter.save()
    painter.translate(6, plane.bottom())
    painter.rotate(-90)
    text(painter, QRectF(0, -8, wide + 4, 16), up, bold=True)
    painter.restore()
    arrow(painter, QPointF(6, plane.bottom() - wide - 8), QPointF(6, plane.top()), pen)


def arrow(painter: QPainter, start: QPointF, end: QPointF, pen: QPen) -> None:
    """A line with a 7 × 6 px head at its end."""
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if length < 4:
        return
    ux, uy = (end.x() - start.x()) / length, (end.y() - start.y()) / length
    painter.setPen(pen)
    foot = QPointF(end.x() - 7 * ux, end.y() - 7 * uy)
    painter.drawLine(QLineF(start, foot))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(
        QPolygonF(
            [
                end,
                QPointF(foot.x() - 3.2 * uy, foot.y() + 3.2 * ux),
                QPointF(foot.x() + 3.2 * uy, foot.y() - 3.2 * ux),
            ]
        )
    )


def paint_mark(painter: QPainter, mark: Mark, centre: QPointF | None = None) -> None:
    """The mark alone: filled for a group, hollow for a person, pale while it is provisional."""
    look = theme.theme()
    colour = look.colour(mark.token)
    where = centre or mark.centre
    if mark.person:  # hundreds of them, all alike: stamped, not drawn
        scale = painter.device().devicePixelRatioF()
        stamp = _stamp(mark.shape, mark.radius, colour.name(), look.colour("surface").name(), scale)
        corner = where - QPointF(mark.radius + STAMP_MARGIN, mark.radius + STAMP_MARGIN)
        painter.drawImage(_on_pixel(corner, scale), stamp)
        return
    path = _path(mark.shape, mark.radius)
    if mark.row.provisional:
        painter.setBrush(look.mix(mark.token, 0.35))
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
    else:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.translate(where)
    painter.drawPath(path)
    painter.translate(-where)


STAMP_MARGIN = 5.0  # room for the corners of triangle and square, and for the pen


def _on_pixel(point: QPointF, scale: float) -> QPointF:
    return QPointF(round(point.x() * scale) / scale, round(point.y() * scale) / scale)


@lru_cache(maxsize=64)
def _stamp(shape: str, radius: float, colour: str, ground: str, scale: float) -> QImage:
    """A person's hollow mark as a picture; `scale` is the device's pixel ratio."""
    side = 2 * (radius + STAMP_MARGIN)
    pixels = round(side * scale)
    made = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(QColor(colour), 1.6))
    painter.translate(side / 2, side / 2)
    painter.drawPath(_path(shape, radius))
    painter.end()
    return made


@lru_cache(maxsize=256)
def _path(shape: str, radius: float) -> QPainterPath:
    """The mark around the origin; shared, so it must not be changed."""
    return mark_path(shape, radius)


def paint_label(painter: QPainter, mark: Mark, *, selected: bool = False) -> None:
    """Name and headcount at the right of the mark; the selected one adds the date it was rated."""
    place = mark.place
    lines = place.lines
    if not lines:
        return
    shift = ring_radius(mark) - (place.label_x - place.x) + 5 if selected else 0.0
    box = QRectF(place.label_x + max(0.0, shift), place.y - lines * 8.0, place.label_width, 16)
    text(painter, box, mark.name, bold=not mark.person, token=_ink(mark), elide=True)
    if lines > 1:
        detail = mark.detail
        if selected and mark.row.rated_on is not None:
            detail = f"{detail} · {day_text(mark.row.rated_on)}"
            box.setWidth(max(box.width(), 120))
        text(painter, box.translated(0, 16), detail, token="muted")


def _ink(mark: Mark) -> str:
    return "muted" if mark.person else "text"


def ring_radius(mark: Mark) -> float:
    """Radius of the ring around a selected mark."""
    return mark.radius * RING[mark.shape] + 4.5


def paint_ring(painter: QPainter, mark: Mark, *, focused: bool) -> None:
    """The selection: an accent ring, doubled while the plane has the keyboard."""
    look = theme.theme()
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("accent"), 2))
    radius = ring_radius(mark)
    painter.drawEllipse(mark.centre, radius, radius)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.mix("accent", 0.35), 3))
        painter.drawEllipse(mark.centre, radius + 3, radius + 3)
