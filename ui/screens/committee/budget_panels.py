"""What stands below the register of the budget: S-curve, indices, shares beside rules of thumb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from crm_pilot.charts import TimeChart
from crm_pilot.governance import budget_charts, budget_value
from crm_pilot.governance.budget import budget, workload
from crm_pilot.governance.budget_charts import THOUSAND, Index
from crm_pilot.governance.budget_value import ValueFigures
from crm_pilot.governance.earned_value import EarnedValue
from crm_pilot.governance.terms import Trend
from crm_pilot.i18n import N_, ntr, tr
from ui import theme
from ui.charts.s_curve import IndexLine, SCurveView
from ui.charts.share_bars import ShareBarsView
from ui.charts.time_view import TimeChartView
from ui.language import formats, lang
from ui.widgets.page import GAP
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from ui.bridge import Bridge

RISES = {Trend.BETTER: N_("rising"), Trend.STABLE: N_("stable"), Trend.WORSE: N_("falling")}
HIGH = 236  # of the panels, in pixels
TALL = 420  # of a tile, from which on it shows the internal share by month too


class BudgetPanels(QWidget):
    """Three tiles in a row, read anew by `show_budget`."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.curve, self.indices, self.shares = CurveTile(), IndexTile(), ShareTile()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.curve, 11)
        row.addWidget(self.indices, 7)
        row.addWidget(self.shares, 6)
        self.setMinimumHeight(HIGH)

    def show_budget(self) -> None:
        """Read and draw."""
        reader, today = self.bridge.reader, self.bridge.today
        figures = budget_value.value(reader, today)
        lines = budget(reader).lines
        self.curve.show_value(figures)
        self.indices.show_value(figures)
        bars = budget_charts.share_bars(lines, workload(reader))
        self.shares.show_shares(bars, budget_charts.internal_chart(figures))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for tile in (self.curve, self.indices, self.shares):
            tile.retranslate()


class CurveTile(Tile):
    """The S-curve, or what is missing for one."""

    def __init__(self) -> None:
        super().__init__()
        self.set_why(
            "committee.s_curve",
            "committee.planned_value",
            "committee.earned_value",
            "committee.actual_cost",
        )
        self.view = SCurveView()
        self.missing = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.missing)

    def show_value(self, figures: ValueFigures) -> None:
        """Draw the curve; say which lines keep it from being whole."""
        chart = budget_charts.s_curve(figures)
        data = budget_charts.value_table(figures) if chart is not None else None
        self.view.show_chart(chart, data)
        self.view.setVisible(chart is not None)
        self.missing.setText(missing(figures))
        self.missing.setVisible(bool(self.missing.text()))

    def retranslate(self) -> None:
        """Title and unit."""
        self.set_title(tr("S-curve"))
        self.set_caption(tr("€k, cumulated"))


def missing(figures: ValueFigures) -> str:
    """What is not known for want of dates or estimates, in one sentence."""
    if figures.unplanned:
        return ntr(
            "No dates for {names}: the planned value is not known.",
            "No dates for {names}: the planned value is not known.",
            len(figures.unplanned),
            names=", ".join(figures.unplanned),
        )
    if figures.unestimated:
        return tr(
            "Not estimated yet: {names}. The earned value is not known.",
            names=", ".join(figures.unestimated),
        )
    if figures.off_plan:
        return tr(
            "The months of {names} do not add up to the reference.",
            names=", ".join(figures.off_plan),
        )
    if budget_charts.s_curve(figures) is None:
        return tr("It is drawn once lines have a reference with a first and a last day.")
    return ""


