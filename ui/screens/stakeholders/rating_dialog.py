"""Rating a unit: synergy first, then antagonism, the observed fact, and the zone shown last."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.rules import Position
from crm_pilot.stakeholders.zones import Grid
from ui.dialogs.base import Dialog
from ui.screens.stakeholders.rating_form import FULL, SIMPLE, Frame, RatingForm
from ui.widgets.buttons import set_reason
from ui.widgets.text import set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

WIDE = 760
SAVE_KEYS = ("Ctrl+Return", "Ctrl+Enter")


def starts_on(bridge: Bridge) -> dt.date | None:
    """The first day of the project, before which nothing can be rated."""
    found = bridge.reader.value("SELECT starts_on FROM project")
    return dt.date.fromisoformat(found) if found else None


def wanted_mode(bridge: Bridge | None) -> str:
    """Simple or full, as the person left it."""
    return SIMPLE if bridge is not None and bridge.settings.rating == SIMPLE else FULL


def remember_mode(bridge: Bridge | None, mode: str) -> None:
    """Keep the way of rating for the next time."""
    if bridge is not None:
        bridge.settings.rating = mode
        bridge.remember()


def before(unit: UnitRow) -> str:
    """What is known of a unit so far."""
    if not unit.rated:
        return tr("First rating. Rate what was observed, not what is supposed.")
    synergy, antagonism = unit.position
    said = tr(
        "Until now: synergy {synergy}, antagonism {antagonism}, since {day}.",
        synergy=synergy,
        antagonism=antagonism,
        day=unit.rated_on,
    )
    return " ".join((said, tr("It waits to be refined."))) if unit.provisional else said


def save_by_keys(dialog: Dialog, save: QPushButton) -> None:
    """Ctrl and Enter press a button from anywhere, also while a text is typed."""
    for key in SAVE_KEYS:
        QShortcut(QKeySequence(key), dialog).activated.connect(save.click)
    keys = QKeySequence(SAVE_KEYS[0]).toString(QKeySequence.SequenceFormat.NativeText)
    set_reason(save, "", keys)


def fit_height(dialog: Dialog) -> None:
    """As high as what is asked now needs, but no higher than the window below."""
    box, below = dialog.layout(), dialog.parentWidget()
    if box is None or not dialog.isVisible():
        return
    box.activate()
    needed = box.totalHeightForWidth(dialog.width())
    room = needed if below is None else below.window().height()
    dialog.resize(dialog.width(), min(needed, room))


class RatingDialog(Dialog):
    """`rated(command)` when saved. `cell`: levels known from a drop; otherwise none is set.

    With a `bridge` the way of rating is the one last used, and the project's start is known.
    """

    rated = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        unit: UnitRow,
        grid: Grid,
        *,
        today: dt.date,
        day: dt.date,
        author: str,
        names: bool,
        cell: Position | None = None,
        bridge: Bridge | None = None,
    ) -> None:
        super().__init__(parent)
        set_ink(self.detail, "muted")
        self.say(tr("Rate {unit}", unit=unit.shown(names=names)), before(unit))
        self.setMinimumWidth(720)
        first = None if bridge is None else starts_on(bridge)
        self.form = RatingForm(Frame(grid, today, day, first, author), wanted_mode(bridge))
        self.body.addWidget(self.form)
        self._name_parts()
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        save_by_keys(self, self.save)
        self.chosen.connect(self._chosen)
        self.form.edited.connect(self._check)
        self.form.moded.connect(lambda mode: remember_mode(bridge, mode))
        self.form.moded.connect(lambda _: fit_height(self))
        self.form.start(unit, cell)
        self.form.take_focus()

    def _name_parts(self) -> None:
        form = self.form
        self.synergy, self.antagonism, self.trio = form.synergy, form.antagonism, form.trio
        self.fact, self.warning = form.fact.area, form.fact.warning
        self.day, self.provisional, self.zone = form.day, form.provisional, form.zone

    def sizeHint(self) -> QSize:
        return QSize(WIDE, super().sizeHint().height())

    def _check(self) -> None:
        """Say why Save is grey."""
        self.save.setText(tr("Save all the same") if self.form.fact.warned else tr("Save"))
        set_reason(self.save, self.form.missing())

    def _chosen(self, key: str) -> None:
        if key != "save" or self.form.missing():
            return
        command = self.form.command()
        self.accept()
        self.rated.emit(command)
