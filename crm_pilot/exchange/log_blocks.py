"""Cuts an export of any size into blocks of whole lines, decoded and looked through."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import repeat
from typing import IO

from crm_pilot.errors import UserError
from crm_pilot.exchange.bundles import Openable
from crm_pilot.exchange.encodings import LOST, LOST_HERE, NUL
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import read_bytes, size_of
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

BLOCK = 1 << 15  # the rows of a block should fit the processor's cache: it triples the speed
LONGEST_LINE = 4 << 20


@dataclass
class Layout:
    """How the rows of a file are written."""

    encoding: str
    delimiter: str
    header_end: int  # lines above the first row
    headers: tuple[str, ...]
    errors: str = "strict"  # or "replace": what means nothing becomes � and is noted


class Blocks(Iterator[tuple[int, list[str], str]]):
    """Blocks of whole lines: (line of the first, lines, separator when the block is regular)."""

    def __init__(
        self, handle: IO[bytes], path: Openable, layout: Layout, watch: Watch, problems: Problems
    ) -> None:
        self._handle = handle
        self._problems = problems
        self._name = path.name
        self._size = max(1, size_of(path))
        self._watch = watch
        self._layout = layout
        self._width = len(layout.headers)
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder(layout.encoding)(layout.errors)
        self._line = 1
        self._skip = layout.header_end

    def __next__(self) -> tuple[int, list[str], str]:
        start, text = self._line, self._next_text()
        if text is None:
            raise StopIteration
        while self._skip and text:  # lines up to and with the header
            _, _, text = text.partition("\n")
            self._skip -= 1
            start += 1
        if "\0" in text or LOST in text:
            text = self._note_odd(text, start)
        lines, separator = self._cut(text)
        self._line = start + len(lines)
        return start, lines, separator

    def _next_text(self) -> str | None:
        """The next block, up to its last line end; line ends become \\n."""
        text, end = self._rest, False
        while not end and "\n" not in text:
            block = read_bytes(self._handle, BLOCK, self._name)
            end = not block
            self._watch.at(min(self._place(), self._size), self._size)
            text += self._decoder.decode(block, final=end)
            self._refuse_endless(text)
            if "\r" in text:
                held = "\r" if text.endswith("\r") and not end else ""
                text = text[: len(text) - len(held)]
                text = text.replace("\r\n", "\n").replace("\r", "\n") + held
        cut = len(text) if end else text.rfind("\n") + 1
        self._rest = text[cut:]
        return text[:cut] or None

    def _note_odd(self, text: str, start: int) -> str:
        """Note lost characters and NULs by line; the text without NULs."""
        for number, line in enumerate(text.split("\n"), start):
            if "\0" in line:
                self._problems.warn(number, "", "", NUL)
            if LOST in line:
                self._problems.warn(number, "", "", LOST_HERE)
        return text.replace("\0", "")

    def _refuse_endless(self, text: str) -> None:
        if len(text) > LONGEST_LINE:
            raise UserError(
                N_("“{name}” is not a table: line {line} has no end."),
                name=self._name,
                line=self._line,
            )

    def _place(self) -> int:
        raw = getattr(self._handle, "fileobj", self._handle)  # packed: how far in the packed file
        return int(raw.tell())

    def _cut(self, text: str) -> tuple[list[str], str]:
        """Lines and separator: `","` when all cells of the block are quoted (the outer quotes
        are cut off), the delimiter when none is, empty when neither."""
        if not text.endswith("\n"):
            text += "\n"
        quotes = text.count('"')
        if not quotes:
            separator, lines = self._layout.delimiter, text[:-1].split("\n")
        elif text.startswith('"') and text.endswith('"\n'):
            separator, lines = f'"{self._layout.delimiter}"', text[1:-2].split('"\n"')
        else:
            return [line + "\n" for line in text[:-1].split("\n")], ""
        even = set(map(str.count, lines, repeat(separator))) == {self._width - 1}
        if not even or quotes not in (0, 2 * self._width * len(lines)):
            return [line + "\n" for line in text[:-1].split("\n")], ""
        return lines, separator
