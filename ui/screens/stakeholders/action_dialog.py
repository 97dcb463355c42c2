"""The dialog of an influence action: a task of the plan that aims at a unit of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_pilot.governance.influence import ActionRow
from crm_pilot.i18n import tr
from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from ui.bridge import Bridge


class ActionDialog(Dialog):
    """Plans an action on unit `unit_key`, or changes `action`."""

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        unit_key: int,
        action: ActionRow | None = None,
    ) -> None:
        super().__init__(parent, tr("Plan an action"))
        self.bridge = bridge