class IndexTile(Tile):
    """CPI, SPI and EAC: the figure, its way over time, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.set_why(
            "committee.cost_index",
            "committee.schedule_index",
            "committee.estimate",
            "committee.cost_variance",
            "committee.schedule_variance",
        )
        self.values = ElidedLabel(theme.CAPTION, ink="muted")
        self.body.addWidget(self.values)
        self.rows = [IndexRow() for _ in range(3)]
        for place, row in enumerate(self.rows):
            self.body.addWidget(row, 0 if place == len(self.rows) - 1 else 1)

    def show_value(self, figures: ValueFigures) -> None:
        """The figures of the last estimate."""
        now = figures.now.value if figures.now is not None else None
        cost = budget_charts.index(figures, "cost_index")
        speed = budget_charts.index(figures, "schedule_index")
        self.rows[0].show_index(tr("CPI"), cost, cost_words(cost, now))
        self.rows[1].show_index(tr("SPI"), speed, speed_words(speed, now))
        self.rows[2].show_figure(
            _money(now.estimate if now is not None else None),
            tr("EAC = AC + RAF"),
            estimate_words(now),
        )
        day = figures.now.day if figures.now is not None else None
        self.set_caption("" if day is None else formats.day(day, lang()))
        self.values.set_whole(value_words(now))

    def retranslate(self) -> None:
        """The title; the rest is said with the figures."""
        self.set_title(tr("Earned value"))


def value_words(now: EarnedValue | None) -> str:
    """The three values on one line."""
    if now is None:
        return ""
    told = {name: _thousands(getattr(now, name)) for name in ("planned", "actual", "earned")}
    return tr("PV {planned} · AC {actual} · EV {earned}", **told)


def _thousands(cents: float | None) -> str:
    return "–" if cents is None else formats.number(cents / THOUSAND, lang())


class IndexRow(QWidget):
    """One figure: large, its name and trend beside it, its line at the right, a sentence below."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = label(theme.TITLE, bold=True, numbers=True)
        self.name = label(theme.CAPTION, ink="muted")
        self.sentence = label(theme.CAPTION, wrap=True)
        self.line = IndexLine()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        low = Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self.figure, 0, 0, low)
        grid.addWidget(self.name, 0, 1, low)
        grid.addWidget(self.line, 0, 2)
        grid.addWidget(self.sentence, 1, 0, 1, 3)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

    def show_index(self, name: str, index: Index, sentence: str) -> None:
        """An index with its trend and its way over time."""
        said = name
        if index.trend is not None:
            said = tr("{name}, {trend}", name=name, trend=tr(RISES[index.trend]))
        known = "–" if index.value is None else formats.number(index.value, lang(), 2)
        self.show_figure(known, said, sentence)
        self.line.show_points(index.points)
        self.line.setVisible(len(index.points) > 1)

    def show_figure(self, figure: str, name: str, sentence: str) -> None:
        """A figure alone."""
        self.figure.setText(figure)
        self.name.setText(name)
        self.sentence.setText(sentence)
        self.line.hide()


def cost_words(index: Index, now: EarnedValue | None) -> str:
    """What the CPI says, with the cost variance."""
    if index.value is None or now is None:
        return tr("Not known: nothing was spent, or a line was not estimated.")
    return tr(
        "One euro spent makes {cents} cents of planned work; EV\u00a0−\u00a0AC\u00a0= {gap}.",
        cents=formats.number(index.value * 100, lang()),
        gap=_signed(now.cost_variance),
    )


def speed_words(index: Index, now: EarnedValue | None) -> str:
    """What the SPI says, with the schedule variance."""
    if index.value is None or now is None:
        return tr("Not known: lines have no dates, or were not estimated.")
    return tr(
        "The work done is worth {share} of the work planned by now;"
        " EV\u00a0−\u00a0PV\u00a0= {gap}.",
        share=formats.percent(index.value, lang()),
        gap=_signed(now.schedule_variance),
    )


def estimate_words(now: EarnedValue | None) -> str:
    """The cross-check of the estimate at completion."""
    if now is None or now.estimate_by_index is None:
        return tr("What was spent and what is still needed.")
    return tr(
        "Cross-check: {baseline} ÷ CPI makes {estimate}.",
        baseline=formats.number(now.budget / THOUSAND, lang()),
        estimate=_money(now.estimate_by_index),
    )


def _money(cents: float | None) -> str:
    return "–" if cents is None else formats.money(round(cents), lang())


def _signed(cents: float | None) -> str:
    return "–" if cents is None else formats.money(round(cents), lang(), sign=True)


class ShareTile(Tile):
    """Internal share, effort and maintenance beside what practitioners say; where the tile is high,
    the internal share by month below."""

    def __init__(self) -> None:
        super().__init__()
        self.set_why(
            "committee.internal_share", "committee.effort_shares", "committee.maintenance_share"
        )
        self.view = ShareBarsView()
        self.named = label(theme.CAPTION, bold=True)
        self.months = TimeChartView()
        self._chart: TimeChart | None = None
        self.body.addWidget(self.view, 3)
        self.body.addWidget(self.named)
        self.body.addWidget(self.months, 4)
        self._fit()

    def show_shares(
        self, bars: tuple[budget_charts.ShareBar, ...], chart: TimeChart | None
    ) -> None:
        """Draw the shares, and the months where there is room."""
        self.view.show_bars(bars, tr("Shares"))
        self._chart = chart
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        seen = self._chart is not None and self.height() >= TALL
        if seen and self._chart is not None and self.months.chart != self._chart:
            self.months.show_chart(self._chart)
        self.named.setVisible(seen)
        self.months.setVisible(seen)

    def retranslate(self) -> None:
        """Title; that these are no norms."""
        self.set_title(tr("Shares"))
        self.set_caption(tr("rules of thumb, no norms"))
        self.named.setText(tr("Internal share by month"))
