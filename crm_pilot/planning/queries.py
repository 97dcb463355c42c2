"""Reads of the plan: rows of the outline, links, waves, milestones, and its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from crm_pilot.people.meetings import last_committee_day
from crm_pilot.planning import rules
from crm_pilot.planning.calendars import Hours
from crm_pilot.planning.rows import (
    LinkRow,
    MilestoneRow,
    PhaseRow,
    PlanningFigures,
    TaskRow,
    WaveRow,
)
from crm_pilot.planning.stored import years_of
from crm_pilot.planning.terms import (
    PLAN_TABLES,
    ConstraintKind,
    LagUnit,
    LinkKind,
    Mark,
    Mode,
    Pillar,
    TaskKind,
)
from crm_pilot.store.reader import Reader, date_from_iso, moment_from_iso, remembered

__all__ = [
    "LinkRow",
    "MilestoneRow",
    "PhaseRow",
    "PlanningFigures",
    "TaskRow",
    "WaveRow",
    "baseline",
    "figures",
    "link_ends",
    "links",
    "owners",
    "tasks",
    "tasks_again",
    "wave_names",
    "waves",
]

if TYPE_CHECKING:
    from crm_pilot.planning.engine.activity import Timing
    from crm_pilot.planning.engine.worktime import Calendar
    from crm_pilot.planning.live import LivePlan

HOURS = ("calendar", "calendar_exception", "absence", "person", "project")  # tables
AHEAD = dt.timedelta(days=28)  # how far next tasks look
_TASKS = (
    "SELECT id, parent_id, position, kind, pillar, title, start, finish, percent,"
    " owner_id, wave_id, committee, note, mark, deliverable, mode, active, duration, elapsed,"
    " start_minute, finish_minute, constraint_kind, constraint_at, deadline_at, calendar_id,"
    " ignores_people, actual_start, actual_finish, work, remaining FROM task"
)
_NO_DATES = (None, None)
_KINDS = {member.value: member for member in TaskKind}  # an Enum call is slow
_PILLARS = {member.value: member for member in Pillar}
_MARKS = {member.value: member for member in Mark}
_MODES = {member.value: member for member in Mode}
_CONSTRAINTS = {member.value: member for member in ConstraintKind}
_LINK_KINDS = {member.value: member for member in LinkKind}
_LAG_UNITS = {member.value: member for member in LagUnit}
Select = Callable[..., list[tuple[Any, ...]]]
Dates = tuple[dt.date | None, dt.date | None]


@lru_cache(maxsize=32768)
def _task(raw: tuple[Any, ...], owner: str, base: Dates, works: Calendar | None) -> TaskRow:
    """A row of `_TASKS` as a TaskRow. Remembered by content: after an edit only the rows that
    changed are made anew, which keeps 2,000 tasks within a few milliseconds."""
    (key, parent, position, kind, pillar, title, start, finish, percent) = raw[:9]
    (owner_id, wave, committee, note, mark, deliverable, mode, active, duration, elapsed) = raw[
        9:19
    ]
    (start_minute, finish_minute, constraint, constraint_at, deadline_at, calendar) = raw[19:25]
    (ignores_people, actual_start, actual_finish, work, remaining) = raw[25:]
    return TaskRow(
        key,
        parent,
        position,
        _KINDS[kind],
        _PILLARS[pillar],
        title,
        _date(start),
        _date(finish),
        percent,
        owner_id,
        owner,
        wave,
        bool(committee),
        note,
        *base,
        _MARKS[mark] if mark else None,
        bool(deliverable),
        _MODES[mode],
        bool(active),
        duration,
        bool(elapsed),
        start_minute,
        finish_minute,
        _CONSTRAINTS[constraint],
        _moment(constraint_at),
        _moment(deadline_at),
        calendar,
        bool(ignores_people),
        _moment(actual_start),
        _moment(actual_finish),
        work,
        remaining,
        works,
    )


def _date(text: str | None) -> dt.date | None:
    return None if text is None else date_from_iso(text)


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else moment_from_iso(text)


def short_name(first: str | None, last: str | None) -> str:
    """`N. Faure`, or the last name alone; empty without a person."""
    if not last:
        return ""
    return f"{first[0]}. {last}" if first else last


@remembered("task", "person", "baseline", "baseline_task", *HOURS)
def tasks(reader: Reader) -> list[TaskRow]:
    """Every line of the plan in outline order, phases rolled up. Treat the list as frozen."""
    names = {key: short for key, short, _ in owners(reader)}
    return read_tasks(reader.select, names, baseline_dates(reader), hours(reader))


def read_tasks(
    select: Select,
    names: Mapping[int, str] | None = None,
    bases: Mapping[int, Dates] | None = None,
    known: Hours | None = None,
) -> list[TaskRow]:
    """The same through any `select(sql, *params)`, such as that of a command's transaction;
    `names` are owners by person, `bases` reference dates by task, `known` the hours."""
    return rules.roll_up(_made(select(_TASKS), names or {}, bases or {}, known))


def tasks_again(reader: Reader, rows: list[TaskRow], ids: Collection[int]) -> list[TaskRow] | None:
    """What `tasks` would return after an edit of rows `ids`, given what it returned before; reads
    only those rows. None when the edit changed the outline itself."""
    marks = ",".join("?" * len(ids))
    raw = reader.select(f"{_TASKS} WHERE id IN ({marks})", *ids)
    names = {key: short for key, short, _ in owners(reader)}
    fresh = {row.id: row for row in _made(raw, names, baseline_dates(reader), hours(reader))}
    return rules.roll_again(rows, fresh) if len(fresh) == len(ids) else None


def _made(
    raw: Iterable[tuple[Any, ...]],
    names: Mapping[int, str],
    bases: Mapping[int, Dates],
    known: Hours | None,
) -> Iterable[TaskRow]:
    plain = known.default if known is not None else None
    return (
        _task(
            row,
            names.get(row[9], ""),
            bases.get(row[0], _NO_DATES),
            known.of(row[24]) if known is not None and row[24] is not None else plain,
        )
        for row in raw
    )


@remembered("baseline", "baseline_task")
def baseline_dates(reader: Reader) -> dict[int, Dates]:
    """Dates of each task in the reference plan that counts. Treat as frozen."""
    newest = baseline(reader)
    return {
        task: (date_from_iso(start), date_from_iso(finish))
        for task, start, finish in reader.select(
            "SELECT task_id, start, finish FROM baseline_task WHERE baseline_id = ?",
            newest[0] if newest else None,
        )
    }


@remembered("baseline")
def baseline(reader: Reader) -> tuple[int, str, dt.date] | None:
    """Id, name and date of the reference plan that counts (the newest), or None."""
    row = reader.one("SELECT id, name, set_on FROM baseline ORDER BY set_on DESC, id DESC LIMIT 1")
    return (row[0], row[1], date_from_iso(row[2])) if row else None


@remembered("task", "person", "baseline", "baseline_task", "link", *HOURS)
def links(reader: Reader) -> tuple[LinkRow, ...]:
    """Every link of the plan; whether it is broken follows from the present dates."""
    known = {row.id: row for row in tasks(reader)}
    made = []
    for key, before, after, name, lag, unit in reader.select(
        "SELECT id, predecessor_id, successor_id, kind, lag, lag_unit FROM link ORDER BY id"
    ):
        kind = _LINK_KINDS[name]
        broken = rules.link_broken(known[before], known[after], kind, lag)
        made.append(LinkRow(key, before, after, broken, kind, lag, _LAG_UNITS[unit]))
    return tuple(made)


@remembered("link")
def link_ends(reader: Reader) -> tuple[tuple[int, int], ...]:
    """Predecessor and successor of every link."""
    found = reader.select("SELECT predecessor_id, successor_id FROM link ORDER BY id")
    return tuple((before, after) for before, after in found)


class Timings(Mapping[int, "Timing"]):
    """What the engine computed for each planned line, phases included: early and late dates,
    slack in working minutes, what is critical. Computed when first asked for."""

    def __init__(self, live: LivePlan | None, circle: tuple[int, ...] = ()) -> None:
        self._live = live
        self.circle = circle  # lines that wait for each other: then nothing is computed
        self._found: dict[int, Timing | None] = {}

    def __getitem__(self, key: int) -> Timing:
        found = self._found.get(key)
        if found is None and self._live is not None:
            found = self._found[key] = self._live.timing(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._live or ())

    def __len__(self) -> int:
        return len(self._live or ())


def live_plan(reader: Reader) -> LivePlan:
    """The plan as the engine holds it: that of the project, or one of this reader's own."""
    shared = reader.shared.get("plan")
    if shared is not None:
        return cast("LivePlan", shared().live())
    return _own_plan(reader)


