"""Goes through an export of any size once and hands over its rows, block by block.

Rows are taken in blocks of whole lines. A block in which every cell is quoted, or none is, and
every line has as many cells as the header is cut at its delimiters (three times as fast as
`csv.reader`); any other block goes through `csv.reader`. Of each row only the columns that are
wanted are looked at. Notes that a report puts under its rows are left out and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, Protocol, cast

from crm_pilot.exchange.bundles import Openable
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.log_blocks import Blocks, Layout
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import open_bytes
from crm_pilot.exchange.shape import FOOTER, wrong_width
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass

ROWS = 50_000  # taken from csv.reader at a time
Wanted = tuple[str, ...]  # the cells of a row that are wanted
LineOf = Callable[[int], int]


class Taker(Protocol):
    """Takes the rows of a file."""

    columns: tuple[int, ...]  # the cells it wants, two at least

    def take(self, rows: list[Wanted], line_of: LineOf) -> None:
        """Take some rows; `line_of(n)` is the line on which the n-th begins."""


@dataclass
class _Held:
    """A row that may be a note under the table: only what follows tells."""

    line: int
    width: int


class Scanner:
    """One pass over one file."""

    def __init__(self, layout: Layout, taker: Taker, problems: Problems) -> None:
        self._layout = layout
        self._taker = taker
        self._problems = problems
        self._held: list[_Held] = []
        self.footers = 0

    def run(self, source: Openable, watch: Watch) -> int:
        """Read the whole file; how many notes stood under the rows."""
        with open_bytes(source) as handle:
            blocks = Blocks(handle, source, self._layout, watch, self._problems)
            for start, lines, separator in blocks:
                if separator:
                    self._take_regular(start, lines, separator)
                else:
                    self._take_any(blocks, start, lines)
        self.footers += len(self._held)
        return self.footers

    def _take_regular(self, start: int, lines: list[str], separator: str) -> None:
        self._release()
        last = max(self._taker.columns) + 1
        pick = picker(self._taker.columns)
        rows = [pick(line.split(separator, last)) for line in lines]
        self._taker.take(rows, lambda number: start + number)

    def _take_any(self, blocks: Blocks, start: int, lines: list[str]) -> None:
        feed = _Feed(blocks, lines)
        csv.field_size_limit(1 << 22)
        reader = csv.reader(feed, delimiter=self._layout.delimiter)
        pick, width = picker(self._taker.columns), len(self._layout.headers)
        while not feed.used_up():
            rows: list[Wanted] = []
            places: list[int] = []
            for _ in repeat(None, ROWS):
                line = start + feed.taken
                try:
                    cells = next(reader, None)
                except csv.Error:
                    self._problems.error(
                        line, "", "", msg("a quotation mark is opened and never closed")
                    )
                    break
                if cells is None:
                    break
                if len(cells) == width:
                    if self._held:
                        self._release()
                    rows.append(pick(cells))
                    places.append(line)
                elif any(cell.strip() for cell in cells):
                    self._ragged(line, cells)
                if feed.used_up():
                    break
            self._taker.take(rows, places.__getitem__)

    def _ragged(self, line: int, cells: list[str]) -> None:
        """A row of another width: a note when a report writes such ones, perhaps one when it is
        a single cell, otherwise a mistake."""
        if is_note(cells):
            self.footers += 1
        elif len(cells) == 1 and len(self._layout.headers) > 2 and "\n" not in cells[0]:
            self._held.append(_Held(line, 1))
        else:
            self._release()
            self._problems.error(line, "", "", wrong_width(len(cells), len(self._layout.headers)))

    def _release(self) -> None:
        """Rows follow: what was held was no note."""
        for held in self._held:
            message = wrong_width(held.width, len(self._layout.headers))
            self._problems.error(held.line, "", "", message)
        self._held.clear()


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row begins like the totals and notes of a report (DOMAIN.md 2.2)."""
    first = next((cell for cell in cells if cell.strip()), "")
    return bool(FOOTER.match(normal(first)))


def picker(columns: tuple[int, ...]) -> Callable[[Sequence[str]], Wanted]:
    """Picks the wanted cells of a row."""
    return cast("Callable[[Sequence[str]], Wanted]", itemgetter(*columns))


class _Feed(Iterator[str]):
    """Lines of one irregular block for `csv.reader`; goes on into the next blocks only while a
    quoted cell is open at the end of this one."""

    def __init__(self, blocks: Blocks, lines: list[str]) -> None:
        self._blocks = blocks
        self._lines = lines
        self.taken = 0

    def used_up(self) -> bool:
        """Whether the block is used up."""
        return self.taken >= len(self._lines)

    def __next__(self) -> str:
        if self.used_up():
            _, more, regular = next(self._blocks)
            if regular[:1] == '"':
                more = [f'"{line}"\n' for line in more]
            elif regular:
                more = [f"{line}\n" for line in more]
            self._lines += more
        self.taken += 1
        return self._lines[self.taken - 1]


def take_table(rows: Sequence[Any], taker: Taker) -> int:
    """Hand over the rows of a table that is in memory; how many of them were notes."""
    pick, notes = picker(taker.columns), 0
    for start in range(0, len(rows), ROWS):
        some = [row for row in rows[start : start + ROWS] if not is_note(row.cells)]
        notes += len(rows[start : start + ROWS]) - len(some)
        taker.take([pick(row.cells) for row in some], [row.line for row in some].__getitem__)
    return notes
