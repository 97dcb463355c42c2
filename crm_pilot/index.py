"""The index behind the palette: everything findable in one project, read slice by slice, and again
only what changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_pilot.findable import KINDS, Kind, Row
from crm_pilot.i18n import Translator
from crm_pilot.search import Part, folded_lines
from crm_pilot.store.reader import Reader

SLICE = 2_000  # rows read and folded at once: a few milliseconds


class Index:
    """Everything findable in one project, in one language.

    `step()` reads one slice of what is not known or has changed and says whether all is known;
    meanwhile `parts` hold what was known before. Use it in the thread of its reader.
    """

    def __init__(self, reader: Reader, words: Translator) -> None:
        self._reader, self._words = reader, words
        self._known: dict[str, tuple[Any, Part]] = {}  # table -> state it was read at, part
        self._reading: _Reading | None = None

    @property
    def parts(self) -> list[Part]:
        """What can be searched now."""
        return [self._known[kind.table][1] for kind in KINDS if kind.table in self._known]

    def step(self) -> bool:
        """Read one slice; True when everything is known as it is now."""
        kind = next((kind for kind in KINDS if self._stale(kind)), None)
        if kind is None:
            self._reading = None
            return True
        state = self._state(kind)
        if self._reading is None or (self._reading.kind, self._reading.state) != (kind, state):
            self._reading = _Reading(kind, state)
        if self._reading.read(self._reader, self._words):
            self._known[kind.table] = (state, self._reading.part(self._words))
            self._reading = None
        return not any(self._stale(kind) for kind in KINDS)

    def complete(self) -> None:
        """Read all that is missing, at once."""
        while not self.step():
            pass

    def _stale(self, kind: Kind) -> bool:
        known = self._known.get(kind.table)
        return known is None or known[0] != self._state(kind)

    def _state(self, kind: Kind) -> tuple[int, ...]:
        versions = self._reader.versions or {}
        return tuple(versions.get(table, 0) for table in (kind.table, *kind.others))


class _Reading:
    """One kind on its way into the index."""

    def __init__(self, kind: Kind, state: tuple[int, ...]) -> None:
        self.kind, self.state = kind, state
        self._rows: list[Row] = []
        self._lines: list[str] = []
        self._initials: list[str] = []

    def read(self, reader: Reader, words: Translator) -> bool:
        """Read one slice; whether it was the last."""
        kind = self.kind
        way, order = ("<", "DESC") if kind.newest_first else (">", "ASC")
        where = f"WHERE x.id {way} ?" if self._rows else "WHERE ? IS NULL"
        last = self._rows[-1][0] if self._rows else None
        rows = reader.select(
            f"{kind.sql} {where} ORDER BY x.id {order} LIMIT {SLICE}",
            last,
        )
        titles = [(kind.titled(row, words), row[2]) for row in rows]
        lines, initials = folded_lines(titles)
        self._rows += rows
        self._lines += lines
        self._initials += initials
        return len(rows) < SLICE

    def part(self, words: Translator) -> Part:
        """What was read."""
        describe = partial(_describe, self.kind, words)
        return Part(
            self.kind.table,
            self._rows,
            describe,
            self._lines,
            self._initials,
            quiet=self.kind.quiet,
        )


def _describe(kind: Kind, words: Translator, row: Row) -> tuple[str, str, str]:
    return kind.titled(row, words), str(row[2] or ""), kind.detail(row, words)
