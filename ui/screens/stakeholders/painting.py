"""How marks of the plane are drawn, with their words, rings and signs. Decides nothing."""

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

from ui import theme
from ui.screens.stakeholders.placing import (
    PERSON_GAP,
    RING_GAP,
    RING_WIDTH,
    Mark,
    broken_name,
    text_width,
)
from ui.screens.stakeholders.scene import day_text
from ui.widgets.marks import mark_path

RING = {"triangle": 1.5, "circle": 1.0, "square": 1.25}  # corner of the shape, in radii
STAMP_MARGIN = 9.0  # room for the corners of triangle and square, for the pen and the ring
PALE = 0.35  # of the colour, while a rating is provisional
CLOSE_GAP = 1.0  # least gap between a ring and a label that would be cut otherwise
READABLE = 4.5  # contrast of letters on a mark
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
    painter.setFont(theme.font(theme.CAPTION, bold=bold))
    painter.setPen(theme.theme().colour(token))
    if elide:
        words = _elided(words, bold, round(box.width() + 1))
    painter.drawText(box, int(align | AlignVCenter) | int(Qt.TextFlag.TextSingleLine), words)


@lru_cache(maxsize=2048)
def _elided(words: str, bold: bool, width: int) -> str:
    if text_width(words, bold=bold) <= width:
        return words
    metrics = QFontMetricsF(theme.font(theme.CAPTION, bold=bold))
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def halo_text(painter: QPainter, centre: QPointF, words: str, token: str, ground: QColor) -> None:
    """Centred text with a 3 px halo of the ground, for words that lines may cross."""
    made = theme.font(theme.CAPTION)
    path = QPainterPath()
    path.addText(QPointF(centre.x() - text_width(words) / 2, centre.y() + 4), made, words)
    painter.strokePath(path, QPen(ground, 3, Qt.PenStyle.SolidLine))
    painter.fillPath(path, theme.theme().colour(token))


def arrow(
    painter: QPainter, start: QPointF, end: QPointF, pen: QPen, *, hollow: bool = False
) -> None:
    """A line with a 7 × 6 px head at its end; `hollow`: the head is two strokes."""
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if length < 4:
        return
    ux, uy = (end.x() - start.x()) / length, (end.y() - start.y()) / length
    painter.setPen(pen)
    foot = QPointF(end.x() - 7 * ux, end.y() - 7 * uy)
    painter.drawLine(QLineF(start, end if hollow else foot))
    arrow_head(painter, end, ux, uy, pen, hollow=hollow)


def arrow_head(
    painter: QPainter, end: QPointF, ux: float, uy: float, pen: QPen, *, hollow: bool = False
) -> None:
    """The head alone, pointing along (`ux`, `uy`)."""
    foot = QPointF(end.x() - 7 * ux, end.y() - 7 * uy)
    corners = [
        QPointF(foot.x() - 3.2 * uy, foot.y() + 3.2 * ux),
        end,
        QPointF(foot.x() + 3.2 * uy, foot.y() - 3.2 * ux),
    ]
    if hollow:
        painter.setPen(QPen(pen.color(), pen.widthF()))
        painter.drawPolyline(QPolygonF(corners))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(QPolygonF(corners))


# marks ---------------------------------------------------------------------------------------


def paint_mark(painter: QPainter, mark: Mark, centre: QPointF | None = None) -> None:
    """The mark alone: filled for a group, hollow for a person, pale and dashed while it is
    provisional; a ring of its own shape for a strong influence; letters when they fit inside."""
    where, pale = centre or mark.centre, mark.row.provisional
    if mark.person:  # hundreds of them, all alike: stamped, not drawn
        scale = painter.device().devicePixelRatioF()
        look = theme.theme().name
        stamp = _stamp(mark.shape, mark.radius, mark.token, look, scale, mark.strong, pale)
        corner = where - QPointF(mark.radius + STAMP_MARGIN, mark.radius + STAMP_MARGIN)
        painter.drawImage(_on_pixel(corner, scale), stamp)
    else:
        colours = theme.theme()
        colour = colours.colour(mark.token)
        painter.translate(where)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine) if pale else Qt.PenStyle.NoPen)
        painter.setBrush(colours.mix(mark.token, PALE) if pale else colour)
        painter.drawPath(_path(mark.shape, mark.radius))
        if mark.strong:
            _influence(painter, mark.shape, mark.radius, colour)
        painter.translate(-where)
        if mark.inside:
            _letters(painter, mark, where)
    if mark.swinging and mark.place.named:  # in a crowd the words of the cell say it
        _swing_sign(painter, mark, where)