@remembered(*PLAN_TABLES)
def _own_plan(reader: Reader) -> LivePlan:
    from crm_pilot.planning.live import LivePlan  # the engine is loaded when first needed

    return LivePlan(reader.select)


@remembered(*PLAN_TABLES)
def timings(reader: Reader) -> Timings:
    """Timing of every planned line by id; none, and the circle, when links go in one."""
    from crm_pilot.planning.engine.activity import CircleError

    try:
        return Timings(live_plan(reader))
    except CircleError as circle:
        return Timings(None, circle.keys)


def schedule_state(reader: Reader) -> int | None:
    """A number that grows whenever the schedule may be another; None when links go in a circle."""
    from crm_pilot.planning.engine.activity import CircleError

    try:
        return live_plan(reader).version
    except CircleError:
        return None


@remembered(*HOURS)
def hours(reader: Reader) -> Hours:
    """The compiled calendars of the project: working hours, days off, absences."""
    return Hours(reader.select, *years_of(reader.select))


@remembered("person")
def owners(reader: Reader) -> tuple[tuple[int, str, str], ...]:
    """Persons who can own a task: id, short name, full name; by last name."""
    return tuple(
        (key, short_name(first, last), f"{first} {last}".strip())
        for key, first, last in reader.select(
            "SELECT id, first_name, last_name FROM person ORDER BY last_name, first_name, id"
        )
    )


