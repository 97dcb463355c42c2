"""The register of features: what was promised and delivered, for whom, and how far it is used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from crm_pilot.adoption import features
from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


@dataclass(frozen=True)
class FeatureRow:
    """A feature; `share` is of its target users within 28 days, None where it cannot be told."""

    id: int
    name: str
    major: bool
    promised_on: dt.date | None
    delivered_on: dt.date | None
    withdrawn_on: dt.date | None
    profiles: tuple[str, ...]  # none: everybody
    objects: tuple[str, ...]  # in which its use shows
    profile_ids: tuple[int, ...]
    object_ids: tuple[int, ...]
    targets: int
    users: int
    share: float | None
    veterans: float | None
    newcomers: float | None


@remembered(*features.TABLES, "crm_object", "profile")
def register(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[FeatureRow, ...]:
    """Every feature, also those withdrawn, in the lead's order."""
    used = {row.feature_id: row for row in features.matrix(reader, today, scope).rows}
    split = {row.feature_id: row for row in features.cohorts(reader, today, scope)}
    profiles = _linked(reader, "profile")
    objects = _linked(reader, "crm_object", "object")
    found = []
    for key, name, major, *days in reader.select(
        "SELECT id, name, major, promised_on, delivered_on, withdrawn_on FROM feature"
        " ORDER BY position, id"
    ):
        use, cohort = used.get(key), split.get(key)
        promised, delivered, withdrawn = (d and dt.date.fromisoformat(d) for d in days)
        found.append(
            FeatureRow(
                id=key,
                name=name,
                major=bool(major),
                promised_on=promised,
                delivered_on=delivered,
                withdrawn_on=withdrawn,
                profiles=tuple(n for _, n in profiles[key]),
                objects=tuple(n for _, n in objects[key]),
                profile_ids=tuple(k for k, _ in profiles[key]),
                object_ids=tuple(k for k, _ in objects[key]),
                targets=use.targets if use else 0,
                users=use.users if use else 0,
                share=use.share if use else None,
                veterans=cohort.veteran_share if cohort else None,
                newcomers=cohort.newcomer_share if cohort else None,
            )
        )
    return tuple(found)


def _linked(reader: Reader, table: str, kind: str = "") -> dict[int, list[tuple[int, str]]]:
    """(id, name) of what a feature is tied to, by feature."""
    kind = kind or table
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for feature, key, name in reader.select(
        f"SELECT l.feature_id, t.id, t.name FROM feature_{kind} l JOIN {table} t"
        f" ON t.id = l.{kind}_id ORDER BY t.name COLLATE NOCASE"
    ):
        found[feature].append((key, name))
    return found
