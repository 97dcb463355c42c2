"""The register of CRM objects: what each is, and when it was last used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.facts_rare import last_acted
from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


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


@remembered("crm_object", "feature", "feature_object", *facts.TABLES)
def register(reader: Reader, today: dt.date) -> tuple[ObjectRow, ...]:
    """Every object, by name. Records are those of all accounts, also of interfaces."""
    until = facts.last_action(reader, today)
    last = last_acted(reader, today)
    counts: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    if until is not None:
        first = until - dt.timedelta(days=rules.WINDOW_DAYS - 1)
        for account, thing, created, updated in facts.records(reader, first, until):
            if created or updated:
                counts[thing].append((account, created, updated))
    features: dict[int, list[str]] = defaultdict(list)
    for thing, name in reader.select(
        "SELECT o.object_id, f.name FROM feature_object o JOIN feature f ON f.id = o.feature_id"
        " ORDER BY f.position, f.id"
    ):
        features[thing].append(name)
    return tuple(
        ObjectRow(
            id=key,
            name=name,
            kind=ObjectKind(kind),
            last_on=last.get(key),
            created=sum(created for _, created, _ in counts[key]),
            updated=sum(updated for _, _, updated in counts[key]),
            users=len(counts[key]),
            features=tuple(features[key]),
        )
        for key, name, kind in reader.select(
            "SELECT id, name, kind FROM crm_object ORDER BY name COLLATE NOCASE, id"
        )
    )
