"""Trained and untrained users side by side, 30, 60 and 90 days after a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import msg, tr
from ui import theme
from ui.charts.ink import Ink, text_width
from ui.charts.view import ChartView
from ui.language import formats, lang

LEFT, RIGHT, TOP, FOOT = 42, 118, 14, 22
DOT = 3.5
LEAST = 13  # pixels between two labels at the right


@dataclass(frozen=True)
class Pair:
    """A point: days after the session, and the values of both sides; None: not enough users."""

    days: int
    trained: float | None
    untrained: float | None
    trained_users: int
    untrained_users: int


class TransferChart(ChartView):
    """Two lines over three points; the trained are solid, the untrained dashed and hollow."""

    def __init__(self, *, percent: bool, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.percent, self.high = percent, high
        self.pairs: tuple[Pair, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.switched().changed.connect(self.update)

    def show_pairs(self, pairs: Sequence[Pair], name: str) -> None:
        """Draw these from now on."""
        self.pairs = tuple(pairs)
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(self._words(pair) for pair in self.pairs))
        self.update()

    def data_table(self) -> DataTable | None:
        """Both sides by point."""
        kind = Heading(msg("Trained"), "percent") if self.percent else Heading(
            msg("Trained"), "number", 1)  # fmt: skip
        other = Heading(msg("Not trained"), kind.kind, kind.decimals)
        heads = (Heading(msg("Days after"), "number"), kind, other,
                 Heading(msg("Trained users"), "number"),
                 Heading(msg("Untrained users"), "number"))  # fmt: skip
        rows = tuple(
            (p.days, p.trained, p.untrained, p.trained_users, p.untrained_users) for p in self.pairs
        )
        return DataTable(heads, rows, self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(360, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 110)

    def written(self, value: float | None) -> str:
        """A value as it is read."""
        if value is None:
            return "–"
        if self.percent:
            return formats.percent(value, lang())
        return formats.number(value, lang(), 1)

    def _words(self, pair: Pair) -> str:
        return tr(
            "{days} days after: trained {trained}, not trained {untrained}",
            days=pair.days,
            trained=self.written(pair.trained),
            untrained=self.written(pair.untrained),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.pairs:
            return
        ink = Ink(QPainter(self))
        wide, high = self.width() - LEFT - RIGHT, self.height() - TOP - FOOT
        places = {
            pair.days: LEFT + wide * (place + 0.5) / len(self.pairs)
            for place, pair in enumerate(self.pairs)
        }
        self._axes(ink, places, high)

        def point(days: int, value: float) -> QPointF:
            return QPointF(places[days], TOP + high * (1 - min(value / self.high, 1.0)))

        ends: list[tuple[float, str, bool]] = []
        for strong in (False, True):
            found = [
                (pair.days, value)
                for pair in self.pairs
                if (value := pair.trained if strong else pair.untrained) is not None
            ]
            marks = [point(days, value) for days, value in found]
            self._line(ink, marks, strong=strong)
            if marks:
                name = tr("Trained") if strong else tr("Not trained")
                ends.append((marks[-1].y(), f"{name} {self.written(found[-1][1])}", strong))
        self._labels(ink, ends)

    def _axes(self, ink: Ink, places: dict[int, float], high: float) -> None:
        end = self.width() - RIGHT
        for share in (0.0, 0.5, 1.0):
            y = round(TOP + high * (1 - share)) + 0.5
            ink.rule(LEFT, end, y)
            value = self.high * share
            text = formats.percent(value, lang()) if self.percent else formats.number(value, lang())
            if not self.percent and value != int(value):
                continue
            ink.text(LEFT - 6, y + 4, text, size=theme.CAPTION, token="muted", right=True,
                     numbers=True)  # fmt: skip
        for days, x in places.items():
            text = tr("D+{n}", n=days)
            wide = text_width(text, theme.CAPTION)
            ink.text(x - wide / 2, TOP + high + 17, text, size=theme.CAPTION, token="muted")

    def _line(self, ink: Ink, marks: list[QPointF], *, strong: bool) -> None:
        colour = ink.look.colour("adoption" if strong else "muted")
        pen = QPen(colour, 2.0 if strong else 1.5)
        if not strong:
            pen.setStyle(Qt.PenStyle.DashLine)
        ink.painter.setPen(pen)
        for one, two in pairwise(marks):
            ink.painter.drawLine(one, two)
        ink.painter.setPen(QPen(colour, 1.5))
        ink.painter.setBrush(colour if strong else ink.look.colour("surface"))
        for mark in marks:
            ink.painter.drawEllipse(mark, DOT, DOT)

    def _labels(self, ink: Ink, ends: list[tuple[float, str, bool]]) -> None:
        """Names and last values at the right, apart from each other."""
        ends.sort()
        below: float = -LEAST
        for y, text, strong in ends:
            below = max(y, below + LEAST)
            ink.text(self.width() - RIGHT + 8, below + 4, text, size=theme.CAPTION, bold=strong,
                     token="text" if strong else "muted", width=RIGHT - 10)  # fmt: skip
