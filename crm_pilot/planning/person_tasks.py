"""The tasks of one person, week by week: what is late, what is on now, what comes."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum

from crm_pilot.planning import load_queries, queries, rules
from crm_pilot.planning.engine.worktime import at
from crm_pilot.planning.load import ONE_WEEK, Load, Part, day_of
from crm_pilot.planning.rows import TaskRow
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


class Turn(IntEnum):
    """When a task is to be worked on, in the order it is listed."""

    LATE = 0
    NOW = 1  # this week
    LATER = 2


@dataclass(frozen=True)
class MyTask:
    """An open task of a person. Work in person-days of that person; `week` is the Monday of the
    week in which it is worked on next; `slack_days` whole working days, None when unknown."""

    id: int
    turn: Turn
    week: dt.date
    title: str
    phase: str
    start: dt.date
    finish: dt.date
    percent: int
    left: float
    this_week: float
    next_week: float
    slack_days: int | None
    note: str


@remembered(*load_queries.TABLES, "link")
def person_tasks(reader: Reader, today: dt.date, person: int) -> tuple[MyTask, ...]:
    """Open tasks of a person: the late ones first, then by week and start."""
    load = load_queries.load(reader, today)
    rows = queries.tasks(reader)
    known = {row.id: row for row in rows}
    slack = load_queries.slack(reader)
    made = []
    for part in load.parts:
        row = known[part.task]
        if part.person == person and not row.done:
            phase = known[row.parent_id].title if row.parent_id in known else ""
            made.append(_task(load, part, row, phase, slack(row.id)))
    return tuple(sorted(made, key=lambda task: (task.turn, task.week, task.start, task.id)))


def _task(load: Load, part: Part, row: TaskRow, phase: str, slack: int | None) -> MyTask:
    assert row.start is not None
    assert row.finish is not None
    monday = load.this_week
    weeks = load.work[part.person]
    today = day_of(load.now)

    def work(day: dt.date) -> float:
        return weeks.get(at(day), {}).get(part.task, 0.0) / load.day_minutes

    week = max(monday, row.start - dt.timedelta(days=row.start.weekday()))
    late = rules.late(row, today)
    turn = Turn.LATE if late else Turn.NOW if week == monday else Turn.LATER
    return MyTask(
        row.id,
        turn,
        week,
        row.title,
        phase,
        row.start,
        row.finish,
        row.percent,
        part.left / load.day_minutes,
        work(monday),
        work(monday + ONE_WEEK),
        None if slack is None else max(0, slack) // load.day_minutes,
        row.note,
    )
