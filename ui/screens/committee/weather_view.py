"""The weather of the next committee: four axes, the proposal of each rule, the lead's verdict."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.governance.queries import WeatherRow, next_committee, weather
from crm_pilot.governance.rows import CommitteeRow
from crm_pilot.governance.terms import Axis, Weather
from crm_pilot.governance.weather_commands import KeepWeather, SetVerdict
from crm_pilot.i18n import tr
from ui.language import formats, lang
from ui.reading import Reading
from ui.screens.committee.weather_axis import AxisPanel
from ui.screens.committee.weather_thresholds import WeatherThresholdsDialog
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.scroll import Scroll
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


class Found(NamedTuple):
    """What the view shows."""

    rows: tuple[WeatherRow, ...]
    committee: CommitteeRow | None


class WeatherView(QWidget):
    """Four axes; a verdict belongs to the next steering committee."""

    go = Signal(str, str, int)
    view_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.found: Found | None = None
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._show)
        self.tile = Tile()
        self.tile.set_why("committee.weather", "committee.weather.*")
        self.keep, self.thresholds = quiet_button(), quiet_button()
        self.keep.clicked.connect(self.keep_weather)
        self.thresholds.clicked.connect(self.ask_thresholds)
        for button in (self.keep, self.thresholds):
            self.tile.head.addWidget(button)
        self.panels = {axis: AxisPanel(axis) for axis in Axis}
        self.tile.body.addWidget(Scroll(self._page()), 1)
        self.guard = Guard(bridge, self)
        self.guard.add(self.keep, why=self._why_not_keep)
        for panel in self.panels.values():
            panel.given.connect(self.give)
            self.guard.add(panel.choice, panel.reason, why=self._why_no_verdict)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tile)

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for panel in self.panels.values():
            column.addWidget(panel)
        column.addStretch(1)
        return page

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the weather, in a job where there are many accounts."""
        if not self.bridge.has_project:
            return
        today = self.bridge.today
        self.reading.read(
            lambda reader: Found(weather(reader, today), next_committee(reader, today))
        )

    def _show(self, found: Found) -> None:
        self.found = found
        for row in found.rows:
            self.panels[row.axis].show_row(row)
        self.tile.set_caption(self._caption(found))
        self.guard.refresh()
        self._order_tabs()

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.tile.set_title(tr("Weather"))
        self.keep.setText(tr("Keep it with the committee"))
        self.thresholds.setText(tr("Thresholds…"))
        for panel in self.panels.values():
            panel.retranslate()
        if self.found is not None:
            self._show(self.found)

    def _caption(self, found: Found) -> str:
        if found.committee is None:
            return tr("no committee planned")
        return tr(
            "for committee no. {number} of {date}",
            number=found.committee.number,
            date=formats.day(found.committee.held_on, lang(), year=True),
        )

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [self.tile.why, self.keep, self.thresholds]
        for panel in self.panels.values():
            chain += [panel.now, panel.choice, panel.reason]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def take_focus(self) -> None:
        """Put the keyboard on the first axis."""
        self.panels[Axis.TIME].now.setFocus()

    # acting ----------------------------------------------------------------------------------

    def _why_no_verdict(self) -> str:
        if self.found is not None and self.found.committee is not None:
            return ""
        return tr("No steering committee is planned: plan the next one first.")

    def _why_not_keep(self) -> str:
        if reason := self._why_no_verdict():
            return reason
        if self.found is not None and all(row.given for row in self.found.rows):
            return tr("The weather of the four axes is kept already.")
        return ""

    def give(self, axis: Axis, wanted: Weather | None, reason: str) -> None:
        """Keep the lead's verdict for the next committee, or take it back."""
        found = self.found
        if found is None or found.committee is None:
            return
        proposed = next(row.proposed for row in found.rows if row.axis is axis)
        self.bridge.execute(SetVerdict(axis, wanted, reason, found.committee.id, proposed))

    def keep_weather(self) -> None:
        """Keep the four axes with the committee, as they are shown."""
        found = self.found
        if found is not None and found.committee is not None:
            shown = tuple((row.axis, row.proposed) for row in found.rows)
            self.bridge.execute(KeepWeather(found.committee.id, self.bridge.today, shown))

    def ask_thresholds(self) -> None:
        """Open the thresholds; they may also be read where nothing can be edited."""
        WeatherThresholdsDialog(self, self.bridge).open()
