"""Tables on paper: rules instead of boxes, right-aligned tabular figures, rows that never overflow.

A text that is too long wraps to the lines its column allows and is then shortened with “…”.
A table that does not fit is split between rows; its head is repeated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Wording
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BODY, LEADING, NOTE, ROW
from crm_pilot.reports.typography import wrap

if TYPE_CHECKING:
    from crm_pilot.reports.content import ContentCell, Part

HEAD_ROW = 14.0
PAD = 7.0  # between columns


@dataclass(frozen=True)
class Column:
    """A column: `wide` in points, or `share` of what the fixed columns leave."""

    head: str
    wide: float = 0.0
    share: float = 0.0
    align: str = "left"
    lines: int = 1
    strong: bool = False  # bold head: the column that counts
    size: float = BODY


Painter = Callable[[Pen, float, float, float, float], None]  # pen, x, y (top), width, height


@dataclass(frozen=True)
class Cell:
    """A cell: text, an optional grey second line, or a drawing.

    `value` is what the text stands for (a date, a number, cents where `unit` is `money`, a part of
    1 where it is `share`); without one the text stands for itself. `told` says in words what is
    only drawn.
    """

    text: str = ""
    bold: bool = False
    ink: str = "text"
    tabular: bool = False
    second: str = ""
    second_lines: int = 1
    paint: Painter | None = None
    indent: float = 0.0
    value: dt.date | int | float | str | None = None
    unit: str = ""
    told: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; at most one of a table is raised."""

    cells: Sequence[Cell | str]
    raised: bool = False
    strong_rule: bool = False  # a 0.75 pt rule above: totals
    group: str = ""  # a row that only names the group of the rows after it


