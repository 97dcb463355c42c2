"""Where everything on the plane is: cells, marks with their labels, the trail of one unit.

Built anew for a size and a state; the widget paints it and asks it what is under the mouse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.spread import Item, Place, Rect, free_spot, spread
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import LEVELS, Grid, swing
from ui import theme
from ui.language import formats, lang
from ui.widgets.marks import SHAPES, mark_radius

AXIS_LEFT = 106.0
AXIS_BOTTOM = 42.0
TOP = 2.0
PERSON_RADIUS = 4.6
PAST_RADIUS = 6.0
NAME_ROOM = 22.0  # height of the zone's name at the top of a cell
NOTE_ROOM = 20.0  # height of a frontier's name at the bottom of a cell
NOTED_CELLS = ((4, 4), (3, 4))  # where the frontiers are named
TRAIL_LENGTH = 5
RING_ROOM = 0.4  # of the radius: what people leave free for the ring of a selection
ROUTE_ROOM = 32.0  # height of a past position with its date
CENTROID = 0.389  # of the radius: how far the triangle's centroid lies below the middle of its box
HALF_WIDTHS = {"triangle": 1.347, "circle": 1.0, "square": 0.886}  # of the radius
HALF_HEIGHTS = {"triangle": 1.166, "circle": 1.0, "square": 0.886}
Cell = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A unit on the plane."""

    row: UnitRow
    centre: QPointF
    radius: float
    shape: str
    token: str
    place: Place  # in plane coordinates
    name: str
    detail: str

    @property
    def person(self) -> bool:
        """Whether it stands for one person: hollow, fixed size."""
        return self.row.kind == UnitKind.PERSON

    def holds(self, point: QPointF) -> bool:
        """Whether `point` is on the mark or its label."""
        reach = max(self.radius + 3, 8.0)
        gap = self.centre - point
        if gap.x() ** 2 + gap.y() ** 2 <= reach**2:
            return True
        box = self.place.box
        return bool(self.place.lines) and QRectF(box.x, box.y, box.width, box.height).contains(
            point
        )


@dataclass(frozen=True)
class PastMark:
    """Where the selected unit was: the date it got there and the shape of its zone then."""

    centre: QPointF
    day: dt.date
    trio: Trio


@dataclass(frozen=True)
class Trail:
    """The route of the selected unit: past positions, oldest first, then now, then the target."""

    past: tuple[PastMark, ...]
    now: Mark
    target: QPointF | None
    target_day: dt.date | None


