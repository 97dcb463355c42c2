"""How ready one unit of the map is for its go-live: trained, CRM accounts, allied relays."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.crossings import UNITS, trained
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import queries as positions
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import queries as training

RELAYS = 2  # wished in a department before its wave: the advice of `governance.readiness`


@dataclass(frozen=True)
class Part:
    """So many of so many people."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """Part of 1."""
        return self.done / self.of if self.of else 0.0


@dataclass(frozen=True)
class UnitReadiness:
    """What is known of a unit; None where nothing is. `before`: its wave goes live then, and has
    not yet."""

    trained: Part | None
    accounts: Part | None
    relays: Part | None
    before: dt.date | None

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return any(part is not None for part in (self.trained, self.accounts, self.relays))


@remembered(*UNITS, *training.TABLES, "account", "wave", "task")
def readiness(reader: Reader, key: int, today: dt.date) -> UnitReadiness:
    """Readiness of the unit `key` on `today`. A group has the figures of its department."""
    units = positions.units(reader, today)
    unit = next((row for row in units if row.id == key), None)
    if unit is None:
        return UnitReadiness(None, None, None, None)
    known = trained(reader, today).get(key)
    waves = {wave.id: wave.day for wave in positions.waves(reader) if wave.day > today}
    return UnitReadiness(
        None if known is None else Part(known.done, known.of),
        _accounts(reader, unit, today),
        _relays(units, unit),
        waves.get(unit.wave_id) if unit.wave_id is not None else None,
    )


def _accounts(reader: Reader, unit: UnitRow, today: dt.date) -> Part | None:
    """People with a CRM account that is not closed, of the people of the department."""
    place = unit.person_id if unit.kind == UnitKind.PERSON else unit.department_id
    if place is None:
        return None
    column = "id" if unit.kind == UnitKind.PERSON else "department_id"
    found = reader.one(
        "SELECT COUNT(*), COALESCE(SUM(EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id"
        f" AND (a.closed_on IS NULL OR a.closed_on > ?))), 0) FROM person p WHERE p.{column} = ?",
        today,
        place,
    )
    people, with_account = found or (0, 0)
    return Part(with_account, people) if people else None


def _relays(units: tuple[UnitRow, ...], unit: UnitRow) -> Part | None:
    """Persons of its department who carry the project, of the two that are wished."""
    if unit.kind == UnitKind.PERSON or unit.department_id is None:
        return None
    allies = [
        row
        for row in units
        if row.kind == UnitKind.PERSON
        and row.department_id == unit.department_id
        and row.trio == Trio.LOCOMOTIVE
    ]
    return Part(min(len(allies), RELAYS), RELAYS)
