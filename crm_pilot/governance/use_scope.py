"""Which users the adoption room looks at: by profile, department, wave, training and zone.

Zones are those of the stakeholder map. A user is where the map puts them (`zones_of`): the unit of
their person; without one, the group of their department and profile; without one, the group of
their department; otherwise they are not mapped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from crm_pilot.adoption import scope as use
from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.terms import Zone
from crm_pilot.store.reader import Reader, remembered

NOT_MAPPED = None  # the zone of users whom the map does not know, or who are not rated yet


def scope(
    reader: Reader,
    today: dt.date,
    profiles: Collection[int] = (),
    departments: Collection[int] = (),
    waves: Collection[int] = (),
    trained: bool | None = None,
    zones: Collection[Zone | None] = (),
) -> Scope:
    """The scope of a filter; what is empty (or None) does not filter. `zones` may hold None: users
    who are not mapped."""
    return EVERYONE


def zones_of(reader: Reader, today: dt.date) -> Mapping[int, Zone | None]:
    """The zone of every measured account on `today`."""
    return {}
