"""Reads our own exports exactly: what wrote them is known, so nothing has to be guessed.

Only a file whose first line is ours is read this way; any other goes through the general reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.own_formats import TableFormat, format_of, formats, synonyms
from crm_pilot.exchange.plan import Problem, Watch
from crm_pilot.exchange.reading import (
    Asked,
    Row,
    is_workbook,
    open_bytes,
    read_bytes,
    read_table,
)
from crm_pilot.exchange.tables import CODED, WATERMARK
from crm_pilot.exchange.writing import DELIMITERS
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

ENCODING_KEY, DELIMITER_KEY, SHEET_KEY = (
    "@encoding",
    "@delimiter",
    "@sheet",
)  # of a corrected mapping
MOST_BYTES = 256 << 20
CELL = 8 << 20
HEADER = 1 << 16  # characters in which the first line is looked for


@dataclass(frozen=True)
class Line:
    """Cells of one record and the line of the file on which it begins."""

    line: int
    cells: Sequence[str]


@dataclass
class Source:
    """One table of a file."""

    name: str  # of the file
    headers: tuple[str, ...]
    rows: list[Line]
    header_line: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def guarded(self) -> bool:
        """Whether its texts may carry the apostrophe that keeps formulas asleep."""
        return not self.sheet


def read_sources(
    path: Path,
    known: frozenset[str],
    chosen: Mapping[str, str],
    watch: Watch | None = None,
) -> list[Source]:
    """Every table of ours in a file, a workbook or a folder; the first table when none is ours.

    Raises `UserError` for what cannot be read.
    """
    if path.is_dir():
        return _folder(path, known)
    with open_bytes(path) as handle:
        data = read_bytes(handle, MOST_BYTES, path.name)
    if is_workbook(data[:8]):
        return _workbook(path, known, chosen.get(SHEET_KEY, ""), watch)
    found = _text(path.name, data, chosen)
    return [found or _general(path, known, chosen.get(SHEET_KEY, ""), watch)]


def _general(path: Path, known: frozenset[str], sheet: str, watch: Watch | None) -> Source:
    """Any table, through the general reading."""
    table = read_table(path, known, Asked(sheet=sheet), watch)
    return Source(
        path.name,
        table.headers,
        [Line(row.line, row.cells) for row in table.rows],
        table.header_line,
        table.encoding,
        table.delimiter,
        table.sheet,
        problems=list(table.problems),
    )


def _folder(path: Path, known: frozenset[str]) -> list[Source]:
    found = []
    for file in sorted(path.glob("*.csv")):
        source = read_sources(file, known, {})[0]
        if format_of(source.headers) is not None:
            found.append(source)
    if not found:
        raise UserError(N_("“{name}” holds no export of CRM Pilot."), name=path.name)
    order = [form.name for form in formats()]
    return sorted(found, key=lambda source: order.index(_known(source).name))


def _known(source: Source) -> TableFormat:
    form = format_of(source.headers)
    assert form is not None
    return form


# text ----------------------------------------------------------------------------------------


def _text(name: str, data: bytes, chosen: Mapping[str, str]) -> Source | None:
    """The table when its first line is ours in some encoding and delimiter."""
    asked = chosen.get(ENCODING_KEY, "")
    for encoding in (asked,) if asked else ("utf-8", "cp1252"):
        try:
            text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        lines = text[:HEADER].splitlines()
        delimiter = _delimiter(lines[0], chosen) if lines else ""
        return _records(name, text, encoding, delimiter) if delimiter else None
    return None


def _delimiter(first: str, chosen: Mapping[str, str]) -> str:
    for delimiter in chosen.get(DELIMITER_KEY) or DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except (csv.Error, TypeError):  # no header of ours, or a sign that separates nothing
            continue
        if len(cells) > 2 and format_of(cells) is not None:
            return delimiter
    return ""


def _records(name: str, text: str, encoding: str, delimiter: str) -> Source | None:
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Line] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Line(line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return None  # edited by hand: the general reading says what is wrong with it
    headers = heads.labelled(rows[0].cells)
    width = len(headers)
    kept = [Line(r.line, _even(r.cells, width)) for r in rows[1:] if _is_row(r.cells)]
    if any(len(row.cells) != width for row in kept):
        return None
    return Source(name, headers, kept, 1, encoding, delimiter)


def _even(cells: Sequence[str], width: int) -> Sequence[str]:
    """Spreadsheets leave out the empty cells at the end, or add some."""
    if len(cells) < width:
        return [*cells, *[""] * (width - len(cells))]
    return cells if any(cells[width:]) else cells[:width]


def _is_row(cells: Sequence[str]) -> bool:
    """Whether this is a row, and not blank or what we wrote under the table."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1:
        return heads.normal(filled[0]) not in {*synonyms(WATERMARK), *synonyms(CODED)}
    return bool(filled)


# workbooks -----------------------------------------------------------------------------------


def _workbook(path: Path, known: frozenset[str], asked: str, watch: Watch | None) -> list[Source]:
    """Our sheets, or the one asked for; what the general reading finds when none is ours."""
    from crm_pilot.exchange.workbook import Book

    found = []
    with Book(path, watch) as book:
        for name in (asked,) if asked else book.sheets:
            lead = book.rows(name, lead=True) if name in book.sheets else []
            if lead and format_of(lead[0].cells) is not None:
                found.append(_sheet(path.name, name, book.rows(name), book.sheets))
    return found or [_general(path, known, asked, watch)]


def _sheet(file: str, name: str, rows: list[Row], sheets: tuple[str, ...]) -> Source:
    headers = heads.labelled(rows[0].cells)
    width = max(len(headers), *(len(row.cells) for row in rows))
    headers += tuple(f"({heads.letter(number)})" for number in range(len(headers), width))
    lines = [Line(row.line, _even(row.cells, width)) for row in rows[1:] if _is_row(row.cells)]
    return Source(file, headers, lines, rows[0].line, sheet=name, sheets=sheets)