def _influence(
    painter: QPainter, shape: str, radius: float, colour: QColor, gap: float = RING_GAP
) -> None:
    """A thin ring of the same shape around a mark at the origin."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, RING_WIDTH))
    painter.drawPath(_path(shape, ring_of(shape, radius, gap)))


def ring_of(shape: str, radius: float, gap: float = RING_GAP) -> float:
    """Radius of the shape that stands `gap` outside the shape of `radius`."""
    reach = {"triangle": 0.778, "circle": 1.0, "square": 0.886}[shape]  # to its side, in radii
    return radius + (gap + RING_WIDTH / 2) / reach


def _letters(painter: QPainter, mark: Mark, where: QPointF) -> None:
    box = QRectF(where.x() - mark.radius, where.y() - 8, 2 * mark.radius, 16)
    token = letters_token(mark)
    text(painter, box, mark.letters, bold=True, token=token, align=AlignCenter)


def letters_token(mark: Mark) -> str:
    """The ink that reads best on a mark."""
    look = theme.theme()
    ground = look.mix(mark.token, PALE) if mark.row.provisional else look.colour(mark.token)
    light = contrast(look.colour("surface"), ground)
    return (
        "surface"
        if light >= READABLE
        else max(
            ("surface", light), ("text", contrast(look.colour("text"), ground)), key=lambda p: p[1]
        )[0]
    )


def contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(part * share for part, share in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def _swing_sign(painter: QPainter, mark: Mark, where: QPointF) -> None:
    """A small arrow both ways at the upper left of the mark: it may go either way."""
    away = mark.radius * (0.85 if mark.shape == "circle" else 0.95) + 1
    scale = painter.device().devicePixelRatioF()
    stamp = _sign_stamp(theme.theme().name, scale)
    painter.drawImage(_on_pixel(QPointF(where.x() - away - 6, where.y() - away - 4), scale), stamp)


@lru_cache(maxsize=16)
def _sign_stamp(look: str, scale: float) -> QImage:
    """`look`: name of the theme in use."""
    colours = theme.theme()
    made = _canvas(12, 8, scale)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    for tip, foot in ((1.5, 5.0), (10.5, 7.0)):
        path.addPolygon(QPolygonF([QPointF(tip, 4), QPointF(foot, 1.2), QPointF(foot, 6.8)]))
        path.closeSubpath()
    painter.strokePath(path, QPen(colours.colour("surface"), 1.6))
    painter.fillPath(path, colours.colour("text"))
    painter.end()
    return made


def _canvas(width: float, height: float, scale: float) -> QImage:
    wide, tall = round(width * scale), round(height * scale)
    made = QImage(wide, tall, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _on_pixel(point: QPointF, scale: float) -> QPointF:
    return QPointF(round(point.x() * scale) / scale, round(point.y() * scale) / scale)


@lru_cache(maxsize=128)
def _stamp(
    shape: str, radius: float, token: str, look: str, scale: float, strong: bool, pale: bool
) -> QImage:
    """A person's hollow mark as a picture; `look`: name of the theme, which is the one in use;
    `scale`: the device's pixel ratio."""
    colour, ground = theme.theme().colour(token), theme.theme().colour("surface")
    side = 2 * (radius + STAMP_MARGIN)
    made = _canvas(side, side, scale)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.setBrush(ground)
    pen = QPen(colour, 1.6)
    if pale:
        pen = QPen(colour, 1.3)
        pen.setDashPattern([1.6, 1.5])
    painter.setPen(pen)
    painter.drawPath(_path(shape, radius))
    if strong:
        _influence(painter, shape, radius, colour, PERSON_GAP + 0.8)
    painter.end()
    return made


