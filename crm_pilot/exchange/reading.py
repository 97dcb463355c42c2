"""Reads tables as other programs write them: text with any delimiter, and spreadsheets.

Encoding by byte-order mark, then strict UTF-8, then cp1252: never guessed from frequencies, and
text that was encoded twice before it came here is left as it is. The delimiter is the one that
gives the most even columns. Every row keeps the line of the file on which it begins.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.plan import Problem, Severity, clip
from crm_pilot.i18n import N_, msg

DELIMITERS = ",;\t|"
MOST_BYTES = 256 << 20  # of a file that is read as a whole, unpacked
CELL = 8 << 20
LEAD_ROWS = 20  # the header is looked for among these
SAMPLE = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Rows that Salesforce puts under its reports (DOMAIN.md 2.2)
FOOTER = re.compile(
    r"^(confidential information|copyright\b|grand totals?\b|total general|totaux generaux"
    r"|informations confidentielles)",
)


@dataclass
class Row:
    """Cells of one record and the line on which it begins."""

    line: int
    cells: list[str]


@dataclass
class Table:
    """A table: unique header labels and rows as wide as they are."""

    headers: tuple[str, ...]
    rows: list[Row]
    header_line: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headers of the columns thrown away at the door."""
        return tuple(header for header in self.headers if heads.is_dropped(header))


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked when it is gzip. Raises `UserError` when it cannot be opened."""
    try:
        handle = path.open("rb")
    except OSError as error:
        raise UserError(
            N_("“{name}” cannot be read ({reason})."), name=path.name, reason=error.strerror or ""
        ) from error
    if handle.read(2) == b"\x1f\x8b":
        handle.close()
        return cast("IO[bytes]", gzip.open(path, "rb"))
    handle.seek(0)
    return handle


def is_workbook(start: bytes) -> bool:
    """Whether a file begins like a spreadsheet (zip or OLE)."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def read_table(path: Path, known: frozenset[str] = frozenset()) -> Table:
    """Read a whole table. `known` are normalised headers that help to find the header row.

    Raises `UserError` for what is no table: empty, binary, encrypted, too large.
    """
    path = Path(path)
    with open_bytes(path) as handle:
        start = read_bytes(handle, 8, path.name)
        if is_workbook(start):
            from crm_pilot.exchange import workbook

            return workbook.read(path, known)
        data = start + read_bytes(handle, MOST_BYTES, path.name)
    if len(data) > MOST_BYTES:
        raise UserError(N_("“{name}” is too large to be read as one table."), name=path.name)
    text, encoding = decode(data, path)
    delimiter = find_delimiter(text[:SAMPLE])
    problems: list[Problem] = []
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(
            Problem(line, "", "", msg("NUL characters were left out"), Severity.WARNING)
        )
        text = text.replace("\0", "")
    rows = split_rows(text, delimiter, problems)
    return make_table(path, rows, known, problems, encoding=encoding, delimiter=delimiter)


def read_head(path: Path, known: frozenset[str] = frozenset()) -> Table:
    """The beginning of a text file as a table; a spreadsheet as a whole. Raises `UserError`."""
    with open_bytes(path) as handle:
        data = read_bytes(handle, SAMPLE, path.name)
        more = bool(read_bytes(handle, 1, path.name))
    if is_workbook(data):
        return read_table(path, known)
    if more:
        data = data[: data.rfind(b"\n") + 1] or data
    text, encoding = decode(data, path)
    delimiter = find_delimiter(text)
    rows = split_rows(text, delimiter, [])
    return make_table(path, rows, known, [], encoding=encoding, delimiter=delimiter)


def read_bytes(handle: IO[bytes], size: int, name: str) -> bytes:
    """Up to `size` bytes. Raises `UserError` when the disk or the packing fails."""
    try:
        return handle.read(size)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            N_("“{name}” cannot be read ({reason})."), name=name, reason=str(error)
        ) from error


