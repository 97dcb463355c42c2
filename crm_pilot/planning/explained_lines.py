"""Why the figures of single lines of the plan are what they are: duration, work, what is left."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import msg, nmsg
from crm_pilot.planning import queries
from crm_pilot.planning.hours_queries import card
from crm_pilot.planning.terms import TaskKind
from crm_pilot.store.reader import Reader
from crm_pilot.why import LEAD, OWN, Why, as_of


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """The figures of lines by key."""
    rows = queries.tasks(reader)
    holding = {row.parent_id for row in rows}
    work = [row for row in rows if row.kind is TaskKind.TASK and row.id not in holding]
    hours = card(reader)
    size = msg("1 d = {hours} h", hours=f"{hours.day_minutes / 60:g}")
    known = as_of(today)
    given = sum(row.work is not None for row in work)
    left = sum(row.remaining is not None for row in work)
    lines = nmsg("{n} task", "{n} tasks", len(work))
    return {
        "duration": Why(
            msg(
                "Working time between start and finish in the calendar of the line, days off left"
                " out; of a phase, the days from Monday to Friday that its lines span."
            ),
            msg("{tasks}; {size}", tasks=lines, size=size),
            OWN,
            known,
            name=msg("Duration"),
        ),
        "work": Why(
            msg("Person-time a task takes, as it was given; else duration × units of its people."),
            msg("Given for {n} of {tasks}; {size}", n=given, tasks=lines, size=size),
            LEAD,
            known,
            name=msg("Work"),
        ),
        "remaining": Why(
            msg(
                "Person-time that is left to do, as it was last estimated; a new estimate changes"
                " duration and progress: percent = worked ÷ (worked + left)."
            ),
            msg("Given for {n} of {tasks}; {size}", n=left, tasks=lines, size=size),
            LEAD,
            known,
            name=msg("Remaining work"),
        ),
    }
