"""Arrows on the plane of the printed map: where groups stood, and where they are to go.

The mark at its other end stands where an arrow runs straight and nothing is in its way; otherwise
an arrow to a neighbouring cell runs at right angles through gaps, and one that finds no way is left
out. Pure; lengths are points.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from crm_pilot.records import dataclass
from crm_pilot.reports.map_pages_cells import Area, Item, Placed
from crm_pilot.reports.map_pages_marks import crosses
from crm_pilot.reports.map_pages_source import Stop, Unit
from crm_pilot.reports.sheets import Point

MOST_ARROWS, MOST_BENT = 12, 5  # read in five seconds; of these with corners
CLEAR = 1.1  # between a line and a text or mark
ASIDE = 1.2  # between a line with corners and a mark
TRACK = 2.2  # from the edge of a cell to a line that runs along it
HEAD_ROOM = 9.0  # of a line that ends in a head
STEP = 4.0  # between places that are tried
SEEN = 34.0  # an arrow is better no shorter
LESS_SAID, SLANTED, CROSSED, SHORT = 30.0, 14.0, 60.0, 2.0  # what these cost, in points of way
BEND = 16.0  # what a corner costs, in points of way
CLOSE = 1.2  # lines of the grid keep that far apart
SHARED = 5.0  # how much longer a way counts that runs on another one
MOST_BENDS = 3
FARTHEST, SPARE = 1.4, 30.0  # a way may be so many times the straight one, and so much longer
Edges = tuple[float, float, float, float]
Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Route:
    """The points of an arrow; its head is at the last one."""

    points: tuple[Point, ...]
    unit: Unit
    planned: bool = False


@dataclass(frozen=True)
class Arrow:
    """What is to be drawn of a unit: from where it stood, or to its target."""

    unit: Unit
    stop: Stop
    planned: bool

    @property
    def near(self) -> bool:
        """Whether it leads to a neighbouring cell."""
        unit, stop = self.unit, self.stop
        down, across = unit.synergy - stop.synergy, unit.antagonism - stop.antagonism
        return max(abs(down), abs(across)) == 1


def arrows(units: Sequence[Unit]) -> tuple[Arrow, ...]:
    """Moves and targets of groups, the large ones first; those of persons too where an eye can
    follow all of them."""
    every = tuple(_of([unit for unit in units if not unit.person]))
    persons = tuple(_of([unit for unit in units if unit.person]))
    if len(every) + len(persons) <= MOST_ARROWS:
        return every + persons
    return every[:MOST_ARROWS]


def _of(units: Sequence[Unit]) -> Iterator[Arrow]:
    for unit in units:
        if unit.before is not None:
            yield Arrow(unit, unit.before, planned=False)
    for unit in units:
        if unit.target is not None:
            yield Arrow(unit, unit.target, planned=True)


def _label(placed: Placed) -> list[Edges]:
    """The edges of its label, if it has one."""
    if not placed.item.lines:
        return []
    x, half = placed.label_x, placed.item.text_high / 2
    return [(x, placed.y - half, x + placed.item.label_wide, placed.y + half)]


def _wider(box: Edges, by: float) -> Edges:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _on_the_way(boxes: Sequence[Edges], mark: Placed, area: Area) -> list[Edges]:
    """What may be in the way from a mark to an area, what is near the mark first."""
    hull = (
        min(mark.x, area.x),
        min(mark.y, area.y),
        max(mark.x, area.x + area.wide),
        max(mark.y, area.y + area.high),
    )

    def far(box: Edges) -> float:
        return abs(box[0] + box[2] - 2 * mark.x) + abs(box[1] + box[3] - 2 * mark.y)

    return sorted((box for box in boxes if not _apart(box, hull)), key=far)


def _apart(one: Edges, other: Edges) -> bool:
    return one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3]


@dataclass(frozen=True)
class Found:
    """An end that found its place, and the arrow from it or to it."""

    end: Placed
    points: tuple[Point, ...]


class Router:
    """Finds a place and a way for one arrow after another; `tracks` are the lines that run along
    cells."""

    def __init__(
        self,
        placed: Sequence[Placed],
        texts: Sequence[Edges],
        tracks: tuple[Sequence[float], Sequence[float]],
    ) -> None:
        self.tracks = tracks
        self.boxes = [(one, _wider(one.box, CLEAR)) for one in placed]
        self.texts = [_wider(text, CLEAR) for text in texts]
        self.used: list[Segment] = []

    def route(
        self, mark: Placed, items: Sequence[Item], area: Area, *, planned: bool
    ) -> Found | None:
        """A straight arrow to a place in a cell, or from one; `items` are the forms its end may
        have, the fullest first."""
        spots = sorted(
            (math.dist((mark.x, mark.y), (one.x, one.y)) + LESS_SAID * worse, place, one)
            for worse, item in enumerate(items)
            for place, one in enumerate(self._spots(item, area, mark))
        )
        lines = [box for one, box in self.boxes if one is not mark] + self.texts
        lines += [_wider(box, CLEAR) for box in _label(mark)]
        lines = _on_the_way(lines, mark, area)
        best: tuple[float, Found] | None = None
        for cost, _, end in spots:
            if best is not None and cost >= best[0]:
                break
            found = self._straight(mark, end, lines, planned=planned)
            if found is not None:
                level = abs(mark.x - end.x) < 0.1 or abs(mark.y - end.y) < 0.1
                crossed = sum(_meet(segment, other) for segment in pairwise(found.points)
                              for other in self.used)  # fmt: skip
                long = math.dist(*found.points)
                cost += SLANTED * (not level) + CROSSED * crossed + SHORT * max(SEEN - long, 0.0)
                if best is None or cost < best[0]:
                    best = cost, found
        return None if best is None else self._kept(best[1])

    def bent(
        self, mark: Placed, items: Sequence[Item], area: Area, *, planned: bool
    ) -> Found | None:
        """The same at right angles, for an arrow that finds no straight way."""
        spots = [one for item in items[:1] for one in self._spots(item, area, mark)]
        if not spots:
            return None
        end = min(spots, key=lambda one: math.dist((mark.x, mark.y), (one.x, one.y)))
        lines = [_wider(box, ASIDE) for one, box in self.boxes if one is not mark]
        lines += [*self.texts, *(_wider(box, CLEAR) for box in _label(mark))]
        found = self._bent(mark, end, lines, planned=planned)
        return None if found is None else self._kept(found)

    def _kept(self, found: Found) -> Found:
        self.used += pairwise(found.points)
        self.boxes.append((found.end, _wider(found.end.box, CLEAR)))
        return found

    def _spots(self, item: Item, area: Area, mark: Placed) -> Iterator[Placed]:
        """Where an end has room in a cell: also level with the mark, for straight arrows."""
        near = [
            box for _, box in self.boxes
            if not _apart(box, (area.x, area.y, area.x + area.wide, area.y + area.high))
        ] + self.texts  # fmt: skip
        half = item.high / 2
        left, right = area.x + item.reach, area.x + area.wide - item.reach
        top, bottom = area.y + half, area.y + area.high - half
        for x in (*_steps(left, right), *_inside(mark.x, left, right)):
            for y in (*_steps(top, bottom), *_inside(mark.y, top, bottom)):
                for turned in (False, True) if item.lines else (False,):
                    one = Placed(item, x, y, turned=turned)
                    box = one.box
                    if box[0] < area.x - 0.01 or box[2] > area.x + area.wide + 0.01:
                        continue
                    if all(_apart(box, other) for other in near) and not any(
                        crosses(a, b, _wider(box, CLEAR)) for a, b in self.used
                    ):
                        yield one

    def _straight(
        self, mark: Placed, end: Placed, boxes: Sequence[Edges], *, planned: bool
    ) -> Found | None:
        first, last = (mark.x, mark.y), (end.x, end.y)
        every = [*boxes, *_label(end)]
        if any(crosses(first, last, box) for box in every):
            return None
        return self._between((first, last), mark, end, planned=planned)

    def _bent(
        self, mark: Placed, end: Placed, boxes: Sequence[Edges], *, planned: bool
    ) -> Found | None:
        every = [*boxes, *(_wider(box, CLEAR) for box in _label(end))]
        first, last = (mark.x, mark.y), (end.x, end.y)
        found = _Grid(every, self.tracks, first, last, self._shared).way()
        return None if found is None else self._between(found, mark, end, planned=planned)

    def _between(
        self, points: tuple[Point, ...], mark: Placed, end: Placed, *, planned: bool
    ) -> Found | None:
        """From the edge of one to the edge of the other; None where no line is left."""
        ways = points if planned else points[::-1]
        start, goal = (mark, end) if planned else (end, mark)
        made = self._ended(ways, goal.item.reach + 1.5)
        long = sum(math.dist(a, b) for a, b in pairwise(made))
        if long < start.item.reach + HEAD_ROOM or any(map(self._shared, pairwise(made))):
            return None
        return Found(end, made)

    def _shared(self, segment: Segment) -> bool:
        """Whether it runs on a line that is already there."""
        return any(_on(segment, other) for other in self.used)

    @staticmethod
    def _ended(points: tuple[Point, ...], radius: float) -> tuple[Point, ...]:
        """A way that stops at the edge of the mark it leads to."""
        middle = points[-1]
        made = [points[0]]
        for before, after in pairwise(points):
            if math.dist(after, middle) > radius:
                made.append(after)
                continue
            made.append(_entry(before, after, middle, radius))
            break
        return tuple(made)


def _steps(low: float, high: float) -> list[float]:
    """Places between two, both included."""
    if high < low:
        return []
    count = max(int((high - low) / STEP), 1)
    return [low + (high - low) * n / count for n in range(count + 1)]


def _inside(value: float, low: float, high: float) -> list[float]:
    return [value] if low <= value <= high else []


def _entry(before: Point, after: Point, middle: Point, radius: float) -> Point:
    """Where a line comes into a circle."""
    low, high = 0.0, 1.0
    for _ in range(24):
        share = (low + high) / 2
        at = before[0] + (after[0] - before[0]) * share, before[1] + (after[1] - before[1]) * share
        if math.dist(at, middle) > radius:
            low = share
        else:
            high = share
    return before[0] + (after[0] - before[0]) * low, before[1] + (after[1] - before[1]) * low


def _meet(one: Segment, other: Segment) -> bool:
    """Whether two lines cross."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(*one, other[0]) * side(*one, other[1]) < 0 and (
        side(*other, one[0]) * side(*other, one[1]) < 0
    )


