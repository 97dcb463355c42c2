"""Finds the table in the records of a file: headings, rows, what stands above and below it.

Headings are the row that names most known columns; otherwise names above values of another kind.
A file whose first row holds values like those below has none: its columns are A, B, C.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.encodings import is_spoiled, unspoiled
from crm_pilot.exchange.plan import Problem, Problems, Severity, clip
from crm_pilot.exchange.records import Row
from crm_pilot.i18n import N_, Message, msg, nmsg

LEAD_ROWS = 20  # the header is looked for among these
SHOWN_ROWS = 8  # of the beginning, for the person to choose the header
SEEN_ROWS = 200  # whose kinds of values are looked at
# Rows that Salesforce puts under its reports (DOMAIN.md 2.2)
FOOTER = re.compile(
    r"^(confidential information|copyright\b|grand totals?\b|total general|totaux generaux"
    r"|informations confidentielles)",
)
SECTION = re.compile(r"\d{1,2}\. \S")  # Teams: "3. In-Meeting Activities"
_NUMBER = re.compile(
    r"[-+(]*[$€£]?\s?(?:\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
    r"\s?[%€$£)]*|[.,]\d+"
)
_DATE = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b.*|\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?[AaPp][Mm])?", re.DOTALL
)
_NULLS = frozenset(["", "-", "–", "?", ".", "n/a", "na", "nan", "nd", "null", "none", "nc", "n.c."])


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
    found = _choose(filled, known, source.name, asked)
    body = filled[found.last + 1 :]
    cells = _labels(filled[found.first : found.last + 1], body)
    if found.last < 0:
        labels = tuple(heads.letter(number) for number in range(len(cells)))
    else:
        labels = heads.labelled(cells)
    table = Table(
        labels, body, filled[found.last].line if found.last >= 0 else 0, source, found.why
    )
    table.above = tuple(filled[: max(found.first, 0)])
    table.header_end = _end_of(rows, filled, found.last)
    table.lead = tuple(Row(row.line, list(row.cells)) for row in rows[:SHOWN_ROWS])
    _cut_second(table, [heads.normal(cell) for cell in cells])
    _strip_footer(table)
    _even_out(table)
    _note_spoiled(table)
    return table


# headings ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """First and last row of the headings; −1: none."""

    first: int
    last: int
    why: Message


def _choose(rows: Sequence[Row], known: frozenset[str], name: str, asked: str) -> _Place:
    if asked:
        return _asked(rows, name, asked)
    lead = rows[:LEAD_ROWS]
    hits = [len({heads.normal(cell) for cell in row.cells} & known) for row in lead]
    if max(hits) > 1:
        place = hits.index(max(hits))
        return _Place(place, place, _known_why(rows[place], known))
    return _by_kinds(rows)


def _asked(rows: Sequence[Row], name: str, asked: str) -> _Place:
    chosen = msg("as you chose")
    if asked.strip() == "0":
        return _Place(-1, -1, chosen)
    line = int(asked) if asked.strip().isdecimal() else -1
    for place, row in enumerate(rows):
        if row.line <= line < (rows[place + 1].line if place + 1 < len(rows) else row.line + 1):
            return _Place(place, place, chosen)
    raise UserError(N_("“{name}” has no headings in line {line}."), name=name, line=asked)


def _known_why(row: Row, known: frozenset[str]) -> Message:
    names = [" ".join(cell.split()) for cell in row.cells if heads.normal(cell) in known]
    return msg("names columns known here: {names}", names=", ".join(names[:3]))


def _by_kinds(rows: Sequence[Row]) -> _Place:
    """The row of names right above values; without values that tell, the first that fills at
    least two cells."""
    wide = (n for n, row in enumerate(rows[:LEAD_ROWS]) if _filled(row) > 1)
    first = next(wide, 0)
    kinds = _kinds(rows[max(first + 1, min(len(rows) // 2, LEAD_ROWS)) :][:SEEN_ROWS])
    if _is_data(rows[first], kinds, alone=len(rows) == first + 1):
        return _Place(-1, -1, msg("the first row holds values like those below: no headings"))
    last = first
    while last + 1 < min(len(rows) - 1, LEAD_ROWS) and _more_names(
        rows[first], rows[last + 1], kinds
    ):
        last += 1
    if last > first or _names(rows[first], kinds):
        why = msg("names, with values of another kind below")
    else:
        why = msg("the first row with several cells")
    return _Place(first, last, why)


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def kind_of(cell: str) -> str:
    """`number`, `date`, `text`; empty for nothing or a sign for it."""
    text = cell.strip()
    if text.casefold() in _NULLS:
        return ""
    if _NUMBER.fullmatch(text):
        return "number"
    return "date" if _DATE.fullmatch(text) else "text"


def _kinds(rows: Sequence[Row]) -> dict[int, str]:
    """Columns in which nine cells of ten are numbers, or dates."""
    counts: dict[int, Counter[str]] = {}
    for row in rows:
        for number, cell in enumerate(row.cells):
            kind = kind_of(cell)
            if kind:
                counts.setdefault(number, Counter())[kind] += 1
    found = {number: count.most_common(1)[0] for number, count in counts.items()}
    return {
        number: kind
        for number, (kind, most) in found.items()
        if kind != "text" and most >= 0.9 * counts[number].total()
    }


def _seen(row: Row, kinds: Mapping[int, str]) -> list[tuple[str, str]]:
    """(kind of the cell, kind of its column) in the columns of values."""
    return [(kind_of(row.cells[n]), kinds[n]) for n in kinds if n < len(row.cells)]


def _names(row: Row, kinds: Mapping[int, str]) -> int:
    """In how many columns of values a row has a name; 0 when it has any value of that kind."""
    seen = _seen(row, kinds)
    if any(kind == column for kind, column in seen):
        return 0
    return sum(kind == "text" for kind, _ in seen)


def _more_names(first: Row, row: Row, kinds: Mapping[int, str]) -> bool:
    """Whether a row under the first headings is part of them: the same again, or only names in
    at least two columns of values."""
    return row.cells == first.cells or _names(row, kinds) > 1


def _is_data(row: Row, kinds: Mapping[int, str], *, alone: bool) -> bool:
    """Whether the first row is certainly no header: values in at least two columns of values,
    in all of them, and not years or a count as headings have."""
    if alone:
        kinds = {n: k for n, c in enumerate(row.cells) if (k := kind_of(c))}
        if "text" in kinds.values():
            return False
    seen = _seen(row, kinds)
    if len(seen) < 2 or any(kind != column for kind, column in seen):
        return False
    cells = [row.cells[n].strip() for n in kinds]
    if not all(cell.isdecimal() for cell in cells):
        return True
    numbers = [int(cell) for cell in cells]
    counted = all(b - a == 1 for a, b in pairwise(numbers))
    years = all(1900 <= number <= 2100 for number in numbers)
    return not (counted and (years or len(kinds) < _filled(row)))


def _labels(block: Sequence[Row], body: Sequence[Row]) -> list[str]:
    """Headings, the lowest filled cell of each column; as many as most rows have cells."""
    widths = Counter(len(row.cells) for row in body[:SEEN_ROWS] if len(row.cells) > 1)
    width = len(block[-1].cells) if block else 0
    if not block and not widths:
        width = max(len(row.cells) for row in body)
    if widths:
        usual, count = widths.most_common(1)[0]
        if not block or count >= 0.8 * widths.total():
            width = max(width, usual)
    cells = [""] * width
    for row in block:
        for number, cell in enumerate(row.cells[:width]):
            cells[number] = cell if cell.strip() else cells[number]
    return cells


def _end_of(rows: Sequence[Row], filled: Sequence[Row], last: int) -> int:
    """Lines up to the end of the header."""
    if last < 0:
        return 0
    after = (row.line for row in rows if row.line > filled[last].line)
    return next(after, filled[last].line + 1) - 1


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
    if SECTION.match(row.cells[0]) and _filled(row) == 1 and len(names) > 2:
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
    extra = any(cell.strip() for cell in row.cells[width:])
    if (len(row.cells) > width and not extra) or table.sheet:
        return
    message = wrong_width(len(row.cells), width)
    severity = Severity.ERROR if extra else Severity.WARNING
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