def find_encoding(data: bytes) -> str:
    """Encoding of the beginning of a file; a cut character at its end does not count."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    zeros = Counter(position % 2 for position, byte in enumerate(data[:2000]) if not byte)
    if sum(zeros.values()) > len(data[:2000]) * 0.3:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Text and encoding of a whole file. Raises `UserError` when it is empty or no text."""
    if not data.strip():
        raise UserError(N_("“{name}” is empty."), name=path.name)
    encoding = find_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = data.decode(encoding, errors="replace")  # five bytes have no character in cp1252
    odd = sum(text.count(chr(code)) for code in range(32) if code not in (0, 9, 10, 12, 13, 27))
    if odd > len(text) * 0.01:
        raise UserError(N_("“{name}” is not a table: it is not text."), name=path.name)
    return text, "utf-8" if encoding == "utf-8-sig" else encoding


def find_delimiter(sample: str) -> str:
    """The delimiter that gives the most rows of one width above 1; the comma when none does."""
    best = (0.0, 0, ",")
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                if any(cells):
                    widths[len(cells)] += 1
        except csv.Error:
            pass  # an open quote at the end of the sample
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
            score = (round(count / sum(widths.values()), 2), width, delimiter)
            if score[:2] > best[:2]:
                best = score
    return best[2]


def split_rows(text: str, delimiter: str, problems: list[Problem]) -> Iterator[Row]:
    """Records with their first line; strict first, then as lenient as spreadsheets are."""
    csv.field_size_limit(CELL)
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = []
        for cells in reader:
            rows.append(Row(line, cells))
            line = reader.line_num + 1
        return iter(rows)
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            message = msg("a quotation mark is opened and never closed")
            problems.append(Problem(line, "", "", message))
        else:
            message = msg("a quotation mark stands inside a cell")
            problems.append(Problem(line, "", "", message, Severity.WARNING))
    return _lenient(text, delimiter)


def _lenient(text: str, delimiter: str) -> Iterator[Row]:
    line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            return
        yield Row(line, cells)
        line = reader.line_num + 1


def make_table(
    path: Path,
    rows: Iterator[Row],
    known: frozenset[str],
    problems: list[Problem],
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
) -> Table:
    """Find the header, empty the dropped columns, and check the widths of the rows."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise UserError(N_("“{name}” is empty."), name=path.name)
    place = find_header(filled, known)
    labels = heads.labelled(filled[place].cells)
    table = Table(labels, filled[place + 1 :], filled[place].line, encoding, delimiter, sheet)
    table.problems = problems
    _strip_footer(table)
    _even_out(table)
    return table


def find_header(rows: Sequence[Row], known: frozenset[str]) -> int:
    """Index of the header: the row among the first that names the most known columns, two at
    least; otherwise the first that fills at least two cells."""
    lead = rows[:LEAD_ROWS]
    hits = [len({heads.normal(cell) for cell in row.cells} & known) for row in lead]
    if max(hits) > 1:
        return hits.index(max(hits))
    wide = (i for i, row in enumerate(lead) if sum(bool(c.strip()) for c in row.cells) > 1)
    return next(wide, 0)


def _strip_footer(table: Table) -> None:
    while table.rows:
        cells = [cell for cell in table.rows[-1].cells if cell.strip()]
        if len(cells) > 1 or not FOOTER.match(heads.normal(cells[0])):
            return
        table.rows.pop()


def _even_out(table: Table) -> None:
    width = len(table.headers)
    dropped = [n for n, header in enumerate(table.headers) if heads.is_dropped(header)]
    for row in table.rows:
        if len(row.cells) != width:
            _note_width(table, row, width)
            row.cells = (row.cells + [""] * width)[:width]
        for number in dropped:
            row.cells[number] = ""


def _note_width(table: Table, row: Row, width: int) -> None:
    extra = any(cell.strip() for cell in row.cells[width:])
    if len(row.cells) > width and not extra:
        return
    message = msg("{found} cells where the header has {width}", found=len(row.cells), width=width)
    severity = Severity.ERROR if extra else Severity.WARNING
    table.problems.append(Problem(row.line, "", clip(""), message, severity))
