"""Cuts a text into records, as strictly as it lets itself; what had to be mended is noted."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from crm_pilot.exchange.dialects import HINT, Dialect, lines_of
from crm_pilot.exchange.plan import Problems
from crm_pilot.i18n import msg

WINDOW = 1000  # lines one quoted cell may span where quotes are not in order
PATIENCE = 50  # times it is tried before the window becomes small
SMALL_WINDOW = 20
SHOWN_BLANK = 50  # lines of the beginning of which blank ones are kept, to be shown
INSIDE = msg("a quotation mark stands inside a cell")
OPEN = msg("a quotation mark is opened and never closed")


@dataclass
class Row:
    """Cells of one record and the line on which it begins."""

    line: int
    cells: list[str]


def cut(text: str, dialect: Dialect, problems: Problems) -> list[Row]:
    """All records of a text with the line each begins on."""
    first = 1
    hint = HINT.match(text)
    if hint:
        text, first = text[hint.end() :], 2
    try:
        rows, odd = _strict(text, dialect, first)
    except csv.Error:
        odd = True
    if odd:
        rows = list(_Careful(list(lines_of(text)), dialect, problems, first).rows())
    return rows


def _strict(text: str, dialect: Dialect, line: int) -> tuple[list[Row], bool]:
    """Records, and whether one that spans lines has another width than the others: then a quote
    stands where it should not. Raises `csv.Error`."""
    rows: list[Row] = []
    odd, begun = False, line
    reader = dialect.reader(lines_of(text))
    known: dict[str, str] = {}
    for cells in reader:
        if cells or line < SHOWN_BLANK:
            rows.append(Row(line, [known.setdefault(cell, cell) for cell in cells]))
        after = begun + reader.line_num  # type: ignore[attr-defined]  # of csv.reader
        odd = odd or (after - line > 1 and len(cells) != dialect.width)
        line = after
        if len(known) > 1 << 16:
            known.clear()
    return rows, odd and dialect.width > 1


class _Careful:
    """Record by record; a line whose quotes are out of order is cut by itself."""

    def __init__(self, lines: list[str], dialect: Dialect, problems: Problems, first: int) -> None:
        self._lines = lines
        self._dialect = dialect
        self._problems = problems
        self._first = first
        self._window, self._failures = WINDOW, 0

    def rows(self) -> Iterator[Row]:
        """All records."""
        at = 0
        while at < len(self._lines):
            cells, used = self._record(at)
            yield Row(at + self._first, cells)
            at += used

    def _record(self, at: int) -> tuple[list[str], int]:
        feed: Iterator[str] = iter(self._lines[at : at + 1])
        if self._quotes(at):
            last = min(at + self._window, len(self._lines))
            feed = (self._lines[place] for place in range(at, last))
        counted = _Counted(feed)
        try:
            cells = next(self._dialect.reader(counted))
        except csv.Error:
            return self._line(at, ran_out=counted.ran_out), 1
        except StopIteration:
            return [], 1
        if counted.taken > 1 and len(cells) != self._dialect.width:
            alone = self._alone(at)
            if len(alone) == self._dialect.width:
                return self._line(at), 1
        return cells, max(1, counted.taken)

    def _quotes(self, at: int) -> bool:
        quote = self._dialect.quote
        return quote in self._lines[at]

    def _line(self, at: int, *, ran_out: bool = False) -> list[str]:
        if ran_out:
            self._failures += 1
            if self._failures > PATIENCE:
                self._window = SMALL_WINDOW
        line = at + self._first
        if at == len(self._lines) - 1 and ran_out:
            self._problems.error(line, "", "", OPEN)  # a file cut off in the middle
            return next(self._dialect.reader([self._lines[at]], strict=False))
        self._problems.warn(line, "", "", INSIDE)
        return self._alone(at)

    def _alone(self, at: int) -> list[str]:
        """One line by itself: a quote ends a cell only before a delimiter; if the width is wrong
        then, one opening quote after the other is taken as it stands."""
        line = self._lines[at].rstrip("\r\n")
        cells, opened = _tolerant(line, self._dialect, -1)
        if len(cells) == self._dialect.width:
            return cells
        for place in opened:
            other, _ = _tolerant(line, self._dialect, place)
            if len(other) == self._dialect.width:
                return other
        return cells


class _Counted(Iterator[str]):
    """Counts the lines that are taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._source = lines
        self.taken = 0
        self.ran_out = False

    def __next__(self) -> str:
        try:
            line = next(self._source)
        except StopIteration:
            self.ran_out = True
            raise
        self.taken += 1
        return line


def _tolerant(line: str, dialect: Dialect, literal: int) -> tuple[list[str], list[int]]:
    """Cells of one line and where quotes open cells; the one at `literal` opens none."""
    quote, mark = dialect.quote, dialect.delimiter
    cells: list[str] = []
    opened: list[int] = []
    at = 0
    while True:
        while dialect.spaced and line[at : at + 1] == " ":
            at += 1
        end = -1
        if line[at : at + 1] == quote:
            opened.append(at)
            if at != literal:
                end = _closing(line, at, dialect)
        if end >= 0:
            cells.append(line[at + 1 : end].replace(quote * 2, quote))
            at = end + 1
        else:
            end = line.find(mark, at)
            end = len(line) if end < 0 else end
            cells.append(line[at:end])
            at = end
        if at >= len(line):
            return cells, opened
        at += 1


def _closing(line: str, at: int, dialect: Dialect) -> int:
    """Where the quoted cell that opens at `at` ends; −1 when it does not."""
    end = line.find(dialect.quote, at + 1)
    while end >= 0:
        after = line[end + 1 : end + 2]
        if after in ("", dialect.delimiter):
            return end
        end = line.find(dialect.quote, end + (2 if after == dialect.quote else 1))
    return -1
