"""What the positions say beside training, tickets, adoption and planned actions: the reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import DepartmentUse
from crm_pilot.governance import influence
from crm_pilot.governance.crossing_rows import (
    SMALL,
    WINDOW_DAYS,
    Crossings,
    TicketCount,
    Trained,
    Window,
    for_committee,
)
from crm_pilot.governance.crossing_rules import (
    Beside,
    counted,
    department_rows,
    falling_departments,
    idle_allies,
    people_of,
    position_rows,
    waiting_hesitants,
)
from crm_pilot.people import queries as people
from crm_pilot.planning import queries as planning
from crm_pilot.stakeholders import queries as positions
from crm_pilot.stakeholders.rows import counting
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import queries as training
from crm_pilot.training import users

__all__ = ["Crossings", "Trained", "crossings", "for_committee", "trained"]

UNITS = ("stakeholder", "rating", "zone_cell", "department", "person", "profile")
USE = ("account", "profile", "person", "department", "wave", "task", "import_batch", "project")


@remembered(*UNITS, *training.TABLES)
def trained(reader: Reader, today: dt.date) -> Mapping[int, Trained]:
    """Training of every unit of the map by its id; units nothing is known of are left out.

    A person counts as trained as in the coverage (`training/users.py`); a group has the coverage
    of its department.
    """
    covered = coverage(reader, today)
    attended = users.trained(reader, today)
    found: dict[int, Trained] = {}
    for unit in positions.units(reader, today):
        if unit.kind == UnitKind.PERSON:
            if unit.person_id is not None:
                found[unit.id] = Trained(int(unit.person_id in attended), 1)
        elif unit.department_id is not None and unit.department_id in covered:
            found[unit.id] = covered[unit.department_id]
    return found


def coverage(reader: Reader, today: dt.date) -> dict[int, Trained]:
    """Trained users of every department that has users, by its id."""
    return {
        row.department_id: Trained(row.trained, row.users)
        for row in training.coverage(reader, today)
        if row.users and row.department_id is not None
    }


@remembered("ticket", "account", *UNITS, "wave")
def tickets(reader: Reader, today: dt.date) -> Mapping[int, TicketCount]:
    """Tickets by department: opened in the 90 days up to `today`, and in the 90 before."""
    window = _window(reader, today)
    counts = {
        department: (now, before)
        for department, now, before in reader.select(
            "SELECT department_id, SUM(opened_at >= ?1), SUM(opened_at < ?1) FROM ticket"
            " WHERE department_id IS NOT NULL AND opened_at >= ?2 AND opened_at < ?3"
            " GROUP BY department_id",
            window.middle,
            window.start,
            today + dt.timedelta(days=1),
        )
    }
    live = _live_since(reader)
    members = counting(positions.units(reader, today))
    found = {}
    for row in people.departments(reader):
        own = [unit for unit in members if unit.department_id == row.id]
        now, before = counts.get(row.id, (0, 0))
        found[row.id] = counted(now, before, live.get(row.id), people_of(row, own), window)
    return found


def _window(reader: Reader, today: dt.date) -> Window:
    first, last = reader.one(
        "SELECT MIN(opened_at), MAX(opened_at) FROM ticket"
        " WHERE department_id IS NOT NULL AND opened_at < ?",
        today + dt.timedelta(days=1),
    ) or (None, None)
    made = Window(today, False, None if first is None else dt.date.fromisoformat(first[:10]))
    return replace(made, recent_known=last is not None and last >= made.middle.isoformat())


def _live_since(reader: Reader) -> dict[int, dt.date]:
    """First day on which a department had a CRM account; one without a date always was open."""
    found = reader.select(
        "SELECT p.department_id, MIN(COALESCE(a.opened_on, '0001-01-01')) FROM account a"
        " JOIN person p ON p.id = a.person_id WHERE p.department_id IS NOT NULL"
        " GROUP BY p.department_id"
    )
    return {department: dt.date.fromisoformat(day) for department, day in found}


def use(reader: Reader, today: dt.date) -> dict[int, DepartmentUse]:
    """Use of the CRM by department, without those of fewer than five accounts: there a figure
    would be that of a person."""
    return {
        row.department_id: row
        for row in adoption.figures(reader, today).departments
        if row.accounts >= SMALL
    }


@remembered(*UNITS, *training.TABLES, *USE, *planning.HOURS, "ticket", "influence")
def crossings(reader: Reader, today: dt.date) -> Crossings:
    """Positions on `today` beside the other rooms (`crossing_rules` has the formulas)."""
    units = positions.units(reader, today)
    known = trained(reader, today)
    actions = [row for row in influence.actions(reader) if row.active]
    beside = Beside(
        trained=known,
        tickets=tickets(reader, today),
        use=use(reader, today),
        effort=influence.by_zone(units, actions),
    )
    rows = department_rows(people.departments(reader), units, coverage(reader, today), beside)
    busy = {row.stakeholder_id for row in actions} | {row.ally_id for row in actions}
    then = positions.units(reader, today - dt.timedelta(days=WINDOW_DAYS))
    return Crossings(
        positions=position_rows(units, beside),
        departments=rows,
        idle=idle_allies(units, {key for key in busy if key is not None}),
        untrained=waiting_hesitants(units, known),
        falling=falling_departments(rows, units, then),
        loose=sum(unit.kind == UnitKind.GROUP and unit.department_id is None for unit in units),
    )
