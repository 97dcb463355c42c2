"""Where everything on the plane of the printed map stands. Pure; lengths are points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_cells import (
    MARKS,
    SMALL_TEXT,
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
from crm_pilot.reports.map_pages_routes import (
    MOST_BENT,
    TRACK,
    Arrow,
    Edges,
    Found,
    Route,
    Router,
    arrows,
)
from crm_pilot.reports.map_pages_source import Source, Unit
from crm_pilot.reports.typography import width
from crm_pilot.stakeholders.terms import ZONES
from crm_pilot.stakeholders.zones import LEVELS, swing

PAD = 4.0
EDGE = 3.4  # of a cell, that ends of arrows keep from
ZONE_LINE = 12.0  # above the units of a cell: its zone
NOTE_LINE = 10.0  # under them, where a line of the plane is named
SCALES = (2.0, 1.6, 1.25, 1.0, 0.8, 0.6, 0.45)  # points a square root of a person
LARGEST = 17.0  # radius of the largest group
MOST_NAMED = 18  # groups of a cell; more names never fit
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

    def free(self, synergy: int, antagonism: int) -> Area:
        """What of it the ends of arrows may take, where nothing else stands."""
        cell = self.cell(synergy, antagonism)
        return Area(cell.x + EDGE, cell.y + EDGE, cell.wide - 2 * EDGE, cell.high - 2 * EDGE)

    def tracks(self) -> tuple[list[float], list[float]]:
        """Where arrows may run along the cells, across and down."""
        found = []
        for first, long in ((self.left, self.wide), (self.top, self.high)):
            edges = [first + long * n / 4 for n in range(5)]
            tracks = [edge + step for edge in edges for step in (-TRACK, TRACK)]
            found.append(tracks[1:-1])
        return found[0], found[1]


@dataclass(frozen=True)
class Note:
    """A quiet text of the ground: the name of a zone or of a line."""

    x: float  # left end
    y: float  # baseline
    text: str
    room: float

    @property
    def edges(self) -> Edges:
        """What no arrow may cross."""
        wide = min(width(self.text, SMALL_TEXT), self.room)
        return self.x, self.y - 6.0, self.x + wide, self.y + 1.6


@dataclass(frozen=True)
class Plane:
    """The plane laid out. `keyed` are the units with a number, in order, of the list where there is
    one; `counted` those that stand in no other form on the plane than a count, by cell; `untold`
    how many units were elsewhere, or are to go there, and have not all of that on the plane."""

    frame: Frame
    scale: float
    placed: tuple[Placed, ...]
    ways: dict[Cell, Way]
    keyed: tuple[tuple[int, Unit], ...]
    counted: dict[Cell, tuple[Unit, ...]]
    notes: tuple[Note, ...]
    routes: tuple[Route, ...]
    untold: int
    listed: bool


@dataclass
class _Try:
    """One way to tell all cells, being made; `cost` grows with what is not said in place."""

    scale: float
    placed: list[Placed] = field(default_factory=list)
    ways: dict[Cell, Way] = field(default_factory=dict)
    keyed: list[tuple[int, Unit]] = field(default_factory=list)
    counted: dict[Cell, tuple[Unit, ...]] = field(default_factory=dict)
    cost: int = 0


def by_cell(source: Source) -> dict[Cell, list[Unit]]:
    """The units of every cell from the top left, large groups first, persons last."""
    cells: dict[Cell, list[Unit]] = {(s, a): [] for s in reversed(LEVELS) for a in LEVELS}
    for unit in source.units:
        cells[unit.synergy, unit.antagonism].append(unit)
    return {
        cell: sorted(units, key=lambda unit: (unit.person, -unit.headcount))
        for cell, units in cells.items()
    }


def lay_out(source: Source, frame: Frame, words: Wording, *, listed: bool = False) -> Plane:
    """Every cell in the fullest way that fits, weighed against smaller marks. `listed`: a list
    follows, and numbers are those of its lines; otherwise they are counted for a key."""
    cells = by_cell(source)
    lines = (unit for units in cells.values() for unit in units)
    numbers = {unit.key: n for n, unit in enumerate(lines, 1)} if listed else {}
    most = max((unit.headcount for unit in source.units if not unit.person), default=1)
    scales = [scale for scale in SCALES if scale * most**0.5 <= LARGEST] or [SCALES[-1]]
    best: _Try | None = None
    for ways in _ladders():
        for smaller, scale in enumerate(scales):
            if best is not None and SMALLER * smaller**2 >= best.cost:
                break
            found = _Maker(source, frame, words, scale, ways, numbers).told(cells)
            found.cost += SMALLER * smaller**2
            fits = listed or len(found.keyed) <= MOST_KEYS
            if fits and (best is None or found.cost < best.cost):
                best = found
        if best is not None:
            break
    assert best is not None
    return _plane(source, frame, words, best, listed=listed)


def _ladders() -> Iterator[tuple[Way, ...]]:
    """Ways to tell a cell, with fewer and fewer numbers."""
    yield WAYS
    yield tuple(way for way in WAYS if way.persons is not Told.NUMBERS)
    yield tuple(way for way in WAYS if not way.keyed)


def _plane(source: Source, frame: Frame, words: Wording, found: _Try, *, listed: bool) -> Plane:
    notes = tuple(_notes(source, frame, words))
    units = [one for one in found.placed if one.item.look in MARKS]
    router = Router(units, [note.edges for note in notes], frame.tracks())
    ends, routes = _routed(source, frame, units, router, words)
    drawn = {(route.unit.key, route.planned) for route in routes}
    untold = sum(
        (unit.target is not None and (unit.key, True) not in drawn)
        or (unit.before is not None and (unit.key, False) not in drawn)
        or len(unit.stops) > (unit.before is not None)
        for unit in source.units
    )
    return Plane(
        frame,
        found.scale,
        (*units, *ends),
        found.ways,
        tuple(found.keyed),
        found.counted,
        notes,
        tuple(routes),
        untold,
        listed,
    )


def _routed(
    source: Source, frame: Frame, units: Sequence[Placed], router: Router, words: Wording
) -> tuple[list[Placed], list[Route]]:
    """The arrows that find a way, straight ones first, and the marks at their other ends."""
    marks = {one.item.unit.key: one for one in units if one.item.look is not Look.COUNT}
    found: dict[Arrow, Found] = {}
    wanted = arrows([unit for unit in source.units if unit.key in marks])
    for way in (router.route, router.bent):
        straight = len(found)
        for arrow in wanted:
            bent = way == router.bent
            if arrow in found or (bent and (not arrow.near or len(found) - straight >= MOST_BENT)):
                continue
            texts = (_day(arrow, source, words), "")
            forms = dict.fromkeys(stop_item(arrow.unit, t, planned=arrow.planned) for t in texts)
            area = frame.free(arrow.stop.synergy, arrow.stop.antagonism)
            made = way(marks[arrow.unit.key], tuple(forms), area, planned=arrow.planned)
            if made is not None:
                found[arrow] = made
    ends = [made.end for made in found.values()]
    return ends, [Route(made.points, a.unit, a.planned) for a, made in found.items()]


def _day(arrow: Arrow, source: Source, words: Wording) -> str:
    """What stands beside the end of an arrow; the committee's legend says since when."""
    day = words.day(arrow.stop.day) if arrow.stop.day and source.own else ""
    if not arrow.planned:
        return day
    return words.tr("target {day}", day=day) if day else words.tr("target")


