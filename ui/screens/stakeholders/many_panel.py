"""Several units selected: how many people, where they stand, and what can be done with all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders import charts
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow
from crm_pilot.stakeholders.rows import counting
from crm_pilot.stakeholders.selecting import among
from ui.screens.stakeholders.movement import NamesBelow
from ui.screens.stakeholders.parts import TrioBar
from ui.widgets.buttons import quiet_button
from ui.widgets.section import Section
from ui.widgets.text import label

DEEDS = ("rate", "place", "target", "action")


class ManyPanel(QWidget):
    """`asked(deed)`: what is to be done with the selection; `picked` selects one of them."""

    asked = Signal(str)
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self._count = label(ink="muted", wrap=True)
        self.distribution = Section()
        self.bar = TrioBar()
        self.distribution.body.addWidget(self.bar)
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, deed in enumerate(DEEDS):
            made = self.buttons[deed] = quiet_button()
            made.clicked.connect(lambda _=False, deed=deed: self.asked.emit(deed))
            grid.addWidget(made, at // 2, at % 2)
        self.more = quiet_button()
        self.more.clicked.connect(lambda: self.asked.emit("more"))
        grid.addWidget(self.more, 2, 0, 1, 2)
        for made in (*self.buttons.values(), self.more):  # all of them as wide as each other
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        self.names = NamesBelow(12)
        self.names.picked.connect(self.picked)
        column.addWidget(self._count)
        column.addLayout(grid)
        column.addWidget(self.distribution)
        column.addWidget(self.names)

    def show_rows(self, rows: Sequence[UnitRow], figures: PositionsFigures, *, names: bool) -> None:
        """The units selected, as of the day shown."""
        people = sum(row.headcount for row in counting(rows))
        placed = sum(row.rated for row in rows)
        self._count.setText(
            ntr("{n} person", "{n} people", people)
            + " · "
            + ntr("{n} of {total} rated", "{n} of {total} rated", placed, total=len(rows))
        )
        chosen = among(figures, rows)
        self.distribution.say(tr("Distribution of the selection"))
        self.distribution.setVisible(chosen.headcount_rated > 0)
        self.bar.show_distribution(charts.distribution(chosen))
        listed = [(row.id, row.shown(names=names), _where(row)) for row in rows]
        self.names.show_rows(tr("Selected"), str(len(listed)), listed)
        texts = (tr("Rate…"), tr("Place simply…"), tr("Set a target…"), tr("Add an action…"))
        for deed, words in zip(DEEDS, texts, strict=True):
            self.buttons[deed].setText(words)
        self.more.setText(tr("More…"))
        self.more.setAccessibleName(tr("More actions on the selection"))


def _where(row: UnitRow) -> str:
    return "–" if row.synergy is None else f"{row.synergy}/{row.antagonism}"
