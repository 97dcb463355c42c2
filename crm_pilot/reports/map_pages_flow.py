"""Blocks of rows that flow from column to column of the printed map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import SECTION
from crm_pilot.reports.typography import width

COLUMN = 246.0  # width of a column
ACROSS = 3  # columns of a page without a plane
TITLE_HIGH, AFTER = 17.0, 11.0  # a title with its rule; room after a block
LEAST_LEFT = 3  # rows of a block that is shortened
STEP = 10.0  # in which columns are made higher until everything stands in them
Draw = Callable[[Sheet, float, float], None]


@dataclass(frozen=True)
class Row:
    """A row of a block: its height, and how it is drawn from a left edge and a top."""

    high: float
    draw: Draw


@dataclass(frozen=True)
class Block:
    """A titled list; `note` stands quietly at the right of its title. It is split between rows,
    never with fewer than `least` rows before the break. `more` makes the row that stands for rows
    left out, where some may be; `tail` always stays."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""
    least: int = 2
    more: Callable[[int], Row] | None = None
    tail: tuple[Row, ...] = ()
    continued: bool = False

    @property
    def every(self) -> tuple[Row, ...]:
        """All rows."""
        return self.rows + self.tail

    @property
    def high(self) -> float:
        """Height with its title and the room after it."""
        return TITLE_HIGH + sum(row.high for row in self.every) + AFTER


@dataclass(frozen=True)
class Part:
    """A block, or a part of it, at its place in a column."""

    block: Block
    rows: tuple[Row, ...]
    y: float


def fill(
    blocks: Sequence[Block], top: float, bottom: float, *, force: bool = True
) -> tuple[list[Part], list[Block]]:
    """A column of blocks, and what it has no room for. `force`: at least one row is taken."""
    parts: list[Part] = []
    y = top
    for place, block in enumerate(blocks):
        rows = block.every
        count = _fitting(rows, bottom - y - TITLE_HIGH)
        if count < len(rows) and count < block.least:
            count = 0
        if count == 0 and not parts and force:
            count = 1  # higher than a column: drawn as it is
        if count:
            parts.append(Part(block, rows[:count], y))
            y += TITLE_HIGH + sum(row.high for row in rows[:count]) + AFTER
        if count < len(rows):
            rest = replace(
                block, rows=rows[count:], tail=(), continued=block.continued or count > 0
            )
            return parts, [rest, *blocks[place + 1 :]]
    return parts, []


def _fitting(rows: Sequence[Row], room: float) -> int:
    used = 0.0
    for count, row in enumerate(rows):
        used += row.high
        if used > room + 0.01:
            return count
    return len(rows)


@dataclass(frozen=True)
class Band:
    """Columns side by side, and where they end."""

    columns: tuple[tuple[Part, ...], ...]
    end: float


def bands(blocks: Sequence[Block], top: float, bottom: float) -> list[Band]:
    """Blocks on pages of columns, those of the last page about equally high."""
    found = []
    rest = list(blocks)
    while rest:
        high = min(max(sum(b.high for b in rest) / ACROSS, 2 * STEP), bottom - top)
        while True:
            band, left = _band(rest, top, min(top + high, bottom))
            if not left or top + high >= bottom:
                break
            high += STEP
        found.append(band)
        rest = left
    return found


def _band(blocks: Sequence[Block], top: float, bottom: float) -> tuple[Band, list[Block]]:
    columns: list[tuple[Part, ...]] = []
    rest = list(blocks)
    while rest and len(columns) < ACROSS:
        parts, rest = fill(rest, top, bottom)
        columns.append(tuple(parts))
    ends = [part.y + TITLE_HIGH + sum(row.high for row in part.rows) for c in columns for part in c]
    return Band(tuple(columns), max(ends)), rest


def shortened(blocks: Sequence[Block], room: float) -> list[Block]:
    """Blocks with as many rows left out of the longest ones as it takes, where that is enough."""
    kept = [0] * len(blocks)  # rows left out
    while sum(_cut(b, n).high for b, n in zip(blocks, kept, strict=True)) - AFTER > room:
        lengths = {
            place: len(block.rows) - kept[place]
            for place, block in enumerate(blocks)
            if block.more is not None and len(block.rows) - kept[place] > LEAST_LEFT
        }
        if not lengths:
            return list(blocks)
        kept[max(lengths, key=lambda place: lengths[place])] += 1
    return [_cut(block, n) for block, n in zip(blocks, kept, strict=True)]


def _cut(block: Block, out: int) -> Block:
    if not out or block.more is None:
        return block
    return replace(block, rows=(*block.rows[:-out], block.more(out)))


def draw_part(sheet: Sheet, part: Part, x: float, words: Wording) -> None:
    """A part of a block from its left edge on."""
    y = part.y
    title = part.block.title
    if part.block.continued:
        title = words.tr("{title} (continued)", title=title)
    right = 0.0
    if part.block.note and not part.block.continued:
        room = COLUMN - width(title, SECTION, True) - 10
        right = sheet.text(
            x + COLUMN, y + 9, part.block.note, 7, ink="muted", align="right", room=room
        )
    sheet.text(x, y + 9, title, SECTION, bold=True, room=COLUMN - right - 8)
    sheet.line((x, y + 13), (x + COLUMN, y + 13), ink="line", weight=0.6)
    y += TITLE_HIGH
    for row in part.rows:
        row.draw(sheet, x, y)
        y += row.high
