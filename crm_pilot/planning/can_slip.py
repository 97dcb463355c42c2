"""What can still slip: by how much each open line before a go-live may be late, and is already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from crm_pilot.planning import queries, rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import PLAN_TABLES, Mark, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

TABLES = (*sorted(PLAN_TABLES), "wave", "baseline", "baseline_task")


@dataclass(frozen=True)
class Goal:
    """An open milestone that other lines lead to."""

    id: int
    title: str
    day: dt.date


@dataclass(frozen=True)
class SlipRow:
    """An open line before the goal. `slip_minutes` are working minutes it may slip before the
    goal moves, `slip_days` whole working days; `lost_days` calendar days it is later than in the
    reference plan, None without one. `phase` is the line that holds it."""

    id: int
    title: str
    phase: str
    owner: str
    owner_id: int | None
    start: dt.date
    finish: dt.date
    percent: int
    slip_minutes: int
    slip_days: int
    lost_days: int | None

    @property
    def driving(self) -> bool:
        """Whether the goal moves as soon as the line does."""
        return self.slip_minutes <= 0


@remembered("task", "person", "baseline", "baseline_task", "wave")
def goals(reader: Reader, today: dt.date) -> tuple[Goal, ...]:
    """Open go-lives by date: milestones marked so, and those of waves; without any, all open
    milestones."""
    rows = [
        row
        for row in queries.tasks(reader)
        if row.kind is TaskKind.MILESTONE and not row.done and row.active
    ]
    waves = {key for (key,) in reader.select("SELECT milestone_id FROM wave")}
    live = [row for row in rows if row.mark is Mark.GO_LIVE or row.id in waves]
    made = [Goal(row.id, row.title, row.finish) for row in live or rows if row.finish is not None]
    return tuple(sorted(made, key=lambda goal: (goal.day, goal.id)))


def next_goal(found: Iterable[Goal], today: dt.date) -> Goal | None:
    """The first goal that lies ahead, else the last one that is overdue."""
    known = list(found)
    return next((goal for goal in known if goal.day >= today), known[-1] if known else None)


@remembered(*TABLES)
def rows(reader: Reader, today: dt.date, goal: int) -> tuple[SlipRow, ...]:
    """Open lines without lines below them that lead to `goal`, the least slip first."""
    leading = slips(reader, goal)
    day = int(reader.value("SELECT day_minutes FROM project"))
    lines = queries.tasks(reader)
    titles = {row.id: row.title for row in lines}
    holding = {row.parent_id for row in lines}
    made = [
        _row(row, leading[row.id], day, titles)
        for row in lines
        if row.id in leading and row.id != goal and row.id not in holding
        if not row.done and row.active
    ]
    return tuple(sorted(made, key=lambda row: (row.slip_minutes, row.start, row.finish, row.id)))


def slips(reader: Reader, goal: int) -> Mapping[int, int]:
    """Working minutes each line that leads to `goal` may slip before it moves."""
    from crm_pilot.planning.engine.activity import (
        CircleError,  # the engine is loaded when first needed
    )

    try:
        live = queries.live_plan(reader)
    except CircleError:
        return {}
    return live.schedule.slips(goal) if live.leaf(goal) else {}


def _row(row: TaskRow, minutes: int, day: int, titles: Mapping[int, str]) -> SlipRow:
    assert row.start is not None
    assert row.finish is not None
    return SlipRow(
        row.id,
        row.title,
        titles.get(row.parent_id, "") if row.parent_id is not None else "",
        row.owner,
        row.owner_id,
        row.start,
        row.finish,
        row.percent,
        minutes,
        max(0, minutes) // day,
        rules.slip_days(row),
    )


def thresholds(reader: Reader) -> tuple[int, int]:
    """Working minutes of slack up to which a line is critical, and nearly so."""
    found = reader.one("SELECT critical_slack, near_slack FROM project")
    return (int(found[0]), int(found[1])) if found else (0, 0)
