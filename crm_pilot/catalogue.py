"""A compiled catalogue (.mo), looked up in the file as it lies.

`gettext.GNUTranslations` takes a catalogue apart whole when it is opened: with 5,900 texts that was
a tenth of the time to the first window, of which shows a hundred. The entries of the file are in
the order of their keys, so that each is found by bisection when it is first asked for.
Format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable
from gettext import NullTranslations, c2py

_MAGIC = 0x950412DE  # as Babel writes it: little-endian
_RULE = b"Plural-Forms:"


class Compiled(NullTranslations):
    """The texts of one language from the bytes of its catalogue; what it lacks stays English.

    Raises `ValueError` where the bytes are no such catalogue.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        if len(data) < 20 or struct.unpack_from("<I", data)[0] != _MAGIC:
            raise ValueError("not a compiled catalogue")
        self._data = data
        self._count: int
        self._count, keys, texts = struct.unpack_from("<3I", data, 8)
        # length and place of each key, then of each text
        self._keys = struct.unpack_from(f"<{2 * self._count}I", data, keys)
        self._texts = struct.unpack_from(f"<{2 * self._count}I", data, texts)
        self._known: dict[str, tuple[str, ...]] = {}
        self._form: Callable[[int], int] | None = None

    def __len__(self) -> int:
        """Texts in the catalogue, its head among them."""
        return self._count

    def gettext(self, message: str) -> str:
        """`message` in the language, or as it is."""
        found = self._find(message)
        return found[0] if found else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for `n` in the language, or in English."""
        found = self._find(msgid1)
        if not found:
            return msgid1 if n == 1 else msgid2
        if self._form is None:
            self._form = c2py(self._rule())
        return found[min(self._form(n), len(found) - 1)]

    def _find(self, message: str) -> tuple[str, ...]:
        """The forms of a text; none where it is not in the catalogue."""
        found = self._known.get(message)
        if found is None:
            wanted = message.encode()
            at = bisect_left(range(self._count), wanted, key=self._key)
            here = at < self._count and self._key(at) == wanted
            text = self._part(self._texts, at).decode() if here else ""
            found = self._known[message] = tuple(text.split("\0")) if text else ()
        return found

    def _key(self, at: int) -> bytes:
        """The English text of an entry; of one with a plural, the singular."""
        return self._part(self._keys, at).partition(b"\0")[0]

    def _part(self, table: tuple[int, ...], at: int) -> bytes:
        length, start = table[2 * at], table[2 * at + 1]
        return self._data[start : start + length]

    def _rule(self) -> str:
        """What `plural=` says in the head of the catalogue."""
        head = self._part(self._texts, 0)
        line = head[head.index(_RULE) :].split(b"\n")[0].decode()
        return line.partition("plural=")[2].rstrip("; ")
