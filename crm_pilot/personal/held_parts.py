"""What a person file is made of: tables of plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_pilot.i18n import Message
from crm_pilot.records import dataclass

Value = str | int | float | dt.date | Message | None


@dataclass(frozen=True)
class Part:
    """One table of the person file. `title` and `headings` are marked texts; dates are dates."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""  # marked


def day(text: str | None) -> dt.date | None:
    """A stored day or moment as a day."""
    return dt.date.fromisoformat(text[:10]) if text else None


def among(keys: Iterable[int]) -> str:
    """A list of ids for SQL; they are our own numbers."""
    return "(" + ",".join(str(int(key)) for key in keys) + ")"