class Scene:
    """The plane laid out in `size` for `units`.

    `names`: persons by name; `zones`: not hidden; `crossed`: cells a route goes through;
    `before`: the scene replaced, whose unchanged cells are taken over.
    """

    def __init__(
        self,
        size: QSizeF,
        units: Sequence[UnitRow],
        grid: Grid,
        *,
        names: bool,
        zones: bool,
        crossed: frozenset[Cell] = frozenset(),
        before: Scene | None = None,
    ) -> None:
        self.grid, self.zones, self._crossed = grid, zones, crossed
        self.plane = QRectF(
            AXIS_LEFT,
            TOP,
            max(40.0, size.width() - AXIS_LEFT - 2),
            max(40.0, size.height() - TOP - AXIS_BOTTOM),
        )
        self.scale = self._scale(units)
        self._strong = QFontMetricsF(theme.font(theme.CAPTION, bold=True))
        self._plain = QFontMetricsF(theme.font(theme.CAPTION))
        self._named_cells = {cell for cell, _ in self.zone_name_cells()} if zones else set()
        cells: dict[Cell, list[UnitRow]] = {(s, a): [] for s in LEVELS for a in LEVELS}
        for unit in units:
            if unit.rated:
                cells[unit.position].append(unit)
        known = before._laid_out if before is not None else {}
        self._laid_out: dict[Cell, tuple[tuple[object, ...], list[Mark]]] = {}
        for cell, inside in cells.items():
            state = (inside, self.room(cell), self.scale, names, zones, cell in crossed)
            old = known.get(cell)
            made = old[1] if old and old[0] == state else self._cell_marks(cell, inside, names)
            self._laid_out[cell] = (state, made)
        self.marks = tuple(mark for _, made in self._laid_out.values() for mark in made)
        self._by_id = {mark.row.id: mark for mark in self.marks}

    # cells -----------------------------------------------------------------------------------

    def cell(self, cell: Cell) -> QRectF:
        """The rectangle of (synergy, antagonism)."""
        wide, tall = self.plane.width() / 4, self.plane.height() / 4
        synergy, antagonism = cell
        return QRectF(
            self.plane.x() + (antagonism - 1) * wide,
            self.plane.y() + (4 - synergy) * tall,
            wide,
            tall,
        )

    def cell_at(self, point: QPointF) -> Cell | None:
        """The cell under a point, None outside the plane."""
        if not self.plane.contains(point):
            return None
        antagonism = int((point.x() - self.plane.x()) / (self.plane.width() / 4)) + 1
        synergy = 4 - int((point.y() - self.plane.y()) / (self.plane.height() / 4))
        return max(1, min(4, synergy)), max(1, min(4, antagonism))

    def zone_name_cells(self) -> list[tuple[Cell, Zone]]:
        """Cells that carry the name of their zone: the first of a row unless it goes on below
        a cell of the same zone."""
        found = []
        for s in reversed(LEVELS):
            for a in LEVELS:
                zone = self.grid.zone(s, a)
                begins = a == 1 or self.grid.zone(s, a - 1) != zone
                if begins and (s == 4 or self.grid.zone(s + 1, a) != zone):
                    found.append(((s, a), zone))
        return found

    def room(self, cell: Cell) -> Rect:
        """Where marks of a cell may stand: clear of the names written in it."""
        box = self.cell(cell)
        named = self.zones and (swing(*cell) or cell in self._named_cells)
        top = NAME_ROOM if named else 8.0
        bottom = NOTE_ROOM if cell in NOTED_CELLS else 4.0
        return Rect(box.x() + 10, box.y() + top, box.width() - 16, box.height() - top - bottom)

    # marks -----------------------------------------------------------------------------------

    def _scale(self, units: Sequence[UnitRow]) -> float:
        """Equal for all marks: grows with the plane, shrinks when the largest would not fit."""
        natural = max(0.8, min(1.5, self.plane.height() / 436))
        largest = max((mark_radius(u.headcount) for u in units if not _person(u)), default=0.0)
        room = self.plane.height() / 4 * 0.34
        return min(natural, room / largest) if largest else natural

    def radius(self, headcount: int) -> float:
        """Radius of the equal-area circle of a group on this plane."""
        return max(4.0, mark_radius(headcount) * self.scale)

    def _cell_marks(self, cell: Cell, units: list[UnitRow], names: bool) -> list[Mark]:
        if not units:
            return []
        room = self.room(cell)
        drafts = {unit.id: self._draft(unit, names) for unit in units}
        items = [
            self._item(unit, drafts[unit.id]) for unit in sorted(units, key=lambda u: -u.headcount)
        ]
        made = []
        kept = ROUTE_ROOM if cell in self._crossed else 0.0
        largest = max((drafts[u.id][1] for u in units if not _person(u)), default=0.0)
        clear = max(4.0, RING_ROOM * largest)
        for place in spread(items, room.width, room.height, kept=kept, clear=clear):
            unit, radius, shape, token, name, detail = drafts[place.key]
            here = _moved(place, room.x, room.y)
            made.append(
                Mark(unit, _centre(here, shape, radius), radius, shape, token, here, name, detail)
            )
        return made

    def _draft(self, unit: UnitRow, names: bool) -> tuple[UnitRow, float, str, str, str, str]:
        person = _person(unit)
        radius = PERSON_RADIUS if person else self.radius(unit.headcount)
        trio = unit.trio or Trio.HESITANT
        shape, token = (SHAPES[trio], trio.value) if self.zones else ("circle", "muted")
        detail = "" if person else ntr("{n} pers.", "{n} pers.", unit.headcount)
        return unit, radius, shape, token, unit.shown(names=names), detail

    def _item(self, unit: UnitRow, draft: tuple[UnitRow, float, str, str, str, str]) -> Item:
        _, radius, shape, _, name, detail = draft
        person = _person(unit)
        wide = (self._plain if person else self._strong).horizontalAdvance(name)
        if detail:
            wide = max(wide, self._plain.horizontalAdvance(detail))
        half = radius * HALF_WIDTHS[shape]
        lines = 1 if person else 2
        return Item(unit.id, half, radius * HALF_HEIGHTS[shape], wide + 2, lines, person)

    def mark(self, key: int | None) -> Mark | None:
        """The mark of a unit, None when it has no position."""
        return None if key is None else self._by_id.get(key)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point: a person's before the group it overlaps."""
        hit = [mark for mark in self.marks if mark.holds(point)]
        return min(hit, key=lambda mark: (not mark.person, mark.radius), default=None)

    def neighbour(self, key: int | None, dx: int, dy: int) -> Mark | None:
        """The nearest mark in a direction; without a start, the first one."""
        start = self.mark(key)
        if start is None:
            return self.marks[0] if self.marks else None
        best, best_cost = None, 1e9
        for mark in self.marks:
            gap = mark.centre - start.centre
            along, across = (gap.x() * dx, abs(gap.y())) if dx else (gap.y() * dy, abs(gap.x()))
            if mark is start or along <= 1:
                continue
            cost = along + 2.5 * across
            if cost < best_cost:
                best, best_cost = mark, cost
        return best

    # the route -------------------------------------------------------------------------------

    def trail(self, key: int | None, ratings: Sequence[RatingRow], on: dt.date) -> Trail | None:
        """The route of a unit up to the day `on`, None without a position."""
        now = self.mark(key)
        if now is None:
            return None
        taken: dict[Cell, list[Rect]] = {}
        past: list[PastMark] = []
        for rating in past_moves(ratings, on):
            here = self.cell((rating.synergy, rating.antagonism)).bottom()
            centre = self._spot(rating.synergy, rating.antagonism, here, taken)
            past.append(PastMark(centre, rating.rated_on, rating.trio))
        target = None
        row = now.row
        if row.target_synergy is not None and row.target_antagonism is not None:
            wish = (row.target_synergy, row.target_antagonism)
            if wish != row.position:
                target = self._spot(*wish, now.centre.y(), taken, near_x=now.centre.x(), wide=104)
        return Trail(tuple(past), now, target, row.target_date)

    def _taken(self, cell: Cell) -> list[Rect]:
        box = self.cell(cell)
        inside = [mark.place.box for mark in self._laid_out[cell][1]]
        return [*inside, Rect(box.x(), box.y(), 70, 20)]

    def _spot(
        self,
        synergy: int,
        antagonism: int,
        y: float,
        taken: dict[Cell, list[Rect]],
        *,
        near_x: float | None = None,
        wide: float = 50,
    ) -> QPointF:
        """A free place for a small mark with its date below (or, for a target, beside it)."""
        cell = (synergy, antagonism)
        room, box = self.room(cell), self.cell(cell)
        if cell not in taken:
            taken[cell] = self._taken(cell)
        tall = ROUTE_ROOM if wide < 60 else 24.0
        wish_x = box.center().x() if near_x is None else near_x + wide / 2 - 12
        x, middle = free_spot((wide, tall), room, (wish_x, y), taken[cell])
        taken[cell].append(Rect(x - wide / 2, middle - tall / 2, wide, tall))
        if wide < 60:
            return QPointF(x, middle - 9)
        return QPointF(x - wide / 2 + 12, middle)


