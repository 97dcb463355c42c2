"""What the file says of the plan, as the live plan reads it: rows of `task`, years, ids."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from crm_pilot.planning.terms import Mode, TaskKind

Select = Callable[..., list[tuple[Any, ...]]]


class Stored(NamedTuple):
    """What a row of `task` says about its schedule, as it is in the file."""

    id: int
    parent_id: int | None
    kind: str
    start: str | None
    finish: str | None
    start_minute: int | None
    finish_minute: int | None
    percent: int
    duration: int | None
    elapsed: int
    mode: str
    active: int
    constraint_kind: str
    constraint_at: str | None
    deadline_at: str | None
    calendar_id: int | None
    ignores_people: int
    actual_start: str | None
    actual_finish: str | None
    owner_id: int | None
    work: int | None
    remaining: int | None
    mark: str | None

    @property
    def milestone(self) -> bool:
        """Whether the line has one moment only."""
        return self.kind == TaskKind.MILESTONE

    @property
    def dated(self) -> bool:
        """Whether the line has both its days."""
        return self.start is not None and self.finish is not None

    @property
    def planned(self) -> bool:
        """Whether the engine knows the line: it has its days, or at least a duration."""
        return self.dated or self.duration is not None

    @property
    def settled(self) -> bool:
        """Whether nothing has to be found out: the line has a duration, or no dates either."""
        return self.duration is not None or not self.dated

    @property
    def auto(self) -> bool:
        """Whether the engine writes its days."""
        return self.mode == Mode.AUTO


def years_of(select: Select) -> tuple[int, int]:
    """The first and the last year of the plan; of the next ones when nothing is dated yet."""
    first, last, begin = select(
        "SELECT min(start), max(finish), (SELECT starts_on FROM project) FROM task"
    )[0]
    days = [day for day in (first, last, begin) if day]
    if not days:
        return 2020, 2040
    return int(min(days)[:4]), int(max(days)[:4])


def rows_of(select: Select, sql: str, ids: Collection[int]) -> list[tuple[Any, ...]]:
    """Rows of a query (without WHERE) that have one of `ids`."""
    found: list[tuple[Any, ...]] = []
    wanted = list(ids)
    for place in range(0, len(wanted), 500):
        some = wanted[place : place + 500]
        found += select(f"{sql} WHERE id IN ({','.join('?' * len(some))})", *some)
    return found


def go_lives(select: Select) -> frozenset[int]:
    """Ids of the milestones of waves."""
    return frozenset(key for (key,) in select("SELECT milestone_id FROM wave") if key is not None)
