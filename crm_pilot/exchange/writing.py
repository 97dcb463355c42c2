"""Writes sheets to CSV and XLSX: typed, without formulas, beside the target and then in its place.

What a text file cannot hold is refused with the first cell that shows it; nothing is replaced by
a question mark. See docs/decisions/0052-exports-that-read-back.md.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.writing_parts import (
    EVERY,
    KINDS,
    NUL,
    Sheet,
    SheetColumn,
    guard,
    replacing,
    unguard,
)
from crm_pilot.exchange.writing_xlsx import write_xlsx
from crm_pilot.i18n import N_, Translator

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "KINDS",
    "Sheet",
    "SheetColumn",
    "guard",
    "unguard",
    "usual_delimiter",
    "write_csv",
    "write_xlsx",
]

DELIMITERS = (";", ",", "\t")
ENCODINGS = ("utf-8", "cp1252")
LACKS = N_(
    "“{sheet}”, row {row}, column “{column}”: Windows-1252 has no character “{character}”"
    " (U+{code}). Nothing was written; choose UTF-8, which holds every character."
)
_NUMBER = re.compile(r"-?\d+,\d+")
# Quoted where any program might cut the line or drop a space, whatever delimiter it expects
_QUOTED = re.compile('[",;|\t\r\n]|^\\s|\\s$')


def usual_delimiter(language: str) -> str:
    """What Excel in this language takes for a new column when it opens a CSV."""
    return ";" if language == "fr" else ","


def write_csv(
    sheet: Sheet,
    path: Path,
    *,
    language: str,
    delimiter: str = "",
    encoding: str = "utf-8",
    watch: Watch | None = None,
) -> None:
    """Write one sheet as text, CRLF, UTF-8 with its mark or cp1252; the comma is the decimal mark
    in French. Dates are ISO, which Excel reads as dates in every language.

    Raises `UserError` for a character that `encoding` has not and for a place that cannot be
    written; then `path` is as it was.
    """
    watch = watch or Watch()
    text_of = _Text(language)
    delimiter = delimiter or usual_delimiter(language)
    with replacing(path) as handle:
        if encoding == "utf-8":
            handle.write(codecs.BOM_UTF8)
        lines = _Lines(handle, sheet, delimiter, encoding)
        lines.put(0, [column.title for column in sheet.columns])
        for number, row in enumerate(sheet.rows):
            if not number % EVERY:
                watch.at(number, len(sheet.rows))
            pairs = zip(row, sheet.columns, strict=True)
            lines.put(number + 1, [text_of(value, column.kind) for value, column in pairs])
        if sheet.remark:
            lines.put(len(sheet.rows) + 1, [sheet.remark])
        lines.finish(path)
    watch.at(1, 1)


class _Text:
    """Values as texts of a CSV."""

    def __init__(self, language: str) -> None:
        self._mark = "," if language == "fr" else "."
        shown = Translator(language)
        self._truth = (shown.tr("no"), shown.tr("yes"))

    def __call__(self, value: Any, kind: str) -> str:
        if isinstance(value, str):
            return guard(value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return self._truth[value]
        if isinstance(value, float):
            text = f"{value:.2f}" if kind == "money" else f"{value:.15g}"
            return text.replace(".", self._mark)
        if isinstance(value, dt.datetime):
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        return str(value)  # whole numbers, and dates in ISO form


class _Lines:
    """Encodes lines, and finds the cell where that fails."""

    def __init__(self, handle: IO[bytes], sheet: Sheet, delimiter: str, encoding: str) -> None:
        self._handle, self._sheet = handle, sheet
        self._delimiter, self._encoding = delimiter, encoding
        # read as UTF-8 by everybody who tries that first: nobody would know it is cp1252
        self._doubt = codecs.getincrementaldecoder("utf-8")("strict")
        self._doubtful = encoding != "utf-8"
        self._plain = True

    def put(self, number: int, cells: Sequence[str]) -> None:
        line = self._delimiter.join(_quoted(cell, self._delimiter) for cell in cells) + "\r\n"
        try:
            data = line.encode(self._encoding)
        except UnicodeEncodeError:
            self._refuse(number, cells)
        if "\0" in line:
            self._refuse(number, cells)
        self._plain = self._plain and data.isascii()
        if self._doubtful:
            try:
                self._doubt.decode(data)
            except UnicodeDecodeError:
                self._doubtful = False
        self._handle.write(data)

    def finish(self, path: Path) -> None:
        if self._doubtful and not self._plain:
            raise UserError(
                N_(
                    "“{path}” was not written: other programs would take this text for UTF-8."
                    " Choose UTF-8."
                ),
                path=path.name,
            )

    def _refuse(self, number: int, cells: Sequence[str]) -> None:
        for column, cell in zip((*self._sheet.columns, SheetColumn("")), cells, strict=False):
            for character in cell:
                if character != "\0" and _has(self._encoding, character):
                    continue
                template = NUL if character == "\0" else LACKS
                raise UserError(
                    template,
                    sheet=self._sheet.name,
                    row=number + 1,
                    column=column.title,
                    character=character,
                    code=f"{ord(character):04X}",
                )


def _quoted(cell: str, delimiter: str) -> str:
    if not _QUOTED.search(cell) or (delimiter not in cell and _NUMBER.fullmatch(cell)):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
