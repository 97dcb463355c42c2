"""Series over time: the widget that screens use. The plot itself is made on the first chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_pilot.charts import TimeChart
from ui import theme
from ui.charts.ink import shown
from ui.charts.view import ChartView
from ui.charts.words import figure, point_words

if TYPE_CHECKING:
    from ui.charts.plot import Plot


class TimeChartView(ChartView):
    """Draws a `TimeChart` with pyqtgraph, which is imported by the first `show_chart`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: Plot | None = None
        self._chart: TimeChart | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self._redraw)

    @property
    def chart(self) -> TimeChart | None:
        """What is shown."""
        return self._chart

    def show_chart(self, chart: TimeChart) -> None:
        """Draw this from now on."""
        if self._plot is None:
            from ui.charts.plot import Plot

            self._plot = Plot(self)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._plot)
        self._chart = self.spec = chart
        self._redraw()

    def _redraw(self) -> None:
        if self._plot is not None and self._chart is not None:
            self._plot.draw(self._chart)
            self.setAccessibleName(shown(self._chart.title))
            self.setAccessibleDescription(_words(self._chart))

    def sizeHint(self) -> QSize:
        return QSize(360, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 90)


def _words(chart: TimeChart) -> str:
    """The data as text, for those who do not see the drawing."""
    parts = [shown(chart.unit)]
    for series in chart.series:
        values = [
            point_words(chart, day, value, series.decimals)
            for day, value in series.points
            if value is not None
        ]
        parts.append(f"{shown(series.name)}: " + ", ".join(values))
    for reference in chart.references:
        parts.append(f"{shown(reference.name)}: {figure(chart, reference.value, 0)}")
    return "; ".join(parts)
