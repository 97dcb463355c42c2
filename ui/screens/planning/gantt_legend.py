"""What the colours of the bars stand for: a strip of small bars with their names."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.screens.planning.drawing import ROUND, TINT
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.gantt_colours import LegendEntry
from ui.screens.planning.gantt_inks import BASE, advance, inks
from ui.widgets.roles import tell_role

SWATCH, HIGH, GAP, APART = 22, 10, 6, 16
HEIGHT = 20


class LegendStrip(QWidget):
    """Follows a Gantt; hidden while the headings of the pillars say it all. Names that do not fit
    are left to the tooltip."""

    def __init__(self, gantt: GanttView) -> None:
        super().__init__()
        self._gantt = gantt
        self.entries: tuple[LegendEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        tell_role(self, "StaticText")
        gantt.legend_changed.connect(self.show_legend)
        self.show_legend()

    def show_legend(self) -> None:
        """Show what the Gantt says now."""
        self.entries = self._gantt.legend()
        names = ", ".join(entry.text for entry in self.entries)
        self.setAccessibleName(tr("Colours of the bars"))
        self.setAccessibleDescription(names)
        self.setToolTip(names)
        self.setVisible(bool(self.entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = sum(SWATCH + GAP + advance(entry.text) + APART for entry in self.entries)
        return QSize(round(wide), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.CAPTION))
        colours, x, middle = inks(), 0.0, self.height() / 2
        for entry in self.entries:
            end = x + SWATCH + GAP + advance(entry.text)
            if end > self.width():
                return
            box = QRectF(x + 0.5, middle - HIGH / 2, SWATCH - 1, HIGH)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.brush(entry.token, TINT))
            painter.drawRoundedRect(box, ROUND, ROUND)
            painter.setPen(colours.pen(entry.token))
            painter.setBrush(
                colours.brush(entry.token, 1.0, entry.pattern)
                if entry.pattern
                else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(box, ROUND, ROUND)
            painter.setPen(colours.colour("muted"))
            painter.drawText(QPointF(x + SWATCH + GAP, middle + BASE), entry.text)
            x = end + APART
