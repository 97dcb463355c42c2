"""A table as a block of slides: it may go on to a next one."""

from __future__ import annotations

from collections.abc import Callable

from crm_pilot.records import dataclass
from crm_pilot.reports.content import TablePart
from crm_pilot.reports.slides_blocks import Block
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_table import (
    GROUP_ROW,
    PAD,
    Measured,
    columns_of,
    cuts,
    draw_table,
    group_at,
    measured,
    natural,
)

_COLUMN = 215.0  # of a column of words beside another block


@dataclass
class TableBlock(Block):
    """A table, or the rows of it that stand on one slide; `again` heads what goes on."""

    part: TablePart
    again: Callable[[str], str]
    rows: tuple[int, int] = (0, -1)

    def __post_init__(self) -> None:
        if self.rows[1] < 0:
            self.part = columns_of(self.part)
            self.rows = (0, len(self.part.rows))
        self.title = self.again(self.part.title) if self.rows[0] else self.part.title
        self.tail = self.part.tail
        self._known: dict[float, Measured] = {}

    @property
    def least(self) -> float:
        """Width beside another block: words may take two lines, figures one."""
        widths = natural(self.part)
        return sum(min(width, _COLUMN) for width in widths) + PAD * (len(widths) - 1) + 2

    def sizes(self, room: float) -> Measured:
        """Widths and heights of the whole table."""
        if room not in self._known:
            self._known[room] = measured(self.part, room)
        return self._known[room]

    def height(self, room: float) -> float:
        first, last = self.rows
        again = GROUP_ROW if group_at(self.part, first) is not None else 0.0
        sizes = self.sizes(room)
        return self.headed(room) + sizes.head + again + sum(sizes.heights[first:last])

    def split(self, room: float, high: float, later: float) -> list[Block]:
        head = self.headed(room)
        places = cuts(self.part, self.sizes(room), high - head, later - head)
        return [TableBlock(self.part, self.again, rows) for rows in places]

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        body = self.head(board, x, y, room)
        told = f"{self.title}, {self.tail}" if self.tail else self.title
        draw_table(board, self.part, self.sizes(room), self.rows, x, body, told)
