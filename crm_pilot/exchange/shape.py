"""Makes the table out of the records of a file: headings, rows of one width, notes left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange import headings
from crm_pilot.exchange.encodings import is_spoiled, unspoiled
from crm_pilot.exchange.plan import Problem, Problems, Severity, clip
from crm_pilot.exchange.records import Row
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass

SHOWN_ROWS = 8  # of the beginning, for the person to choose the header
# Rows that Salesforce puts under its reports (DOMAIN.md 2.2)
FOOTER = re.compile(
    r"^(confidential information|copyright\b|grand totals?\b|total general|totaux generaux"
    r"|informations confidentielles)",
)
SECTION = re.compile(r"\d{1,2}\. \S")  # Teams: "3. In-Meeting Activities"


@dataclass(frozen=True)
class Asked:
    """How the person wants a file read; empty: as found."""

    encoding: str = ""
    delimiter: str = ""
    header: str = ""  # line of the headings; "0": there are none
    sheet: str = ""

    @staticmethod
    def of(chosen: Mapping[str, str]) -> Asked:
        """From a corrected mapping: `@encoding`, `@delimiter`, `@header`, `@sheet`."""
        names = ("encoding", "delimiter", "header", "sheet")
        return Asked(**{name: chosen.get(f"@{name}", "") for name in names})

    @property
    def anything(self) -> bool:
        """Whether there is any wish."""
        return bool(self.encoding or self.delimiter or self.header or self.sheet)


@dataclass
class Source:
    """How the records were got, and what was noted on the way."""

    name: str  # of the file
    encoding: str = ""
    codec: str = ""  # the encoding for Python
    delimiter: str = ""
    plain: bool = True  # quoted as usual
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding_why: Message | None = None
    delimiter_why: Message | None = None
    spoiled: bool = False  # some text seems to have been encoded twice
    noted: Problems = field(default_factory=Problems)


@dataclass
class Table:
    """A table: unique header labels and rows as wide as they are."""

    headers: tuple[str, ...]
    rows: list[Row]
    header_line: int  # 0: the file has no headings
    source: Source
    header_why: Message
    header_end: int = 0  # lines of the file above the first row
    heading_rows: int = 1  # rows the headings are made of
    above: tuple[Row, ...] = ()  # rows before the headings
    lead: tuple[Row, ...] = ()  # the first rows of the file as they are

    @property
    def encoding(self) -> str:
        """Encoding, as the person calls it."""
        return self.source.encoding

    @property
    def delimiter(self) -> str:
        """Delimiter; empty for a spreadsheet."""
        return self.source.delimiter

    @property
    def sheet(self) -> str:
        """Sheet of a spreadsheet."""
        return self.source.sheet

    @property
    def problems(self) -> list[Problem]:
        """What was noted while reading, in the order of the file; the first thousand."""
        return sorted(self.source.noted.shown, key=lambda problem: problem.line)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headers of the columns thrown away at the door."""
        return tuple(header for header in self.headers if heads.is_dropped(header))


