"""Reads tables as other programs write them: text with any delimiter, and spreadsheets.

Encoding, delimiter and headings are found by rules that can be told (docs/decisions/0051) and
overruled. Every row keeps the line of the file on which it begins, and whatever is lost, left out
or mended on the way is a problem with its line.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, cast

from crm_pilot.errors import UserError
from crm_pilot.exchange import dialects, encodings, records
from crm_pilot.exchange.bundles import Member, Openable
from crm_pilot.exchange.encodings import Encoding
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.records import Row
from crm_pilot.exchange.shape import Asked, Source, Table, make_table
from crm_pilot.i18n import N_

__all__ = [
    "Asked",
    "Row",
    "Table",
    "open_bytes",
    "read_bytes",
    "read_head",
    "read_table",
    "size_of",
    "whole_encoding",
]

MOST_BYTES = 64 << 20  # of a file that is read as a whole, unpacked
HEAD = 1 << 18
PIECE = 1 << 20
MOST_RATIO = 200  # texts shrink 3 to 40 times
SMALL = 4 << 20  # below this a ratio is no danger
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|!--|html|[a-z][\w:.-]*(\s[^<>]*)?/?>)", re.IGNORECASE)
_JSON = re.compile(r'\s*(\{\s*("|\})|\[\s*(\{|\[|\]|"))')
_ODD_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
_DOCUMENTS = ("%PDF", "{\\rtf", "%!PS")
AS_IT_IS = Asked()
SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
BROKEN = N_(
    "“{name}” is not a spreadsheet that can be read. Open it in your spreadsheet program, save it"
    " as .xlsx or .csv, and import that."
)


class Unpacked:
    """A gzip file that refuses to become absurdly large."""

    def __init__(self, path: Openable) -> None:
        self.name = path.name
        self.fileobj = path.open("rb")
        self._gzip = gzip.GzipFile(fileobj=self.fileobj)
        self.given = 0

    def read(self, size: int) -> bytes:
        """Up to `size` unpacked bytes. Raises `UserError` for a bomb."""
        data = self._gzip.read(size)
        self.given += len(data)
        if self.given > SMALL and self.given > MOST_RATIO * self.fileobj.tell():
            raise UserError(
                N_("“{name}” would unpack to more than {size} MB: it was not read."),
                name=self.name,
                size=self.given >> 20,
            )
        return data

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(self, *_: object) -> None:
        self._gzip.close()
        self.fileobj.close()


def open_bytes(path: Openable) -> IO[bytes]:
    """The file's bytes, unpacked when it is gzip. Raises `UserError` when it cannot be opened."""
    try:
        with path.open("rb") as begun:
            start = begun.read(2)
        if start == b"\x1f\x8b":
            return cast("IO[bytes]", Unpacked(path))
        return path.open("rb")
    except (OSError, NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
        raise UserError(
            N_("“{name}” cannot be read ({reason})."),
            name=path.name,
            reason=getattr(error, "strerror", None) or str(error),
        ) from error


def size_of(path: Openable) -> int:
    """Bytes of a file as it lies there."""
    return path.size if isinstance(path, Member) else path.stat().st_size


def is_workbook(start: bytes) -> bool:
    """Whether a file begins like a spreadsheet (zip or OLE)."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def read_table(
    path: Openable,
    known: frozenset[str] = frozenset(),
    asked: Asked = AS_IT_IS,
    watch: Watch | None = None,
) -> Table:
    """Read a whole table. `known` are normalised headers that help to find the header row,
    `asked` is how the person wants it read.

    Raises `UserError` for what is no table: empty, binary, encrypted, too large.
    """
    with open_bytes(path) as handle:
        start = read_bytes(handle, 8, path.name)
        if not is_workbook(start):
            data = start + _whole(handle, path.name)
    if is_workbook(start):
        from crm_pilot.exchange import workbook

        assert isinstance(path, Path)  # spreadsheets of an archive are unpacked before
        return workbook.read(path, known, asked, watch)
    table = _text_table(data, path.name, known, asked)
    if len(table.headers) == 1 and path.suffix.lower() in SPREADSHEETS:
        raise UserError(BROKEN, name=path.name)  # called a spreadsheet, and neither one nor a table
    return table


def read_head(
    path: Openable, known: frozenset[str] = frozenset(), asked: Asked = AS_IT_IS
) -> Table:
    """The beginning of a text file as a table; a spreadsheet as a whole. Raises `UserError`."""
    with open_bytes(path) as handle:
        data = read_bytes(handle, HEAD, path.name)
        more = bool(read_bytes(handle, 1, path.name))
        unpacked = HEAD if hasattr(handle, "given") else SMALL + 1
        while unpacked <= SMALL and read_bytes(handle, PIECE, path.name):
            unpacked += PIECE  # a bomb shows itself before rows are read from it
    if is_workbook(data):
        return read_table(path, known, asked)
    return _text_table(data, path.name, known, asked, more=more)


def read_bytes(handle: IO[bytes], size: int, name: str) -> bytes:
    """Up to `size` bytes. Raises `UserError` when the disk or the packing fails."""
    try:
        return handle.read(size)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            N_("“{name}” cannot be read ({reason})."), name=name, reason=str(error)
        ) from error


def whole_encoding(handle: IO[bytes], name: str, asked: str = "") -> Encoding:
    """Encoding of a file of any size, from the lines that are not plain ASCII."""
    sample, rest = bytearray(), b""
    while len(sample) < HEAD and (piece := read_bytes(handle, PIECE, name)):
        piece = rest + piece
        cut = piece.rfind(b"\n") + 1 or len(piece)
        piece, rest = piece[:cut], piece[cut:]
        for line in _ODD_LINE.findall(piece):
            sample += line
    return encodings.find_encoding(bytes(sample + rest), asked)


def _whole(handle: IO[bytes], name: str) -> bytes:
    """What is left of a file, in pieces, so that a bomb is refused on the way."""
    data = bytearray()
    while piece := read_bytes(handle, PIECE, name):
        data += piece
        if len(data) > MOST_BYTES:
            raise UserError(
                N_(
                    "“{name}” is too large to be read as one table: cut it into files of at most"
                    " {size} MB, by year for example."
                ),
                name=name,
                size=MOST_BYTES >> 20,
            )
    return bytes(data)


def _text_table(
    data: bytes, name: str, known: frozenset[str], asked: Asked, *, more: bool = False
) -> Table:
    """A table from the bytes of a text; with `more` they are only its beginning."""
    if not data.strip():
        raise UserError(N_("“{name}” is empty."), name=name)
    encoding = encodings.find_encoding(data, asked.encoding)
    if more:
        data = _whole_lines(data, encoding)
    noted = Problems()
    text = encodings.decode(data, encoding, noted)
    del data
    _refuse_other(text, name)
    if not noted.warnings:
        encodings.note_lost(text, noted)
    text = encodings.without_c1(encodings.without_nul(text, noted), noted)
    dialect = dialects.find_dialect(text, known, asked.delimiter)
    source = Source(
        name,
        encoding=encoding.name,
        codec=encoding.codec,
        delimiter=dialect.delimiter,
        plain=dialect.plain,
        encoding_why=encoding.why,
        delimiter_why=dialect.why,
        spoiled=encodings.looks_spoiled(text),
        noted=noted,
    )
    rows = records.cut(text, dialect, noted)
    return make_table(rows, known, source, asked.header)


def _whole_lines(data: bytes, encoding: Encoding) -> bytes:
    """The beginning of a file up to its last line end."""
    width = 4 if "32" in encoding.codec else 2 if "16" in encoding.codec else 1
    cut = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
    return data[: -(-cut // width) * width] or data


def _refuse_other(text: str, name: str) -> None:
    """Refuse what is text but no table."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if _MARKUP.match(start) and text.rstrip().endswith(">"):
        raise UserError(
            N_(
                "“{name}” is a web page or an XML file, not a table. Open it in your spreadsheet"
                " program, save it as .xlsx or .csv, and import that."
            ),
            name=name,
        )
    if _JSON.match(start) and text.rstrip().endswith(("]", "}")):
        raise UserError(
            N_("“{name}” is a JSON file, not a table. Export it as CSV or Excel and import that."),
            name=name,
        )
    odd = sum(text.count(chr(code)) for code in range(1, 32) if code not in _ALLOWED)
    nul = text.count("\0")
    if start.startswith(_DOCUMENTS) or odd > len(text) * 0.01 or nul > len(text) * 0.1:
        raise UserError(
            N_(
                "“{name}” is not a table: it is not text. Export it as CSV or Excel and import"
                " that."
            ),
            name=name,
        )


_ALLOWED = frozenset([1, 9, 10, 12, 13, 27, 31])  # 1 and 31 may separate cells
