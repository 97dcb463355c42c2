"""Which lines of the plan are shown: pillars, open and closed phases, filters and search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind
from ui.models.rows import folded

PILLAR_KEYS = {pillar: -1 - place for place, pillar in enumerate(Pillar)}


class Line(NamedTuple):
    """One visible line: a row of the plan, or the heading of a pillar (`row` is None, key < 0)."""

    key: int
    row: TaskRow | None
    pillar: Pillar
    depth: int
    holds: bool  # other lines
    open: bool
    start: dt.date | None
    finish: dt.date | None
    percent: int

    @property
    def summary(self) -> bool:
        """Whether dates and percent follow from other lines."""
        return self.holds or self.row is None


@dataclass
class Choice:
    """What the person wants to see."""

    hide_done: bool = False
    this_week: bool = False
    late: bool = False
    needle: str = ""
    closed: set[int] = field(default_factory=set)

    @property
    def narrow(self) -> bool:
        """Whether single lines are looked for, so that closed phases are opened."""
        return self.this_week or self.late or bool(self.needle)

    def wants(self, row: TaskRow, today: dt.date, monday: dt.date) -> bool:
        """Whether a line without children is to be shown."""
        if self.hide_done and row.done:
            return False
        if self.late and not rules.late(row, today):
            return False
        if self.this_week and not in_week(row, monday):
            return False
        return not self.needle or self.needle in haystack(row.title, row.owner)


@lru_cache(maxsize=8192)
def haystack(title: str, owner: str) -> str:
    """What the search looks in."""
    return folded(f"{title} {owner}")


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the ISO week of `day`."""
    return day - dt.timedelta(days=day.weekday())


def in_week(row: TaskRow, monday: dt.date) -> bool:
    """Open and under way, due or starting in the week that begins on `monday`."""
    if row.done or row.start is None or row.finish is None:
        return False
    return row.start < monday + dt.timedelta(days=7) and row.finish >= monday


class Counts(NamedTuple):
    """Lines without children, and how many of them the chips would leave."""

    lines: int
    shown: int
    this_week: int
    late: int


def arrange(rows: Iterable[TaskRow], choice: Choice, today: dt.date) -> tuple[list[Line], Counts]:
    """The lines to show, in order, under a heading for each pillar that has lines."""
    ordered = list(rows)
    parents = {row.parent_id for row in ordered}
    kept, counts = _kept(ordered, parents, choice, today)
    totals: dict[Pillar, rules.Total] = {}
    bodies: dict[Pillar, list[Line]] = {}
    place: dict[int | None, tuple[int, Pillar, bool]] = {}  # depth, pillar of the top row, visible
    for row in ordered:
        above = place.get(row.parent_id)
        depth, pillar, visible = (above[0] + 1, above[1], above[2]) if above else _top(row, choice)
        holds = row.id in parents
        opened = holds and (choice.narrow or row.id not in choice.closed)
        place[row.id] = (depth, pillar, visible and opened)
        if not holds:
            total = totals.get(pillar)
            if total is None:
                total = totals[pillar] = rules.Total()
            total.take(row, None)
        if visible and row.id in kept:
            bodies.setdefault(pillar, []).append(
                Line(
                    row.id,
                    row,
                    row.pillar,
                    depth,
                    holds,
                    opened,
                    row.start,
                    row.finish,
                    row.percent,
                )
            )
    lines: list[Line] = []
    for pillar in Pillar:
        if pillar in totals and (pillar in bodies or not choice.narrow):
            lines.append(_heading(pillar, totals[pillar], choice))
            lines.extend(bodies.get(pillar, ()))
    return lines, counts


def _top(row: TaskRow, choice: Choice) -> tuple[int, Pillar, bool]:
    return 1, row.pillar, choice.narrow or PILLAR_KEYS[row.pillar] not in choice.closed


def _heading(pillar: Pillar, total: rules.Total, choice: Choice) -> Line:
    key = PILLAR_KEYS[pillar]
    opened = choice.narrow or key not in choice.closed
    return Line(key, None, pillar, 0, True, opened, total.start, total.finish, total.percent)


def _kept(
    ordered: list[TaskRow], parents: set[int | None], choice: Choice, today: dt.date
) -> tuple[set[int | None], Counts]:
    """Ids of wanted lines and of all that hold one of them."""
    monday = monday_of(today)
    kept: set[int | None] = set()
    lines = shown = week = late = 0
    for row in reversed(ordered):
        wanted = row.id in kept
        if row.id not in parents:
            wanted = choice.wants(row, today, monday)
            lines += 1
            shown += wanted
            week += in_week(row, monday)
            late += row.kind is not TaskKind.PHASE and rules.late(row, today)
        if wanted:
            kept.add(row.id)
            kept.add(row.parent_id)
    return kept, Counts(lines, shown, week, late)


def ancestors(rows: Iterable[TaskRow], key: int) -> Iterator[int]:
    """Keys of everything that must be open for row `key` to be seen."""
    known = {row.id: row for row in rows}
    row = known.get(key)
    while row is not None:
        if row.parent_id is None:
            yield PILLAR_KEYS[row.pillar]
            return
        yield row.parent_id
        row = known.get(row.parent_id)
