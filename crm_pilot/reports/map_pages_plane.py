"""Where everything on the plane of the printed map stands. Pure; lengths are points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_cells import (
    TARGET,
    WAYS,
    Area,
    Item,
    Look,
    Placed,
    Told,
    Way,
    count_of,
    inline,
    named,
    narrower,
    numbered,
    pack,
    stop_item,
)
from crm_pilot.reports.map_pages_source import Source, Unit
from crm_pilot.stakeholders.zones import LEVELS

PAD = 4.0
ZONE_LINE = 12.0  # above the units of a cell: its zone
NOTE_LINE = 10.0  # under them, where a line of the plane is named
SCALES = (2.0, 1.6, 1.25, 1.0, 0.8, 0.6, 0.45)  # points a square root of a person
LARGEST = 17.0  # radius of the largest group
MOST_STOPS = 30  # on the plane, targets included
SMALLER, LESS_TOLD = 3, 4  # what smaller marks cost, and cells told in a lesser way
MOST_KEYS = 84  # entries beside the map; with more, crowded cells are only counted
NAMED_LINES = {(4, 4): "allies", (3, 4): "initiative"}  # cells in which a line is named
Cell = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """The edges of the plane."""

    left: float
    top: float
    wide: float
    high: float

    def cell(self, synergy: int, antagonism: int) -> Area:
        """A cell, synergy 4 on top."""
        wide, high = self.wide / 4, self.high / 4
        return Area(
            self.left + (antagonism - 1) * wide, self.top + (4 - synergy) * high, wide, high
        )

    def room(self, synergy: int, antagonism: int) -> Area:
        """What of it units may take."""
        cell = self.cell(synergy, antagonism)
        below = NOTE_LINE if (synergy, antagonism) in NAMED_LINES else 0.0
        return Area(
            cell.x + PAD,
            cell.y + ZONE_LINE,
            cell.wide - 2 * PAD,
            cell.high - ZONE_LINE - below - 4.0,
        )


@dataclass(frozen=True)
class Route:
    """Points a unit went through, and the way to its target."""

    points: tuple[tuple[float, float], ...]
    radius: float  # of the mark at the end
    planned: bool = False


@dataclass(frozen=True)
class Plane:
    """The plane laid out. `keyed` are the units with a number, in order; `counted` those that
    stand in no other form on the plane than a count, by cell."""

    frame: Frame
    scale: float
    placed: tuple[Placed, ...]
    ways: dict[Cell, Way]
    keyed: tuple[tuple[int, Unit], ...]
    counted: dict[Cell, tuple[Unit, ...]]
    stops_left_out: bool

    def routes(self) -> Iterator[Route]:
        """Lines from stop to stop, and from marks to targets."""
        spots: dict[int, list[Placed]] = defaultdict(list)
        for one in self.placed:
            spots[one.item.unit.key].append(one)
        for found in spots.values():
            mark = next((p for p in found if p.item.look in (Look.GROUP, Look.PERSON)), None)
            if mark is None:
                continue
            stops = sorted(
                (p for p in found if p.item.look is Look.STOP), key=lambda p: p.item.order
            )
            if stops and len(stops) == len(mark.item.unit.stops):
                points = tuple((p.x, p.y) for p in [*stops, mark])
                yield Route(points, mark.item.reach)
            for goal in found:
                if goal.item.look is Look.TARGET:
                    yield Route(((mark.x, mark.y), (goal.x, goal.y)), TARGET, planned=True)


@dataclass
class _Try:
    """One way to tell all cells, being made; `cost` grows with what is not said in place."""

    scale: float
    placed: list[Placed] = field(default_factory=list)
    ways: dict[Cell, Way] = field(default_factory=dict)
    keyed: list[tuple[int, Unit]] = field(default_factory=list)
    counted: dict[Cell, tuple[Unit, ...]] = field(default_factory=dict)
    cost: int = 0


def lay_out(source: Source, frame: Frame, words: Wording) -> Plane:
    """Every cell in the fullest way that fits, weighed against smaller marks."""
    cells: dict[Cell, list[Unit]] = {(s, a): [] for s in LEVELS for a in LEVELS}
    for unit in source.units:
        cells[unit.synergy, unit.antagonism].append(unit)
    most = max((unit.headcount for unit in source.units if not unit.person), default=1)
    scales = [scale for scale in SCALES if scale * most**0.5 <= LARGEST] or [SCALES[-1]]
    best: _Try | None = None
    for ways in _ladders():
        for smaller, scale in enumerate(scales):
            if best is not None and SMALLER * smaller**2 >= best.cost:
                break
            found = _Maker(source, frame, words, scale, ways).told(cells)
            found.cost += SMALLER * smaller**2
            if len(found.keyed) <= MOST_KEYS and (best is None or found.cost < best.cost):
                best = found
        if best is not None:
            break
    assert best is not None
    return _plane(source, frame, best)


def _ladders() -> Iterator[tuple[Way, ...]]:
    """Ways to tell a cell, with fewer and fewer numbers."""
    yield WAYS
    yield tuple(way for way in WAYS if way.persons is not Told.NUMBERS)
    yield tuple(way for way in WAYS if not way.keyed)


def _plane(source: Source, frame: Frame, found: _Try) -> Plane:
    stood: dict[tuple[int, Look], int] = defaultdict(int)
    for one in found.placed:
        stood[one.item.unit.key, one.item.look] += 1
    whole = {
        unit.key: stood[unit.key, Look.STOP] == len(unit.stops)
        and any(stood[unit.key, look] for look in (Look.GROUP, Look.PERSON))
        for unit in source.units
    }
    kept = [
        one
        for one in found.placed
        if one.item.look not in (Look.STOP, Look.TARGET) or whole[one.item.unit.key]
    ]
    left_out = any(
        (unit.stops and not whole[unit.key])
        or (unit.target and not (stood[unit.key, Look.TARGET] and whole[unit.key]))
        for unit in source.units
    )
    return Plane(
        frame,
        found.scale,
        tuple(kept),
        found.ways,
        tuple(found.keyed),
        found.counted,
        left_out,
    )


def routed(source: Source) -> tuple[Unit, ...]:
    """The units whose routes and targets are drawn: of all, else of groups, else of none, as many
    as an eye can follow."""
    for some in (source.units, tuple(unit for unit in source.units if not unit.person)):
        if sum(len(unit.stops) + (unit.target is not None) for unit in some) <= MOST_STOPS:
            return some
    return ()


class _Maker:
    """Tells the cells at one scale, each in the first of some ways that fits."""

    def __init__(
        self, source: Source, frame: Frame, words: Wording, scale: float, ways: Sequence[Way]
    ) -> None:
        self.source, self.frame, self.words = source, frame, words
        self.scale, self.ways = scale, ways
        self.items: dict[int, Item] = {}
        self.stops: dict[int, dict[Cell, list[Item]]] = {n: self._stops(n) for n in (0, 1, 2)}

    def told(self, cells: dict[Cell, list[Unit]]) -> _Try:
        """All cells, from the top left."""
        made = _Try(self.scale)
        for cell in sorted(cells, key=lambda at: (-at[0], at[1])):
            self._cell(cell, cells[cell], made)
        return made

    def _cell(self, cell: Cell, units: Sequence[Unit], made: _Try) -> None:
        area = self.frame.room(*cell)
        for cost, way in enumerate(self.ways):
            items, counted = self._items(cell, units, way, len(made.keyed) + 1)
            found = pack(items, area)
            if found is None and way.groups is Told.NAMES:
                found = pack(narrower(items, area, self.words), area)
            if found is None and way.groups is Told.NAMES:
                found = pack(inline(items, area, self.words), area)
            last = way == self.ways[-1]
            if found is None and not last:
                continue
            made.placed += found or []
            made.ways[cell] = way
            made.keyed += [(item.number, item.unit) for item in items if item.number]
            if counted:
                made.counted[cell] = tuple(counted)
            made.cost += LESS_TOLD * cost**2
            return

    def _items(
        self, cell: Cell, units: Sequence[Unit], way: Way, first: int
    ) -> tuple[list[Item], list[Unit]]:
        area = self.frame.room(*cell)
        made: list[Item] = []
        counted: list[Unit] = []
        number = first
        for person, told in ((False, way.groups), (True, way.persons)):
            some = [unit for unit in units if unit.person is person]
            if told is Told.COUNTED and len(some) > 1:
                made.append(count_of(some, self.words))
                counted += some
                continue
            for unit in some:
                item = self._named(unit, area)
                if told is Told.NUMBERS and (self.source.own or not person):
                    item, number = numbered(item, number), number + 1
                made.append(item)
        return made + self.stops[way.stops].get(cell, []), counted

    def _named(self, unit: Unit, area: Area) -> Item:
        found = self.items.get(unit.key)
        if found is None:
            found = self.items[unit.key] = named(unit, area, self.scale, self.words)
        return found

    def _stops(self, told: int) -> dict[Cell, list[Item]]:
        """Stops and targets by cell."""
        made: dict[Cell, list[Item]] = defaultdict(list)
        if not told:
            return made
        for unit in routed(self.source):
            for order, stop in enumerate(unit.stops):
                dated = told == 2 and self.source.own and stop.day
                day = self.words.day(stop.day) if dated else ""
                made[stop.synergy, stop.antagonism].append(stop_item(unit, stop, order, day))
            if unit.target is not None:
                made[unit.target.synergy, unit.target.antagonism].append(self._target(unit, told))
        return made

    def _target(self, unit: Unit, told: int) -> Item:
        text = self.words.tr("target")
        if unit.target is not None and unit.target.day:
            text = self.words.tr("target {day}", day=self.words.day(unit.target.day))
        return Item(Look.TARGET, unit, TARGET, (text,) if told == 2 else ())
