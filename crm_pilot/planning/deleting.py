"""What is done to the rest of the plan before linked lines are deleted.

What waited for a deleted line waits for what that line waited for: the chain stays a chain. What
waited for nothing else stays where it is, instead of falling to the begin of the project.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from crm_pilot.planning.moving import hours_around
from crm_pilot.planning.schedule_commands import whole_day
from crm_pilot.planning.terms import ConstraintKind, LinkKind, Mode

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Link = tuple[int, int, str]  # before, after, kind


def keep_chains(work: Work, gone: Collection[int]) -> None:
    """Close the gaps that deleting the lines `gone` would leave between the others."""
    links: list[Link] = work.select("SELECT predecessor_id, successor_id, kind FROM link")
    known = {(before, after) for before, after, _ in links}
    into: dict[int, list[Link]] = {}
    for link in links:
        into.setdefault(link[1], []).append(link)
    for after in sorted({a for b, a, _ in links if b in gone and a not in gone}):
        before = _behind(after, gone, into)
        for key in sorted(before):
            if (key, after) not in known:
                known.add((key, after))
                work.add("link", predecessor_id=key, successor_id=after)
        others = any(b not in gone for b, _, _ in into[after])
        if not before and not others:
            _stay(work, after)


def _behind(key: int, gone: Collection[int], into: dict[int, list[Link]]) -> set[int]:
    """Lines that stay and lead to `key` through deleted ones alone, finish to start all the way."""
    found: set[int] = set()
    seen: set[int] = set()
    ahead: list[int] = [key]
    while ahead:
        here = ahead.pop()
        for before in _waits(into.get(here, ())):
            if before in gone and before not in seen:
                seen.add(before)
                ahead.append(before)
            elif before not in gone and here != key:
                found.add(before)
    return found - {key}


def _waits(links: Iterable[Link]) -> Iterable[int]:
    return (before for before, _, kind in links if kind == LinkKind.FS)


def _stay(work: Work, key: int) -> None:
    """Hold an automatic line that nothing holds any more where it starts now."""
    row: Any = work.get("task", key)
    held = row.constraint_kind != ConstraintKind.ASAP or row.mode == Mode.MANUAL
    if held or row.start is None or row.actual_start is not None:
        return
    if work.select("SELECT 1 FROM task WHERE parent_id = ? LIMIT 1", key):
        return
    at = whole_day(hours_around(work, row.start), row.start, end=False, key=row.calendar_id)
    if row.start_minute is not None:
        at = dt.datetime.combine(row.start, dt.time()) + dt.timedelta(minutes=row.start_minute)
    work.set("task", key, constraint_kind=ConstraintKind.SNET, constraint_at=at)
