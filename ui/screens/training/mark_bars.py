"""Marks 1 to 4 as bars, one row a question: the mean and how many answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import msg, tr
from ui import theme
from ui.charts.ink import Ink, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang
from ui.widgets.why import Asked

ROW = 22
BAR = 9
HIGH = 4.0
MIDDLE = 2.5  # under it more say no than yes


@dataclass(frozen=True)
class MarkRow:
    """A question in words, its mean and the number of marks."""

    name: str
    mean: float | None
    count: int


class MarkBars(ChartView):
    """Means on a scale from 0 to 4; those under 2.5 are bold."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self._rows: Sequence[MarkRow] = ()
        self._why = why
        self._named = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.switched().changed.connect(self.update)

    def show_rows(self, name: str, rows: Sequence[MarkRow]) -> None:
        """Draw these; `name` is what a screen reader says."""
        self._rows, self._named = rows, name
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "; ".join(f"{row.name}: {mean_text(row.mean)} ({row.count})" for row in rows)
        )
        self.setFixedHeight(max(1, len(rows)) * ROW)
        self.update()

    @property
    def asked(self) -> tuple[Asked, ...]:
        return (self._why,)

    def data_table(self) -> DataTable | None:
        if not self._rows:
            return None
        heads = (
            Heading(msg("Question")),
            Heading(msg("Mean"), "number", 1),
            Heading(msg("Answers"), "number"),
        )
        rows = tuple((row.name, row.mean, row.count) for row in self._rows)
        return DataTable(heads, rows, self._named)

    def sizeHint(self) -> QSize:
        return QSize(280, max(1, len(self._rows)) * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        ink = Ink(QPainter(self))
        size = theme.CAPTION
        names = max(text_width(row.name, size) for row in self._rows)
        counts = max(text_width(_count(row), size) for row in self._rows)
        figure = text_width("4,0", size, bold=True)
        right = self.width()
        start = min(names, self.width() * 0.5) + 10
        end = right - counts - figure - 22
        for at, row in enumerate(self._rows):
            middle = at * ROW + ROW / 2
            base = middle + size * 0.36
            low = row.mean is not None and row.mean < MIDDLE
            ink.text(0, base, row.name, size=size, width=start - 10)
            ink.rule(start, end, round(middle) + 0.5)
            if row.mean is not None:
                wide = (end - start) * row.mean / HIGH
                colour = ink.look.colour("adoption")
                ink.bar(start, middle - BAR / 2, max(2, wide), BAR, colour)
            token = "text" if low else "muted"
            said = mean_text(row.mean)
            at_x = right - counts - 12
            ink.text(at_x, base, said, size=size, bold=low, token=token, right=True, numbers=True)
            ink.text(right, base, _count(row), size=size, token="muted", right=True)


def _count(row: MarkRow) -> str:
    return tr("n = {n}", n=row.count)


def mean_text(mean: float | None) -> str:
    """`3,4`; a dash without marks."""
    return formats.number(mean, lang(), 1) if mean is not None else "–"