def _on(one: Segment, other: Segment) -> bool:
    """Whether two level or two upright lines lie on each other for more than a crossing."""
    for along, across in ((0, 1), (1, 0)):
        level = abs(one[0][across] - one[1][across]) < 0.01
        if not level or abs(other[0][across] - other[1][across]) > 0.01:
            continue
        if abs(one[0][across] - other[0][across]) > 1.4:
            continue
        low = max(min(p[along] for p in one), min(p[along] for p in other))
        high = min(max(p[along] for p in one), max(p[along] for p in other))
        if high - low > 1.5:
            return True
    return False


class _Grid:
    """Ways at right angles on the lines that matter: tracks, the two ends, and edges near them."""

    def __init__(
        self,
        boxes: Sequence[Edges],
        tracks: tuple[Sequence[float], Sequence[float]],
        start: Point,
        end: Point,
        shared: Callable[[Segment], bool],
    ) -> None:
        self.boxes, self.start, self.end = boxes, start, end
        self.shared = shared
        self.lines = tuple(self._lines(axis, tracks[axis]) for axis in (0, 1))
        self.hidden: dict[tuple[int, float], list[tuple[float, float]]] = {}

    def _lines(self, axis: int, tracks: Sequence[float]) -> list[float]:
        """Coordinates on an axis, none close to another; the ends before all others."""
        near = [
            box[side] + step
            for box in self.boxes
            for side, step in ((axis, -0.1), (axis + 2, 0.1))
            if any(_close(box, point) for point in (self.start, self.end))
        ]
        kept: list[float] = []
        for value in (self.start[axis], self.end[axis], *tracks, *near):
            if tracks[0] <= value <= tracks[-1] and all(abs(value - k) > CLOSE for k in kept):
                kept.append(value)
        return sorted(kept)

    def way(self) -> tuple[Point, ...] | None:
        """The cheapest way, corners alone."""
        straight = math.dist(self.start, self.end)
        most = FARTHEST * straight + SPARE + BEND * MOST_BENDS
        first = self._place(self.start)
        goal = self._place(self.end)
        queue = [(0.0, 0.0, first, -1, 0)]
        came: dict[tuple[tuple[int, int], int], tuple[tuple[int, int], int]] = {}
        best: dict[tuple[tuple[int, int], int], float] = {(first, -1): 0.0}
        while queue:
            _, cost, at, axis, bends = heapq.heappop(queue)
            if at == goal:
                return self._corners(came, (at, axis))
            if cost > best[at, axis]:
                continue
            for after, along in self._next(at):
                turns = bends + (axis not in (-1, along))
                if turns > MOST_BENDS:
                    continue
                a, b = self._point(at), self._point(after)
                long = math.dist(a, b)
                if self.shared((a, b)):
                    long *= SHARED
                total = cost + long + BEND * (turns - bends)
                if total > most or total >= best.get((after, along), math.inf):
                    continue
                best[after, along] = total
                came[after, along] = at, axis
                left = abs(b[0] - self.end[0]) + abs(b[1] - self.end[1])
                heapq.heappush(queue, (total + left, total, after, along, turns))
        return None

    def _place(self, point: Point) -> tuple[int, int]:
        x, y = (
            min(range(len(line)), key=lambda n: abs(line[n] - point[axis]))
            for axis, line in enumerate(self.lines)
        )
        return x, y

    def _point(self, place: tuple[int, int]) -> Point:
        return self.lines[0][place[0]], self.lines[1][place[1]]

    def _next(self, at: tuple[int, int]) -> Iterator[tuple[tuple[int, int], int]]:
        """Free neighbours, and the axis that leads there."""
        for axis in (0, 1):
            fixed = self.lines[1 - axis][at[1 - axis]]
            for step in (-1, 1):
                place = at[axis] + step
                if not 0 <= place < len(self.lines[axis]):
                    continue
                low, high = sorted((self.lines[axis][at[axis]], self.lines[axis][place]))
                if all(b <= low or a >= high for a, b in self._hidden(axis, fixed)):
                    yield ((place, at[1]) if axis == 0 else (at[0], place)), axis

    def _hidden(self, axis: int, fixed: float) -> list[tuple[float, float]]:
        """What boxes cover of a line."""
        known = self.hidden.get((axis, fixed))
        if known is None:
            other = 1 - axis
            known = self.hidden[axis, fixed] = [
                (box[axis], box[axis + 2])
                for box in self.boxes
                if box[other] < fixed < box[other + 2]
            ]
        return known

    def _corners(
        self,
        came: dict[tuple[tuple[int, int], int], tuple[tuple[int, int], int]],
        last: tuple[tuple[int, int], int],
    ) -> tuple[Point, ...]:
        points = [self._point(last[0])]
        state = last
        while state in came:
            before = came[state]
            if before[1] != state[1]:
                points.append(self._point(before[0]))
            state = before
        return tuple(reversed(points))


def _close(box: Edges, point: Point, room: float = 70.0) -> bool:
    """Whether a box lies near a point: about in its cell."""
    x = max(box[0] - point[0], point[0] - box[2], 0.0)
    y = max(box[1] - point[1], point[1] - box[3], 0.0)
    return max(x, y) <= room