def make_table(
    rows: Sequence[Row], known: frozenset[str], source: Source, asked: str = ""
) -> Table:
    """Find the header, empty the dropped columns, and check the widths of the rows.

    `asked`: the line of the header as the person chose it. Raises `UserError` when nothing is
    there, or not at the line asked for.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise UserError(N_("“{name}” is empty."), name=source.name)
    found = headings.choose(filled, known, source.name, asked)
    body = filled[found.last + 1 :]
    cells = headings.labels(filled[found.first : found.last + 1], body)
    if found.last < 0:
        labels = tuple(heads.letter(number) for number in range(len(cells)))
    else:
        labels = heads.labelled(cells)
    table = Table(
        labels, body, filled[found.last].line if found.last >= 0 else 0, source, found.why
    )
    table.above = tuple(filled[: max(found.first, 0)])
    table.header_end = headings.end_of(rows, filled, found.last)
    table.heading_rows = found.last - found.first + 1 if found.last >= 0 else 0
    table.lead = tuple(Row(row.line, list(row.cells)) for row in rows[:SHOWN_ROWS])
    _cut_second(table, [heads.normal(cell) for cell in cells])
    _strip_footer(table)
    _even_out(table)
    _note_spoiled(table)
    return table


# rows ----------------------------------------------------------------------------------------


def _cut_second(table: Table, names: list[str]) -> None:
    """Leave out headings that come again, and a second table with what follows it."""
    noted, kept = table.source.noted, []
    for place, row in enumerate(table.rows):
        plain = None
        if row.cells and heads.normal(row.cells[0]) == names[0]:
            plain = [heads.normal(cell) for cell in row.cells]
        if plain == names and len({*names} - {""}) > 1:
            again = msg("the headings come again: the line was left out")
            noted.warn(row.line, "", "", again)
            continue
        if _begins_second(row, plain, names):
            noted.warn(
                row.line,
                "",
                "",
                nmsg(
                    "another table begins here: {n} row was not read",
                    "another table begins here: {n} rows were not read",
                    len(table.rows) - place,
                ),
            )
            break
        kept.append(row)
    table.rows = kept


def _begins_second(row: Row, plain: list[str] | None, names: list[str]) -> bool:
    if SECTION.match(row.cells[0]) and headings.filled(row) == 1 and len(names) > 2:
        return True
    if plain is None or len(names) < 3:
        return False
    alike = len(set(plain) & set(names) - {""})
    return alike > 2 and alike >= len({*names} - {""}) * 2 / 3


def _strip_footer(table: Table) -> None:
    """Notes under the table: lines without any delimiter, and what Salesforce writes."""
    left: list[Row] = []
    while table.rows:
        row = table.rows[-1]
        cells = [cell for cell in row.cells if cell.strip()]
        note = len(row.cells) == 1 and len(table.headers) > 2 and not table.sheet
        if len(cells) > 1 or not (note or FOOTER.match(heads.normal(cells[0]))):
            break
        left.append(table.rows.pop())
    if left and not table.rows:  # no notes: rows of one cell
        table.rows, left = left[::-1], []
    for row in reversed(left):
        message = msg("a note under the table was left out")
        table.source.noted.warn(row.line, "", "", message)


def _even_out(table: Table) -> None:
    width = len(table.headers)
    dropped = [n for n, header in enumerate(table.headers) if heads.is_dropped(header)]
    for row in table.rows:
        if len(row.cells) != width:
            _note_width(table, row, width)
            row.cells = (row.cells + [""] * width)[:width]
        for number in dropped:
            row.cells[number] = ""
    for row in (*table.lead, *table.above):
        if row.line != table.header_line:
            row.cells = ["" if n in dropped else cell for n, cell in enumerate(row.cells)]


def wrong_width(found: int, width: int) -> Message:
    """A row that is not as wide as the header."""
    return nmsg(
        "{n} cell where the header has {width}",
        "{n} cells where the header has {width}",
        found,
        width=width,
    )


def _note_width(table: Table, row: Row, width: int) -> None:
    """Cells too many are lost: an error; empty ones and cells too few may mean that the others
    are not in their columns."""
    if table.sheet:
        return
    extra = any(cell.strip() for cell in row.cells[width:])
    severity = Severity.ERROR if extra else Severity.WARNING
    message = wrong_width(len(row.cells), width)
    table.source.noted.add(Problem(row.line, "", clip(""), message, severity))


def _note_spoiled(table: Table) -> None:
    """Name the first cell that was encoded twice, and how many there are."""
    if not table.source.spoiled:
        return
    count, sample = 0, ("", "")
    where = (table.header_line, "")
    for line, column, cell in _cells(table):
        if is_spoiled(cell):
            if not count:
                sample, where = (cell, unspoiled(cell)), (line, column)
            count += 1
    if count:
        table.source.noted.warn(
            *where,
            sample[0],
            nmsg(
                "its accents were spoiled before the file came here; it should be “{right}”",
                "its accents were spoiled before the file came here, as in {n} cells; it should be"
                " “{right}”",
                count,
                right=clip(sample[1]),
            ),
        )


def _cells(table: Table) -> list[tuple[int, str, str]]:
    found = [(table.header_line, header, header) for header in table.headers]
    return found + [
        (row.line, header, cell)
        for row in table.rows
        for header, cell in zip(table.headers, row.cells, strict=True)
        if not cell.isascii()
    ]
