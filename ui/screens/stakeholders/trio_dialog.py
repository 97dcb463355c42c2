"""The simple way to rate: locomotive, hesitant or opponent, for one or several units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.stakeholders.queries import UnitRow
from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from ui.bridge import Bridge


class TrioDialog(Dialog):
    """Rates the units itself, as one step; `rated(command)` afterwards, for who wants to know."""

    rated = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        units: Sequence[UnitRow],
        *,
        bridge: Bridge,
        names: bool = False,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.units = bridge, tuple(units)