def _person(unit: UnitRow) -> bool:
    return unit.kind == UnitKind.PERSON


def _centre(place: Place, shape: str, radius: float) -> QPointF:
    """Where a mark is drawn: the triangle on its centroid, so that its box is in the middle."""
    return QPointF(place.x, place.y + (CENTROID * radius if shape == "triangle" else 0.0))


def _moved(place: Place, dx: float, dy: float) -> Place:
    box = Rect(place.box.x + dx, place.box.y + dy, place.box.width, place.box.height)
    return Place(
        place.key,
        place.x + dx,
        place.y + dy,
        place.label_x + dx,
        place.label_width,
        place.lines,
        box,
    )


def past_moves(ratings: Sequence[RatingRow], on: dt.date) -> list[RatingRow]:
    """The last ratings before the present one that changed the cell, oldest first."""
    found: list[RatingRow] = []
    for rating in ratings:
        if rating.rated_on > on:
            continue
        here = (rating.synergy, rating.antagonism)
        if not found or (found[-1].synergy, found[-1].antagonism) != here:
            found.append(rating)
    return found[-TRAIL_LENGTH - 1 : -1]


def day_text(day: dt.date) -> str:
    """`16 nov.` in the language of the window."""
    return formats.day(day, lang())


def target_text(day: dt.date | None) -> str:
    """`target 8 Jan`."""
    return tr("target {day}", day=day) if day is not None else tr("target")
