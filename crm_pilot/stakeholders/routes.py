"""The itinerary of every unit, read once: the position of any day is found without a new read."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from typing import Any, NamedTuple

from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.rows import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.zones import Grid
from crm_pilot.store.reader import Reader, date_from_iso

_UNITS = """
SELECT u.id, u.kind, u.name, u.code, u.department_id, coalesce(d.name, ''), d.wave_id,
  u.headcount, u.influence,
  u.target_synergy, u.target_antagonism, u.target_date,
  coalesce(trim(o.first_name || ' ' || o.last_name), ''), u.owner_id, u.person_id,
  u.profile_id, coalesce(f.name, ''), u.stage, u.enters_on, u.role, u.note
FROM stakeholder u
LEFT JOIN department d ON d.id = u.department_id
LEFT JOIN person o ON o.id = u.owner_id
LEFT JOIN profile f ON f.id = u.profile_id
ORDER BY u.kind, u.headcount DESC, u.name, u.id
"""
_RATINGS = """
SELECT stakeholder_id, rated_on, synergy, antagonism, fact, author, provisional
FROM rating ORDER BY rated_on, id
"""


class Placed(NamedTuple):
    """A rating of a route."""

    day: dt.date
    synergy: int
    antagonism: int
    fact: str
    author: str
    provisional: int


class Route:
    """A unit with its ratings in time order (within a day in order of entry).

    Rows are made when a day asks for them and kept, so that a day that changes nothing for a unit
    costs nothing.
    """

    def __init__(self, unit: tuple[Any, ...], ratings: list[Placed], zones: Grid) -> None:
        self._unit = unit
        self._ratings = ratings
        self._days = [rating.day for rating in ratings]
        self._zones = zones
        self._rows: list[UnitRow | None] = [None] * (len(ratings) + 1)

    def on(self, day: dt.date) -> UnitRow:
        """The unit as of the day."""
        known = bisect_right(self._days, day)
        row = self._rows[known]
        if row is None:
            row = self._rows[known] = self._row(known)
        return row

    def _row(self, known: int) -> UnitRow:
        """The unit after its first `known` ratings."""
        # columns of _UNITS
        key, kind, name, code, department_id, department, wave_id, headcount, influence = (
            self._unit[:9]
        )
        target_synergy, target_antagonism, target_date, owner, owner_id, person_id = self._unit[
            9:15
        ]
        profile_id, profile, stage, enters_on, role, note = self._unit[15:]
        now = self._ratings[known - 1] if known else None
        before = self._ratings[known - 2] if known > 1 else None
        zones = self._zones
        return UnitRow(
            id=key,
            kind=UnitKind(kind),
            name=name,
            code=code,
            department_id=department_id,
            department=department,
            wave_id=wave_id,
            headcount=headcount,
            influence=influence,
            synergy=now.synergy if now else None,
            antagonism=now.antagonism if now else None,
            zone=zones.zone(now.synergy, now.antagonism) if now else None,
            trio=zones.trio(now.synergy, now.antagonism) if now else None,
            rated_on=now.day if now else None,
            fact=now.fact if now else "",
            provisional=bool(now and now.provisional),
            previous_synergy=before.synergy if before else None,
            previous_antagonism=before.antagonism if before else None,
            previous_on=before.day if before else None,
            target_synergy=target_synergy,
            target_antagonism=target_antagonism,
            target_date=date_from_iso(target_date) if target_date else None,
            owner=owner,
            owner_id=owner_id,
            person_id=person_id,
            author=now.author if now else "",
            profile_id=profile_id,
            profile=profile,
            stage=stage,
            enters_on=date_from_iso(enters_on) if enters_on else None,
            role=role,
            note=note,
            drift=self._drift(known),
        )

    def _drift(self, known: int) -> float | None:
        """Levels per month of the first `known` ratings; None with one day."""
        if known < 2 or self._days[0] == self._days[known - 1]:
            return None
        return rules.drift([rating[:3] for rating in self._ratings[:known]])


def read_routes(reader: Reader, zones: Grid) -> tuple[Route, ...]:
    """Every unit with its ratings: groups first, large ones first."""
    ratings: dict[int, list[Placed]] = defaultdict(list)
    for unit, day, synergy, antagonism, fact, author, provisional in reader.select(_RATINGS):
        ratings[unit].append(
            Placed(date_from_iso(day), synergy, antagonism, fact, author, provisional)
        )
    return tuple(Route(unit, ratings[unit[0]], zones) for unit in reader.select(_UNITS))
