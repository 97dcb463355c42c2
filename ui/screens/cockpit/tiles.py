"""The eight tiles of the cockpit. Each reads its figures, and says so when there are none yet."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.charts import login_days
from crm_pilot.governance import queries as governance
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.maintenance.charts import flow_chart
from crm_pilot.planning import queries as planning
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.charts import distribution
from crm_pilot.training import queries as training
from crm_pilot.training.charts import coverage_chart
from ui.charts import BarListView, DistributionView, TimeChartView
from ui.language import formats, lang
from ui.screens.cockpit.data import MILESTONE_WHYS, WARNING_WHYS
from ui.screens.cockpit.panels import (
    ChangePanel,
    KeyFigure,
    MilestonePanel,
    Panel,
    WarningPanel,
    WeatherPanel,
)
from ui.widgets.empty import EmptyState
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from ui.bridge import Bridge

MILESTONES, CHANGES, WARNINGS = 4, 5, 3


class CockpitTile(Tile):
    """A tile that opens its room. `ask` reads its figures; `fill` shows them and returns whether
    there is anything to show. Figures that are the same object as before are not drawn again."""

    room: ClassVar[str] = ""
    heading: ClassVar[str] = ""  # marked text
    empty_icon: ClassVar[str] = ""
    empty_text: ClassVar[str] = ""  # marked text
    empty_detail: ClassVar[str] = ""  # marked text
    whys: ClassVar[tuple[str, ...]] = ()  # what explains its figures

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.make_clickable()
        self.set_why(*self.whys)
        self._either = QStackedLayout()
        self.content = QWidget()
        self.inside = QHBoxLayout(self.content)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(8)
        self._either.addWidget(self.content)
        self._empty: EmptyState | None = None
        self._known: object = None
        self.body.addLayout(self._either, 1)

    def retranslate(self) -> None:
        """Title and what an empty tile says; the next refresh draws all anew."""
        self._known = None
        self.set_title(tr(self.heading))
        for panel in self.content.findChildren(Panel):
            panel.setAccessibleName(tr(self.heading))
        if self._empty is not None:
            self._empty.set_texts(tr(self.empty_text), tr(self.empty_detail))

    def refresh(self) -> None:
        """Read and show the figures of now."""
        figures = self.ask()
        if figures is self._known:
            return
        self._known = figures
        filled = self.fill(figures)
        if not filled and self._empty is None:
            self._empty = EmptyState(self.empty_icon, small=True)
            self._empty.set_texts(tr(self.empty_text), tr(self.empty_detail))
            self._either.addWidget(self._empty)
        if not filled:
            self.set_caption("")
        shown = self.content if filled or self._empty is None else self._empty
        self._either.setCurrentWidget(shown)

    def ask(self) -> Any:
        """The figures of the room."""
        raise NotImplementedError

    def fill(self, figures: Any) -> bool:
        """Show them; False when the room has no data yet."""
        raise NotImplementedError


class WeatherTile(CockpitTile):
    room, heading = "committee", N_("Weather")
    empty_icon, empty_text = "cloud", N_("No weather yet")
    empty_detail = N_("It is computed from the plan, the budget, the scope and use.")
    whys = ("committee.weather", "committee.weather.*")

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.panel = WeatherPanel()
        self.inside.addWidget(self.panel)

    def ask(self) -> governance.CommitteeFigures:
        return governance.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: governance.CommitteeFigures) -> bool:
        rows = figures.weather
        self.panel.set_rows(rows)
        return bool(rows)


class MilestonesTile(CockpitTile):
    room, heading = "planning", N_("Next milestones")
    empty_icon, empty_text = "plan", N_("No milestone ahead")
    empty_detail = N_("Date the go-lives in the plan: forecasts and slips follow from them.")
    whys = MILESTONE_WHYS

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.panel = MilestonePanel()
        self.inside.addWidget(self.panel)

    def ask(self) -> planning.PlanningFigures:
        return planning.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: planning.PlanningFigures) -> bool:
        self.panel.set_rows(figures.next_milestones[:MILESTONES])
        late = figures.tasks_late
        self.set_caption(ntr("{n} task late", "{n} tasks late", late) if late else "")
        return bool(figures.next_milestones)


class ChangesTile(CockpitTile):
    room, heading = "committee", N_("Since the last committee")
    empty_icon, empty_text = "committee", N_("No committee held yet")
    empty_detail = N_("What moved between two committees will be listed here.")
    whys = ("committee.changes",)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.panel = ChangePanel()
        self.inside.addWidget(self.panel)

    def ask(self) -> governance.CommitteeFigures:
        return governance.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: governance.CommitteeFigures) -> bool:
        self.panel.set_rows(figures.changes[:CHANGES])
        self.set_caption(formats.day(figures.last.held_on, lang()) if figures.last else "")
        return figures.last is not None and bool(figures.changes)


class PositionsTile(CockpitTile):
    room, heading = "stakeholders", N_("Positions")
    empty_icon, empty_text = "stakeholders", N_("Nobody is placed yet")
    empty_detail = N_("Place the groups on the map to see who carries the project.")
    whys = ("stakeholders.shares", "stakeholders.headcount_rated")

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.view = DistributionView()
        self.inside.addWidget(self.view)

    def ask(self) -> stakeholders.PositionsFigures:
        return stakeholders.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: stakeholders.PositionsFigures) -> bool:
        if not figures.headcount_rated:
            return False
        self.view.show_chart(distribution(figures))
        people, total = figures.headcount_rated, figures.headcount_total
        shown = tr("{n} people", n=people)
        if people < total:
            shown = tr("{n} of {total} people", n=people, total=total)
        if figures.since is not None:
            day = formats.day(figures.since, lang())
            shown = tr("{people}, change since {day}", people=shown, day=day)
        self.set_caption(shown)
        return True


class AdoptionTile(CockpitTile):
    room, heading = "adoption", N_("Adoption")
    empty_icon, empty_text = "adoption", N_("No use measured yet")
    empty_detail = N_("Import the CRM's login log: days of use appear here.")
    whys = (
        "adoption.active_share",
        "adoption.previous_active_share",
        "adoption.target_share",
        "adoption.profiles",
    )

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.key = KeyFigure()
        self.view = TimeChartView()
        self.inside.addWidget(self.key)
        self.inside.addWidget(self.view, 1)

    def ask(self) -> adoption.AdoptionFigures:
        return adoption.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: adoption.AdoptionFigures) -> bool:
        if figures.data_until is None or not figures.profiles:
            return False
        chart = login_days(figures)
        self.view.show_chart(chart)
        self.set_caption(show(chart.unit))
        self.key.say(formats.percent(figures.active_share, lang()), _use_lines(figures))
        return True


class TrainingTile(CockpitTile):
    room, heading = "training", N_("Training")
    empty_icon, empty_text = "training", N_("Nobody to train yet")
    empty_detail = N_("Import the people and their accounts, then plan the sessions.")
    whys = ("training.share", "training.users")

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.view = BarListView()
        self.inside.addWidget(self.view)

    def ask(self) -> training.TrainingFigures:
        return training.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: training.TrainingFigures) -> bool:
        if not figures.departments:
            return False
        chart = coverage_chart(figures)
        self.view.show_chart(chart)
        self.set_caption(show(chart.caption))
        return True


class WarningsTile(CockpitTile):
    room, heading = "committee", N_("Warnings")
    empty_icon, empty_text = "check-circle", N_("No warning today")
    empty_detail = N_("The rules found nothing to act on.")
    whys = WARNING_WHYS

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.panel = WarningPanel()
        self.inside.addWidget(self.panel)

    def ask(self) -> governance.CommitteeFigures:
        return governance.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: governance.CommitteeFigures) -> bool:
        rows = figures.warnings
        self.panel.set_rows(rows[:WARNINGS])
        count = len(rows)
        shown = tr("{shown} of {total}", shown=WARNINGS, total=count) if count > WARNINGS else ""
        self.set_caption(shown)
        return bool(rows)


class TicketsTile(CockpitTile):
    room, heading = "maintenance", N_("Tickets")
    empty_icon, empty_text = "maintenance", N_("No ticket yet")
    empty_detail = N_("Import the tickets of your service desk, or type them in.")
    whys = ("maintenance.flow", "maintenance.overdue")

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.view = TimeChartView()
        self.inside.addWidget(self.view)

    def ask(self) -> maintenance.MaintenanceFigures:
        return maintenance.figures(self.bridge.reader, self.bridge.today)

    def fill(self, figures: maintenance.MaintenanceFigures) -> bool:
        if not figures.total:
            return False
        self.view.show_chart(flow_chart(figures))
        caption = tr("per week")
        if figures.overdue:
            caption += ", " + ntr("{n} overdue", "{n} overdue", figures.overdue)
        self.set_caption(caption)
        return True


def _use_lines(figures: adoption.AdoptionFigures) -> tuple[str, ...]:
    said = tr("of the {accounts} open accounts, active", accounts=figures.accounts_open)
    if figures.data_until is not None:
        said += " " + tr("in {week}", week=formats.week(figures.data_until, lang()))
    lines = [*textwrap.wrap(said, 18, break_long_words=False), ""]
    if figures.previous_active_share is not None:
        share = formats.percent(figures.previous_active_share, lang())
        lines.append(tr("Before: {share}", share=share))
    target = formats.percent(figures.target_share, lang())
    lines.append(tr("Target: {share}", share=target))
    return tuple(lines)
