"""Everything that is known of one unit of the map, for its page: facts, actions, other rooms.

Use of the CRM is that of the department, never of a person (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.adoption.queries import DepartmentUse
from crm_pilot.folding import folded
from crm_pilot.governance import crossings, influence, lateral
from crm_pilot.governance.crossing_rows import TicketCount, Trained
from crm_pilot.governance.influence import ActionRow
from crm_pilot.governance.lateral import LateralRow
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.maintenance.queries import TicketRow
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import queries as positions
from crm_pilot.stakeholders.advice import Advice
from crm_pilot.stakeholders.rows import RatingRow, UnitRow
from crm_pilot.stakeholders.terms import TieKind, UnitKind
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import Presence


@dataclass(frozen=True)
class TieRow:
    """A tie as seen from the unit: `outgoing`, it influences or reports to `other`."""

    other: UnitRow
    kind: TieKind
    outgoing: bool


@dataclass(frozen=True)
class SessionLine:
    """A training session a person is enrolled in."""

    session_id: int
    course: str
    held_on: dt.date
    presence: Presence


@dataclass(frozen=True)
class UnitSheet:
    """One unit of the map with what all rooms say of it, on one day."""

    unit: UnitRow
    ratings: tuple[RatingRow, ...]  # up to the day, newest first
    in_zone_since: dt.date | None  # first day of the ratings that have the present zone
    advice: Advice | None
    actions: tuple[ActionRow, ...]  # that aim at it, by start
    carried: tuple[ActionRow, ...]  # that it carries as an ally
    laterals: tuple[LateralRow, ...]
    ties: tuple[TieRow, ...]
    trained: Trained | None
    sessions: tuple[SessionLine, ...]  # of a person, newest first
    department_id: int | None  # its own, or that of the person it stands for
    department: str
    tickets: tuple[TicketRow, ...]  # of the department, or requested by the person; open first
    count: TicketCount | None  # of the department
    use: DepartmentUse | None  # None: no figure, or fewer than five accounts

    @property
    def person(self) -> bool:
        """Whether it is one person."""
        return self.unit.kind == UnitKind.PERSON


def unit_sheet(reader: Reader, key: int, today: dt.date) -> UnitSheet | None:
    """What is known of unit `key` on `today`; None when it is gone."""
    units = {row.id: row for row in positions.units(reader, today)}
    unit = units.get(key)
    if unit is None:
        return None
    ratings = [row for row in positions.ratings(reader, key) if row.rated_on <= today]
    actions = influence.actions(reader)
    department, name = _department(reader, unit)
    return UnitSheet(
        unit=unit,
        ratings=tuple(reversed(ratings)),
        in_zone_since=zone_since(ratings),
        advice=None if unit.zone is None else positions.advice(reader).get(unit.zone),
        actions=tuple(row for row in actions if row.stakeholder_id == key),
        carried=tuple(row for row in actions if row.ally_id == key),
        laterals=tuple(row for row in lateral.laterals(reader) if row.stakeholder_id == key),
        ties=_ties(reader, key, units),
        trained=crossings.trained(reader, today).get(key),
        sessions=_sessions(reader, unit),
        department_id=department,
        department=name,
        tickets=_tickets(reader, unit, department, today),
        count=None if department is None else crossings.tickets(reader, today).get(department),
        use=None if department is None else crossings.use(reader, today).get(department),
    )


def zone_since(ratings: Sequence[RatingRow]) -> dt.date | None:
    """Day from which on all ratings (oldest first) have the zone of the last one."""
    since = None
    for row in reversed(ratings):
        if row.zone != ratings[-1].zone:
            break
        since = row.rated_on
    return since


def _department(reader: Reader, unit: UnitRow) -> tuple[int | None, str]:
    """The department of the unit; of a person without one, that of the directory."""
    if unit.department_id is not None or unit.person_id is None:
        return unit.department_id, unit.department
    found = reader.one(
        "SELECT d.id, d.name FROM person p JOIN department d ON d.id = p.department_id"
        " WHERE p.id = ?",
        unit.person_id,
    )
    return found or (None, "")


def _ties(reader: Reader, key: int, units: dict[int, UnitRow]) -> tuple[TieRow, ...]:
    found = reader.select(
        "SELECT from_id, to_id, kind FROM stakeholder_tie WHERE from_id = ?1 OR to_id = ?1"
        " ORDER BY kind, from_id <> ?1, id",
        key,
    )
    return tuple(
        TieRow(units[end if start == key else start], TieKind(kind), start == key)
        for start, end, kind in found
    )


def _sessions(reader: Reader, unit: UnitRow) -> tuple[SessionLine, ...]:
    if unit.kind != UnitKind.PERSON or unit.person_id is None:
        return ()
    return tuple(
        reader.rows(
            SessionLine,
            "SELECT s.id, c.title, s.held_on, t.presence FROM attendance t"
            " JOIN training_session s ON s.id = t.session_id JOIN course c ON c.id = s.course_id"
            " WHERE t.person_id = ? ORDER BY s.held_on DESC, s.begins DESC, s.id DESC",
            unit.person_id,
        )
    )


def _tickets(
    reader: Reader, unit: UnitRow, department: int | None, today: dt.date
) -> tuple[TicketRow, ...]:
    """Tickets opened by `today`, the open ones first, then the latest.

    Of a person those whose requester is this name, in either order, without regard to case and
    accents; of a group those of its department.
    """
    if unit.kind == UnitKind.PERSON:
        wanted = _requested(reader, unit)
        rows = [row for row in maintenance.tickets(reader, today) if row.id in wanted]
    elif department is not None:
        rows = [
            row for row in maintenance.tickets(reader, today) if row.department_id == department
        ]
    else:
        rows = []
    rows = [row for row in rows if row.opened_at.date() <= today]
    return tuple(sorted(rows, key=lambda row: not row.open))


def _requested(reader: Reader, unit: UnitRow) -> set[int]:
    names = {folded(unit.name)}
    person = reader.one("SELECT first_name, last_name FROM person WHERE id = ?", unit.person_id)
    if person is not None:
        first, last = person
        names |= {folded(f"{first} {last}".strip()), folded(f"{last} {first}".strip())}
    asked = reader.select("SELECT id, requester FROM ticket WHERE requester <> ''")
    return {key for key, requester in asked if folded(requester).strip() in names}
