"""Which users the adoption room looks at: by profile, department, wave, training and zone.

Zones are those of the stakeholder map. A user is where the map puts them (`zones_of`): in the zone
of the unit of their person; where that is not rated or not there, of the group of their department
and profile; else of the group of their department as a whole; else of the group of their profile
in all departments; otherwise they are not mapped. Of two groups alike the larger one counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.adoption.scope import Scope, UserAccount, accounts
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.terms import UnitKind, Zone
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.users import TRAINED, TRAINED_TABLES

TABLES = (
    *SCOPE_TABLES,
    *stakeholders.POSITIONS,
    *TRAINED_TABLES,
)
Places = dict[tuple[int | None, int | None], Zone]  # department and profile of a group → zone


@remembered(*TABLES)
def scope(
    reader: Reader,
    today: dt.date,
    profiles: frozenset[int] = frozenset(),
    departments: frozenset[int] = frozenset(),
    waves: frozenset[int] = frozenset(),
    trained: bool | None = None,
    zones: frozenset[Zone | None] = frozenset(),
) -> Scope:
    """The scope of a filter; what is empty (or None) does not filter. `zones` may hold None: users
    who are not mapped. `trained`: as the training room counts (`training.users`)."""
    chosen: frozenset[int] | None = None
    if trained is not None or zones:
        where = zones_of(reader, today) if zones else {}
        learned = _trained(reader, today) if trained is not None else frozenset()
        chosen = frozenset(
            a.id
            for a in accounts(reader)
            if (trained is None or (a.person_id in learned) is trained)
            and (not zones or where[a.id] in zones)
        )
    return Scope(profiles or None, departments or None, waves or None, chosen)


@remembered(*TRAINED_TABLES)
def _trained(reader: Reader, today: dt.date) -> frozenset[int | None]:
    """Persons who are trained on a day, as the training room counts them."""
    return frozenset(person for (person,) in reader.select(TRAINED, today))


@remembered(*SCOPE_TABLES, *stakeholders.POSITIONS)
def zones_of(reader: Reader, today: dt.date) -> Mapping[int, Zone | None]:
    """The zone of every measured account on `today`; None: not mapped, or not rated yet."""
    persons: dict[int, Zone] = {}
    groups: Places = {}
    for unit in stakeholders.units(reader, today):  # large groups first
        if unit.zone is None:
            continue
        if unit.kind is UnitKind.PERSON and unit.person_id is not None:
            persons.setdefault(unit.person_id, unit.zone)
        elif unit.kind is UnitKind.GROUP and (unit.department_id or unit.profile_id):
            groups.setdefault((unit.department_id, unit.profile_id), unit.zone)
    return {a.id: persons.get(a.person_id or 0) or _of_group(a, groups) for a in accounts(reader)}


def _of_group(account: UserAccount, groups: Places) -> Zone | None:
    """The zone of the nearest group: department and profile, department, profile."""
    department, profile = account.department_id, account.profile_id
    for place in ((department, profile), (department, None), (None, profile)):
        if place != (None, None) and place in groups:
            return groups[place]
    return None
