"""Charts on the screen, drawn from the specifications of `crm_pilot.charts`.

`TimeChartView` loads pyqtgraph when its first chart is shown; the others are plain QPainter.
"""

from __future__ import annotations

from ui.charts.bar_list import BarListView
from ui.charts.distribution import DistributionView
from ui.charts.time_view import TimeChartView
from ui.charts.view import ChartView

__all__ = ["BarListView", "ChartView", "DistributionView", "TimeChartView"]
