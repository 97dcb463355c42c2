"""Printing the map of the lateral project: choices at the left, the very pages at the right."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.files import commit_pending


def ask_print(parent: QWidget, bridge: Bridge, day: dt.date) -> None:
    """Open the printing of the map as of a day."""
    commit_pending()
    PrintMapDialog(parent, bridge, day).open()


class PrintMapDialog(Dialog):
    """Choices and preview of the printed map."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, day: dt.date) -> None:
        super().__init__(parent, tr("Print the map"))
        self.bridge, self.day = bridge, day
        self.add_button("cancel", tr("Close"))
