"""Tables as text that spreadsheets copy and paste: tabs between cells, quotes where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cells = tuple[tuple[str, ...], ...]


def to_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a spreadsheet pastes them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in rows:
        writer.writerow(row)
    return out.getvalue().removesuffix("\n")


def from_text(text: str) -> Cells:
    """Rows of a copied table, all as wide as the widest; empty lines at the end do not count.

    A quotation mark that is never closed (5" in a cell) is taken as it stands.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not text:
        return ()
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in text.split("\n")]
    width = max(len(row) for row in rows)
    return tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
