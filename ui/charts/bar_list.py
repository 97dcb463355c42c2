"""Horizontal bars from zero, one row each, with the figures in columns at the right."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.charts import Bar, BarList, Reference
from ui import theme
from ui.charts.ink import Ink, shown, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang

ROW_LOW, ROW_HIGH = 18, 28
GAP = 10
FOOT = 18  # under the bars, for the name of a reference
NARROW = 420  # below this width “Wave 3” is written “W3”
_NUMBERED = re.compile(r"(\w)\w*[\s\u00a0\u202f](\d+)")


class BarListView(ChartView):
    """Draws a `BarList`: group, name, bar over its track, value of total, share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: BarList | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def show_chart(self, chart: BarList) -> None:
        """Draw this from now on."""
        self._chart = self.spec = chart
        self.setAccessibleName(shown(chart.title))
        self.setAccessibleDescription(self._words(chart))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._chart.bars) if self._chart else 3
        return QSize(280, rows * ROW_HIGH + self._foot)

    def minimumSizeHint(self) -> QSize:
        rows = len(self._chart.bars) if self._chart else 3
        return QSize(200, rows * ROW_LOW + self._foot)

    @property
    def _foot(self) -> int:
        return FOOT if self._chart is not None and self._chart.reference is not None else 0

    def row_height(self) -> float:
        """Height of a row in pixels."""
        rows = max(1, len(self._chart.bars) if self._chart else 1)
        return min(ROW_HIGH, (self.height() - self._foot) / rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self._chart
        if chart is None or not chart.bars:
            return
        ink = Ink(QPainter(self))
        row = self.row_height()
        size = theme.CAPTION if row < 24 else theme.BODY
        groups = [_short(shown(bar.group), self.width()) for bar in chart.bars]
        wide = max(text_width(group, size) for group in groups)
        left = wide + GAP if wide else 0.0
        names = max(text_width(shown(bar.name), size, bold=bar.strong) for bar in chart.bars)
        figures = self._figures_width(chart, size)
        names = min(names, (self.width() - left - figures) * 0.55)
        start, end = left + names + GAP, self.width() - figures
        for place, bar in enumerate(chart.bars):
            top = place * row
            base = top + row / 2 + size * 0.36
            if groups[place] and (not place or groups[place] != groups[place - 1]):
                if place:
                    ink.rule(0, self.width(), round(top) + 0.5)
                ink.text(0, base, groups[place], size=size, token="muted")
            ink.text(left, base, shown(bar.name), size=size, width=names)
            self._bar(ink, chart, bar, start, end, top + row / 2, row)
            self._figures(ink, chart, bar, base, size)
        if chart.reference is not None:
            self._reference(ink, chart.reference, start, end, row * len(chart.bars))

    def _reference(
        self, ink: Ink, reference: Reference, start: float, end: float, bottom: float
    ) -> None:
        """A dashed line across the bars, named at its foot."""
        x = round(start + (end - start) * reference.value) + 0.5
        ink.painter.setPen(_dashed(ink))
        ink.painter.drawLine(QPointF(x, 0), QPointF(x, bottom + 2))
        words = shown(reference.name)
        wide = text_width(words, theme.CAPTION)
        left = min(max(0.0, x - wide / 2), self.width() - wide)
        ink.text(left, bottom + FOOT - 4, words, size=theme.CAPTION, token="muted")

    def _bar(
        self,
        ink: Ink,
        chart: BarList,
        bar: Bar,
        start: float,
        end: float,
        middle: float,
        row: float,
    ) -> None:
        total = bar.total if chart.high is None else chart.high
        share = min(1.0, bar.value / total) if total else 0.0
        height = round(min(12, max(8, row * 0.55)))
        if chart.high is None:
            ink.rule(start, end, round(middle) + 0.5)
        if share:
            colour = ink.look.colour(bar.colour)
            ink.bar(start, middle - height / 2, max(2, (end - start) * share), height, colour)

    def _figures(self, ink: Ink, chart: BarList, bar: Bar, base: float, size: int) -> None:
        right = self.width()
        token = "text" if bar.strong else "muted"
        if chart.high is not None:
            value = formats.number(bar.value, lang())
            style = {"size": size, "bold": bar.strong, "right": True, "numbers": True}
            ink.text(right, base, value, token=token, **style)  # type: ignore[arg-type]
            return
        share = formats.percent(bar.share, lang())
        ink.text(
            right, base, share, size=size, bold=bar.strong, token=token, right=True, numbers=True
        )
        counts = f"{bar.value}/{bar.total}"
        column = right - text_width("100 %", size, bold=True) - GAP
        ink.text(column, base, counts, size=size, token="muted", right=True, numbers=True)

    def _figures_width(self, chart: BarList, size: int) -> float:
        if chart.high is not None:
            widest = max(text_width(formats.number(b.value, lang()), size) for b in chart.bars)
            return widest + GAP + 6
        counts = max(text_width(f"{b.value}/{b.total}", size, bold=True) for b in chart.bars)
        return counts + text_width("100 %", size, bold=True) + 2 * GAP + 4

    def _words(self, chart: BarList) -> str:
        parts = [shown(chart.caption)]
        for bar in chart.bars:
            of = f"/{bar.total}" if chart.high is None else ""
            parts.append(f"{shown(bar.name)}: {bar.value}{of}")
        return "; ".join(parts)


def _dashed(ink: Ink) -> QPen:
    pen = QPen(ink.look.colour("muted"), 1)
    pen.setDashPattern([3.0, 3.0])
    return pen


def _short(group: str, width: int) -> str:
    """A group's name, shortened where there is little room."""
    match = _NUMBERED.fullmatch(group) if width < NARROW else None
    return match[1] + match[2] if match else group
