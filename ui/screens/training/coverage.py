"""The coverage tile: the key figure and the bars by department and wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crm_pilot.i18n import ntr, show, tr
from crm_pilot.training.charts import coverage_chart
from ui import theme
from ui.charts.bar_list import BarListView
from ui.language import formats, lang
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.training.queries import TrainingFigures


ROW, LEAST_ROWS = 20, 4


class CoverageTile(Tile):
    """Coverage in one figure and by department."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = label(theme.KEY_FIGURE, bold=True, numbers=True)
        self.words = label(theme.CAPTION, ink="muted", wrap=True)
        self.rest = label(theme.CAPTION, ink="muted", wrap=True)
        self.chart = BarListView()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.figure)
        words.addWidget(self.words)
        words.addWidget(self.rest)
        words.addStretch(1)
        for one in (self.figure, self.words, self.rest):
            one.setFixedWidth(132)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words)
        row.addWidget(self.chart, 1)
        self.body.addLayout(row)
        self.set_why(
            "training.share",
            "training.users",
            "training.sheets_waiting",
            "training.unlinked_accounts",
        )

    def show_figures(self, figures: TrainingFigures) -> None:
        """Show coverage, in the language of the window."""
        chart = coverage_chart(figures)
        self.set_title(show(chart.title))
        self.set_caption(tr("trained users, by department and wave"))
        self.figure.setText(formats.percent(figures.share, lang()))
        self.words.setText(
            ntr(
                "{n} user trained of {users}",
                "{n} users trained of {users}",
                figures.trained,
                users=figures.users,
            )
            if figures.users
            else tr("Import people with their CRM accounts (Ctrl+I).")
        )
        notes = []
        if figures.sheets_waiting:
            notes.append(ntr("{n} sheet to type", "{n} sheets to type", figures.sheets_waiting))
        if figures.unlinked_accounts:
            notes.append(
                ntr(
                    "{n} account without a person",
                    "{n} accounts without a person",
                    figures.unlinked_accounts,
                )
            )
        self.rest.setText("\n".join(notes))
        self.rest.setVisible(bool(notes))
        self.chart.show_chart(chart)
        self.chart.setFixedHeight(max(LEAST_ROWS, len(chart.bars)) * ROW)
