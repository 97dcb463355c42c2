"""Goes through a login log of any size once, keeping nothing but user-days.

Rows are taken in blocks of whole lines. A block in which every cell is quoted, or none is, and
every line has as many cells as the header is cut at its delimiters (three times as fast as
`csv.reader`); any other block goes through `csv.reader`. Of each row only the user, the hour and
the kind of login are looked at; each distinct value is checked once.
"""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import add, itemgetter
from pathlib import Path
from typing import IO, cast

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.encodings import LOST, LOST_HERE, NUL
from crm_pilot.exchange.moments import Moments, Unreadable
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import open_bytes, read_bytes
from crm_pilot.exchange.shape import wrong_width
from crm_pilot.i18n import N_, Message, msg

BLOCK = 1 << 15  # the rows of a block should fit the processor's cache: it triples the speed
LONGEST_LINE = 4 << 20
ROWS = 50_000  # taken from csv.reader at a time
REMEMBERED = 100_000  # distinct moments kept at a time where they are read in full
Wanted = tuple[str, str, str, str]  # user, moment, status, type
DAY = 1 << 22  # user number × DAY + day ordinal is one whole number
_TAIL = re.compile(r":[0-5]\d:[0-5]\d(?:\.\d{1,9})?(Z|[+-]00:?00)?")


@dataclass
class Layout:
    """Where the wanted columns of a log are."""

    encoding: str
    delimiter: str
    header_end: int  # lines above the first row
    headers: tuple[str, ...]
    columns: tuple[int, int, int, int]  # user, moment, status, type; −1: not there
    errors: str = "strict"  # or "replace": what means nothing becomes � and is noted


@dataclass
class Scan:
    """What a log came to."""

    rows: int = 0
    users: list[str] = field(default_factory=list)  # by number
    user_days: set[int] = field(default_factory=set)  # user number × DAY + ordinal
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)  # (status, type) -> rows
    kept: int = 0


class _Users(dict[str, int]):
    """User as written → its number × DAY; several ways to write one user share a number."""

    def __init__(self, canonical: Callable[[str], str]) -> None:
        self._canonical = canonical
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []

    def __missing__(self, written: str) -> int:
        key = self._canonical(written)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.names)
            self.names.append(written.strip())
        elif len(written) > len(self.names[number]):
            self.names[number] = written.strip()  # 18 characters rather than 15
        value = self[written] = number * DAY
        return value


class _Days(dict[str, int]):
    """Moment as written → ordinal of the local day; 0 for what is no date.

    With `tail`, what is written ends with the hour and the rest is put behind it before reading.
    """

    def __init__(self, moments: Moments, tail: str = "") -> None:
        self._moments = moments
        self._tail = tail

    def __missing__(self, written: str) -> int:
        if len(self) > REMEMBERED:
            self.clear()
        try:
            day = self._moments.parse(written + self._tail).toordinal()
        except Unreadable:
            day = 0
        self[written] = day
        return day


class _Clocks:
    """Tells blocks whose moments are all `2026-03-12T09:41:07.000Z` or the like: there the first
    13 characters decide the day, once the distinct rests have been checked."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def zone(self, tails: set[str]) -> str | None:
        """`Z` or the empty text when what follows the hour is alike in a block; None if not."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        zones = {self._zone(tail) for tail in tails}
        return zones.pop() if len(zones) == 1 else None

    def _zone(self, tail: str) -> str | None:
        if tail not in self._known:
            found = _TAIL.fullmatch(tail)
            self._known[tail] = None if found is None else "Z" if found[1] else ""
        return self._known[tail]


class _Good(dict[tuple[str, str], bool]):
    """(status, type) → whether it is a person's login that worked."""

    def __init__(self, keep: Callable[[str, str], bool]) -> None:
        self._keep = keep

    def __missing__(self, kind: tuple[str, str]) -> bool:
        value = self[kind] = self._keep(*kind)
        return value


