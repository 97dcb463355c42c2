"""The milestone table: baseline, previous committee, forecast, a small axis, and the slip."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot import formats
from crm_pilot.governance.rows import CommitteeFigures
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context
from crm_pilot.reports.gantt import Days, milestone_axis, milestone_marks, milestone_today
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BODY, NOTE
from crm_pilot.reports.table import HEAD_ROW, PAD, Cell, Column, Table, TableRow
from crm_pilot.reports.typography import width

AXIS = 96.0


class MilestoneTable(Block):
    """Rows by date; a forecast that moved since the last committee is bold, the next go-live is
    the one raised row."""

    def __init__(
        self,
        context: Context,
        rows: Sequence[MilestoneRow],
        figures: CommitteeFigures,
        go_lives: frozenset[int],
    ) -> None:
        self._context = context
        self._rows = list(rows)
        self._axis = milestone_axis(self._rows, context.today)
        self._previous = figures.last is not None
        pending = [row for row in rows if row.id in go_lives and not row.done]
        self._next = min(pending, key=lambda row: row.forecast, default=None)
        self._table = Table(self._columns(figures), [self._row(row) for row in rows])

    def _columns(self, figures: CommitteeFigures) -> list[Column]:
        context = self._context
        columns = [
            Column(context.tr("Milestone"), share=1),
            Column(context.tr("Baseline"), 67, align="right"),
        ]
        if figures.last is not None:
            head = context.tr("Committee {number}", number=figures.last.number)
            columns.append(Column(head, 67, align="right"))
        now = context.tr("Forecast")
        if figures.next is not None and figures.last is not None:
            now = context.tr("Committee {number}", number=figures.next.number)
        columns += [
            Column(now, 76, align="right", strong=True),
            Column("", AXIS),
            Column(context.tr("Gap"), 34, align="right"),
        ]
        return columns

    def _row(self, row: MilestoneRow) -> TableRow:
        context, raised = self._context, row is self._next
        cells: list[Cell | str] = [Cell(context.own(row.title), bold=raised)]
        past = {"ink": "muted", "tabular": False}
        cells.append(Cell(context.day(row.baseline, year=True), **past))  # type: ignore[arg-type]
        if self._previous:
            cells.append(
                Cell(context.day(row.previous, year=True), **past)  # type: ignore[arg-type]
            )
        moved = bool(row.moved_days) and not row.done
        forecast = context.day(row.forecast, year=True)

        def tick(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
            if row.done:
                pen.tick(x + wide - width(forecast, BODY, moved) - 10, y + 12.6, 6.5)

        def marks(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
            milestone_marks(pen, x, y, wide, high, row, self._axis)

        slip = context.slip(row.slip_days)
        cells.append(Cell(forecast, bold=moved, paint=tick))
        cells.append(Cell(paint=marks))
        cells.append(Cell(slip, bold=bool(row.slip_days), ink="text" if row.slip_days else "muted"))
        return TableRow(cells, raised=raised)

    def height(self, room: float) -> float:
        return self._table.height(room)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        return (self, None) if self.height(room) <= high else (None, self)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        self._table.draw(pen, x, y, room)
        widths = self._table.widths(room)
        left = x + sum(widths[:-2]) + PAD * (len(widths) - 2)
        foot = y + self.height(room)
        at = milestone_today(pen, left, y + HEAD_ROW, AXIS, foot, self._axis, self._context.today)
        self._draw_ends(pen, left, y + 9.5, at)

    def _draw_ends(self, pen: Pen, left: float, y: float, at: float) -> None:
        """Today over its line; the months at both ends where there is room."""
        context = self._context
        today = context.day(context.today)
        half = width(today, NOTE, True) / 2
        middle = min(max(at, left + half), left + AXIS - half)
        pen.text(middle, y, today, NOTE, bold=True, ink="accent", align="middle")
        days: Days = self._axis
        first = formats.month(days.first, context.language)
        last = formats.month(days.last, context.language)
        if middle - half - width(first, NOTE) - 4 > left:
            pen.text(left, y, first, NOTE, ink="muted")
        if middle + half + width(last, NOTE) + 4 < left + AXIS:
            pen.text(left + AXIS, y, last, NOTE, ink="muted", align="right")
