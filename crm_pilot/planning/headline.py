"""The sentence that says what matters in the plan today, computed from its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import can_slip, load_queries, queries, rules
from crm_pilot.planning.rows import TaskRow, WaveRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.store.reader import Reader, remembered


@remembered(
    *("link", "wave", "baseline", "baseline_task"),
    *load_queries.TABLES,
)
def headline(reader: Reader, today: dt.date) -> Message:
    """What drives the next go-live, whether it holds, and which weeks are overloaded or, without
    any, how many lines are late."""
    rows = queries.tasks(reader)
    late = _overload(reader, today) or _late(rows, today)
    wave = next_go_live(queries.waves(reader), today)
    if wave is None or wave.go_live is None:
        return _without_go_live(rows, late, today)
    slip = (wave.go_live - wave.baseline).days if wave.baseline else 0
    goal = milestone_of(reader, wave)
    cause = driver(rows, can_slip.slips(reader, goal) if goal is not None else {}, goal)
    return msg("{first}; {second}.", first=_go_live(wave, cause, slip), second=late)


def _go_live(wave: WaveRow, cause: TaskRow | None, slip: int) -> Message:
    date = wave.go_live
    if slip > 0 and cause is not None:
        return nmsg(
            "“{task}” drives {wave}, {n} day late",
            "“{task}” drives {wave}, {n} days late",
            slip,
            task=cause.title,
            wave=wave.name,
        )
    if slip > 0:
        return nmsg(
            "{wave} slips by {n} day to {date}",
            "{wave} slips by {n} days to {date}",
            slip,
            wave=wave.name,
            date=date,
        )
    if cause is not None:
        return msg("“{task}” drives {wave}, {date}", task=cause.title, wave=wave.name, date=date)
    return msg("{wave} holds {date}", wave=wave.name, date=date)


def _overload(reader: Reader, today: dt.date) -> Message | None:
    """The weeks ahead in which someone has more to do than time; None without any."""
    until = today + queries.AHEAD
    found = []
    for week in load_queries.load(reader, today).overloaded():
        if week.monday > until:
            break
        found.append(week.monday.isocalendar().week)
    if not found:
        return None
    if len(found) == 1:
        return msg("week {week} is overloaded", week=str(found[0]))
    if len(found) == 2:
        first, second = map(str, found)
        return msg("weeks {first} and {second} are overloaded", first=first, second=second)
    return msg("{n} weeks ahead are overloaded", n=len(found))


def _late(rows: list[TaskRow], today: dt.date) -> Message:
    parents = {row.parent_id for row in rows}
    late = [r for r in rows if r.id not in parents and rules.late(r, today)]
    work = sum(r.kind is not TaskKind.MILESTONE for r in late)
    points = len(late) - work
    tasks = nmsg("{n} task is late", "{n} tasks are late", work)
    if not late:
        return msg("nothing is late")
    if not points:
        return tasks
    if not work:
        return nmsg("{n} milestone is late", "{n} milestones are late", points)
    return msg(
        "{tasks} and {milestones} are late",
        tasks=nmsg("{n} task", "{n} tasks", work),
        milestones=nmsg("{n} milestone", "{n} milestones", points),
    )


def _without_go_live(rows: list[TaskRow], late: Message, today: dt.date) -> Message:
    parents = {row.parent_id for row in rows}
    work = [r for r in rows if r.id not in parents and r.kind is TaskKind.TASK]
    done, expected = (round(p) for p in rules.total_percents(work, today))
    return msg(
        "{done}% of the plan is done, {expected}% is expected; {late}.",
        done=done,
        expected=expected,
        late=late,
    )


def next_go_live(waves: tuple[WaveRow, ...], today: dt.date) -> WaveRow | None:
    """The wave that goes live next, on or after `today`."""
    ahead = [(w.go_live, w.id, w) for w in waves if w.go_live is not None and w.go_live >= today]
    return min(ahead, key=lambda found: found[:2])[-1] if ahead else None


def milestone_of(reader: Reader, wave: WaveRow) -> int | None:
    """Task id of the wave's go-live milestone."""
    found: int | None = reader.value("SELECT milestone_id FROM wave WHERE id = ?", wave.id)
    return found


@remembered("wave")
def wave_milestones(reader: Reader) -> frozenset[int]:
    """Task ids of the go-live milestones of all waves."""
    found = reader.select("SELECT milestone_id FROM wave WHERE milestone_id IS NOT NULL")
    return frozenset(key for (key,) in found)


def driver(rows: Sequence[TaskRow], slips: Mapping[int, int], goal: int | None) -> TaskRow | None:
    """The open work that drives the milestone `goal` now: of all that may not slip without moving
    it, what starts first, then what ends last. None when all may slip, for then the goal stands
    where somebody put it. `slips` are working minutes by key, see `can_slip`."""
    leading = [
        (row.start, -(row.finish or dt.date.min).toordinal(), row.id, row)
        for row in rows
        if slips.get(row.id, 1) <= 0 and row.id != goal and row.start is not None
        if row.kind is not TaskKind.MILESTONE and row.active and not row.done
    ]
    return min(leading, key=lambda found: found[:3])[-1] if leading else None
