"""What followed from an edit: lines that moved although nobody touched them, and go-lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Mark, TaskKind
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class GoLive:
    """A go-live that moved; `days` in calendar days."""

    title: str
    date: dt.date
    days: int


@dataclass(frozen=True)
class Followed:
    """How many lines without children moved by themselves, and the first go-live that moved."""

    lines: int
    go_live: GoLive | None = None
    go_lives: int = 0

    def __bool__(self) -> bool:
        return self.lines > 0 or self.go_live is not None


def followed(
    before: Sequence[TaskRow],
    after: Sequence[TaskRow],
    edited: Collection[int],
    go_lives: Collection[int] = (),
) -> Followed:
    """Compare the plan before and after an edit of the lines `edited` (with all they hold).

    `go_lives` are milestones of waves; those marked as a go-live count as well.
    """
    changed = _changed(before, after)
    if not changed:
        return Followed(0)
    old = {was.id: was for was, _ in changed}
    holding = {row.parent_id for row in after}
    touched = _with_below(after, edited)
    moved = [row for was, row in changed if row.id not in holding and _moved(was, row)]
    goals = [
        GoLive(row.title, row.finish, (row.finish - was).days)
        for row in moved
        if row.kind is TaskKind.MILESTONE and (row.mark is Mark.GO_LIVE or row.id in go_lives)
        if row.finish is not None and (was := _finish(old, row)) is not None
        if row.finish != was
    ]
    goals.sort(key=lambda goal: goal.date)
    lines = sum(row.id not in touched for row in moved)
    return Followed(lines, goals[0] if goals else None, len(goals))


def _changed(before: Sequence[TaskRow], after: Sequence[TaskRow]) -> list[tuple[TaskRow, TaskRow]]:
    """Lines that are in both and were read anew. After most edits the lines are the same ones."""
    if len(before) == len(after):
        pairs = [(a, b) for a, b in zip(before, after, strict=True) if a is not b]
        if all(a.id == b.id for a, b in pairs):
            return pairs
    old = {row.id: row for row in before}
    found = ((old.get(row.id), row) for row in after)
    return [(was, row) for was, row in found if was is not None and was is not row]


def _finish(old: Mapping[int, TaskRow], row: TaskRow) -> dt.date | None:
    return old[row.id].finish


def _moved(was: TaskRow, row: TaskRow) -> bool:
    return (was.start, was.finish, was.start_minute, was.finish_minute) != (
        *(row.start, row.finish, row.start_minute, row.finish_minute),
    )


def _with_below(rows: Sequence[TaskRow], keys: Collection[int]) -> set[int]:
    found = set(keys)
    for row in rows:  # parents come before their children
        if row.parent_id in found:
            found.add(row.id)
    return found


def sentence(found: Followed, *, alone: bool = False) -> Message | None:
    """`4 lines follow; “Go-live W3” moves to 14 Jan (+2 d).` None when nothing followed.

    `alone`: no line was edited (hours were), so that lines move rather than follow.
    """
    if not found:
        return None
    count = found.lines
    lines = (
        nmsg("{n} line moved", "{n} lines moved", count)
        if alone
        else nmsg("{n} line follows", "{n} lines follow", count)
    )
    goal = found.go_live
    if goal is None:
        return msg("{lines}.", lines=lines)
    moves = _moves(goal, found.go_lives - 1)
    return msg("{lines}; {moves}.", lines=lines, moves=moves) if count else msg("{s}.", s=moves)


def _moves(goal: GoLive, more: int) -> Message:
    days = nmsg("{n} day later", "{n} days later", abs(goal.days))
    if goal.days < 0:
        days = nmsg("{n} day earlier", "{n} days earlier", abs(goal.days))
    moves = msg("“{title}” moves to {date}, {days}", title=goal.title, date=goal.date, days=days)
    if not more:
        return moves
    others = nmsg("and {n} other go-live", "and {n} other go-lives", more)
    return msg("{moves}, {others}", moves=moves, others=others)
