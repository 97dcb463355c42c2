"""Draws a printed sheet with QPainter: the preview and the printer are the same page
as the PDF, item by item."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from crm_pilot.reports.sheets import (
    Box,
    Disc,
    Item,
    Path,
    Shape,
    Sheet,
    Strokes,
    Text,
    plain_colour,
)
from ui import theme

POINTS = 72.0  # in an inch


def paint(painter: QPainter, sheet: Sheet) -> None:
    """All items of a sheet; one unit of the painter is a point."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for item in sheet.items:
        _put(painter, item)


def _put(painter: QPainter, item: Item) -> None:
    if isinstance(item, Text):
        _text(painter, item)
    elif isinstance(item, Strokes):
        painter.setPen(_pen(item.ink, item.weight, item.dash, round_=item.round))
        for line in item.lines:
            if len(line) > 2:
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
            elif line[0] == line[1]:
                painter.drawPoint(QPointF(*line[0]))  # Qt draws no line of no length
            else:
                painter.drawLine(QPointF(*line[0]), QPointF(*line[1]))
    elif isinstance(item, Box):
        _box(painter, item)
    elif isinstance(item, Shape):
        _dress(painter, item, round_=item.round)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in item.points]))
    elif isinstance(item, Disc):
        _dress(painter, item)
        painter.drawEllipse(QPointF(item.x, item.y), item.radius, item.radius)
    elif isinstance(item, Path):
        _path(painter, item)
    else:
        place = QRectF(item.x, item.y, item.wide, item.high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, _picture(item.data))


def _text(painter: QPainter, item: Text) -> None:
    """Fonts have whole pixels; a size of 9.5 is one of 19 at half its size."""
    size = round(item.size)
    whole = size == item.size
    painter.setFont(_font(size if whole else round(2 * item.size), item.bold, item.tabular))
    painter.setPen(_colour(item.ink))
    if whole and not item.turn:
        painter.drawText(QPointF(item.x, item.y), item.text)
        return
    painter.save()
    painter.translate(item.x, item.y)
    painter.rotate(-item.turn)
    if not whole:
        painter.scale(0.5, 0.5)
    painter.drawText(QPointF(0, 0), item.text)
    painter.restore()


def _path(painter: QPainter, item: Path) -> None:
    _dress(painter, item, round_=True)
    made = QPainterPath(QPointF(*item.start))
    for one, other, end in item.curves:
        made.cubicTo(QPointF(*one), QPointF(*other), QPointF(*end))
    made.closeSubpath()
    painter.drawPath(made)


@lru_cache(maxsize=4)
def _picture(data: bytes) -> QImage:
    return QImage.fromData(data)


def _box(painter: QPainter, item: Box) -> None:
    inset = item.weight / 2
    box = QRectF(
        item.x + inset,
        item.y + inset,
        max(item.wide - item.weight, 0.0),
        max(item.high - item.weight, 0.0),
    )
    if item.ink is None and item.fill is not None and not item.radius:
        painter.fillRect(box, _colour(item.fill))
        return
    _dress(painter, item)
    if item.radius:
        painter.drawRoundedRect(box, item.radius, item.radius)
    else:
        painter.drawRect(box)


def _dress(painter: QPainter, item: Box | Shape | Disc | Path, *, round_: bool = False) -> None:
    pen = _pen(item.ink, item.weight, None, round_=round_) if item.ink else None
    painter.setPen(pen or QPen(Qt.PenStyle.NoPen))
    if item.fill:
        painter.setBrush(_colour(item.fill))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _pen(
    token: str, weight: float, dash: tuple[float, ...] | None, *, round_: bool = False
) -> QPen:
    made = QPen(_colour(token), weight)
    made.setCapStyle(Qt.PenCapStyle.RoundCap if round_ else Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin if round_ else Qt.PenJoinStyle.MiterJoin)
    if dash:
        made.setDashPattern([part / weight for part in dash])  # Qt counts in widths of the pen
    return made


@lru_cache(maxsize=64)
def _colour(token: str) -> QColor:
    return QColor(plain_colour(token))


@lru_cache(maxsize=64)
def _font(size: int, bold: bool, tabular: bool) -> QFont:
    """Pixels of a painter whose unit is a point."""
    made = QFont(theme.font(size, bold=bold, numbers=tabular))  # that one is everybody's
    made.setKerning(False)  # as the PDF: so that a text is as wide as it was measured
    made.setFeature(QFont.Tag("calt"), 0)  # nor does the PDF raise a colon between digits
    return made
