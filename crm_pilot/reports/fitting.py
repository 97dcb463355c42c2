"""Columns of figures as wide as their figures: a text may be shortened, a number never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_pilot.reports.styles import BODY
from crm_pilot.reports.table import Cell, Column, TableRow
from crm_pilot.reports.typography import width


def fitted(columns: Sequence[Column], rows: Sequence[TableRow]) -> list[Column]:
    """The same columns; those of figures, which stand at the right, widened where needed."""
    made = []
    for place, column in enumerate(columns):
        if column.align != "right":
            made.append(column)
            continue
        cells = [row.cells[place] for row in rows if not row.group]
        needed = max((_wide(cell) for cell in cells if isinstance(cell, Cell)), default=0.0)
        made.append(replace(column, wide=max(column.wide, needed + 0.5)))
    return made


def _wide(cell: Cell) -> float:
    return width(cell.text, BODY, cell.bold, cell.tabular)
