"""The sentence that says what matters in the plan today, computed from its figures."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import queries, rules
from crm_pilot.planning.rows import LinkRow, TaskRow, WaveRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.store.reader import Reader, remembered


@remembered("task", "person", "baseline", "baseline_task", "link", "wave", "department")
def headline(reader: Reader, today: dt.date) -> Message:
    """What drives the next go-live, whether it holds, and how many lines are late."""
    rows = queries.tasks(reader)
    late = _late(rows, today)
    wave = next_go_live(queries.waves(reader), today)
    if wave is None or wave.go_live is None:
        return _without_go_live(rows, late, today)
    slip = (wave.go_live - wave.baseline).days if wave.baseline else 0
    cause = driver(rows, queries.links(reader), milestone_of(reader, wave))
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
        "{done} % of the plan is done, {expected} % is expected; {late}.",
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


def driver(rows: list[TaskRow], links: tuple[LinkRow, ...], goal: int | None) -> TaskRow | None:
    """The open work that the milestone `goal` waits for now: back along the links over the
    predecessor that ends last, the earliest task that is not done. None without links."""
    known = {row.id: row for row in rows}
    before: dict[int, list[TaskRow]] = {}
    for link in links:
        before.setdefault(link.successor_id, []).append(known[link.predecessor_id])
    found: TaskRow | None = None
    at, seen = goal, set[int]()
    while at is not None and at not in seen:
        seen.add(at)
        waiting = [r for r in before.get(at, ()) if not r.done and r.finish is not None]
        latest = max(waiting, key=lambda r: (r.finish or dt.date.min, r.id), default=None)
        if latest is None:
            break
        if latest.kind is not TaskKind.MILESTONE:
            found = latest
        at = latest.id
    return found
