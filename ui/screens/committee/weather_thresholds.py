"""The dialog of the thresholds of the weather."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.governance.terms import AXES, Axis
from crm_pilot.governance.thresholds import weather_thresholds
from crm_pilot.i18n import N_, tr
from ui.dialogs.thresholds import ThresholdsForm

if TYPE_CHECKING:
    from ui.bridge import Bridge


class WeatherThresholdsDialog(ThresholdsForm):
    """All thresholds of the weather, by axis."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(
            parent,
            bridge,
            weather_thresholds(bridge.reader),
            title=tr("Thresholds of the weather"),
            detail=tr("They are this program's own. The rule of each axis tells those that count."),
            many=N_("Change thresholds of the weather"),
        )

    def heading(self, rule: str) -> str:
        return tr(AXES[Axis(rule.removeprefix("weather."))])

    def called(self, rule: str) -> str:
        return self.heading(rule)