class LogScanner:
    """One pass over one log."""

    def __init__(
        self,
        layout: Layout,
        moments: Moments,
        *,
        keep: Callable[[str, str], bool],
        canonical: Callable[[str], str],
        problems: Problems,
    ) -> None:
        self._layout = layout
        self._users = _Users(canonical)
        self._days = _Days(moments)
        self._clocks = _Clocks()
        self._hours = {"Z": _Days(moments, ":00Z"), "": _Days(moments, ":00")}
        self._good = _Good(keep)
        self._problems = problems
        self.scan = Scan(users=self._users.names)

    def run(self, path: Path, watch: Watch) -> Scan:
        """Read the whole file."""
        with open_bytes(path) as handle:
            blocks = _Blocks(handle, path, self._layout, watch, self._problems)
            for start, lines, separator in blocks:
                if separator:
                    self._take_regular(start, lines, separator)
                else:
                    self._take_any(blocks, start, lines)
        return self.scan

    def _take_regular(self, start: int, lines: list[str], separator: str) -> None:
        last = max(self._layout.columns) + 1
        pick = self._picker()
        rows = [pick(line.split(separator, last)) for line in lines]
        self._take(rows, lambda number: start + number)

    def _take_any(self, blocks: _Blocks, start: int, lines: list[str]) -> None:
        feed = _Feed(blocks, lines)
        csv.field_size_limit(1 << 20)
        reader = csv.reader(feed, delimiter=self._layout.delimiter)
        pick, width = self._picker(), len(self._layout.headers)
        while not feed.used_up():
            rows: list[Wanted] = []
            places: list[int] = []
            for _ in repeat(None, ROWS):
                line = start + feed.taken
                try:
                    cells = next(reader, None)
                except csv.Error:
                    self._problems.error(
                        line, "", "", msg("a quotation mark is opened and never closed")
                    )
                    break
                if cells is None:
                    break
                if len(cells) == width:
                    rows.append(pick(cells))
                    places.append(line)
                elif any(cell.strip() for cell in cells):
                    self._ragged(line, len(cells), width)
                if feed.used_up():
                    break
            self._take(rows, places.__getitem__)

    def _ragged(self, line: int, found: int, width: int) -> None:
        self._problems.error(line, "", "", wrong_width(found, width))

    def _picker(self) -> Callable[[Sequence[str]], Wanted]:
        columns = self._layout.columns
        if min(columns) >= 0:
            return cast("Callable[[Sequence[str]], Wanted]", itemgetter(*columns))
        user, moment, status, kind = columns

        def pick(cells: Sequence[str]) -> Wanted:
            return (
                cells[user],
                cells[moment],
                cells[status] if status >= 0 else "",
                cells[kind] if kind >= 0 else "",
            )

        return pick

    def _take(self, rows: list[Wanted], line_of: Callable[[int], int]) -> None:
        """Count one block of rows and add its user-days. The loops run inside the interpreter's
        own functions where they can: this is where the time goes."""
        if not rows:
            return
        users, moments, statuses, types = zip(*rows, strict=True)
        kinds = list(zip(statuses, types, strict=True))
        self.scan.rows += len(rows)
        self.scan.kinds.update(kinds)
        zone = self._clocks.zone({moment[13:] for moment in moments})
        days = self._days if zone is None else self._hours[zone]
        width = None if zone is None else 13
        local = map(days.__getitem__, [moment[:width] for moment in moments])
        keys = map(add, map(self._users.__getitem__, users), local)
        found = set(compress(keys, map(self._good.__getitem__, kinds)))
        if any(not key % DAY for key in found) or "" in self._users:
            self._name_bad(rows, line_of, days, width)
            names = self._users.names
            found = {key for key in found if key % DAY and names[key // DAY]}
        self.scan.user_days |= found

    def _name_bad(
        self,
        rows: list[Wanted],
        line_of: Callable[[int], int],
        days: _Days,
        width: int | None,
    ) -> None:
        """Find the lines of what could not be read in this block."""
        headers, (user_at, moment_at, *_) = self._layout.headers, self._layout.columns
        for number, (user, moment, *kind) in enumerate(rows):
            if not self._good[kind[0], kind[1]]:
                continue
            if not days[moment[:width]]:
                self._problems.error(line_of(number), headers[moment_at], moment, NO_DATE)
            if not user.strip():
                self._problems.error(line_of(number), headers[user_at], "", msg("must be filled"))


NO_DATE: Message = msg(
    "no date that can be read; accepted are dates such as {samples}",
    samples="2026-03-12T09:41:00Z, 2026-03-12, 12/03/2026 16:24",
)


class _Blocks(Iterator[tuple[int, list[str], str]]):
    """Blocks of whole lines: (line of the first, lines, separator when the block is regular)."""

    def __init__(
        self, handle: IO[bytes], path: Path, layout: Layout, watch: Watch, problems: Problems
    ) -> None:
        self._handle = handle
        self._problems = problems
        self._name = path.name
        self._size = max(1, os.path.getsize(path))
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


class _Feed(Iterator[str]):
    """Lines of one irregular block for `csv.reader`; goes on into the next blocks only while a
    quoted cell is open at the end of this one."""

    def __init__(self, blocks: _Blocks, lines: list[str]) -> None:
        self._blocks = blocks
        self._lines = lines
        self.taken = 0

    def used_up(self) -> bool:
        """Whether the block is used up."""
        return self.taken >= len(self._lines)

    def __next__(self) -> str:
        if self.used_up():
            _, more, regular = next(self._blocks)
            if regular[:1] == '"':
                more = [f'"{line}"\n' for line in more]
            elif regular:
                more = [f"{line}\n" for line in more]
            self._lines += more
        self.taken += 1
        return self._lines[self.taken - 1]


def needed(headers: Sequence[str], mapping: dict[str, str]) -> tuple[int, int, int, int]:
    """Places of user, moment, status and type."""
    place = {
        header: number for number, header in enumerate(headers) if not heads.is_dropped(header)
    }
    user, moment, status, kind = (
        place.get(mapping.get(name, ""), -1) for name in ("user", "moment", "status", "type")
    )
    return user, moment, status, kind
