"""Without a selection: what changed since a day, who has no position, who is to be asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.movements import Movements
from crm_pilot.stakeholders.queries import ToConfirm, UnitRow
from crm_pilot.stakeholders.terms import ZONES, UnitKind
from ui import theme
from ui.screens.stakeholders.movement import MovementTable, NamesBelow
from ui.widgets.buttons import link_button
from ui.widgets.section import Section
from ui.widgets.text import label


@dataclass(frozen=True)
class Changes:
    """What is said of the units shown."""

    units: Sequence[UnitRow]
    moves: Movements | None
    confirm: Sequence[ToConfirm] = ()
    days: Sequence[tuple[dt.date, str]] = ()  # that can be compared with
    today: dt.date = field(default=dt.date.max)


class ProjectPanel(QWidget):
    """`picked` and `several` select on the map; `confirm_asked` starts the questions."""

    picked = Signal(int)
    listed = Signal(int)  # show it, and those after it, in the list
    compared = Signal(object)
    several = Signal(object)
    confirm_asked = Signal()
    place_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self._hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.movement = MovementTable()
        self.movement.compared.connect(self.compared)
        self.movement.several.connect(self.several)
        self.risen, self.fallen = NamesBelow(), NamesBelow()
        self.joined, self.left = NamesBelow(), NamesBelow()
        self.waiting = NamesBelow(6)
        self._build_asked()
        column.addWidget(self.movement)
        column.addWidget(self._confirm)
        lists = (self.left, self.joined, self.fallen, self.risen)
        for names in (*lists, self.waiting):
            names.picked.connect(self.picked)
            names.more.connect(self.listed)
        for widget in (*lists, self.waiting, self._hint):
            column.addWidget(widget)
        self.place = link_button()
        self.place.clicked.connect(self.place_asked)
        self.waiting.layout().addWidget(self.place)  # type: ignore[union-attr]

    def _build_asked(self) -> None:
        self.ask = link_button(size=theme.CAPTION)
        self.ask.clicked.connect(self.confirm_asked)
        self._confirm = Section(right=self.ask)
        self._old = label(ink="muted", wrap=True)
        self._confirm.body.addWidget(self._old)

    def show_changes(self, known: Changes, *, names: bool) -> None:
        """Rows that would be empty are left out."""
        self._hint.setText(
            tr(
                "Select a mark to see its rating and its route. Drag it to another cell, or press"
                " Ctrl and an arrow, to rate it again."
            )
        )
        moves = known.moves
        since = moves.since if moves is not None else None
        self.movement.show_days(known.days, since, known.today)
        self.movement.show_movements(moves)
        self._show_crossed(moves, names=names)
        self._show_old(known.confirm)
        waiting = [
            (row.id, row.shown(names=names), _size(row)) for row in known.units if not row.rated
        ]
        self.waiting.show_rows(tr("Not placed yet"), str(len(waiting)), waiting)
        self.place.setText(tr("Rate them one after another"))
        self.place.setVisible(len(waiting) > 1)

    def _show_crossed(self, moves: Movements | None, *, names: bool) -> None:
        lists = (
            (self.left, tr("Left the allies"), moves.left if moves else ()),
            (self.joined, tr("Joined the allies"), moves.joined if moves else ()),
            (self.fallen, tr("Below the initiative line"), moves.fallen if moves else ()),
            (self.risen, tr("Above the initiative line"), moves.risen if moves else ()),
        )
        for shown, title, units in lists:
            rows = [
                (row.id, row.shown(names=names), tr(ZONES[row.zone])) for row in units if row.zone
            ]
            shown.show_rows(title, str(len(rows)), rows)

    def _show_old(self, confirm: Sequence[ToConfirm]) -> None:
        self._confirm.setVisible(bool(confirm))
        if not confirm:
            return
        self._confirm.say(tr("Still true?"))
        self._old.setText(
            ntr(
                "{n} rating is old: {days} days",
                "{n} ratings are old, the oldest of {days} days",
                len(confirm),
                days=confirm[0].days,
            )
        )
        self.ask.setText(tr("Ask again"))
        self.ask.setAccessibleName(tr("Go through the old ratings: are they still true?"))


def _size(row: UnitRow) -> str:
    group = row.kind == UnitKind.GROUP
    return ntr("{n} pers.", "{n} pers.", row.headcount) if group else ""