class Table(Block):
    """A table of `columns` and `rows`, splittable between rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[TableRow],
        *,
        ground: str = "surface",
        last_rule: bool = True,
    ) -> None:
        self.columns = list(columns)
        self.rows = list(rows)
        self.ground = ground
        self.last_rule = last_rule

    # measures ----------------------------------------------------------------------------------

    def widths(self, room: float) -> list[float]:
        """Widths of the columns in points."""
        gaps = PAD * (len(self.columns) - 1)
        free = room - gaps - sum(column.wide for column in self.columns)
        shares = sum(column.share for column in self.columns) or 1.0
        return [column.wide or max(free * column.share / shares, 12.0) for column in self.columns]

    def _cells(self, row: TableRow) -> list[Cell]:
        return [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]

    def _lines(self, cell: Cell, column: Column, wide: float) -> list[str]:
        if not cell.text:
            return []
        return wrap(cell.text, wide - cell.indent, column.size, bold=cell.bold, most=column.lines)

    def _second(self, cell: Cell, wide: float) -> list[str]:
        if not cell.second:
            return []
        return wrap(cell.second, wide - cell.indent, NOTE, most=cell.second_lines)

    def row_height(self, row: TableRow, widths: Sequence[float]) -> float:
        """Height of one row."""
        if row.group:
            return ROW - 1
        most = 1
        for cell, column, wide in zip(self._cells(row), self.columns, widths, strict=True):
            lines = len(self._lines(cell, column, wide)) + len(self._second(cell, wide))
            most = max(most, lines)
        return ROW + (most - 1) * (BODY * LEADING - 0.5)

    def height(self, room: float) -> float:
        widths = self.widths(room)
        return HEAD_ROW + sum(self.row_height(row, widths) for row in self.rows)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        widths = self.widths(room)
        used, kept = HEAD_ROW, 0
        for row in self.rows:
            used += self.row_height(row, widths)
            if used > high:
                break
            kept += 1
        if kept == len(self.rows):
            return self, None
        while kept and self.rows[kept - 1].group:
            kept -= 1  # no group name alone at the foot of a page
        if kept < 2:
            return None, self
        return self._with(self.rows[:kept]), self._with(self.rows[kept:])

    def _with(self, rows: Sequence[TableRow]) -> Table:
        return Table(self.columns, rows, ground=self.ground, last_rule=self.last_rule)

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ContentCell, ContentColumn, TablePart

        rows = [
            [ContentCell(row.group, row.group, bold=True), *[ContentCell("")] * self._after]
            if row.group
            else [_content(cell) for cell in self._cells(row)]
            for row in self.rows
        ]
        kept = [
            number
            for number, column in enumerate(self.columns)
            if column.head or any(row[number].text for row in rows)
        ]
        columns = tuple(
            ContentColumn(self.columns[number].head, self.columns[number].align) for number in kept
        )
        return (TablePart("", "", columns, tuple(tuple(row[n] for n in kept) for row in rows)),)

    @property
    def _after(self) -> int:
        return len(self.columns) - 1

    # drawing -----------------------------------------------------------------------------------

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        widths = self.widths(room)
        self._draw_head(pen, x, y, widths)
        y += HEAD_ROW
        pen.rule(x, y, room, 0.75, "text")
        for number, row in enumerate(self.rows):
            high = self.row_height(row, widths)
            self._draw_row(pen, x, y, room, row, widths, high)
            y += high
            last = number + 1 == len(self.rows)
            if not last or self.last_rule:
                heavy = not last and self.rows[number + 1].strong_rule
                pen.rule(x, y, room, 0.75 if heavy else 0.5, "text" if heavy else "line")

    def _draw_head(self, pen: Pen, x: float, y: float, widths: Sequence[float]) -> None:
        for column, wide in zip(self.columns, widths, strict=True):
            at = x + wide if column.align == "right" else x
            pen.text(
                at,
                y + 9.5,
                column.head,
                NOTE,
                bold=column.strong,
                ink="text" if column.strong else "muted",
                align=column.align,
                room=wide + PAD - 2,
            )
            x += wide + PAD

    def _draw_row(
        self,
        pen: Pen,
        x: float,
        y: float,
        room: float,
        row: TableRow,
        widths: Sequence[float],
        high: float,
    ) -> None:
        if row.group:
            pen.text(x, y + 12.2, row.group, NOTE, bold=True, ink="muted", room=room)
            return
        if row.raised:
            pen.box(x - 3, y + 0.5, room + 6, high - 0.8, fill="raised")
        for cell, column, wide in zip(self._cells(row), self.columns, widths, strict=True):
            if cell.paint:
                cell.paint(pen, x, y, wide, high)
            self._draw_cell(pen, x, y, cell, column, wide)
            x += wide + PAD

    def _draw_cell(
        self, pen: Pen, x: float, y: float, cell: Cell, column: Column, wide: float
    ) -> None:
        at = x + wide if column.align == "right" else x + cell.indent
        baseline = y + 12.4
        for line in self._lines(cell, column, wide):
            pen.text(
                at,
                baseline,
                line,
                column.size,
                bold=cell.bold,
                ink=cell.ink,
                align=column.align,
                tabular=cell.tabular,
                room=wide,
            )
            baseline += BODY * LEADING - 0.5
        for line in self._second(cell, wide):
            pen.text(at, baseline, line, NOTE, ink="muted", align=column.align, room=wide)
            baseline += BODY * LEADING - 0.5


def _content(cell: Cell) -> ContentCell:
    from crm_pilot.reports.content import UNKNOWN, ContentCell, Money, Share, Value

    text = cell.text or cell.told
    value: Value = cell.value
    if value is None:
        value = None if text in ("", UNKNOWN) else text
    elif isinstance(value, (int, float)) and cell.unit:
        value = Money(round(value)) if cell.unit == MONEY else Share(value)
    return ContentCell(text, value, cell.bold, cell.second)


# cells -------------------------------------------------------------------------------------------

MONEY, SHARE = "money", "share"  # units of a value


def number(
    text: str,
    *,
    bold: bool = False,
    ink: str = "text",
    value: float | str | None = None,
    unit: str = "",
) -> Cell:
    """A right-aligned figure in tabular digits; `value` is the figure itself."""
    return Cell(text, bold=bold, ink=ink, tabular=True, value=value, unit=unit)


def count(words: Wording, value: float | None, decimals: int = 0, **style: Any) -> Cell:
    """A number; unknown is an en dash."""
    return number(words.number(value, decimals), value=value, **style)


def share(words: Wording, value: float | None, decimals: int = 0, **style: Any) -> Cell:
    """A share of 1 as a percentage; unknown is an en dash."""
    return number(words.percent(value, decimals), value=value, unit=SHARE, **style)


def money(words: Wording, cents: int, *, sign: bool = False, **style: Any) -> Cell:
    """Cents in whole thousands of a euro."""
    return number(words.thousands(cents, sign=sign), value=cents, unit=MONEY, **style)


def day(words: Wording, date: dt.date | None, *, year: bool = True, **style: Any) -> Cell:
    """A date, with its year unless said; unknown is an en dash."""
    return Cell(words.day(date, year=year), value=date, **style)


def muted(cell: Cell) -> Cell:
    """The same cell in grey: the past."""
    return replace(cell, ink="muted")
