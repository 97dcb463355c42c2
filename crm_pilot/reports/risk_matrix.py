"""The risk matrix on paper, as on screen: probability upwards, impact to the right, 1 to 4 each,
with the codes of open risks.

High cells (score 9 and more) are tinted, framed by a heavy line and their codes bold: the matrix
is read in grey as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_pilot.governance.risks import LEVELS, RiskMatrix, band
from crm_pilot.governance.rows import HIGH_RISK
from crm_pilot.governance.terms import Trend
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import width

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

CELL = 33.0  # least height of a cell
MOST_GROWTH = 60.0
AXIS = 66.0  # left of the cells: names of the levels of probability
FOOT = 24.0
TINTS = {"alert": "alert 20%", "watch": "watch 16%", "good": "good 9%"}
ARROWS = {Trend.WORSE: "↘", Trend.BETTER: "↗"}  # as the weather's
GAP = 5.0  # between two codes
LINE = 10.5


class RiskGrid(Block):
    """The matrix; `turns` gives the trend of codes that moved."""

    grow = MOST_GROWTH

    def __init__(self, context: Context, found: RiskMatrix, turns: Mapping[str, Trend]) -> None:
        self._context, self._found, self._turns = context, found, turns

    def height(self, room: float) -> float:
        return CELL * len(LEVELS) + FOOT

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        high = (CELL * len(LEVELS) + spare) / len(LEVELS)
        wide = (room - AXIS) / len(LEVELS)
        left = x + AXIS
        for probability in LEVELS:
            top = y + (LEVELS[-1] - probability) * high
            self._level(pen, x, top + high / 2, "probability", probability)
            for impact in LEVELS:
                at = left + (impact - 1) * wide
                self._cell(pen, at, top, wide, high, probability, impact)
        self._frame(pen, left, y, wide, high)
        foot = y + high * len(LEVELS)
        for impact in LEVELS:
            middle = left + (impact - 0.5) * wide
            text = self._words("impact", impact)
            pen.text(middle, foot + 10.5, text, NOTE, ink="muted", align="middle", room=wide - 4)
        name = self._context.tr("impact")
        pen.text(left + 2 * wide, foot + 21, name, NOTE, bold=True, align="middle")
        pen.text(x, y + 8.5, self._context.tr("probability"), NOTE, bold=True)

    def _words(self, axis: str, level: int) -> str:
        """`4 nearly certain`, `1 unlikely`; in between the figure alone."""
        tr = self._context.tr
        ends = {
            ("probability", 1): tr("unlikely"),
            ("probability", 4): tr("nearly certain"),
            ("impact", 1): tr("minor"),
            ("impact", 4): tr("stops all"),
        }
        word = ends.get((axis, level), "")
        return f"{level} {word}" if word else str(level)

    def _level(self, pen: Pen, x: float, middle: float, axis: str, level: int) -> None:
        pen.text(x + AXIS - 6, middle + 2.9, self._words(axis, level), NOTE, ink="muted",
                 align="right", room=AXIS - 8)  # fmt: skip

    def _cell(
        self, pen: Pen, x: float, y: float, wide: float, high: float, probability: int, impact: int
    ) -> None:
        score = probability * impact
        pen.box(x, y, wide, high, fill=_tint(score), ink="surface", weight=1.2)
        pen.text(x + wide - 4, y + 9.5, str(score), NOTE, ink="muted", align="right", tabular=True)
        codes = [self._told(code) for code in self._found.at(probability, impact)]
        self._codes(pen, x + 5, y, wide - 10, high, codes, bold=score >= HIGH_RISK)

    def _told(self, code: str) -> str:
        turn = self._turns.get(code)
        own = self._context.own(code)
        return f"{own} {ARROWS[turn]}" if turn in ARROWS else own

    def _codes(
        self,
        pen: Pen,
        x: float,
        y: float,
        room: float,
        high: float,
        codes: list[str],
        *,
        bold: bool,
    ) -> None:
        """Codes beside each other, on as many lines as the cell has; the rest are counted."""
        lines: list[list[str]] = [[]]
        first = room - 12  # beside the score
        used, most = 0.0, max(1, int((high - 4) // LINE))
        left = len(codes)
        for code in codes:
            wide = width(code, NOTE, bold)
            limit = first if len(lines) == 1 else room
            if lines[-1] and used + GAP + wide > limit:
                if len(lines) == most:
                    break
                lines.append([])
                used = 0.0
            used += wide + (GAP if lines[-1] else 0.0)
            lines[-1].append(code)
            left -= 1
        if left:
            lines[-1][-1] = f"+{left + 1}"
        base = y + (high - len(lines) * LINE) / 2 + 8
        for number, line in enumerate(lines):
            at = x
            for code in line:
                at += pen.text(at, base + number * LINE, code, NOTE, bold=bold) + GAP

    def _frame(self, pen: Pen, left: float, y: float, wide: float, high: float) -> None:
        """A heavy staircase round the cells of a high score."""
        points = []
        for probability in reversed(LEVELS):
            first = next((i for i in LEVELS if i * probability >= HIGH_RISK), LEVELS[-1] + 1)
            at = left + (first - 1) * wide
            top = y + (LEVELS[-1] - probability) * high
            points += [(at, top), (at, top + high)]
            if first > LEVELS[-1]:
                points = points[:-1]
                break
        pen.polyline(points, ink="text", weight=1.2)

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ContentCell, ContentColumn, TablePart

        tr = self._context.tr
        head = [ContentColumn(tr("probability ↓, impact →"))]
        head += [ContentColumn(self._words("impact", i), "middle") for i in LEVELS]
        rows = []
        for probability in reversed(LEVELS):
            cells = [ContentCell(self._words("probability", probability), bold=True)]
            for impact in LEVELS:
                text = " ".join(self._told(code) for code in self._found.at(probability, impact))
                score = probability * impact
                bold, tint = score >= HIGH_RISK, _tint(score)
                cells.append(ContentCell(text, text or None, bold=bold, tint=tint))
            rows.append(tuple(cells))
        return (TablePart("", "", tuple(head), tuple(rows)),)


def _tint(score: int) -> str:
    """The ground of a cell."""
    return TINTS[band(score)]
