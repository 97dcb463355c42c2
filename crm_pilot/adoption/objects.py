"""The register of CRM objects: what each is, and when it was last used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class ObjectRow:
    """An object as the exports name it; records of the 28 days up to the last action known."""

    id: int
    name: str
    kind: ObjectKind
    last_on: dt.date | None  # last day of an action
    created: int
    updated: int
    users: int
    features: tuple[str, ...]  # in which its use counts


def register(reader: Reader, today: dt.date) -> tuple[ObjectRow, ...]:
    """Every object, by name."""
    return ()
