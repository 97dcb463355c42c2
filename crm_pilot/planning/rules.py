"""Rules of the plan: outline order, roll-up of phases, working days, lateness and slip.

Pure functions; `today` is always an argument. Working time is that of the line's calendar; where
a row does not know its hours, days from Monday to Friday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crm_pilot.planning.calendars import finish_moment, start_moment
from crm_pilot.planning.engine.worktime import DAY, at
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import LinkKind, Pillar, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.planning.engine.activity import Timing

PILLAR_ORDER = {pillar: order for order, pillar in enumerate(Pillar)}
ONE_DAY = dt.timedelta(days=1)
DAY_MINUTES = 480
BEHIND = 5  # percentage points; less is the roughness of an estimate
_EPOCH = dt.date(1, 1, 1).toordinal()  # a Monday


@lru_cache(maxsize=16384)
def working_days(start: dt.date, finish: dt.date) -> int:
    """Days from Monday to Friday in `start` to `finish`, both included; 0 when finish < start."""
    if finish < start:
        return 0
    return _worked_before(finish.toordinal() + 1) - _worked_before(start.toordinal())


def _worked_before(ordinal: int) -> int:
    weeks, rest = divmod(ordinal - _EPOCH, 7)
    return weeks * 5 + min(rest, 5)


def next_working_day(day: dt.date) -> dt.date:
    """The first working day on or after `day`."""
    while day.weekday() >= 5:
        day += ONE_DAY
    return day


def after_working_days(start: dt.date, count: int) -> dt.date:
    """Last day of a piece of work of `count` working days that begins on `start`."""
    day = next_working_day(start)
    for _ in range(count - 1):
        day = next_working_day(day + ONE_DAY)
    return day


def moved(row: TaskRow, days: int) -> tuple[dt.date, dt.date] | None:
    """Dates of `row` moved by calendar `days`; None when it has none.

    What starts on a working day starts on one again (a weekend is jumped over in the direction
    of the move) and keeps its number of working days; what starts at a weekend, such as a
    go-live, moves as it is.
    """
    if row.start is None or row.finish is None:
        return None
    start = row.start + days * ONE_DAY
    length = working_days(row.start, row.finish)
    if row.start.weekday() >= 5 or not length or days == 0:
        return start, row.finish + days * ONE_DAY
    while start.weekday() >= 5:
        start += ONE_DAY if days > 0 else -ONE_DAY
    return start, after_working_days(start, length)


@dataclass(frozen=True)
class Outline:
    """Rows in outline order with their depth (0 at the top) and children in order."""

    rows: tuple[TaskRow, ...]
    depths: tuple[int, ...]
    children: dict[int | None, list[TaskRow]]

    def __iter__(self) -> Iterator[tuple[TaskRow, int]]:
        return zip(self.rows, self.depths, strict=True)

    def below(self, key: int) -> Iterator[TaskRow]:
        """All rows under row `key`, at any depth, in outline order."""
        for child in self.children.get(key, ()):
            yield child
            yield from self.below(child.id)

    def leaves(self, key: int) -> Iterator[TaskRow]:
        """Rows under `key` that have no children."""
        return (row for row in self.below(key) if row.id not in self.children)


def outline(rows: Iterable[TaskRow]) -> Outline:
    """Sort rows into outline order: at the top by pillar, then position; below by position.

    A row whose parent is unknown counts as a top row, so that no row is ever lost from sight.
    """
    known = {row.id: row for row in rows}
    children: dict[int | None, list[TaskRow]] = {}
    for row in known.values():
        parent = row.parent_id if row.parent_id in known else None
        children.setdefault(parent, []).append(row)
    for key, siblings in children.items():
        if key is None:
            siblings.sort(key=lambda r: (PILLAR_ORDER[r.pillar], r.position, r.id))
        else:
            siblings.sort(key=lambda r: (r.position, r.id))
    ordered: list[TaskRow] = []
    depths: list[int] = []
    stack = [(row, 0) for row in reversed(children.get(None, []))]
    while stack:
        row, depth = stack.pop()
        ordered.append(row)
        depths.append(depth)
        below = children.get(row.id)
        if below:
            stack.extend((child, depth + 1) for child in reversed(below))
    return Outline(tuple(ordered), tuple(depths), children)


def tightest(rows: Iterable[TaskRow], timings: Mapping[int, Timing]) -> Timing | None:
    """Timing of the open line with the least slack: a phase can slip as far as that one can."""
    open_ones = (row.id for row in rows if row.active and not row.done)
    found = (timing for key in open_ones if (timing := timings.get(key)) is not None)
    return min(found, key=lambda timing: timing.total_slack, default=None)


def weight(row: TaskRow) -> int:
    """Weight of a line without children in a percentage: its working minutes, a day's where they
    are not known; a milestone weighs nothing."""
    if row.kind is TaskKind.MILESTONE:
        return 0
    return worked_minutes(row) or DAY_MINUTES


def worked_minutes(row: TaskRow) -> int:
    """Working minutes of a line: its duration, or what lies between its dates, in its calendar."""
    if row.duration is not None and not row.elapsed:
        return row.duration
    if row.start is None or row.finish is None:
        return 0
    if row.hours is None:
        return working_days(row.start, row.finish) * DAY_MINUTES
    begin, end = row.start.toordinal(), row.finish.toordinal() + 1
    return row.hours.between(begin * DAY, end * DAY)


def days_between(row: TaskRow) -> int:
    """Days on which work is done from the start to the finish of a line, both included."""
    if row.start is None or row.finish is None:
        return 0
    if row.hours is None:
        return working_days(row.start, row.finish)
    days = range(row.start.toordinal(), row.finish.toordinal() + 1)
    return sum(map(bool, map(row.hours.worked, days)))


class Total:
    """What a phase, or a pillar, gathers from the lines below it."""

    __slots__ = ("base_finish", "base_start", "done", "finish", "lines", "size", "start", "worked")

    def __init__(self) -> None:
        self.start: dt.date | None = None
        self.finish: dt.date | None = None
        self.base_start: dt.date | None = None
        self.base_finish: dt.date | None = None
        self.size = self.worked = self.lines = self.done = 0

    def take(self, row: TaskRow, inside: Total | None) -> None:
        """Add a line, with what it gathered itself when it is a phase."""
        self.start = _earliest(self.start, row.start)
        self.finish = _latest(self.finish, row.finish)
        self.base_start = _earliest(self.base_start, row.baseline_start)
        self.base_finish = _latest(self.base_finish, row.baseline_finish)
        if inside is None:
            size = weight(row)
            self.size += size
            self.worked += size * row.percent
            self.lines += 1
            self.done += row.percent >= 100
        else:
            self.size += inside.size
            self.worked += inside.worked
            self.lines += inside.lines
            self.done += inside.done

    @property
    def percent(self) -> int:
        """Weighted percent, rounded down so that 100 means that all is done; of milestones
        alone, the share of them that is reached."""
        if self.size:
            percent = self.worked // self.size
        else:
            percent = 100 * self.done // self.lines if self.lines else 0
        return min(percent, 99) if self.done < self.lines else percent


def _earliest(a: dt.date | None, b: dt.date | None) -> dt.date | None:
    return b if a is None else a if b is None or a <= b else b


def _latest(a: dt.date | None, b: dt.date | None) -> dt.date | None:
    return b if a is None else a if b is None or a >= b else b


@lru_cache(maxsize=4096)
def _rolled(
    row: TaskRow,
    start: dt.date | None,
    finish: dt.date | None,
    percent: int,
    baseline_start: dt.date | None,
    baseline_finish: dt.date | None,
) -> TaskRow:
    return replace(
        row,
        start=start,
        finish=finish,
        percent=percent,
        baseline_start=baseline_start,
        baseline_finish=baseline_finish,
    )


def roll_up(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Rows in outline order; each line with children gets the earliest start, the latest finish
    and the percent of the lines below it, weighted by working time.

    A phase keeps its own baseline dates; only where it has none they are gathered from below.
    """
    return _roll(outline(rows).rows)