@lru_cache(maxsize=512)
def _path(shape: str, radius: float) -> QPainterPath:
    """The mark around the origin; shared, so it must not be changed."""
    return mark_path(shape, radius)


# words ---------------------------------------------------------------------------------------


def paint_label(
    painter: QPainter,
    mark: Mark,
    *,
    ringed: bool = False,
    gap: float = 5.0,
    limit: float | None = None,
    ground: QColor | None = None,
) -> None:
    """Name and headcount at the right of the mark. A `ringed` one stands `gap` off its ring, up to
    `limit`, the next box at its right; on a `ground`, which hides the route below its words, it
    adds the date it was rated where there is room."""
    place = mark.place
    lines = place.lines
    if not lines:
        return
    names = _lines_of(mark)
    left, right = _reach_of(mark, ringed=ringed, gap=gap, limit=limit)
    box = QRectF(left, place.y - lines * 8.0, right - left, 16)
    for name in names:
        _plate(painter, box, text_width(name, bold=not mark.person), ground)
        text(painter, box, name, bold=not mark.person, token=_ink(mark), elide=True)
        box.translate(0, 16)
    if lines > 1:
        detail = mark.detail
        if ground is not None and mark.row.rated_on is not None:
            dated = f"{detail} · {day_text(mark.row.rated_on)}"
            detail = dated if text_width(dated) <= box.width() else detail
        _plate(painter, box, text_width(detail), ground)
        text(painter, box, detail, token="muted", elide=True)


def label_cut(mark: Mark, gap: float, limit: float) -> bool:
    """Whether the name of a selected mark ends in … although it stands at its ring."""
    left, right = _reach_of(mark, ringed=True, gap=gap, limit=limit)
    return _widest(mark) > right - left + 1


def _lines_of(mark: Mark) -> tuple[str, ...]:
    if mark.place.short:
        return (mark.letters,)
    return broken_name(mark.name) if mark.place.lines == 3 else (mark.name,)


def _widest(mark: Mark) -> float:
    return max(text_width(name, bold=not mark.person) for name in _lines_of(mark))


def _reach_of(mark: Mark, *, ringed: bool, gap: float, limit: float | None) -> tuple[float, float]:
    """From where to where the words of a label go."""
    place = mark.place
    shift = max(0.0, ring_radius(mark) - (place.label_x - place.x) + gap) if ringed else 0.0
    right = place.label_x + place.label_width
    if limit is not None:
        right = max(right, limit)
    room = right - place.label_x - shift
    spare = min(max(0.0, gap - CLOSE_GAP), max(0.0, _widest(mark) - room))
    return place.label_x + max(0.0, shift - spare), right  # closer to the ring before it is cut


def _plate(painter: QPainter, box: QRectF, width: float, ground: QColor | None) -> None:
    """The ground again behind words, so that no line strikes them through."""
    if ground is not None:
        room = QRectF(box.x() - 1, box.y(), min(width, box.width()) + 2, box.height())
        painter.fillRect(room, ground)


def _ink(mark: Mark) -> str:
    return "muted" if mark.person else "text"


def ring_radius(mark: Mark) -> float:
    """Radius of the ring around a selected mark."""
    outer = ring_of(mark.shape, mark.radius) if mark.strong else mark.radius
    return outer * RING[mark.shape] + 4.5


def paint_ring(painter: QPainter, mark: Mark, *, focused: bool, first: bool = True) -> None:
    """The selection: an accent ring, doubled while the plane has the keyboard; thinner for the
    others of a selection of several."""
    look = theme.theme()
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("accent"), 2 if first else 1.4))
    radius = ring_radius(mark) - (0.0 if first else 1.0)
    painter.drawEllipse(mark.centre, radius, radius)
    if focused and first:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.mix("accent", 0.35), 3))
        painter.drawEllipse(mark.centre, radius + 3, radius + 3)
