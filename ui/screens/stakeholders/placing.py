"""Marks of one cell: their size, their words, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from crm_pilot.i18n import ntr
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.spread import Item, Place, Rect, spread
from crm_pilot.stakeholders.terms import Trio, UnitKind
from ui import theme
from ui.widgets.marks import SHAPES, mark_radius

PERSON_RADIUS = 4.6
STRONG = 3  # influence of a unit that gets a ring
RING_GAP, PERSON_GAP = 2.6, 1.3  # between a mark and the ring of a strong influence
RING_WIDTH = 1.3
RING_ROOM = 0.4  # of the radius: what people leave free for the ring of a selection
ROUTE_ROOM = 32.0  # height of a past position with its date below
ROUTE_LINE = 16.0  # with its date at the right
CENTROID = 0.389  # of the radius: how far the triangle's centroid lies below the middle of its box
HALF_WIDTHS = {"triangle": 1.347, "circle": 1.0, "square": 0.886}  # of the radius
HALF_HEIGHTS = {"triangle": 1.166, "circle": 1.0, "square": 0.886}
INSIDE = {"triangle": 0.62, "circle": 0.74, "square": 0.8}  # half width for letters, of the radius
INSIDE_HALF = 6.5  # half the height of letters
LONG_NAME = 80.0  # a wider name may break into two lines
SWING_ROOM = 3.0  # at the corner of a mark, for the sign that it is about to tip


class Mark(NamedTuple):
    """A unit on the plane."""

    row: UnitRow
    centre: QPointF
    radius: float
    shape: str
    token: str
    place: Place  # in plane coordinates
    name: str
    detail: str
    letters: str = ""  # of the department
    inside: bool = False  # whether the letters stand inside the mark
    strong: bool = False  # a ring for its influence
    swinging: bool = False  # about to tip

    @property
    def person(self) -> bool:
        """Whether it stands for one person: hollow, fixed size."""
        return self.row.kind == UnitKind.PERSON

    @property
    def box(self) -> QRectF:
        """What the mark itself may cover, with its rings."""
        reach = self.radius * 1.55 + RING_GAP + RING_WIDTH + 2
        return QRectF(self.centre.x() - reach, self.centre.y() - reach, 2 * reach, 2 * reach)

    @property
    def reach(self) -> QRectF:
        """What the mark and its label cover."""
        box = self.place.box
        return self.box.united(QRectF(box.x, box.y, box.width, box.height))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on the mark or its label."""
        reach = max(self.radius + 3, 8.0)
        if (self.centre.x() - x) ** 2 + (self.centre.y() - y) ** 2 <= reach**2:
            return True
        box = self.place.box
        inside = box.x <= x <= box.right and box.y <= y <= box.bottom
        return bool(self.place.lines) and inside


@dataclass(frozen=True)
class Dress:
    """What the words and sizes of marks depend on, besides the unit and its cell."""

    names: bool  # persons by name
    zones: bool  # shapes and colours of the trio
    influence: bool
    scale: float  # of groups, 1: 2.05·√headcount
    letters: Mapping[str, str]  # of departments; empty: not shown
    person: float = PERSON_RADIUS


class Draft(NamedTuple):
    """A mark before it has a place."""

    radius: float
    shape: str
    token: str
    name: str
    detail: str
    letters: str
    inside: bool
    strong: bool


class Setting(NamedTuple):
    """A cell laid out from the corner of its room; taken over while nothing in `state` changed."""

    state: tuple[object, ...]
    drafts: dict[int, Draft]
    places: list[Place]
    unnamed: int  # units whose label did not fit


_PERSON = UnitKind.PERSON  # looked up once: asked five times for each unit of each layout


def is_person(unit: UnitRow) -> bool:
    """Whether it is one person."""
    return unit.kind == _PERSON