def _roll(ordered: Sequence[TaskRow]) -> list[TaskRow]:
    totals: dict[int, Total] = {}
    made: list[TaskRow] = []
    for row in reversed(ordered):  # children come before their parents
        total = totals.get(row.id)
        if total is not None:
            base = row.baseline_start, row.baseline_finish
            if base[0] is None:
                base = total.base_start, total.base_finish
            row = _rolled(row, total.start, total.finish, total.percent, *base)
        made.append(row)
        if row.parent_id is not None:
            above = totals.get(row.parent_id)
            if above is None:
                above = totals[row.parent_id] = Total()
            above.take(row, total)
    made.reverse()
    return made


def roll_again(rolled: list[TaskRow], fresh: Mapping[int, TaskRow]) -> list[TaskRow] | None:
    """`rolled` with the rows of `fresh` put in, equal to `roll_up` of all rows.

    Only the branches that hold a fresh row are rolled up again. None when rows came, went or
    changed their place or reference dates: then everything has to be read.
    """
    places = {row.id: place for place, row in enumerate(rolled)}
    made = list(rolled)
    tops: set[int] = set()
    for key, new in fresh.items():
        place = places.get(key)
        if place is None:
            return None
        old = rolled[place]
        if (old.parent_id, old.position, old.pillar) != (new.parent_id, new.position, new.pillar):
            return None
        if old.baseline_start != new.baseline_start and new.baseline_start is not None:
            return None
        made[place] = new
        while (parent := made[place].parent_id) is not None and parent in places:
            place = places[parent]
        tops.add(place)
    for top in tops:
        end = top + 1
        while end < len(made) and made[end].parent_id is not None:
            end += 1
        made[top:end] = _roll(made[top:end])
    return made


