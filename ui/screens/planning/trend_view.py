"""The view of announced dates: the dates-dates diagram, predictability, and causes of slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, show, tr
from crm_pilot.planning import history, queries
from crm_pilot.planning.charts import trend_chart, trend_table
from crm_pilot.planning.history import TrendFigures
from crm_pilot.planning.trend_headline import headline
from ui import theme
from ui.charts.trend import TrendChartView
from ui.screens.planning.baselines import BaselinesDialog
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.trend_causes import CausesTable
from ui.screens.planning.trend_dialogs import HistoryDialog, lacks_reason
from ui.screens.planning.trend_facts import Predictability
from ui.screens.planning.trend_menu import MilestoneMenu
from ui.widgets.buttons import Guard, link_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.text import ElidedLabel
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SIDE, MOST_SIDE = 240, 448  # widths of the column of figures
MOST_ROWS = 5  # of the causes, before their table scrolls


class TrendView(QWidget):
    """Read it with `refresh` when it is shown and after edits; `compared` when the bars of the
    Gantt are to be compared with another reference plan."""

    compared = Signal()
    tables = frozenset(
        {"task", "wave", "person", "baseline", "baseline_task", "forecast", "committee", "project"}
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.figures: TrendFigures | None = None
        self.milestones = MilestoneMenu()
        self.announce = quiet_button()
        self.plans = quiet_button()
        self.sentence = ElidedLabel(theme.BODY)
        self.chart = TrendChartView()
        self.facts = Predictability()
        self.causes = CausesTable()
        self.missing = link_button(size=theme.CAPTION)
        self.empty = EmptyState("plan")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    # building --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sentence, 1)
        for button in (self.milestones, self.announce, self.plans):
            head.addWidget(button)
        column.addLayout(head)
        self.stack.addWidget(self._tiles())
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)

    def _tiles(self) -> QWidget:
        self.chart_tile, self.facts_tile, self.causes_tile = Tile(), Tile(), Tile()
        self.chart_tile.body.addWidget(self.chart, 1)
        self.facts_tile.body.addWidget(self.facts, 1)
        self.facts_tile.setMinimumWidth(SIDE)
        self.facts_tile.setMaximumWidth(MOST_SIDE)
        self.causes_tile.head.insertWidget(1, self.missing)
        self.causes_tile.body.addWidget(self.causes)
        self.chart_tile.set_why("planning.announcements", "planning.slope")
        self.facts_tile.set_why(
            *("planning.postponements", "planning.mean_slip", "planning.predictability"),
            *("planning.slope", "committee.warning.postponed*"),
        )
        self.causes_tile.set_why("planning.causes")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.chart_tile, 3)
        row.addWidget(self.facts_tile, 2)
        column.addLayout(row, 1)
        column.addWidget(self.causes_tile)
        return page

    def _connect(self) -> None:
        self.milestones.chosen.connect(self._show)
        self.announce.clicked.connect(self._announce)
        self.plans.clicked.connect(self._open_plans)
        self.chart.line_chosen.connect(self.open_history)
        self.causes.cause_opened.connect(self._open_cause)
        self.missing.clicked.connect(self._open_missing)
        self.empty.clicked.connect(self._begin)
        self.guard = Guard(self.bridge, self)
        self.guard.add(self.announce, why=self._why_not_announce)
        self.guard.add(self.empty.button, why=self._why_not_begin)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.milestones.retranslate()
        self.announce.setText(tr("Announce a date…"))
        self.plans.setText(tr("Reference plans…"))
        self.chart_tile.set_title(tr("Announced dates, committee after committee"))
        self.chart_tile.set_caption(tr("flat: kept; diagonal: met"))
        self.facts_tile.set_title(tr("Predictability"))
        self.causes_tile.set_title(tr("Causes of slips"))
        self.empty.set_texts(
            tr("No date of a milestone was announced yet"),
            tr(
                "A reference plan promises the dates of its milestones. From then on every date"
                " they are moved to is kept with its day and its reason."
            ),
            tr("Set a reference plan…"),
        )
        self._show()

    # showing ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read again, unless `changed` touches nothing that is shown."""
        if changed is not None and not changed.touches(*self.tables):
            return
        if not self.bridge.has_project:
            return
        self.figures = history.figures(self.bridge.reader, self.bridge.today)
        self._show()

    def _show(self) -> None:
        told = self.figures
        if told is None or not self.bridge.has_project:
            return
        today = self.bridge.today
        self.milestones.show_milestones(told, today)
        chart = trend_chart(told, today, self.milestones.keys)
        keys = {line.key for line in chart.lines} if chart is not None else set()
        self.chart.show_chart(chart, trend_table(told, keys) if keys else None)
        self.facts.show_figures(told)
        self.causes.show_causes(told)
        self.causes.fit_rows(MOST_ROWS)
        self.causes_tile.setVisible(bool(told.causes))
        self.causes_tile.set_caption(
            ntr("go-lives only; {n} day lost", "go-lives only; {n} days lost", told.days_lost)
        )
        sentence = headline(self.bridge.reader, today)
        self.sentence.set_whole(_capital(show(sentence)) if sentence is not None else "")
        lacking = self._lacking()
        self.missing.setText(
            ntr("Give the missing reason…", "Give {n} missing reasons…", len(lacking))
        )
        self.missing.setVisible(bool(lacking))
        self.stack.setCurrentIndex(0 if told.histories else 1)
        self.milestones.setVisible(bool(told.histories))
        self.guard.refresh()

    def _lacking(self) -> list[int]:
        """Milestones that were put off without a reason: go-lives first, one entry a time."""
        told = self.figures
        rows = sorted(told.histories, key=lambda one: not one.go_live) if told is not None else []
        return [one.id for one in rows for n in range(len(one.said)) if lacks_reason(one, n)]

    # acting ----------------------------------------------------------------------------------

    def open_history(self, key: int) -> HistoryDialog:
        """Show everything announced for a milestone."""
        made = HistoryDialog(self.bridge, self, key)
        made.open()
        return made

    def _open_cause(self, place: int) -> None:
        told = self.figures
        if told is None or place >= len(told.causes):
            return
        cause = told.causes[place]
        of = {one.wave or one.title: one.id for one in told.go_lives}
        self.open_history(of[cause.milestones[-1]])

    def _open_missing(self) -> None:
        for key in self._lacking()[:1]:
            self.open_history(key)

    def _why_not_announce(self) -> str:
        known = self.figures is not None and self.figures.histories
        return "" if known else tr("Nothing was announced yet: set a reference plan first.")

    def _why_not_begin(self) -> str:
        return ""

    def _announce(self) -> None:
        """Announce for the line the chart stands on, else for the next go-live."""
        told = self.figures
        if told is None or not told.histories:
            return
        pending = [one for one in told.histories if not one.done]
        following = told.next_go_live or (pending or list(told.histories))[0]
        key = self.chart.current or following.id
        rows = queries.tasks(self.bridge.reader)
        row = next((one for one in rows if one.id == key), None)
        if row is None:
            return
        self._ask(AnnounceDialog(self, row, self.bridge.today))

    def _begin(self) -> None:
        """Ask for the first reference plan."""
        self._ask(BaselineDialog(self, self.bridge.today))

    def _ask(self, asked: BaselineDialog | AnnounceDialog) -> None:
        def answered() -> None:
            if asked.command is not None:
                self.bridge.execute(asked.command)

        asked.accepted.connect(answered)
        asked.open()

    def _open_plans(self) -> BaselinesDialog:
        made = BaselinesDialog(self.bridge, self)
        made.compared.connect(self.compared)
        made.open()
        return made


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
