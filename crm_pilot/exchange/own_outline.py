"""Rules of the plan that an edited export must keep: milestones, outline and links."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.exchange.own_compare import Entry, Part
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.tables import Record
from crm_pilot.i18n import msg
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.terms import TaskKind

DERIVED = ("start", "start_minute", "finish", "finish_minute", "duration", "percent")


def check(part: Part, problems: Problems) -> None:
    """Check what the file makes of the plan; lines that hold others keep what follows from them."""
    final = part.final()
    parents = {record.get("parent_id") for record in final.values()}
    for entry in part.touched:
        row = final[entry.id]
        if entry.id in parents:
            _leave_derived(part, entry, problems)
        else:
            _check_dates(part, entry, row, problems)
        _check_parent(part, entry, final, problems)
    _refuse_rings(part, final, problems)
    _refuse_phases(part, final, problems)


def links(part: Part) -> tuple[tuple[int, tuple[Wait, ...]], ...]:
    """Lines whose links change, with what they wait for; taken out of the changes."""
    found = []
    for entry in part.entries:
        value = entry.changed.pop("links", None)
        if value is not None and (value or not entry.new):
            found.append((entry.id, value))
    return tuple(found)


def announced(part: Part) -> tuple[tuple[int, dt.date], ...]:
    """Milestones the file moves."""
    final = part.final()
    return tuple(
        (entry.id, entry.changed["finish"])
        for entry in part.entries
        if not entry.new
        and entry.changed.get("finish")
        and final[entry.id]["kind"] == TaskKind.MILESTONE
    )


def _leave_derived(part: Part, entry: Entry, problems: Problems) -> None:
    for name in DERIVED:
        if name not in entry.changed:
            continue
        if not entry.new:
            problems.warn(
                entry.line,
                part.header(name),
                entry.raw.get(name, ""),
                msg("follows from the lines under it; left as it is"),
            )
        entry.changed[name] = 0 if name == "percent" else None
        if not entry.new:
            del entry.changed[name]


def _check_dates(part: Part, entry: Entry, row: Record, problems: Problems) -> None:
    start, finish = row.get("start"), row.get("finish")
    follows = row.get("duration") is not None and "finish" not in entry.changed
    if row.get("kind") == TaskKind.MILESTONE:
        _one_time(entry, row)
        if start != finish:
            moved = [name for name in ("start", "finish") if name in entry.changed]
            if start is not None and finish is not None and len(moved) != 1:
                part.wrong(problems, entry, "finish", msg("a milestone has one day only"))
                return
            day = entry.changed[moved[0]] if len(moved) == 1 else start or finish
            entry.changed |= {"start": day, "finish": day}
        if "percent" in entry.changed and row["percent"] not in (0, 100):
            message = msg("a milestone is reached (100) or not (0)")
            part.wrong(problems, entry, "percent", message)
    elif start is not None and finish is not None and finish < start and not follows:
        part.wrong(problems, entry, "finish", msg("before its start"))


def _one_time(entry: Entry, row: Record) -> None:
    """A milestone has one time of the day: the one that was typed, its finish first."""
    times = row.get("start_minute"), row.get("finish_minute")
    if times[0] != times[1]:
        time = times["finish_minute" in entry.changed]
        entry.changed |= {"start_minute": time, "finish_minute": time}


def _check_parent(part: Part, entry: Entry, final: dict[int, Record], problems: Problems) -> None:
    key = entry.changed.get("parent_id")
    if key is not None and final[key].get("kind") != TaskKind.PHASE:
        part.wrong(
            problems,
            entry,
            "parent_id",
            msg("“{title}” is no phase: no line can stand under it", title=final[key]["title"]),
        )


def _refuse_rings(part: Part, final: dict[int, Record], problems: Problems) -> None:
    """No line stands under itself, and none waits for itself."""
    above = {key: [row["parent_id"]] if row.get("parent_id") else [] for key, row in final.items()}
    before = {key: [wait.before for wait in row.get("links") or ()] for key, row in final.items()}
    for column, graph, message in (
        ("parent_id", above, msg("the line would stand under itself")),
        ("links", before, msg("the line would wait for itself")),
    ):
        if not any(column in entry.changed for entry in part.entries):
            continue
        ring = _in_rings(graph)
        for entry in part.entries:
            if entry.id in ring and column in entry.changed:
                part.wrong(problems, entry, column, message)


def _refuse_phases(part: Part, final: dict[int, Record], problems: Problems) -> None:
    """No line waits for what holds it, nor for what it holds."""
    for entry in part.entries:
        for wait in entry.changed.get("links") or ():
            if entry.id in _above(wait.before, final) or wait.before in _above(entry.id, final):
                message = msg("a line waits neither for its phase nor for its own lines")
                part.wrong(problems, entry, "links", message)


def _above(key: int, final: dict[int, Record]) -> set[int]:
    """The lines that hold a line, at any height."""
    found: set[int] = set()
    above = final.get(key, {}).get("parent_id")
    while above is not None and above not in found:
        found.add(above)
        above = final.get(above, {}).get("parent_id")
    return found


def _in_rings(graph: dict[int, list[Any]]) -> set[int]:
    """What can never be reached by taking away, again and again, all that points nowhere."""
    left = {key: {other for other in ends if other in graph} for key, ends in graph.items()}
    back: dict[int, list[int]] = {}
    for key, ends in left.items():
        for other in ends:
            back.setdefault(other, []).append(key)
    free = [key for key, ends in left.items() if not ends]
    while free:
        done = free.pop()
        del left[done]
        for key in back.get(done, ()):
            left[key].discard(done)
            if not left[key]:
                free.append(key)
    return set(left)
