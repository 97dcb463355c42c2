"""Blocks of the annex: figures with their rule, data and source, and the rows behind a chart.

Set in 8 pt; texts wrap as far as they need and are never shortened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_pilot.datatable import DataTable
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import LEADING, NOTE
from crm_pilot.reports.table import PAD
from crm_pilot.reports.typography import width, wrap
from crm_pilot.why import Why, as_of

if TYPE_CHECKING:
    from crm_pilot.reports.content import ContentCell, Part

LINE = NOTE * LEADING
HEAD = 14.0
ABOVE, BELOW = 2.0, 4.0  # of a row of texts
DATA_ROW = 12.0
SHARES = (0.16, 0.33, 0.26, 0.25)  # figure, rule, data and period, source
SHORT = 45  # characters: what is longer and said again is written "as above"

Paragraph = tuple[str, bool, str]  # text, bold, ink
Lines = list[list[Paragraph]]  # of one row, by column


class Explanations(Block):
    """One row a figure: its name, its rule, its data with their period, its source.

    The status date is not written in every row: the head of the section says it.
    """

    def __init__(self, context: Context, whys: Sequence[Why]) -> None:
        self._context = context
        self._whys = list(whys)
        self._usual = as_of(context.today)
        self._measured: dict[float, list[tuple[Lines, float]]] = {}

    def _again(self, text: str, before: str | None) -> str:
        same = text == before and len(text) > SHORT
        return self._context.tr("as above") if same else text

    def _cells(self, why: Why, before: Why | None) -> Lines:
        shown = self._context.show
        rule: list[Paragraph] = [(shown(why.rule), False, "text")]
        if why.thresholds is not None:
            rule.append((shown(why.thresholds), False, "muted"))
        data = self._again(shown(why.data), shown(before.data) if before else None)
        counted: list[Paragraph] = [(data, False, "text")]
        if why.period is not None and why.period != self._usual:
            counted.append((shown(why.period), False, "muted"))
        source = self._again(shown(why.source), shown(before.source) if before else None)
        name = shown(why.name) if why.name is not None else ""
        return [[(name, True, "text")], rule, counted, [(source, False, "muted")]]

    def _widths(self, room: float) -> list[float]:
        free = room - PAD * (len(SHARES) - 1)
        return [free * share for share in SHARES]

    def _rows(self, room: float) -> list[tuple[Lines, float]]:
        """Wrapped lines and height of every row; measured once a width."""
        known = self._measured.get(room)
        if known is not None:
            return known
        befores: list[Why | None] = [None, *self._whys]
        made = [
            self._row(why, before, room) for why, before in zip(self._whys, befores, strict=False)
        ]
        self._measured[room] = made
        return made

    def _row(self, why: Why, before: Why | None, room: float) -> tuple[Lines, float]:
        lines = [
            [
                (line, bold, ink)
                for text, bold, ink in cell
                for line in wrap(text, wide, NOTE, bold=bold)
            ]
            for cell, wide in zip(self._cells(why, before), self._widths(room), strict=True)
        ]
        return lines, ABOVE + max(map(len, lines)) * LINE + BELOW

    def height(self, room: float) -> float:
        return HEAD + sum(high for _, high in self._rows(room))

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        used, kept = HEAD, 0
        for _, row in self._rows(room):
            used += row
            if used > high:
                break
            kept += 1
        if kept == len(self._whys):
            return self, None
        if not kept:
            return None, self
        rows = self._rows(room)
        first = Explanations(self._context, self._whys[:kept])
        first._measured[room] = rows[:kept]
        rest = Explanations(self._context, self._whys[kept:])
        rest._measured[room] = [self._row(rest._whys[0], None, room), *rows[kept + 1 :]]
        return first, rest

    def _heads(self) -> tuple[str, str, str, str]:
        tr = self._context.tr
        return tr("Figure"), tr("Rule"), tr("Data and period"), tr("Source")

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ContentCell, ContentColumn, TablePart

        rows = []
        for why in self._whys:
            cells = [[text for text, _, _ in cell] for cell in self._cells(why, None)]
            texts = [" ".join(filter(None, cell)) for cell in cells]
            rows.append(tuple(ContentCell(text, text) for text in texts))
        columns = tuple(ContentColumn(head) for head in self._heads())
        return (TablePart("", "", columns, tuple(rows)),)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        widths = self._widths(room)
        at = x
        for head, wide in zip(self._heads(), widths, strict=True):
            pen.text(at, y + 9.5, head, NOTE, ink="muted")
            at += wide + PAD
        y += HEAD
        pen.rule(x, y, room, 0.75, "text")
        for cells, high in self._rows(room):
            at = x
            for lines, wide in zip(cells, widths, strict=True):
                base = y + ABOVE
                for text, bold, ink in lines:
                    base += LINE
                    pen.text(at, base - 2.4, text, NOTE, bold=bold, ink=ink)
                at += wide + PAD
            y += high
            pen.rule(x, y, room)


class DataRows(Block):
    """The rows behind a chart, as a small table."""

    def __init__(self, context: Context, table: DataTable) -> None:
        self._heads = [context.own(text) for text in table.heads(context.translator)]
        self._rows = [
            [context.own(text) for text in row] for row in table.cells(context.translator)
        ]
        self._right = [heading.right for heading in table.headings]
        self._table = table

    def _part(self, rows: list[list[str]]) -> DataRows:
        made = object.__new__(DataRows)
        made._heads, made._rows, made._right = self._heads, rows, self._right
        return made

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ContentColumn, TablePart

        columns = tuple(
            ContentColumn(head, "right" if right else "left")
            for head, right in zip(self._heads, self._right, strict=True)
        )
        rows = tuple(
            tuple(
                _typed(text, value, heading.kind)
                for text, value, heading in zip(texts, values, self._table.headings, strict=True)
            )
            for texts, values in zip(self._rows, self._table.rows, strict=True)
        )
        return (TablePart("", "", columns, rows),)

    def _widths(self, room: float) -> list[float]:
        """What the cells need; what is left over is shared, what lacks is taken from the widest
        columns of words."""
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
        left = room - gaps - sum(need for n, need in enumerate(needs) if n not in words)
        for place, n in enumerate(sorted(words, key=lambda n: needs[n])):
            needs[n] = max(min(needs[n], left / (len(words) - place)), 1.0)
            left -= needs[n]
        return needs

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


def _typed(text: str, value: object, kind: str) -> ContentCell:
    from crm_pilot.reports.content import ContentCell, Share

    if isinstance(value, (int, float)):
        return ContentCell(text, Share(value) if kind == "percent" else value)
    if isinstance(value, dt.date):
        return ContentCell(text, value)
    return ContentCell(text, None if value is None else text)