def late(row: TaskRow, today: dt.date) -> bool:
    """Not done although its last day is past."""
    return not row.done and row.finish is not None and row.finish < today


def expected_percent(row: TaskRow, today: dt.date) -> float | None:
    """Share of the working time gone by at the end of `today`, 0 to 100; None without dates.

    16 Nov. to 2 Dec. has 13 working days; on 21 Nov. five are gone: 38 %.
    """
    if row.start is None or row.finish is None:
        return None
    if today >= row.finish:
        return 100.0
    if today < row.start:
        return 0.0
    if row.hours is None:
        total, gone = working_days(row.start, row.finish), working_days(row.start, today)
    else:
        begin = start_moment(row.hours, row.start, row.start_minute)
        end = finish_moment(row.hours, row.finish, row.finish_minute)
        total = row.hours.between(begin, end)
        gone = row.hours.between(begin, at(today + ONE_DAY))
    return 100.0 * gone / total if total > 0 else 0.0


def behind(row: TaskRow, today: dt.date) -> bool:
    """Whether at least `BEHIND` points less are done than the days gone by ask for."""
    expected = expected_percent(row, today)
    return not row.done and expected is not None and row.percent <= expected - BEHIND


def slip_days(row: TaskRow) -> int | None:
    """Finish − baseline finish in calendar days; None without both."""
    if row.finish is None or row.baseline_finish is None:
        return None
    return (row.finish - row.baseline_finish).days


def link_broken(
    predecessor: TaskRow, successor: TaskRow, kind: LinkKind = LinkKind.FS, lag: int = 0
) -> bool:
    """Whether the days of two lines contradict their link: for FS, the successor starts before the
    predecessor is finished. With a lead they may overlap."""
    if lag < 0:
        return False
    if kind is LinkKind.FS:
        if predecessor.finish is None or successor.start is None:
            return False
        days = out_of_order(predecessor.kind, predecessor.finish, successor.kind, successor.start)
        return days and _begins(successor) < _ends(predecessor)
    held = predecessor.finish if kind is LinkKind.FF else predecessor.start
    holding = successor.start if kind is LinkKind.SS else successor.finish
    return held is not None and holding is not None and holding < held


def _begins(row: TaskRow) -> int:
    """The moment at which a dated line starts; with the day where its hours are not known."""
    assert row.start is not None
    if row.hours is None or row.elapsed:
        return at(row.start, row.start_minute or 0)
    return start_moment(row.hours, row.start, row.start_minute)


def _ends(row: TaskRow) -> int:
    """The moment at which a dated line finishes; with the day where its hours are not known."""
    if row.kind is TaskKind.MILESTONE:
        return _begins(row)
    assert row.finish is not None
    if row.hours is None or row.elapsed:
        return at(row.finish, DAY if row.finish_minute is None else row.finish_minute)
    return finish_moment(row.hours, row.finish, row.finish_minute)


def out_of_order(before: TaskKind, finish: dt.date, after: TaskKind, start: dt.date) -> bool:
    """The same on bare dates. Work starts the day after what it waits for; a milestone may fall
    on the last day of that, and what waits for a milestone may start on its day."""
    if TaskKind.MILESTONE in (before, after):
        return start < finish
    return start <= finish


def total_percents(leaves: Sequence[TaskRow], today: dt.date) -> tuple[float, float]:
    """Percent done and percent expected on `today` of lines without children, 0 to 100.

    Both are weighted by working time; lines without dates count only in the first.
    """
    size = worked = dated = expected = 0.0
    for row in leaves:
        part = weight(row)
        size += part
        worked += part * row.percent
        wanted = expected_percent(row, today)
        if wanted is not None:
            dated += part
            expected += part * wanted
    return (worked / size if size else 0.0, expected / dated if dated else 0.0)
