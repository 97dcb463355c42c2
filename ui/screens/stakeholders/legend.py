"""The key of the map: shapes of the trio, a person's mark, rings and dashes, two sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.terms import TRIO, Trio
from ui import theme
from ui.screens.stakeholders.painting import ring_of, text
from ui.screens.stakeholders.placing import PERSON_RADIUS, RING_WIDTH, text_width
from ui.widgets.marks import SHAPES, mark_path, mark_radius

SIZES = (10, 40)
APART = 14.0  # between entries
MIDDLE = 15.0  # y of the marks


class Entry(NamedTuple):
    """A sign `wide` with its words; `draw` gets the x of the sign's left edge."""

    words: str
    wide: float
    draw: Callable[[QPainter, float], None]
    spare: int = 0  # the highest is left out first when there is no room; 0 never

    @property
    def width(self) -> float:
        """Width of the sign, the gap and the words."""
        return self.wide + 5 + text_width(self.words)


class Legend(QWidget):
    """One quiet line, right-aligned; `scale` is that of the marks on the plane."""

    def __init__(self) -> None:
        super().__init__()
        self._scale, self._zones = 1.0, True
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(280)
        theme.switched().changed.connect(self.update)

    def show_scale(self, scale: float, *, zones: bool) -> None:
        """Sizes as on the plane; without zones the trio is not told apart."""
        if (scale, zones) != (self._scale, self._zones):
            self._scale, self._zones = scale, zones
            self.update()

    def entries(self) -> list[Entry]:
        """What there is room for, from the left."""
        made = []
        if self._zones:
            made = [
                Entry(tr(TRIO[trio]).lower(), 12, _filled(SHAPES[trio], trio.value))
                for trio in Trio
            ]
        made.append(Entry(tr("person"), 11, _hollow, spare=1))
        made.append(Entry(tr("strong influence"), 16, _ringed, spare=2))
        made.append(Entry(tr("provisional"), 12, _dashed, spare=3))
        radii = [min(14.0, mark_radius(count) * self._scale) for count in SIZES]
        words = tr("{small} and {large} pers.", small=SIZES[0], large=SIZES[1])
        made.append(Entry(words, 2 * sum(radii) + 3, lambda p, x: _sizes(p, x, radii), spare=4))
        while sum(entry.width + APART for entry in made) > self.width() + APART:
            last = max(made, key=lambda entry: entry.spare)
            if not last.spare:
                break
            made.remove(last)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entries = self.entries()
        x = self.width() - sum(entry.width + APART for entry in entries) + APART
        for entry in entries:
            entry.draw(painter, x)
            box = QRectF(x + entry.wide + 5, 7, text_width(entry.words) + 2, 16)
            text(painter, box, entry.words, token="muted")
            x += entry.width + APART


def _filled(shape: str, token: str) -> Callable[[QPainter, float], None]:
    def draw(painter: QPainter, x: float) -> None:
        path = mark_path(shape, PERSON_RADIUS, QPointF(x + 6, MIDDLE))
        painter.fillPath(path, theme.theme().colour(token))

    return draw


def _hollow(painter: QPainter, x: float) -> None:
    look = theme.theme()
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("muted"), 1.4))
    painter.drawPath(mark_path("circle", PERSON_RADIUS, QPointF(x + 5.5, MIDDLE)))


def _ringed(painter: QPainter, x: float) -> None:
    middle, colour = QPointF(x + 8, MIDDLE), theme.theme().colour("muted")
    painter.fillPath(mark_path("circle", PERSON_RADIUS, middle), colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, RING_WIDTH))
    painter.drawPath(mark_path("circle", ring_of("circle", PERSON_RADIUS), middle))


def _dashed(painter: QPainter, x: float) -> None:
    look = theme.theme()
    painter.setBrush(look.mix("muted", 0.35))
    pen = QPen(look.colour("muted"), 1.3)
    pen.setDashPattern([2, 1.5])
    painter.setPen(pen)
    painter.drawPath(mark_path("circle", PERSON_RADIUS + 0.6, QPointF(x + 6, MIDDLE)))


def _sizes(painter: QPainter, x: float, radii: list[float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.theme().colour("muted"), 1))
    for radius in radii:
        painter.drawEllipse(QPointF(x + radius, MIDDLE), radius, radius)
        x += 2 * radius + 2
