"""Reads of what was promised: reference plans, announced dates, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crm_pilot.planning import queries, trend
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Mark, SlipReason, TaskKind
from crm_pilot.planning.trend import Announced, Cause, History, Origin, Point, Postponed
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

_CODES = {code.value: code for code in SlipReason}
Dates = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class BaselineRow:
    """A reference plan. `lines`: tasks and milestones it holds that are still in the plan;
    `mean_slip`: mean of their present finish − finish held, in days, None without any."""

    id: int
    name: str
    set_on: dt.date
    reason: str
    lines: int
    mean_slip: float | None
    counts: bool  # the newest, from which slips are counted


@dataclass(frozen=True)
class TrendFigures:
    """What became of announced dates, as known on one day. Days are calendar days.

    `held` of `due` milestones were reached at their first announced date; `…_before` is the same
    at the last committee. `slope` is that of the next go-live over the last three reports.
    """

    histories: tuple[History, ...]  # with an announced date, by present date
    lines: Mapping[int, tuple[Point, ...]]  # of the dates-dates diagram, by milestone
    reports: tuple[tuple[dt.date, int], ...]  # committees held before today: day, number
    number: int | None  # of the committee to come, for which today's report is
    held: int
    due: int
    held_before: int | None
    due_before: int | None
    postponements: int
    mean_slip: float | None
    next_go_live: History | None
    slope: float | None
    causes: tuple[Cause, ...]
    postponed: tuple[Postponed, ...]  # rule D4

    @property
    def go_lives(self) -> tuple[History, ...]:
        """Milestones that open a wave, or are marked as go-live, by present date."""
        return tuple(one for one in self.histories if one.go_live)

    @property
    def days_lost(self) -> int:
        """Sum of the slips of the go-lives: what the causes add up to."""
        return sum(one.slip or 0 for one in self.go_lives)


@remembered("wave", "task")
def go_live_ids(reader: Reader) -> frozenset[int]:
    """Milestones that are the go-live of a wave, or marked as a go-live."""
    rows = reader.select(
        "SELECT milestone_id FROM wave WHERE milestone_id IS NOT NULL"
        " UNION SELECT id FROM task WHERE kind = 'milestone' AND mark = ?",
        Mark.GO_LIVE.value,
    )
    return frozenset(row[0] for row in rows)


@remembered("baseline", "baseline_task", "task")
def _references(reader: Reader) -> dict[int, tuple[Announced, ...]]:
    found: dict[int, list[Announced]] = {}
    for task, day, finish, reason in reader.select(
        "SELECT r.task_id, b.set_on, r.finish, b.reason FROM baseline_task r"
        " JOIN baseline b ON b.id = r.baseline_id JOIN task t ON t.id = r.task_id"
        " WHERE t.kind = 'milestone' ORDER BY b.set_on, b.id"
    ):
        made = Announced(date_from_iso(day), date_from_iso(finish), None, reason, Origin.REFERENCE)
        found.setdefault(task, []).append(made)
    return {task: tuple(rows) for task, rows in found.items()}


@remembered("forecast")
def recorded(reader: Reader) -> dict[int, tuple[Announced, ...]]:
    """Every recorded announcement by milestone, oldest first. Treat as frozen."""
    found: dict[int, list[Announced]] = {}
    for key, task, reported, expected, code, reason in reader.select(
        "SELECT id, task_id, reported_on, expected_on, reason_code, reason FROM forecast"
        " ORDER BY reported_on, id"
    ):
        made = Announced(
            date_from_iso(reported),
            date_from_iso(expected),
            _CODES[code] if code else None,
            reason,
            Origin.SAID,
            key,
        )
        found.setdefault(task, []).append(made)
    return {task: tuple(rows) for task, rows in found.items()}


@remembered("task", "person", "baseline", "baseline_task", "forecast", "committee", "wave")
def histories(reader: Reader, today: dt.date) -> tuple[History, ...]:
    """Every dated milestone with what was announced of it up to `today`, by present date."""
    references, spoken, go_lives = _references(reader), recorded(reader), go_live_ids(reader)
    waves = dict(reader.select("SELECT milestone_id, name FROM wave ORDER BY position DESC"))
    return tuple(
        History(
            one.id,
            one.title,
            waves.get(one.id, one.wave),
            one.pillar,
            one.committee,
            one.id in go_lives,
            one.done,
            one.forecast,
            trend.said(
                references.get(one.id, ()),
                spoken.get(one.id, ()),
                one.forecast,
                today,
                done=one.done,
            ),
        )
        for one in queries.milestones(reader, today)
    )


@remembered("committee")
def _committees(reader: Reader) -> tuple[tuple[dt.date, int], ...]:
    rows = reader.select(
        "SELECT held_on, number FROM committee WHERE kind = 'steering' ORDER BY held_on, number"
    )
    return tuple((date_from_iso(day), number) for day, number in rows)


@remembered("task", "person", "baseline", "baseline_task", "forecast", "committee", "wave")
def figures(reader: Reader, today: dt.date) -> TrendFigures:
    """What became of announced dates, on `today`."""
    known = tuple(one for one in histories(reader, today) if one.said)
    committees = _committees(reader)
    reports = tuple(one for one in committees if one[0] < today)
    days = [day for day, _ in reports]
    lines = {one.id: trend.points(one, days, today) for one in known}
    live = [one for one in known if one.go_live]
    following = next((one for one in live if not one.done), None)
    kept, due = trend.predictability(known, today)
    before = trend.predictability(known, days[-1]) if days else (None, None)
    found = [trend.ever_postponed(one, lines[one.id]) for one in live]
    return TrendFigures(
        histories=known,
        lines=lines,
        reports=reports,
        number=next((number for day, number in committees if day >= today), None),
        held=kept,
        due=due,
        held_before=before[0],
        due_before=before[1],
        postponements=sum(one.postponed for one in live),
        mean_slip=trend.mean_slip(live),
        next_go_live=following,
        slope=trend.slope(lines[following.id]) if following else None,
        causes=trend.causes(live),
        postponed=tuple(one for one in found if one is not None),
    )


# reference plans ---------------------------------------------------------------------------------


@remembered("task", "person", "baseline", "baseline_task")
def baselines(reader: Reader) -> tuple[BaselineRow, ...]:
    """Every reference plan, the newest first."""
    known = {row.id: row for row in queries.tasks(reader)}
    made: list[BaselineRow] = []
    for key, name, day, reason in reader.select(
        "SELECT id, name, set_on, reason FROM baseline ORDER BY set_on DESC, id DESC"
    ):
        held = dates_in(reader, key)
        work = [row for row in (known[task] for task in held) if row.kind is not TaskKind.PHASE]
        slips = [(row.finish - held[row.id][1]).days for row in work if row.finish]
        mean = sum(slips) / len(slips) if slips else None
        made.append(BaselineRow(key, name, date_from_iso(day), reason, len(work), mean, not made))
    return tuple(made)


@remembered("baseline", "baseline_task")
def dates_in(reader: Reader, key: int) -> dict[int, Dates]:
    """Start and finish of each task in reference plan `key`. Treat as frozen."""
    rows = reader.select(
        "SELECT task_id, start, finish FROM baseline_task WHERE baseline_id = ?", key
    )
    return {task: (date_from_iso(start), date_from_iso(finish)) for task, start, finish in rows}


def compared(rows: Sequence[TaskRow], dates: Mapping[int, Dates]) -> list[TaskRow]:
    """The lines of the plan beside the dates of another reference plan than the one that counts:
    a choice of the view, which changes no figure."""
    return [
        replace(row, baseline_start=start, baseline_finish=finish)
        for row in rows
        for start, finish in (dates.get(row.id, (None, None)),)
    ]


@dataclass(frozen=True)
class Difference:
    """A line in two reference plans; None where one does not hold it. `days`: later by."""

    task: TaskRow
    before: dt.date | None
    after: dt.date | None

    @property
    def days(self) -> int | None:
        """Finish in the second − finish in the first, in days."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before).days


def differences(reader: Reader, first: int, second: int | None) -> tuple[Difference, ...]:
    """Lines whose finish differs between two reference plans, or that only one holds, in the
    order of the plan. `second` None: the present plan."""
    one = dates_in(reader, first)
    two = dates_in(reader, second) if second is not None else None
    made = []
    for row in queries.tasks(reader):
        if row.kind is TaskKind.PHASE:
            continue
        before = one[row.id][1] if row.id in one else None
        if two is None:
            after = row.finish
        else:
            after = two[row.id][1] if row.id in two else None
        if before != after:
            made.append(Difference(row, before, after))
    return tuple(made)
