"""What would relieve an overloaded week: the task with the most slack that can be moved.

A move costs nothing as long as it stays within the total slack of the task. It is proposed only
when it takes more overload away than it makes elsewhere, for everyone who works on the task.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from crm_pilot.planning.engine.worktime import at
from crm_pilot.planning.load import LEAST, Load, Part, day_of, spread, to_come
from crm_pilot.records import dataclass

USEFUL = 0.5  # person-days; to move a task for less is not worth telling
TRIED = 12  # tasks of a week, those with the most slack
LONGEST = 60  # working days; a move further away is a decision, not a relief
Slack = Callable[[int], int | None]  # working minutes by task


@dataclass(frozen=True)
class Relief:
    """Moving `task` by `days` working days frees `freed` person-days of `person` in the week of
    `monday`; `slack_days` is what the task has in all."""

    task: int
    title: str
    person: int
    monday: dt.date
    days: int
    slack_days: int
    freed: float


def relief(load: Load, slack: Slack, persons: Collection[int] | None = None) -> Relief | None:
    """What to move first: for the first overloaded week to come, and the one who has the most
    too much in it, that can be helped at all."""
    for week in load.overloaded(persons):
        for person, over in week.over:
            found = relief_of(load, slack, person, week.monday, over)
            if found is not None:
                return found
    return None


def relief_of(load: Load, slack: Slack, person: int, monday: dt.date, over: float) -> Relief | None:
    """The move that frees one week of one person: of the tasks that make it, those not started
    go before the others, and then those with the most slack."""
    for part, days in _candidates(load, slack, person, monday):
        best: Relief | None = None
        for moved in range(1, min(days, LONGEST) + 1):
            freed, gain = _effect(load, part, monday, moved)
            if freed < USEFUL or gain < LEAST or (best is not None and freed < best.freed + LEAST):
                continue
            best = Relief(part.task, part.title, person, monday, moved, days, freed)
            if freed >= over:
                break
        if best is not None:
            return best
    return None


def _candidates(load: Load, slack: Slack, person: int, monday: dt.date) -> list[tuple[Part, int]]:
    here = load.work[person].get(at(monday), {})
    found: list[tuple[bool, int, int, Part]] = []
    for part in (one for task in here for one in load.by_task[task]):
        if part.person != person or part.left <= 0 or part.end <= load.now:
            continue  # what is late is not to be later still
        minutes = slack(part.task)
        days = 0 if minutes is None else minutes // load.day_minutes
        if days > 0:
            found.append((part.started, -days, part.task, part))
    found.sort(key=lambda one: one[:3])
    return [(one[-1], -one[1]) for one in found[:TRIED]]


def _effect(load: Load, part: Part, monday: dt.date, days: int) -> tuple[float, float]:
    """What moving the rest of a task frees in one week of one person, and how much less overload
    there is in all, in person-days."""
    gain = freed = 0.0
    for each in load.by_task[part.task]:
        changes = _changes(load, each, days)
        for week, minutes in changes.items():
            day = day_of(week)
            before = load.load(each.person, day) - load.available(each.person, day)
            after = before + minutes / load.day_minutes
            gain += max(0.0, before) - max(0.0, after)
            if each.person == part.person and day == monday:
                freed = -minutes / load.day_minutes
    return freed, gain


def _changes(load: Load, part: Part, days: int) -> Mapping[int, float]:
    """Minutes more (or less) in each week when the rest of a part is moved."""
    time = load.by_id[part.person].time
    made: dict[int, float] = {}
    for week, minutes in to_come(part, time, load.usual, load.now):
        made[week] = made.get(week, 0.0) - minutes
    shift = days * load.day_minutes
    begin, end = max(part.begin, load.now), max(part.end, load.now)
    moved = replace(
        part, done=0.0, begin=load.usual.add(begin, shift), end=load.usual.add(end, shift)
    )
    for week, minutes in spread(moved, time, load.usual, load.now).items():
        made[week] = made.get(week, 0.0) + minutes
    return made
