"""The dialog of the thresholds of the warning signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.governance.signs_words import NAMES
from crm_pilot.governance.thresholds import ANY, thresholds
from crm_pilot.i18n import N_, show, tr
from ui.dialogs.thresholds import ThresholdsForm

if TYPE_CHECKING:
    from ui.bridge import Bridge


class ThresholdsDialog(ThresholdsForm):
    """All thresholds of the signs, by rule."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(
            parent,
            bridge,
            thresholds(bridge.reader),
            title=tr("Thresholds of the warning signs"),
            detail=tr(
                "They are this program's own where no article gives one. What you change is said"
                " beside the sign."
            ),
            many=N_("Change thresholds of the warning signs"),
        )

    def heading(self, rule: str) -> str:
        return tr("All signs") if rule == ANY else f"{rule} {show(NAMES[rule])}"
