"""Shares beside what practitioners say: a bar each, a stroke or a band for the rule of thumb."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from crm_pilot.datatable import DataTable
from crm_pilot.governance.budget_charts import ShareBar, share_table
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.widgets.why import Asked

BAR, LOWEST, HIGHEST = 8, 34.0, 46.0


class ShareBarsView(ChartView):
    """Draws `ShareBar`s."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[ShareBar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def show_bars(self, bars: Sequence[ShareBar], name: str) -> None:
        """Draw these from now on; `name` (translated) is what a screen reader says."""
        self._bars = bars
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "; ".join(
                f"{shown(bar.name)}: {share_text(bar)}, "
                + tr("rule of thumb {share}", share=expected(bar))
                for bar in bars
            )
        )
        self.updateGeometry()
        self.update()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains each of them."""
        return tuple(dict.fromkeys(bar.why for bar in self._bars))

    def data_table(self) -> DataTable | None:
        """The shares with their rules of thumb."""
        return share_table(self._bars) if self._bars else None

    def sizeHint(self) -> QSize:
        return QSize(260, round(len(self._bars) * 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(170, round(len(self._bars) * LOWEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        ink = Ink(painter)
        row = min(HIGHEST, max(LOWEST, self.height() / len(self._bars)))
        for place, bar in enumerate(self._bars):
            self._draw(ink, bar, place * row)
        painter.end()

    def _draw(self, ink: Ink, bar: ShareBar, top: float) -> None:
        figure, rule = share_text(bar), expected(bar)
        wide = self.width()
        right = wide - text_width(rule, theme.CAPTION)
        ink.text(wide, top + 13, rule, size=theme.CAPTION, token="muted", right=True)
        at = text_width(figure, bold=True) + 6
        ink.text(0, top + 13, figure, bold=True)
        ink.text(at, top + 13, shown(bar.name), size=theme.CAPTION, width=max(right - at - 8, 20))
        y = top + 20
        edges = [bar.low] if bar.low == bar.high or bar.high >= 1.0 else [bar.low, bar.high]
        if bar.high > bar.low:
            left, right = round(wide * bar.low), round(wide * bar.high)
            ground = ink.look.mix("muted", 0.22)
            ink.painter.fillRect(left, round(y - 3), right - left, BAR + 6, ground)
        ink.rule(0, wide, y + BAR)
        if bar.share is not None:
            ink.bar(0, y, max(2.0, wide * min(bar.share, 1.0)), BAR, ink.look.colour("text"))
        for edge in edges:
            x = round(wide * edge)
            ink.line(x, y - 3, x, y + BAR + 3, "deployment", 2)


def share_text(bar: ShareBar) -> str:
    """`25 %`, or a dash where it is not known."""
    return formats.percent(bar.share, lang())


def expected(bar: ShareBar) -> str:
    """What practitioners say, as on the drawing: `20 to 30%`, `25%`, `60% or more`."""
    low = formats.percent(bar.low, lang())
    if bar.high >= 1.0:
        return tr("{low} or more", low=low)
    if bar.high > bar.low:
        between = formats.number(bar.low * 100, lang())
        return tr("{low} to {high}", low=between, high=formats.percent(bar.high, lang()))
    return low
