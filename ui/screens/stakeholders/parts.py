"""Small pieces of the right-hand panel: sections, level and count bars, the distribution."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QSizePolicy,
    QWidget,
)

from crm_pilot.charts import Distribution
from crm_pilot.i18n import show
from ui import theme
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.screens.stakeholders.painting import AlignCenter, text
from ui.widgets.marks import mark_path


class LevelBar(QWidget):
    """Four segments, the first `level` of them filled."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.setFixedHeight(9)
        self.setMinimumWidth(72)
        self.setMaximumWidth(118)
        theme.switched().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(118, 9)

    def show_level(self, level: int) -> None:
        """0 to 4."""
        self.level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.theme()
        wide = (self.width() - 9) / 4
        for index in range(4):
            box = QRectF(index * (wide + 3), 0, wide, self.height())
            if index < self.level:
                painter.fillRect(box, look.colour("accent"))
            elif look.line_width == 1:
                painter.fillRect(box, look.colour("line"))
            else:  # in high contrast lines are as dark as the accent
                painter.setPen(QPen(look.colour("line"), 1))
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


class CountBar(QWidget):
    """So many of so many as a thin line, filled as far as they go; the words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(9)
        self.setMinimumWidth(56)
        theme.switched().changed.connect(self.update)

    def show_share(self, share: float) -> None:
        """0 to 1."""
        self._share = max(0.0, min(1.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.theme()
        middle = self.height() / 2
        line = QRectF(0, middle - 1, self.width(), 2)
        painter.fillRect(line, look.colour("line"))
        wide = round(self._share * self.width())
        if wide:
            painter.fillRect(QRectF(0, 0, wide, self.height()), look.colour("good"))


class TrioBar(ChartView):
    """Shares as one bar with shapes and figures above and the reference shares below."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Distribution | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(56)
        theme.switched().changed.connect(self.update)

    def show_distribution(self, parts: Distribution) -> None:
        """Show the shares; they are also the accessible description."""
        self._parts = self.spec = parts
        self.setAccessibleName(show(parts.title))
        self.setAccessibleDescription(
            ", ".join(f"{show(p.name)} {formats.percent(p.share, lang())}" for p in parts.parts)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._parts is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.theme()
        left, free = 0.0, 0.0
        wide = float(self.width())
        for part in self._parts.parts:
            piece = part.share * wide
            if piece > 0:
                bar = QRectF(left, 20, max(1.0, piece - 2), 12)
                painter.fillRect(bar, look.colour(part.colour))
            free = self._figure(painter, part.shape, part.colour, part.share, left, free)
            left += piece
        if not left:
            painter.fillRect(QRectF(0, 20, wide, 12), look.colour("raised"))
        self._reference(painter, wide)

    def _figure(
        self, painter: QPainter, shape: str, token: str, share: float, left: float, free: float
    ) -> float:
        """▲ 25 % above its part, pushed right when the part before is too narrow."""
        words = formats.percent(share, lang())
        metrics = QFontMetricsF(theme.font(theme.CAPTION, bold=True))
        room = metrics.horizontalAdvance(words) + 20
        x = min(max(left, free), self.width() - room)
        path = mark_path(shape, 4.4, QPointF(x + 6, 9 if shape == "triangle" else 8))
        painter.fillPath(path, theme.theme().colour(token))
        text(painter, QRectF(x + 15, 0, room, 16), words, bold=True)
        return x + room + 4

    def _reference(self, painter: QPainter, wide: float) -> None:
        assert self._parts is not None
        left = 0.0
        for part in self._parts.parts:
            piece = (part.reference or 0.0) * wide
            bar = QRectF(left, 36, max(0.0, piece - 2), 2.5)
            painter.fillRect(bar, theme.theme().mix("muted", 0.65))
            figure = formats.number((part.reference or 0) * 100, lang())
            text(painter, QRectF(left, 40, piece, 16), figure, token="muted", align=AlignCenter)
            left += piece
