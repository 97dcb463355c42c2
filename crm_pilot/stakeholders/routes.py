"""The itinerary of every unit, read once: the position of any day is found without a new read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.rows import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.zones import Grid, trio
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
FROM rating ORDER BY id
"""
KEPT = "stakeholders.routes"  # under which a reader keeps what was read last
Placed = tuple[Any, ...]  # a rating as read: columns of _RATINGS
_NEVER: Placed = (None, None, None, None, "", "", 0)
_KEY, _DAY = itemgetter(0), itemgetter(1)


class Route:
    """A unit with its ratings in time order (within a day in order of entry).

    Rows are made when a day asks for them and kept, so that a day that changes nothing for a unit
    costs nothing.
    """

    def __init__(self, unit: tuple[Any, ...], ratings: Sequence[Placed], zones: Grid) -> None:
        self._unit = unit
        self._ratings = ratings
        self._days = [_DAY(rating) for rating in ratings]  # ISO text, which sorts like dates
        self._zones = zones
        self._rows: list[UnitRow | None] = [None] * (len(ratings) + 1)

    def serves(self, unit: tuple[Any, ...], ratings: Sequence[Placed], zones: Grid) -> bool:
        """Whether it would be made the same of these."""
        return self._unit == unit and self._ratings == ratings and self._zones is zones

    def on(self, day: str) -> UnitRow:
        """The unit as of the day, given as ISO text."""
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
        _, day, synergy, antagonism, fact, author, provisional = (
            self._ratings[known - 1] if known else _NEVER
        )
        _, day_before, synergy_before, antagonism_before, *_ = (
            self._ratings[known - 2] if known > 1 else _NEVER
        )
        zone = self._zones.zone(synergy, antagonism) if known else None
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
            synergy=synergy,
            antagonism=antagonism,
            zone=zone,
            trio=trio(zone) if zone else None,
            rated_on=date_from_iso(day) if day else None,
            fact=fact,
            provisional=bool(provisional),
            previous_synergy=synergy_before,
            previous_antagonism=antagonism_before,
            previous_on=date_from_iso(day_before) if day_before else None,
            target_synergy=target_synergy,
            target_antagonism=target_antagonism,
            target_date=date_from_iso(target_date) if target_date else None,
            owner=owner,
            owner_id=owner_id,
            person_id=person_id,
            author=author,
            profile_id=profile_id,
            profile=profile,
            stage=stage,
            enters_on=date_from_iso(enters_on) if enters_on else None,
            role=role,
            note=note,
            drift=self._drift(known),
        )

    def _drift(self, known: int) -> float | None:
        """Levels per month after the first `known` ratings; None with one day."""
        if known < 2:
            return None
        # the last entry of the first day is the position in force on it
        first = bisect_right(self._days, self._days[0], hi=known) - 1
        ends = (self._ratings[first], self._ratings[known - 1])
        return rules.drift([(date_from_iso(day), s, a) for _, day, s, a, *_ in ends])


def read_ratings(reader: Reader) -> dict[int, list[Placed]]:
    """All ratings by unit, oldest first (within a day in order of entry)."""
    found: dict[int, list[Placed]] = {}
    for rating in reader.select(_RATINGS):
        found.setdefault(_KEY(rating), []).append(rating)
    for placed in found.values():
        placed.sort(key=_DAY)  # nearly sorted as it is: half the time of SQLite's sorting
    return found


def read_routes(
    reader: Reader, ratings: Mapping[int, Sequence[Placed]], zones: Grid
) -> tuple[Route, ...]:
    """Every unit with its ratings: groups first, large ones first. A unit that nothing happened to
    since the last read keeps its rows: an edit touches few of them."""
    before: Mapping[int, Route] = reader.shared.get(KEPT, {})
    made: dict[int, Route] = {}
    for unit in reader.select(_UNITS):
        rated, known = ratings.get(unit[0], ()), before.get(unit[0])
        if known is None or not known.serves(unit, rated, zones):
            known = Route(unit, rated, zones)
        made[unit[0]] = known
    reader.shared[KEPT] = made
    return tuple(made.values())
