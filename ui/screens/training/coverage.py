"""Tiles of coverage: bars of which one is chosen, and what can be done about it below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.charts import Bar, BarList, Reference
from crm_pilot.i18n import msg, ntr, show, tr
from crm_pilot.training import rules
from crm_pilot.training.charts import coverage_chart
from ui import theme
from ui.charts.pick_bars import PickBars
from ui.language import formats, lang
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.training.coverage import Covered
    from crm_pilot.training.queries import TrainingFigures

ROW, LEAST_ROWS, FOOT = 24, 3, 18
TARGET = Reference(rules.LOW_SHARE, msg("reference {percent}%", percent=70))


class PickTile(Tile):
    """Bars in a scroll area; below, the one chosen with its links. `invite(row)`, `look(row)`."""

    invite = Signal(int)
    look = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.chart = PickBars()
        self._holder = QWidget()
        self._holder.setProperty("role", "page")
        inner = QVBoxLayout(self._holder)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.addWidget(self.chart)
        inner.addStretch(1)
        self._area = Scroll(self._holder)
        self.nothing = label(theme.CAPTION, ink="muted", wrap=True)
        self.nothing.hide()
        self.chosen = ElidedLabel(bold=True)
        self.asking = link_button()
        self.seeing = link_button()
        self.deeds = QWidget()
        row = QHBoxLayout(self.deeds)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.seeing)
        row.addWidget(self.asking)
        self.lay_out()
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.deeds)
        self.chart.picked.connect(lambda _: self.tell())
        self.chart.opened.connect(self.invite)
        self.asking.clicked.connect(lambda: self.invite.emit(self.chart.row))
        self.seeing.clicked.connect(lambda: self.look.emit(self.chart.row))

    def lay_out(self) -> None:
        """Where the bars go."""
        self.body.addWidget(self._area, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.asking.setText(tr("Invite them…"))
        self.seeing.setText(tr("Their sessions"))

    def show_bars(self, chart: BarList, why_not: str = "") -> None:
        """Draw these, `why_not` greys inviting."""
        self._why_not = why_not
        self.chart.show_chart(replace(chart, reference=TARGET))
        self.chart.setFixedHeight(max(LEAST_ROWS, len(chart.bars)) * ROW + FOOT)
        self._area.setVisible(bool(chart.bars))
        self.nothing.setVisible(not chart.bars)
        if self.chart.row < 0 and chart.bars:
            low = [at for at, bar in enumerate(chart.bars) if bar.strong]
            self.chart.row = low[0] if low else 0
        self.tell()

    _why_not = ""

    def tell(self) -> None:
        """What the bar chosen says, and what can be done about it."""
        spec, row = self.chart.spec, self.chart.row
        bars: Sequence[Bar] = spec.bars if isinstance(spec, BarList) else ()
        self.deeds.setVisible(0 <= row < len(bars))
        if not 0 <= row < len(bars):
            return
        bar = bars[row]
        left = bar.total - bar.value
        name = show(bar.name)
        said = ntr("{name}: {n} to train", "{name}: {n} to train", left, name=name)
        self.chosen.set_whole(said if left else tr("{name}: everybody is trained", name=name))
        self.asking.setAccessibleName(tr("Invite them…") + f" {name}")
        self.seeing.setAccessibleName(tr("Their sessions") + f" {name}")
        reason = self._why_not or ("" if left else tr("Everybody is trained"))
        set_reason(self.asking, reason)


class CoverageTile(PickTile):
    """Coverage in one figure and by department."""

    def __init__(self) -> None:
        self.figure = label(theme.KEY_FIGURE, bold=True, numbers=True)
        self.words = label(theme.CAPTION, ink="muted", wrap=True)
        self.rest = label(theme.CAPTION, ink="muted", wrap=True)
        super().__init__()
        self.set_why(
            "training.share",
            "training.users",
            "training.sheets_waiting",
            "training.unlinked_accounts",
        )

    def lay_out(self) -> None:
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
        row.setAlignment(words, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._area, 1)
        self.body.addLayout(row, 1)

    def show_figures(self, figures: TrainingFigures, why_not: str = "") -> None:
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
        self.nothing.setText(tr("No user belongs to a department yet."))
        self.show_bars(chart, why_not)


def bars_of(rows: Sequence[Covered], title: str, nobody: str, why: str) -> BarList:
    """Coverage of groups as bars; `nobody` names those in no group."""
    return BarList(
        title=title,
        caption=tr("trained users"),
        bars=tuple(
            Bar(
                name=row.name or nobody,
                value=row.trained,
                total=row.users,
                colour="adoption",
                strong=rules.is_low(row.share),
            )
            for row in rows
        ),
        why=why,
    )
