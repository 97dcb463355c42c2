"""The casting of the project: roles, who plays them, and parts that should not be mixed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from crm_pilot.people.queries import FULL_NAME
from crm_pilot.people.terms import RoleKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

# King, knight and sorcerer (DOMAIN.md 1.9): mixing these parts is the failure pattern of seed 004.
APART = (RoleKind.SPONSOR, RoleKind.LEAD, RoleKind.INTEGRATOR)


@dataclass(frozen=True)
class RoleRow:
    """A role of the project; `person` is empty while nobody is named."""

    id: int
    name: str
    duty: str
    kind: RoleKind
    person_id: int | None
    person: str
    position: int


@remembered("role", "person")
def roles(reader: Reader) -> tuple[RoleRow, ...]:
    """Every role in the lead's order."""
    found = reader.select(
        f"SELECT r.id, r.name, r.duty, r.kind, r.person_id, {FULL_NAME.format(table='p')},"
        " r.position FROM role r LEFT JOIN person p ON p.id = r.person_id"
        " ORDER BY r.position, r.id"
    )
    return tuple(
        RoleRow(key, name, duty, RoleKind(kind), person_id, person or "", position)
        for key, name, duty, kind, person_id, person, position in found
    )


def mixed(rows: Iterable[RoleRow]) -> tuple[tuple[RoleKind, RoleKind], ...]:
    """Pairs among sponsor, lead and integrator that one person holds (D10), each pair once."""
    holders: dict[RoleKind, set[int]] = {}
    for row in rows:
        if row.person_id is not None:
            holders.setdefault(row.kind, set()).add(row.person_id)
    return tuple(
        (one, other)
        for one, other in combinations(APART, 2)
        if holders.get(one, set()) & holders.get(other, set())
    )


def vacant(rows: Iterable[RoleRow]) -> tuple[RoleKind, ...]:
    """Which of sponsor, lead and integrator are listed and played by nobody."""
    listed = list(rows)
    return tuple(
        kind
        for kind in APART
        if any(row.kind is kind for row in listed)
        and not any(row.kind is kind and row.person_id is not None for row in listed)
    )
