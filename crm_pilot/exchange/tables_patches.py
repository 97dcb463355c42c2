"""What some exported tables show beside what they store: the outline of the plan and its links,
the course of an attendance, the line of an assignment or of an influence action, the project's
calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.planning import queries as planning
from crm_pilot.planning import rules
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.terms import LagUnit, LinkKind
from crm_pilot.store.reader import Reader

Record = dict[str, Any]


def plan_lines(reader: Reader, found: list[Record]) -> list[Record]:
    """Lines in outline order with level and links; phases with the dates of their lines."""
    by_key = {record["id"]: record for record in found}
    waits: dict[int, list[Wait]] = {}
    for before, after, kind, lag, unit in reader.select(
        "SELECT predecessor_id, successor_id, kind, lag, lag_unit FROM link ORDER BY predecessor_id"
    ):
        counted = LagUnit(unit) if lag else LagUnit.WORKING  # of no lag, the unit says nothing
        waits.setdefault(after, []).append(Wait(before, LinkKind(kind), lag, counted))
    made = []
    tree = rules.outline(planning.tasks(reader))
    for row, depth in tree:
        record = by_key[row.id]
        record |= {"level": depth + 1, "links": tuple(waits.get(row.id, ()))}
        if row.id in tree.children:
            record |= {"start": row.start, "finish": row.finish, "percent": row.percent}
            record |= dict.fromkeys(("start_minute", "finish_minute", "duration"))
        made.append(record)
    return made


def attendance(reader: Reader, found: list[Record]) -> list[Record]:
    """Trainees with the course and day of their session."""
    sessions = {
        key: (course, dt.date.fromisoformat(day))
        for key, course, day in reader.select(
            "SELECT s.id, c.title, s.held_on FROM training_session s"
            " JOIN course c ON c.id = s.course_id"
        )
    }
    for record in found:
        record["course"], record["held_on"] = sessions[record["session_id"]]
    return found


def calendars(reader: Reader, found: list[Record]) -> list[Record]:
    """Calendars, and which of them is the project's."""
    own = reader.value("SELECT calendar_id FROM project")
    for record in found:
        record["of_project"] = record["id"] == own
    return found


def assignments(reader: Reader, found: list[Record]) -> list[Record]:
    """Who works on which line, with its title."""
    titles = dict(reader.select("SELECT id, title FROM task"))
    for record in found:
        record["title"] = titles[record["task_id"]]
    return found


def committee_actions(reader: Reader, found: list[Record]) -> list[Record]:
    """Actions of committees with title, owner and last day of their line in the plan."""
    lines = {row.id: row for row in planning.tasks(reader)} if found else {}
    for record in found:
        line = lines[record["task_id"]]
        record |= {"title": line.title, "owner": line.owner, "due_on": line.finish}
    return found


def actions(reader: Reader, found: list[Record]) -> list[Record]:
    """Influence actions with the title of their line in the plan."""
    return assignments(reader, found)
