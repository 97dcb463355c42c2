"""Parts of one whole, each a bar with its shape, its share, and the reference beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.charts import Distribution, Part
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang

BAR = 12
TIGHT = 34  # a row that is lower lets the bar touch the name above it


class DistributionView(ChartView):
    """Draws a `Distribution`: mark and name over a bar, headcount and change at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Distribution | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def show_chart(self, chart: Distribution) -> None:
        """Draw this from now on."""
        self._chart = self.spec = chart
        self.setAccessibleName(shown(chart.title))
        self.setAccessibleDescription(
            "; ".join(
                f"{shown(p.name)}: {formats.percent(p.share, lang())}, {self._aside(p)}"
                for p in chart.parts
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self._chart
        if chart is None or not chart.parts:
            return
        ink = Ink(QPainter(self))
        foot = 24 if chart.reference_name else 0
        if (self.height() - foot) / len(chart.parts) < TIGHT:
            foot = 0  # the stroke stands in the answer to "?" too; names over bars do not
        row = min(56.0, (self.height() - foot) / len(chart.parts))
        gap = text_width("100 %", bold=True) + 18
        most = max(max(part.share, part.reference or 0.0) for part in chart.parts)
        scale = (self.width() - gap) / max(0.6, most)
        for place, part in enumerate(chart.parts):
            self._part(ink, part, place * row, row, scale)
        if foot:
            base = len(chart.parts) * row + 18
            ink.line(3, base - 11, 3, base + 2, "text", 2)
            ink.text(12, base, shown(chart.reference_name), size=theme.CAPTION, token="muted")

    def _part(self, ink: Ink, part: Part, top: float, row: float, scale: float) -> None:
        base = top + 15
        if part.shape:
            ink.mark(6, base - 5, part.shape, part.colour)
        ink.text(18 if part.shape else 0, base, shown(part.name))
        ink.text(
            self.width(), base, self._aside(part), size=theme.CAPTION, token="muted", right=True
        )
        y = top + min(24.0, row - BAR - 3)
        width = part.share * scale
        ink.bar(0, y, max(2, width), BAR, ink.look.colour(part.colour))
        label = width + 10
        if part.reference is not None:
            x = round(part.reference * scale)
            ink.line(x, y - 3, x, y + BAR + 4, "text", 2)
            if x - 2 < label < x + 12 or label - 8 < x < label + 40:
                label = max(label, x + 10)
        ink.text(label, y + BAR - 1.5, formats.percent(part.share, lang()), bold=True)

    def _aside(self, part: Part) -> str:
        if part.change is None:
            return tr("{n} people", n=part.count)
        if part.change == 0:
            return tr("{n} people, stable", n=part.count)
        change = formats.signed(part.change, lang())
        return tr("{n} people, {change}", n=part.count, change=change)
