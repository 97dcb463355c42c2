"""The key of the map: shapes of the trio, a person's mark, two sizes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.terms import TRIO, Trio
from ui import theme
from ui.screens.stakeholders.painting import text
from ui.screens.stakeholders.placing import PERSON_RADIUS
from ui.widgets.marks import SHAPES, mark_path, mark_radius

SIZES = (10, 40)


class Legend(QWidget):
    """One quiet line, right-aligned; `scale` is that of the marks on the plane."""

    def __init__(self) -> None:
        super().__init__()
        self._scale, self._zones = 1.0, True
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(300)
        theme.switched().changed.connect(self.update)

    def show_scale(self, scale: float, *, zones: bool) -> None:
        """Sizes as on the plane; without zones the trio is not told apart."""
        if (scale, zones) != (self._scale, self._zones):
            self._scale, self._zones = scale, zones
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        x = float(self.width())
        x = self._sizes(painter, metrics, x) - 14
        x = self._entry(painter, metrics, x, "circle", "muted", tr("person"), hollow=True) - 14
        if self._zones:
            for trio in reversed(Trio):
                words = tr(TRIO[trio]).lower()
                x = self._entry(painter, metrics, x, SHAPES[trio], trio.value, words) - 14

    def _sizes(self, painter: QPainter, metrics: QFontMetricsF, right: float) -> float:
        look = theme.theme()
        words = tr("{small} and {large} pers.", small=SIZES[0], large=SIZES[1])
        wide = metrics.horizontalAdvance(words)
        text(painter, QRectF(right - wide, 7, wide + 2, 16), words, token="muted")
        x = right - wide - 5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("muted"), 1))
        for count in reversed(SIZES):
            radius = min(14.0, mark_radius(count) * self._scale)
            painter.drawEllipse(QPointF(x - radius, 15), radius, radius)
            x -= 2 * radius + 2
        return x

    def _entry(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        right: float,
        shape: str,
        token: str,
        words: str,
        *,
        hollow: bool = False,
    ) -> float:
        look = theme.theme()
        wide = metrics.horizontalAdvance(words)
        text(painter, QRectF(right - wide, 7, wide + 2, 16), words, token="muted")
        path = mark_path(shape, PERSON_RADIUS, QPointF(right - wide - 9, 15))
        if hollow:
            painter.setBrush(look.colour("surface"))
            painter.setPen(QPen(look.colour(token), 1.4))
            painter.drawPath(path)
        else:
            painter.fillPath(path, look.colour(token))
        return right - wide - 16
