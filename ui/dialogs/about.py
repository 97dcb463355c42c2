"""About the program, and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot import __version__
from crm_pilot.i18n import N_, tr
from crm_pilot.paths import logs_dir
from ui.actions import ACTIONS
from ui.dialogs.base import Dialog
from ui.widgets.text import label

TABLE_KEYS = (
    ("Ctrl+1 … 7", N_("Go to a room")),
    ("F2", N_("Edit the cell")),
    ("Ins", N_("Add a row")),
    ("Del", N_("Delete the selected rows")),
    ("Ctrl+C", N_("Copy the selected rows for a spreadsheet")),
    ("Esc", N_("Cancel what is being typed or dragged")),
)


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


def keys_dialog(parent: QWidget | None) -> Dialog:
    """Every key of the program."""
    dialog = Dialog(parent, tr("Keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    entries = [(_native(spec.keys), tr(spec.text)) for spec in ACTIONS if spec.keys]
    entries += [(keys, tr(text)) for keys, text in TABLE_KEYS]
    half = (len(entries) + 1) // 2
    for place, (keys, text) in enumerate(entries):
        pair, row = divmod(place, half)
        shown, what = label(bold=True), label()
        shown.setText(keys)
        what.setText(text.rstrip("…"))
        what.setAlignment(Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(shown, row, 2 * pair)
        grid.addWidget(what, row, 2 * pair + 1)
    dialog.body.addLayout(grid)
    dialog.setMinimumWidth(820)
    dialog.add_button("ok", tr("Close"), primary=True)
    return dialog


def _native(keys: tuple[str, ...]) -> str:
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(one).toString(form) for one in keys)
