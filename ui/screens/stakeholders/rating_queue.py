"""Rating one unit after another by keyboard: those without a position, or "still true?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.stakeholders.rating_dialog import (
    WIDE,
    before,
    fit_height,
    remember_mode,
    save_by_keys,
    starts_on,
    wanted_mode,
)
from ui.screens.stakeholders.rating_form import Frame, RatingForm
from ui.widgets.buttons import set_reason
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

SKIP_KEY, BACK_KEY, STILL_TRUE = "Alt+Right", "Alt+Left", "="


class RatingQueue(Dialog):
    """Rates the units of `keys` itself, each as a step; `showing(key)` when another is in front.

    Day, author and way of rating stay from one unit to the next.
    """

    showing = Signal(int)

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, keys: Sequence[int], *, names: bool = False
    ) -> None:
        super().__init__(parent)
        self.bridge, self._names = bridge, names
        known = {unit.id for unit in queries.units(bridge.reader, bridge.today)}
        self.keys = tuple(key for key in keys if key in known)
        self.place = 0
        self.rated: set[int] = set()
        set_ink(self.detail, "muted")
        self.setMinimumWidth(720)
        self._build()
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, super().sizeHint().height())

    def _build(self) -> None:
        bridge = self.bridge
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(tr("Units rated"))
        self.bar.setRange(0, max(1, len(self.keys)))
        self.last = label(theme.CAPTION, ink="muted", wrap=True)
        frame = Frame(
            queries.zone_grid(bridge.reader),
            bridge.today,
            bridge.today,
            starts_on(bridge),
            bridge.settings.person,
        )
        self.form = RatingForm(frame, wanted_mode(bridge))
        for widget in (self.bar, self.last, self.form):
            self.body.addWidget(widget)
        self.add_button("cancel", tr("Close"), left=True)
        self.back = self.add_button("back", tr("Back"), closes=False)
        self.skip = self.add_button("skip", tr("Skip"), closes=False)
        self.still = self.add_button("still", tr("Still true"), closes=False)
        self.save = self.add_button("save", tr("Save and next"), primary=True, closes=False)
        save_by_keys(self, self.save)
        for key, button in ((SKIP_KEY, self.skip), (BACK_KEY, self.back)):
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
            native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            set_reason(button, "", native)
        set_reason(self.still, "", tr("Key: =. A new observed fact is asked for."))
        self.chosen.connect(self._chosen)
        self.form.edited.connect(self._check)
        self.form.moded.connect(lambda mode: remember_mode(bridge, mode))
        self.form.moded.connect(lambda _: fit_height(self))

    # the unit in front -----------------------------------------------------------------------

    @property
    def unit(self) -> UnitRow | None:
        """The unit in front; None once all have been seen."""
        if self.place >= len(self.keys):
            return None
        wanted = self.keys[self.place]
        rows = queries.units(self.bridge.reader, self.bridge.today)
        return next((row for row in rows if row.id == wanted), None)

    def _show(self) -> None:
        unit = self.unit
        self.bar.setValue(len(self.rated))
        for widget in (self.form, self.skip, self.save):
            widget.setVisible(unit is not None)
        self.back.setVisible(unit is None or len(self.keys) > 1)
        set_reason(self.back, "" if self.place else tr("This is the first one."))
        if unit is None:
            self._show_end()
            return
        name = unit.shown(names=self._names)
        self.say(
            tr(
                "{place} of {total} · {unit}",
                place=self.place + 1,
                total=len(self.keys),
                unit=name,
            ),
            self._known(unit),
        )
        self.still.setVisible(unit.rated)
        self.last.setText(_last(unit))
        self.last.setVisible(unit.rated)
        self.form.start(unit)
        self.form.take_focus()
        self.showing.emit(unit.id)

    def _known(self, unit: UnitRow) -> str:
        people = ntr("{n} person", "{n} people", unit.headcount) if unit.headcount > 1 else ""
        place = "" if unit.department == unit.name else unit.department
        return " · ".join(part for part in (place, people, before(unit)) if part)

    def _show_end(self) -> None:
        left = len(self.keys) - len(self.rated)
        rated = ntr("{n} unit rated.", "{n} units rated.", len(self.rated))
        rest = ntr("{n} unit skipped.", "{n} units skipped.", left) if left else ""
        self.say(tr("That was the last one"), " ".join(part for part in (rated, rest) if part))
        self.still.hide()
        self.last.hide()
        self.buttons["cancel"].setFocus()

    def _check(self) -> None:
        warned = self.form.fact.warned
        self.save.setText(tr("Save all the same") if warned else tr("Save and next"))
        set_reason(self.save, self.form.missing())

    # answers ---------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key == "save":
            self._store()
        elif key == "still" and self.unit is not None:
            self.form.hold()
        elif key in ("skip", "back"):
            self._turn(self.place + (1 if key == "skip" else -1))

    def _store(self) -> None:
        unit = self.unit
        if unit is None or self.form.missing():
            return
        if self.bridge.execute(self.form.command()) is None:
            return  # why not has been told; what was typed is still here
        self.rated.add(unit.id)
        self._turn(self.place + 1)

    def _turn(self, place: int) -> None:
        self.place = max(0, min(place, len(self.keys)))
        while self.place < len(self.keys) and self.unit is None:  # gone meanwhile
            self.place += 1
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == STILL_TRUE and self.still.isVisible():
            self.still.click()
        else:
            super().keyPressEvent(event)


def _last(unit: UnitRow) -> str:
    """The fact behind the position so far."""
    if unit.rated_on is None:
        return ""
    by = f" · {unit.author}" if unit.author else ""
    return f"{formats.day(unit.rated_on, lang(), year=True)}{by} · {unit.fact}"
