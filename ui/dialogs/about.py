"""About the program."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_pilot import __version__
from crm_pilot.i18n import tr
from crm_pilot.paths import logs_dir
from ui.dialogs.base import Dialog


def about_dialog(parent: QWidget | None) -> Dialog:
    """Name, version, licence, folders."""
    detail = "\n".join(
        (
            tr("Version {version}, MIT licence.", version=__version__),
            tr("Nothing leaves this computer: the program opens no network connection."),
            tr("Logs: {folder}", folder=str(logs_dir())),
        )
    )
    dialog = Dialog(parent, "CRM Pilot", detail)
    dialog.add_button("ok", tr("Close"), primary=True)
    return dialog
