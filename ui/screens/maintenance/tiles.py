"""The tiles above the tickets: key figures, flow by week, age of what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, show, tr
from crm_pilot.maintenance.charts import ageing_chart, flow_chart
from ui import theme
from ui.charts.bar_list import BarListView
from ui.language import formats, lang
from ui.widgets.buttons import link_button
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.maintenance.queries import MaintenanceFigures
    from ui.charts.time_view import TimeChartView


WHYS = (
    "open",
    "overdue",
    "unsorted",
    "opened_this_week",
    "closed_this_week",
    "recent_resolution_days_median",
    "total",
)


class _Figure(QWidget):
    """A key figure with its words; `chosen` when its words are a link and clicked."""

    chosen = Signal()

    def __init__(self, *, link: bool) -> None:
        super().__init__()
        self.value = label(theme.TITLE, bold=True, numbers=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.value)
        self.words: QLabel | QPushButton
        if link:
            button = self.words = link_button(size=theme.CAPTION)
            button.clicked.connect(self.chosen)
            # The words stand under their figure: no room for a frame at the left.
            button.setStyleSheet("QPushButton { border-left-width: 0; padding-left: 0; }")
        else:
            self.words = label(theme.CAPTION, ink="muted")
        self.words.setFixedHeight(20)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words)
        line.addStretch(1)
        column.addLayout(line)

    def put(self, value: str, words: str) -> None:
        self.value.setText(value)
        self.words.setText(words)
        self.words.setAccessibleName(f"{words}: {value}")


class FiguresTile(Tile):
    """Six figures; those that name tickets filter the table."""

    filter_asked = Signal(str)  # open, overdue, unsorted

    def __init__(self) -> None:
        super().__init__()
        self._figures = {
            key: _Figure(link=key in ("open", "overdue", "unsorted"))
            for key in ("open", "overdue", "unsorted", "opened", "closed", "median")
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (key, figure) in enumerate(self._figures.items()):
            grid.addWidget(figure, place // 2, place % 2)
            figure.chosen.connect(lambda key=key: self.filter_asked.emit(key))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.set_why(*(f"maintenance.{key}" for key in WHYS))

    def show_figures(self, figures: MaintenanceFigures) -> None:
        """Fill the figures in the language of the window."""
        number: Callable[[float], str] = lambda value: formats.number(value, lang())  # noqa: E731
        median = figures.recent_resolution_days_median
        week = formats.week(figures.flow[-1].week_start, lang()) if figures.flow else ""
        shown = "–" if median is None else formats.number(median, lang(), 1)
        self.set_title(tr("Tickets"))
        self.set_caption(ntr("{n} in all", "{n} in all", figures.total))
        put = {
            "open": (number(figures.open), tr("open")),
            "overdue": (number(figures.overdue), tr("past due")),
            "unsorted": (number(figures.unsorted), tr("to be sorted")),
            "opened": (number(figures.opened_this_week), tr("opened in {week}", week=week)),
            "closed": (number(figures.closed_this_week), tr("closed in {week}", week=week)),
            "median": (shown, tr("days, median")),
        }
        for key, (value, words) in put.items():
            self._figures[key].put(value, words)


class FlowTile(Tile):
    """Opened and closed by week, with the stock."""

    def __init__(self) -> None:
        super().__init__()
        self.chart: TimeChartView | None = None
        self.set_why("maintenance.flow")

    def show_figures(self, figures: MaintenanceFigures) -> None:
        """Draw the flow; the chart is made here, after the first paint."""
        if self.chart is None:
            from ui.charts.time_view import TimeChartView

            self.chart = TimeChartView()
            self.body.addWidget(self.chart, 1)
        chart = flow_chart(figures)
        self.set_title(show(chart.title))
        self.set_caption(show(chart.unit))
        self.chart.show_chart(chart)


class AgeingTile(Tile):
    """Open tickets by age."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = BarListView()
        self.body.addWidget(self.chart, 1)
        self.set_why("maintenance.ageing")

    def show_figures(self, figures: MaintenanceFigures) -> None:
        """Draw the bars in the language of the window."""
        chart = ageing_chart(figures)
        self.set_title(show(chart.title))
        self.chart.show_chart(chart)
