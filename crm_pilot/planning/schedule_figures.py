"""The schedule in figures for machines: timing by line, load by week, what can still slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from crm_pilot.planning import can_slip, load_queries, queries, rules
from crm_pilot.planning.can_slip import SlipRow
from crm_pilot.planning.engine.worktime import moment
from crm_pilot.planning.terms import TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class LineTiming:
    """When a line of the plan can happen. Slack in working minutes of its calendar; the slip in
    calendar days, None without a reference date."""

    id: int
    title: str
    kind: TaskKind
    early_start: dt.datetime
    early_finish: dt.datetime
    late_start: dt.datetime
    late_finish: dt.datetime
    total_slack_minutes: int
    free_slack_minutes: int
    critical: bool
    near_critical: bool
    baseline_slip_days: int | None


@dataclass(frozen=True)
class LoadWeek:
    """Work and time of the whole team in a week, in person-days."""

    week_start: dt.date
    work_person_days: float
    available_person_days: float
    overload_person_days: float


@dataclass(frozen=True)
class CanSlip:
    """Open lines before the next go-live, the least slip first."""

    goal_id: int
    goal: str
    goal_date: dt.date
    lines: tuple[SlipRow, ...]


def schedule(reader: Reader) -> Iterator[LineTiming]:
    """Every planned line in outline order."""
    timings = queries.timings(reader)
    for row in queries.tasks(reader):
        found = timings.get(row.id)
        if found is not None:
            yield LineTiming(
                row.id,
                row.title,
                row.kind,
                moment(found.early_start),
                moment(found.early_finish),
                moment(found.late_start),
                moment(found.late_finish),
                found.total_slack,
                found.free_slack,
                found.critical,
                found.near,
                rules.slip_days(row),
            )


def load(reader: Reader, today: dt.date) -> Iterator[LoadWeek]:
    """Every week from the first with work to the last, of all who work on the plan together."""
    found = load_queries.load(reader, today)
    for monday in found.weeks:
        week = found.week(monday)
        yield LoadWeek(monday, week.work, week.available, week.overload)


def slips(reader: Reader, today: dt.date) -> CanSlip | None:
    """What can still slip before the next go-live; None without an open milestone."""
    goal = can_slip.next_goal(can_slip.goals(reader, today), today)
    if goal is None:
        return None
    return CanSlip(goal.id, goal.title, goal.day, can_slip.rows(reader, today, goal.id))
