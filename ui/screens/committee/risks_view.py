"""The risks: their register, and beside it where they stand by probability and impact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crm_pilot.governance.terms import Trend
from crm_pilot.i18n import tr
from ui import theme
from ui.screens.committee.register_view import RegisterView
from ui.screens.committee.risk_matrix import RiskMatrixView
from ui.widgets.buttons import chip
from ui.widgets.page import GAP
from ui.widgets.section import Section
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Changed

NARROWEST, WIDEST = 300, 440  # of the matrix


class RisksView(RegisterView):
    """The register beside the matrix; a cell of it narrows the register."""

    key = "risks"

    def _body(self) -> QHBoxLayout:
        self.matrix = RiskMatrixView()
        self.matrix.chosen.connect(self.narrow)
        self.section = Section()
        self.section.body.addWidget(self.matrix)
        self.legend = label(theme.CAPTION, ink="muted", wrap=True)
        self.section.body.addWidget(self.legend)
        beside = QVBoxLayout()
        beside.addWidget(self.section)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.table, 1)
        row.addLayout(beside)
        return row

    def _tools(self) -> QHBoxLayout:
        self.cell: tuple[int, int] | None = None
        self.of_cell = chip()
        self.of_cell.setChecked(True)
        self.of_cell.hide()
        self.of_cell.clicked.connect(lambda: self.narrow(None))
        row = super()._tools()
        row.insertWidget(len(self.chips), self.of_cell)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = round(event.size().width() * 0.3)
        self.section.setFixedWidth(max(NARROWEST, min(WIDEST, wide)))
        super().resizeEvent(event)

    # a cell of the matrix --------------------------------------------------------------------

    def narrow(self, cell: tuple[int, int] | None) -> None:
        """Show the open risks of a cell alone; None, or the same cell again, shows all."""
        self.cell = None if cell == self.cell else cell
        self._filter()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _filter(self) -> None:
        super()._filter()
        if self.cell is not None:
            probability, impact = self.cell
            self.model.keep(
                lambda row: row.open and (row.probability, row.impact) == (probability, impact)
            )
        self._name_cell()

    def widen(self) -> None:
        """Take search, chips and cell away."""
        self.cell = None
        super().widen()
        self._filter()

    def _name_cell(self) -> None:
        self.of_cell.setVisible(self.cell is not None)
        self.of_cell.setChecked(True)
        if self.cell is not None:
            probability, impact = self.cell
            self.of_cell.setText(tr("Cell {p} × {i}", p=probability, i=impact) + "  ×")

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        super().retranslate()
        self._name_cell()
        self._say()

    def refresh(self, changed: Changed | None) -> None:
        """Read register and matrix again."""
        super().refresh(changed)
        if changed is None or changed.touches(*self.register.tables):
            self._say()

    def _say(self) -> None:
        rows = self.model.items()
        self.matrix.show_risks(list(rows))
        moved = [row for row in rows if row.trend in (Trend.WORSE, Trend.BETTER)]
        worse = sum(row.trend is Trend.WORSE for row in moved)
        better = len(moved) - worse
        note = tr("{worse} ↘  {better} ↗", worse=worse, better=better) if moved else ""
        self.section.say(tr("Risk matrix"), note)
        self.legend.setText(tr("open risks; ↘ worsens, ↗ eases"))

    def _note(self) -> str:
        return tr(
            "Score = probability × impact; bold from 9. Another score is a new rating of today:"
            " the earlier ones stay for the trend."
        )
