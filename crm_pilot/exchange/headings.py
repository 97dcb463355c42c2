"""Finds the headings among the first rows of a file.

They are the row that names most known columns; otherwise names above values of another kind. A
file whose first row holds values like those below has none: its columns are A, B, C.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.records import Row
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass

LEAD_ROWS = 20  # the header is looked for among these
SEEN_ROWS = 200  # whose kinds of values are looked at
_NUMBER = re.compile(
    r"[-+(]*[$€£]?\s?(?:\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
    r"\s?[%€$£)]*|[.,]\d+"
)
_DATE = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b.*|\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?[AaPp][Mm])?", re.DOTALL
)
_NULLS = frozenset(["", "-", "–", "?", ".", "n/a", "na", "nan", "nd", "null", "none", "nc", "n.c."])


@dataclass(frozen=True)
class Place:
    """First and last row of the headings; −1: none."""

    first: int
    last: int
    why: Message


def choose(rows: Sequence[Row], known: frozenset[str], name: str, asked: str) -> Place:
    """Where the headings are; `asked`: the line the person chose, "0" for none."""
    if asked:
        return _asked(rows, name, asked)
    lead = rows[:LEAD_ROWS]
    hits = [len({heads.normal(cell) for cell in row.cells} & known) for row in lead]
    if max(hits) > 1:
        place = hits.index(max(hits))
        return Place(place, place, _known_why(rows[place], known))
    return _by_kinds(rows)


def _asked(rows: Sequence[Row], name: str, asked: str) -> Place:
    chosen = msg("as you chose")
    if asked.strip() == "0":
        return Place(-1, -1, chosen)
    line = int(asked) if asked.strip().isdecimal() else -1
    for place, row in enumerate(rows):
        if row.line <= line < (rows[place + 1].line if place + 1 < len(rows) else row.line + 1):
            return Place(place, place, chosen)
    raise UserError(N_("“{name}” has no headings in line {line}."), name=name, line=asked)


def _known_why(row: Row, known: frozenset[str]) -> Message:
    names = [" ".join(cell.split()) for cell in row.cells if heads.normal(cell) in known]
    return msg("column names known here: {names}", names=", ".join(names[:3]))


def _by_kinds(rows: Sequence[Row]) -> Place:
    """The row of names right above values; without values that tell, the first that fills at
    least two cells."""
    wide = (n for n, row in enumerate(rows[:LEAD_ROWS]) if filled(row) > 1)
    first = next(wide, 0)
    kinds = _kinds(rows[max(first + 1, min(len(rows) // 2, LEAD_ROWS)) :][:SEEN_ROWS])
    if _is_data(rows[first], kinds, alone=len(rows) == first + 1):
        return Place(-1, -1, msg("the first row holds values like those below: no headings"))
    last = first
    while last + 1 < min(len(rows) - 1, LEAD_ROWS) and _more_names(
        rows[first], rows[last + 1], kinds
    ):
        last += 1
    if last > first:
        why = msg("names in {n} rows, of which the lowest count; values below", n=last - first + 1)
    elif _names(rows[first], kinds):
        why = msg("names, with values of another kind below")
    else:
        why = msg("the first row with several cells")
    return Place(first, last, why)


def filled(row: Row) -> int:
    """How many cells hold anything."""
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
    return (row.cells == first.cells and filled(row) > 1) or _names(row, kinds) > 1


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
    return not (counted and (years or len(kinds) < filled(row)))


def labels(block: Sequence[Row], body: Sequence[Row]) -> list[str]:
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


def end_of(rows: Sequence[Row], filled: Sequence[Row], last: int) -> int:
    """Lines up to the end of the header."""
    if last < 0:
        return 0
    after = (row.line for row in rows if row.line > filled[last].line)
    return next(after, filled[last].line + 1) - 1
