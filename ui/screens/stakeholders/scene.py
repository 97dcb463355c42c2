"""Where everything on the plane is: cells, marks with their labels, the trail of one unit.

Built anew for a size and a state; the widget paints it and asks it what is under the mouse.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.places import LINE
from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.spread import Rect, free_spot
from crm_pilot.stakeholders.terms import Trio, Zone
from crm_pilot.stakeholders.zones import LEVELS, Grid, swing
from ui.language import formats, lang
from ui.screens.stakeholders.letters import department_letters
from ui.screens.stakeholders.placing import (
    PERSON_RADIUS,
    ROUTE_LINE,
    ROUTE_ROOM,
    Dress,
    Mark,
    Setting,
    is_person,
    marks,
    setting,
    text_width,
)
from ui.screens.stakeholders.zooming import WHOLE, Cell, Zoom
from ui.widgets.marks import mark_radius

AXIS_LEFT = 106.0
AXIS_BOTTOM = 42.0
TOP = 2.0
PAST_RADIUS = 6.0
DATE_GAP = 4.0  # between a past position and a date beside it
TARGET = (104.0, 24.0)  # the planned position with its words
NAME_ROOM = 22.0  # height of the zone's name at the top of a cell
NOTE_ROOM = 20.0  # height of a frontier's name at the bottom of a cell
NOTED_CELLS = ((4, 4), (3, 4))  # where the frontiers are named
TRAIL_LENGTH = 5
FOLDED = 60.0  # a cell narrower or lower than this shows how many it holds, not who
FULL = 0.74  # share of a cell that marks may take before all marks of the plane are made smaller
SMALLER = (1.0, 0.86, 0.74, 0.62, 0.52, 0.44)
SMALLEST_PERSON = 0.7
NAMED_SCALE = 0.6  # how small marks may get for the sake of names
NAMED_WIDE = 130.0  # a mark with its name
PEOPLE_PITCH = 13.0  # between persons' marks of full size
SHOWN = tuple((s, a) for s in LEVELS for a in LEVELS)


@dataclass(frozen=True)
class PastMark:
    """Where the selected unit was: the date it got there and the shape of its zone then."""

    centre: QPointF
    day: dt.date
    trio: Trio
    beside: int = 0  # the date at its right (1) or left (-1), where it has no room below


@dataclass(frozen=True)
class Trail:
    """The route of the selected unit: past positions, oldest first, then now, then the target."""

    past: tuple[PastMark, ...]
    now: Mark
    target: QPointF | None
    target_day: dt.date | None


@dataclass(frozen=True)
class View:
    """How units are looked at: persons by name, zones not hidden, influence as a ring, letters
    of departments, how close."""

    names: bool = False
    zones: bool = True
    influence: bool = True
    letters: bool = False
    zoom: Zoom = field(default_factory=lambda: WHOLE)


class Scene:
    """The plane laid out in `size` for `units`.

    `crossed`: cells a route goes through; `before`: the scene replaced, whose unchanged cells are
    taken over.
    """

    def __init__(
        self,
        size: QSizeF,
        units: Sequence[UnitRow],
        grid: Grid,
        look: View,
        *,
        crossed: frozenset[Cell] = frozenset(),
        before: Scene | None = None,
    ) -> None:
        self.grid, self.look, self.zones = grid, look, look.zones
        self.view = QRectF(
            AXIS_LEFT,
            TOP,
            max(40.0, size.width() - AXIS_LEFT - 2),
            max(40.0, size.height() - TOP - AXIS_BOTTOM),
        )
        self._xs, self._ys = look.zoom.edges(self.view)
        self.plane = QRectF(QPointF(self._xs[0], self._ys[0]), QPointF(self._xs[-1], self._ys[-1]))
        self._boxes = {cell: self._box(cell) for cell in SHOWN}
        self._named_cells = {cell for cell, _ in self.zone_name_cells()} if look.zones else set()
        inside: dict[Cell, list[UnitRow]] = {cell: [] for cell in SHOWN}
        for unit in units:
            if unit.synergy is not None and unit.antagonism is not None:
                inside[unit.synergy, unit.antagonism].append(unit)
        self.counts = {cell: len(found) for cell, found in inside.items()}
        letters = department_letters(u.department for u in units) if look.letters else {}
        self.scale, people = self._scales(inside)
        self._dress = Dress(
            look.names, look.zones, look.influence, self.scale, letters, PERSON_RADIUS * people
        )
        self._settings: dict[Cell, Setting] = {}
        self._inside: dict[Cell, list[Mark]] = {}
        self._wanted, self._crossed = inside, crossed
        self._known = before.settings if before is not None else {}

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, laid out when they are first asked for: not for a size that is never shown."""
        for cell, units in self._wanted.items():
            self._lay_out(cell, units, self._known.get(cell), cell in self._crossed)
        self._known = {}
        return tuple(mark for made in self._inside.values() for mark in made)

    @cached_property
    def _by_id(self) -> dict[int, Mark]:
        return {mark.row.id: mark for mark in self.marks}

    @property
    def settings(self) -> dict[Cell, Setting]:
        """Cells as they were laid out, for the next scene; those of the last one until then."""
        return self._settings or self._known

    def _lay_out(
        self, cell: Cell, units: list[UnitRow], before: Setting | None, crossed: bool
    ) -> None:
        if self.folded(cell) or not units:
            self._inside[cell] = []
            return
        swinging = self.zones and swing(*cell)
        headed = before is not None and before.unnamed > 0 and not self._headed(cell)
        made = None
        for with_note in (True, False, True) if headed else (False, True):
            room = self.room(cell, headed=with_note)  # a note of how many needs its line
            size = (round(room.width, 1), round(room.height, 1))
            made = setting(
                units, size, self._dress, swinging=swinging, crossed=crossed, before=before
            )
            if made is before or self._headed(cell) or with_note != (made.unnamed == 0):
                break
        assert made is not None
        self._settings[cell] = made
        self._inside[cell] = marks(made, units, room, swinging=swinging)

    # cells -----------------------------------------------------------------------------------

    def _box(self, cell: Cell) -> QRectF:
        synergy, antagonism = cell
        x, y = self._xs[antagonism - 1], self._ys[4 - synergy]
        return QRectF(x, y, self._xs[antagonism] - x, self._ys[5 - synergy] - y)

    def cell(self, cell: Cell) -> QRectF:
        """The rectangle of (synergy, antagonism)."""
        return self._boxes[cell]

    def cell_at(self, point: QPointF) -> Cell | None:
        """The cell under a point, None outside the plane."""
        if not self.view.contains(point):
            return None
        antagonism = bisect_right(self._xs, point.x())
        synergy = 5 - bisect_right(self._ys, point.y())
        return max(1, min(4, synergy)), max(1, min(4, antagonism))

    def folded(self, cell: Cell) -> bool:
        """Whether a cell is too slim for marks: another one is opened large."""
        box = self._boxes[cell]
        opened = self.look.zoom.cell
        return opened is not None and cell != opened and min(box.width(), box.height()) < FOLDED

    def unnamed(self, cell: Cell) -> int:
        """How many units of a cell have no label of their own."""
        found = self._settings.get(cell) if self.marks else None
        return found.unnamed if found is not None else 0

    def zone_name_cells(self) -> list[tuple[Cell, Zone]]:
        """Cells that carry the name of their zone: the first of a row unless it goes on below
        a cell of the same zone; the cell opened large, which stands alone."""
        opened = self.look.zoom.cell
        if opened is not None:
            return [(opened, self.grid.zone(*opened))]
        found = []
        for s in reversed(LEVELS):
            for a in LEVELS:
                zone = self.grid.zone(s, a)
                begins = a == 1 or self.grid.zone(s, a - 1) != zone
                if begins and (s == 4 or self.grid.zone(s + 1, a) != zone):
                    found.append(((s, a), zone))
        return found

    def _headed(self, cell: Cell) -> bool:
        """Whether words stand at the top of a cell anyway."""
        return self.zones and (swing(*cell) or cell in self._named_cells)

    def room(self, cell: Cell, *, headed: bool = False) -> Rect:
        """Where marks of a cell may stand: clear of the words written in it."""
        box = self.cell(cell)
        top = NAME_ROOM if headed or self._headed(cell) else 8.0
        bottom = NOTE_ROOM if cell in NOTED_CELLS and self.zones else 4.0
        return Rect(box.x() + 10, box.y() + top, box.width() - 16, box.height() - top - bottom)

    # marks -----------------------------------------------------------------------------------

    def _scales(self, inside: dict[Cell, list[UnitRow]]) -> tuple[float, float]:
        """Size of groups and of persons, each equal on the whole plane: grows with the plane,
        shrinks when the largest group would not fit, and in steps for the sake of the fullest
        cell."""
        tall = max(box.height() for box in self._boxes.values())
        natural = max(0.8, min(1.5, tall * 4 / 436))
        largest, step = 0, 1.0
        for units in inside.values():
            largest = max(largest, *(u.headcount for u in units if not is_person(u)), 0)
        if largest:
            natural = min(natural, tall * 0.34 / mark_radius(largest))
        for cell, units in inside.items():
            if len(units) > 1 and not self.folded(cell):
                step = min(step, self._step(cell, units, natural))
        return natural * step, max(SMALLEST_PERSON, step)

    def _step(self, cell: Cell, units: list[UnitRow], natural: float) -> float:
        """How much smaller marks must be for the names of the groups of a cell, or, when that
        would take too much, to leave room between them."""
        room = self.room(cell)
        heads = sorted((u.headcount for u in units if not is_person(u)), reverse=True)
        people = len(units) - len(heads)
        columns = max(1, int(room.width // NAMED_WIDE))
        close, named = SMALLER[-1], 0.0
        for step in reversed(SMALLER):
            pitch = PEOPLE_PITCH * max(SMALLEST_PERSON, step)
            sizes = [2 * max(4.0, mark_radius(n) * natural * step) for n in heads]
            rows = math.ceil(people / max(1.0, room.width // pitch))
            covered = sum((size + 4) ** 2 for size in sizes) + people * pitch**2
            if covered <= room.width * room.height * FULL:
                close = step
            tall = sum(max(size, LINE) + 5 for size in sizes[::columns]) + rows * pitch
            if natural * step >= NAMED_SCALE and tall <= room.height:
                named = step
        return named or close

    def radius(self, headcount: int) -> float:
        """Radius of the equal-area circle of a group on this plane."""
        return max(4.0, mark_radius(headcount) * self.scale)

    def mark(self, key: int | None) -> Mark | None:
        """The mark of a unit, None when it has no position or its cell is folded."""
        return None if key is None else self._by_id.get(key)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point: a person's before the group it overlaps."""
        if not self.view.contains(point):
            return None
        x, y = point.x(), point.y()
        hit = [mark for mark in self.marks if mark.holds(x, y)]
        return min(
            hit,
            key=lambda mark: (
                not mark.person,
                round(mark.radius, 1),
                (mark.centre.x() - x) ** 2 + (mark.centre.y() - y) ** 2,
            ),
            default=None,
        )

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
        moves = past_moves(ratings, on)
        nexts = [*(move.antagonism for move in moves[1:]), now.row.antagonism or 0]
        past = [self._past(move, then, taken) for move, then in zip(moves, nexts, strict=False)]
        target = None
        row = now.row
        if row.target_synergy is not None and row.target_antagonism is not None:
            wish = (row.target_synergy, row.target_antagonism)
            if wish != row.position:
                target = self._target(wish, now.centre, taken)
        return Trail(tuple(past), now, target, row.target_date)

    def boxes(self, cell: Cell) -> list[Rect]:
        """What the marks of a cell and their labels cover."""
        return [mark.place.box for mark in self.marks if mark.row.position == cell]

    def _taken(self, cell: Cell) -> list[Rect]:
        box = self.cell(cell)
        return [*self.boxes(cell), Rect(box.x(), box.y(), 70, 20)]

    def _spot(
        self,
        cell: Cell,
        size: tuple[float, float],
        wish: tuple[float, float],
        taken: dict[Cell, list[Rect]],
    ) -> Rect:
        """A place of `size` in a cell, free as far as possible."""
        if cell not in taken:
            taken[cell] = self._taken(cell)
        x, y = free_spot(size, self.room(cell), wish, taken[cell])
        return Rect(x - size[0] / 2, y - size[1] / 2, *size)

    def _past(self, move: RatingRow, then: int, taken: dict[Cell, list[Rect]]) -> PastMark:
        """A past position with its date below, or beside it, away from the column `then` it goes
        to, where that covers less."""
        cell = (move.synergy, move.antagonism)
        if self.folded(cell):
            return PastMark(self.cell(cell).center(), move.rated_on, move.trio)
        wish = (self.cell(cell).center().x(), self.cell(cell).bottom())
        flat = (2 * PAST_RADIUS + DATE_GAP + text_width(day_text(move.rated_on)), ROUTE_LINE)
        spots = [self._spot(cell, size, wish, taken) for size in ((50.0, ROUTE_ROOM), flat)]
        covered = [sum(spot.overlap(other) for other in taken[cell]) for spot in spots]
        best = 0 if covered[0] <= covered[1] else 1
        box = spots[best]
        taken[cell].append(box)
        middle = box.x + box.width / 2
        if best == 0:
            return PastMark(QPointF(middle, box.y + PAST_RADIUS + 1), move.rated_on, move.trio)
        side = -1 if then > move.antagonism else 1
        x = middle - side * (box.width / 2 - PAST_RADIUS)
        return PastMark(QPointF(x, box.y + box.height / 2), move.rated_on, move.trio, side)

    def _target(self, cell: Cell, now: QPointF, taken: dict[Cell, list[Rect]]) -> QPointF:
        """The planned position, as close to above or beside the present one as is free."""
        if self.folded(cell):
            return self.cell(cell).center()
        wish = (now.x() + TARGET[0] / 2 - 12, now.y())
        box = self._spot(cell, TARGET, wish, taken)
        taken[cell].append(box)
        return QPointF(box.x + 12, box.y + box.height / 2)


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
