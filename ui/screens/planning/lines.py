"""Which lines of the plan are shown: pillars, open and closed phases, filters and search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from crm_pilot.folding import folded
from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind

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
    points: tuple[dt.date, ...] = ()  # committee milestones inside a closed phase

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
    critical: Callable[[TaskRow], bool] | None = None  # only these
    works: Callable[[TaskRow], bool] | None = None  # only what the chosen person works on
    person: int | None = None  # who that is
    phase: int | None = None  # only what this line holds
    needle: str = ""
    closed: set[int] = field(default_factory=set)
    passes: Callable[[TaskRow], bool] | None = None  # the filters of the columns
    order: Callable[[TaskRow], Any] | None = None  # sort key among the lines of one phase
    descending: bool = False

    @property
    def narrow(self) -> bool:
        """Whether single lines are looked for, so that closed phases are opened."""
        single = self.critical, self.works, self.passes
        return (
            self.this_week
            or self.late
            or bool(self.needle)
            or self.phase is not None
            or any(one is not None for one in single)
        )

    def wants(self, row: TaskRow, today: dt.date, monday: dt.date) -> bool:
        """Whether a line without children is to be shown."""
        if self.hide_done and row.done:
            return False
        if self.late and not rules.late(row, today):
            return False
        if self.this_week and not in_week(row, monday):
            return False
        for keeps in (self.critical, self.works, self.passes):
            if keeps is not None and not keeps(row):
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


class Arrangement:
    """The lines to show, in order, under a heading for each pillar that has lines.

    After an edit that leaves the outline as it is, `take` changes only the lines it touched.
    """

    def __init__(self, rows: list[TaskRow], choice: Choice, today: dt.date) -> None:
        self.rows, self.choice, self.today = in_order(rows, choice), choice, today
        self._monday = monday_of(today)
        self._parents = {row.parent_id for row in rows}
        self._roots: list[int] = []  # place of the row at the top, by place in `rows`
        self._inside: dict[int, rules.Total] = {}  # what a row at the top gathers, by its place
        self._totals: dict[Pillar, rules.Total] = {}
        self.lines: list[Line] = []
        self._within = self._below(choice.phase)
        self._kept, self.counts = self._keep()
        self._build()

    def _below(self, phase: int | None) -> set[int | None] | None:
        """Ids of a line and all it holds; None where no line is chosen, or it is gone."""
        inside: set[int | None] = {phase}
        for row in self.rows if phase is not None else ():
            if row.parent_id in inside:
                inside.add(row.id)
        return inside if phase is not None and len(inside) > 1 else None

    def _wants(self, row: TaskRow) -> bool:
        within = self._within is None or row.id in self._within
        return within and self.choice.wants(row, self.today, self._monday)

    def _keep(self) -> tuple[set[int | None], Counts]:
        """Ids of wanted lines and of all that hold one of them."""
        kept: set[int | None] = set()
        lines = shown = week = late = 0
        for row in reversed(self.rows):
            wanted = row.id in kept
            if row.id not in self._parents:
                wanted = self._wants(row)
                lines += 1
                shown += wanted
                week += in_week(row, self._monday)
                late += is_late(row, self.today)
            if wanted:
                kept.add(row.id)
                kept.add(row.parent_id)
        return kept, Counts(lines, shown, week, late)

    def _build(self) -> None:
        bodies: dict[Pillar, list[Line]] = {}
        places: dict[int | None, tuple[int, int, bool]] = {}  # depth, root, visible
        points = self._points()
        for place, row in enumerate(self.rows):
            above = places.get(row.parent_id)
            depth, root, visible = (
                (above[0] + 1, above[1], above[2]) if above else (1, place, self._shows_top(row))
            )
            pillar = self.rows[root].pillar
            holds = row.id in self._parents
            opened = holds and (self.choice.narrow or row.id not in self.choice.closed)
            places[row.id] = (depth, root, visible and opened)
            self._roots.append(root)
            if not holds:
                self._inside.setdefault(root, rules.Total()).take(row, None)
            if visible and row.id in self._kept:
                bodies.setdefault(pillar, []).append(
                    line_of(row, depth, holds, opened, points.get(row.id, ()))
                )
        self._sum_up()
        for pillar in Pillar:
            if pillar in self._totals and (pillar in bodies or not self.choice.narrow):
                self.lines.append(self._heading(pillar))
                self.lines.extend(bodies.get(pillar, ()))

    def _points(self) -> dict[int, tuple[dt.date, ...]]:
        """Dates of committee milestones, by the closed phase that hides them."""
        hidden: dict[int | None, int] = {}  # row -> the topmost closed phase above it
        found: dict[int, tuple[dt.date, ...]] = {}
        for row in self.rows:
            closed = row.id in self.choice.closed and not self.choice.narrow
            above = hidden.get(row.parent_id, row.id if closed else None)
            if above is None:
                continue
            hidden[row.id] = above
            if row.committee and row.kind is TaskKind.MILESTONE and row.finish is not None:
                found[above] = (*found.get(above, ()), row.finish)
        return found

    def _shows_top(self, row: TaskRow) -> bool:
        return self.choice.narrow or PILLAR_KEYS[row.pillar] not in self.choice.closed

    def _heading(self, pillar: Pillar) -> Line:
        key, total = PILLAR_KEYS[pillar], self._totals[pillar]
        opened = self.choice.narrow or key not in self.choice.closed
        dates = total.start, total.finish
        return Line(key, None, pillar, 0, True, opened, *dates, total.percent)

    def take(self, rows: list[TaskRow]) -> bool:
        """Show `rows` instead, when they are the same lines in the same order and as wanted as
        before; False: make a new arrangement."""
        choice = self.choice
        if len(rows) != len(self.rows) or choice.order is not None or choice.critical is not None:
            return False  # what is critical may change with any line
        changed = []
        for place, (old, new) in enumerate(zip(self.rows, rows, strict=True)):
            if old is new:
                continue
            if (old.id, old.parent_id, old.pillar) != (new.id, new.parent_id, new.pillar):
                return False
            if old.kind is not new.kind or self._is_point(old) or self._is_point(new):
                return False
            changed.append((place, old, new))
        leaves = [pair for pair in changed if pair[1].id not in self._parents]
        if any(self._wants(old) != self._wants(new) for _, old, new in leaves):
            return False
        self.rows = rows
        for _, old, new in leaves:
            self.counts = self.counts._replace(
                this_week=self.counts.this_week
                + in_week(new, self._monday)
                - in_week(old, self._monday),
                late=self.counts.late + is_late(new, self.today) - is_late(old, self.today),
            )
        fresh = {new.id: new for _, _, new in changed}
        touched = self._gather({self._roots[place] for place, _, _ in leaves})
        self.lines = [
            line_of(fresh[line.key], line.depth, line.holds, line.open, line.points)
            if line.key in fresh
            else self._heading(line.pillar)
            if line.row is None and line.pillar in touched
            else line
            for line in self.lines
        ]
        return True

    def _is_point(self, row: TaskRow) -> bool:
        """Whether a line may be drawn as a point on a closed phase above it."""
        point = row.committee and row.kind is TaskKind.MILESTONE
        return point and row.id not in self._keys

    @cached_property
    def _keys(self) -> set[int]:
        """Keys of the lines shown; these stay as long as the arrangement does."""
        return {line.key for line in self.lines}

    def _gather(self, roots: set[int]) -> set[Pillar]:
        """Work out anew what these rows at the top gather; their pillars."""
        if not roots:
            return set()
        totals = {root: rules.Total() for root in roots}
        for row, root in zip(self.rows, self._roots, strict=True):
            if root in totals and row.id not in self._parents:
                totals[root].take(row, None)
        self._inside |= totals
        self._sum_up()
        return {self.rows[root].pillar for root in roots}

    def _sum_up(self) -> None:
        """Figures of the pillars from those of the rows at their top."""
        self._totals = {}
        for root, inside in self._inside.items():
            row = self.rows[root]
            whole = inside if row.id in self._parents else None
            self._totals.setdefault(row.pillar, rules.Total()).take(row, whole)


def line_of(
    row: TaskRow, depth: int, holds: bool, opened: bool, points: tuple[dt.date, ...] = ()
) -> Line:
    """The visible line of a row."""
    dates = row.start, row.finish
    return Line(row.id, row, row.pillar, depth, holds, opened, *dates, row.percent, points)


def is_late(row: TaskRow, today: dt.date) -> bool:
    """Whether a task or a milestone is late."""
    return row.kind is not TaskKind.PHASE and rules.late(row, today)


def in_order(rows: list[TaskRow], choice: Choice) -> list[TaskRow]:
    """Rows in the order chosen: sorted among the lines of their phase, unknown values last."""
    if choice.order is None:
        return rows
    children: dict[int | None, list[TaskRow]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    keys = {row.id: choice.order(row) for row in rows}
    for siblings in children.values():
        known = [row for row in siblings if not keys[row.id][0]]
        unknown = [row for row in siblings if keys[row.id][0]]
        known.sort(key=lambda row: keys[row.id], reverse=choice.descending)
        siblings[:] = known + unknown
    made: list[TaskRow] = []
    left = list(reversed(children.get(None, ())))
    while left:
        row = left.pop()
        made.append(row)
        left.extend(reversed(children.get(row.id, ())))
    return made


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
