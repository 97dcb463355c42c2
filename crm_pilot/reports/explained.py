"""Blocks of the annex: figures with their rule, data and source, and the rows behind a chart.

Set in 8 pt; texts wrap as far as they need and are never shortened.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.datatable import DataTable
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import LEADING, NOTE
from crm_pilot.reports.table import PAD
from crm_pilot.reports.typography import width, wrap
from crm_pilot.why import Why

LINE = NOTE * LEADING
HEAD = 14.0
ABOVE, BELOW = 3.0, 4.5  # of a row of texts
DATA_ROW = 12.0
SHARES = (0.17, 0.34, 0.27, 0.22)  # figure, rule, data and period, source

Paragraph = tuple[str, bool, str]  # text, bold, ink


class Explanations(Block):
    """One row a figure: its name, its rule, its data with their period, its source."""

    def __init__(self, context: Context, whys: Sequence[Why]) -> None:
        self._context = context
        self._whys = list(whys)

    def _widths(self, room: float) -> list[float]:
        free = room - PAD * (len(SHARES) - 1)
        return [free * share for share in SHARES]

    def _cells(self, why: Why) -> list[list[Paragraph]]:
        context = self._context
        rule: list[Paragraph] = [(context.show(why.rule), False, "text")]
        if why.thresholds is not None:
            rule.append((context.show(why.thresholds), False, "muted"))
        data: list[Paragraph] = [(context.show(why.data), False, "text")]
        if why.period is not None:
            data.append((context.show(why.period), False, "muted"))
        name = context.show(why.name) if why.name is not None else ""
        return [[(name, True, "text")], rule, data, [(context.show(why.source), False, "muted")]]

    def _lines(self, cell: list[Paragraph], wide: float) -> list[Paragraph]:
        return [
            (line, bold, ink)
            for text, bold, ink in cell
            for line in wrap(text, wide, NOTE, bold=bold)
        ]

    def _row(self, why: Why, room: float) -> list[list[Paragraph]]:
        return [
            self._lines(cell, wide)
            for cell, wide in zip(self._cells(why), self._widths(room), strict=True)
        ]

    def _high(self, why: Why, room: float) -> float:
        return ABOVE + max(len(lines) for lines in self._row(why, room)) * LINE + BELOW

    def height(self, room: float) -> float:
        return HEAD + sum(self._high(why, room) for why in self._whys)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        used, kept = HEAD, 0
        for why in self._whys:
            used += self._high(why, room)
            if used > high:
                break
            kept += 1
        if kept == len(self._whys):
            return self, None
        if not kept:
            return None, self
        first, rest = self._whys[:kept], self._whys[kept:]
        return Explanations(self._context, first), Explanations(self._context, rest)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        widths = self._widths(room)
        tr = self._context.tr
        at = x
        heads = (tr("Figure"), tr("Rule"), tr("Data and period"), tr("Source"))
        for head, wide in zip(heads, widths, strict=True):
            pen.text(at, y + 9.5, head, NOTE, ink="muted")
            at += wide + PAD
        y += HEAD
        pen.rule(x, y, room, 0.75, "text")
        for why in self._whys:
            at = x
            for lines, wide in zip(self._row(why, room), widths, strict=True):
                base = y + ABOVE
                for text, bold, ink in lines:
                    base += LINE
                    pen.text(at, base - 2.4, text, NOTE, bold=bold, ink=ink)
                at += wide + PAD
            y += self._high(why, room)
            pen.rule(x, y, room)


class DataRows(Block):
    """The rows behind a chart, as a small table."""

    def __init__(self, context: Context, table: DataTable) -> None:
        self._heads = [context.own(text) for text in table.heads(context.translator)]
        self._rows = [
            [context.own(text) for text in row] for row in table.cells(context.translator)
        ]
        self._right = [heading.right for heading in table.headings]

    def _part(self, rows: list[list[str]]) -> DataRows:
        made = object.__new__(DataRows)
        made._heads, made._rows, made._right = self._heads, rows, self._right
        return made

    def _widths(self, room: float) -> list[float]:
        """What the cells need; what is left over goes to the first column of words, what lacks is
        taken from the columns of words."""
        gaps = PAD * (len(self._heads) - 1)
        needs = [
            max((width(row[n], NOTE) for row in self._rows), default=0.0) + 1
            for n in range(len(self._heads))
        ]
        words = [n for n, right in enumerate(self._right) if not right]
        for n, head in enumerate(self._heads):
            longest = max((width(word, NOTE) for word in head.split(" ")), default=0.0) + 1
            needs[n] = max(needs[n], longest if self._right[n] else 0.0)
        spare = room - gaps - sum(needs)
        if spare >= 0:
            share = spare / len(needs)
            return [need + share for need in needs]
        each = spare / max(len(words), 1)
        return [need + (each if n in words else 0.0) for n, need in enumerate(needs)]

    def _head_lines(self, widths: Sequence[float]) -> list[list[str]]:
        return [wrap(head, wide, NOTE) for head, wide in zip(self._heads, widths, strict=True)]

    def _head_height(self, widths: Sequence[float]) -> float:
        return 3.0 + LINE * max(len(lines) for lines in self._head_lines(widths))

    def _row_lines(self, row: list[str], widths: Sequence[float]) -> list[list[str]]:
        return [wrap(text, wide, NOTE) for text, wide in zip(row, widths, strict=True)]

    def _high(self, row: list[str], widths: Sequence[float]) -> float:
        most = max(len(lines) for lines in self._row_lines(row, widths))
        return DATA_ROW + (most - 1) * LINE

    def height(self, room: float) -> float:
        widths = self._widths(room)
        return self._head_height(widths) + sum(self._high(row, widths) for row in self._rows)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        widths = self._widths(room)
        used, kept = self._head_height(widths), 0
        for row in self._rows:
            used += self._high(row, widths)
            if used > high:
                break
            kept += 1
        if kept == len(self._rows):
            return self, None
        if kept < 3:
            return None, self
        return self._part(self._rows[:kept]), self._part(self._rows[kept:])

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        widths = self._widths(room)
        head = self._head_height(widths)
        self._draw_line(pen, x, y, widths, self._head_lines(widths), ink="muted", low=head)
        y += head
        pen.rule(x, y, room, 0.75, "text")
        for row in self._rows:
            self._draw_line(pen, x, y, widths, self._row_lines(row, widths))
            y += self._high(row, widths)
            pen.rule(x, y, room)

    def _draw_line(
        self,
        pen: Pen,
        x: float,
        y: float,
        widths: Sequence[float],
        cells: list[list[str]],
        *,
        ink: str = "text",
        low: float = 0.0,
    ) -> None:
        """One row; with `low` its texts stand at the foot of that height, as headings do."""
        for lines, wide, right in zip(cells, widths, self._right, strict=True):
            base = y + 8.8
            if low:
                base = y + low - 3.6 - (len(lines) - 1) * LINE
            for text in lines:
                at, align = (x + wide, "right") if right else (x, "left")
                pen.text(at, base, text, NOTE, ink=ink, align=align, tabular=right and not low)
                base += LINE
            x += wide + PAD
