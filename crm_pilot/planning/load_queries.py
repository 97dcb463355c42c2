"""Reads of the load: who works on what, and the move that would relieve an overloaded week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from crm_pilot.planning import can_slip, queries
from crm_pilot.planning.calendars import Hours, finish_moment, start_moment
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, at
from crm_pilot.planning.load import Load, Part, Person
from crm_pilot.planning.relief import Slack
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import PLAN_TABLES, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

FULL = 100  # per cent
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # load is counted between
TABLES = ("department", *sorted(PLAN_TABLES - {"link"}))


_Kept = tuple[TaskRow, "tuple[Assigned, ...]", Hours, list[Part]]


@dataclass(frozen=True)
class Assigned:
    """Someone on a task: per cent of them, and their own work and remaining minutes if said."""

    person: int
    units: int
    work: int | None = None
    remaining: int | None = None


@remembered(*TABLES)
def load(reader: Reader, today: dt.date) -> Load:
    """The load of everyone who works on a line of the plan."""
    rows = worked(reader)
    known = queries.hours(reader)
    assigned = assignments(reader)
    parts: list[Part] = []
    unowned: list[Part] = []
    kept: dict[int, _Kept] = reader.shared.setdefault("load", {})
    for row in rows:
        found = _parts(kept, row, assigned.get(row.id, ()), known)
        (parts if found and found[0].person else unowned).extend(found)
    return Load(
        tuple(_people(reader, {part.person for part in parts}, known)),
        tuple(parts),
        known.default,
        at(today),
        int(reader.value("SELECT day_minutes FROM project")),
        tuple(unowned),
    )


def _parts(
    kept: dict[int, _Kept], row: TaskRow, assigned: tuple[Assigned, ...], known: Hours
) -> list[Part]:
    """The parts of a task, made anew only after an edit that touches them: rows that did not
    change are the same objects."""
    found = kept.get(row.id)
    if found is None or found[0] is not row or found[1] is not assigned or found[2] is not known:
        found = kept[row.id] = row, assigned, known, parts_of(row, assigned, known)
    return found[3]


def slack(reader: Reader) -> Slack:
    """Total slack of a task in working minutes; None when it is not known."""
    timings = queries.timings(reader)

    def minutes(task: int) -> int | None:
        found = timings.get(task)
        return None if found is None else found.total_slack

    return minutes


@remembered(*TABLES, "link", "wave")
def room(reader: Reader, today: dt.date) -> Slack:
    """Working minutes a task may be moved without moving the end of the plan or any go-live that
    is open; None when it is not known."""
    total = slack(reader)
    before = [can_slip.slips(reader, goal.id) for goal in can_slip.goals(reader, today)]

    def minutes(task: int) -> int | None:
        known = [found[task] for found in before if task in found]
        whole = total(task)
        return None if whole is None else min([whole, *known])

    return minutes


def worked(reader: Reader) -> list[TaskRow]:
    """Lines that make work: active tasks with dates and without lines below them."""
    rows = queries.tasks(reader)
    holding = {row.parent_id for row in rows}
    return [
        row
        for row in rows
        if row.kind is TaskKind.TASK and row.id not in holding and row.active
        if row.start is not None and row.finish is not None
        if row.start <= LAST_DAY and row.finish >= FIRST_DAY
    ]


@remembered("assignment")
def assignments(reader: Reader) -> Mapping[int, tuple[Assigned, ...]]:
    """Who was given which task, by task. Treat as frozen."""
    made: dict[int, tuple[Assigned, ...]] = {}
    for task, *rest in reader.select(
        "SELECT task_id, person_id, units, work, remaining FROM assignment ORDER BY task_id, id"
    ):
        made[task] = (*made.get(task, ()), Assigned(*rest))
    return made


def parts_of(row: TaskRow, assigned: Iterable[Assigned], known: Hours) -> list[Part]:
    """What each person does of a task; of one that nobody was given, one part of person 0.

    Work is what was said of the assignment, else its share of the work said of the task by units,
    else the duration of the task × units. Remaining work likewise, else work × (100 − per cent
    done).
    """
    people = list(assigned) or [Assigned(row.owner_id or 0, FULL)]
    begin, end = _ends(row, known)
    length = _length(row, known.of(row.calendar_id), begin, end)
    whole = sum(one.units for one in people) or 1
    works = [_work(row, one, length, whole) for one in people]
    total = sum(works) or 1.0
    made = []
    for one, work in zip(people, works, strict=True):
        left = _left(row, one, work, work / total)
        made.append(
            Part(
                row.id,
                row.title,
                one.person,
                begin,
                end,
                max(0.0, work - left),
                left,
                one.units,
                row.percent > 0 or row.actual_start is not None,
            )
        )
    return made


def _ends(row: TaskRow, known: Hours) -> tuple[int, int]:
    assert row.start is not None
    assert row.finish is not None
    calendar = ALWAYS if row.elapsed else known.of(row.calendar_id)
    begin = start_moment(calendar, max(row.start, FIRST_DAY), row.start_minute)
    finish = min(row.finish, LAST_DAY)  # 9999 means never
    return begin, max(begin, finish_moment(calendar, finish, row.finish_minute))


def _length(row: TaskRow, calendar: Calendar, begin: int, end: int) -> int:
    """Working minutes of a task."""
    if row.duration is not None and not row.elapsed:
        return row.duration
    return calendar.between(begin, end)


def _work(row: TaskRow, one: Assigned, length: int, whole: int) -> float:
    if one.work is not None:
        return one.work
    if row.work is not None:
        return row.work * one.units / whole
    return length * one.units / FULL


def _left(row: TaskRow, one: Assigned, work: float, share: float) -> float:
    if row.done:
        return 0.0
    if one.remaining is not None:
        return one.remaining
    if row.remaining is not None:
        return row.remaining * share
    return work * (FULL - row.percent) / FULL


def _people(reader: Reader, wanted: Collection[int], known: Hours) -> Iterator[Person]:
    """The persons `wanted`, by department and name."""
    names = {key: short for key, short, _ in queries.owners(reader)}
    for key, department, name in reader.select(
        "SELECT p.id, p.department_id, coalesce(d.name, '') FROM person p"
        " LEFT JOIN department d ON d.id = p.department_id"
        " ORDER BY d.position IS NULL, d.position, d.name, p.last_name, p.first_name, p.id"
    ):
        if key in wanted:
            units = known.units(key)
            yield Person(key, names[key], known.person(key), units, department, name)
