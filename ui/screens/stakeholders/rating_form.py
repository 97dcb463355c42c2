"""The rating of one unit: position, then the observed fact, then when and by whom.

Full: synergy first, antagonism after it. Simple: one of three. The name of the zone comes last,
once everything is given, so that it steers nobody (DOMAIN.md 1.2).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.acts import acts, trio_acts
from crm_pilot.stakeholders.commands import Rate
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.rules import Position
from crm_pilot.stakeholders.terms import ZONES, Trio
from crm_pilot.stakeholders.zones import PROVISIONAL_CELLS, Grid, trio
from crm_pilot.typed import parse_day
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.rating_fact import FactBox
from ui.screens.stakeholders.rating_levels import (
    TrioChoice,
    antagonism_levels,
    digit,
    synergy_levels,
)
from ui.widgets.buttons import Segmented, set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.marks import MarkIcon
from ui.widgets.text import label, rule

SIMPLE, FULL = "simple", "full"


@dataclass(frozen=True)
class Frame:
    """What is the same for every unit rated now."""

    grid: Grid
    today: dt.date
    day: dt.date
    starts_on: dt.date | None
    author: str


class RatingForm(QWidget):
    """`edited` with each change, `moded(mode)` when the person chose simple or full."""

    edited = Signal()
    moded = Signal(str)

    def __init__(self, frame: Frame, mode: str) -> None:
        super().__init__()
        self._frame = frame
        self._unit: UnitRow | None = None
        self.held: Position | None = None  # "still true": the cell it is in stays
        self.mode = Segmented((SIMPLE, FULL))
        self.mode.set_texts((tr("Simple"), tr("Full")))
        self.mode.setAccessibleName(tr("Way of rating"))
        self.synergy, self.antagonism = synergy_levels(), antagonism_levels()
        self.trio = TrioChoice()
        self.fact = FactBox(tr("Observed fact"))
        self.provisional = QCheckBox(tr("To refine"))
        self._build()
        self._connect()
        self.mode.set_value(mode)
        self._turn()

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        top.addWidget(self.hint, 1)
        top.addWidget(self.mode)
        column.addLayout(top)
        self._pages = (self._simple(), self._full())
        for page in self._pages:
            column.addWidget(page)
        column.addWidget(rule())
        column.addWidget(self.fact)
        column.addLayout(self._dated())
        column.addLayout(self._ending())

    def _simple(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 4, 0, 4)
        box.addWidget(self.trio)
        return page

    def _full(self) -> QWidget:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(32)
        columns.addWidget(self.synergy, 1)
        columns.addWidget(self.antagonism, 1)
        return page

    def _dated(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.day = LineEdit(formats.day(self._frame.day, lang(), year=True))
        self.day.setFixedWidth(128)
        self.day.setAccessibleName(tr("Observed on"))
        self.author = LineEdit(self._frame.author)
        self.author.setFixedWidth(150)
        self.author.setAccessibleName(tr("Rated by"))
        self.author.setPlaceholderText(tr("your name"))
        self.provisional.setToolTip(tr("The position is a first guess: its mark is drawn pale."))
        for widget in (QLabel(tr("Observed on")), self.day, QLabel(tr("by")), self.author):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.provisional)
        row.addStretch(1)
        return row

    def _ending(self) -> QHBoxLayout:
        """What it comes to, shown last."""
        row = QHBoxLayout()
        row.setSpacing(6)
        self._marks = {one: MarkIcon(one.value) for one in Trio}
        for mark in self._marks.values():
            mark.hide()
            row.addWidget(mark)
        self.zone = label(bold=True)
        self.zone.setMinimumHeight(20)
        row.addWidget(self.zone)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.mode.chosen.connect(self._chosen_mode)
        self.synergy.picked.connect(self._picked)
        self.antagonism.picked.connect(self._picked)
        self.trio.picked.connect(self._picked)
        self.synergy.went_on.connect(lambda: self.antagonism.take_focus())
        self.antagonism.went_on.connect(lambda: self.fact.area.setFocus())
        self.trio.went_on.connect(lambda: self.fact.area.setFocus())
        self.fact.edited.connect(self._tell)
        self.day.textChanged.connect(self._tell)
        self.provisional.toggled.connect(self._tell)

    # what is rated ---------------------------------------------------------------------------

    def start(self, unit: UnitRow, cell: Position | None = None) -> None:
        """Rate this unit: nothing is picked, but what a drop said, or what waits to be refined."""
        self._unit, self.held = unit, None
        for choice in (self.synergy, self.antagonism, self.trio):
            choice.clear()
        self.fact.clear()
        self.provisional.setChecked(False)
        if cell is not None:
            self.mode.set_value(FULL)
        elif unit.provisional and unit.rated:
            cell = unit.position
        if cell is not None:
            self.synergy.pick(cell[0])
            self.antagonism.pick(cell[1])
        self._turn()

    def hold(self) -> None:
        """Still true: the unit stays in its cell, and a new fact is asked for."""
        assert self._unit is not None
        self.held = self._unit.position
        for choice, level in zip((self.synergy, self.antagonism), self.held, strict=True):
            choice.blockSignals(True)
            choice.pick(level)
            choice.blockSignals(False)
        self.trio.blockSignals(True)
        self.trio.pick(self._frame.grid.trio(*self.held))
        self.trio.blockSignals(False)
        self.provisional.setChecked(self._unit.provisional)
        self._tell()
        self.fact.area.setFocus()

    @property
    def simple(self) -> bool:
        """Whether one of three is asked."""
        return self.mode.value == SIMPLE

    @property
    def cell(self) -> Position | None:
        """Synergy and antagonism as far as both are known."""
        if self.held is not None:
            return self.held
        if self.simple:
            return None if self.trio.trio is None else PROVISIONAL_CELLS[self.trio.trio]
        synergy, antagonism = self.synergy.level, self.antagonism.level
        return None if synergy is None or antagonism is None else (synergy, antagonism)

    def take_focus(self) -> None:
        """Put the keyboard on the first thing that is missing."""
        if self.cell is not None and not (self._unit and self._unit.provisional):
            self.fact.area.setFocus()
        elif self.simple:
            self.trio.take_focus()
        else:
            self.synergy.take_focus()

    def missing(self) -> str:
        """What has to be given before it can be saved; empty when nothing has."""
        if self.cell is None:
            if self.simple:
                return tr("Pick locomotive, hesitant or opponent.")
            if self.synergy.level is None:
                return tr("Pick the synergy first.")
            return tr("Pick the antagonism.")
        if not self.fact.text:
            return tr("Write the observed fact.")
        return self._wrong_day()

    def _wrong_day(self) -> str:
        try:
            self.rated_on()
        except UserError as error:
            said = show(error.message)
            self.day.mark_wrong(said)
            return said
        self.day.mark_wrong("")
        return ""

    def rated_on(self) -> dt.date:
        """The day as typed; raises `UserError` for one that cannot be."""
        frame = self._frame
        day = parse_day(self.day.text(), frame.today) or frame.today
        rules.check_day(day, frame.today, frame.starts_on)
        return day

    def command(self) -> Rate:
        """The rating, when nothing is missing."""
        assert self._unit is not None
        assert self.cell is not None
        simple = self.simple and self.held is None
        return Rate(
            self._unit.id,
            self.rated_on(),
            *self.cell,
            self.fact.text,
            self.author.text().strip(),
            simple or self.provisional.isChecked(),
            self._unit.shown(names=False),
            self._frame.today,
        )

    # answers ---------------------------------------------------------------------------------

    def _chosen_mode(self, mode: str) -> None:
        self._turn()
        self.take_focus()
        self.moded.emit(mode)

    def _turn(self) -> None:
        for page, shown in zip(self._pages, (self.simple, not self.simple), strict=True):
            page.setVisible(shown)
        self.provisional.setVisible(not self.simple)
        self.hint.setText(
            tr("A first guess in one step, kept as “to refine”.")
            if self.simple
            else tr("Rate what was observed here and now; it says nothing about character.")
        )
        self._tell()

    def _picked(self) -> None:
        self.held = None
        self._tell()

    def _tell(self) -> None:
        """Antagonism after synergy, acts for what is picked, the zone last."""
        first = self.synergy.level is None
        set_reason(self.antagonism, tr("Rate the synergy first.") if first else "")
        if self.simple and self.held is None:
            chosen = self.trio.trio
            self.fact.offer(() if chosen is None else trio_acts(chosen))
        else:
            levels = self.held or (self.synergy.level, self.antagonism.level)
            self.fact.offer(acts(*levels))
        self._reveal()
        self.edited.emit()

    def _reveal(self) -> None:
        cell = self.cell if self.fact.text else None
        zone = None if cell is None else self._frame.grid.zone(*cell)
        for one, mark in self._marks.items():
            mark.setVisible(zone is not None and trio(zone) == one)
        self.zone.setText("" if zone is None else tr("Zone: {zone}", zone=tr(ZONES[zone])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that no field took picks a level of the axis in front."""
        level = None if self.simple else digit(event)
        if level is None:
            super().keyPressEvent(event)
            return
        axis = self.synergy if self.synergy.level is None else self.antagonism
        axis.pick(level)
        axis.went_on.emit()
