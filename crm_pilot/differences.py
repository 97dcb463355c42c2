"""What changed between two versions of a project, in the words of the trade.

`store/differences.py` counts rows; here they become short sentences, the ones that matter first:
go-lives and milestones that moved, then what was imported, then counts room by room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crm_pilot.differences_words import FOLLOWERS, IMPORTED, WORDS
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.differences import Comparison, Row, TableChange

MILESTONES = 3  # named; the others are counted among the tasks
SHORT = 4  # sentences of a summary in one line


def sentences(found: Comparison) -> list[Message]:
    """Every difference as a short sentence; empty when there is none."""
    told = [*_card(found), *_moves(found), *_counts(found)]
    if found.formats is not None:
        old, new = found.formats
        told.append(msg("file format {old} → {new}", old=old, new=new))
    return told


def summary(told: Sequence[Message], show: Any, limit: int = SHORT) -> str:
    """Sentences in one line, each through `show` (of `crm_pilot.i18n` or a translator)."""
    shown = [show(one) for one in told[:limit]]
    if len(told) > limit:
        shown.append(show(nmsg("and {n} more", "and {n} more", len(told) - limit)))
    return ", ".join(shown) if shown else str(show(msg("no change")))


def _card(found: Comparison) -> Iterator[Message]:
    """Changes of the project's card."""
    for row in found.tables.get("project", TableChange()).rows:
        before, after = row.before, row.after
        if before is None or after is None:
            continue
        if before["name"] != after["name"]:
            yield msg("renamed “{old}” → “{new}”", old=before["name"], new=after["name"])
        if before.get("status_date") != after.get("status_date"):
            yield _dated(msg("status date: {old} → {new}"), row, "status_date")
        others = {*before, *after} - {"name", "status_date"}
        if any(before.get(name) != after.get(name) for name in others):
            yield msg("project card changed")


def _moves(found: Comparison) -> Iterator[Message]:
    """Go-lives, then other milestones, that have another day."""
    told = 0
    for row in found.moved:
        after = row.after or {}
        if after["wave"] is not None:
            yield _dated(msg("go-live {name}: {old} → {new}", name=after["wave"]), row, "finish")
        elif told < MILESTONES:
            told += 1
            yield _dated(
                msg("milestone “{name}”: {old} → {new}", name=after["title"]), row, "finish"
            )


def _dated(template: Message, row: Row, column: str) -> Message:
    params = {"old": _day((row.before or {})[column]), "new": _day((row.after or {})[column])}
    return replace(template, params={**template.params, **params})


def _day(stored: str | None) -> object:
    """A stored day for a sentence."""
    if not stored:
        return msg("no date")
    try:
        return dt.date.fromisoformat(stored)
    except ValueError:  # written by another tool
        return stored


def _counts(found: Comparison) -> Iterator[Message]:
    """How many rows of each table; what came with an import is named as such."""
    imports = found.tables.get("import_batch", TableChange())
    kinds = [str(row.after["kind"]) for row in imports.rows if row.before is None and row.after]
    imported = [
        table
        for table, (of, _) in IMPORTED.items()
        if set(of) & set(kinds) and found.tables.get(table, TableChange()).added
    ]
    for table in imported:
        yield _counted(IMPORTED[table][1], found.tables[table].added)
    told = {kind for table in imported for kind in IMPORTED[table][0]}
    for table, words in WORDS.items():
        change = found.tables.get(table, TableChange())
        if any(leader in found.tables for leader in FOLLOWERS.get(table, ())):
            continue
        added = 0 if table in imported else change.added
        if table == "import_batch":
            added = sum(kind not in told for kind in kinds)
        counts = (added, change.changed, change.removed)
        yield from (_counted(word, n) for word, n in zip(words, counts, strict=True) if n)
    unknown = [c for t, c in found.tables.items() if t not in WORDS and t != "project"]
    if others := sum(c.added + c.changed + c.removed for c in unknown):
        yield nmsg("{n} other change", "{n} other changes", others)


def _counted(words: Message, n: int) -> Message:
    return replace(words, params={"n": n})