@remembered("wave")
def wave_names(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Ids and names of the waves in their order."""
    found = reader.select("SELECT id, name FROM wave ORDER BY position, id")
    return tuple((key, name) for key, name in found)


@remembered("wave", "task", "department", "baseline", "baseline_task", *HOURS)
def waves(reader: Reader) -> tuple[WaveRow, ...]:
    """Waves in their order, with the go-live date of their milestone and their departments."""
    known = {row.id: row for row in tasks(reader)}
    departments: dict[int, list[str]] = {}
    for wave, name in reader.select(
        "SELECT wave_id, name FROM department WHERE wave_id IS NOT NULL ORDER BY position, name"
    ):
        departments.setdefault(wave, []).append(name)
    made = []
    for key, name, milestone in reader.select(
        "SELECT id, name, milestone_id FROM wave ORDER BY position, id"
    ):
        row = known.get(milestone)
        go_live = row.finish if row else None
        base = row.baseline_finish if row else None
        made.append(WaveRow(key, name, go_live, base, tuple(departments.get(key, ()))))
    return tuple(made)


@remembered("task", "baseline", "baseline_task", "forecast", "committee", "wave", *HOURS)
def milestones(reader: Reader, today: dt.date) -> tuple[MilestoneRow, ...]:
    """Every dated milestone by forecast. `previous` is the forecast in force at the last
    committee held on or before `today`: the latest one announced by then, else the baseline."""
    previous = _previous_forecasts(reader, today)
    names = dict(reader.select("SELECT id, name FROM wave"))
    made = [
        _milestone(row, previous.get(row.id, row.baseline_finish), names.get(row.wave_id, ""))
        for row in tasks(reader)
        if row.kind is TaskKind.MILESTONE and row.finish is not None
    ]
    return tuple(sorted(made, key=lambda m: m.forecast))


def _previous_forecasts(reader: Reader, today: dt.date) -> dict[int, dt.date]:
    held = last_committee_day(reader, today)
    if held is None:
        return {}
    announced = reader.select(
        "SELECT task_id, expected_on FROM forecast WHERE reported_on <= ? ORDER BY reported_on, id",
        held,
    )
    return {task: date_from_iso(day) for task, day in announced}  # the latest wins


def _milestone(row: TaskRow, previous: dt.date | None, wave: str) -> MilestoneRow:
    forecast = row.finish
    assert forecast is not None
    return MilestoneRow(
        row.id,
        row.title,
        row.pillar,
        wave,
        row.baseline_finish,
        previous,
        forecast,
        row.done,
        row.committee,
        rules.slip_days(row),
        (forecast - previous).days if previous else None,
        row.owner,
    )


@remembered(
    "task",
    "baseline",
    "baseline_task",
    "forecast",
    "committee",
    "wave",
    "department",
    *HOURS,
)
def figures(reader: Reader, today: dt.date) -> PlanningFigures:
    """The plan in figures on `today`."""
    rows = tasks(reader)
    parents = {row.parent_id for row in rows}
    work = [row for row in rows if row.kind is TaskKind.TASK and row.id not in parents]
    percent_done, percent_expected = rules.total_percents(work, today)
    reached = milestones(reader, today)
    newest = baseline(reader)
    starts = [row.start for row in rows if row.start]
    finishes = [row.finish for row in rows if row.finish]
    return PlanningFigures(
        tasks=len(work),
        tasks_done=sum(row.done for row in work),
        tasks_late=sum(rules.late(row, today) for row in work),
        percent_done=percent_done,
        percent_expected=percent_expected,
        milestones=reached,
        next_milestones=tuple(m for m in reached if not m.done),
        waves=waves(reader),
        phases=tuple(_phases(rows, reached)),
        next_tasks=_next_tasks(work, today),
        start=min(starts, default=None),
        finish=max(finishes, default=None),
        baseline_name=newest[1] if newest else None,
        baseline_set_on=newest[2] if newest else None,
    )


def _next_tasks(work: Iterable[TaskRow], today: dt.date) -> tuple[TaskRow, ...]:
    ahead = [
        (row.finish, row.start, row.id, row)
        for row in work
        if not row.done and row.start and row.finish and row.finish >= today
        if row.start <= today + AHEAD
    ]
    return tuple(found[-1] for found in sorted(ahead, key=lambda f: f[:3]))


def _phases(rows: list[TaskRow], dated: tuple[MilestoneRow, ...]) -> Iterable[PhaseRow]:
    top: dict[int | None, int] = {}  # row -> its line at the top of the outline
    for row in rows:  # parents come before their children
        top[row.id] = top.get(row.parent_id, row.id)
    inside: dict[int, list[MilestoneRow]] = {}
    for found in dated:
        inside.setdefault(top[found.id], []).append(found)
    for row in rows:
        if row.kind is TaskKind.PHASE and row.parent_id is None:
            yield PhaseRow(
                row.id,
                row.title,
                row.pillar,
                row.start,
                row.finish,
                row.baseline_start,
                row.baseline_finish,
                row.percent,
                rules.slip_days(row),
                tuple(inside.get(row.id, ())),
            )
