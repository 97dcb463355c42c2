"""What all rooms share when they give their figures away: levels, pooling, plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from crm_pilot.i18n import N_, Message, Translator

if TYPE_CHECKING:
    from crm_pilot.adoption.queries import AdoptionFigures, DepartmentUse

BY = ("department", "profile", "wave", "user")
SMALL = 5  # groups with fewer people are pooled at committee level
K = TypeVar("K")


class Level(StrEnum):
    """Who may read what is printed or exported."""

    COMMITTEE = "committee"  # the default everywhere
    OWN = "own"  # the lead's own, with names


LEVELS = {Level.COMMITTEE: N_("Committee"), Level.OWN: N_("Lead's own")}


def pooled(counts: Sequence[tuple[K, int]]) -> tuple[list[tuple[K, int]], int, int]:
    """Counts that may be told, and the number and sum of those that are pooled.

    Counts of one to four are pooled. A pool of one, or of fewer than five people, would still say
    who is in it, since the total is known: the smallest of the others join it, empty ones last.
    """
    small = {key for key, count in counts if 0 < count < SMALL}
    people = sum(count for key, count in counts if key in small)
    others = sorted((c for c in counts if c[0] not in small), key=lambda c: (not c[1], c[1]))
    while small and others and (len(small) < 2 or people < SMALL):
        key, count = others.pop(0)
        small.add(key)
        people += count
    return [one for one in counts if one[0] not in small], len(small), people


def hidden_keys(sizes: Iterable[tuple[int | None, int]], level: Level) -> frozenset[int | None]:
    """Groups whose figures may not be told alone: those of one to four accounts, and the smallest
    others where what is missing would tell them."""
    if level is Level.OWN:
        return frozenset()
    counts = list(sizes)
    told = {key for key, _ in pooled(counts)[0]}
    return frozenset(key for key, _ in counts if key not in told)


def departments(figures: AdoptionFigures, level: Level) -> tuple[DepartmentUse, ...]:
    """Use by department; at committee level the cells of fewer than five accounts are empty."""
    return tuple(
        replace(row, days_per_week=None, active_share=None, below=False)
        if level == Level.COMMITTEE and row.accounts < SMALL
        else row
        for row in figures.departments
    )


def plain(value: Any, shown: Translator, *, without: Iterable[str] = ()) -> Any:
    """A row or figure as JSON-ready data; fields in `without` are left out."""
    if is_dataclass(value) and not isinstance(value, (type, Message)):
        return {
            field.name: plain(getattr(value, field.name), shown)
            for field in fields(value)
            if field.name not in without and field.compare  # not what only helps to compute
        }
    if isinstance(value, Message):
        return shown.show(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, (tuple, list)):
        return [plain(item, shown) for item in value]
    return value


def records(rows: Iterable[tuple[Any, ...]], *keys: str) -> list[dict[str, Any]]:
    """Tuples as objects with the given keys."""
    shown = Translator("en")
    return [dict(zip(keys, plain(row, shown), strict=True)) for row in rows]