def _notes(source: Source, frame: Frame, words: Wording) -> Iterator[Note]:
    """The name of a zone in its first cell, and the names of the two lines."""
    for synergy in LEVELS:
        for antagonism in LEVELS:
            cell, zone = frame.cell(synergy, antagonism), source.grid.zone(synergy, antagonism)
            known = [
                source.grid.zone(s, a)
                for s, a in ((synergy + 1, antagonism), (synergy, antagonism - 1))
                if s <= 4 and a >= 1
            ]
            if zone not in known:
                text = words.tr(ZONES[zone])
                yield Note(cell.x + PAD, cell.y + 9, text, cell.wide - 2 * PAD)
            elif swing(synergy, antagonism):
                yield _at_right(cell, cell.y + 9, words.tr("about to swing"))
            line = NAMED_LINES.get((synergy, antagonism))
            if line:
                diagonal = line == "allies"
                text = words.tr("ally diagonal") if diagonal else words.tr("initiative line")
                yield _at_right(cell, cell.y + cell.high - 4, text)


def _at_right(cell: Area, y: float, text: str) -> Note:
    room = cell.wide - 2 * PAD
    return Note(cell.x + cell.wide - PAD - min(width(text, SMALL_TEXT), room), y, text, room)


class _Maker:
    """Tells the cells at one scale, each in the first of some ways that fits."""

    def __init__(
        self,
        source: Source,
        frame: Frame,
        words: Wording,
        scale: float,
        ways: Sequence[Way],
        numbers: Mapping[int, int],
    ) -> None:
        self.source, self.frame, self.words = source, frame, words
        self.scale, self.ways, self.numbers = scale, ways, numbers
        self.items: dict[int, Item] = {}
        self.stops: dict[int, dict[Cell, list[Item]]] = {n: self._stops(n) for n in (0, 1, 2)}

    def told(self, cells: dict[Cell, list[Unit]]) -> _Try:
        """All cells, in their order."""
        made = _Try(self.scale)
        for cell, units in cells.items():
            self._cell(cell, units, made)
        return made

    def _cell(self, cell: Cell, units: Sequence[Unit], made: _Try) -> None:
        area = self.frame.room(*cell)
        groups = sum(not unit.person for unit in units)
        for cost, way in enumerate(self.ways):
            if (groups if way.groups is Told.NAMES else 0) > MOST_NAMED:
                continue
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
                    shown = self.numbers.get(unit.key, number)
                    item, number = numbered(item, shown), number + 1
                made.append(item)
        return made + self.stops[way.stops].get(cell, []), counted

    def _named(self, unit: Unit, area: Area) -> Item:
        found = self.items.get(unit.key)
        if found is None:
            found = self.items[unit.key] = named(unit, area, self.scale, self.words)
        return found

    def _stops(self, told: int) -> dict[Cell, list[Item]]:
        """The other ends of arrows by cell: room for them."""
        made: dict[Cell, list[Item]] = defaultdict(list)
        for arrow in arrows(self.source.units) if told else ():
            text = _day(arrow, self.source, self.words) if told == 2 else ""
            item = stop_item(arrow.unit, text, planned=arrow.planned)
            made[arrow.stop.synergy, arrow.stop.antagonism].append(item)
        return made
