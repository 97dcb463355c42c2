"""What the positions say beside training, tickets and adoption: who is trained, where it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from crm_pilot.stakeholders import queries as positions
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import queries as training


@dataclass(frozen=True)
class Trained:
    """How many of how many: 0 or 1 of 1 for a person, its department's users for a group."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """Part of 1."""
        return self.done / self.of


@remembered(
    "stakeholder", "rating", "zone_cell", "department", "person", "profile", *training.TABLES
)
def trained(reader: Reader, today: dt.date) -> Mapping[int, Trained]:
    """Training of every unit of the map by its id; units nothing is known of are left out.

    A person counts as trained with one session attended on or before `today`; a group has the
    coverage of its department (`training.queries.coverage`).
    """
    covered = {
        row.department_id: Trained(row.trained, row.users)
        for row in training.coverage(reader, today)
        if row.users and row.department_id is not None
    }
    attended = {
        person
        for (person,) in reader.select(
            "SELECT DISTINCT t.person_id FROM attendance t"
            " JOIN training_session s ON s.id = t.session_id"
            " WHERE t.presence = 'present' AND s.held_on <= ?",
            today,
        )
    }
    found: dict[int, Trained] = {}
    for unit in positions.units(reader, today):
        if unit.kind == UnitKind.PERSON:
            if unit.person_id is not None:
                found[unit.id] = Trained(int(unit.person_id in attended), 1)
        elif unit.department_id in covered:
            found[unit.id] = covered[unit.department_id]
    return found
