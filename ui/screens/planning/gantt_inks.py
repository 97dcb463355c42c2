"""Pens, brushes and written labels of the Gantt, kept from one paint to the next.

Making a colour from its name, or stroking a halo round a text, costs more than drawing does.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
)

from crm_pilot.palette import Palette
from ui import theme

HALO = 3.0
ROUND_IT = ((-1, -1), (0, -2), (1, -1), (-2, 0), (2, 0), (-1, 1), (0, 2), (1, 1))  # of a halo
BASE = 4.5  # pixels from the middle of a line of text down to its base
PATTERNS = {  # of bars, so that none is told by its colour alone
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
    "level": Qt.BrushStyle.HorPattern,
}


class Inks:
    """The colours of one theme as pens and brushes."""

    def __init__(self, look: theme.Theme) -> None:
        self.look = look
        self._colours: dict[tuple[str, float, str], QColor] = {}
        self._pens: dict[tuple[str, float, float, tuple[float, ...]], QPen] = {}
        self._brushes: dict[tuple[str, float, str], QBrush] = {}

    def colour(self, token: str, part: float = 1.0, ground: str = "surface") -> QColor:
        """A colour by its name, or a tint of it over `ground`."""
        key = (token, part, ground)
        found = self._colours.get(key)
        if found is None:
            made = self.look.colour(token) if part >= 1 else self.look.mix(token, part, ground)
            found = self._colours[key] = made
        return found

    def pen(
        self, token: str, width: float = 1.0, part: float = 1.0, dash: tuple[float, ...] = ()
    ) -> QPen:
        """A pen; in high contrast none is thinner than two pixels."""
        key = (token, width, part, dash)
        found = self._pens.get(key)
        if found is None:
            found = QPen(self.colour(token, part), max(width, self.look.line_width))
            found.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            if dash:
                found.setDashPattern(list(dash))
            self._pens[key] = found
        return found

    def brush(self, token: str, part: float = 1.0, pattern: str = "") -> QBrush:
        """A plain brush, or one of `PATTERNS`."""
        key = (token, part, pattern)
        found = self._brushes.get(key)
        if found is None:
            style = PATTERNS.get(pattern, Qt.BrushStyle.SolidPattern)
            found = self._brushes[key] = QBrush(self.colour(token, part), style)
        return found


_kept: tuple[Palette, Inks] | None = None


def inks() -> Inks:
    """Those of the theme in use."""
    global _kept
    look = theme.theme()
    if _kept is None or _kept[0] is not look.palette:
        _kept = (look.palette, Inks(look))
    return _kept[1]


@lru_cache(maxsize=16384)
def advance(text: str, *, bold: bool = False, size: int = theme.CAPTION) -> float:
    """Width of a text in pixels."""
    return QFontMetricsF(theme.font(size, bold=bold)).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def _written(
    text: str, colour: str, ground: str, bold: bool, ratio: float, upright: bool
) -> QPixmap:
    """A text with a halo of the ground, as wide as it is and the halo on every side.

    The halo is the text itself, laid round it: stroking its outline takes ten times as long.
    """
    face = theme.font(theme.CAPTION, bold=bold)
    wide = advance(text, bold=bold) + 2 * HALO
    high = _height(bold) + 2 * HALO
    width, height = (high, wide) if upright else (wide, high)
    behind, drawn = _empty(width, height, ratio), _empty(width, height, ratio)

    def put(on: QPixmap, ink: str) -> QPainter:
        painter = QPainter(on)
        if upright:
            painter.translate(0, height)
            painter.rotate(-90)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        return painter

    base = QPointF(HALO, HALO + _ascent(bold))
    painter = put(behind, ground)
    painter.drawText(base, text)
    painter.end()
    painter = QPainter(drawn)
    for x, y in ROUND_IT:
        painter.drawPixmap(QPointF(x, y), behind)
    painter.end()
    painter = put(drawn, colour)
    painter.drawText(base, text)
    painter.end()
    return drawn


def _empty(width: float, height: float, ratio: float) -> QPixmap:
    made = QPixmap(round(width * ratio) + 1, round(height * ratio) + 1)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


@lru_cache(maxsize=4)
def _height(bold: bool) -> float:
    return QFontMetricsF(theme.font(theme.CAPTION, bold=bold)).height()


@lru_cache(maxsize=4)
def _ascent(bold: bool) -> float:
    return QFontMetricsF(theme.font(theme.CAPTION, bold=bold)).ascent()


def write(
    painter: QPainter,
    at: QPointF,
    text: str,
    ink: str = "text",
    *,
    bold: bool = False,
    ground: str = "surface",
) -> float:
    """Write a text with its base at `at`, and a halo so that lines behind do not cut it; pixel of
    its end. It may be written again and again for little."""
    palette = theme.theme().palette
    ratio = painter.device().devicePixelRatioF()
    drawn = _written(text, palette[ink], palette[ground], bold, ratio, False)
    top = QPointF(round(at.x()) - HALO, round(at.y() - _ascent(bold)) - HALO)
    painter.drawPixmap(top, drawn)
    return at.x() + advance(text, bold=bold)


def write_upright(painter: QPainter, centre: QPointF, text: str, ink: str = "muted") -> None:
    """Write a text from bottom to top round `centre`."""
    palette = theme.theme().palette
    ratio = painter.device().devicePixelRatioF()
    drawn = _written(text, palette[ink], palette["surface"], False, ratio, True)
    size = drawn.deviceIndependentSize()
    x, y = centre.x() - size.width() / 2, centre.y() - size.height() / 2
    painter.drawPixmap(QPointF(round(x), round(y)), drawn)


@lru_cache(maxsize=8)
def hatch(colour: str, ground: str, ratio: float) -> QBrush:
    """Rising lines for days nobody works, five pixels apart."""
    side = 6
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(QColor(ground))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.0))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
    painter.end()
    return QBrush(tile)