def setting(
    units: Sequence[UnitRow],
    size: tuple[float, float],
    dress: Dress,
    *,
    swinging: bool,
    crossed: bool,
    before: Setting | None = None,
) -> Setting:
    """Lay out the units of a cell in a room of `size`; `crossed`: a route goes through it."""
    shown = tuple(
        (u.id, u.headcount, u.shown(names=dress.names), u.influence, u.department, u.trio)
        for u in units
    )
    state = (shown, size, dress, swinging, crossed)
    if before is not None and before.state == state:
        return before
    drafts = {unit.id: draft(unit, dress) for unit in units}
    items = [
        _item(unit, drafts[unit.id], swinging)
        for unit in sorted(units, key=lambda unit: -unit.headcount)
    ]
    largest = max((drafts[u.id].radius for u in units if not is_person(u)), default=0.0)
    places = spread(
        items,
        *size,
        kept=(ROUTE_ROOM, ROUTE_LINE) if crossed else (),
        clear=max(4.0, RING_ROOM * largest),
    )
    unnamed = sum(not place.named for place in places)
    return Setting(state, drafts, places, unnamed)


def marks(found: Setting, units: Sequence[UnitRow], room: Rect, *, swinging: bool) -> list[Mark]:
    """The marks of a cell that was laid out."""
    rows = {unit.id: unit for unit in units}
    made = []
    for place in found.places:
        sketch = found.drafts[place.key]
        here = place.moved(room.x, room.y)
        lower = CENTROID * sketch.radius if sketch.shape == "triangle" else 0.0
        made.append(
            Mark(
                rows[place.key],
                QPointF(here.x, here.y + lower),
                sketch.radius,
                sketch.shape,
                sketch.token,
                here,
                sketch.name,
                sketch.detail,
                sketch.letters,
                sketch.inside,
                sketch.strong,
                swinging,
            )
        )
    return made


def draft(unit: UnitRow, dress: Dress) -> Draft:
    """How a unit is drawn, without where."""
    person = is_person(unit)
    radius = dress.person if person else max(4.0, mark_radius(unit.headcount) * dress.scale)
    trio = unit.trio or Trio.HESITANT
    shape, token = (SHAPES[trio], trio.value) if dress.zones else ("circle", "muted")
    letters = dress.letters.get(unit.department, "")
    half = text_width(letters, bold=True) / 2 if letters else 0.0
    inside = bool(letters) and not person and radius * INSIDE[shape] >= max(half, INSIDE_HALF)
    name = unit.shown(names=dress.names)
    if letters and not inside and letters != name:
        name = f"{letters} · {name}"
    detail = "" if person else ntr("{n} pers.", "{n} pers.", unit.headcount)
    strong = dress.influence and unit.influence >= STRONG
    return Draft(radius, shape, token, name, detail, letters, inside, strong)


def _item(unit: UnitRow, sketch: Draft, swinging: bool) -> Item:
    person = is_person(unit)
    wide = text_width(sketch.name, bold=not person)
    broken = 0.0
    if not person and wide > LONG_NAME:
        broken = max(text_width(part, bold=True) for part in broken_name(sketch.name)) + 2
    if sketch.detail:
        detail = text_width(sketch.detail)
        wide, broken = max(wide, detail), max(broken, detail) if broken else 0.0
    more = 0.0
    if sketch.strong:
        more = (PERSON_GAP if person else RING_GAP) + RING_WIDTH
    elif swinging and not person:
        more = SWING_ROOM
    short = text_width(sketch.letters) if sketch.letters and not sketch.inside else 0.0
    lines = 1 if person else 3 if broken and broken < wide else 2
    return Item(
        unit.id,
        sketch.radius * HALF_WIDTHS[sketch.shape] + more,
        sketch.radius * HALF_HEIGHTS[sketch.shape] + more,
        wide + 2,
        lines,
        person,
        short + 2 if short else 0.0,
        broken,
    )


@lru_cache(maxsize=2048)
def broken_name(name: str) -> tuple[str, str]:
    """A name in two lines of about the same width."""
    words = name.split(" ")
    if len(words) < 2:
        return name, ""
    cut = min(
        range(1, len(words)),
        key=lambda n: max(len(" ".join(words[:n])), len(" ".join(words[n:]))),
    )
    return " ".join(words[:cut]), " ".join(words[cut:])


def text_width(words: str, *, bold: bool = False) -> float:
    """Width of a line of 12 px text."""
    return _width(words, bold)


@lru_cache(maxsize=4096)
def _width(words: str, bold: bool) -> float:
    return QFontMetricsF(theme.font(theme.CAPTION, bold=bold)).horizontalAdvance(words)
