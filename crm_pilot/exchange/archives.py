"""Looks through a zip-packed spreadsheet before any library opens it, trusting nothing it declares.

Every part is unpacked piece by piece and thrown away: an absurd size or shape, a document type
declaration (the door of XML bombs) or a password ends it at once.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_

MOST_UNPACKED = 256 << 20  # of all parts together
MOST_RATIO = 200  # real sheets shrink 5 to 30 times
SMALL = 8 << 20  # below this a ratio is no danger
MOST_PARTS = 4000
MOST_DIRECTORY = 1 << 20  # bytes of the list of parts
LONGEST_TAG = 1 << 20  # without any ">"; a cell holds at most 32,767 characters
MOST_COLUMNS = 16_384
PIECE = 1 << 18
_STORED, _DEFLATED = 0, 8
_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<26xHH")
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY|D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y")


def check(path: Path) -> int:
    """How many bytes a file holds when unpacked. Raises `UserError` for an archive that no
    spreadsheet program writes; what is no archive, or a broken one, is left to the reader."""
    with path.open("rb") as handle:
        refuse_many(handle, path.name)
        try:
            with zipfile.ZipFile(handle) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
            return path.stat().st_size
        names = {part.filename for part in parts}
        if len(parts) > MOST_PARTS:
            raise UserError(_MANY, name=path.name)
        _refuse_other(names, path.name)
        if any(part.flag_bits & 1 for part in parts):
            raise UserError(LOCKED, name=path.name)
        refuse_overlapping(parts, path.name)
        given = taken = 0
        for part in parts:
            given, taken = _look_through(handle, part, given, taken, path.name)
    return given


_MANY = N_("“{name}” has far more parts than a spreadsheet: it was not opened.")
_ODD = N_("“{name}” is not built as spreadsheets are: it was not opened.")
LOCKED = N_("“{name}” is protected by a password. Save it without one and import it again.")


def refuse_many(handle: IO[bytes], name: str) -> None:
    """Refuse a list of parts that would itself fill the memory."""
    size = handle.seek(0, os.SEEK_END)
    handle.seek(max(0, size - 66_000))
    tail = handle.read()
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + 20:
        directory = int.from_bytes(tail[at + 12 : at + 16], "little")
        if directory > MOST_DIRECTORY:
            raise UserError(_MANY, name=name)
    handle.seek(0)


def _refuse_other(names: set[str], name: str) -> None:
    marks = {"[Content_Types].xml", "content.xml", "mimetype", "_rels/.rels"}
    lower = {part.lower() for part in names}
    if any(part.endswith(".iwa") for part in lower):
        raise UserError(
            N_("“{name}” was made with Numbers. Export it from there as Excel or CSV."), name=name
        )
    if not {mark.lower() for mark in marks} & lower and not any(
        part.startswith("xl/") for part in lower
    ):
        raise UserError(
            N_("“{name}” is an archive of files. Unpack it and import the files one by one."),
            name=name,
        )


def refuse_overlapping(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuse parts that are made of the same bytes."""
    places = sorted((part.header_offset, part.compress_size) for part in parts)
    if any(start + size > after for (start, size), (after, _) in pairwise(places)):
        raise UserError(_ODD, name=name)


def _look_through(
    handle: IO[bytes], part: zipfile.ZipInfo, given: int, taken: int, name: str
) -> tuple[int, int]:
    """Unpack one part and throw it away. `given`, `taken`: bytes unpacked, and packed bytes they
    came from, of all parts so far; the new ones are returned."""
    tag, tail, markup = 0, b"", None
    for piece, packed in _pieces(handle, part):
        if markup is None:
            markup = piece.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
        given += len(piece)
        taken += packed
        if given > MOST_UNPACKED or (given > SMALL and given > MOST_RATIO * taken):
            raise UserError(
                N_("“{name}” would unpack to more than {size} MB: it was not opened."),
                name=name,
                size=given >> 20,
            )
        if not markup:
            continue
        if _DOCTYPE.search(tail + piece):
            raise UserError(
                N_(
                    "“{name}” holds a document type declaration, which no spreadsheet program"
                    " writes: it was not opened."
                ),
                name=name,
            )
        tail = piece[-24:]
        tag = tag + len(piece) if b">" not in piece else len(piece) - piece.rindex(b">")
        if tag > LONGEST_TAG:
            raise UserError(_ODD, name=name)
    return given, taken


def _pieces(handle: IO[bytes], part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """(unpacked piece, packed bytes it came from), to the end of the data and not of what the
    directory declares; nothing for what is broken."""
    handle.seek(part.header_offset)
    head = handle.read(30)
    if len(head) < 30 or part.compress_type not in (_STORED, _DEFLATED):
        return
    handle.seek(sum(_LOCAL.unpack(head)), os.SEEK_CUR)
    if part.compress_type == _STORED:
        left = part.compress_size
        while left > 0 and (raw := handle.read(min(PIECE, left))):
            left -= len(raw)
            yield raw, len(raw)
        return
    unpack = zlib.decompressobj(-15)
    rest = b""
    while not unpack.eof:
        raw = rest or handle.read(PIECE >> 2)
        if not raw:
            return
        try:
            piece = unpack.decompress(raw, PIECE)
        except zlib.error:
            return
        rest = unpack.unconsumed_tail
        yield piece, len(raw) - len(rest) - len(unpack.unused_data)
